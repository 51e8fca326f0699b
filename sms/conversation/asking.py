"""Finds the open question that a reply must repeat, and the words of the customer that a reply must mention."""

from __future__ import annotations

from orders.parser import Question, Reading
from orders.parser.words import clean, tokenize
from sms.conversation.options import lacks, options_of
from sms.conversation.sayings import (
    AskDrink,
    AskOption,
    AskWhich,
    ConfirmCups,
    DoesNotFit,
    Phrase,
    Saying,
    UnknownWords,
)
from sms.conversation.state import OrderDraft
from sms.conversation.turn import Heard


def not_served(h: Heard) -> tuple[Saying, ...]:
    """Return the parts of the reply that tell what the customer asked for and will not get: words that are not on the
    menu, and options that the drink does not come with."""
    unknown, reading = as_typed(strange(h.reading), h.text), h.reading
    says: list[Saying] = []
    if unknown:
        says.append(UnknownWords(unknown))
    if reading.misfits:
        says.append(DoesNotFit(reading.misfits))
    return tuple(says)


def strange(reading: Reading) -> tuple[str, ...]:
    """Return the customer's words that are not on the menu.

    Options of the menu are not among them, even if the drink does not come with these options."""
    misfits = {misfit.said for misfit in reading.misfits}
    return tuple(word for word in reading.unknown if word not in misfits)


def as_typed(phrases: tuple[str, ...], text: str) -> tuple[str, ...]:
    """Return the phrases as the customer typed them. The parser's phrases have lost their capitals and accents."""
    cleaned = clean(text)
    tokens = tokenize(cleaned)
    words = [token.text for token in tokens]

    def typed(phrase: str) -> str:
        said = phrase.split()
        for at in range(len(words) - len(said) + 1):
            if words[at : at + len(said)] == said:
                return cleaned[tokens[at].start : tokens[at + len(said) - 1].end]
        return phrase

    return tuple(typed(phrase) for phrase in phrases)


def which_to_drop(asked: Question, draft: OrderDraft) -> AskWhich:
    return AskWhich(tuple(item for item in draft.items if item.drink in asked.offers))


def still_open(h: Heard) -> tuple[Saying, ...]:
    """Return the open question, so that the reply can repeat it. Return an empty tuple if no question is open."""
    asked, draft = h.state.asked, h.state.draft
    if asked is None or draft is None:
        return ()
    match asked.about:
        case "drink":
            return (AskDrink(asked.choices, asked.offers),)
        case "drop":
            return (which_to_drop(asked, draft),)
        case "confirm":
            return (ConfirmCups(draft.items),)
        case "time":
            return (Phrase.ASK_TIME,)
        case "option" if draft.items[asked.item :]:
            lacking = tuple(item for item in draft.items if lacks(item, asked.group, h.menu))
            return (AskOption(lacking or (draft.items[asked.item],), asked.group, options_of(asked, h.menu)),)
        case _:
            return ()
