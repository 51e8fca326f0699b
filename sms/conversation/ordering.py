"""An order from its first words until it goes in, is changed or is let go."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from orders.items import Item
from orders.parser import Asked, Intent, read
from orders.parser.atoms import Kind
from orders.parser.languages import LANGUAGES
from sms.conversation.actions import CancelOrders, ChangeOrder, PlaceOrder, RequestChange, SetName
from sms.conversation.asking import not_served
from sms.conversation.options import answered_for_all, is_open, lacks, options_of, with_choices
from sms.conversation.sayings import AskDrink, AskOption, NameTaken, OrderRefused, Phrase, Saying, TooLate
from sms.conversation.state import OrderDraft
from sms.conversation.turn import Heard, Turn


def order(h: Heard) -> Turn:
    if h.facts.closed:
        return h.turn(OrderRefused(h.facts.closed), state=h.settled())
    return proceed(h, OrderDraft(h.reading.items, h.name or h.facts.name, h.reading.note), h.reading.missing)


def change(h: Heard) -> Turn:
    """Of an order that stands. Nothing is written before all is known.

    A further drink joins it where the text says so ("and a tea"); by itself ("large tea") it is an order of its own."""
    if h.order is None:
        return order(h)
    if not h.reading.items:
        return cancel(h)
    if h.reading.items == h.order.wanted and h.name:
        return named(h)
    if added(h.order.wanted, h.reading.items) and not joins(h.text):
        alone = read(h.text, h.menu, language=h.facts.language)
        if alone.intent is Intent.ORDER:
            return order(replace(h, reading=alone))
    draft = OrderDraft(h.reading.items, h.name, h.reading.note, changes=h.order.pk, was=h.order.wanted)
    return proceed(h, draft, h.reading.missing)


def joins(text: str) -> bool:
    """The text begins with "and", or says "also" or "another", in any language that is read."""
    return any(pattern.search(text) for pattern in _joining())


@cache
def _joining() -> tuple[re.Pattern[str], ...]:
    begins = rf"^\W*({_phrases(Kind.AND)})(?!\w)"
    says = rf"(?<!\w)({_phrases(Kind.ADD, Kind.ANOTHER)})(?!\w)"
    return re.compile(begins, re.IGNORECASE), re.compile(says, re.IGNORECASE)


@cache
def _everything() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)({_phrases(Kind.ALL)})(?!\w)", re.IGNORECASE)


def _phrases(*kinds: Kind) -> str:
    """In every language that is read, as a part of a pattern."""
    said = (language.phrases.get(kind, "") for language in LANGUAGES.values() for kind in kinds)
    words = {phrase.strip() for each in said for phrase in each.split(",") if phrase.strip()}
    return "|".join(map(re.escape, sorted(words)))


def fill(h: Heard) -> Turn:
    """An answer to our question, or another change to the draft."""
    draft = h.state.draft or OrderDraft()
    if not h.reading.items and not h.reading.missing:
        return let_go(h)
    items = answered_for_all(draft.items, h.reading.items, h.state.asked, h.menu)
    note = both(draft.note, h.reading.note)
    return proceed(h, replace(draft, items=items, name=h.name or draft.name, note=note), h.reading.missing)


def proceed(h: Heard, draft: OrderDraft, missing: Iterable[Asked]) -> Turn:
    """Ask the next question about the draft, or have it done."""
    asides = not_served(h.reading)
    for asked in missing:
        if asked.about == "drink":
            question: Saying = AskDrink(asked.choices, asked.offers)
        elif asked.about == "option" and is_open(asked, draft, h.menu):
            items = tuple(item for item in draft.items if lacks(item, asked.group, h.menu))
            question = AskOption(items, asked.group, options_of(asked, h.menu))
        else:
            continue
        return h.turn(*asides, question, state=replace(h.settled(), draft=draft, asked=asked))
    turn = commit(h, draft)
    return replace(turn, says=(*turn.says, *asides))


def commit(h: Heard, draft: OrderDraft) -> Turn:
    """All is known: an order, or a change. For what is being made the barista is asked, but more can be ordered."""
    name = draft.name or h.facts.name
    if draft.changes is None:
        return h.turn(act=PlaceOrder(draft.items, name, draft.note), state=h.settled())
    target = next((order for order in h.facts.orders if order.pk == draft.changes), None)
    items = noted(draft.items, draft.note)
    if target and target.changeable:
        return h.turn(act=ChangeOrder(target, items, draft.name or None), state=h.settled())
    if more := added(draft.was, draft.items):
        return h.turn(act=PlaceOrder(more, name, draft.note), state=h.settled())
    if target and target.status == "making":
        return h.turn(act=RequestChange(target, items, draft.name or None), state=h.settled())
    return h.turn(TooLate(target) if target else Phrase.NOTHING_OPEN, state=h.settled())


def added(before: tuple[Item, ...], after: tuple[Item, ...]) -> tuple[Item, ...]:
    """What came on top, where everything that was there before is still wanted; else nothing."""
    rest = list(after)
    for item in before:
        if item not in rest:
            return ()
        rest.remove(item)
    return tuple(rest)


def noted(items: tuple[Item, ...], note: str) -> tuple[Item, ...]:
    """A note that comes with a change goes onto every cup: the barista must not miss it."""
    return tuple(replace(item, note=both(item.note, note)) for item in items) if note else items


def both(note: str, more: str) -> str:
    return note if more in note else "; ".join(filter(None, (note, more)))


def named(h: Heard) -> Turn:
    """With nothing but a name: it goes onto the cup of the order that was spoken of."""
    target = next((o for o in h.facts.orders if o.pk == h.state.order), None) or h.order
    state = replace(h.settled(), nameless=False)
    return h.turn(NameTaken(h.name, target), act=SetName(h.name, target), state=state)


def usual(h: Heard) -> Turn:
    if h.facts.closed:
        return h.turn(OrderRefused(h.facts.closed), state=h.settled())
    if not h.facts.usual:
        return h.turn(Phrase.NO_USUAL, state=h.settled())
    items = tuple(with_choices(item, h.reading.choices, h.menu) for item in h.facts.usual)
    return proceed(h, OrderDraft(items, h.name or h.facts.name, h.reading.note), ())


def cancel(h: Heard) -> Turn:
    """The order named by its code, all of them, or the last one."""
    named = h.order is not None and re.search(rf"\b{re.escape(h.order.code)}\b", h.text, re.IGNORECASE)
    every = _everything().search(h.text)
    if h.order is None:
        late = h.facts.orders[-1:]
        return h.turn(TooLate(late[0]) if late else Phrase.NOTHING_TO_CANCEL, state=h.settled())
    orders = (h.order,) if named or not every else tuple(o for o in h.facts.orders if o.status != "ready")
    if all(order.status == "ready" for order in orders):
        return h.turn(TooLate(orders[-1]), state=h.settled())
    return h.turn(act=CancelOrders(orders), state=h.settled())


def let_go(h: Heard) -> Turn:
    """Of a draft: nothing was ordered, and an order that was to be changed stays as it is."""
    return h.turn(Phrase.NOT_ORDERED, state=h.settled())
