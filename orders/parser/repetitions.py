"""Reads words that repeat something: "the same", "the same milk", "the same for Anna", "another one"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from orders.parser.atoms import Atom, Kind, Meaning, kinds_of
from orders.parser.lexicon import Lexicon

#: A text without words of these kinds repeats nothing.
REPEATING = frozenset({Kind.SAME, Kind.ANOTHER})
_NAMED = frozenset({Kind.NAME, Kind.OWNER})


def repeated(atoms: Sequence[Atom], lexicon: Lexicon) -> list[Atom]:
    return _same_again(_same_for(_same_option(atoms, lexicon), lexicon), lexicon)


def _same_for(atoms: Sequence[Atom], lexicon: Lexicon) -> list[Atom]:
    """Read "the same for the latte" and "the same for the other one" at the end of a text as "the latte too" and "the
    other one too"."""
    tidied = [*atoms]
    kinds = kinds_of(atoms)
    for at, atom in enumerate(atoms):
        end = at + 1 + (kinds[at + 1] in (Kind.FOR, Kind.WITH))
        whom = [kind for kind in kinds[end:-1] if kind is not Kind.FILLER]
        if whom in ([Kind.REST], [Kind.THE, Kind.DRINK]) and lexicon.table.says_same(atom.text):
            also = replace(atom, kind=Kind.ADD, text=min(lexicon.table.also), start=atoms[-1].start, end=atoms[-1].end)
            tidied[at:] = [*atoms[end:], also]
    return tidied


def _same_option(atoms: Sequence[Atom], lexicon: Lexicon) -> list[Atom]:
    """Replace "the same milk" by the milk that the text named before: the oat in "oat latte, and a mocha with the same
    milk"."""
    tidied: list[Atom] = []
    before_it = kinds_of(atoms)
    for at, atom in enumerate(atoms):
        group = lexicon.group_words.get(atom.phrase) if before_it[at - 1] is Kind.SAME else None
        if atom.text in lexicon.table.same_size and lexicon.asked_group:
            group = lexicon.asked_group
            tidied.append(atom)
        named = (one for one in reversed(tidied) if any(m.group == group for m in one.meanings))
        kinds = [one.kind for one in tidied[-2:]]
        also = kinds in ([Kind.COMMON, Kind.AND], [Kind.SAME, Kind.AND])
        if before := next(named, None):
            tidied[-1] = replace(before, start=atoms[at - 1].start, end=atom.end)
        elif group:
            # The text named no milk before, so the drink gets the milk of the previous drink.
            of_group = (Meaning(Kind.GROUP, group),)
            tidied[-1] = replace(tidied[-1], kind=Kind.SAME, end=atom.end, meanings=of_group)
        elif also and atom.phrase in lexicon.group_words:
            # In "same size and milk", the milk is the same too, so the words "and milk" add no milk.
            tidied[-1] = replace(atom, kind=Kind.COMMON, text=f"{tidied[-1].text} {atom.text}", meanings=(), phrase=())
        else:
            tidied.append(atom)
    return tidied


def _same_again(atoms: Sequence[Atom], lexicon: Lexicon) -> list[Atom]:
    """Decide what "the same" means.

    "The same for Anna", "the same for me" and "a latte and the same" order another cup. In "a latte and a mocha the
    same", the mocha gets the options of the latte. In other places "the same" has no meaning for the order."""
    tidied = [*atoms]
    kinds = kinds_of(atoms)
    for at, atom in enumerate(atoms):
        before = kinds[at - 1]
        if atom.kind is Kind.SAME and not atom.meanings:
            ahead = at + 1 + ([one.kind for one in atoms[at + 1 : at + 2]] == [Kind.FOR])
            after = atoms[ahead] if ahead < len(atoms) else None
            named = after is not None and (after.kind in _NAMED or after.text in lexicon.table.myself)
            joined_on = before is Kind.AND or lexicon.table.kind((atom.text.split()[0],)) is Kind.AND
            if before is not Kind.DRINK or (joined_on and kinds[:at].count(Kind.DRINK) == 1):
                tidied[at] = replace(atom, kind=Kind.ANOTHER if named or joined_on else Kind.COMMON)
        elif atom.kind is before is Kind.ANOTHER:
            # In "another the same for my friend", both "another" and "the same" order a cup. Only one is wanted.
            tidied[at] = replace(atom, kind=Kind.COMMON)
        elif atom.kind is Kind.ANOTHER and before is Kind.REST:
            # "The other one too" orders no further cup.
            tidied[at] = replace(atom, kind=Kind.ADD, text=atom.text.partition(" ")[2])
    return tidied
