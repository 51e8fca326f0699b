"""Collects the phrases for everything on a menu, in the words of one language and in all their short forms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from inventory.menu import Menu, MenuDrink, MenuGroup, MenuOption
from orders.items import Amount
from orders.parser.atoms import Kind, Meaning
from orders.parser.languages import DEFAULT
from orders.parser.phrases import Phrase, PhraseTable, phrase_table
from orders.parser.words import folded, stem, stems

#: The number of words in the name of a diet such as "gluten free".
_DIET = 2


class MenuPhrases:
    def __init__(self, menu: Menu, language: str) -> None:
        self.menu = menu
        self.table: PhraseTable = phrase_table(language)
        self.groups = menu.group_by_name
        self.drinks = menu.drink_by_name
        self.phrases: dict[Phrase, tuple[Meaning, ...]] = {}
        #: Menu phrases by kind, spelt exactly as on the menu. Words that are spelt like this mean this phrase rather
        #: than the plural of another word.
        self.literal: set[tuple[Kind, Phrase]] = set()
        #: Short forms of drinks ("peppermint") and of options ("oat"). A full name counts more than a short form.
        self.beginnings: dict[Phrase, tuple[Meaning, ...]] = {}
        #: Drinks without the word for their kind: French "noisette" for "café noisette".
        self.cups: dict[Phrase, tuple[Meaning, ...]] = {}
        #: Options whose first word alone is the name of a drink or dish, by this word: the option "pepperoni slices" by
        #: "pepperoni", which is also a pizza.
        self.option_beginnings: dict[Phrase, tuple[Meaning, ...]] = {}
        #: Aliases of drinks that begin with a preposition, each with the option that it names: milk for "con leche"
        #: (with milk).
        self.introduced: dict[Phrase, tuple[Meaning, ...]] = {}
        #: Words for an option group ("milk", "syrup"), each with the group's name. `category_words`: words for a
        #: category of drinks ("tea"), each with the category's name.
        self.group_words: dict[Phrase, str] = {}
        self.category_words: dict[Phrase, str] = {}
        #: Options whose singular and plural are both on the menu. Customers count such options, so the singular without
        #: a number means one.
        self.counted: set[Phrase] = set()
        #: For each drink and alias, the options that the alias implies: "black" for "black coffee".
        self.implied: dict[tuple[str, Phrase], tuple[Meaning, ...]] = {}
        #: Options with an alias that says what is missing, such as "without caffeine" for the decaf. The key is the
        #: missing thing, here "caffeine".
        self.absences: dict[Phrase, tuple[Meaning, ...]] = {}
        #: Phrases that mean an option although they end like the name of a drink: "two shots of espresso" is an option,
        #: and "shot of espresso" is a drink.
        self.added: dict[Phrase, tuple[Meaning, ...]] = {}
        #: Options that are a fraction of something ("half caf"), by group and fraction.
        self.portions: dict[tuple[str, Amount], str] = {}
        self._own_phrases = {stems(words) for thing in things_of(menu) for words in self._own(thing)}
        self._add_menu(menu)

    def _add_menu(self, menu: Menu) -> None:
        for drink in menu.drinks:
            for words in self._said(drink):
                self._add(words, Meaning(Kind.DRINK, drink.name, exact=words == drink.name))
        for group in menu.groups:
            for option in group.options:
                self._add_option(group, option)
        self._add_group_words(menu.groups)
        self._add_category_words(menu)
        self._add_joined()
        self._add_extras()
        self._add_shots()
        self._add_beginnings(menu.drinks)
        self._add_cups(menu.drinks)
        self._add_shared_words()
        self._add_diets()
        self._add_implied(menu.drinks)
        for phrase, meanings in self.phrases.items():
            options = self.phrases.get(phrase[1:], ())
            if meanings[0].kind is Kind.DRINK and options and self.table.kind(phrase[:1]) is Kind.WITH:
                self.introduced[phrase] = options

    def _said(self, thing: MenuDrink | MenuOption | MenuGroup) -> Iterator[str]:
        """Yield every phrase for the drink, option or group that can be used in a text of this language.

        A phrase of another language is left out if it is an everyday word here: the French "thé" (tea) is the English
        "the". It is also left out if it means something else here: "Café Crème" is an americano in German and a latte
        in French."""
        own = self._own(thing)
        for words in every_name(thing):
            # The English "the chai" must not be read as the French "thé chai".
            is_talk = self._is_talk(folded(words)) or self.table.kind(folded(words)[:1]) is Kind.THE
            if words in own or not (is_talk or stems(words) in self._own_phrases):
                yield words

    def _own(self, thing: MenuDrink | MenuOption | MenuGroup) -> set[str]:
        return {thing.name, *thing.aliases, *thing.translations.get(self.table.code, ())}

    def _is_talk(self, phrase: Phrase) -> bool:
        return phrase in self.table.phrases or (len(phrase) == 1 and phrase[0] in self.table.words)

    def _add(self, words: str, meaning: Meaning) -> None:
        phrase = stems(words)
        self.literal.add((meaning.kind, folded(words)))
        known = self.phrases.get(phrase, ())
        if phrase and not any((m.kind, m.name, m.group) == (meaning.kind, meaning.name, meaning.group) for m in known):
            self.phrases[phrase] = (*known, meaning)

    def _add_option(self, group: MenuGroup, option: MenuOption) -> None:
        every = [*self._said(option), *self._inflected(option.translations.get(self.table.code, ()))]
        tables = [phrase_table(code).shortened for code in {DEFAULT, self.table.code}]
        every += [short for table in tables for name in self._own(option) for short in table.get(folded(name), ())]
        for words in every:
            meaning = Meaning(Kind.OPTION, option.name, group.name, exact=words == option.name)
            self._add(words, meaning)
            said = folded(words)
            if len(said) > 1 and self.table.kind(said[:1]) is Kind.NO:
                self.absences.setdefault(stems(" ".join(said[1:])), (meaning,))
        forms = {folded(words) for words in every}
        for form in forms:
            part = self.table.numbers.get(form[:1], phrase_table(DEFAULT).numbers.get(form[:1], 1.0))
            if 0 < part < 1:
                self.portions.setdefault((group.name, part), option.name)
        self.counted.update(stems(" ".join(form)) for form in forms if form and (*form[:-1], form[-1] + "s") in forms)

    def _inflected(self, words: Iterable[str]) -> Iterator[str]:
        """If the menu has an adjective with two endings ("stark, starker"), yield this adjective with every other
        ending ("starken")."""
        known = {word.casefold() for word in words if " " not in word}
        endings = ("", *self.table.inflections)
        for base in {word.removesuffix(ending) for word in known for ending in endings}:
            forms = {base + ending for ending in endings}
            if len(known & forms) > 1:
                yield from sorted(forms - known)

    def _add_group_words(self, groups: Iterable[MenuGroup]) -> None:
        """Add the words for each group: its name, and a last word that several of its options share, such as "milk" in
        "oat milk" and "soy milk"."""
        for group in groups:
            for words in self._said(group):
                # A group with the name "Extras" must not take over the word "extra", which is an amount.
                if (phrase := stems(words)) and phrase not in self.table.phrases:
                    self.group_words.setdefault(phrase, group.name)
            endings: dict[str, set[str]] = {}
            for option in group.options:
                for phrase in map(stems, self._said(option)):
                    if len(phrase) > 1:
                        endings.setdefault(phrase[-1], set()).add(option.name)
            for word, options in endings.items():
                # Although "lactose free" and "fat free" end in "free", this word must not become a word for milk.
                if len(options) > 1 and word not in self.table.spoken:
                    self.group_words.setdefault((word,), group.name)
            for option in group.options:
                self._add_shortened(group, option)

    def _add_shortened(self, group: MenuGroup, option: MenuOption) -> None:
        """Add the option without its group's word ("oat" for "Oat milk"), unless this form already has a meaning."""
        for phrase in map(stems, self._said(option)):
            short = phrase[:-1]
            if not short or self.group_words.get(phrase[-1:]) != group.name:
                continue
            taken = short in self.phrases or short in self.table.phrases or short in self.group_words
            if not taken and not self.table.words.issuperset(short):
                meaning = Meaning(Kind.OPTION, option.name, group.name)
                self.beginnings[short] = (*self.beginnings.get(short, ()), meaning)

    def _add_category_words(self, menu: Menu) -> None:
        """Add the categories' names, in English and in this language: "Tee" and "Schokolade" for "Tee und
        Schokolade"."""
        translated = {each.name: each.translations.get(self.table.code, ()) for each in menu.categories}
        for drink in menu.drinks:
            for name in (drink.category, *translated.get(drink.category, ())):
                for part in re.split(r"[&,/+]", name.casefold()):
                    words = " ".join("," if self.table.kind((word,)) is Kind.AND else word for word in part.split())
                    for phrase in filter(None, map(stems, words.split(","))):
                        self.category_words.setdefault(phrase, drink.category)

    def _add_joined(self) -> None:
        """Add other spellings, such as "flatwhite" for "flat white" and "2 shots" for "double shot"."""
        for phrase, meanings in list(self.phrases.items()):
            if len(phrase) < 2:
                continue
            joined = stem("".join(phrase))
            if len(joined) > 4 and (joined,) not in self.phrases:
                self.phrases[(joined,)] = meanings
            value = self.table.numbers.get(phrase[:1], phrase_table(DEFAULT).numbers.get(phrase[:1]))
            if value is not None and meanings[0].kind is Kind.OPTION and phrase[1:] not in self.phrases:
                self.phrases.setdefault((f"{value:g}", *phrase[1:]), meanings)

    def _add_extras(self) -> None:
        """Add the other words for "extra": "xtra shot" and "additional shot" for "extra shot"."""
        words = [phrase[0] for phrase, (kind, _) in self.table.phrases.items() if kind is Kind.EXTRA and not phrase[1:]]
        for phrase, meanings in list(self.phrases.items()):
            if phrase[0] in words and phrase[1:] and meanings[0].kind is Kind.OPTION:
                for word in words:
                    self.phrases.setdefault((word, *phrase[1:]), meanings)

    def _add_shots(self) -> None:
        """Add "double shot of espresso" for the option "double shot", if "shot of espresso" is a drink."""
        drinks = [phrase for phrase, (first, *_) in self.phrases.items() if first.kind is Kind.DRINK and phrase[2:]]
        links = [(), *((word,) for word in self.table.linking)]
        for phrase, meanings in self.phrases.items():
            if meanings[0].kind is Kind.OPTION and len(phrase) > 1:
                shots = [drink[2:] for drink in drinks if drink[0] == phrase[-1]]
                self.added |= {(*phrase, *link, *shot): meanings for shot in shots for link in links}

    def _add_beginnings(self, drinks: Iterable[MenuDrink]) -> None:
        found: dict[str, set[str]] = {}
        for drink in drinks:
            for phrase in map(stems, self._said(drink)):
                if len(phrase) > 1:
                    found.setdefault(phrase[0], set()).add(drink.name)
        for word, names in found.items():
            taken = any((word,) in known for known in (self.phrases, self.group_words, self.beginnings))
            # The "white" in "three sachets of white sugar" must not order white coffees.
            taken = taken or word in self.table.words or word in self.table.describing
            if len(names) == 1 and len(word) > 3 and not taken:
                self.beginnings[(word,)] = (Meaning(Kind.DRINK, next(iter(names))),)

    def _add_cups(self, drinks: Iterable[MenuDrink]) -> None:
        found: dict[Phrase, set[str]] = {}
        for drink in drinks if self.table.cup_articles else ():
            for first, *rest in map(stems, drink.translations.get(self.table.code, ())):
                if len(rest) == 1 and of_kind(Kind.DRINK, self.phrases.get((first,), ())):
                    found.setdefault((*rest,), set()).add(drink.name)
        for phrase, names in found.items():
            # "Un noir" stands for no drink, because it can be a black coffee or a black tea. "Un frío" can be any cold
            # drink.
            known = self.phrases.get(phrase, ())
            if len(names) == 1 and all(m.group and self.groups[m.group].choose == "many" for m in known):
                self.cups[phrase] = (Meaning(Kind.DRINK, next(iter(names))),)

    def _add_diets(self) -> None:
        """Add "gluten free", as in "make it gluten free", if only one option's name begins with this diet."""
        found: dict[Phrase, set[Meaning]] = {}
        for phrase, meanings in self.phrases.items():
            if meanings[0].kind is Kind.OPTION and len(phrase) > _DIET and self.table.kind(phrase[:_DIET]) is Kind.NOTE:
                found.setdefault(phrase[:_DIET], set()).update(replace(m, exact=False) for m in meanings)
        for phrase, options in found.items():
            if len(options) == 1:
                self.phrases.setdefault(phrase, tuple(options))

    def _add_shared_words(self) -> None:
        for phrase, meanings in self.phrases.items():
            first = self.phrases.get(phrase[:1], ())
            if len(phrase) > 1 and meanings[0].kind is Kind.OPTION and first and first[0].kind is Kind.DRINK:
                self.option_beginnings.setdefault(phrase[:1], meanings)

    def _add_implied(self, drinks: Iterable[MenuDrink]) -> None:
        for drink in drinks:
            name = set(stems(drink.name))
            for phrase in {stems(words) for words in self._said(drink)}:
                # Leave out groups with several choices. A topping in an alias only names the drink: a "cheese pizza"
                # has the usual cheese and no more.
                options = tuple(m for m in self._options_within(phrase) if self._is_choice(drink, m.group))
                options = tuple(m for m in options if not name & {*stems(m.name)})
                if options and not name & {w for w in phrase if self._names_option(w, options)}:
                    self.implied[drink.name, phrase] = options

    def _is_choice(self, drink: MenuDrink, group: str) -> bool:
        return group in drink.groups and self.groups[group].choose == "one"

    def _options_within(self, phrase: Phrase) -> Iterator[Meaning]:
        for start in range(len(phrase)):
            for end in range(start + 1, len(phrase) + 1):
                meanings = self.phrases.get(phrase[start:end], ())
                options = tuple(m for m in meanings if m.kind is Kind.OPTION)
                # "Regular coffee" implies no option, because "regular" can be a size or a milk. But if a whole alias is
                # also an option, it implies this option: "doppio" is an espresso with a double shot.
                if len(options) == 1 and (len(meanings) == 1 or end - start == len(phrase)):
                    yield options[0]

    def _names_option(self, word: str, options: tuple[Meaning, ...]) -> bool:
        return any(m in options for m in self.phrases.get((word,), ()))


def of_kind(kind: Kind, meanings: tuple[Meaning, ...]) -> tuple[Meaning, ...]:
    return tuple(meaning for meaning in meanings if meaning.kind is kind)


def things_of(menu: Menu) -> list[MenuDrink | MenuOption | MenuGroup]:
    return [*menu.drinks, *menu.groups, *(option for group in menu.groups for option in group.options)]


def every_name(thing: MenuDrink | MenuOption | MenuGroup) -> Iterator[str]:
    """Yield every phrase for the drink, option or group: first the name, then the aliases, then the translations."""
    yield thing.name
    yield from thing.aliases
    for words in thing.translations.values():
        yield from words
