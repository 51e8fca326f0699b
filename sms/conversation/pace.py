"""Limits how much one phone is answered, so that an auto-responder and Expresso never talk to each other for ever."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from zlib import crc32

from sms.conversation.spoken import folded_text, in_every_language

#: Nobody types more texts in a minute, and nobody needs more in a day.
REPLIES_A_MINUTE = 12
REPLIES_A_DAY = 200
#: Seconds within which the same text again was sent by a machine, or twice by one tap.
MACHINE_PACE = 10
#: How many times in a row the same text is answered, if it holds no order.
SAME_ANSWERED = 2
#: How many times in a row we say the same question, or small talk, to texts that answer nothing.
REPEATED = 2
#: Shorter answers ("yes", "large") may well be the same twice.
_FEWEST_WORDS = 3

_MINUTE, _DAY = 60, 86_400


@dataclass(frozen=True, slots=True)
class Pace:
    """The texts of one phone, counted; a part of the conversation's state."""

    #: The minute and the day that are counted, since 1970.
    minute: int = 0
    this_minute: int = 0
    day: int = 0
    today: int = 0
    #: A checksum of the last text, when it came, and how often it came in a row.
    last: int = 0
    at: float = 0.0
    same: int = 0
    #: How many texts in a row answered nothing, so that we could only say the same again.
    stuck: int = 0

    def after(self, text: str, now: float) -> Pace:
        minute, day, last = int(now // _MINUTE), int(now // _DAY), crc32(" ".join(text.lower().split()).encode())
        return Pace(
            minute,
            self.this_minute + 1 if minute == self.minute else 1,
            day,
            self.today + 1 if day == self.day else 1,
            last,
            now,
            self.same + 1 if last == self.last else 1,
            self.stuck,
        )

    @property
    def over_limit(self) -> bool:
        return self.this_minute > REPLIES_A_MINUTE or self.today > REPLIES_A_DAY

    @property
    def just_over(self) -> bool:
        """Whether this is the first text over a limit: only this one gets a reply that says so."""
        return self.this_minute == REPLIES_A_MINUTE + 1 or self.today == REPLIES_A_DAY + 1


def is_loop(before: Pace, now: Pace, text: str, *, orders: bool) -> bool:
    """A machine sent the text: an auto-reply, or the same words again at a machine's pace or again and again."""
    if not orders and auto_replies().search(folded_text(text)):
        return True
    if now.same < 2 or len(text.split()) < _FEWEST_WORDS:
        return False
    return now.at - before.at <= MACHINE_PACE or (not orders and now.same > SAME_ANSWERED)


@cache
def auto_replies() -> re.Pattern[str]:
    return in_every_language("auto_replies")
