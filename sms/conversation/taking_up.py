"""Resolves "add that" after a question like "do you have caramel?" to the drink or option that the answer was about."""

from __future__ import annotations

import re
from dataclasses import replace

from inventory.menu import Menu
from orders.parser import Reading, read
from sms.conversation.spoken import folded_text, in_every_language
from sms.conversation.state import ConversationState

_NEXT = re.compile(r" +(\w+)")


def taken_up(words: str, state: ConversationState, menu: Menu) -> str:
    """Return the text with "add it" or "yes please" replaced by the drink or option in `state.told`.

    `state.told` is what our last reply said we have. Any other text is returned unchanged."""
    answers = state.offered or state.asks("confirm")
    said = folded_text(words)
    found = in_every_language("taking_up").search(said)
    if answers or found is None or _counts(said[found.end() :], menu):
        return words
    return f"{said[: found.start()]}{state.told}{said[found.end() :]}"


def _counts(after: str, menu: Menu) -> bool:
    """Return whether "one" in "add one" is the number of the option that follows, as in "add one vanilla syrup".

    Otherwise "one" stands for the thing that our last reply was about."""
    word = _NEXT.match(after)
    choices = read(word[1], menu).choices if word else ()
    return any(menu.group_by_name[choice.group].amounts for choice in choices)


def with_told_drink(reading: Reading, told: str, menu: Menu) -> Reading:
    """Return the reading, with the drink `told` added if the text orders a cup but names no drink.

    Our last reply said that we have `told`. After "do you have matcha?", the text "a large one please" orders a large
    matcha."""
    asks = [question for question in reading.missing if question.about == "drink"]
    if not asks:
        return reading
    answered = read(told, menu, asked=asks[0])
    return replace(reading, items=answered.items, missing=answered.missing) if answered.items else reading
