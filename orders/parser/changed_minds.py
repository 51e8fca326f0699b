"""Reads "I said a latte but I want a mocha" as an exchange."""

from __future__ import annotations

from dataclasses import replace

from orders.parser.atoms import Kind, kinds_of
from orders.parser.spans import Way

#: Kinds of words that tell what was ordered before: "I SAID a latte", "I ORDERED a latte", "asked FOR a latte".
_TELLING = frozenset({Kind.CORRECT, Kind.COMMON, Kind.FOR})


def with_exchange(way: Way) -> Way:
    """Return the atoms with "said | a latte | but I want | a mocha" as "swap | latte | to | a mocha"."""
    kinds = kinds_of(way)
    if Kind.BUT not in kinds or Kind.ADD in kinds:
        return way
    but = kinds.index(Kind.BUT)
    drink = but - 1 - (kinds[but - 1] is Kind.COMMA)
    first = drink - (kinds[drink - 1] is Kind.ARTICLE)
    told = kinds[drink] is Kind.DRINK and kinds[first - 1] in _TELLING
    if not told or kinds[but + 1] is not Kind.ASK:
        return way
    swap = replace(way[drink], kind=Kind.SWAP, end=way[drink].start, text="", meanings=())
    return (*way[:first], swap, way[drink], replace(way[but], kind=Kind.TO), *way[but + 2 :])
