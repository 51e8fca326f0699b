"""Finds notes for the barista, such as "allergic to nuts" and "table 5", and keeps them as typed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from orders.parser.allergies import first_thing, things_after, with_doubts
from orders.parser.atoms import Atom, Kind, Meaning, kinds_of, merged
from orders.parser.lexicon import Lexicon
from orders.parser.lookahead import BREAKS, Ahead
from orders.parser.places import without_places
from orders.parser.quotes import quoted_remarks, typed
from orders.parser.remarks import with_remarks
from orders.parser.temperatures import has_temperature, without_times
from orders.parser.words import Token, stems

#: Kinds of words that state an allergy or a diet. REFUSES is for "I can't have", which stands before or after the
#: refused thing.
_DIETARY = frozenset({Kind.NOTE, Kind.REFUSES, Kind.ALLERGY})
_ENDS = frozenset({Kind.COMMA, Kind.STOP, Kind.DASH})
_NOTED = _DIETARY | {Kind.TIME, Kind.REMARK, Kind.PLACE, Kind.IF_NOT}
_ORDERED = frozenset({Kind.DRINK, Kind.OPTION, Kind.CATEGORY})
_CHOICES = _ORDERED | {Kind.UNKNOWN}
_AFTER_CONDITION = frozenset({Kind.STOP, Kind.DASH, Kind.CALLED})
_BETWEEN = frozenset({Kind.COMMA, Kind.AND})
_BEFORE_MISSING = frozenset({Kind.THE, Kind.ARTICLE, Kind.FILLER})
#: Word kinds that separate the first choice from the second, as in "oat, soy if not" and "oat or soy if not".
_APART = _ENDS | {Kind.AND, Kind.OR, Kind.BUT, Kind.CALLED}
_ANEW = frozenset({Kind.DRINK, Kind.ARTICLE, Kind.NUMBER, Kind.ASK, Kind.ANOTHER})
_BEFORE_STATEMENT = _ENDS | _ORDERED | {Kind.AND, Kind.BUT, Kind.NAME, Kind.FOR, Kind.CALLED, Kind.WITH}
_AFTER_STATEMENT = _ENDS | {Kind.DRINK, Kind.NAME, Kind.BUT, Kind.FOR, Kind.CALLED, Kind.ASK, Kind.ONLY, Kind.INSTEAD}
_END_OF_STATEMENT: frozenset[Kind | None] = _ENDS | {Kind.FILLER, None}
#: Kinds of small words allowed around "can't have" in "but coffee I can't have, a tea".
_SMALL = frozenset({Kind.COMMON, Kind.FILLER})
_AFTER_SUBJECT: frozenset[Kind | None] = _END_OF_STATEMENT | {Kind.BUT}
_INTRODUCE = frozenset({Kind.FOR, Kind.CALLED})
_NOT_ON_MENU = frozenset({Kind.COMMON, Kind.UNKNOWN})
_REFUSING = frozenset({Kind.NO, Kind.OR})
_REFUSABLE = frozenset({Kind.OPTION, Kind.NOTE})
_ALLERGEN = _NOT_ON_MENU | {Kind.THE}
#: Word kinds that continue the order without naming a drink, such as "add" and "the same".
_GOES_ON = frozenset({Kind.ADD, Kind.MAKE, Kind.SAME, Kind.LIGHT, Kind.EXTRA, Kind.FOR})


@dataclass(frozen=True, slots=True)
class DietStatement:
    """A diet or an allergy that the text states: "Ben is allergic to soy"."""

    note: str
    refused: Sequence[Atom]
    atoms: Sequence[Atom]


def take_note(
    atoms: Sequence[Atom], tokens: Sequence[Token], text: str, lexicon: Lexicon, chosen: Collection[str] = ()
) -> tuple[list[Atom], list[str], list[DietStatement]]:
    """Return the atoms (parsed words) without notes, the notes as typed, and the statements of diets among the notes.

    `chosen`: the option groups from which the open order has an option. In these groups "if no oat then soy" is a
    note even if nothing is ordered before these words."""
    atoms = with_remarks(atoms, lexicon)
    atoms = with_doubts(with_allergens(atoms, lexicon, alone=not chosen and _orders_nothing(atoms)), lexicon)
    kinds = kinds_of(atoms)
    if _NOTED.isdisjoint(kinds) and not (Kind.NUMBER in kinds and has_temperature(atoms)):
        return atoms, [], []
    for place, kind in enumerate(kinds):
        if kind is Kind.DRINK and (kinds[place - 1] is Kind.REFUSES or _is_refused_after(kinds, place)):
            # "I don't drink coffee" and "coffee I can't have" order no coffee.
            atoms[place] = replace(atoms[place], kind=Kind.COMMON, meanings=())
    statements: list[DietStatement] = []
    rest, notes = without_places(atoms, tokens, text)
    rest, times = without_times(rest, tokens, text, lexicon)
    notes += times
    rest, condition = _without_condition(rest, tokens, text, lexicon, chosen)
    notes += condition
    notes += quoted_remarks(rest, tokens, text, lexicon)
    rest = [atom for atom in rest if atom.kind is not Kind.REMARK]
    while (at := next((i for i, atom in enumerate(rest) if atom.kind in _DIETARY), None)) is not None:
        start, end = _reach_back(rest, at, lexicon), _reach_on(rest, at, tokens, lexicon)
        # In "NO DAIRY severe allergy", the words "NO DAIRY" refuse the milk and are also a part of the note.
        refused = kinds_of(rest[:start])[-3:-1] == (Kind.NO, Kind.OPTION)
        notes.append(typed(rest[start - 2 * refused : end], tokens, text))
        options = [replace(a, kind=Kind.OPTION) for a in rest[start:end] if a.kind in _REFUSABLE and a.meanings]
        options += [option for atom in rest[start:end] for option in _options_refused(atom, lexicon)]
        statements.append(DietStatement(notes[-1], options, rest[start:end]))
        rest[start:end] = []
    return rest, notes, statements


def _is_refused_after(kinds: Sequence[Kind | None], drink: int) -> bool:
    """Return whether the words after a drink refuse the drink, as in "coffee I can't have, a tea"."""
    verb = drink + 1
    while kinds[verb] in _SMALL:
        verb += 1
    return kinds[verb] is Kind.REFUSES and (
        kinds[verb + 1] in _AFTER_SUBJECT or (kinds[verb + 1] in _SMALL and kinds[verb + 2] in _ANEW)
    )


def _options_refused(atom: Atom, lexicon: Lexicon) -> list[Atom]:
    """Return the option that a statement such as "no nuts" refuses, as a list; an empty list if the menu has no such
    option."""
    refuses = lexicon.table.kind(tuple(atom.text.split()[:1])) is Kind.NO
    meanings = lexicon.phrases.get(stems(atom.text)[1:], ()) if refuses else ()
    return [replace(atom, kind=Kind.OPTION, meanings=meanings)] if meanings else []


def with_allergens(atoms: Sequence[Atom], lexicon: Lexicon, *, alone: bool = False) -> list[Atom]:
    """Return the atoms (parsed words), with "avoid nuts" read as a note, or as the menu's option that says the same.

    `alone`: the text orders nothing and nothing was ordered before, so "no soy for me" is a note, too."""
    said = [*atoms]
    for at in [at for at, atom in enumerate(atoms) if atom.kind is Kind.NO][::-1]:
        for end in range(min(at + 4, len(said)), at + 1, -1):
            if absent := _absent(said[at + 1 : end], lexicon):
                # If the menu calls its decaf "without caffeine", the words "no caffeine" choose the decaf.
                said[at:end] = [replace(merged(said[at:end], Kind.OPTION), meanings=absent)]
                break
            told = said[at + 1 : end]
            usual = _is_usual_allergen(told, lexicon) or (alone and _is_one_milk(told, lexicon))
            if _is_allergen(told, lexicon) or usual:
                said[at:end] = [replace(merged(said[at:end], Kind.NOTE), meanings=told[-1].meanings)]
                break
    return said


def _absent(atoms: Sequence[Atom], lexicon: Lexicon) -> tuple[Meaning, ...]:
    words = " ".join(atom.text for atom in atoms if atom.kind is not Kind.THE)
    known = tuple(words.split()) in lexicon.table.allergens and _ALLERGEN.issuperset(kinds_of(atoms)[:-1])
    return lexicon.absences.get(stems(words), ()) if known else ()


def _is_allergen(atoms: Sequence[Atom], lexicon: Lexicon) -> bool:
    words = " ".join(atom.text for atom in atoms if atom.kind is not Kind.THE)
    known = tuple(words.split()) in lexicon.table.allergens and stems(words) not in lexicon.absences
    return known and _ALLERGEN.issuperset(kinds_of(atoms)[:-1])


def _is_usual_allergen(atoms: Sequence[Atom], lexicon: Lexicon) -> bool:
    """Return whether the words name a group's usual option by its allergen, as "dairy" names the usual milk.

    "A latte, no dairy" is a note, and the reply asks which milk the customer wants instead. "No milk" asks for no milk
    at all."""
    option, phrase = atoms[0], tuple(atoms[0].text.split())
    usual = all(lexicon.groups[m.group].default == m.name for m in option.meanings if m.group)
    told = len(atoms) == 1 and option.kind is Kind.OPTION and option.phrase not in lexicon.group_words
    return told and usual and phrase in lexicon.table.allergens


def _orders_nothing(atoms: Sequence[Atom]) -> bool:
    """Return whether everything on the menu that the text names stands after a "no" or an "or": "no soy or almond"."""
    kinds = kinds_of(atoms)
    return Kind.NO in kinds and all(kind not in _ORDERED or kinds[at - 1] in _REFUSING for at, kind in enumerate(kinds))


def _is_one_milk(atoms: Sequence[Atom], lexicon: Lexicon) -> bool:
    """Return whether the words name one of several milks, such as soy."""
    milk = all(lexicon.groups[m.group].role == "milk" for m in atoms[0].meanings if m.group)
    return [atom.kind for atom in atoms] == [Kind.OPTION] and milk and atoms[0].phrase not in lexicon.group_words


def _without_condition(
    atoms: list[Atom], tokens: Sequence[Token], text: str, lexicon: Lexicon, chosen: Collection[str]
) -> tuple[list[Atom], list[str]]:
    """Return the atoms (parsed words) without a condition such as "if no oat then soy", and the condition as a note."""
    for at, atom in enumerate(atoms):
        if atom.kind is not Kind.IF_NOT:
            continue
        instead = any(meaning.group in chosen for one in atoms[at:] for meaning in one.meanings)
        if instead or any(one.kind in _ORDERED for one in atoms[:at]) or _names_missing_drink(atoms[at:]):
            start = _start_of_condition(atoms, at)
            end = _end_of_phrase(atoms, at) if start < at else _end_of_condition(atoms, at, tokens, lexicon.table.then)
            choice = _choice_in_condition(atoms[:start], atoms[start:end], lexicon, chosen)
            return [*atoms[:start], *choice, *atoms[end:]], [typed(atoms[start:end], tokens, text)]
    return atoms, []


def _choice_in_condition(
    before: Sequence[Atom], condition: Sequence[Atom], lexicon: Lexicon, chosen: Collection[str]
) -> list[Atom]:
    """Return the option that a condition orders, as a list. "If no oat then soy" orders oat. "Coconut milk, otherwise
    oat" also orders oat, if coconut is not on the menu. "If no mocha then a latte" orders the mocha, if no order is
    open.

    Return an empty list if an option of this group was chosen before."""
    if not chosen and _ORDERED.isdisjoint(kinds_of(before)) and _names_missing_drink(condition):
        return [next(atom for atom in condition if atom.kind is Kind.DRINK)]
    start = next((at for at in range(len(before) - 1, -1, -1) if before[at].kind is Kind.DRINK), 0)
    while start and before[start - 1].kind is Kind.OPTION:
        start -= 1
    # In "coconut milk", the word "milk" is only a part of the option and does not count as a second choice.
    said, told = (
        [one for one in atoms if one.kind in _CHOICES and one.phrase not in lexicon.group_words]
        for atoms in (before[start:], condition)
    )
    options = [atom for atom in told if atom.kind is not Kind.UNKNOWN]
    groups = {meaning.group for atom in options for meaning in atom.meanings}
    had = {meaning.group for atom in said for meaning in atom.meanings}.union(chosen)
    alike = len(groups) == 1 and all(group and lexicon.groups[group].choose == "one" for group in groups)
    strange = Kind.UNKNOWN in [atom.kind for atom in (*said[-1:], *told[:1])]
    return options[:1] if alike and not groups & had and (len(options) > 1 or strange) else []


def _names_missing_drink(condition: Sequence[Atom]) -> bool:
    """Return whether the first thing of a condition is a drink, here the mocha: "if no mocha then a latte"."""
    missing = next((atom.kind for atom in condition[1:] if atom.kind not in _BEFORE_MISSING), None)
    return missing is Kind.DRINK and " " in condition[0].text


def _start_of_condition(atoms: Sequence[Atom], at: int) -> int:
    """Return the index where a condition begins: the index of "soy" in "oat, soy if not".

    The words before "if not" belong to the condition if they name a second choice, here a second milk."""
    start = next((place + 1 for place in range(at - 1, -1, -1) if atoms[place].kind in _APART), 0)
    first = {meaning.group or meaning.kind for atom in atoms[:start] for meaning in atom.meanings}
    second = {meaning.group or meaning.kind for atom in atoms[start:at] for meaning in atom.meanings}
    return at if first.isdisjoint(second) else start


def _end_of_phrase(atoms: Sequence[Atom], at: int) -> int:
    return next((place for place in range(at, len(atoms)) if atoms[place].kind in _APART), len(atoms))


def _end_of_condition(atoms: Sequence[Atom], start: int, tokens: Sequence[Token], then: Collection[str]) -> int:
    """Return the index where the condition ends: in "if no oat then soy and a mocha", before "and a mocha".

    A comma ends the condition only if the second choice stands before the comma. In "if no oat, a flat white" the
    second choice is the flat white."""
    # `said` counts the things that the condition names: in "if no oat then soy" first the missing oat, then the soy.
    # "Otherwise soy" names no missing thing, so its count starts at 1.
    said = sum(" " not in atom.text for atom in atoms[start : start + 1])
    for at in range(start + 1, len(atoms)):
        kind = atoms[at].kind
        said += kind in _ORDERED
        if kind in _AFTER_CONDITION or ")" in tokens[atoms[at].start].raw:
            return at
        if kind not in _BETWEEN:
            continue
        after = next((i for i in range(at, len(atoms)) if atoms[i].kind not in _BETWEEN), len(atoms))
        if said > 1 and {Kind.UNKNOWN} == {atom.kind for atom in atoms[after:]}:
            # In "if no oat then soy, Sam", only the customer's name follows.
            return at
        joining = [atom for atom in atoms[at:after] if atom.kind is Kind.AND]
        goes_on = _orders(atoms, after) or any(atom.kind in _GOES_ON for atom in atoms[after : after + 1])
        if goes_on and (joining or said > 1) and not any(atom.text in then for atom in joining):
            return at
    return len(atoms)


def _reach_back(atoms: Sequence[Atom], at: int, lexicon: Lexicon) -> int:
    """Return the index where a statement such as "my daughter is allergic" begins. `at`: index of its main word
    ("allergic")."""
    kinds, start = kinds_of(atoms), at
    # In "dairy free", the word before "free" belongs to the statement, even if this word is on the menu.
    noun = kinds[at] is Kind.NOTE and " " not in atoms[at].text
    # In "soy gives me hives", the refused thing stands before the verb.
    subject = kinds[at] is Kind.REFUSES and kinds[at + 1] in _END_OF_STATEMENT
    if kinds[at] is Kind.ALLERGY:
        start = first_thing(atoms, at, lexicon)
    elif kinds[start - 1] is Kind.OPTION and (noun or subject):
        start -= 1
    while start and kinds[start - 1] not in _BEFORE_STATEMENT:
        start -= 1
    if start < at and kinds[start - 1] in _INTRODUCE:
        # In "for Sam I'm allergic", the name "Sam" is not a part of the statement.
        start += 1
    while kinds[start] in (Kind.FILLER, Kind.ASK):
        start += 1
    return start


def _reach_on(atoms: Sequence[Atom], at: int, tokens: Sequence[Token], lexicon: Lexicon) -> int:
    """Return the index after a statement: in "allergic to nuts for Sam", the index of "for". `at`: index of its main
    word."""
    end = things_after(atoms, at, lexicon) if atoms[at].kind is Kind.ALLERGY else at + 1
    if end > at + 1:
        return end
    objects, ahead = atoms[at].kind is Kind.REFUSES, Ahead(atoms, lexicon)
    while end < len(atoms) and (atoms[end].kind not in _AFTER_STATEMENT or tokens[atoms[end].start].raw == ":"):
        kind = atoms[end].kind
        if any(token.raw == "?" for token in tokens[atoms[end - 1].end : atoms[end].start]):
            # Questions were taken out before, but the "?" of a question still stands in `tokens`. It ends the
            # statement.
            break
        if kind in (Kind.AND, Kind.OR) and _orders(atoms, end + 1) and not _names_more(atoms, end, ahead, lexicon):
            break
        counts = kind in (Kind.ARTICLE, Kind.NUMBER) and ahead.drink(end + 1) is not None
        refused = kind is Kind.OPTION and _is_refused_too(atoms, at, end, lexicon)
        describes = ahead.describes(end)
        if counts or describes or (kind in (Kind.NO, Kind.OPTION) and not (objects or refused)):
            # The statement ends before "large" in "I can't have dairy large oat latte", and before "so" in "I'm
            # diabetic so no sugar" and "I'm vegan so oat milk".
            return end - (atoms[end - 1].kind is Kind.COMMON and (end > at + 2 or not (objects and describes)))
        if kind is Kind.FILLER and end > at + 1:
            break
        end += 1
    while atoms[end - 1].kind is Kind.FILLER:
        end -= 1
    return end


def _names_more(atoms: Sequence[Atom], link: int, ahead: Ahead, lexicon: Lexicon) -> bool:
    """Return whether the option after the "and" or "or" at `link` is refused too: "I can't have milk or soy large
    latte".

    After "and", only an allergen is refused, and only if the description of a drink follows the allergen."""
    if ahead.kind(link + 1) is not Kind.OPTION:
        return False
    allergen = tuple(atoms[link + 1].text.split()) in lexicon.table.allergens
    return atoms[link].kind is Kind.OR or (allergen and ahead.describes(link + 2))


def _is_refused_too(atoms: Sequence[Atom], at: int, end: int, lexicon: Lexicon) -> bool:
    """Return whether the refusal at `at` also refuses the option at `end`, as in "no nuts or soy" and "no nuts and
    honey".

    After "and", a milk is refused only if it is an allergen, such as soy. So "no nuts and oat" asks for oat milk."""
    if lexicon.table.kind((atoms[at].text.split()[0],)) is not Kind.NO:
        return False
    milk = any(lexicon.groups[meaning.group].role for meaning in atoms[end].meanings)
    allergen = tuple(atoms[end].text.split()) in lexicon.table.allergens
    link = atoms[end - 1].kind
    return link is Kind.OR or (link is Kind.AND and (allergen or not milk))


def _orders(atoms: Sequence[Atom], at: int) -> bool:
    """Return whether the words after "and" order something. If not, they name a further allergy."""
    for atom in atoms[at:]:
        if atom.kind in _ANEW:
            return True
        if atom.kind in BREAKS:
            # In "allergic to nuts and soy and a mocha", the first "and" joins allergies and only the last one orders
            # something.
            return False
    return False
