"""Reads "add that" as the drink or option that we just said we have, after a question like "do you have caramel?"."""

from __future__ import annotations

from dataclasses import replace

from inventory.menu import Menu
from orders.parser import Reading, read
from sms.conversation.spoken import folded_text, in_every_language
from sms.conversation.state import ConversationState


def taken_up(words: str, state: ConversationState) -> str:
    """Return the text with "add it" or "yes please" replaced by `state.told`, the drink or option that we said we have.

    Return any other text unchanged."""
    answers = state.offered or state.asks("confirm")
    if answers or not in_every_language("taking_up").search(folded_text(words)):
        return words
    return in_every_language("taking_up").sub(lambda _: state.told, folded_text(words), count=1)


def with_told_drink(reading: Reading, told: str, menu: Menu) -> Reading:
    """Return the reading with the drink `told` if the text orders a cup without saying which drink.

    "Do you have matcha?", and then "a large one please" orders a large matcha."""
    asks = [question for question in reading.missing if question.about == "drink"]
    if not asks:
        return reading
    answered = read(told, menu, asked=asks[0])
    return replace(reading, items=answered.items, missing=answered.missing) if answered.items else reading
