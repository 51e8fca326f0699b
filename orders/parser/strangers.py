"""Marks menu words as unknown where they belong to something that is not on the menu.

If the menu has no flat white, the "white" of "a flat white" is unknown. So is the honey of "a kombucha with honey"
if the menu has no kombucha."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from orders.parser.atoms import Atom, Kind, Meaning, joined, kinds_of
from orders.parser.lexicon import Lexicon
from orders.parser.lookahead import Ahead
from orders.parser.menu_phrases import every_name
from orders.parser.words import stems

_ASIDE = frozenset({Kind.WITH, Kind.EXTRA, Kind.LIGHT, Kind.NO})
_BEFORE_COUNT = frozenset(
    {None, Kind.COMMA, Kind.STOP, Kind.DASH, Kind.AND, Kind.FILLER, Kind.ASK, Kind.NAME, Kind.OWNER, Kind.ONLY}
)
#: Word kinds before and after an unknown thing with its options: "and" in "a latte and a kombucha with honey". None
#: stands for the beginning and the end of the text.
_ENDS = frozenset({None, Kind.COMMA, Kind.STOP, Kind.DASH, Kind.FILLER, Kind.AND})
#: A number counts cups only if it is one of these. One and a half is an amount.
_CUPS = range(1, 1000)
_COUNTS = frozenset({Kind.ARTICLE, Kind.NUMBER, Kind.ANOTHER})
_OF_THING = frozenset({Kind.WITH, Kind.FOR, Kind.NAME})
_OF_DRINK = frozenset({Kind.DRINK, Kind.ARTICLE, Kind.NUMBER})
_ADDING = frozenset({Kind.WITH, Kind.UNIT})
_ADDED = frozenset({Kind.OPTION, Kind.UNKNOWN, Kind.EXTRA, Kind.LIGHT})
_AFTER_THING = _ENDS | {Kind.NAME, Kind.OWNER}
#: After words of these kinds, Spanish "con leche" only means "with milk". Elsewhere it is short for the drink "café con
#: leche".
_GOES_ON = frozenset({Kind.DRINK, Kind.ALL})
#: Only words of these kinds can be marked as unknown, or be a part of an unknown thing.
_MARKED = frozenset({Kind.DRINK, Kind.OPTION, Kind.UNKNOWN})


def mark_strangers(atoms: Sequence[Atom], lexicon: Lexicon) -> list[Atom]:
    """Return the atoms (parsed words), with menu words marked as unknown if they belong to something not on the
    menu."""
    atoms = _lone_options_as_drinks(with_other_kinds(atoms, lexicon), lexicon)
    tidied: list[Atom] = []
    kinds = kinds_of(atoms)
    drinks, swaps = Kind.DRINK in kinds, Kind.SWAP in kinds or Kind.OF_THEM in kinds
    for at, atom in enumerate(atoms):
        if atom.kind not in _MARKED:
            tidied.append(atom)
            continue
        after = kinds[at + 1]
        before = tidied[-1].kind if tidied else None
        begun = atom.kind is Kind.DRINK and atom.phrase in lexicon.beginnings
        # The first word of a drink's name can mean the drink, as "peppermint" means the peppermint tea. It does not in
        # "peppermint latte", and the "english" of "sorry for my english" is no English breakfast tea.
        if begun and at and atoms[at - 1].text in lexicon.table.persons:
            atom = replace(atom, kind=Kind.COMMON, meanings=())
        elif begun and (before in _ASIDE or _begins_other(atoms[at : at + 2], lexicon)):
            atom = replace(atom, kind=Kind.UNKNOWN, meanings=())
        if atom.kind is Kind.OPTION and after is Kind.DRINK and _says_nothing(atom, atoms[at + 1], lexicon):
            atom = replace(atom, kind=Kind.UNKNOWN, meanings=(), phrase=())
        if before in _GOES_ON and atom.phrase in lexicon.introduced:
            # "Con leche" alone orders a latte in Spanish, but "un latte con leche de soja" is one latte with soy milk.
            tidied += with_option(atom, lexicon)
            continue
        if atom.kind is Kind.DRINK:
            atom = _read_beside(atom, tidied, lexicon, swaps=swaps)
        if atom.kind is Kind.UNKNOWN and drinks and (words := _words_of_thing(atom, tidied, after, lexicon)):
            # In "a latte and a small tree", the option "small" belongs to the unknown word "tree".
            for word in reversed(tidied[-words:]):
                atom = replace(joined(word, atom), kind=Kind.UNKNOWN, meanings=(), phrase=())
            tidied[-words:] = [atom]
        elif atom.kind is Kind.OPTION and after in _ENDS and _is_counted_stranger(tidied):
            tidied[-1] = joined(tidied[-1], atom)
        else:
            tidied.append(atom)
    return _with_their_own(tidied) if drinks else tidied


def _says_nothing(option: Atom, drink: Atom, lexicon: Lexicon) -> bool:
    """Return whether the option before the drink would change nothing, so that the word must mean something else.

    "White" asks for milk before a tea. A mocha has milk anyway, so in "white mocha" the word means a chocolate that the
    menu does not have."""
    named = any(option.phrase == stems(meaning.name) for meaning in option.meanings)
    if named or option.text not in lexicon.table.things:
        return False
    usual = {
        (group.name, lexicon.menu.default_option(lexicon.drinks[meaning.name], group))
        for meaning in drink.meanings
        for group in lexicon.groups.values()
        if lexicon.fits(meaning.name, group.name)
    }
    names = {(meaning.group, meaning.name) for meaning in option.meanings}
    nones = {lexicon.none_of(lexicon.groups[group]) for group, _ in names}
    return names <= usual - nones


def _read_beside(atom: Atom, tidied: list[Atom], lexicon: Lexicon, *, swaps: bool) -> Atom:
    """Decide whether a drink's name means a drink, an option of the drink before, or something unknown. Return its new
    atom.

    `tidied` has the atoms (parsed words) before the name. Unknown words at its end that belong to the name are
    removed from it and joined to the name's atom. `swaps`: the text exchanges drinks ("swap the latte with a
    mocha"), so a drink after "with" stays a drink."""
    if tidied and tidied[-1].kind is Kind.UNKNOWN and _is_other_kind(tidied[-1], atom, lexicon):
        while tidied and tidied[-1].kind is Kind.UNKNOWN:
            atom = joined(tidied.pop(), atom)
    if meanings := _as_option(atom, tidied, lexicon):
        return replace(atom, kind=Kind.OPTION, meanings=meanings)
    if not swaps and _adds_itself(atom, tidied, lexicon):
        # "A mango smoothie with mango" orders one smoothie.
        return replace(atom, kind=Kind.UNKNOWN, meanings=())
    return atom


def with_other_kinds(atoms: Sequence[Atom], lexicon: Lexicon) -> Sequence[Atom]:
    """Merge a drink with a word after it that makes it another drink, as in Spanish "té verde" (green tea).

    The result is unknown, because it is not the drink of the menu."""
    found = [*atoms]
    for at in range(len(atoms) - 1, 0, -1):
        if atoms[at].text in lexicon.table.other_kinds and atoms[at - 1].kind is Kind.DRINK:
            other = replace(joined(atoms[at - 1], atoms[at]), kind=Kind.UNKNOWN, meanings=(), phrase=())
            found[at - 1 : at + 1] = [other]
    return found


def _lone_options_as_drinks(atoms: Sequence[Atom], lexicon: Lexicon) -> Sequence[Atom]:
    """Read an option as a drink if it is ordered like one: "a large chocolate" orders the only drink with "chocolate"
    in its name, although "chocolate" alone is a topping.

    In "2 lattes, one chocolate" the chocolate stays an option of one of the lattes."""
    found, kinds = [*atoms], kinds_of(atoms)
    for at, atom in enumerate(atoms):
        if atom.kind is not Kind.OPTION or not lexicon.groups[atom.meanings[0].group].amounts:
            continue
        start = at
        while kinds[start - 1] is Kind.OPTION:
            start -= 1
        # In "a Berry blast, 2 ginger", the number is an amount of ginger.
        counts = atom.plural and any(one.value in _CUPS for one in atoms[start - 1 : start])
        begins = (counts or kinds[start - 1] is Kind.ARTICLE) and kinds[start - 2] in _BEFORE_COUNT
        if not begins or Ahead(atoms, lexicon).drink(at) is not None:
            continue
        shared = any(one.plural for one in atoms[: start - 1])
        called = [drink for drink in lexicon.drinks if lexicon.is_called(drink, "".join(atom.phrase[-1:]))]
        if len(called) == 1 and not shared and kinds[at + 1] not in (Kind.UNKNOWN, Kind.COMMON, Kind.UNIT):
            meaning = Meaning(Kind.DRINK, called[0])
            found[at] = replace(atom, kind=Kind.DRINK, meanings=(meaning,), phrase=stems(called[0]))
    return found


def _with_their_own(atoms: list[Atom]) -> list[Atom]:
    """Merge an unknown thing with its options and the name of its person into one atom.

    In "a latte and a small kombucha with honey" the honey belongs to the kombucha."""
    tidied, kinds = [*atoms], kinds_of(atoms)
    for at in range(len(atoms) - 2, 0, -1):
        if kinds[at] is not Kind.UNKNOWN or kinds[at + 1] not in _OF_THING:
            continue
        start = at
        while kinds[start - 1] is Kind.UNKNOWN:
            start -= 1
        while kinds[start - 1] is Kind.OPTION:
            start -= 1
        end = at + 1
        if kinds[start - 1] is not Kind.ARTICLE:
            continue
        if kinds[end] is Kind.WITH:
            addition = _end_of_addition(kinds, end + 1)
            # "A combo with large fries" also orders the fries.
            end = end if kinds[addition] in _OF_DRINK else addition
        for other in atoms[start + 1 : end]:
            tidied[start] = joined(tidied[start], other)
        tidied[start:end] = [replace(tidied[start], kind=Kind.UNKNOWN, meanings=(), phrase=())]
    return tidied


def _end_of_addition(kinds: Sequence[Kind | None], at: int) -> int:
    """Return the index after a list of additions such as "butter and honey".

    If the words after "and" order something else, the list ends before "and"."""
    end = at
    while kinds[end] in _ADDED:
        end += 1
    if kinds[end] is Kind.AND:
        more = _end_of_addition(kinds, end + 1)
        end = more if kinds[more] in _ENDS else end
    return end


def _is_other_kind(before: Atom, atom: Atom, lexicon: Lexicon) -> bool:
    """Return whether the word `before` makes the drink `atom` another drink: "tea" alone means a black tea of the menu,
    but "green tea" does not."""
    table = lexicon.table
    thing = before.text in table.things and before.text not in table.describing
    return thing and any(
        stems(name) in lexicon.category_words
        for meaning in atom.meanings
        for name in every_name(lexicon.drinks[meaning.name])
    )


def _adds_itself(atom: Atom, tidied: Sequence[Atom], lexicon: Lexicon) -> bool:
    """Return whether this drink stands after "with" and a drink of the same category: the mango of "a mango smoothie
    with mango", the espresso of "a latte with 4 shots of espresso"."""
    kinds = [other.kind for other in tidied[-4:]]
    added = Kind.WITH in kinds and (
        kinds[-1] in _ADDING
        or (Kind.WITH in kinds[-3:] and lexicon.table.kind(tuple(atom.text.split()[:2])) is Kind.UNIT)
    )
    return added and _alike(atom, tidied, lexicon)


def with_option(atom: Atom, lexicon: Lexicon) -> list[Atom]:
    """Split a drink's alias such as Spanish "con leche" (with milk) into the preposition and the option."""
    preposition, _, said = atom.text.partition(" ")
    return [
        Atom(Kind.WITH, atom.start, atom.start + 1, preposition),
        replace(atom, kind=Kind.OPTION, start=atom.start + 1, text=said, meanings=lexicon.introduced[atom.phrase]),
    ]


def _as_option(atom: Atom, tidied: Sequence[Atom], lexicon: Lexicon) -> tuple[Meaning, ...]:
    """Return the options that a drink's word can mean when it is added to another drink; () otherwise.

    In "a margherita with pepperoni" the pepperoni is an option and not a second pizza."""
    meanings = lexicon.option_beginnings.get(atom.phrase, ())
    drinks = [other for other in tidied if other.kind is Kind.DRINK]
    if not drinks:
        return ()
    kinds = [other.kind for other in tidied[-2:]]
    added = kinds[-1] in _ASIDE or kinds == [Kind.OPTION, Kind.AND] or kinds[-1] is Kind.ADD
    weighed = tidied[-1].value < 1 or tidied[-1].text in lexicon.table.multipliers
    if not added and not (kinds[-1] is Kind.NUMBER and weighed):
        return ()
    return tuple(m for m in meanings if any(lexicon.fits(drink.name, m.group) for drink in drinks[-1].meanings))


def _is_counted_stranger(tidied: Sequence[Atom]) -> bool:
    """Return whether the last words are a number or an article and an unknown word, as in "a kombucha"."""
    kinds = [atom.kind for atom in tidied[-2:]]
    return kinds[1:] == [Kind.UNKNOWN] and kinds[0] in _COUNTS


def _begins_other(atoms: Sequence[Atom], lexicon: Lexicon) -> bool:
    """Return whether the first of two atoms is a short name of one drink, while both together name another drink that
    is not on the menu.

    "Peppermint" means the peppermint tea, and "fresh" the fresh mint tea, but "peppermint latte" and "fresh orange
    juice" do not."""
    first, after = atoms[0], atoms[-1]
    if after.kind is Kind.DRINK and after is not first:
        return both_words(first, after, lexicon) is None
    return after.kind is Kind.UNKNOWN and after.text in lexicon.table.things


def _words_of_thing(thing: Atom, tidied: Sequence[Atom], after: Kind | None, lexicon: Lexicon) -> int:
    """Return how many atoms before an unknown thing belong to it: 1 for the "small" of "a small tree", 3 for the "small
    glass of" of "a small glass of kombucha".

    Return 0 without an option among them, or without a number or an article before them."""
    if after not in _AFTER_THING and not (after is Kind.COMMON and thing.text in lexicon.table.things):
        return 0
    kinds = [Kind.COMMA, *(atom.kind for atom in tidied)]
    words = 0
    while kinds[-1] is Kind.UNKNOWN:
        kinds.pop()
        words += 1
    of = tidied[len(kinds) - 2].text if len(kinds) > 1 else ""
    if kinds[-2:] == [Kind.COMMON, Kind.FILLER] and kinds[-3:-2] == [Kind.OPTION] and of in lexicon.table.linking:
        kinds = kinds[:-2]
        words += 2
    options = 0
    while kinds[-1] is Kind.OPTION:
        kinds.pop()
        options += 1
    if kinds[-2:] == [Kind.COMMON, Kind.FILLER]:
        kinds = kinds[:-2]
    return words + options if options and kinds[-1] in _COUNTS else 0


def _alike(atom: Atom, before: Sequence[Atom], lexicon: Lexicon) -> bool:
    """Return whether this drink and the last drink before it are of the same category."""
    last = next((other for other in reversed(before) if other.kind is Kind.DRINK), None)
    categories = {lexicon.category(m.name) for m in last.meanings} if last else set()
    return any(lexicon.category(meaning.name) in categories for meaning in atom.meanings)


def both_words(first: Atom, second: Atom, lexicon: Lexicon) -> Atom | None:
    for phrase in ((*first.phrase, *second.phrase), (*second.phrase, *first.phrase)):
        meanings = tuple(m for m in lexicon.phrases.get(phrase, ()) if m.kind is Kind.DRINK)
        if meanings:
            return replace(second, meanings=meanings, phrase=phrase, text=f"{first.text} {second.text}")
    # In "english brekky tea", "english" begins the name "English breakfast tea", and "tea" can mean this drink, too. So
    # both are one drink. The "brekky" between them stays unknown.
    same = tuple(m for m in second.meanings if any(m.name == other.name for other in first.meanings))
    if same and first.phrase in lexicon.beginnings:
        return replace(second, meanings=same, text=f"{first.text} {second.text}")
    return None
