"""What is asked back, and what is named back."""

from __future__ import annotations

from orders.parser import Reading
from sms.conversation.options import lacks, options_of
from sms.conversation.sayings import AskDrink, AskOption, DoesNotFit, Saying, UnknownWords
from sms.conversation.turn import Heard


def not_served(reading: Reading) -> tuple[Saying, ...]:
    """What was said and is not part of the order: named back, never dropped in silence."""
    unknown = strange(reading)
    return (
        *((UnknownWords(unknown),) if unknown else ()),
        *((DoesNotFit(reading.misfits),) if reading.misfits else ()),
    )


def strange(reading: Reading) -> tuple[str, ...]:
    """Words that the menu does not know; an option that does not fit its drink is known."""
    misfits = {misfit.said for misfit in reading.misfits}
    return tuple(word for word in reading.unknown if word not in misfits)


def still_open(h: Heard) -> tuple[Saying, ...]:
    """The question that waits for an answer, once more."""
    asked, draft = h.state.asked, h.state.draft
    if asked is None or draft is None:
        return ()
    if asked.about == "drink":
        return (AskDrink(asked.choices, asked.offers),)
    if asked.about == "option" and asked.item < len(draft.items):
        items = tuple(item for item in draft.items if lacks(item, asked.group, h.menu)) or (draft.items[asked.item],)
        return (AskOption(items, asked.group, options_of(asked, h.menu)),)
    return ()
