"""Finds out whether a text takes back the last change of an order, or a part of this change.

Examples are "keep the latte" and "not the mocha, the flat white". In this module `before` holds the items before the
last change, and `now` holds the present items of the order."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from orders.items import Choice, Item
from orders.parser import Intent, read
from orders.parser.atoms import Kind
from orders.parser.languages import LANGUAGES
from orders.parser.menu_phrases import every_name
from orders.parser.phrases import every_table
from orders.parser.words import stems
from sms.conversation.facts import OpenOrder
from sms.conversation.options import with_choices
from sms.conversation.spoken import any_of, folded_text, in_every_language, in_language, in_roles
from sms.conversation.turn import Heard

_EXCHANGES = (Kind.SWAP, Kind.INSTEAD, Kind.INSTEAD_OF)


@cache
def _doubling() -> re.Pattern[str]:
    said = (language.multipliers.split() for language in LANGUAGES.values())
    numbers = {word: value for language in LANGUAGES.values() for word, value in language.numbers.items()}
    return any_of(word for words in said for word in words if numbers.get(word, 0) > 1)


def shrugs_off(h: Heard) -> bool:
    """Return whether the text says "never mind" about the customer's previous text, which did not change an order: it
    was a question, was not understood, or named something that is not on the menu.

    "Never mind" then cancels nothing: the order stays as it is."""
    return h.state.unserved and bool(in_every_language("shrugs").search(folded_text(h.text)))


def wants_back(h: Heard) -> bool:
    """Return whether the text asks for the previous items of the order again, such as "he wants it after all".

    Only a text that the parser did not understand counts. Any other text names what the customer wants."""
    unread = h.reading.intent is Intent.UNCLEAR and h.order is not None and h.state.order == h.order.pk
    return unread and bool(h.state.before and in_every_language("keeping_it").search(folded_text(h.text)))


def taken_back(h: Heard, order: OpenOrder) -> tuple[Item, ...]:
    """Return the items of the order after the text has taken back the last change, or a part of it.

    Return an empty tuple if the text takes nothing back."""
    before, text = h.state.before, folded_text(h.text)
    if h.reading.items == order.wanted and in_every_language("single").search(text):
        return _without_doubles(h, order.wanted)
    if h.state.order != order.pk or in_roles(*_EXCHANGES).search(text):
        return ()
    return (
        _kept(h, order.wanted, before, text)
        or _restored(h, order.wanted, before, text)
        or _elsewhere(h, order.wanted, before, text)
        or _put_right(h, order.wanted, before, text)
        or _meant_other(h, order.wanted, before, text)
    )


def _without_doubles(h: Heard, now: tuple[Item, ...]) -> tuple[Item, ...]:
    """Return the items without options that double something: "just a single" removes the option "Double shot"."""
    return tuple(replace(item, choices=tuple(c for c in item.choices if not _is_double(c, h))) for item in now)


def _is_double(choice: Choice, h: Heard) -> bool:
    group = h.menu.group_by_name.get(choice.group)
    names = (
        [name for option in group.options if option.name == choice.option for name in every_name(option)]
        if group
        else ()
    )
    return any(_doubling().search(folded_text(name)) for name in names)


def _kept(h: Heard, now: tuple[Item, ...], before: tuple[Item, ...], text: str) -> tuple[Item, ...]:
    """If the text says to keep the drink that the last change removed ("actually keep it, but decaf"), return the items
    with this drink, here as a decaf.

    Return an empty tuple for any other text."""
    # The reason for removing a drink can be a note on the others by now: "I've had enough caffeine".
    stay = [replace(item, note="") for item in now]
    gone = tuple(item for item in before if replace(item, note="") not in stay)
    if len(gone) != 1 or len(now) != len(before) - 1 or not in_every_language("keeping_it").search(text):
        return ()
    if any(_is_named(item, h) for item in now):
        # The text names a drink of the present order, so it does not mean the removed one. This matters in French:
        # "gardez le cappuccino" means the cappuccino, although "gardez-le" alone would be "keep it".
        return ()
    back = read(h.text, h.menu, order=gone, language=h.facts.language).items
    return (*now, *back) if len(back) == 1 else (*now, *gone)


def _put_right(h: Heard, now: tuple[Item, ...], before: tuple[Item, ...], text: str) -> tuple[Item, ...]:
    """If the text says that the last change of an option was wrong, return the items with the right option.

    After "no milk", the text "sorry, I meant no foam" gives a drink with milk and without foam. After "double shot",
    the text "just normal" takes the double shot back. Return an empty tuple for any other text."""
    meant, normally = in_every_language("meaning").search(text), in_every_language("normally").search(text)
    changed = [at for at, item in enumerate(now) if at < len(before) and item != before[at]]
    if not (meant or normally) or len(now) != len(before) or len(changed) != 1 or in_roles(Kind.ADD).search(text):
        return ()
    then, since = before[changed[0]], now[changed[0]]
    last = {choice.group for choice in {*since.choices} ^ {*then.choices}}
    gained = [choice for choice in since.choices if choice not in then.choices]
    if len(gained) != 1 or replace(since, choices=then.choices) != then:
        return ()
    if normally:
        said = {
            c.group for old, new in zip(now, h.reading.items, strict=False) for c in {*old.choices} ^ {*new.choices}
        }
        # "Just normal" after "make it large": the parser has read it as the normal size, so nothing is left to correct.
        # "Just normal" after "double shot": the parser has not changed the shot, so take the last change back.
        return () if said & last else before
    # If the text names a drink, it can correct any drink of the order. Otherwise it corrects the drink that was changed
    # last.
    begin, end = (0, len(before)) if any(_is_named(item, h) for item in now) else (changed[0], changed[0] + 1)
    meant_for = before[begin:end]
    again = read(h.text, h.menu, order=meant_for, language=h.facts.language)
    same = [item.drink for item in again.items] == [item.drink for item in meant_for]
    items = (*before[:begin], *again.items, *before[end:])
    return items if same and items != before and not again.unknown else ()


def _restored(h: Heard, now: tuple[Item, ...], before: tuple[Item, ...], text: str) -> tuple[Item, ...]:
    """Return the items with a removed drink added again, if the text names this drink: "no wait, keep the latte".

    Return an empty tuple for any other text."""
    drinks, old_drinks = {item.drink for item in now}, {item.drink for item in before}
    named = {item.drink for item in h.reading.items}
    back = tuple(item for item in before if item.drink in named - drinks)
    swapped = not drinks <= old_drinks
    if not back or (swapped and not in_every_language("keeping").search(text)):
        return ()
    if swapped:
        return before
    back = tuple(_as_it_is_said(item, h) for item in back)
    # "Add a large cap" and "I'd also like a cap" order a new cappuccino, because they name an option or say that they
    # add. Only with a word like "keep" would they ask for the removed one.
    anew = [item for item in h.reading.items if item not in now]
    gone = [item for item in now if item not in h.reading.items]
    adds = any(item.choices for item in anew) or in_roles(Kind.ADD).search(text)
    if not gone and adds and not in_every_language("keeping").search(text):
        return ()
    if not gone:
        # "No sorry, the tea, keep the cappuccino" says that we removed the wrong drink. Remove the tea, and put the
        # cappuccino back.
        denied = [item for item in now if item in before and _is_denied(item, h, text)]
        gone = denied if len(denied) == 1 else []
        return (*(item for item in now if item not in gone), *back)
    # `gone` are the drinks that the parser dropped. Drop those that the text names: the mocha in "cancel the mocha and
    # leave the espresso". "Keep the espresso" names no drink to drop, so the others stay.
    left = tuple(item for item in now if item not in gone or not _is_named(item, h))
    return (*left, *back)


def _as_it_is_said(item: Item, h: Heard) -> Item:
    """Return the drink with the options that the text adds: "keep the mocha, but small"."""
    again = read(h.text, h.menu, order=(item,), language=h.facts.language).items
    return again[0] if [each.drink for each in again] == [item.drink] else item


def _is_denied(item: Item, h: Heard, text: str) -> bool:
    """Return whether the text says that this drink is the wrong one: the tea in "no sorry, the tea, keep the
    cappuccino".

    Such a text has a word like "no" or "sorry", and a word like "keep". The drink is not the wrong one if it stands
    next to "keep" or "add", like the cappuccino here."""
    if not in_every_language("keeping").search(text) or not (_says_no(text) or in_roles(Kind.CORRECT).search(text)):
        return False
    named = [part for part in re.split(r"[,.;!]+", text) if _is_named(item, h, part)]
    return bool(named) and not any(
        in_every_language("keeping").search(part) or in_roles(Kind.ADD).search(part) for part in named
    )


def _meant_other(h: Heard, now: tuple[Item, ...], before: tuple[Item, ...], text: str) -> tuple[Item, ...]:
    """Return the items with the last change moved to another drink, if the text only says which drink was meant.

    After "make the latte large", the text "sorry, I meant the mocha" makes the mocha large, and the latte is as before.
    If there are only two drinks, "no, the other one" does the same. Return an empty tuple for any other text."""
    code = h.reading.language or h.facts.reply_language
    corrects = _says_no(text) or in_every_language("meaning").search(text) or in_roles(Kind.CORRECT).search(text)
    if not corrects or h.reading.items != now or h.reading.unknown or in_language("denying", code).search(text):
        return ()
    # Compare by content: if a drink was removed, the positions in `before` and `now` differ.
    changed = [at for at, item in enumerate(before) if item not in now]
    meant = all_named(before, h)
    if in_roles(Kind.REST, code=code).search(text) and len(before) == 2:
        meant = {0, 1}.difference(changed)
    if len(changed) != 1 or len(meant) != 1:
        return ()
    (was,), (to,) = changed, meant
    if len(now) < len(before):
        return tuple(item for at, item in enumerate(before) if at != to)
    gained = tuple(choice for choice in now[was].choices if choice not in before[was].choices)
    exchanged = now[was].drink != before[was].drink
    moved = with_choices(replace(before[to], drink=now[was].drink) if exchanged else before[to], gained, h.menu)
    return tuple(moved if at == to else item for at, item in enumerate(before)) if gained or exchanged else ()


def _says_no(text: str) -> bool:
    """Return whether the text begins with a word that means "no" as an answer, in any language."""
    return any(table.messages.get(stems(text)[:1]) is Intent.NO for table in every_table())


def _is_named(item: Item, h: Heard, text: str = "") -> bool:
    words = set(stems(text or h.text))
    return any(words.issuperset(name) for name in _names_of(item, h))


def all_named(items: tuple[Item, ...], h: Heard) -> set[int]:
    """Return the positions in `items` of the drinks that the text names.

    Longer names are looked for first, so "the chai latte" does not name a latte."""
    text, places = f" {' '.join(stems(h.text))} ", set()
    names = [(f" {' '.join(name)} ", place) for place, item in enumerate(items) for name in _names_of(item, h)]
    for name, place in sorted(names, key=lambda each: len(each[0]), reverse=True):
        if name in text:
            text = text.replace(name, " , ")
            places.add(place)
    return places


def _names_of(item: Item, h: Heard) -> list[tuple[str, ...]]:
    drink = h.menu.drink_by_name.get(item.drink)
    if drink is None:
        return []
    # Only names in the text's language count. Otherwise the word "the" would name a tea, because "thé" without its
    # accent is "the".
    translated = drink.translations.get(h.reading.language or h.facts.reply_language, ())
    return [stems(name) for name in (drink.name, *drink.aliases, *translated)]


def _elsewhere(h: Heard, now: tuple[Item, ...], before: tuple[Item, ...], text: str) -> tuple[Item, ...]:
    """If the text says that the last change was not for the changed drink, return the items with this change moved to
    another drink.

    After "make the mocha large", the text "not the mocha, the flat white" makes the flat white large, and the mocha is
    as before. Return an empty tuple for any other text."""
    if [item.drink for item in now] != [item.drink for item in before] or not in_every_language("denying").search(text):
        return ()
    changed = [at for at, item in enumerate(now) if item != before[at]]
    denied = [at for at in changed if now[at].drink not in {item.drink for item in h.reading.items}]
    others_meant = {item.drink for item in h.reading.items} - {item.drink for item in now}
    if len(denied) != 1 or others_meant:
        # The text names a drink that is not in the order. "Not the mocha, the tea" replaces the mocha by a tea, so it
        # moves no change to another drink.
        return ()
    at = denied[0]
    denying = in_language("denying", h.reading.language or h.facts.reply_language)
    if all_named(now, h) == {at} and not denying.search(text):
        # "No mocha" removes the mocha, while "not the mocha" says that a change was meant for another drink. In
        # Spanish, "no" means both, so there it counts as "not".
        return ()
    gained: tuple[Choice, ...] = tuple(choice for choice in now[at].choices if choice not in before[at].choices)
    named = {0, 1} if len(now) == 2 else all_named(now, h)
    others = named.difference(changed)
    if not others and changed == [at]:
        # "Not the latte" names no other drink, so it removes the latte.
        return ()
    items = [before[n] if n == at else item for n, item in enumerate(now)]
    for n in others:
        items[n] = with_choices(items[n], gained, h.menu)
    return tuple(items)
