"""Finds words that mean a drink of the open order, such as "the rings" for the ordered onion rings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from inventory.menu import MenuDrink, MenuGroup, MenuOption
from orders.items import Item
from orders.parser.atoms import Atom, Kind, Meaning
from orders.parser.lexicon import Lexicon
from orders.parser.lookahead import BREAKS
from orders.parser.menu_phrases import every_name
from orders.parser.phrases import every_table
from orders.parser.reading import Question
from orders.parser.spans import Way
from orders.parser.words import Token, stems

ON_MENU = frozenset({Kind.DRINK, Kind.OPTION, Kind.GROUP, Kind.CATEGORY})
POLITE = frozenset({Kind.FILLER, Kind.COMMA, Kind.STOP})
#: Word kinds that a last word such as German "weg" (away) can drop, as in "Espresso weg".
_DROPPABLE = frozenset({Kind.DRINK, Kind.ARTICLE, Kind.NUMBER, Kind.CUP})
#: Word kinds after a cup that say something about the cup, such as "with" in "the third with soy".
AFTER_CUP = frozenset({Kind.WITH, Kind.NO, Kind.MAKE, Kind.OPTION})
_REFUSING = frozenset({Kind.DROP, Kind.NO, Kind.OUT})
#: For texts such as "the second is decaf". `_SAYING` has the kinds of the word between a cup and its change ("is").
#: `_TOLD` has the kinds of the word after that ("decaf").
_SAYING = frozenset({Kind.COMMON, Kind.BEING, Kind.ASK, Kind.WANTS})
_TOLD = frozenset({Kind.OPTION, Kind.ARTICLE})
#: Word kinds before a drink that is added to the order, such as "and" in "and a tea".
_ADDING = frozenset({Kind.AND, Kind.ADD, Kind.ANOTHER})
#: Word kinds after which a word can mean a drink of the order, as in "the burger" and "no rings".
_DEFINITE = frozenset({Kind.THE, Kind.DROP, Kind.NO})


class OrderedDrinks:
    def __init__(
        self, way: Way, tokens: Sequence[Token], lexicon: Lexicon, order: Sequence[Item], asked: Question | None
    ) -> None:
        self.atoms = [*way]
        self.tokens = tokens
        self.lexicon = lexicon
        self.asked = asked.group if asked is not None else ""
        #: Whether the customer was asked which drink to drop.
        self.is_dropping = asked is not None and asked.about == "drop"
        self.order = order
        #: One entry for each cup of the order. An item of two cups is listed twice.
        self.cups = [item for item in order for _ in range(item.quantity)]
        self.kept: list[Atom] = []
        #: The name of the order, which is also the name of each cup without a name of its own.
        self.owner = ""

    def _kind(self, at: int) -> Kind | None:
        """Return the kind of the word or phrase (atom) at index `at`; None after the last."""
        return self.atoms[at].kind if at < len(self.atoms) else None

    def _is_definite(self) -> bool:
        """Return whether the last word in `kept` is a definite article, or a phrase that ends in one ("drop the")."""
        before = self.kept[-1] if self.kept else None
        if before is None:
            return False
        return self.lexicon.table.kind(tuple(before.text.split()[-1:])) is Kind.THE

    def _stands_for_cup(self, atom: Atom) -> bool:
        return atom.text in self.lexicon.table.cups

    def _has_droppable(self) -> bool:
        """Return whether the last word so far (polite words aside) names something to drop, such as "Espresso" or
        German "einen" (one)."""
        kinds = [one.kind for one in self.kept if one.kind not in POLITE]
        return not _DROPPABLE.isdisjoint(kinds[-1:])

    def _is_last(self, at: int) -> bool:
        """Return whether only polite words follow, as in German "den Espresso doch nicht, danke" (not the espresso
        after all, thanks)."""
        return all(atom.kind in POLITE for atom in self.atoms[at + 1 :])

    def _of_order(self, at: int) -> Atom:
        """Return the atom (word or phrase) at `at`, with the meaning that it has for the open order.

        "The rings" mean the ordered onion rings, and "the burger" means the ordered cheeseburger."""
        atom = self.atoms[at]
        if atom.text in self.lexicon.table.then and self._is_last(at) and self._settles_for_drink():
            # After one ordered drink, "ok a mocha then" replaces this drink by a mocha.
            return replace(atom, kind=Kind.INSTEAD)
        if atom.kind is Kind.OUT and self._has_droppable():
            # The last word drops the drink before it: German "Espresso weg" (away). A comma can stand between them:
            # French "Le thé, finalement non" (the tea, after all no).
            while self.kept[-1].kind in POLITE:
                self.kept.pop()
            return self._dropping(atom)
        if atom.kind is Kind.NO and self._is_last(at) and self._names_drink():
            # A "no" at the end drops the drink before it: Spanish "al final el moca no" (in the end no mocha).
            return self._dropping(atom)
        if atom.text in self.lexicon.table.ordinals and self._points_at_cup(at):
            # In "the third with soy", the words "the third" mean the third cup.
            the = self.kept.pop()
            return replace(atom, kind=Kind.NTH, start=the.start, value=float(self.lexicon.table.ordinals[atom.text]))
        if atom.kind is Kind.CORRECT and self._refuses_ordered(at):
            # "Actually no mocha" drops an ordered mocha. Without one it means "actually no, a mocha", and orders it.
            return replace(atom, kind=Kind.DROP)
        if atom.kind in _SAYING and self._becomes_drink(at):
            # In "the latte is a mocha", the word "is" changes the drink.
            return replace(atom, kind=Kind.MAKE)
        if atom.kind is Kind.WANTS and self._is_somebody_else():
            # "My friend wants a large one" orders one more cup.
            return replace(atom, kind=Kind.ADD)
        if atom.text in self.lexicon.table.theirs and len(self.order) == 1 < len(self.cups):
            # After "two lattes", the "hers" of "hers with oat" means one of the two.
            return replace(atom, kind=Kind.NUMBER, value=1.0)
        if atom.kind not in (Kind.DRINK, Kind.UNKNOWN, Kind.COMMON, Kind.OPTION) or not self.kept:
            return atom
        # The name of an option can mean an ordered drink: in "cream on the chocolate", the ordered hot chocolate.
        if atom.kind is Kind.OPTION and (self._is_chosen(atom) or not self._is_definite()):
            return atom
        if not (self.kept[-1].kind in _DEFINITE or self._is_definite() or self._answers(atom)):
            return atom
        if any(meaning.name == item.drink for meaning in atom.meanings for item in self.order):
            return atom
        if refused := self._refused_option(atom):
            return replace(atom, kind=Kind.OPTION, meanings=refused)
        words = atom.phrase or (self.tokens[atom.start].stem,)
        whole = atom.kind not in (Kind.DRINK, Kind.OPTION)
        likely = {item.drink for item in self.order if self.lexicon.is_called(item.drink, words[-1], whole=whole)}
        if atom.kind is Kind.OPTION and len(likely) != 1:
            return atom
        if not likely and (category := self.lexicon.category_words.get(words)):
            likely = {item.drink for item in self.order if self.lexicon.category(item.drink) == category}
        named = any(meaning.exact for meaning in atom.meanings)
        if not likely and not named and self.kept[-1].kind is Kind.DROP:
            # A drink's full name on the menu means only this drink: "drop the flat white" drops no latte, although a
            # latte is also called a white coffee. Other words are searched in all names of the ordered drinks.
            likely = {item.drink for item in self.order if self._has_word(item.drink, words[-1])}
        if not likely:
            return atom
        # "Drop the chips" can mean several ordered dishes. Then the atom names them all, and the customer is asked to
        # choose.
        meanings = tuple(Meaning(Kind.DRINK, drink) for drink in sorted(likely))
        return replace(atom, kind=Kind.DRINK, meanings=meanings, phrase=stems(meanings[0].name))

    def _dropping(self, atom: Atom) -> Atom:
        """Read the last word as a verb that drops the drink before it, as in German "Espresso weg" (away).

        If such a verb stands before the drink, a last "not" keeps the drink: "storniere den Mokka nicht" (don't
        cancel the mocha)."""
        kinds = [one.kind for one in self.kept]
        if Kind.DROP not in kinds or self.lexicon.table.kind(tuple(atom.text.split()[-1:])) is not Kind.NO:
            return replace(atom, kind=Kind.DROP)
        verb = kinds.index(Kind.DROP)
        if BREAKS.isdisjoint(kinds[verb:]):
            self.kept[verb] = replace(self.kept[verb], kind=Kind.THE)
        return replace(atom, kind=Kind.COMMON)

    def _refused_option(self, atom: Atom) -> tuple[Meaning, ...]:
        """Return the ordered option that the text refuses by the last word of its name: "drop the shot" after an extra
        shot.

        Return () if the word fits no ordered option or several, or if the text refuses nothing."""
        if _REFUSING.isdisjoint([one.kind for one in (*self.kept, *self.atoms)]):
            return ()
        chosen = {(choice.group, choice.option) for item in self.order for choice in item.choices}
        found = [
            Meaning(Kind.OPTION, option.name, group.name, exact=True)
            for group in self.lexicon.menu.groups
            for option in group.options
            if (group.name, option.name) in chosen and _ends_in(option, self.tokens[atom.start].stem)
        ]
        return tuple(found) if len(found) == 1 else ()

    def _points_at_cup(self, at: int) -> bool:
        """Return whether the ordinal at `at` means a cup, as in "the third with soy" and "the second is decaf"."""
        says = self._kind(at + 1) in _SAYING and self._kind(at + 2) in _TOLD
        told = says or self._kind(at + 1) in AFTER_CUP
        pointing = [one.kind for one in self.kept[-1:]] == [Kind.THE]
        return told and pointing

    def _refuses_ordered(self, at: int) -> bool:
        last = tuple(self.atoms[at].text.split()[-1:])
        after = self.atoms[at + 1] if at + 1 < len(self.atoms) else None
        if after is None or self.lexicon.table.kind(last) is not Kind.NO:
            return False
        return any(meaning.name == item.drink for meaning in after.meanings for item in self.order)

    def _is_somebody_else(self) -> bool:
        """Return whether the last words in `kept` name a person who gets a further cup, as in "my friend wants a large
        one".

        Return False if several cups are ordered, because one of these can be the person's cup."""
        person = [one.kind for one in self.kept[-2:]] == [Kind.THE, Kind.COMMON]
        return person and len(self.cups) == 1

    def _settles_for_drink(self) -> bool:
        """Return whether exactly one cup is ordered, and the text so far is a polite word and a drink, as in "ok a
        mocha then"."""
        kinds = [one.kind for one in self.kept]
        drink = kinds[:1] == [Kind.FILLER] and kinds[-1] is Kind.DRINK
        return drink and len(self.cups) == 1 and _ADDING.isdisjoint(kinds)

    def _becomes_drink(self, at: int) -> bool:
        """Return whether the word at `at` stands between an ordered drink and another one, as "is" in "the latte is
        a mocha"."""
        ordered = {item.drink for item in self.order}
        end = at + 2
        while self._kind(end) is Kind.OPTION:
            end += 1
        another = self._kind(at + 1) is Kind.ARTICLE and self._kind(end) is Kind.DRINK
        return another and self._names_drink() and any(m.name in ordered for m in self.kept[-1].meanings)

    def _names_drink(self) -> bool:
        """Return whether the last words in `kept` are a drink with its definite article, such as "the mocha"."""
        kinds = [one.kind for one in self.kept[-1:]]
        article = [self.lexicon.table.kind(tuple(one.text.split()[-1:])) for one in self.kept[-2:-1]]
        return kinds == [Kind.DRINK] and article == [Kind.THE]

    def _is_chosen(self, atom: Atom) -> bool:
        return any((meaning.group, meaning.name) in self._inside_any for meaning in atom.meanings)

    def _answers(self, atom: Atom) -> bool:
        """Return whether the drink belongs to the answer to our question, and orders nothing new.

        After "which size?", the answer "small teas" means the ordered teas, because no number stands before the
        words."""
        kinds = [one.kind for one in reversed(self.kept)]
        before = next((kind for kind in kinds if kind is not Kind.OPTION), None)
        return bool(self.asked) and kinds[0] is Kind.OPTION and before in (None, *BREAKS)

    def _adds_milk(self, at: int) -> bool:
        """Return whether words that can name a drink only add milk to an ordered drink.

        Spanish "con leche" (with milk) is also a name of the latte. After two teas, "uno con leche" is a tea with
        milk."""
        atom, before = self.atoms[at], self.kept[-1] if self.kept else None
        if atom.phrase not in self.lexicon.introduced:
            return False
        if before is None or before.kind in (Kind.CORRECT, Kind.ADD, Kind.AND, Kind.IT, Kind.CUP, Kind.THE):
            return True
        groups = {meaning.group for meaning in self.lexicon.introduced[atom.phrase]}
        several = [item.drink for item in self.order if item.quantity > (before.value or 1)]
        return any(self.lexicon.fits(drink, group) for drink in several for group in groups)

    def _without_milk(self, at: int) -> list[Atom]:
        """Read a drink's name as an ordered drink without milk. Return the atoms of the drink and of "plain".

        Spanish "el café solo" means an ordered filter coffee without milk, although "café solo" is also an espresso.
        For other words the list is empty."""
        atom = self.atoms[at]
        alone = atom.kind is Kind.DRINK and atom.phrase[-1] in self.lexicon.table.alone and self._is_definite()
        ordered = {item.drink for item in self.order}
        if not alone or any(meaning.name in ordered for meaning in atom.meanings):
            return []
        meanings = tuple(m for m in self.lexicon.phrases.get(atom.phrase[:-1], ()) if m.name in ordered)
        plain = Atom(Kind.PLAIN, atom.end - 1, atom.end, atom.phrase[-1])
        return [replace(atom, end=atom.end - 1, meanings=meanings, phrase=atom.phrase[:-1]), plain] if meanings else []

    def _has_word(self, drink: str, word: str) -> bool:
        """Return whether one of the drink's names, in any language, contains the word."""
        known = self.lexicon.drinks.get(drink)
        return known is not None and any(word in stems(name) for name in every_name(known))

    def _has(self, item: Item, meaning: Meaning) -> bool:
        return (meaning.group, meaning.name) in self._inside[id(item)]

    @cached_property
    def _inside(self) -> Mapping[int, set[tuple[str, str | None]]]:
        """The options of each item as (group, option), by the item's `id`: the chosen ones, and the defaults of the
        other groups.

        A long text asks for them hundreds of times, so they are computed once."""
        return {id(item): self._options_inside(item) for item in self.order}

    @cached_property
    def _inside_any(self) -> set[tuple[str, str | None]]:
        """The options of all items of the order, as (group, option)."""
        return set().union(*self._inside.values())

    def _options_inside(self, item: Item) -> set[tuple[str, str | None]]:
        said = {choice.group for choice in item.choices}
        drink = self.lexicon.drinks.get(item.drink)
        others = (group for name, group in self.lexicon.groups.items() if name not in said)
        inside: set[tuple[str, str | None]] = {(group.name, _default(drink, group, self.lexicon)) for group in others}
        return inside | {(choice.group, choice.option) for choice in item.choices if choice.amount != "no"}


def _ends_in(option: MenuOption, word: str) -> bool:
    """Return whether one of the option's names ends in the word.

    An option that leaves something out does not count: "no lactose" does not refuse an option called "sans lactose"."""
    names = [stems(name) for name in every_name(option)]
    if not any(name[-1:] == (word,) for name in names):
        return False
    return not any(table.kind((part,)) is Kind.NO for table in every_table() for name in names for part in name)


def _default(drink: MenuDrink | None, group: MenuGroup, lexicon: Lexicon) -> str | None:
    return lexicon.menu.default_option(drink, group) if drink is not None else None
