"""Detects the language of a text: the one that knows most words of the text."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import chain

from inventory.menu import Menu, MenuDrink, MenuGroup, MenuOption
from orders.parser.languages import DEFAULT, LANGUAGES
from orders.parser.phrases import Phrase, longest_by_first_word, phrase_table
from orders.parser.words import Token, folded, stem

#: How many more words another language must know than the customer's own, before a text counts as written in the other
#: language. A single word can be borrowed ("merci!").
CLEARLY = 2
#: The weight of a word that is known to belong to the language, but that the parser does not understand. A word that it
#: understands, such as "without", weighs 1.
_RARE = 0.5
_CACHED = 32


@dataclass(frozen=True, slots=True)
class _MenuWords:
    """The words of a menu, with what they tell about the language of a text."""

    menu: Menu
    #: Menu names of several words. A word within them is no sign of a foreign language: the "de" in "de caf" is not
    #: French.
    phrases: frozenset[Phrase]
    #: The first words of menu names with several words, each with the number of words in the longest such name.
    longest: Mapping[str, int]
    #: The weight of each word for each language: by word, then by language code.
    weights: Mapping[str, Mapping[str, float]]
    #: By language code, words that are a sign of the language only with their accent: "thé" is French, "the" is not.
    accented: Mapping[str, frozenset[str]]


def language_of(tokens: Sequence[Token], usual: str | None, menu: Menu) -> tuple[str, str | None]:
    """Return the language to read the text in, and the language that the text is clearly in.

    The second value is None if several languages know the words equally well, if none knows any, or if another language
    knows hardly more of them than the customer's own language."""
    usual = usual if usual in LANGUAGES else None
    on_menu = _words_of(menu)
    words = {token.text for token in tokens if token.kind == "word" and len(token.text) > 1}
    free = _outside(tokens, on_menu) & words
    own = usual or DEFAULT
    # "Dans latte" means Dan's latte and not the French "dans" (in). "Jo" at the end of "large latte, Jo" is a name and
    # not the German "jo" (yes).
    foreign = free - {token.text for token in tokens if token.text[-1:] == "s" and _is_possessive(token, own)}
    foreign -= {token.text for token in tokens[1:] if token.raw.istitle() and token.text in phrase_table(own).names}
    accented = {token.text for token in tokens if not token.raw.isascii()}
    known = dict.fromkeys(LANGUAGES, 0.0)
    for word in words:
        weights = on_menu.weights.get(word, {})
        for code, weight in (_with_accents(word, weights, on_menu) if word in accented else weights).items():
            if code == DEFAULT or word in foreign:
                known[code] += weight
    most = max(known.values())
    # A single rare word of another language is probably a typing error, so the customer's own language is kept.
    best = own if known[own] + _RARE >= most else max(known, key=lambda code: known[code])
    alone = sum(count == known[best] for count in known.values()) == 1
    clear = alone and (usual in (None, best) or known[best] >= known[own] + CLEARLY)
    return best, best if clear else None


def _outside(tokens: Sequence[Token], on_menu: _MenuWords) -> set[str]:
    """Return the words that are not part of a menu name of several words."""
    said = [token.text for token in tokens]
    within = {
        inside
        for at, word in enumerate(said)
        if word in on_menu.longest
        for end in range(at + 2, min(at + on_menu.longest[word], len(said)) + 1)
        if tuple(said[at:end]) in on_menu.phrases
        for inside in range(at, end)
    }
    return {word for at, word in enumerate(said) if at not in within} if within else {*said}


def _is_possessive(token: Token, own: str) -> bool:
    return token.raw.endswith("'s") or token.text[:-1] in phrase_table(own).names


def _with_accents(word: str, weights: Mapping[str, float], on_menu: _MenuWords) -> Mapping[str, float]:
    """Return how much a word that is typed with an accent counts for each language that is written with accents.

    For other languages it does not count: "thé" is no sign of English, although it is compared as "the"."""
    # Accented plurals count too: if the menu has "décaféiné", the text can say "décaféinés".
    singular = on_menu.weights.get(stem(word), {})
    return {
        code: weights.get(code, singular.get(code, 0.0)) + (word in on_menu.accented[code])
        for code, language in LANGUAGES.items()
        if language.accents
    }


_menus: OrderedDict[int, _MenuWords] = OrderedDict()


def _words_of(menu: Menu) -> _MenuWords:
    """Return the words of the menu's names, from a cache of the latest menus.

    The cache compares menus by identity, as `orders.parser.lexicon` does."""
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
    weights: dict[str, dict[str, float]] = {}
    accented = {}
    for code in LANGUAGES:
        translated = _all(chain(*(thing.translations.get(code, ()) for thing in things))) - named
        small_elsewhere = frozenset().union(*(phrase_table(other).small for other in LANGUAGES if other != code))
        accented[code] = translated & small_elsewhere
        for word, weight in _weights(code, own, alone, translated - small_elsewhere).items():
            weights.setdefault(word, {})[code] = weight
    return _MenuWords(menu, several, longest_by_first_word(several), weights, accented)


def _weights(code: str, own: Set[str], alone: Set[str], translated: Set[str]) -> dict[str, float]:
    """Return how much each word counts for the language.

    `own`: words of the menu's own names, which are the same in every language. `alone`: words that are a whole name on
    the menu. They are no sign of a language: "soy" on a menu is not the Spanish "soy" (I am)."""
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
