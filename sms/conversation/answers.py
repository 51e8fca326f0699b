"""Rules for texts that answer a question of Expresso with a name, "yes" or "no"."""

from __future__ import annotations

from dataclasses import replace

from orders.parser import read
from orders.parser.words import stems
from sms.conversation.actions import SetName
from sms.conversation.asking import not_served, still_open, strange
from sms.conversation.diet import is_diet
from sms.conversation.ordering import commit, drop_draft, fill_draft, take_name, with_note
from sms.conversation.sayings import NoteKept, Phrase
from sms.conversation.smalltalk import say_unclear
from sms.conversation.spoken import folded_text, in_every_language
from sms.conversation.state import Stage
from sms.conversation.turn import Heard, Turn


def name_given(h: Heard) -> Turn:
    """Store the name that the text gives.

    If no name was asked for, a text with unknown words ("a frappe for Zoe") is treated as not understood."""
    if not h.name or (strange(h.reading) and h.state.stage is not Stage.NAMING):
        return say_unclear(h)
    return take_name(h)


def name_draft(h: Heard) -> Turn:
    draft = replace(h.state.unfinished, name=h.name)
    says = (*not_served(h), *still_open(h))
    return h.turn(*says, act=SetName(h.name) if h.name else None, state=replace(h.state, draft=draft))


def without_name(h: Heard) -> Turn:
    if in_every_language("finishing").search(folded_text(h.text)):
        # "That's all" says that the order is complete. It does not refuse to give a name, so the name is asked again.
        return ask_name_again(h)
    return h.turn(Phrase.NAMELESS, state=replace(h.settled(), nameless=True))


def ask_name_again(h: Heard) -> Turn:
    return h.turn(Phrase.NAME_AGAIN)


def accept_offer(h: Heard) -> Turn:
    """Take "yes" as the choice of the first offered substitute. Ask again if no substitutes were offered."""
    offers = h.state.asked.offers if h.state.asked else ()
    if not offers:
        return ask_again(h)
    reading = read(offers[0], h.menu, order=h.state.unfinished.items, asked=h.state.asked)
    return fill_draft(replace(h, reading=reading)) if reading.items else ask_again(h)


def confirm_cups(h: Heard) -> Turn:
    """Place the order if "yes" answers our question "That is 8 lattes, right?".

    No other question can be answered by "yes" alone, so ask it again."""
    return commit(h, h.state.unfinished) if h.state.asks("confirm") else ask_again(h)


def without_option(h: Heard) -> Turn:
    """Handle "no" while an order is unfinished.

    After a question about an option, "no" means no preference: place the order with the drink's default option. After
    any other question, drop the unfinished order."""
    draft = h.state.unfinished
    return commit(h, draft) if h.state.asks("option") and draft.items else drop_draft(h)


def ask_again(h: Heard) -> Turn:
    """Ask the open question once more. If the text contains a note for the barista, put the note on the cups."""
    kept = (NoteKept(h.reading.note),) if is_diet(h.reading.note) else ()
    draft = h.state.draft
    if draft and h.reading.note:
        draft = replace(draft, items=with_note(draft.items, h.reading.note))
    return h.turn(*kept, *not_served(h), *still_open(h), state=replace(h.state, draft=draft))


def no_name(h: Heard) -> Turn:
    """Handle a text that was not understood after the question for a name.

    A text without words ("…") means that the customer gives no name. A text with words may be a change to the order, so
    the reply says that it was not understood."""
    return say_unclear(h) if stems(h.text) else without_name(h)
