"""Finds drinks whose name is shortened to its last word: French "une noisette" for "un café noisette", Spanish "un
solo" for "un café solo"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from orders.parser.atoms import Atom, Kind
from orders.parser.lexicon import Lexicon
from orders.parser.words import Token

#: What it costs to read a word as such a drink, and the lower cost if it must be a further cup (see `_is_next_cup`).
#: The reading that costs least is taken. A word of the menu costs 0.9.
_CUP, _FURTHER = 0.9, 0.7


def cup_atoms(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> Iterator[Atom]:
    """Yield the drink that a word after a number or an article means: French "une noisette", Spanish "un solo".

    "Solo" also means "only" and "plain". So yield nothing for "un solo latte" (only one latte), "uno solo" (one plain)
    and "3 lattes, 2 solos y uno con avena" (3 lattes, 2 plain and one with oat)."""
    token, before, table = tokens[at], tokens[at - 1], lexicon.table
    meanings = lexicon.cups.get((token.stem,)) if at else None
    counted = before.kind == "number" or before.text in table.cup_articles or table.kind((before.text,)) is Kind.NUMBER
    if meanings is None or not counted or any(_of_drink(after, lexicon) for after in tokens[at + 1 : at + 2]):
        return
    if token.stem in table.alone and _with_something(tokens, lexicon):
        return
    further = _is_next_cup(tokens, at, lexicon)
    plural = token.text != token.stem
    cost = _FURTHER if further else _CUP
    yield Atom(Kind.DRINK, at, at + 1, token.text, cost, meanings, 0.0, (token.stem,), plural)


def _is_next_cup(tokens: Sequence[Token], at: int, lexicon: Lexicon) -> bool:
    """Return whether the word must mean a further cup, because the drink before it is a single cup: "un latte et une
    noisette". Also return True if it is the first cup of the text.

    In "deux lattes, une noisette", the word can also mean hazelnut (noisette) in one of the two lattes."""
    for token in reversed(tokens[: at - 1]):
        if _of_drink(token, lexicon):
            if lexicon.table.kind((tokens[at - 2].text,)) is Kind.WITH:
                return False
            before = [one for one in tokens[: at - 1] if one.start < token.start]
            kinds = [lexicon.table.kind((one.text,)) for one in before]
            return not any(one.number > 1 for one in before) and Kind.NUMBER not in kinds
        if lexicon.table.kind((token.text,)) is Kind.ARTICLE:
            return False
    return at == 1


def _with_something(tokens: Sequence[Token], lexicon: Lexicon) -> bool:
    """Return whether a cup is described by "with", as in "2 solos y uno con avena" (2 plain and one with oat)."""
    kinds = [Kind.NUMBER if token.kind == "number" else lexicon.table.kind((token.text,)) for token in tokens]
    return any(cup in (Kind.NUMBER, Kind.ARTICLE) and after is Kind.WITH for cup, after in pairwise(kinds))


def _of_drink(token: Token, lexicon: Lexicon) -> bool:
    return any(meaning.kind is Kind.DRINK for meaning in lexicon.phrases.get((token.stem,), ()))
