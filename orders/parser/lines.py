"""The lines of an order while it is read, and what a whole list of them means."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from orders.items import Choice, Item
from orders.parser.atoms import Kind, Meaning
from orders.parser.clause import SaidOption
from orders.parser.lexicon import Lexicon


@dataclass(slots=True)
class OrderLine:
    drink: str
    quantity: int = 1
    wishes: list[SaidOption] = field(default_factory=list)
    name: str | None = None
    #: Where `name` lists several: a cup each for them, as far as the cups go round.
    names: tuple[str, ...] = ()
    note: str = ""
    #: Was in the order before this text.
    old: bool = False
    #: The text gave a number.
    counted: bool = False
    category_word: bool = False
    #: Only "and" stands between it and the line before.
    joined: bool = False
    #: Choices of an old line that the menu has no more.
    retired: tuple[Choice, ...] = ()


def line_of(item: Item, lexicon: Lexicon) -> OrderLine:
    """An item of the order so far; what is no longer on the menu stays as it is."""
    on_menu = [choice for choice in item.choices if (choice.group, choice.option) in lexicon.option_order]
    retired = tuple(choice for choice in item.choices if choice not in on_menu)
    wishes = [said_option_of(choice) for choice in on_menu]
    return OrderLine(item.drink, item.quantity, wishes, item.name, note=item.note, old=True, retired=retired)


def said_option_of(choice: Choice) -> SaidOption:
    meaning = Meaning(Kind.OPTION, choice.option, choice.group, exact=True)
    return SaidOption((meaning,), choice.option, choice.amount, inherited=True)


def one_name_each(lines: list[OrderLine]) -> list[OrderLine]:
    """ "for Ann and Bob": a cup each, of the last drinks that are as many as the names."""
    last = next((line for line in reversed(lines) if len(line.names) > 1), None)
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


def without_heading(lines: list[OrderLine]) -> list[OrderLine]:
    """ "2 coffees, a latte and a mocha": the first says only how many follow."""
    first = lines[0] if lines else None
    if first is None or first.old or not first.counted or not first.category_word or first.wishes:
        return lines
    rest = lines[1:]
    if len(rest) < 2 or rest[0].joined or any(line.old for line in rest):
        # "2 teas and 2 coffees" has no heading.
        return lines
    return rest if sum(line.quantity for line in rest) == first.quantity else lines
