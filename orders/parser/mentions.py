"""Finds the words that mean a cup ordered before the text: "the small one", "Sam's", "mine".

Each becomes one `Kind.CUP` atom, which the later stages treat like "the second one"."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from inventory.menu import MenuDrink, MenuGroup
from orders.items import Choice, Item
from orders.parser.atoms import Atom, Kind, Meaning
from orders.parser.lexicon import Lexicon, every_name
from orders.parser.lookahead import BREAKS
from orders.parser.own_mentions import is_adjective
from orders.parser.reading import Question
from orders.parser.spans import Way
from orders.parser.strangers import with_option
from orders.parser.words import Token, folded, stems

_ON_MENU = frozenset({Kind.DRINK, Kind.OPTION, Kind.GROUP, Kind.CATEGORY})
#: Kinds of atoms that say how a mentioned cup changes.
_SAYS = frozenset(
    {Kind.DRINK, Kind.OPTION, Kind.NO, Kind.DROP, Kind.LIGHT, Kind.EXTRA, Kind.PLAIN, Kind.OUT, Kind.ONLY, Kind.SWAP}
)
_INTRODUCE = frozenset({Kind.CALLED, Kind.BEING})
_POLITE = frozenset({Kind.FILLER, Kind.COMMA, Kind.STOP})
_AROUND_PICKED = _POLITE | {Kind.THE, Kind.ARTICLE}
#: Kinds of atoms after which a name belongs to one more person: "another one for Sam".
_FURTHER = frozenset({Kind.DRINK, Kind.ANOTHER, Kind.ADD, Kind.SAME})
#: Kinds of atoms that count some of the cups.
_SOME = frozenset({Kind.ARTICLE, Kind.NUMBER, Kind.REST, Kind.OF_THEM})
#: Kinds of atoms before a last word that drops them: "Espresso WEG" (away).
_DROPPABLE = frozenset({Kind.DRINK, Kind.ARTICLE, Kind.NUMBER, Kind.CUP})
_ARTICLES = frozenset({Kind.THE, Kind.ARTICLE, Kind.NUMBER})
#: Kinds of atoms after which a word may mean a drink of the order: "the burger", "no rings".
_DEFINITE = frozenset({Kind.THE, Kind.DROP, Kind.NO})


def with_mentions(
    way: Way, tokens: Sequence[Token], lexicon: Lexicon, order: Sequence[Item], asked: Question | None, owner: str
) -> Way:
    """Return the atoms, with all words that mention a cup of the order merged into one atom for each cup."""
    finder = _Finder(way, tokens, lexicon, order, asked)
    finder.owner = owner
    if finder.is_dropping and (picked := finder.picked()) is not None:
        return picked
    return tuple(finder.found())


class _Finder:
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
        #: One entry for each cup of the order: an item of two cups stands here twice.
        self.cups = [item for item in order for _ in range(item.quantity)]
        self.kept: list[Atom] = []
        #: The name of the order, which is also the name of each cup without a name of its own.
        self.owner = ""

    def found(self) -> list[Atom]:
        at = 0
        while at < len(self.atoms):
            if length := self._all_but(at):
                self.kept.append(self.atoms[at]._replace(kind=Kind.ONLY, end=self.atoms[at + length - 1].end))
                at += length
                continue
            article = self.kept[-1].text.split()[-1:] if self.kept else []
            length, place = self._mentioned(at)
            if length:
                last = at + length
                text = " ".join(atom.text for atom in self.atoms[at:last])
                cup = Atom(Kind.CUP, self.atoms[at].start, self.atoms[last - 1].end, text, value=place)
                table = self.lexicon.table
                several = self.atoms[last - 1].text in table.several_cups or not table.several_the.isdisjoint(article)
                if several and not self._is_one_of():
                    options = [meaning for atom in self.atoms[at:last] for meaning in atom.meanings]
                    cup = cup._replace(plural=True, meanings=tuple(options))
                self.kept.append(cup)
                at = last
                continue
            if self._adds_milk(at):
                self.kept += with_option(self.atoms[at], self.lexicon)
                at += 1
                continue
            self.kept.append(self._of_order(at))
            if self.atoms[at].kind is Kind.MAKE and self._is_mine(self.atoms[at].text.split()[-1]):
                # A verb with "mine" mentions the customer's own cup: "make mine oat".
                self.kept.append(self.atoms[at]._replace(kind=Kind.CUP, value=self._nameless()))
            at += 1
        return self.kept

    def _is_one_of(self) -> bool:
        """Tell whether "one of" stands before "the oat ones", so that one cup is meant. If so, drop "one of"."""
        start = len(self.kept)
        while start and self.kept[start - 1].kind in (Kind.THE, Kind.FILLER, Kind.OF_THEM):
            start -= 1
        if start == len(self.kept) or not start or self.kept[start - 1].value != 1:
            return False
        del self.kept[start - 1 :]
        return True

    def picked(self) -> Way | None:
        """Return the cup that "large" means after the question which drink to drop; None if the text says something
        else.

        Return () if no cup or several different cups fit, because "large" must not change a size then."""
        options = [atom for atom in self.atoms if atom.kind is Kind.OPTION]
        rest = [atom for atom in self.atoms if atom.kind not in _AROUND_PICKED and not self._stands_for_cup(atom)]
        fits = self._having_all(options)
        if not options or options != rest:
            return None
        places = [place for place, item in enumerate(self.cups, start=1) if fits(item)]
        if len({id(self.cups[place - 1]) for place in places}) != 1:
            return ()
        text = " ".join(atom.text for atom in options)
        return (Atom(Kind.CUP, options[0].start, options[-1].end, text, value=places[-1]),)

    def _mentioned(self, at: int) -> tuple[int, int]:
        """Return the number of atoms that mention a cup, and the cup's position from 1; zeros if no cup is
        mentioned."""
        for find in (self._owned, self._described, self._having, self._plain):
            length, place = find(at)
            if length:
                while self.kept and self.kept[-1].kind in _ARTICLES:
                    self.kept.pop()
                return length, place
        if self._is_mine(self.atoms[at].text) and (place := self._nameless()):
            return 1, place
        return 0, 0

    def _all_but(self, at: int) -> int:
        """Return the number of atoms in "cancel everything but", which keeps what follows; 0 for other words."""
        if self.atoms[at].kind is not Kind.DROP:
            return 0
        end = at + 1 + (at + 1 < len(self.atoms) and self.atoms[at + 1].kind is Kind.ALL)
        if end == len(self.atoms) or self.atoms[end].kind is not Kind.NO:
            return 0
        every = end > at + 1 or self.atoms[end].text.split()[0] in self.lexicon.table.everything
        return end + 1 - at if every else 0

    # Cups by their owner. `_owned` returns the same as `_mentioned`.

    def _owned(self, at: int) -> tuple[int, int]:
        """Find a cup by its owner's name: "Sam's", "Sam's one", "Sam's latte", "el de Sam"."""
        for place, item in enumerate(self.cups, start=1):
            length = self._named(at, folded(item.name or self.owner))
            if not length or not self._means_cup(at):
                continue
            after = self.atoms[at + length] if at + length < len(self.atoms) else None
            if after is not None and after.kind is Kind.DRINK:
                if not any(meaning.name == item.drink for meaning in after.meanings):
                    continue
                length += 1
            elif after is not None and self._stands_for_cup(after):
                length += 1
            return length, place
        return 0, 0

    def _named(self, at: int, name: tuple[str, ...]) -> int:
        """Return the number of atoms that spell this name, perhaps with a possessive "s"; 0 if they do not."""
        end = at + len(name)
        if not name or any(atom.end != atom.start + 1 for atom in self.atoms[at:end]):
            return 0
        said = tuple(self.tokens[atom.start].text for atom in self.atoms[at:end])
        possessive = (*name[:-1], f"{name[-1]}s")
        if said == possessive:
            return len(name)
        if self.tokens[self.atoms[at].start].raw.lower().startswith(self.lexicon.table.elided):
            # The article is part of the word: "celui d'Inès".
            said = (said[0][1:], *said[1:])
        return len(name) if said == name and self.atoms[at].kind not in _ON_MENU else 0

    def _means_cup(self, at: int) -> bool:
        """Tell whether the name stands for a cup. In "a mocha for Sam" and "it's Sam" it does not."""
        before = self.kept[-1].kind if self.kept else None
        if any(atom.kind in _INTRODUCE for atom in self.kept):
            # After words that introduce a name, a name is no cup: "My name is Ava, not Ada" drops nothing.
            return False
        if self.is_dropping:
            return True
        begins = next((n for n in range(len(self.kept), 0, -1) if self.kept[n - 1].kind in BREAKS), 0)
        since = {atom.kind for atom in self.kept[begins:]}
        if before is Kind.FOR:
            return Kind.OPTION in since and since.isdisjoint(_FURTHER)
        return self._says_more(at + 1)

    def _is_mine(self, text: str) -> bool:
        return text in self.lexicon.table.mine

    def _nameless(self) -> int:
        """Return the position of the only cup without a name if the other cups have names; 0 otherwise."""
        without = [place for place, item in enumerate(self.cups, start=1) if not item.name]
        return without[0] if len(without) == 1 < len(self.cups) else 0

    # Cups by what is in them. `_described`, `_having` and `_plain` return the same as `_mentioned`.

    def _described(self, at: int) -> tuple[int, int]:
        """Find a cup by the options before the word for the cup: "the small one", "den kleinen"."""
        end = at
        while end < len(self.atoms) and self.atoms[end].kind is Kind.OPTION:
            end += 1
        after = self.atoms[end] if end < len(self.atoms) else None
        if end == at or (after and after.kind in _ON_MENU and after.phrase not in self.lexicon.introduced):
            return 0, 0
        options = self.atoms[at:end]
        while not self.lexicon.table.cups and len(options) > 1 and not any(map(self._having_all(options), self.cups)):
            # In "el pequeño sin cafeína" (the small one without caffeine), only the first option tells which cup is
            # meant.
            options, end = options[:-1], end - 1
        if self.lexicon.table.cups:
            begins = not self.kept or self.kept[-1].kind in BREAKS
            if end == len(self.atoms) or not self._stands_for_cup(self.atoms[end]):
                return 0, 0
            if not (self._is_definite() or (begins and len(self.cups) > 1)):
                return 0, 0
            end += 1
        elif not self._is_definite() or not all(is_adjective(option, self.lexicon, self.asked) for option in options):
            return 0, 0
        return self._place_with(at, end, self._having_all(options))

    def _having(self, at: int) -> tuple[int, int]:
        """Find a cup by the options after the word for the cup, or after the article: "the one with oat", "el de
        soja"."""
        atom = self.atoms[at]
        one = self._is_definite() and self._stands_for_cup(atom)
        if not (one or atom.text in self.lexicon.table.pronouns) and not (
            atom.kind is Kind.WITH and self._is_definite() and not self.lexicon.table.cups
        ):
            return 0, 0
        start = at + (atom.kind is not Kind.WITH)
        joins = self.atoms[start].kind if start < len(self.atoms) else None
        if joins not in (Kind.WITH, Kind.NO):
            return 0, 0
        end = start + 1
        while end < len(self.atoms) and self.atoms[end].kind is Kind.OPTION:
            end += 1
        options = self.atoms[start + 1 : end]
        found = (0, 0)
        while options and not found[0]:
            # In "celui au soja sans caféine" (the one with soy without caffeine), only the first option tells which cup
            # is meant.
            having = self._having_all(options)
            found = self._place_with(at, end, having if joins is Kind.WITH else _opposite(having))
            options, end = options[:-1], end - 1
        return found

    def _plain(self, at: int) -> tuple[int, int]:
        """Find the cup that "drop one normal one" means: the cup with fewer options than every other kind of cup."""
        atom = self.atoms[at]
        if atom.kind is not Kind.PLAIN and atom.text not in self.lexicon.table.normal:
            return 0, 0
        if [one.kind for one in self.kept if one.kind not in _ARTICLES][-1:] != [Kind.DROP]:
            return 0, 0
        end = at + 1 + (at + 1 < len(self.atoms) and self._stands_for_cup(self.atoms[at + 1]))
        counts = sorted({len(item.choices) for item in self.order})
        plainest = [place for place, item in enumerate(self.cups, start=1) if len(item.choices) == counts[0]]
        kinds = [item for item in self.order if len(item.choices) == counts[0]]
        told = len(self.order) > 1 and len(kinds) == 1 and not any(one.kind in _ON_MENU for one in self.atoms[end:])
        return (end - at, plainest[-1]) if told else (0, 0)

    def _place_with(self, at: int, end: int, fits: Callable[[Item], bool]) -> tuple[int, int]:
        places = [place for place, item in enumerate(self.cups, start=1) if fits(item)]
        told = not self.asked or self._says_more(end)
        return (end - at, places[-1]) if places and told else (0, 0)

    def _says_more(self, end: int) -> bool:
        """Tell whether the text says how the cup that ends at `end` changes."""
        return any(atom.kind in _SAYS for atom in (*self.kept, *self.atoms[end:]))

    def _is_definite(self) -> bool:
        """Tell whether the last atom in `kept` is a definite article, or a phrase that ends in one ("drop the")."""
        before = self.kept[-1] if self.kept else None
        if before is None:
            return False
        return self.lexicon.table.kind(tuple(before.text.split()[-1:])) is Kind.THE

    def _stands_for_cup(self, atom: Atom) -> bool:
        return atom.text in self.lexicon.table.cups

    def _having_all(self, options: Sequence[Atom]) -> Callable[[Item], bool]:
        def fits(item: Item) -> bool:
            return all(any(self._has(item, meaning) for meaning in option.meanings) for option in options)

        return fits

    def _has(self, item: Item, meaning: Meaning) -> bool:
        said = [choice for choice in item.choices if choice.group == meaning.group]
        if any(_is_in(choice, meaning) for choice in said):
            return True
        drink, group = self.lexicon.drinks.get(item.drink), self.lexicon.groups[meaning.group]
        return not said and _default(drink, group, self.lexicon) == meaning.name

    # Drinks of the order.

    def _has_droppable(self) -> bool:
        """Tell whether the last word before polite words may be dropped: "Espresso", "einen"."""
        before = next((one for one in reversed(self.kept) if one.kind not in _POLITE), None)
        return before is not None and before.kind in _DROPPABLE

    def _is_last(self, at: int) -> bool:
        """Tell whether only polite words follow: "den Espresso doch nicht, danke" (not the espresso after all,
        thanks)."""
        return all(atom.kind in _POLITE for atom in self.atoms[at + 1 :])

    def _of_order(self, at: int) -> Atom:
        """Return the atom at `at`. A word for a drink that is not ordered is read as an ordered drink with this word:
        "the rings" are the onion rings, "the burger" is the cheeseburger."""
        atom = self.atoms[at]
        if atom.kind is Kind.OUT and self._is_last(at) and self._has_droppable():
            # The last word may drop the drink before it: "Espresso weg" (away). In "take the latte off" the verb
            # already drops the drink.
            while self.kept[-1].kind is Kind.COMMA:
                # A comma may stand between the drink and the words that drop it: "Le thé, finalement non" (the tea,
                # after all no).
                self.kept.pop()
            said = any(one.kind is Kind.DROP for one in self.kept)
            return atom if said else atom._replace(kind=Kind.DROP)
        if atom.kind is Kind.NO and self._is_last(at) and self._names_drink():
            # A "no" at the end drops the drink: "al final el moca no" (in the end no mocha).
            return atom._replace(kind=Kind.DROP)
        if atom.text in self.lexicon.table.theirs and len(self.order) == 1 < len(self.cups):
            # After "two lattes", "hers with oat" is about one of them.
            return atom._replace(kind=Kind.NUMBER, value=1.0)
        if atom.kind not in (Kind.DRINK, Kind.UNKNOWN, Kind.COMMON, Kind.OPTION) or not self.kept:
            return atom
        # An option may be a word for an ordered drink: in "cream on the chocolate", the hot chocolate.
        after = self.atoms[at + 1].kind if at + 1 < len(self.atoms) else None
        described = after is Kind.OPTION and not self.lexicon.table.options_first
        alone = after not in _ON_MENU or described
        if atom.kind is Kind.OPTION and not (alone and self._is_definite() and not self._is_chosen(atom)):
            return atom
        if not (self.kept[-1].kind in _DEFINITE or self._is_definite() or self._answers(atom)):
            return atom
        if any(meaning.name == item.drink for meaning in atom.meanings for item in self.order):
            return atom
        words = atom.phrase or (self.tokens[atom.start].stem,)
        whole = atom.kind not in (Kind.DRINK, Kind.OPTION)
        likely = {item.drink for item in self.order if self.lexicon.is_called(item.drink, words[-1], whole=whole)}
        if atom.kind is Kind.OPTION and len(likely) != 1:
            return atom
        if not likely and (category := self.lexicon.category_words.get(words)):
            likely = {item.drink for item in self.order if self.lexicon.category(item.drink) == category}
        named = any(meaning.exact for meaning in atom.meanings if meaning.kind is Kind.DRINK)
        if not likely and not named and self.kept[-1].kind is Kind.DROP:
            # "Drop the flat white" drops no latte, although a latte is also a white coffee.
            likely = {item.drink for item in self.order if self._has_word(item.drink, words[-1])}
        if not likely:
            return atom
        # "drop the chips" may mean several ordered dishes. The atom means all of them, and the customer is asked to
        # choose one.
        meanings = tuple(Meaning(Kind.DRINK, drink) for drink in sorted(likely))
        return atom._replace(kind=Kind.DRINK, meanings=meanings, phrase=stems(meanings[0].name))

    def _names_drink(self) -> bool:
        """Tell whether a drink with its article stands before: "the mocha"."""
        kinds = [one.kind for one in self.kept[-1:]]
        article = [self.lexicon.table.kind(tuple(one.text.split()[-1:])) for one in self.kept[-2:-1]]
        return kinds == [Kind.DRINK] and article == [Kind.THE]

    def _is_chosen(self, atom: Atom) -> bool:
        return any(self._has(item, meaning) for item in self.order for meaning in atom.meanings)

    def _answers(self, atom: Atom) -> bool:
        """Tell whether the drink was ordered before, as in the answer "small teas": the size was asked, and no number
        stands before the drink."""
        kinds = [one.kind for one in reversed(self.kept)]
        before = next((kind for kind in kinds if kind is not Kind.OPTION), None)
        return bool(self.asked) and kinds[0] is Kind.OPTION and atom.kind is Kind.DRINK and before in (None, *BREAKS)

    def _adds_milk(self, at: int) -> bool:
        """Tell whether a drink's alias only adds milk to an ordered drink.

        Of two teas, "uno con leche" is a tea with milk, although "con leche" is also a latte."""
        atom, before = self.atoms[at], self.kept[-1] if self.kept else None
        if atom.phrase not in self.lexicon.introduced:
            return False
        if before is None or before.kind in (Kind.CORRECT, Kind.ADD, Kind.IT, Kind.CUP, Kind.THE):
            return True
        if {meaning.name for meaning in atom.meanings} & {item.drink for item in self.order}:
            return False
        return before.kind in _SOME and any(item.quantity > (before.value or 1) for item in self.order)

    def _has_word(self, drink: str, word: str) -> bool:
        """Tell whether one of the drink's names, in any language, contains the word."""
        known = self.lexicon.drinks.get(drink)
        return known is not None and any(word in stems(name) for name in every_name(known))


def _opposite(fits: Callable[[Item], bool]) -> Callable[[Item], bool]:
    return lambda item: not fits(item)


def _is_in(choice: Choice, meaning: Meaning) -> bool:
    return choice.option == meaning.name and choice.amount != "no"


def _default(drink: MenuDrink | None, group: MenuGroup, lexicon: Lexicon) -> str | None:
    return lexicon.menu.default_option(drink, group) if drink is not None else None
