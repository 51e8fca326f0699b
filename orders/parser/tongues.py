"""Which language a text is in: the one that knows most of its words."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from inventory.menu import Menu
from orders.parser.languages import LANGUAGES
from orders.parser.phrases import phrase_table
from orders.parser.words import Token, folded

DEFAULT = "en"
#: So many words more than the customer's own language knows: one may be borrowed ("merci!").
CLEARLY = 2
_CACHED = 32


@dataclass(frozen=True, slots=True)
class _MenuWords:
    menu: Menu
    #: The menu's own: they are said alike in every language.
    own: frozenset[str]
    #: By language.
    translated: Mapping[str, frozenset[str]]


def language_of(tokens: Sequence[Token], usual: str | None, menu: Menu) -> tuple[str, str | None]:
    """The language to read in, and the one that the words tell of.

    That is None where several or none would do, or where another than the customer's is not clearly meant."""
    usual = usual if usual in LANGUAGES else None
    if len(LANGUAGES) == 1:
        return DEFAULT, DEFAULT
    on_menu = _words_of(menu)
    words = {token.text for token in tokens if token.kind == "word"} - on_menu.own
    known = {
        code: len(words & (phrase_table(code).telling | on_menu.translated.get(code, frozenset())))
        for code in LANGUAGES
    }
    most = max(known.values())
    best = [code for code, count in known.items() if count == most]
    if not most or len(best) > 1:
        own = usual or DEFAULT
        return (own if own in best else best[0]), None
    clear = usual in (None, best[0]) or most >= known[usual or DEFAULT] + CLEARLY
    return best[0], best[0] if clear else None


_menus: OrderedDict[int, _MenuWords] = OrderedDict()


def _words_of(menu: Menu) -> _MenuWords:
    """Kept for the last menus seen, by identity as in `orders.parser.lexicon`."""
    found = _menus.get(id(menu))
    if found is None or found.menu is not menu:
        found = _menus[id(menu)] = _look_through(menu)
        while len(_menus) > _CACHED:
            _menus.popitem(last=False)
    return found


def _look_through(menu: Menu) -> _MenuWords:
    things = [*menu.drinks, *menu.groups, *(option for group in menu.groups for option in group.options)]
    own = _all(chain(*((thing.name, *thing.aliases) for thing in things), (drink.category for drink in menu.drinks)))
    codes = {code for thing in things for code in thing.translations}
    translated = {code: _all(chain(*(thing.translations.get(code, ()) for thing in things))) - own for code in codes}
    return _MenuWords(menu, own, translated)


def _all(phrases: chain[str]) -> frozenset[str]:
    return frozenset(word for phrase in phrases for word in folded(phrase))
