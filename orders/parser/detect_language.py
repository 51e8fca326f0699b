"""Detects the language of a text: the one that knows most of its words."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from inventory.menu import Menu, MenuDrink, MenuGroup, MenuOption
from orders.parser.languages import DEFAULT, LANGUAGES
from orders.parser.phrases import Phrase, phrase_table
from orders.parser.words import Token, folded

#: Another language must know so many words more than the customer's own: a single word may be borrowed ("merci!").
CLEARLY = 2
#: The weight of a word that the language merely knows, without a role in a sentence.
_RARE = 0.5
_CACHED = 32


@dataclass(frozen=True, slots=True)
class _MenuWords:
    menu: Menu
    #: Words of the menu's own names, which are the same in every language.
    own: frozenset[str]
    #: Those that name something by themselves: "soy" on a menu is not the Spanish "I am".
    alone: frozenset[str]
    #: Names of several words: the "de" in "de caf" is not French.
    phrases: frozenset[Phrase]
    #: Words of the menu's translations, by language.
    translated: Mapping[str, frozenset[str]]


def language_of(tokens: Sequence[Token], usual: str | None, menu: Menu) -> tuple[str, str | None]:
    """The language to read the text in, and the language that the text is clearly in.

    The second is None if the words fit several languages or none, or hardly more than the customer's own."""
    usual = usual if usual in LANGUAGES else None
    if len(LANGUAGES) == 1:
        return DEFAULT, DEFAULT
    on_menu = _words_of(menu)
    words = {token.text for token in tokens if token.kind == "word" and len(token.text) > 1}
    free = {tokens[at].text for at in _outside(tokens, on_menu.phrases)} & words
    own = usual or DEFAULT
    possessive = {token.text for token in tokens if _is_possessive(token, own)}
    accented = {token.text for token in tokens if not token.raw.isascii()}
    # With its accent, "thé" is not the English "the".
    known = {
        code: _known(
            (words if code == DEFAULT else free - possessive) - (frozenset() if language.accents else accented),
            code,
            on_menu,
            accented,
        )
        for code, language in LANGUAGES.items()
    }
    most = max(known.values())
    # One rare word of another language is more often a typing error.
    best = own if known[own] + _RARE >= most else max(known, key=lambda code: known[code])
    alone = sum(count == known[best] for count in known.values()) == 1
    clear = alone and known[best] > 0 and (usual in (None, best) or known[best] >= known[own] + CLEARLY)
    return best, best if clear else None


def _outside(tokens: Sequence[Token], phrases: Collection[Phrase]) -> set[int]:
    """The positions of the words that are not part of a name of the menu."""
    said = [token.text for token in tokens]
    longest = max(map(len, phrases), default=0)
    within = {
        inside
        for at in range(len(said))
        for end in range(at + 2, min(at + longest, len(said)) + 1)
        if tuple(said[at:end]) in phrases
        for inside in range(at, end)
    }
    return {*range(len(said))} - within


def _is_possessive(token: Token, own: str) -> bool:
    """Whether the word is a name with a genitive s: "dans latte" is Dan's, not the French "dans"."""
    return token.raw.endswith("'s") or (token.text[-1:] == "s" and token.text[:-1] in phrase_table(own).names)


def _known(words: set[str], code: str, on_menu: _MenuWords, accented: Collection[str]) -> float:
    """How well the language knows the words. Words with a role in a sentence weigh most."""
    table = phrase_table(code)
    own, small, alone = on_menu.own, table.small, on_menu.alone
    telling = {word for word in words & table.telling if word not in alone and (word in small or word not in own)}
    doing = telling & table.spoken
    # "the" counts as tea only with its accent: "thé".
    ordered = {
        word
        for word in words & on_menu.translated.get(code, frozenset())
        if word in accented or not any(word in phrase_table(other).small for other in LANGUAGES if other != code)
    }
    return len(doing) + _RARE * len(telling - doing) + len(ordered)


_menus: OrderedDict[int, _MenuWords] = OrderedDict()


def _words_of(menu: Menu) -> _MenuWords:
    """The words of a menu's names. Cached for the last menus, by identity as in `orders.parser.lexicon`."""
    found = _menus.get(id(menu))
    if found is None or found.menu is not menu:
        found = _menus[id(menu)] = _look_through(menu)
        while len(_menus) > _CACHED:
            _menus.popitem(last=False)
    return found


def _look_through(menu: Menu) -> _MenuWords:
    things: list[MenuDrink | MenuGroup | MenuOption] = [
        *menu.drinks,
        *menu.groups,
        *(option for group in menu.groups for option in group.options),
    ]
    own = _all(chain(*((thing.name, *thing.aliases) for thing in things), (drink.category for drink in menu.drinks)))
    codes = {code for thing in things for code in thing.translations}
    # A drink called "Hold the milk" does not make "the" a word of the menu.
    named = own - phrase_table(DEFAULT).small
    translated = {code: _all(chain(*(thing.translations.get(code, ()) for thing in things))) - named for code in codes}
    phrases = {folded(said) for thing in things for said in (thing.name, *thing.aliases)}
    alone = {phrase[0] for phrase in phrases if len(phrase) == 1}
    several = {phrase for phrase in phrases if len(phrase) > 1}
    return _MenuWords(menu, own, frozenset(alone), frozenset(several), translated)


def _all(phrases: chain[str]) -> frozenset[str]:
    return frozenset(word for phrase in phrases for word in folded(phrase))
