"""Twilio's words, and whoever leaves, comes back or asks what is kept."""

from __future__ import annotations

from orders.parser import Intent
from sms.conversation.actions import CountData, ForgetCustomer, OptIn, OptOut
from sms.conversation.sayings import Phrase
from sms.conversation.smalltalk import greet
from sms.conversation.state import ConversationState
from sms.conversation.turn import Heard, Turn

#: Alone in a text they make Twilio block us: https://help.twilio.com/articles/223134027
OPT_OUT_WORDS = frozenset({"STOP", "UNSUBSCRIBE", "END", "QUIT", "STOPALL", "REVOKE", "OPTOUT", "CANCEL"})


OPT_IN_WORDS = frozenset({"START", "YES", "UNSTOP"})


def opt_word(heard: Heard) -> Intent | None:
    """Twilio's words, alone in a text, mean what they mean to Twilio, but nobody leaves by a change of mind.

    Somebody with an order to drop who texts CANCEL means the order."""
    word = heard.text.strip().upper()
    if word == "CANCEL" and (heard.state.draft or any(order.status != "ready" for order in heard.facts.orders)):
        return Intent.CANCEL
    if word in OPT_OUT_WORDS:
        return Intent.STOP
    if word in OPT_IN_WORDS and heard.facts.opted_out:
        return Intent.START
    return None


def stop(h: Heard) -> Turn:
    """Where the word alone arrived, the carrier has answered already."""
    silent = h.text.strip().upper() in OPT_OUT_WORDS
    return h.turn(*(() if silent else (Phrase.STOPPED,)), act=OptOut(), state=h.settled())


def start(h: Heard) -> Turn:
    return h.turn(act=OptIn()) if h.facts.opted_out else greet(h)


def forget(h: Heard) -> Turn:
    return h.turn(Phrase.FORGOTTEN, act=ForgetCustomer(), state=ConversationState())


def my_data(h: Heard) -> Turn:
    return h.turn(act=CountData())
