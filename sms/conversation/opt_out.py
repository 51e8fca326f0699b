"""Rules for texts by which customers stop or restart our texts, delete their data, or ask which data is stored."""

from __future__ import annotations

from orders.parser import Intent
from sms.conversation.actions import CountData, ForgetCustomer, OptIn, OptOut
from sms.conversation.facts import TO_MAKE
from sms.conversation.sayings import Phrase
from sms.conversation.smalltalk import greet
from sms.conversation.state import ConversationState
from sms.conversation.turn import Heard, Turn

#: Twilio blocks all further texts to a customer who sends one of these words:
#: https://help.twilio.com/articles/223134027
OPT_OUT_WORDS = frozenset({"STOP", "UNSUBSCRIBE", "END", "QUIT", "STOPALL", "REVOKE", "OPTOUT", "CANCEL"})


OPT_IN_WORDS = frozenset({"START", "YES", "UNSTOP"})


def opt_word(heard: Heard) -> Intent | None:
    """Return the intent of a text that consists of one of Twilio's keywords. Return None for any other text.

    CANCEL cancels the customer's order if there is one to cancel. Otherwise CANCEL means STOP, as it does for
    Twilio."""
    word = heard.text.strip().upper()
    if word == "CANCEL" and (heard.state.draft or any(order.status in TO_MAKE for order in heard.facts.orders)):
        return Intent.CANCEL
    if word in OPT_OUT_WORDS:
        return Intent.STOP
    if word in OPT_IN_WORDS and heard.facts.opted_out:
        return Intent.START
    return None


def leave(h: Heard) -> Turn:
    """Stop texting the customer. If the text is one of Twilio's keywords, reply nothing, because Twilio has already
    replied."""
    silent = h.text.strip().upper() in OPT_OUT_WORDS
    return h.turn(*(() if silent else (Phrase.STOPPED,)), act=OptOut(), state=h.settled())


def come_back(h: Heard) -> Turn:
    return h.turn(act=OptIn()) if h.facts.opted_out else greet(h)


def forget_customer(h: Heard) -> Turn:
    return h.turn(Phrase.FORGOTTEN, act=ForgetCustomer(), state=ConversationState())


def tell_stored_data(h: Heard) -> Turn:
    return h.turn(act=CountData())
