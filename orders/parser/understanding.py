"""Runs the later stages of the parser on one possible interpretation of a text, and computes the cost of this
interpretation."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from orders.items import Item
from orders.parser.apply_clauses import OrderBuilder
from orders.parser.atoms import Atom, Kind
from orders.parser.clauses import ClauseBuilder
from orders.parser.diet_owners import cups_with_diet
from orders.parser.lexicon import Lexicon
from orders.parser.merge_atoms import merge
from orders.parser.names import NAMES, find_names
from orders.parser.notes import take_note
from orders.parser.quotes import typed
from orders.parser.reading import Question, Reading
from orders.parser.refusals import read_refusals
from orders.parser.refused_lists import with_lists_refused
from orders.parser.spans import Way
from orders.parser.understood import SortedOut, Understood
from orders.parser.unknown_words import message_parts, unknown_words
from orders.parser.words import Token, clocks, folded

#: Penalties that are added to the cost of an interpretation's words. The interpretation with the lowest sum wins.
_PER_MISFIT, _PER_ORPHAN, _PER_AWKWARD, _PER_STRANGER, _WITHOUT_DRINK = 1.5, 0.7, 0.4, 0.3, 2.0


@dataclass(frozen=True, slots=True)
class Candidates:
    clean: str
    tokens: Sequence[Token]
    ways: Sequence[Way]
    together: bool = False
    before: tuple[Item, ...] = ()
    #: The code of the language that the text is clearly in; None if it is not clear.
    language: str | None = None


@dataclass(slots=True)
class CloseReading:
    """The reading of a text, and the interpretations that led to it."""

    reading: Reading
    #: The words that were read and their possible interpretations. The words for a time were taken out before.
    words: Candidates
    lexicon: Lexicon
    #: The interpretation that won, of the sentences that order something. None if the text orders nothing.
    best: Understood | None = None


def cost(way: Way) -> float:
    return sum([atom.cost for atom in way])


def understand(
    words: Candidates, way: Way, lexicon: Lexicon, order: tuple[Item, ...], asked: Question | None
) -> Understood:
    """Run the later stages of the parser on `way`, one of the possible interpretations of the text's words."""
    said = with_lists_refused(way, words.tokens, lexicon)
    chosen = {choice.group for item in order for choice in item.choices}
    atoms, notes, statements = take_note(said, words.tokens, words.clean, lexicon, chosen)
    atoms = find_names(atoms, words.tokens, words.clean, lexicon)
    single, doubtful = read_refusals(atoms, words.tokens, words.clean, lexicon)
    atoms = merge(single, lexicon)
    builder = ClauseBuilder(atoms, lexicon, sum([item.quantity for item in order]))
    clauses = builder.build()
    draft = OrderBuilder.begin(lexicon, order, asked)
    draft.together = words.together
    draft.remember(order, words.before)
    draft.apply(clauses)
    choices = draft.settle_drinkless()
    naming = [atom for atom in atoms if atom.kind in NAMES]
    is_for = any(lexicon.table.kind((words.tokens[atom.start].text,)) is Kind.FOR for atom in naming[-1:])
    apart = is_for and any(atom.text in lexicon.table.myself for atom in atoms)
    bare = all(clause.is_bare_name for clause in clauses)

    def named() -> tuple[tuple[Item, ...], str | None]:
        return _named(draft.items(), draft, naming, order, is_for=is_for, apart=apart, bare=bare)

    items, name = named()
    if statements:
        whose = [(each, cups_with_diet(each, atoms, items, words.tokens, lexicon)) for each in statements]
        for statement, places in whose:
            draft.refuse(statement.refused, places)
        items, name = named()
        own = [(statement.note, places) for statement, places in whose if len(places) < len(items)]
        items = _with_own_notes(items, own)
        notes = [note for note in notes if note not in [told for told, _ in own]]
    misfits = [misfit.said for misfit in draft.misfits]
    table, ordering = lexicon.table, bool(clauses)
    strange = unknown_words(atoms, ordering=ordering, praise=table.praise, things=lexicon.things)
    # In "otro para Luis, el de Luis con caramelo" (another for Luis, Luis's with caramel), the name is said again.
    last = " ".join(folded(items[-1].name or "")) if strange and items else ""
    strange = [word for word in strange if word != last]
    unknown = _in_text_order([*strange, *misfits, *draft.unread], words.tokens)
    messages = [typed(part, words.tokens, words.clean) for part in message_parts(atoms, unknown)] if clauses else []
    noted = [*notes, *doubtful, *builder.groups.remarks, *messages, *clocks(words.clean)]
    price = (
        cost(way)
        + _PER_MISFIT * len(misfits)
        + _PER_STRANGER * (len(unknown) or Kind.UNKNOWN in [atom.kind for atom in atoms])
        + _PER_ORPHAN * builder.orphans
        + _PER_AWKWARD * _awkward(atoms, lexicon)
        + _WITHOUT_DRINK * bool(choices)
    )
    refused = [option for statement in statements for option in statement.refused]
    sorted_out = SortedOut(refused, doubtful, single, atoms)
    every_note = tuple(dict.fromkeys(noted))
    return Understood(way, sorted_out, clauses, draft, items, choices, unknown, every_note, name, builder.groups, price)


def _awkward(atoms: Sequence[Atom], lexicon: Lexicon) -> int:
    """Count the words that this interpretation reads as an option, although they probably are an amount.

    If the menu has an option "light", the "light" of "light whip" is such a word, because whip can have amounts."""
    return sum(
        any(lexicon.groups[meaning.group].amounts for meaning in after.meanings)
        for atom, after in pairwise(atoms)
        if atom.kind is after.kind is Kind.OPTION and lexicon.table.is_amount(atom.text)
    )


def _named(
    items: tuple[Item, ...],
    draft: OrderBuilder,
    naming: list[Atom],
    order: tuple[Item, ...],
    *,
    is_for: bool,
    apart: bool,
    bare: bool,
) -> tuple[tuple[Item, ...], str | None]:
    """Return the items, and the name of the whole order, or None in place of the name if the text gives no such name.

    Several names that belong to no single drink make one name together, such as "Ann, Bob". A single name is that of
    the order, unless it is only for one of several drinks, as in "for Dan a latte". `is_for`: the last name comes after
    "for", so it is for one drink if another drink has another name. `apart`: the text also says "for me", so the name
    after "for" can be that of one drink. `bare`: the text is nothing but a name."""
    names = [name for atom in naming for name in atom.phrase]
    owned = all(atom.kind is Kind.OWNER for atom in naming)
    if len(set(names)) > 1 and not any(item.name in names for item in items):
        together = ", ".join(dict.fromkeys(names))
        return tuple(replace(item, name=None) if item.name == together else item for item in items), together
    if len(set(names)) != 1 or draft.named_cup:
        return items, None
    of_one = len(items) > 1 and not bare and (items[-1].name is None or owned or apart)
    if of_one and any(item.name for item in items):
        return items, None
    if any(line.old for line in draft.lines) and any(line.name and not line.old for line in draft.lines):
        # The text adds a cup with this name to an open order, so it is not the name of the order.
        return items, None
    if is_for and any(item.name not in (None, names[0]) for item in items):
        return items, None
    # "My name is Sam" names only the whole order. Its cups keep the names that they had.
    had = [item.name for item in order] if len(order) == len(items) else [None] * len(items)
    cups = zip(items, had, strict=True)
    return tuple(replace(item, name=own) if item.name == names[0] else item for item, own in cups), names[0]


def _with_own_notes(items: tuple[Item, ...], own: Sequence[tuple[str, Collection[int]]]) -> tuple[Item, ...]:
    """Return the items with the notes that are about single cups. `own`: each note, and the places of its items."""
    noted = [*items]
    for note, places in own:
        for at in places:
            if note not in noted[at].note:
                noted[at] = replace(noted[at], note=", ".join(filter(None, (noted[at].note, note))))
    return tuple(noted)


def _in_text_order(phrases: Sequence[str], tokens: Sequence[Token]) -> tuple[str, ...]:
    """Sort the phrases by their places in the text, and give them back the accents that the customer typed."""
    if not phrases:
        return ()
    text = " ".join(token.text for token in tokens)
    typed = {token.text: token.raw for token in tokens if not token.raw.isascii()}
    ordered = sorted(dict.fromkeys(phrases), key=text.find)
    return tuple(" ".join(typed.get(word, word) for word in phrase.split()) for phrase in ordered)
