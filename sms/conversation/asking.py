"""Finds what a reply has to ask, and which words of the customer it must mention."""

from __future__ import annotations

from orders.parser import Reading
from orders.parser.words import clean, tokenize
from sms.conversation.options import lacks, options_of
from sms.conversation.sayings import AskDrink, AskOption, ConfirmCups, DoesNotFit, Phrase, Saying, UnknownWords
from sms.conversation.turn import Heard


def not_served(h: Heard) -> tuple[Saying, ...]:
    """Mention what the customer asked for and will not get, so that nothing is left out in silence."""
    unknown, reading = as_typed(strange(h.reading), h.text), h.reading
    says: list[Saying] = []
    if unknown:
        says.append(UnknownWords(unknown))
    if reading.misfits:
        says.append(DoesNotFit(reading.misfits))
    return tuple(says)


def strange(reading: Reading) -> tuple[str, ...]:
    """Words that the menu does not know. An option that does not fit its drink is known."""
    misfits = {misfit.said for misfit in reading.misfits}
    return tuple(word for word in reading.unknown if word not in misfits)


def as_typed(phrases: tuple[str, ...], text: str) -> tuple[str, ...]:
    """The phrases as the customer typed them, with capitals and accents; the parser compares words without both."""
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


def still_open(h: Heard) -> tuple[Saying, ...]:
    """Repeat the question that waits for an answer."""
    asked, draft = h.state.asked, h.state.draft
    if asked is None or draft is None:
        return ()
    match asked.about:
        case "drink" | "drop":
            return (AskDrink(asked.choices, asked.offers),)
        case "confirm":
            return (ConfirmCups(draft.items),)
        case "time":
            return (Phrase.ASK_TIME,)
        case "option" if draft.items[asked.item :]:
            lacking = tuple(item for item in draft.items if lacks(item, asked.group, h.menu))
            return (AskOption(lacking or (draft.items[asked.item],), asked.group, options_of(asked, h.menu)),)
        case _:
            return ()
