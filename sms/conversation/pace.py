"""Limits the replies to one phone, so that an auto-responder and Expresso do not answer each other forever."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from zlib import crc32

from sms.conversation.spoken import folded_text, in_every_language

#: Maximum number of texts of one phone that are answered in a minute and in a day. A person needs fewer.
REPLIES_A_MINUTE = 12
REPLIES_A_DAY = 200
#: If the same text comes twice within this many seconds, a machine sent it, or a phone sent one text twice.
MACHINE_PACE = 10
#: Maximum number of times in a row that the same text is answered. Texts that order something are always answered.
SAME_ANSWERED = 2
#: Maximum number of times in a row that we send the same question while the customer's texts do not answer it.
REPEATED = 2
#: A text with fewer words than this, such as "yes" or "large", never counts as a loop, because a person can send it
#: twice.
_FEWEST_WORDS = 3

_MINUTE, _DAY = 60, 86_400


@dataclass(frozen=True, slots=True)
class Pace:
    """Counts the texts of one phone. The conversation's state includes these counts."""

    #: `this_minute` is the number of texts in the current minute, `today` the number on the current day. `minute` and
    #: `day` say which minute and day this is, counted from 1970.
    minute: int = 0
    this_minute: int = 0
    day: int = 0
    today: int = 0
    #: `last` is a checksum of the last text, and `at` is when it came, in seconds of Unix time. `same` is how many
    #: times in a row the same text came.
    last: int = 0
    at: float = 0.0
    same: int = 0
    #: Number of texts in a row that did not answer our question, so that we asked it again.
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
        """True for the first text over a limit. The reply to this text tells the customer about the limit; later texts
        get none."""
        return self.this_minute == REPLIES_A_MINUTE + 1 or self.today == REPLIES_A_DAY + 1


def is_loop(before: Pace, now: Pace, text: str, *, orders: bool) -> bool:
    """Return whether a machine sent the text: it is an auto-reply, or it repeats the last text too fast or too
    often."""
    if not orders and auto_replies().search(folded_text(text)):
        return True
    if now.same < 2 or len(text.split()) < _FEWEST_WORDS:
        return False
    return now.at - before.at <= MACHINE_PACE or (not orders and now.same > SAME_ANSWERED)


@cache
def auto_replies() -> re.Pattern[str]:
    return in_every_language("auto_replies")
