"""One possible interpretation of a text as an order, and the result for the conversation (`Reading`) that is made from
it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from orders.items import Choice, Item
from orders.parser.apply_clauses import OrderBuilder
from orders.parser.atoms import Atom
from orders.parser.clause import Clause, GroupWords
from orders.parser.disambiguate import decide
from orders.parser.lexicon import Lexicon
from orders.parser.questions import groups_to_ask, open_questions
from orders.parser.reading import Intent, Question, Reading, Topic
from orders.parser.spans import Way


@dataclass(slots=True)
class SortedOut:
    """The atoms (parsed words) of one interpretation without its notes, and with its names and refusals marked."""

    #: The options that a diet or an allergy in the notes refuses.
    refused: list[Atom]
    #: Notes about options that the text perhaps refuses. Such options are not made.
    doubtful: list[str]
    #: `single` has the atoms before those that belong together were merged, `atoms` after it.
    single: list[Atom]
    atoms: list[Atom]


@dataclass(slots=True)
class Understood:
    """One possible interpretation of a text as an order. Of all interpretations, the one with the lowest `price`
    wins."""

    way: Way
    sorted_out: SortedOut
    clauses: list[Clause]
    draft: OrderBuilder
    items: tuple[Item, ...]
    choices: tuple[Choice, ...]
    unknown: tuple[str, ...]
    #: All notes for the barista, also those that the later stages found.
    notes: tuple[str, ...]
    name: str | None
    groups: GroupWords
    price: float

    @property
    def note(self) -> str:
        return ", ".join(self.notes)


def usual_reading(best: Understood, lexicon: Lexicon, language: str | None) -> Reading:
    wishes = [wish for clause in best.clauses for wish in clause.wishes]
    choices, _ = decide(None, wishes, lexicon)
    return Reading(
        Intent.USUAL,
        choices=choices,
        quantity=max((clause.cups for clause in best.clauses), default=1),
        name=best.name or next((item.name for item in best.items if item.name), None),
        note=best.note,
        unknown=best.unknown,
        language=language,
    )


def order_reading(
    best: Understood,
    lexicon: Lexicon,
    order: tuple[Item, ...],
    topics: tuple[Topic, ...],
    language: str | None,
) -> Reading:
    asked, words = groups_to_ask(best.items, lexicon.menu, best.groups.named)
    intent = _order_intent(best, order, asks=bool(asked))
    if intent not in (Intent.ORDER, Intent.CHANGE):
        return Reading(intent, unknown=best.unknown, name=best.name, note=best.note, topics=topics, language=language)
    quantity = best.draft.quantity
    note = ", ".join(filter(None, (*best.notes, *words)))
    items = tuple(
        item if note in item.note else replace(item, note=", ".join(filter(None, (item.note, note))))
        for item in best.items
    )
    missing = tuple(
        each for each in open_questions(items, lexicon.menu, asked) if each.group not in best.groups.left_to_us
    )
    if best.draft.dropping:
        missing = (Question("drop", offers=tuple(dict.fromkeys(best.draft.dropping))), *missing)
    return Reading(
        intent,
        items=items,
        unknown=best.unknown,
        misfits=tuple(best.draft.misfits),
        name=best.name,
        missing=missing if items else (Question("drink", quantity=quantity, choices=best.choices),),
        choices=best.choices,
        quantity=quantity,
        note="" if items else best.note,
        topics=topics,
        picks=_picks(best.clauses, order),
        language=language,
    )


def _picks(clauses: Sequence[Clause], order: Sequence[Item]) -> bool:
    """Return whether the text says which of the ordered drinks it is about, as in "latte large" and "the first one
    large" after "a latte and a tea"."""
    ordered = {item.drink for item in order}
    named = ordered.intersection(meaning.name for clause in clauses for meaning in clause.drink)
    one = (clause.count == 1 and not clause.article for clause in clauses)
    return 0 < len(named) < len(ordered) or any(clause.place for clause in clauses) or any(one)


def _order_intent(best: Understood, order: tuple[Item, ...], *, asks: bool) -> Intent:
    """Return the intent of the text. `asks`: we must ask for an option, because the text only names its group ("with
    syrup")."""
    draft = best.draft
    if order and not best.items:
        return Intent.CANCEL
    if order and (draft.touched or draft.added or asks):
        return Intent.CHANGE
    if not order and (best.items or best.choices or draft.missing_drinks):
        return Intent.ORDER
    return Intent.NAME if best.name else Intent.UNCLEAR
