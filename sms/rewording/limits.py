"""Checks of an event's own wording: placeholders, opt-out words, and the length with the longest possible names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from inventory.snapshot import menu_of
from orders.items import Item
from orders.parser.languages import LANGUAGES
from sms.conversation.actions import QuotedWait
from sms.conversation.opt_out import OPT_OUT_WORDS
from sms.replies import names, order_texts
from sms.replies.gsm7 import plain
from sms.segments import GSM_7, GSM_7_EXTENSION, segments
from sms.wording.sentences import Sentence, placeholders
from stations.models import Event

#: A very long customer name, for measuring the longest text.
LONGEST_NAME = "Maria-Magdalena Freifrau von Hohenstein"
#: A very long reason for cancelling, for measuring the longest text. It has 60 characters, because a longer reason is
#: cut off in the text (`notifications.cancelled`).
LONGEST_REASON = "the grinder gave up and the next one only comes tomorrow, sorry"[:60]
#: Characters that are replaced by simpler ones before a text is sent.
CURLY = "’‘“”–—…"

_BRACED = re.compile(r"\{(\w+)\}")
_WORDS = "|".join(sorted(OPT_OUT_WORDS))
_SHOUTED = re.compile(rf"\b({_WORDS})\b")


@cache
def _prompted() -> re.Pattern[str]:
    """Return a pattern that finds an opt-out word after a verb ("reply STOP") or in quotes ("'STOP'").

    The pattern is for text from `plain`, in which all quotes are straight."""
    verbs = plain("|".join(language.texting_verbs for language in LANGUAGES.values() if language.texting_verbs))
    return re.compile(rf"\b(?:{verbs})\b[\s:'\"]+({_WORDS})\b|['\"]({_WORDS})['\"]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Measure:
    coding: str
    units: int
    #: Maximum number of units in a text of one segment: 160 in GSM-7, 70 in UCS-2.
    room: int
    segments: int


def measure_text(text: str) -> Measure:
    if GSM_7.issuperset(text):
        return Measure("GSM-7", sum(1 + (char in GSM_7_EXTENSION) for char in text), 160, segments(text))
    return Measure("UCS-2", sum(1 + (ord(char) > 0xFFFF) for char in text), 70, segments(text))


@dataclass(frozen=True)
class OwnSentence:
    """Checks an event's own wording of one sentence, with the longest value of each placeholder."""

    sentence: Sentence
    standard: str
    longest: Mapping[str, str]

    @classmethod
    def of(cls, sentence: Sentence, event: Event, language: str) -> OwnSentence:
        with override(language):
            return cls(sentence, _(sentence.standard), longest(event))

    def at_worst(self, own: str) -> str:
        """Return the wording with the longest value of each placeholder, as it would be sent."""
        framed = self.sentence.frame.replace("{}", own)
        return plain(_BRACED.sub(lambda name: self.longest.get(name[1], name[0]), framed))

    @property
    def most(self) -> int:
        """Maximum number of SMS segments of the wording together with its frame.

        Usually this is `Sentence.most`. If the standard wording itself needs more segments with the longest values, the
        event's wording can need as many."""
        return max(self.sentence.most, segments(self.at_worst(self.standard)))

    def faults(self, own: str) -> Iterator[str]:
        """Yield the reasons why this wording is refused. Each is a sentence that says what to do."""
        known, needed = self.sentence.placeholders, self.sentence.placeholders - self.sentence.optional
        try:
            said = placeholders(own)
        except ValueError:
            yield _("A brace is open, or holds more than a name; write placeholders as they are listed here.")
            return
        if unknown := said - known:
            yield _("Nothing is known for %(words)s here; leave it out.") % {"words": braced(unknown)}
        if missing := needed - said:
            yield _("%(words)s is missing, and customers need it; put it in.") % {"words": braced(missing)}
        if word := opt_out_in(own):
            yield _(
                "Who texts %(word)s gets no more texts from this number, not even that the coffee is ready; "
                "name another word, such as DROP."
            ) % {"word": word}
        if lost := sorted({char for char in own if not char.isspace() and not plain(char)}):
            yield _("%(chars)s cannot be sent; leave it out.") % {"chars": " ".join(lost)}
        if not unknown and (counted := segments(self.at_worst(own))) > self.most:
            yield _("With the longest names this takes %(counted)d texts, and %(most)d at most; shorten it.") % {
                "counted": counted,
                "most": self.most,
            }

    @property
    def examples(self) -> list[tuple[str, str]]:
        """The allowed placeholders, each with its longest value."""
        return [(f"{{{name}}}", self.longest[name]) for name in sorted(self.sentence.placeholders)]

    def as_json(self) -> dict[str, Any]:
        """Return the data for the counter in the browser (static/js/wording.js)."""
        return {
            "frame": self.sentence.frame,
            "longest": {name: plain(text) for name, text in self.longest.items()},
            "most": self.most,
            "gsm7": "".join(sorted(GSM_7)),
            "extension": "".join(sorted(GSM_7_EXTENSION)),
            "plain": {char: plain(char) for char in CURLY},
        }


def longest(event: Event) -> dict[str, str]:
    """Return the longest value of each placeholder. Names come from the event's menu and stations, in the active
    language."""
    menu = menu_of(event).menu
    cups = event.max_drinks_per_order or 99
    orders = [order_texts.spoken((Item(drink.name, quantity=cups),), menu, order_texts.COUNT) for drink in menu.drinks]
    sample = names.example(menu) or "a coffee"
    categories = dict.fromkeys(names.within_sentence(drink.category) for drink in menu.drinks)
    return {
        "sample": sample,
        "items": _widest(orders, sample),
        "code": "W99",
        "wait": order_texts.wait_spoken(QuotedWait(0, 100, 120)),
        "station": _widest(event.stations.values_list("name", flat=True), _("Bar")),
        "name": LONGEST_NAME,
        "time": _("{time} on {day}").format(time="23:59", day="31.12."),
        "n": "99",
        "categories": names.listed(list(categories), _("and")),
        "event": names.cut(event.name, 40),
        "hello": _("Hi {name}!").format(name=LONGEST_NAME),
        "reason": LONGEST_REASON,
        "ask": _("Please ask at the bar."),
        "order_like": _("Text me an order like '{sample}', or MENU.").format(sample=sample),
    }


def opt_out_in(own: str) -> str:
    """Return the opt-out word that this wording asks customers to text, or "".

    Customers who texted such a word would get no more texts."""
    found = _SHOUTED.search(own) or _prompted().search(plain(own))
    return next(filter(None, found.groups())).upper() if found else ""


def braced(names: Iterable[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names))


def _widest(texts: Iterable[str], otherwise: str) -> str:
    return max(texts, key=len, default=otherwise)
