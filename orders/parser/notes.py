"""Finds notes for the barista, which are kept word for word: "allergic to nuts", "table 5"."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from orders.parser.atoms import Atom, Kind
from orders.parser.lexicon import Lexicon
from orders.parser.lookahead import Ahead
from orders.parser.words import Token, stems

#: Kinds of statements about allergies and diets. The refused thing follows REFUSES.
_DIETARY = frozenset({Kind.NOTE, Kind.REFUSES})
_ENDS = frozenset({Kind.COMMA, Kind.STOP, Kind.DASH})
_NOTED = frozenset({Kind.TIME, Kind.NOTE, Kind.REFUSES, Kind.REMARK, Kind.PLACE, Kind.IF_NOT})
_ORDERED = frozenset({Kind.DRINK, Kind.OPTION, Kind.CATEGORY})
#: Kinds of words that may introduce a place: "at the booth".
_TO_PLACES = frozenset({Kind.TO, Kind.FOR, Kind.WITH, Kind.THE, Kind.COMMON})
_AFTER_CONDITION = frozenset({Kind.STOP, Kind.DASH, Kind.CALLED})
_BETWEEN = frozenset({Kind.COMMA, Kind.AND})
_ANEW = frozenset({Kind.DRINK, Kind.ARTICLE, Kind.NUMBER, Kind.ASK, Kind.ANOTHER})
_BEFORE_STATEMENT = _ENDS | _ORDERED | {Kind.AND, Kind.BUT, Kind.NAME, Kind.FOR, Kind.CALLED, Kind.WITH}
_AFTER_STATEMENT = _ENDS | {Kind.DRINK, Kind.NAME, Kind.BUT, Kind.FOR, Kind.CALLED, Kind.ASK, Kind.ONLY, Kind.INSTEAD}
_INTRODUCE = frozenset({Kind.FOR, Kind.CALLED})
_AFTER_REMARK = _ENDS | {Kind.AND, Kind.BUT, Kind.FILLER, Kind.FOR, Kind.WITH}
_ADDING = frozenset({Kind.WITH, Kind.LIGHT, Kind.EXTRA, Kind.AND})
_REMARKING = frozenset({Kind.LIGHT, Kind.NO, Kind.ALL, Kind.WITH})
#: Kinds of atoms that may stand between a drink and "all the veggies" on it.
_PUT_ONTO = frozenset({Kind.OPTION, Kind.WITH, Kind.NO, Kind.LIGHT, Kind.EXTRA, Kind.COMMA})
#: Kinds of words that a degree may describe: "not too strong", "not so milky".
_DEGREED = frozenset({Kind.OPTION, Kind.DRINK, Kind.COMMON, Kind.UNKNOWN})
_ALLERGEN = frozenset({Kind.THE, Kind.COMMON, Kind.UNKNOWN})
#: Kinds of atoms that continue the order without naming a drink.
_GOES_ON = frozenset({Kind.ADD, Kind.MAKE, Kind.SAME, Kind.LIGHT, Kind.EXTRA, Kind.FOR})


def take_note(
    atoms: Sequence[Atom], tokens: Sequence[Token], text: str, lexicon: Lexicon
) -> tuple[list[Atom], list[str], list[Atom]]:
    """Return the atoms without notes, the notes as they were typed, and the options that the notes refuse."""
    kinds = {atom.kind for atom in atoms}
    if not kinds.isdisjoint(_REMARKING) or _has_remark(atoms, lexicon):
        atoms = _with_remarks(atoms, lexicon)
    if Kind.NO in kinds:
        atoms = _with_allergens(atoms, lexicon)
    if not any(atom.kind in _NOTED for atom in atoms):
        return [*atoms], [], []
    # "I don't drink coffee" orders no coffee.
    atoms = [
        atom._replace(kind=Kind.COMMON, meanings=())
        if at and atom.kind is Kind.DRINK and atoms[at - 1].kind is Kind.REFUSES
        else atom
        for at, atom in enumerate(atoms)
    ]
    then = lexicon.table.then
    refused_options: list[Atom] = []
    rest, notes = _without_places([*atoms], tokens, text)
    rest, times = _without_times(rest, tokens, text)
    notes += times
    rest, condition = _without_condition(rest, tokens, text, then)
    notes += condition
    notes += [typed([atom], tokens, text) for atom in rest if atom.kind is Kind.REMARK]
    rest = [atom for atom in rest if atom.kind is not Kind.REMARK]
    while (at := next((i for i, atom in enumerate(rest) if atom.kind in _DIETARY), None)) is not None:
        start, end = _reach_back(rest, at), _reach_on(rest, at, tokens, lexicon)
        # "NO DAIRY severe allergy" refuses the milk and is a note as well, including "NO DAIRY".
        refused = start > 1 and rest[start - 1].kind is Kind.OPTION and rest[start - 2].kind is Kind.NO
        notes.append(typed(rest[start - 2 * refused : end], tokens, text))
        refused_options += [atom for atom in rest[start:end] if atom.kind is Kind.OPTION]
        refused_options += [option for atom in rest[start:end] for option in _options_refused(atom, lexicon)]
        rest[start:end] = []
    return rest, notes, refused_options


def _has_remark(atoms: Sequence[Atom], lexicon: Lexicon) -> bool:
    """Tell whether a word may be a part of a remark: "double cheese", "à part"."""
    heads, milky, remarking = lexicon.group_words, lexicon.introduced, lexicon.table.remarking
    return any(atom.text in remarking or atom.phrase in heads or atom.phrase in milky for atom in atoms)


def _options_refused(atom: Atom, lexicon: Lexicon) -> list[Atom]:
    """Return the option that a statement such as "no nuts" refuses; [] if nuts are no option on the menu."""
    refuses = atom.kind is Kind.NOTE and lexicon.table.kind(tuple(atom.text.split()[:1])) is Kind.NO
    said = stems(atom.text)[1:] if refuses else ()
    meanings = tuple(meaning for meaning in lexicon.phrases.get(said, ()) if meaning.kind is Kind.OPTION)
    return [atom._replace(kind=Kind.OPTION, meanings=meanings)] if meanings else []


def _with_allergens(atoms: Sequence[Atom], lexicon: Lexicon) -> list[Atom]:
    """Return the atoms with a note in place of "avoid nuts", unless an option of the menu says the same."""
    said = [*atoms]
    for at in [at for at, atom in enumerate(atoms) if atom.kind is Kind.NO][::-1]:
        end = next(
            (
                end
                for end in (at + 4, at + 3, at + 2)
                if end <= len(atoms) and _is_allergen(atoms[at + 1 : end], lexicon)
            ),
            None,
        )
        if end is not None:
            words = " ".join(atom.text for atom in atoms[at:end])
            said[at:end] = [Atom(Kind.NOTE, atoms[at].start, atoms[end - 1].end, words)]
    return said


def _is_allergen(atoms: Sequence[Atom], lexicon: Lexicon) -> bool:
    words = " ".join(atom.text for atom in atoms if atom.kind is not Kind.THE)
    known = tuple(words.split()) in lexicon.table.allergens and stems(words) not in lexicon.absences
    return known and all(atom.kind in _ALLERGEN for atom in atoms)


def _with_remarks(atoms: Sequence[Atom], lexicon: Lexicon) -> list[Atom]:
    """Return the atoms with each remark for the barista merged into one atom: "not too strong", which refuses nothing,
    or "à part" (on the side)."""
    said: list[Atom] = []
    multipliers = lexicon.table.multipliers
    for at, atom in enumerate(atoms):
        ends = at + 1 == len(atoms) or atoms[at + 1].kind in _AFTER_REMARK
        start = _start_of_degree(said, atom, lexicon) if ends else None
        if start is not None:
            words = " ".join(one.text for one in (*said[start:], atom))
            said[start:] = [Atom(Kind.REMARK, said[start].start, atom.end, words)]
        elif atom.kind is Kind.DRINK and said and said[-1].kind is Kind.LIGHT and _is_named(atom, said):
            # "but go easy on the matcha" orders no second matcha.
            light = said.pop()
            said.append(Atom(Kind.REMARK, light.start, atom.end, f"{light.text} {atom.text}"))
        elif atom.kind is Kind.DRINK and atom.plural and _is_all_of_a_drink(said):
            # In "a turkey sub with all the veggies", the veggies are not the sub of that name.
            if at + 1 < len(atoms) and atoms[at + 1].kind is Kind.NO:
                # "all the veggies except olives" becomes a note as a whole, and still refuses the olives.
                said.append(atom._replace(kind=Kind.COMMON, meanings=()))
                continue
            words = " ".join(one.text for one in (*said[-2:], atom))
            said[-2:] = [Atom(Kind.REMARK, said[-2].start, atom.end, words)]
        elif atom.kind is Kind.UNKNOWN and said and said[-1].text in multipliers and _is_drunk(said):
            # In "double meat" the number counts no cups, because the meat is not on the menu.
            multiplier = said.pop()
            said.append(Atom(Kind.REMARK, multiplier.start, atom.end, f"{multiplier.text} {atom.text}"))
        elif said and said[-1].text in multipliers and _is_multiplied(at, atoms, lexicon):
            # "double cheese" must not choose a double patty.
            multiplier = said.pop()
            said += [Atom(Kind.REMARK, multiplier.start, atom.end, f"{multiplier.text} {atom.text}"), atom]
        elif len(said) > 1 and _is_of_milk(said, atom, lexicon):
            # "a side of cold milk" must not make the drink cold.
            milk = atom if atom.phrase in lexicon.group_words or _is_of_extra(said, atom, lexicon) else said[-1]
            start = said[-1].start + (said[-1].kind is Kind.DRINK)
            said[-1:] = [Atom(Kind.REMARK, start, atom.end, f"{said[-1].text} {atom.text}"), milk]
        elif ends and _is_count_of_nothing(at, atoms, lexicon):
            # "tea with two" probably means sugars, which the barista decides: "with two" becomes a note.
            of = said.pop()
            said.append(Atom(Kind.REMARK, of.start, atom.end, f"{of.text} {atom.text}"))
        elif ends and said and said[-1].kind in _ORDERED and atom.text in lexicon.table.aside:
            said.append(atom._replace(kind=Kind.REMARK))
        else:
            said.append(atom)
    return said


def _is_of_milk(said: Sequence[Atom], atom: Atom, lexicon: Lexicon) -> bool:
    """Tell whether an option such as "cold" describes the added milk and not the drink."""
    before = said[-1]
    if atom.kind is not Kind.OPTION:
        return False
    if before.phrase in lexicon.introduced and _is_drunk(said[:-1]):
        told = atom
    elif before.kind is not Kind.OPTION:
        return False
    elif atom.phrase in lexicon.group_words or _is_of_extra(said, atom, lexicon):
        told = before
    elif before.phrase in lexicon.group_words and not lexicon.table.options_first:
        told = atom
    else:
        return False
    # "Con la leche fría" (with the milk cold) is about the milk that the drink has anyway.
    last = said[-2].text.split()[-1:]
    added = said[-2].kind in _ADDING and lexicon.table.kind((*last,)) is not Kind.THE
    added = added or said[-2].text in lexicon.table.linking or before.kind is Kind.DRINK
    groups = [lexicon.groups[meaning.group] for meaning in told.meanings]
    return added and all(g.choose == "one" and not (g.role or g.ask) for g in groups)


def _is_of_extra(said: Sequence[Atom], atom: Atom, lexicon: Lexicon) -> bool:
    """Tell whether the option before belongs to the extra: "with cold foam" does not make the drink cold."""
    extra = all(lexicon.amounts(meaning) for meaning in atom.meanings)
    return said[-2].kind is Kind.WITH and extra and said[-1].text in lexicon.table.describing


def _is_count_of_nothing(at: int, atoms: Sequence[Atom], lexicon: Lexicon) -> bool:
    """Tell whether a number stands alone after "with". In "a tea with two" the number counts no teas."""
    before, after = atoms[max(at - 2, 0) : at], atoms[at + 1 : at + 2]
    if atoms[at].kind is not Kind.NUMBER or any(atom.kind in (Kind.FOR, Kind.WITH) for atom in after):
        return False
    if any(atom.kind is Kind.FILLER for atom in after) and any(a.kind not in _ENDS for a in atoms[at + 2 : at + 3]):
        # In "cream on one of the mochas" the number counts cups.
        return False
    several = any(atom.plural or (atom.kind is Kind.NUMBER and atom.value > 1) for atom in atoms[:at])
    alone = len(before) > 1 and before[0].kind in _ORDERED and before[1].kind is Kind.WITH and not several
    return alone and before[1].text not in lexicon.table.inside


def _is_multiplied(at: int, atoms: Sequence[Atom], lexicon: Lexicon) -> bool:
    """Tell whether "double" in "double cheese" was read as an option of its own, although it is an amount of cheese."""
    is_head = atoms[at].kind is Kind.OPTION and atoms[at].phrase in lexicon.group_words
    if not is_head or atoms[at - 1].kind is not Kind.OPTION:
        return False
    return Ahead(atoms, lexicon).drink(at) is None


def _is_all_of_a_drink(before: Sequence[Atom]) -> bool:
    """Tell whether "all the" adds to the drink before it, because only options and joining words stand between."""
    if [atom.kind for atom in before[-2:]] != [Kind.ALL, Kind.THE]:
        return False
    last = next((at for at in range(len(before), 0, -1) if before[at - 1].kind is Kind.DRINK), len(before))
    return last < len(before) and all(atom.kind in _PUT_ONTO for atom in before[last:-2])


def _is_drunk(before: Sequence[Atom]) -> bool:
    return any(atom.kind is Kind.DRINK for atom in before)


def _is_named(atom: Atom, before: Sequence[Atom]) -> bool:
    return any(one.meanings == atom.meanings for one in before)


def _start_of_degree(before: Sequence[Atom], atom: Atom, lexicon: Lexicon) -> int | None:
    """Return the position of the "not" in "not too strong" if `atom` is its last word; None for other words.

    Options with amounts are left out: "not too much foam" means a little foam."""
    table = lexicon.table
    if atom.kind not in _DEGREED or any(atom.kind is Kind.OPTION and lexicon.amounts(m) for m in atom.meanings):
        return None
    adjective = atom.kind in (Kind.COMMON, Kind.UNKNOWN) and atom.text not in table.things
    if before and before[-1].kind is Kind.LIGHT and adjective and _is_drunk(before):
        # "peu épicé" (not very spicy) is a degree without a "not".
        return len(before) - 1
    if before and before[-1].kind is Kind.NO and atom.text.split()[0] in table.degrees and " " in atom.text:
        # In "not very hot", the menu may have "very hot" as one option.
        return len(before) - 1
    degree = len(before) > 1 and before[-1].text in table.degrees and before[-2].kind is Kind.NO
    return len(before) - 2 if degree else None


def _without_places(atoms: list[Atom], tokens: Sequence[Token], text: str) -> tuple[list[Atom], list[str]]:
    """Return the atoms without places, and the places as notes. The number in "booth 7" or "B7" counts no drinks."""
    rest: list[Atom] = []
    places: list[str] = []
    at = 0
    while at < len(atoms):
        end = _end_of_place(atoms, at, tokens)
        called = _called_place(rest) if not end and atoms[at].kind is Kind.PLACE else 0
        if called:
            places.append(typed([*rest[-called:], atoms[at]], tokens, text))
            del rest[-called:]
            end = at + 1
            while rest and rest[-1].kind in _TO_PLACES:
                rest.pop()
        elif end:
            places.append(typed(atoms[at:end], tokens, text))
            while rest and rest[-1].kind in _TO_PLACES:
                rest.pop()
        else:
            end = at + 1
            rest.append(atoms[at]._replace(kind=Kind.COMMON) if atoms[at].kind is Kind.PLACE else atoms[at])
        at = end
    return rest, places


def _called_place(before: Sequence[Atom]) -> int:
    """Return the number of words between "the" and the word for a place ("in the Blue Room"); 0 without an article."""
    words = 0
    while words < len(before) and before[-1 - words].kind in (Kind.UNKNOWN, Kind.COMMON):
        words += 1
    return words if words < len(before) and before[-1 - words].kind is Kind.THE else 0


def _without_times(atoms: list[Atom], tokens: Sequence[Token], text: str) -> tuple[list[Atom], list[str]]:
    """Return the atoms without times and temperatures ("11am"), and these as notes, if the text orders a drink."""
    if not any(atom.kind is Kind.DRINK for atom in atoms):
        return atoms, []
    rest: list[Atom] = []
    times: list[str] = []
    for atom in atoms:
        if atom.kind is Kind.TIME and rest and rest[-1].kind is Kind.NUMBER:
            times.append(typed([rest.pop(), atom], tokens, text))
        else:
            rest.append(atom)
    return rest, times


def _without_condition(
    atoms: list[Atom], tokens: Sequence[Token], text: str, then: Collection[str]
) -> tuple[list[Atom], list[str]]:
    """Return the atoms without a condition ("if no oat then soy"), and the condition as a note for the barista."""
    start = next((at for at, atom in enumerate(atoms) if atom.kind is Kind.IF_NOT), len(atoms))
    if not any(atom.kind in _ORDERED for atom in atoms[:start]):
        return [atom._replace(kind=Kind.COMMON) if atom.kind is Kind.IF_NOT else atom for atom in atoms], []
    end = _end_of_condition(atoms, start, tokens, then)
    said = atoms[start:end]
    while atoms[start - 1].kind in (Kind.OR, Kind.COMMA, Kind.AND):
        start -= 1
    return [*atoms[:start], *atoms[end:]], [typed(said, tokens, text)] if said else []


def _end_of_condition(atoms: Sequence[Atom], start: int, tokens: Sequence[Token], then: Collection[str]) -> int:
    """Return the position where a condition ends: in "if no oat then soy and a mocha" before "and a mocha".

    A comma ends the condition only after the second choice, which still follows in "if no oat, a flat white"."""
    # "Otherwise soy" names no missing item, so `said` counts as if it had named one.
    said = sum(" " not in atom.text for atom in atoms[start : start + 1])
    for at in range(start + 1, len(atoms)):
        kind = atoms[at].kind
        said += kind in _ORDERED
        if kind in _AFTER_CONDITION or ")" in tokens[atoms[at].start].raw:
            return at
        if kind not in _BETWEEN:
            continue
        after = next((i for i in range(at, len(atoms)) if atoms[i].kind not in _BETWEEN), len(atoms))
        joining = [atom for atom in atoms[at:after] if atom.kind is Kind.AND]
        goes_on = _orders(atoms, after) or any(atom.kind in _GOES_ON for atom in atoms[after : after + 1])
        if goes_on and (joining or said > 1) and not any(atom.text in then for atom in joining):
            return at
    return len(atoms)


def _end_of_place(atoms: Sequence[Atom], at: int, tokens: Sequence[Token]) -> int:
    """Return the position after the number and letter of a place ("B7", "12A"); 0 without a number."""
    if atoms[at].kind is not Kind.PLACE:
        return 0
    number = at + 1 + (at + 1 < len(atoms) and len(atoms[at + 1].text) == 1 and atoms[at + 1].kind is Kind.COMMON)
    if number >= len(atoms) or atoms[number].kind is not Kind.NUMBER:
        return 0
    after = atoms[number + 1] if number + 1 < len(atoms) else None
    if after is not None and after.plural:
        # In "to my desk 2 sugars", the number belongs to the sugars.
        return 0
    if after is None or len(after.text) > 1 or tokens[after.start].kind != "word":
        return number + 1
    return number + 1 + (tokens[after.start - 1].end == tokens[after.start].start)


def typed(atoms: Sequence[Atom], tokens: Sequence[Token], text: str) -> str:
    return text[tokens[atoms[0].start].start : tokens[atoms[-1].end - 1].end]


def _reach_back(atoms: Sequence[Atom], at: int) -> int:
    """Return the position where the statement around the word at `at` begins, such as "my daughter is allergic"."""
    start = at
    # In "dairy allergy", the word before belongs to the statement, even if it is on the menu.
    noun = atoms[at].kind is Kind.NOTE and len(atoms[at].text) > 4 and " " not in atoms[at].text
    # In "soy gives me hives", the refused thing stands before the verb.
    subject = atoms[at].kind is Kind.REFUSES and (at + 1 == len(atoms) or atoms[at + 1].kind in _ENDS | {Kind.FILLER})
    if start and atoms[start - 1].kind is Kind.OPTION and (noun or subject):
        start -= 1
    while start and atoms[start - 1].kind not in _BEFORE_STATEMENT:
        start -= 1
    if 0 < start < at and atoms[start - 1].kind in _INTRODUCE:
        # In "for Sam I'm allergic", "Sam" is a name and not part of the statement.
        start += 1
    while atoms[start].kind in (Kind.FILLER, Kind.ASK):
        start += 1
    return start


def _reach_on(atoms: Sequence[Atom], at: int, tokens: Sequence[Token], lexicon: Lexicon) -> int:
    """Return the position after the statement around the word at `at`: after "nuts" in "allergic to nuts for Sam"."""
    end = at + 1
    objects = atoms[at].kind is Kind.REFUSES
    while end < len(atoms) and (atoms[end].kind not in _AFTER_STATEMENT or tokens[atoms[end].start].raw == ":"):
        kind = atoms[end].kind
        if kind in (Kind.AND, Kind.OR) and _orders(atoms, end + 1):
            break
        if kind in (Kind.ARTICLE, Kind.NUMBER) and Ahead(atoms, lexicon).drink(end + 1) is not None:
            # In "I can't have dairy so a large oat latte", the statement ends before "so".
            return end - (end - 1 > at and atoms[end - 1].kind is Kind.COMMON)
        if kind is Kind.NO and not objects:
            # "I'm diabetic so no sugar" refuses the sugar, so the statement ends before "so".
            return end - (end - 1 > at and atoms[end - 1].kind is Kind.COMMON)
        if kind is Kind.OPTION and not objects:
            # "I'm vegan so oat milk" orders the oat milk, so the statement ends before "so".
            return end - (end - 1 > at and atoms[end - 1].kind is Kind.COMMON)
        if kind is Kind.FILLER and end > at + 1:
            break
        end += 1
    # In "allergic to nuts a latte" the article belongs to the drink. An article at the end of the text stays: it may be
    # a word like "Eier", which was taken for a misspelt "einer".
    begins = (Kind.FILLER, Kind.ASK, Kind.WITH, Kind.ARTICLE, Kind.THE) if end < len(atoms) else (Kind.FILLER,)
    while atoms[end - 1].kind in begins:
        end -= 1
    return end


def _orders(atoms: Sequence[Atom], at: int) -> bool:
    """Tell whether the words after "and" order something, and do not name one more allergy."""
    for atom in atoms[at:]:
        if atom.kind in _ENDS:
            return False
        if atom.kind in _ANEW:
            return True
    return False
