"""What a text is by what we had asked before: TABLE is the whole conversation."""

from __future__ import annotations

import re
from dataclasses import replace

from inventory.menu import Menu
from orders.parser import Intent, Reading, read
from sms.conversation.answers import (
    accept,
    ask_again,
    ask_name_again,
    name_draft,
    no_name,
    rename,
    without_name,
    without_option,
)
from sms.conversation.barista_replies import after_message, is_last, to_barista
from sms.conversation.facts import Facts, OpenOrder
from sms.conversation.feedback import after_pickup, rate, rated_or, unclear_taste
from sms.conversation.opt_out import forget, my_data, opt_word, start, stop
from sms.conversation.ordering import cancel, change, fill, let_go, order, usual
from sms.conversation.sayings import DraftExpired
from sms.conversation.smalltalk import answer, call_person, fine, greet, help_, not_understood, show_menu, status, thank
from sms.conversation.state import ConversationState
from sms.conversation.turn import Heard, Rule, Turn


def respond(state: ConversationState, text: str, menu: Menu, facts: Facts) -> Turn:
    """Decide about one text. Never raises, whatever the text."""
    rating_just_asked = facts.rating_asked is not None and facts.rating_asked.at > state.at
    just_written = is_last(facts.written, state, facts)
    lapsed = state.draft if state.expired(facts.now) else None
    if state.expired(facts.now):
        state = replace(state, draft=None, asked=None, offered=False)
    state = after_pickup(state, facts)
    if facts.written and just_written:
        state = after_message(state, facts.written, menu, facts)
    state = replace(state, at=facts.now.timestamp())
    order, words = spoken_of(text, state, facts)
    in_hand = state.draft.items if state.draft else order.wanted if order else ()
    reading = read(words, menu, order=in_hand, asked=state.asked, language=facts.language)
    heard = Heard(text, reading, state, menu, facts, order, rating_just_asked, just_written)
    reading = replace(reading, intent=opt_word(heard) or reading.intent)
    heard = replace(heard, reading=reading)
    turn = to_barista(heard, TABLE[reading.intent][state.stage](heard))
    if lapsed and turn.act is None:
        turn = replace(turn, says=(DraftExpired(lapsed.items), *turn.says))
    return turn


def spoken_of(text: str, state: ConversationState, facts: Facts) -> tuple[OpenOrder | None, str]:
    """The open order that the text is about, and the text without its code.

    Without a code it is the last one that can still be changed, else the last one in the making."""
    for open_order in facts.orders:
        code = re.compile(rf"#?\b{re.escape(open_order.code)}\b", re.IGNORECASE)
        if code.search(text):
            return open_order, code.sub(" ", text).strip() or "status"
    to_make = [each for each in facts.orders if each.status != "ready"]
    changeable = [each for each in to_make if each.changeable]
    return next(reversed(changeable or to_make), None), text


#: A text's kind (row) by what we had asked before (column: `Stage`). Talk leaves a question open and repeats it.
#:                    nothing         drink or option a substitute the name        how it was
TABLE: dict[Intent, tuple[Rule, Rule, Rule, Rule, Rule]] = {
    Intent.ORDER:     (order,          fill,           fill,        order,          rated_or(order)),
    Intent.CHANGE:    (change,         fill,           fill,        change,         rated_or(change)),
    Intent.USUAL:     (usual,          usual,          usual,       usual,          usual),
    Intent.CANCEL:    (cancel,         let_go,         let_go,      cancel,         cancel),
    Intent.NAME:      (rename,         name_draft,     name_draft,  rename,         rename),
    Intent.YES:       (fine,           ask_again,      accept,      ask_name_again, rate),
    Intent.NO:        (fine,           without_option, let_go,      without_name,   thank),
    Intent.UNCLEAR:   (not_understood, ask_again,      ask_again,   no_name,        rated_or(unclear_taste)),
    Intent.GREETING:  (greet,          greet,          greet,       greet,          greet),
    Intent.THANKS:    (thank,          thank,          thank,       thank,          rated_or(thank)),
    Intent.MENU:      (show_menu,      show_menu,      show_menu,   show_menu,      show_menu),
    Intent.QUESTION:  (answer,         answer,         answer,      answer,         answer),
    Intent.STATUS:    (status,         status,         status,      status,         status),
    Intent.HELP:      (help_,          help_,          help_,       help_,          help_),
    Intent.SUPPORT:   (call_person,    call_person,    call_person, call_person,    rated_or(call_person)),
    Intent.STOP:      (stop,           stop,           stop,        stop,           stop),
    Intent.START:     (start,          start,          start,       start,          start),
    Intent.FORGET:    (forget,         forget,         forget,      forget,         forget),
    Intent.MY_DATA:   (my_data,        my_data,        my_data,     my_data,        my_data),
}  # fmt: skip


def language_after(reading: Reading, facts: Facts) -> str | None:
    """What the customer speaks, as far as known, of what the event answers in."""
    return reading.language if reading.language in facts.languages else facts.language
