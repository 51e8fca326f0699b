"""Takes up what the last reply said that there is: "do you have caramel?", and then "great, add that"."""

from __future__ import annotations

from sms.conversation.spoken import folded_text, in_every_language
from sms.conversation.state import ConversationState


def taken_up(words: str, state: ConversationState) -> str:
    """The text with the name of that thing in place of "add it" or "yes please"; any other text as it is."""
    answers = state.offered or state.asks("confirm")
    if answers or not in_every_language("taking_up").search(folded_text(words)):
        return words
    return in_every_language("taking_up").sub(lambda _: state.told, folded_text(words), count=1)
