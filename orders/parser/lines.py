"""The lines of an order while a text is read, with rules that concern several lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from orders.items import Choice, Item
from orders.parser.atoms import Kind, Meaning
from orders.parser.clause import SaidOption
from orders.parser.disambiguate import beyond
from orders.parser.lexicon import Lexicon
from orders.parser.words import folded, stems

#: What stands between the parts of a note.
_NOTES = re.compile(r"[,;] ")


@dataclass(slots=True)
class OrderLine:
    drink: str
    quantity: int = 1
    wishes: list[SaidOption] = field(default_factory=list)
    name: str | None = None
    #: The single names in `name`, one for each cup: ("Ann", "Bob") for "for Ann and Bob".
    names: tuple[str, ...] = ()
    note: str = ""
    #: Whether the line was in the order before this text.
    old: bool = False
    #: The last word of the drink's name, as this text said it. `category_word`: whether this word also names the
    #: drink's category.
    word: str = ""
    category_word: bool = False
    #: Whether the drink was named in the plural and without a number: "coffees for the booth: …".
    uncounted: bool = False
    #: Whether the drink was named without a number, or only with an article. `begins`: whether a new sentence begins
    #: with this drink.
    unsure: bool = False
    begins: bool = False
    #: Whether the text joins this line to the previous line with "and".
    joined: bool = False
    #: Whether the text says that the cup is for the customer: "a latte for me".
    mine: bool = False
    #: The line from which these cups were split off: for "one with milk" after "three teas", the line of three teas.
    taken_from: OrderLine | None = field(default=None, compare=False)
    #: Choices of an old line that have left the menu, or that the drink no longer comes with.
    retired: tuple[Choice, ...] = ()
    #: The choices of an old line before this text.
    had: tuple[Choice, ...] = ()

    @property
    def is_somebodys(self) -> bool:
        """True if this text says for whom the cup is. "And one" after such a line orders a cup for another person."""
        return bool(self.name or self.mine) and not self.old


def line_of(item: Item, lexicon: Lexicon) -> OrderLine:
    """Return the order line of an item that was ordered before. Choices that have left the menu are kept in
    `retired`."""
    on_menu = [
        choice
        for choice in item.choices
        if (choice.group, choice.option) in lexicon.option_order and lexicon.fits(item.drink, choice.group)
    ]
    retired = tuple(choice for choice in item.choices if choice not in on_menu)
    wishes = [said_option_of(choice) for choice in on_menu]
    line = OrderLine(item.drink, item.quantity, wishes, item.name, note=item.note, old=True, retired=retired)
    line.had = item.choices
    return line


def note_after(line: OrderLine, choices: Sequence[Choice], lexicon: Lexicon) -> str:
    """Return the line's note: the parts of its old note that are still true, and words of this text that no choice
    expresses.

    "A splash of milk" is no longer true after "no milk". "Half oat, half soy" is no longer true after any change of the
    milk."""
    if not line.note:
        return beyond(line.drink, line.wishes, lexicon)
    if line.had == choices:
        return line.note
    more = beyond(line.drink, [wish for wish in line.wishes if not wish.inherited], lexicon)
    chosen = {choice.group: (choice.group, choice.option) for choice in choices if choice.amount != "no"}
    changed = {choice.group for choice in {*line.had} ^ {*choices}}
    parts = _NOTES.split(line.note)
    groups = [_group_weighed(part, lexicon) for part in parts]
    untrue = [
        group in changed
        and (groups.count(group) > 1 or chosen.get(group) in (None, lexicon.none_of(lexicon.groups[group])))
        for group in groups
    ]
    kept = [part for part, is_untrue in zip(parts, untrue, strict=True) if not is_untrue]
    return ", ".join(filter(None, dict.fromkeys((*kept, more))))


def _group_weighed(note: str, lexicon: Lexicon) -> str:
    """Return the option's group if the note only says how much of the option is wanted: the group of milks for "a
    splash of oat". Return "" for other notes."""
    words = folded(note)
    for end in range(1, len(words)):
        meanings = lexicon.phrases.get(stems(" ".join(words[end:])), ())
        if meanings and lexicon.table.is_amount(" ".join(words[:end])):
            return meanings[0].group
    return ""


def said_option_of(choice: Choice) -> SaidOption:
    meaning = Meaning(Kind.OPTION, choice.option, choice.group, exact=True)
    return SaidOption((meaning,), choice.option, choice.amount, inherited=True)


def one_name_each(lines: list[OrderLine]) -> list[OrderLine]:
    """Return the lines with a list of names ("for Ann and Bob") shared out: each of the last cups gets one name.

    Return the lines unchanged if the number of cups is not the number of names."""
    last = next((line for line in reversed(lines) if line.names), None)
    if last is None:
        return lines
    end = next(at for at, line in enumerate(lines) if line is last) + 1
    start, cups = end, 0
    while start and cups < len(last.names) and lines[start - 1].name in (None, last.name):
        start -= 1
        cups += lines[start].quantity
    if cups != len(last.names):
        return lines
    each = [replace(line, quantity=1) for line in lines[start:end] for _ in range(line.quantity)]
    for line, name in zip(each, last.names, strict=True):
        line.name, line.names = name, ()
    return [*lines[:start], *each, *lines[end:]]


def without_heading(lines: list[OrderLine], lexicon: Lexicon) -> list[OrderLine]:
    """Return the lines without a heading, i.e. a first line that only announces the other lines.

    "2 coffees, a latte and a mocha" orders two drinks. "Coffees for the booth: four lattes" orders four."""
    if not lines or not lines[0].category_word:
        return lines
    first, *rest = lines
    kinds = sum(line.quantity for line in rest if not line.joined and line.word != first.word)
    if 0 < kinds == sum(line.quantity for line in rest) < first.quantity and _are_kinds_of(first, rest, lexicon):
        # In "2 teas, one peppermint", the peppermint tea is one of the two teas. So one plain tea is left.
        first.quantity -= kinds
        return [first, *_with_options_of(first, rest)]
    if first.wishes:
        return _with_options_of(first, rest) if _announces(first, rest, lexicon) else lines
    announced = first.uncounted or (first.unsure and bool(rest) and rest[0].begins)
    if announced and rest and not rest[0].joined:
        return rest if lexicon.category(first.drink) == lexicon.category(rest[0].drink) else lines
    return rest if _announces(first, rest, lexicon) else lines


def _are_kinds_of(first: OrderLine, rest: list[OrderLine], lexicon: Lexicon) -> bool:
    """Return whether each other line is a kind of the first line's drink, as a peppermint tea is a kind of tea."""
    return all(lexicon.is_called(line.drink, first.word) and line.taken_from is None for line in rest)


def _announces(first: OrderLine, rest: list[OrderLine], lexicon: Lexicon) -> bool:
    """Return whether the first line only counts the drinks that the other lines name: "2 coffees, a latte and a mocha".

    "2 teas and 2 coffees" orders four drinks. In "2 teas, one with milk, and a mocha", the tea with milk is one of the
    two teas, and the mocha is a third drink."""
    own = sum(line.quantity for line in rest if line.taken_from is first)
    category = lexicon.category(first.drink)
    if any(
        lexicon.category(line.drink) != category if own else lexicon.is_of_another_kind(line.drink, category)
        for line in rest
    ):
        return False
    return len(rest) > 1 and not rest[0].joined and sum(line.quantity for line in rest) == first.quantity + own


def _with_options_of(first: OrderLine, rest: list[OrderLine]) -> list[OrderLine]:
    """Return the lines with the options of their heading: in "6 coffees, all large: 2 lattes, 4 mochas", every line is
    large."""
    return [replace(line, wishes=[*(replace(w, inherited=True) for w in first.wishes), *line.wishes]) for line in rest]
