"""The stages of docs/reading.md for one text, in words: for the page "Read a text" and the command `understand`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from inventory.menu import Menu, MenuDrink
from orders.items import Amount, Choice, Item
from orders.parser import Explanation, Intent, Question, Reading
from orders.parser.atoms import Kind
from orders.parser.explain import SaidClause, SaidWords
from sms.insight.labels import KINDS, VERBS

#: The titles of the stages, as in docs/reading.md.
TITLES = ("Words", "Ways", "Notes and names", "Refusals", "Clauses", "Choices", "Named back", "The reading")
Tone = Literal["", "menu", "strange", "refused", "open"]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a stage: a word of the text, or one result."""

    #: The words of the text, or what the row is about.
    said: str
    means: str = ""
    detail: str = ""
    #: The menu's spelling, if the typed words were corrected; otherwise "".
    spelling: str = ""
    tone: Tone = ""


@dataclass(frozen=True, slots=True)
class LosingWay:
    """An interpretation of the words that the parser did not choose. `rows` has only the words that it interprets in
    another way than the chosen one."""

    cost: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class ReadingStage:
    title: str
    #: What the parser does at this stage.
    does: str
    rows: tuple[Row, ...]
    #: The headings of the table of rows, or () if the rows are no table.
    columns: tuple[str, ...] = ()
    #: What is shown if the stage found nothing.
    nothing: str = ""
    losing: tuple[LosingWay, ...] = ()

    #: The cost of the chosen interpretation, such as "0.50": the parser takes the one with the lowest cost. "" for
    #: stages without interpretations.
    cost: str = ""

    @property
    def number(self) -> int:
        return TITLES.index(self.title) + 1


def stages_of(
    found: Explanation,
    before: Sequence[Item],
    reading: Reading,
    result: Sequence[Row],
    items: Sequence[Item],
    asked: Question | None,
    menu: Menu,
) -> tuple[ReadingStage, ...]:
    """Return all stages of reading a text.

    `before` has the items that were ordered before the text. `reading` is what the conversation read in the text.
    `items` and `asked` are the order and the open question after the text. `result` has the rows of the last stage."""
    words, ways, notes, refusals, clauses, choices, named_back, last = TITLES
    orders = bool(reading.items or reading.choices or reading.intent is Intent.USUAL)
    return (
        ReadingStage(
            words,
            "The text is cut into words, numbers and signs.",
            (*map(Row, found.words), *(Row(each, "not read", tone="strange") for each in found.skipped)),
            nothing="No words.",
        ),
        ReadingStage(
            ways,
            "Each word or phrase is looked up. The way with the lowest cost wins.",
            tuple(_meant(said, named=_is_named(said, found)) for said in found.ways[0].said),
            ("Texted", "Stands for", "Cost"),
            "No words.",
            _losing(found),
            f"{found.ways[0].cost:.2f}",
        ),
        ReadingStage(
            notes,
            "Notes, times and names are taken out, and sentences that order nothing.",
            tuple(_taken_out(found)),
            ("Texted", "Taken as"),
            "Nothing is taken out.",
        ),
        ReadingStage(
            refusals,
            "What the customer does not want is never made.",
            tuple(_refused(found)),
            ("Texted", "Refuses", "Result"),
            "Nothing is refused.",
        ),
        ReadingStage(
            clauses,
            "Words that belong together are joined, and options are joined to their drinks.",
            (*_joined(found), *map(_clause, filter(_is_shown, found.clauses))),
            ("About", "Options", "How"),
            "Nothing that could be ordered.",
        ),
        ReadingStage(
            choices,
            "Each drink gets the options that were said. The menu's defaults fill the rest.",
            tuple(_choices(found, before, reading, items, asked, menu)) if orders else (),
            ("Drink", "Option", "Why"),
            "No drink is ordered.",
        ),
        ReadingStage(
            named_back,
            "The reply names what the menu does not have, and what was not understood.",
            tuple(_named_back(found, reading)),
            ("Texted", "Why"),
            "Everything was understood.",
        ),
        ReadingStage(last, "This is what the text means, and what the customer is answered.", tuple(result)),
    )


def stages_as_text(text: str, stages: Sequence[ReadingStage]) -> str:
    """Return the stages as plain text: a heading for each stage, and its rows below."""
    lines = [text]
    for stage in stages:
        lines += ["", f"{stage.number}. {stage.title}"]
        if not stage.columns and stage.number == 1 and stage.rows:
            lines.append("   " + " · ".join(" ".join(filter(None, (row.said, row.means))) for row in stage.rows))
        else:
            lines += _as_lines(stage.rows) or [f"   {stage.nothing}"]
        for way in stage.losing:
            lines += [f"   At {way.cost} instead of {stage.cost}:", *_as_lines(way.rows)]
    return "\n".join((*lines, ""))


def _as_lines(rows: Sequence[Row]) -> list[str]:
    width = max((len(row.said) for row in rows), default=0)
    told = ((row, f"{row.means} (read as {row.spelling})" if row.spelling else row.means) for row in rows)
    return [f"   {row.said:<{width}}  {means}{row.detail and f'  ({row.detail})'}" for row, means in told]


def _is_named(said: SaidWords, found: Explanation) -> bool:
    """Return whether these words are part of a customer's name, such as "Ben" in "latte for Ben". A later stage finds
    the names."""
    return any(said.text in words for words, _ in found.names)


def _meant(said: SaidWords, *, named: bool = False) -> Row:
    tone: Tone = "menu" if said.means else "strange" if said.kind is Kind.UNKNOWN and not named else ""
    means = " or ".join(said.means) or KINDS.get(said.kind, str(said.kind))
    return Row(said.text, means, f"{said.cost:.2f}" if said.cost else "", said.corrected, tone)


def _losing(found: Explanation) -> tuple[LosingWay, ...]:
    won = {*found.ways[0].said}
    losing = (
        LosingWay(f"{way.cost:.2f}", tuple(_meant(one) for one in way.said if one not in won)) for way in found.ways[1:]
    )
    return tuple(dict.fromkeys(way for way in losing if way.rows))


def _taken_out(found: Explanation) -> Iterator[Row]:
    yield from (Row(said, "the time when the order is wanted") for said in found.time)
    yield from (Row(note, "a note for the barista") for note in found.notes)
    yield from (Row(said, f"the name {name}") for said, name in found.names)
    yield from (Row(said, "words beside the order") for said in found.beside)


def _refused(found: Explanation) -> Iterator[Row]:
    for said in found.refused:
        result = "taken off the order" if said.kind is Kind.DRINK else "not made"
        yield Row(said.text, " or ".join(said.means) or "not on the menu", result, said.corrected, "refused")
    for said in found.avoided:
        yield Row(said.text, " or ".join(said.means), "left out of every cup", said.corrected, "refused")
    yield from (Row(said, "perhaps this option", "a note for the barista", tone="refused") for said in found.doubtful)


def _joined(found: Explanation) -> Iterator[Row]:
    for one in found.joined:
        meant = _meant(one.whole)
        yield Row(" + ".join(one.parts), meant.means, "one thing", tone=meant.tone)


def _is_shown(clause: SaidClause) -> bool:
    return bool(clause.drinks or clause.options or clause.names or clause.count or clause.verb or clause.twice)


def _clause(clause: SaidClause) -> Row:
    options = ", ".join(_with_amount(" or ".join(means), amount) for means, amount in clause.options)
    names = f"for {', '.join(clause.names)}" if clause.names else ""
    detail = ", ".join(filter(None, (VERBS[clause.verb] if clause.verb else "", names)))
    return Row(_subject(clause), options or "no options", detail, tone="menu" if clause.drinks and options else "")


def _subject(clause: SaidClause) -> str:
    """Return the words for what a clause is about, such as "Cup 2", "Every cup" or "The order"."""
    if clause.drinks:
        return f"{clause.count or 1} × {' or '.join(clause.drinks)}"
    if clause.every or clause.twice:
        return "Every cup"
    if clause.rest:
        return "The other cups"
    if clause.place:
        return "The last cup" if clause.place < 0 else f"Cup {clause.place}"
    if clause.another:
        return "Another cup"
    return f"{clause.count} of the cups" if clause.count else "The order"


def _with_amount(option: str, amount: Amount) -> str:
    if amount is None:
        return option
    return f"{amount} {option}" if isinstance(amount, str) else f"{amount:g} × {option}"


def _choices(
    found: Explanation,
    before: Sequence[Item],
    reading: Reading,
    items: Sequence[Item],
    asked: Question | None,
    menu: Menu,
) -> Iterator[Row]:
    """Yield a row for each option of each drink, with the reason for it."""
    said = {name for clause in found.clauses for means, _ in clause.options for name in means}
    open_ = {(each.item, each.group) for each in (*reading.missing, asked) if each and each.about == "option"}
    for at, item in enumerate(items):
        drink = menu.drink_by_name.get(item.drink)
        ordered = {choice for other in before if other.drink == item.drink for choice in other.choices}
        rows = [_chosen(choice, said, ordered) for choice in item.choices]
        had = {choice.group for choice in item.choices}
        rows += [*_unsaid(drink, at, had, open_, menu)] if drink else []
        label = f"{item.quantity} × {item.drink}"
        for row in rows or [("no options", "", "")]:
            yield Row(label, row[0], row[1], tone=row[2])
            label = ""
    for choice in reading.choices if not items else ():
        yield Row("No drink yet", _with_amount(f"{choice.group}: {choice.option}", choice.amount), "kept for the drink")


def _chosen(choice: Choice, said: set[str], ordered: set[Choice]) -> tuple[str, str, Tone]:
    name = f"{choice.group}: {choice.option}"
    if choice.amount == "no":
        return f"no {name}", "refused", "refused"
    reason = "said" if name in said else "ordered before" if choice in ordered else "follows from other words"
    return _with_amount(name, choice.amount), reason, "menu"


def _unsaid(
    drink: MenuDrink, at: int, had: set[str], open_: set[tuple[int, str]], menu: Menu
) -> Iterator[tuple[str, str, Tone]]:
    """Yield the options that nobody chose: questions that are still open, and defaults."""
    for name in drink.groups:
        group = menu.group_by_name[name]
        usual = menu.default_option(drink, group)
        if (at, name) in open_ or (name not in had and group.ask):
            yield f"{name}: ?", "the customer is asked", "open"
        elif name not in had and usual:
            yield f"{name}: {usual}", "the default", ""


def _named_back(found: Explanation, reading: Reading) -> Iterator[Row]:
    misfits = {misfit.said: misfit for misfit in reading.misfits}
    for said in dict.fromkeys((*reading.unknown, *misfits)):
        if misfit := misfits.get(said):
            fits = f"; it has {', '.join(misfit.fits)}" if misfit.fits else ""
            yield Row(said, f"not for the {misfit.drink}{fits}", tone="strange")
        else:
            yield Row(said, "not on the menu", tone="strange")
    if reading.intent is Intent.UNCLEAR and not reading.unknown:
        yield from (Row(said, "not understood", tone="strange") for said in found.unknown or (" ".join(found.words),))
