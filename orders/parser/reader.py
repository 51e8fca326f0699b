"""The stages in their order: words, ways, tidy, names and notes, clauses, draft, choices; and what the whole says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from inventory.menu import Menu
from orders.items import Choice, Item
from orders.parser.answers import offered, short_answer
from orders.parser.atoms import Atom, Kind
from orders.parser.choose import decide, drink_for
from orders.parser.clauses import Clause, ClauseBuilder, Verb, Wish
from orders.parser.draft import Draft, lines_of
from orders.parser.intents import intent_of, sentences, topics_of, whole_message
from orders.parser.lexicon import Lexicon, lexicon_for
from orders.parser.notes import take_note
from orders.parser.people import find_names
from orders.parser.reading import Asked, Intent, Reading
from orders.parser.spans import Way, ways_through
from orders.parser.strangers import unknown_words
from orders.parser.tidy import tidy
from orders.parser.words import Token, clean, tokenize

#: A longer text is read up to here: ten segments of a text message.
LONGEST_TEXT = 1600
_ORDERED = frozenset({Kind.DRINK, Kind.OPTION, Kind.CATEGORY, Kind.GROUP})
_TALK = frozenset({Intent.GREETING, Intent.THANKS, Intent.YES, Intent.NO, Intent.HELP, Intent.START})


@dataclass(slots=True)
class Understood:
    """One way of reading the order in a text, and how much speaks against it."""

    way: Way
    atoms: list[Atom]
    clauses: list[Clause]
    draft: Draft
    items: tuple[Item, ...]
    choices: tuple[Choice, ...]
    unknown: tuple[str, ...]
    note: str
    name: str | None
    price: float


@dataclass(frozen=True, slots=True)
class Text:
    clean: str
    tokens: Sequence[Token]
    ways: Sequence[Way]


def read(
    text: str,
    menu: Menu,
    *,
    order: tuple[Item, ...] = (),
    asked: Asked | None = None,
    language: str = "en",
) -> Reading:
    """What the text says, given the order it is about and the question it may answer.

    Never raises; the same text, menu, order and question always give the same reading."""
    lexicon = lexicon_for(menu, language)
    words = text_stages(text, lexicon)
    return _reading(words, lexicon, order, asked)


def text_stages(text: str, lexicon: Lexicon) -> Text:
    cleaned = clean(text[:LONGEST_TEXT])
    tokens = tokenize(cleaned)
    return Text(cleaned, tokens, ways_through(tokens, lexicon))


def _reading(words: Text, lexicon: Lexicon, order: tuple[Item, ...], asked: Asked | None) -> Reading:
    way = words.ways[0]
    answer = short_answer(words.tokens, way, words.clean, lexicon, asked) if asked else None
    if answer is not None:
        if answer.name:
            return Reading(Intent.NAME, name=answer.name)
        words = Text(words.clean, words.tokens, [answer.way])
        way = answer.way
    said = whole_message(words.tokens, way, lexicon)
    if said is not None and not any(atom.kind in _ORDERED for atom in way):
        return Reading(said)
    if said in (Intent.STOP, Intent.CANCEL):
        return Reading(said)
    talk, topics, kept = _talk(words.ways, lexicon)
    if talk is not None and talk is not Intent.USUAL:
        return Reading(talk, topics=topics)
    if kept is not None:
        words = Text(words.clean, words.tokens, [kept])
    best = min((understand(words, w, lexicon, order, asked) for w in words.ways), key=lambda u: u.price)
    if talk is Intent.USUAL:
        wishes = [wish for clause in best.clauses for wish in clause.wishes]
        count = next((c.count for c in best.clauses if c.count and not c.article), None)
        choices, _ = decide(None, wishes, lexicon)
        return Reading(
            Intent.USUAL, choices=choices, quantity=count or 1, name=best.name, note=best.note, unknown=best.unknown
        )
    return _order_reading(best, lexicon, order, asked)


def _talk(ways: Sequence[Way], lexicon: Lexicon) -> tuple[Intent | None, tuple, Way | None]:  # type: ignore[type-arg]
    """What the sentences say that order nothing; and the rest of the text, where some of it orders."""
    parts = list(sentences(ways[0]))
    intents = [intent_of(part, lexicon) for part in parts]
    if not any(intents):
        return None, (), None
    first = next(at for at, intent in enumerate(intents) if intent)
    ordering = [p for p, i in zip(parts, intents, strict=True) if i is None and _orders(p)]
    topics = tuple(t for p, i in zip(parts, intents, strict=True) if i for t in topics_of(p, lexicon))
    if intents[first] is Intent.USUAL or not ordering:
        return intents[first], topics, None
    return None, topics, tuple(atom for part in ordering for atom in part)


def _orders(sentence: Sequence[Atom]) -> bool:
    return any(atom.kind is Kind.DRINK for atom in sentence)


def understand(words: Text, way: Way, lexicon: Lexicon, order: tuple[Item, ...], asked: Asked | None) -> Understood:
    """One way through the text taken to its end."""
    atoms, note = take_note(way, words.tokens, words.clean)
    atoms = tidy(find_names(atoms, words.tokens, words.clean, lexicon), lexicon)
    builder = ClauseBuilder(atoms, lexicon)
    clauses = builder.build()
    draft = Draft(lexicon, lines_of(order), asked)
    draft.target = (
        [draft.lines[asked.item]] if asked and asked.about == "option" and asked.item < len(order) else draft.lines[-1:]
    )
    if asked and asked.about == "drink":
        draft.leading = [Wish((_meaning(lexicon, c),), c.option, c.amount, inherited=True) for c in asked.choices]
        draft.quantity = asked.quantity
    draft.apply(clauses)
    choices: tuple[Choice, ...] = ()
    if not draft.lines and draft.leading:
        drink = drink_for(draft.leading, lexicon)
        if drink is not None and not asked:
            draft.apply(
                [Clause(drink=tuple(m for m in lexicon.phrases[_name(drink)] if m.name == drink), phrase=_name(drink))]
            )
        else:
            choices, _ = decide(None, draft.leading, lexicon)
    items = draft.items()
    misfits = tuple(m.said for m in draft.misfits)
    unknown = unknown_words(atoms, ordering=bool(clauses))
    names = [a.text for a in atoms if a.kind is Kind.NAME]
    price = sum(a.cost for a in way) + 1.5 * len(misfits) + 0.7 * builder.orphans
    price += 0.4 * _awkward(atoms, lexicon)
    price += 2.0 * bool(not draft.lines and draft.leading and not order)
    items, name = _named(items, names, order)
    everything = _in_text_order((*unknown, *misfits), words.tokens)
    return Understood(way, atoms, clauses, draft, items, choices, everything, note, name, price)


def _awkward(atoms: Sequence[Atom], lexicon: Lexicon) -> int:
    """Options that are amounts by another reading and stand before something that has amounts ("light whip")."""
    awkward = 0
    for atom, after in pairwise(atoms):
        if atom.kind is after.kind is Kind.OPTION and lexicon.table.is_amount(atom.text):
            awkward += any(lexicon.groups[m.group].amounts for m in after.meanings)
    return awkward


def _order_reading(best: Understood, lexicon: Lexicon, order: tuple[Item, ...], asked: Asked | None) -> Reading:
    draft = best.draft
    changed = bool(order) and (draft.touched or draft.added)
    intent = Intent.UNCLEAR
    items = best.items
    if order and draft.touched and not items:
        return Reading(Intent.CANCEL, unknown=best.unknown)
    if changed:
        intent = Intent.CHANGE
    elif not order and (items or best.choices or draft.missing_drinks):
        intent = Intent.ORDER
    elif best.name:
        intent = Intent.NAME
    if intent not in (Intent.ORDER, Intent.CHANGE):
        items = ()
    if best.note and items:
        items = tuple(replace(i, note=best.note) if not i.note else i for i in items)
    reading = Reading(
        intent,
        items=items,
        unknown=best.unknown,
        misfits=tuple(draft.misfits),
        name=best.name,
        choices=best.choices if intent is Intent.ORDER else (),
        quantity=draft.quantity,
        note="" if items else best.note,
    )
    return replace(reading, missing=missing(reading, lexicon.menu))


def missing(reading: Reading, menu: Menu) -> tuple[Asked, ...]:
    """What the menu wants asked and the order does not say."""
    if reading.intent is Intent.ORDER and not reading.items:
        return (Asked("drink", quantity=reading.quantity, choices=reading.choices),)
    return tuple(question for at, item in enumerate(reading.items) for question in open_questions(item, at, menu))


def open_questions(item: Item, at: int, menu: Menu) -> list[Asked]:
    said = {choice.group for choice in item.choices}
    groups = [menu.group_by_name[name] for name in menu.drink_by_name[item.drink].groups]
    return [
        Asked("option", item=at, group=group.name, offers=tuple(option.name for option in group.options))
        for group in groups
        if group.ask and group.name not in said
    ]


def _named(items: tuple[Item, ...], names: list[str], order: tuple[Item, ...]) -> tuple[tuple[Item, ...], str | None]:
    """One name at the end is for the whole order; several are for a drink each."""
    named = [item for item in items if item.name]
    if len(set(names)) > 1:
        return items, None
    if not names:
        return items, None
    if len(items) > 1 and named and items[-1].name is None:
        return items, None
    return tuple(replace(i, name=None) if i.name == names[0] else i for i in items), names[0]


def _in_text_order(phrases: Sequence[str], tokens: Sequence[Token]) -> tuple[str, ...]:
    text = " ".join(token.text for token in tokens)
    return tuple(sorted(dict.fromkeys(phrases), key=text.find))


def _name(drink: str) -> tuple[str, ...]:
    from orders.parser.words import stems

    return stems(drink)


def _meaning(lexicon: Lexicon, choice: Choice):  # type: ignore[no-untyped-def]
    from orders.parser.atoms import Meaning

    return Meaning(Kind.OPTION, choice.option, choice.group, exact=True)


_ = (Verb, offered)
