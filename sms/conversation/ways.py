"""Recognizes texts that choose how to be notified: "email me at sam@example.org", "by push please", "text me instead".

The parser does not read these texts, because an address or the word "push" is the same in every language."""

from __future__ import annotations

import re
from dataclasses import replace

from orders.parser import Intent
from sms.conversation.actions import ChangeOrder, ChooseWay, PlaceOrder
from sms.conversation.barista_replies import PRIVATE
from sms.conversation.facts import TO_MAKE
from sms.conversation.sayings import Phrase
from sms.conversation.turn import Heard, Turn

#: Matches a mail address, but only from the beginning of a word. Otherwise searching a long word would take time that
#: grows with the square of its length.
_ADDRESS = re.compile(r"(?<![^\s@<>,;:()])[^\s@<>,;:()]+@[^\s@<>,;:()]+\.\w{2,}")
_NOTICE = r"(?:notif|benachricht|nachricht|mitteilung|message|aviso|avis)\w*"
_BY = r"(?:by|via|per|par|por)"
_PUSH = re.compile(rf"push|.*\bpush[- ]?{_NOTICE}.*|.*{_NOTICE}\b.*\bpush\b.*|.*\b{_BY} push\b.*", re.IGNORECASE)
_TEXT_ME = r"(?:just |only )?(?:text|sms) me(?: only| instead| please)*"
_TEXT = re.compile(rf"(?:.* )?{_BY} (?:text|sms)\b.*|{_TEXT_ME}", re.IGNORECASE)
_SMS = re.compile(rf"\b{_BY} sms\b|\bsms me\b", re.IGNORECASE)
#: Maximum number of words in a text that chooses how to be notified. A longer text is about something else too.
_MOST_WORDS = 8


def way_asked(h: Heard) -> ChooseWay | None:
    """Return how the customer wants to be notified, and the orders for which this holds: all that are not ready.

    Return None if the text does not say how to notify the customer."""
    orders = tuple(order for order in h.facts.orders if order.status in TO_MAKE)
    apart = h.reading.intent in PRIVATE or h.reading.intent is Intent.SUPPORT or h.reading.time or h.reading.items
    text = " ".join(h.text.split()).rstrip(".!")
    if not orders or apart or len(text.split()) > _MOST_WORDS:
        return None
    if found := _ADDRESS.search(text):
        return ChooseWay("mail", orders, found[0])
    if _PUSH.fullmatch(text):
        return ChooseWay("push", orders)
    return ChooseWay("text", orders) if _TEXT.fullmatch(text) else None


def without_ways(text: str) -> str:
    """Return the text without mail addresses and "by SMS", before the parser reads it.

    Otherwise the parser could read a part of an address as a drink, and "sms" as a size."""
    return _SMS.sub(" ", _ADDRESS.sub(" ", text)).strip()


def with_mail(h: Heard, turn: Turn) -> Turn:
    """If the text of an order contains a mail address, keep the address until the order is placed.

    If this installation cannot send mail, add to the reply to the placed order that mails are not possible."""
    found = _ADDRESS.search(h.text)
    mail = found[0] if found else h.state.unfinished.mail
    if not mail or isinstance(turn.act, ChooseWay):
        return turn
    if isinstance(turn.act, PlaceOrder | ChangeOrder):
        return replace(turn, mail=mail) if h.facts.sends_mail else replace(turn, says=(*turn.says, Phrase.NO_MAIL))
    if turn.state.draft:
        return replace(turn, state=replace(turn.state, draft=replace(turn.state.draft, mail=mail)))
    return turn


def choose_way(h: Heard, act: ChooseWay) -> Turn:
    if act.way == "mail" and not h.facts.sends_mail:
        return h.turn(Phrase.NO_MAIL)
    return h.turn(act=act)
