"""The beginning of the fifth stage of reading a text: merges atoms (words with their meanings) that belong together,
such as "oat" and "milk", or "matcha" and "latte" in "matcha oat latte"."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from dataclasses import replace
from functools import cache
from itertools import pairwise

from orders.parser.atoms import Atom, Kind, Meaning, joined, kinds_of
from orders.parser.lexicon import Lexicon
from orders.parser.lookahead import BREAKS, ENDS, Ahead
from orders.parser.numbers import compounds, double_drinks
from orders.parser.phrases import PhraseTable
from orders.parser.repetitions import REPEATING, repeated
from orders.parser.strangers import both_words, mark_strangers
from orders.parser.words import stem

_BETWEEN = frozenset({Kind.OPTION, Kind.CATEGORY})
_COUNTS = frozenset({Kind.ARTICLE, Kind.NUMBER, Kind.ANOTHER})
_COUNTING = frozenset({Kind.ARTICLE, Kind.NUMBER})
#: Kinds of words that can stand for the second cup in "one with and one without sugar".
_CUPS = frozenset({*_COUNTING, Kind.ANOTHER, Kind.REST, Kind.NTH})
_JOINING = frozenset({Kind.AND, Kind.COMMA, Kind.DASH})
_SMALL = BREAKS | {Kind.CORRECT, Kind.FILLER, Kind.ONLY, Kind.ASK}
#: Kinds of words between a thing and its replacement: "GEGEN" in "den Mokka GEGEN einen Tee" (the mocha for a tea).
_TOWARDS = frozenset({Kind.TO, Kind.WITH})
#: Kinds of words that can merge with the word before them.
_MERGED = frozenset({Kind.OPTION, Kind.GROUP, Kind.UNKNOWN, Kind.DRINK, Kind.CATEGORY})
_Step = Callable[[Sequence[Atom], Lexicon], list[Atom]]
#: Kinds of words that can have an amount: "2 more sugars".
_AMOUNT_OF = frozenset({Kind.OPTION, Kind.GROUP, Kind.UNKNOWN, Kind.UNIT})


def merge(atoms: Sequence[Atom], lexicon: Lexicon) -> list[Atom]:
    said = {atom.kind for atom in atoms} | {atom.text for atom in atoms}
    for words, step in _steps(lexicon.table):
        # Skip the steps that would not change this text. Most texts need few steps.
        if not said.isdisjoint(words):
            atoms = step(atoms, lexicon)
    tidied = _with_their_heads(mark_strangers(atoms, lexicon), lexicon)
    return _said_once(_whole_drinks(tidied, lexicon))


@cache
def _steps(table: PhraseTable) -> tuple[tuple[Set[str], _Step], ...]:
    """Return the merging steps. Each comes with a set of kinds and words, and is needed only for a text with one of
    these."""
    return (
        ({Kind.NO}, _absences),
        ({Kind.WITH}, _with_the_same),
        (table.describing, _without_description),
        (table.alone, _plain_alone),
        (table.normal, _usual_of_group),
        (table.multipliers, double_drinks),
        (table.normal, _without_normal),
        ({Kind.GROUP}, _whole_groups),
        ({Kind.NUMBER}, compounds),
        (table.vague, _without_announced),
        ({Kind.EXTRA}, _more),
        ({Kind.THE} | table.of_the, _of_the_drinks),
        ({Kind.SWAP}, _verb_first),
        ({Kind.AND}, _without_and_between),
        ({Kind.MEASURE}, _measured),
        (REPEATING, repeated),
    )


def _absences(atoms: Sequence[Atom], lexicon: Lexicon) -> list[Atom]:
    """Replace "no caffeine" by an option with the alias "without caffeine", such as decaf."""
    found: list[Atom] = []
    for atom in atoms:
        meanings = lexicon.absences.get(tuple(map(stem, atom.text.split())), ())
        if meanings and atom.kind is not Kind.OPTION and [one.kind for one in found[-1:]] == [Kind.NO]:
            refusing = found.pop()
            found.append(Atom(Kind.OPTION, refusing.start, atom.end, f"{refusing.text} {atom.text}", meanings=meanings))
        else:
            found.append(atom)
    return found


def _without_description(atoms: Sequence[Atom], lexicon: Lexicon) -> list[Atom]:
    """Ignore an adjective after an option if it only describes the option: French "sucre roux" (brown sugar)."""
    found: list[Atom] = []
    for atom in atoms:
        described = [one for one in found[-1:] if one.kind is Kind.OPTION and any(map(lexicon.amounts, one.meanings))]
        describes = atom.kind is Kind.UNKNOWN and atom.text in lexicon.table.describing
        found.append(replace(atom, kind=Kind.COMMON) if described and describes else atom)
    return found


def _with_the_same(atoms: Sequence[Atom], lexicon: Lexicon) -> list[Atom]:
    """Add the option that is left out after "with": in "one with and one without sugar", the first cup gets sugar."""
    found: list[Atom] = []
    kinds = kinds_of(atoms)
    for at, atom in enumerate(atoms):
        found.append(atom)
        cup = at + 1 + (kinds[at + 1] in _JOINING)
        named: list[Atom] = []
        if atom.kind is Kind.WITH and kinds[at - 1] in _CUPS and kinds[cup] in _CUPS:
            named = _refused(atoms[cup + 1 : cup + 3], lexicon)
        if atom.kind is Kind.WITH and kinds[at + 1] in ENDS and not named:
            # In "a mocha without cream and one with", the second mocha gets the cream that the first one refuses.
            named = [one for place in range(at) for one in _refused(atoms[place : place + 2], lexicon)][-1:]
        found += [replace(one, start=atom.end, end=atom.end) for one in named]
    return found


def _refused(atoms: Sequence[Atom], lexicon: Lexicon) -> list[Atom]:
    """Return the option that the words refuse, as a list: sugar for "without sugar". "Without milk" refuses milk even
    if the menu has an option "without milk". Return an empty list for other words."""
    first, after = atoms[:1], atoms[1:]
    for atom in first:
        if atom.kind is Kind.NO:
            return [one for one in after if one.kind is Kind.OPTION]
        none = lexicon.table.kind((atom.text.partition(" ")[0],)) is Kind.NO
        options = lexicon.phrases.get(atom.phrase[1:], ()) if none else ()
        return [replace(atom, meanings=options, phrase=atom.phrase[1:], text=atom.phrase[-1])] if options else []
    return []


def _plain_alone(atoms: Sequence[Atom], lexicon: Lexicon) -> list[Atom]:
    """Read the Spanish "solo" at the end of a phrase as "plain" and not as "only": "uno solo y uno con leche" (one
    plain and one with milk).

    If the whole text is "uno solo" (only one), it corrects the number of cups."""
    if len(atoms) == 2 and atoms[0].kind in (Kind.NUMBER, Kind.ARTICLE) and atoms[1].kind is Kind.ONLY:
        return [replace(atoms[1], kind=Kind.ONLY), replace(atoms[0], kind=Kind.NUMBER, value=1)]
    ahead, alone = Ahead(atoms, lexicon), lexicon.table.alone
    return [
        replace(atom, kind=Kind.PLAIN) if atom.kind is Kind.ONLY and atom.text in alone and ahead.ends(at) else atom
        for at, atom in enumerate(atoms)
    ]


def _without_announced(atoms: Sequence[Atom], lexicon: Lexicon) -> list[Atom]:
    """Replace "a few coffees" by the category of coffees, so that it orders no filter coffee. The drinks follow in the
    text, or the reply asks for them."""
    found: list[Atom] = []
    for atom in atoms:
        category = lexicon.category_words.get(atom.phrase) if atom.plural else None
        if category and any(one.text in lexicon.table.vague for one in found[-1:]):
            found[-1] = replace(atom, kind=Kind.CATEGORY, meanings=(Meaning(Kind.CATEGORY, category),))
        else:
            found.append(atom)
    return found


def _verb_first(atoms: Sequence[Atom], lexicon: Lexicon) -> list[Atom]:
    """Move a verb of exchange before the exchanged words, if the verb stands at the end: "den Mokka gegen einen Tee
    tauschen" (swap the mocha for a tea)."""
    moved = [*atoms]
    kinds = kinds_of(atoms)
    for at, (number, atom) in enumerate(pairwise(atoms)):
        if number.kind in _COUNTING and atom.kind is Kind.SWAP and kinds[at + 2] in (Kind.FOR, *_TOWARDS):
            # "One swap for a mocha" means "swap one for a mocha", so the verb is moved before the number.
            moved[at : at + 2] = [replace(atom, start=number.start, end=number.start), replace(number, end=atom.end)]
    atoms = [*moved]
    for at, atom in enumerate(atoms):
        if atom.kind is not Kind.SWAP or not Ahead(atoms, lexicon).ends(at):
            continue
        start = next((place + 1 for place in range(at - 1, -1, -1) if atoms[place].kind in BREAKS), 0)
        exchanged = [one.kind for one in atoms[start:at] if one.kind in (*_TOWARDS, Kind.DRINK, Kind.OPTION)]
        towards = next((place for place, kind in enumerate(exchanged) if kind in _TOWARDS), len(exchanged))
        if towards + 1 < len(exchanged):
            moved.remove(atom)
            moved.insert(start, replace(atom, start=atoms[start].start, end=atoms[start].start))
    return moved


def _usual_of_group(atoms: Sequence[Atom], lexicon: Lexicon) -> list[Atom]:
    """Replace "normal strength" by the default option of the strength group, or by "no strength" if the group has no
    default."""
    found = [*atoms]
    for at, (atom, after) in enumerate(pairwise(atoms)):
        said = after.kind is Kind.GROUP and atom.text in lexicon.table.normal
        group = lexicon.groups[after.meanings[0].name] if said else None
        if group is None or group.choose != "one" or any(one.group == group.name for one in atom.meanings):
            continue
        if group.default:
            usual = (Meaning(Kind.OPTION, group.default, group.name, exact=True),)
            found[at], found[at + 1] = replace(atom, kind=Kind.FILLER), replace(after, kind=Kind.OPTION, meanings=usual)
        else:
            found[at] = replace(atom, kind=Kind.NO, meanings=())
    return found


def _without_normal(atoms: Sequence[Atom], lexicon: Lexicon) -> list[Atom]:
    """Ignore "normal" after another option of the same group: "un capuchino grande normal" (a large normal
    cappuccino)."""
    kept: list[Atom] = []
    groups: set[str] = set()
    for atom in atoms:
        if atom.kind in BREAKS or atom.kind in _COUNTS:
            groups = set()
        named = {meaning.group for meaning in atom.meanings}
        before = [one for one in kept if one.kind not in _SMALL][-2:]
        if kinds_of(before)[:-1] == (Kind.NO, Kind.OPTION):
            # After "not extra hot", "normal" only says the same again and is ignored. After "not large" and "no sugar",
            # "regular" chooses a size and is kept.
            refused = [lexicon.groups[meaning.group] for meaning in before[-1].meanings]
            ignored = all(g.name not in named and g.choose == "one" and not g.role for g in refused)
        else:
            ignored = not named.isdisjoint(groups)
        if ignored and atom.text in lexicon.table.normal:
            atom = replace(atom, kind=Kind.COMMON, meanings=())
        groups |= named
        kept.append(atom)
    return kept


def _whole_groups(atoms: Sequence[Atom], lexicon: Lexicon) -> list[Atom]:
    """Replace "all the salad" by every option of the salad group, if a drink can have several of them."""
    found: list[Atom] = []
    for atom in atoms:
        group = lexicon.groups[atom.meanings[0].name] if atom.kind is Kind.GROUP else None
        kinds = [before.kind for before in found[-2:]]
        if group is not None and group.choose == "many" and (kinds[-1:] == [Kind.ALL] or kinds == [Kind.ALL, Kind.THE]):
            del found[-1 - (kinds[-1] is Kind.THE) :]
            for option in group.options:
                meaning = Meaning(Kind.OPTION, option.name, group.name, exact=True)
                found.append(Atom(Kind.OPTION, atom.start, atom.end, option.name, meanings=(meaning,)))
        else:
            found.append(atom)
    return found


def _said_once(atoms: Sequence[Atom]) -> list[Atom]:
    """Remove the second of two different words for one drink: "kaffee" in "filter kaffee". The same word twice ("latte
    latte") orders two cups."""
    found: list[Atom] = []
    for atom in atoms:
        if (
            atom.kind is not Kind.DRINK
            or not found
            or found[-1].meanings != atom.meanings
            or found[-1].text == atom.text
        ):
            found.append(atom)
    return found


def _more(atoms: Sequence[Atom], lexicon: Lexicon) -> list[Atom]:
    """Read "2 more" as "another 2 cups". In "2 more sugars" the 2 counts sugars, so these words are left as they are.

    In "le plus grand" (the largest), "plus" (more) belongs to the size and orders no further cup."""
    tidied: list[Atom] = []
    kinds, most = kinds_of(atoms), () if lexicon.table.options_first else (Kind.THE, Kind.FILLER)
    for at, atom in enumerate(atoms):
        if atom.kind is Kind.EXTRA and kinds[at - 1] is Kind.NUMBER and kinds[at + 1] not in _AMOUNT_OF:
            number = tidied.pop()
            tidied += [replace(atom, kind=Kind.ANOTHER), number]
        elif atom.kind is Kind.EXTRA and kinds[at - 1] in most and _is_size(atoms[at + 1 : at + 2], lexicon):
            tidied.append(replace(atom, kind=Kind.COMMON))
        else:
            tidied.append(atom)
    return tidied


def _is_size(atoms: Sequence[Atom], lexicon: Lexicon) -> bool:
    return any(lexicon.groups[m.group].role == "size" for atom in atoms for m in atom.meanings if m.group)


def _of_the_drinks(atoms: Sequence[Atom], lexicon: Lexicon) -> list[Atom]:
    """Read "of the" between a number and a drink as "of them": "one of the lattes", "einen der Latte" (one of the
    lattes)."""
    table = lexicon.table
    tidied: list[Atom] = []
    kinds, words = kinds_of(atoms), ["", "", *(atom.text for atom in atoms)]
    for at, atom in enumerate(atoms):
        linked = kinds[at - 1] is Kind.THE and words[at] in table.linking
        of = at - 1 - linked
        if (linked or words[at + 1] in table.of_the) and kinds[of - 1] in _COUNTING:
            tidied[of - at :] = [replace(atoms[of], kind=Kind.OF_THEM, end=atom.start)]
        tidied.append(atom)
    return tidied


def _without_and_between(atoms: Sequence[Atom], lexicon: Lexicon) -> list[Atom]:
    """Remove the "and" in "a caramel and vanilla latte", so that both options belong to the one latte. A drink must be
    able to have several options of their group."""
    ahead = Ahead(atoms, lexicon)
    return [
        atom
        for at, atom in enumerate(atoms)
        if not (
            atom.kind is Kind.AND
            and ahead.drink(at + 1) is not None
            and _takes_several(atoms[at + 1], lexicon)
            and _counted(atoms, at - 1)
        )
    ]


def _takes_several(atom: Atom, lexicon: Lexicon) -> bool:
    return atom.kind is Kind.OPTION and any(lexicon.groups[m.group].choose == "many" for m in atom.meanings)


def _counted(atoms: Sequence[Atom], at: int) -> bool:
    """Return whether a number or an article stands before the options that end at `at`."""
    before = [atom.kind for atom in atoms[: at + 1] if atom.kind not in (Kind.OPTION, Kind.AND)]
    return not _COUNTING.isdisjoint(before[-1:])


def _measured(atoms: Sequence[Atom], _lexicon: Lexicon) -> list[Atom]:
    """Merge a measure that is not on the menu ("12 oz") into one unknown word. Otherwise its number would count
    cups."""
    tidied: list[Atom] = []
    kinds = kinds_of(atoms)
    for at, atom in enumerate(atoms):
        if atom.kind is Kind.MEASURE and kinds[at - 1] is Kind.NUMBER:
            tidied[-1] = replace(joined(tidied[-1], atom), kind=Kind.UNKNOWN)
        else:
            tidied.append(atom)
    return tidied


def _with_their_heads(atoms: Sequence[Atom], lexicon: Lexicon) -> list[Atom]:
    """Merge a group's word with the option beside it ("oat milk"), or with an unknown word ("macadamia milk")."""
    tidied: list[Atom] = []
    for atom in atoms:
        if atom.kind in _MERGED and tidied and tidied[-1].end == atom.start:
            taken, merged = _merged(tidied, atom, lexicon)
            tidied[len(tidied) - taken :] = [merged]
        else:
            tidied.append(atom)
    return tidied


def _merged(tidied: Sequence[Atom], atom: Atom, lexicon: Lexicon) -> tuple[int, Atom]:
    """Return how many of the last atoms merge with this atom, and the merged atom; 0 and the atom itself if nothing
    merges."""
    before = tidied[-1]
    group = lexicon.group_words.get(atom.phrase)
    if group is not None and (before.kind is Kind.UNKNOWN or _is_of_thing(before, lexicon)):
        return 1, replace(joined(before, atom), kind=Kind.UNKNOWN, meanings=(), phrase=())
    if atom.kind is Kind.UNKNOWN:
        if before.text in lexicon.table.linking and len(tidied) > 1 and tidied[-2].phrase in lexicon.group_words:
            return 2, replace(joined(joined(tidied[-2], before), atom), kind=Kind.UNKNOWN, meanings=(), phrase=())
        if before.phrase in lexicon.group_words and atom.text in lexicon.table.things:
            # "Leche condensada" (condensed milk) is one unknown thing and no milk.
            return 1, replace(joined(before, atom), kind=Kind.UNKNOWN, meanings=(), phrase=())
    if narrow := _of_group(before.meanings, group):
        return 1, replace(joined(before, atom), meanings=narrow)
    named = lexicon.category_words.get(before.phrase) if before.kind is atom.kind is Kind.DRINK else None
    if named and all(lexicon.category(m.name) == named for m in atom.meanings):
        # "a coffee americano" is one drink, because "coffee" is the word for its category.
        return 1, replace(atom, start=before.start, text=f"{before.text} {atom.text}")
    if before.kind is Kind.DRINK and atom.kind in (Kind.DRINK, Kind.CATEGORY):
        category = lexicon.category_words.get(atom.phrase)
        if any(lexicon.category(meaning.name) == category for meaning in before.meanings):
            return 1, replace(joined(before, atom), plural=atom.plural)
    return 0, atom


def _is_of_thing(atom: Atom, lexicon: Lexicon) -> bool:
    """Return whether an everyday word before a group's word names something else, as in "goat cheese"."""
    return atom.kind is Kind.COMMON and atom.text in lexicon.table.things


def _of_group(meanings: tuple[Meaning, ...], group: str | None) -> tuple[Meaning, ...]:
    return tuple(m for m in meanings if m.group == group)


def _whole_drinks(atoms: list[Atom], lexicon: Lexicon) -> list[Atom]:
    """Merge the words of a drink around an option: "matcha oat latte" is a matcha latte with oat."""
    tidied = [*atoms]
    at = 0
    while at < len(tidied):
        if tidied[at].kind is Kind.DRINK:
            ahead = at + 1
            while ahead < len(tidied) and tidied[ahead].kind in _BETWEEN:
                ahead += 1
            if ahead < len(tidied) and tidied[ahead].kind is Kind.UNKNOWN:
                ahead += 1
            if ahead < len(tidied) and tidied[ahead].kind is Kind.DRINK:
                whole = both_words(tidied[at], tidied[ahead], lexicon)
                if whole is not None:
                    tidied[ahead] = whole
                    del tidied[at]
                    continue
        at += 1
    return tidied
