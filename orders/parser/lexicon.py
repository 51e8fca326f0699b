"""Collects every phrase that names something on the menu, so that the parser can look words up quickly."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from functools import cached_property

from inventory.menu import Menu, MenuGroup
from orders.parser.atoms import Kind, Meaning
from orders.parser.languages import DEFAULT
from orders.parser.menu_phrases import MenuPhrases, of_kind, things_of
from orders.parser.phrases import Phrase, longest_by_first_word, phrase_table
from orders.parser.spelling import Spelling
from orders.parser.words import stems

_CACHED = 32
_LONG = 7


class Lexicon(MenuPhrases):
    """A menu, prepared for the parser in one language. Building one takes milliseconds, so `lexicon_for` caches it."""

    def __init__(self, menu: Menu, language: str) -> None:
        super().__init__(menu, language)
        asked = [group.name for group in menu.groups if group.ask and group.choose == "one"]
        #: The only group that every customer is asked about, usually the sizes; "" if there is none or more than one.
        self.asked_group = asked[0] if len(asked) == 1 else ""
        self.option_order = {
            (group.name, option.name): at
            for at, (group, option) in enumerate((g, o) for g in menu.groups for o in g.options)
        }
        #: The meanings of each menu phrase: a tuple of drinks and a tuple of options, or only a group or a category.
        self.entries = self._entries()
        #: Every phrase of the menu, also short forms such as "oat" for "oat milk".
        self.named = {*self.phrases, *self.added, *self.beginnings, *self.group_words, *self.category_words}
        self.longest = longest_by_first_word(self.named)
        named = (*self.phrases, *self.group_words, *self.category_words)
        self.words = {word for phrase in named for word in phrase}
        # Unknown words must not be corrected to small words within menu names, such as the "the" in "hold the milk".
        small = {word for word in self.words if (word,) in self.table.phrases and (word,) not in self.phrases}
        # Unknown words can also be corrected to words with a role in a sentence, such as "without". Words that
        # introduce a name are left out: "Nate, flat white" must not become "name: flat white". Words of complaints and
        # questions are left out too: "Rudy" must not become "rude".
        talk = {w for w in self.table.doing if len(w) > 3 and self.table.kind((w,)) not in (Kind.CALLED, Kind.BEING)}
        # Unknown words are not corrected to number words: "tree" must not become "three".
        talk -= {word for phrase in self.table.numbers for word in phrase}
        #: Menu words of other languages. In a text of this lexicon's language, such a word can also be a typing error,
        #: such as "chocolat" in "hot chocolat".
        self.foreign = self._foreign() - small
        # Unknown words are not corrected to short words of other languages, because short words are often alike only by
        # chance.
        short = {word for word in self.foreign if len(word) < _LONG}
        self.spelling = Spelling((self.words - small - short) | talk)

    def _entries(self) -> dict[Phrase, tuple[tuple[Meaning, ...], ...]]:
        entries = {
            phrase: tuple(filter(None, (of_kind(Kind.DRINK, meanings), of_kind(Kind.OPTION, meanings))))
            for phrase, meanings in self.phrases.items()
        }
        for phrase, group in self.group_words.items():
            entries.setdefault(phrase, ((Meaning(Kind.GROUP, group),),))
        for phrase, category in self.category_words.items():
            entries.setdefault(phrase, ((Meaning(Kind.CATEGORY, category),),))
        return entries

    def _foreign(self) -> set[str]:
        here = {word for thing in things_of(self.menu) for said in self._own(thing) for word in stems(said)}
        return self.words - here - {w for p in self.category_words for w in p}

    def fits(self, drink: str, group: str) -> bool:
        found = self.drinks.get(drink)
        return found is not None and group in found.groups

    def is_general(self, drink: str) -> bool:
        """Return whether a word for a category ends or begins the drink's name, as "coffee" ends "filter coffee"."""
        return any(self.is_called(drink, words[-1]) for words in self.category_words)

    def is_called(self, drink: str, word: str, *, whole: bool = False) -> bool:
        """Return whether the drink's name in any language ends in the word ("tee" in "Pfefferminztee") or begins with
        it ("thé" in "thé à la menthe").

        `whole`: the word must be the last word of the name, and not only its end or its beginning."""
        known = self.drinks.get(drink)
        translated = known.translations.values() if known is not None else ()
        for name in (drink, *(said[0] for said in translated if said)):
            words = stems(name)
            last = "".join(words[-1:])
            ends = last == word or (len(word) > 2 and last.endswith(word))
            if last == word if whole else ends or words[:1] == (word,):
                return True
        return False

    def is_of_another_kind(self, drink: str, category: str | None) -> bool:
        """Return whether the drink's name has the word for another category: a peppermint tea is no coffee.

        Only words that can order a drink count, such as "tea", and not "cold", because a cold brew is a coffee."""
        return any(
            self.is_called(drink, words[-1])
            for words, other in self.category_words.items()
            if other != category and of_kind(Kind.DRINK, self.phrases.get(words, ()))
        )

    def amounts(self, option: Meaning) -> bool:
        """Return whether the option can have an amount (2 sugars, extra foam)."""
        return self.groups[option.group].amounts

    @cached_property
    def things(self) -> frozenset[str]:
        """Words for things that people order, and the menu's words for groups: in "coconut milk" the word "milk" shows
        that a thing is ordered, although no such milk is on the menu."""
        return self.table.things | {phrase[0] for phrase in self.group_words if not phrase[1:]}

    def is_size(self, meanings: Iterable[Meaning]) -> bool:
        """Return whether every meaning of an option's word is a size. True without meanings."""
        return all(self.groups[meaning.group].role == "size" for meaning in meanings)

    def none_of(self, group: MenuGroup) -> tuple[str, str] | None:
        """Return the group's option for "none" ("No milk") as (group, option); None if the group has no such option."""
        return self._nones.get(group.name)

    @cached_property
    def _nones(self) -> Mapping[str, tuple[str, str]]:
        tables = (self.table, phrase_table(DEFAULT))
        firsts = (
            (group.name, option.name, option.name.casefold().split()[0])
            for group in self.menu.groups
            for option in reversed(group.options)
        )
        return {
            group: (group, option)
            for group, option, first in firsts
            if any(table.kind((first,)) is Kind.NO for table in tables)
        }

    def category(self, drink: str) -> str | None:
        found = self.drinks.get(drink)
        return found.category if found else None


_lexicons: OrderedDict[tuple[int, str], Lexicon] = OrderedDict()


def lexicon_for(menu: Menu, language: str = DEFAULT) -> Lexicon:
    """Return the menu prepared for the parser. The menus that were used last are cached.

    The cache compares menus by identity, because to compare two big menus takes longer than to read a text."""
    key = (id(menu), language)
    found = _lexicons.get(key)
    if found is None:
        found = _lexicons[key] = Lexicon(menu, language)
        while len(_lexicons) > _CACHED:
            _lexicons.popitem(last=False)
    return found
