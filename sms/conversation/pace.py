"""Limits how many replies one phone gets, so that an auto-responder and Expresso do not answer each other forever."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from zlib import crc32

from sms.conversation.spoken import folded_text, in_every_language

#: How many texts of one phone are answered in a minute and in a day. No person types or needs more.
REPLIES_A_MINUTE = 12
REPLIES_A_DAY = 200
#: The same text twice within this many seconds comes from a machine, or from one tap that sent it twice.
MACHINE_PACE = 10
#: How many times in a row the same text is answered, if it holds no order.
SAME_ANSWERED = 2
#: How many times in a row we send the same question or small talk while the customer's texts do not answer it.
REPEATED = 2
#: A text with fewer words ("yes", "large") never counts as a loop, because a person may send it twice.
_FEWEST_WORDS = 3

_MINUTE, _DAY = 60, 86_400


@dataclass(frozen=True, slots=True)
class Pace:
    """Counts the texts of one phone. The conversation's state includes these counts."""

    #: `this_minute` counts the texts of `minute`, and `today` counts the texts of `day`. Minutes and days are numbered
    #: since 1970.
    minute: int = 0
    this_minute: int = 0
    day: int = 0
    today: int = 0
    #: `last` is a checksum of the last text, `at` is its time in seconds of Unix time, and `same` is how many times in
    #: a row it came.
    last: int = 0
    at: float = 0.0
    same: int = 0
    #: How many texts in a row did not answer our question, so that we repeated it.
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
        """Tell whether this is the first text over a limit. Only this text gets a reply about the limit."""
        return self.this_minute == REPLIES_A_MINUTE + 1 or self.today == REPLIES_A_DAY + 1


def is_loop(before: Pace, now: Pace, text: str, *, orders: bool) -> bool:
    """Tell whether a machine sent the text: it is an auto-reply, or repeats the last text too fast or too often."""
    if not orders and auto_replies().search(folded_text(text)):
        return True
    if now.same < 2 or len(text.split()) < _FEWEST_WORDS:
        return False
    return now.at - before.at <= MACHINE_PACE or (not orders and now.same > SAME_ANSWERED)


@cache
def auto_replies() -> re.Pattern[str]:
    return in_every_language("auto_replies")
