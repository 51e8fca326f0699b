"""When an order is wanted: "for 9:15", "tomorrow at 9am", "not now, in half an hour".

The words are the language's (`Language.times`). They are taken out of the text before its drinks are read. A bare
number is no time: "latte for 2" is for two people."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import islice

from orders.parser.languages import LANGUAGES
from orders.parser.reading import TimeSaid

_NOON, _DAY, _HOUR = 12, 24, 60
#: Longest time from now, in minutes. It is further ahead than any order is taken for, so a longer one is refused, too.
_MOST_MINUTES = 99 * _DAY * _HOUR
#: Numbers of a text that are looked at: a text of nothing but numbers costs no more than others.
_MOST_CANDIDATES = 20
#: Matches nothing.
_NEVER = "(?!)"


AT_ONCE = TimeSaid()


def find_time(text: str, code: str) -> tuple[TimeSaid | None, str]:
    """Find the time for which an order is wanted; return it with the text without its words."""
    table = _table(code)
    if table.at_once.fullmatch(text.strip(" .!,")):
        return AT_ONCE, ""
    if table.past.search(text):
        # "The same as yesterday at 9" says what, not when.
        return None, text
    for pattern, meaning in ((table.duration, table.after), (table.clock, table.at)):
        for match in islice(pattern.finditer(text), _MOST_CANDIDATES):
            if said := meaning(match):
                before, after = text[: match.start()], text[match.end() :]
                return said, table.not_now.sub(" ", f"{before.rstrip(' ,')} {after}").strip(" ,;-.")
    return None, text


@dataclass(frozen=True)
class _Table:
    duration: re.Pattern[str]
    clock: re.Pattern[str]
    not_now: re.Pattern[str]
    at_once: re.Pattern[str]
    past: re.Pattern[str]
    numbers: dict[str, int]

    def after(self, match: re.Match[str]) -> TimeSaid | None:
        said = match.groupdict()
        if said["half_hour"] or said["quarter_hour"]:
            return TimeSaid(minutes=30 if said["half_hour"] else 15)
        number = 1.0 if said["one"] else self._number(said["number"])
        is_days = said["days"] or said["one_day"]
        minutes = round(number * (_DAY * _HOUR if is_days else _HOUR if said["hours"] or said["one"] else 1))
        return TimeSaid(minutes=min(minutes, _MOST_MINUTES)) if minutes > 0 else None

    def at(self, match: re.Match[str]) -> TimeSaid | None:
        said = match.groupdict()
        half = "pm" if said["pm"] else "am" if said["am"] else ""
        tomorrow = bool(said["tomorrow"] or said["tomorrow_after"])
        if said["noon"] or said["midnight"]:
            return TimeSaid(None, _NOON if said["noon"] else 0, tomorrow=tomorrow)
        if said["whole"] and not (half or said["at"] or said["oclock"]):
            return None
        if said["dot"] == "." and not (half or said["oclock"]):
            return None
        hour, minute = int(self._number(said["hour"] or said["whole"] or said["halved"])), int(said["minute"] or 0)
        if said["half_past"] or said["and_half"]:
            minute = 30
        if said["half_before"]:
            hour, minute = hour - 1 or _NOON, 30
        if hour >= _DAY or minute >= _HOUR or (half and not 1 <= hour <= _NOON):
            return None
        if half:
            return TimeSaid(None, hour % _NOON + (_NOON if half == "pm" else 0), minute, tomorrow=tomorrow)
        either = 1 <= hour <= _NOON and not (said["hour"] or "").startswith("0")
        return TimeSaid(None, hour, minute, either_half=either, tomorrow=tomorrow)

    def _number(self, said: str) -> float:
        return float(said.replace(",", ".")) if said[0].isdigit() else self.numbers[said.casefold()]


@cache
def _table(code: str) -> _Table:
    language = LANGUAGES[code]
    words = {name: _any_of(phrases.split(",")) for name, phrases in language.times.items()}
    numbers = {word: int(value) for word, value in language.numbers.items() if float(value).is_integer() and value > 0}

    def named(name: str, words_of: str = "") -> str:
        return rf"(?P<{name}>{words.get(words_of or name, _NEVER)})"

    def plain(name: str) -> str:
        return rf"(?:{words.get(name, _NEVER)})"

    hour = rf"(?:\d{{1,2}}|{_any_of(word for word, value in numbers.items() if value <= _NOON)})"
    duration = rf"""
        {plain("in")}\s+ (?: {named("half_hour")} | {named("quarter_hour")}
          | {named("one")}\s+ (?: {plain("hours")} | {named("one_day", "days")} )
          | (?P<number>\d{{1,3}}(?:[.,]5)?|{_any_of(numbers)})\s*
            (?: {plain("minutes")} | {named("hours")} | {named("days")} ) )
    """
    clock = rf"""
        (?: (?: {named("tomorrow")} | {plain("today")} ) \s*,?\s+ )?
        (?: (?: {named("at")} | {plain("for")} ) \s+ )?
        (?: (?P<hour>\d{{1,2}})\s?(?P<dot>[:h.])\s?(?P<minute>\d{{2}})
          | (?: {named("half_past")} | {named("half_before")} ) \s+ (?P<halved>{hour})
          | {named("noon")} | {named("midnight")}
          | (?P<whole>{hour}) )
        (?: \s?{named("oclock")} )? (?: \s+{named("and_half")} )? (?: \s?(?: {named("am")} | {named("pm")} ) )?
        (?: \s*,?\s+ (?: {named("tomorrow_after", "tomorrow")} | {plain("today")} ) )?
    """
    not_now, at_once, past = (_compiled(plain(name)) for name in ("not_now", "at_once", "past"))
    return _Table(_compiled(duration), _compiled(clock), not_now, at_once, past, numbers)


def _any_of(phrases: Iterable[str]) -> str:
    words = sorted({phrase.strip() for phrase in phrases if phrase.strip()}, key=len, reverse=True)
    return "|".join(r"\s+".join(map(re.escape, word.split())) for word in words) or _NEVER


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w:.])(?:{pattern})(?![\w:])", re.IGNORECASE | re.VERBOSE)
