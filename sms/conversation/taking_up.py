"""Takes up what the last reply said that there is: "do you have caramel?", and then "great, add that"."""

from __future__ import annotations

import re
from functools import cache

from sms.conversation.spoken import folded_text, in_every_language
from sms.conversation.state import ConversationState


@cache
def _takes_up() -> re.Pattern[str]:
    return in_every_language("taking_up")


def taken_up(words: str, state: ConversationState) -> str:
    """The text with the name of that thing in place of "add it" or "yes please"; any other text as it is."""
    answers = state.offered or (state.asked is not None and state.asked.about == "confirm")
    if answers or not _takes_up().search(folded_text(words)):
        return words
    return _takes_up().sub(lambda _: state.told, folded_text(words), count=1)
