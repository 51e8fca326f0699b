"""Detects the language of a text: the one that knows most of its words."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import chain

from inventory.menu import Menu, MenuDrink, MenuGroup, MenuOption
from orders.parser.languages import DEFAULT, LANGUAGES
from orders.parser.phrases import Phrase, longest_by_first_word, phrase_table
from orders.parser.words import Token, folded, stem

#: How many words more than the customer's own language another one must know: one may be borrowed ("merci!").
CLEARLY = 2
#: The weight of a word that the language merely knows, without a role in a sentence.
_RARE = 0.5
_CACHED = 32


@dataclass(frozen=True, slots=True)
class _MenuWords:
    """What words tell about the language of a text for this menu."""

    menu: Menu
    #: Names of several words: the "de" in "de caf" is not French.
    phrases: frozenset[Phrase]
    #: Words of the longest of these names, by its first word.
    longest: Mapping[str, int]
    #: By language and word: how much the word speaks for the language.
    weights: Mapping[str, Mapping[str, float]]
    #: By language: words that speak for it only with their accent: "thé" is tea, "the" is not.
    accented: Mapping[str, frozenset[str]]


def language_of(tokens: Sequence[Token], usual: str | None, menu: Menu) -> tuple[str, str | None]:
    """The language to read the text in, and the language that the text is clearly in.

    The second is None if the words fit several languages or none, or hardly more than the customer's own."""
    usual = usual if usual in LANGUAGES else None
    on_menu = _words_of(menu)
    words = {token.text for token in tokens if token.kind == "word" and len(token.text) > 1}
    free = _outside(tokens, on_menu) & words
    own = usual or DEFAULT
    possessive = {token.text for token in tokens if _is_possessive(token, own)}
    accented = {token.text for token in tokens if not token.raw.isascii()}
    # With its accent, "thé" is not the English "the".
    known = {
        code: _known(
            (words if code == DEFAULT else free - possessive) - (frozenset() if language.accents else accented),
            accented,
            on_menu.weights[code],
            on_menu.accented[code],
        )
        for code, language in LANGUAGES.items()
    }
    most = max(known.values())
    # One rare word of another language is more often a typing error.
    best = own if known[own] + _RARE >= most else max(known, key=lambda code: known[code])
    alone = sum(count == known[best] for count in known.values()) == 1
    clear = alone and (usual in (None, best) or known[best] >= known[own] + CLEARLY)
    return best, best if clear else None


def _outside(tokens: Sequence[Token], on_menu: _MenuWords) -> set[str]:
    """The words that are not part of a longer name of the menu."""
    said = [token.text for token in tokens]
    within = {
        inside
        for at, word in enumerate(said)
        if word in on_menu.longest
        for end in range(at + 2, min(at + on_menu.longest[word], len(said)) + 1)
        if tuple(said[at:end]) in on_menu.phrases
        for inside in range(at, end)
    }
    return {word for at, word in enumerate(said) if at not in within}


def _is_possessive(token: Token, own: str) -> bool:
    """Whether the word is a name with a genitive s: "dans latte" is Dan's, not the French "dans"."""
    return token.raw.endswith("'s") or (token.text[-1:] == "s" and token.text[:-1] in phrase_table(own).names)


def _known(words: set[str], accented: Set[str], weights: Mapping[str, float], only_accented: frozenset[str]) -> float:
    """How well a language knows the words."""
    known = sum(weights[word] for word in words if word in weights)
    # "décaféinés" is in the menu without its s.
    known += sum([weights.get(stem(word), 0.0) for word in words & accented if word not in weights]) if accented else 0
    return known + len(words & accented & only_accented) if accented else known


_menus: OrderedDict[int, _MenuWords] = OrderedDict()


def _words_of(menu: Menu) -> _MenuWords:
    """The words of a menu's names. Cached for the last menus, by identity as in `orders.parser.lexicon`."""
    found = _menus.get(id(menu))
    if found is None:
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
    # A drink called "Hold the milk" does not make "the" a word of the menu.
    named = own - phrase_table(DEFAULT).small
    phrases = {folded(said) for thing in things for said in (thing.name, *thing.aliases)}
    alone = {phrase[0] for phrase in phrases if len(phrase) == 1}
    several = frozenset(phrase for phrase in phrases if len(phrase) > 1)
    weights, accented = {}, {}
    for code in LANGUAGES:
        translated = _all(chain(*(thing.translations.get(code, ()) for thing in things))) - named
        small_elsewhere = frozenset().union(*(phrase_table(other).small for other in LANGUAGES if other != code))
        accented[code] = translated & small_elsewhere
        weights[code] = _weights(code, own, alone, translated - small_elsewhere)
    return _MenuWords(menu, several, longest_by_first_word(several), weights, accented)


def _weights(code: str, own: Set[str], alone: Set[str], translated: Set[str]) -> dict[str, float]:
    """How much each word speaks for the language.

    `own`: words of the menu's own names, which are the same in every language. `alone`: those that name something by
    themselves ("soy" on a menu is not the Spanish "I am")."""
    table = phrase_table(code)
    weights = {
        word: 1.0 if word in table.spoken else _RARE
        for word in table.telling - alone
        if word in table.small or word not in own
    }
    for word in translated:
        weights[word] = weights.get(word, 0.0) + 1.0
    return weights


def _all(phrases: chain[str]) -> frozenset[str]:
    return frozenset(word for phrase in phrases for word in folded(phrase))
