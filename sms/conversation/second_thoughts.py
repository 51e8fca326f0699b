"""Takes back the last change, or a part of it: "keep the latte", "not the mocha, the flat white", "undo that".

`ConversationState.before` holds the items of the order before its last change."""

from __future__ import annotations

import re
from functools import cache

from orders.items import Choice, Item
from orders.parser.atoms import Kind
from orders.parser.languages import LANGUAGES
from orders.parser.lexicon import every_name
from orders.parser.words import stems
from sms.conversation.options import with_choices
from sms.conversation.spoken import any_of, folded_text, in_every_language
from sms.conversation.turn import Heard

_EXCHANGES = (Kind.SWAP, Kind.INSTEAD, Kind.INSTEAD_OF)


@cache
def _keeps() -> re.Pattern[str]:
    return in_every_language("keeping")


@cache
def _denies() -> re.Pattern[str]:
    return in_every_language("denying")


@cache
def _exchanges() -> re.Pattern[str]:
    said = (language.phrases.get(kind, "") for language in LANGUAGES.values() for kind in _EXCHANGES)
    return any_of(phrase for phrases in said for phrase in phrases.split(","))


@cache
def _shrugs() -> re.Pattern[str]:
    return in_every_language("shrugs")


def shrugs_off(h: Heard) -> bool:
    """Whether "never mind" is about what was not served, and leaves the order."""
    return h.state.unserved and bool(_shrugs().search(folded_text(h.text)))


def taken_back(h: Heard) -> tuple[Item, ...]:
    """The items of the order where the text takes a part of the last change back; none where it changes something."""
    order, before = h.order, h.state.before
    if order is None or not before or h.state.order != order.pk or not h.reading.items:
        return ()
    text = folded_text(h.text)
    if _exchanges().search(text):
        return ()
    return _restored(h, order.wanted, before, text) or _elsewhere(h, order.wanted, before, text)


def _restored(h: Heard, now: tuple[Item, ...], before: tuple[Item, ...], text: str) -> tuple[Item, ...]:
    """ "No wait, keep the latte": a drink that the last change took off the order comes back as it was."""
    drinks, old_drinks = {item.drink for item in now}, {item.drink for item in before}
    named = {item.drink for item in h.reading.items if item not in now}
    back = tuple(item for item in before if item.drink in named - drinks)
    swapped = not drinks <= old_drinks
    if not back or (swapped and not _keeps().search(text)):
        return ()
    if swapped:
        return before
    # "Add a large cap" orders the drink anew: its options are what this text says.
    anew = [item for item in h.reading.items if item not in now]
    gone = [item for item in now if item not in h.reading.items]
    if not gone and any(item.choices for item in anew) and not _keeps().search(text):
        return ()
    # "Cancel the mocha and leave the espresso" takes the mocha off; "keep the espresso" alone does not.
    left = tuple(item for item in now if item not in gone or not _is_named(item, h))
    return (*left, *back)


def _is_named(item: Item, h: Heard) -> bool:
    words, drink = set(stems(h.text)), h.menu.drink_by_name.get(item.drink)
    return drink is not None and any(words.issuperset(stems(name)) for name in every_name(drink))


def _elsewhere(h: Heard, now: tuple[Item, ...], before: tuple[Item, ...], text: str) -> tuple[Item, ...]:
    """ "Not the mocha, the flat white": the last change was meant for the other drink."""
    if [item.drink for item in now] != [item.drink for item in before] or not _denies().search(text):
        return ()
    changed = [at for at, item in enumerate(now) if item != before[at]]
    denied = [at for at in changed if now[at].drink not in {item.drink for item in h.reading.items}]
    if len(denied) != 1:
        return ()
    at = denied[0]
    gained: tuple[Choice, ...] = tuple(choice for choice in now[at].choices if choice not in before[at].choices)
    words = set(stems(h.text))
    others = [n for n in range(len(now)) if n not in changed and (len(now) == 2 or words & set(stems(now[n].drink)))]
    items = [before[n] if n == at else item for n, item in enumerate(now)]
    for n in others:
        items[n] = with_choices(items[n], gained, h.menu)
    return tuple(items)
