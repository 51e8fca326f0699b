"""Finds when an order is wanted: "for 9:15", "tomorrow at 9am", "not now, in half an hour".

Each language lists its words for times (`Language.times`). These words are taken out of the text before its drinks are
read. A bare number is no time: "latte for 2" is for two people. "Tomorrow" and "later" name no time of day, so the
customer is asked for one."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice

from orders.parser.languages import LANGUAGES
from orders.parser.reading import TimeSaid
from orders.parser.words import fold

_NOON, _DAY, _HOUR = 12, 24, 60
#: Longest time from now, in minutes. A longer time is shortened to this one. Either way the order is refused, because
#: orders are not taken so far ahead.
_MOST_MINUTES = 99 * _DAY * _HOUR
#: Maximum number of phrases of a text that are tried as a time of day, and as a time from now. Without a maximum, a
#: text full of numbers would take long.
_MOST_CANDIDATES = 20
#: A pattern that matches nothing.
_NEVER = "(?!)"


AT_ONCE = TimeSaid()
#: Keys of `Language.times` for words that alone name no time of day and no day, such as "for" and "ago".
_BESIDE = frozenset(
    {
        *("for", "in", "one", "and_half", "and_minutes", "less_minutes", "past_hour", "to_hour", "ago", "ago_before"),
        *("not_now", "same"),
        *("no_day_after", "weekday_before", "weekday_after", "part_of_day", "suits"),
    }
)
_WORDS = re.compile(r"[^\W\d_]+")
_CLOCK = re.compile(r"\d\s?[:h]\s?\d", re.IGNORECASE)


def languages_of_times(text: str, codes: Iterable[str]) -> list[str]:
    """Return those of the languages `codes` in which the text can name a time of day or a day. Most texts name neither.

    This only looks for single words such as "tomorrow" and for times such as "9:15", which is much quicker than
    `find_time`."""
    words, clock = _WORDS.findall(text.lower()), _CLOCK.search(text)
    if not clock and _telling_anywhere().isdisjoint(words):
        return []
    return [code for code in codes if clock or not _telling(code).isdisjoint(words)]


@cache
def _telling_anywhere() -> frozenset[str]:
    return frozenset().union(*map(_telling, LANGUAGES))


@cache
def _telling(code: str) -> frozenset[str]:
    """Return the longest word of each phrase for a time. A text without any of these words names no time.

    Among equally long words of a phrase the last one counts: "m" of "a.m."."""
    said = (phrases for name, phrases in LANGUAGES[code].times.items() if name not in _BESIDE)
    phrases = (_WORDS.findall(phrase.lower()) for phrase in ",".join(said).split(","))
    return frozenset(max(reversed(words), key=len, default="") for words in phrases)


def asks_for_time(rest: str, code: str) -> bool:
    """Return whether the text only asks if a time is possible, as in "could it be at 10:15?". `rest`: the text
    without the time."""
    return _suits(code).issuperset(map(fold, _WORDS.findall(rest)))


@cache
def _suits(code: str) -> frozenset[str]:
    return frozenset(map(fold, _WORDS.findall(LANGUAGES[code].times.get("suits", ""))))


def find_time(text: str, code: str, *, own: bool = True, asked: bool = False) -> tuple[TimeSaid | None, str]:
    """Return the time for which the order is wanted, and the text without the words for this time.

    The time is None if the text names none. `own`: the text is in this language. If it is not, a day counts only
    together with a time of day, because a word can mean something else in the other language: "hier" is French for
    "yesterday" and German for "here". `asked`: the customer was asked for a time, so a bare number is a time."""
    table = _table(code)
    if table.at_once.fullmatch(text.strip(" .!,")):
        return AT_ONCE, ""
    if asked and table.at_once.search(text):
        return AT_ONCE, ""
    if asked and (whole := table.clock.fullmatch(text.strip(" .!,"))) and (said := table.at(whole, asked=True)):
        return said, ""
    if table.same.search(text) and any(table.days[name].search(text) for name in ("past", "before_yesterday")):
        # "The same as yesterday at 9" says what is ordered, and not when.
        return None, text
    clock, rest = _clock(text, table)
    if clock is not None and (clock.hour is None):
        return clock, rest
    if clock is None:
        # "Morgen! Einen Latte bitte" is German for "Morning! A latte please", although "morgen" also means "tomorrow".
        rest = table.greeting.sub(" ", rest)
    day, rest = _day(rest, table)
    if clock is None:
        return day if own else None, table.not_now.sub(" ", rest).strip(" ,;-.")
    if day is None:
        return clock, rest
    return replace(clock, days=day.days, weekday=day.weekday), rest


def _clock(text: str, table: _Table) -> tuple[TimeSaid | None, str]:
    """Return the time of day or the time from now that the text names, and the rest of the text.

    The time is None if the text names none."""
    for pattern, meaning in ((table.duration, table.after), (table.clock, table.at)):
        for match in islice(pattern.finditer(text), _MOST_CANDIDATES):
            if said := meaning(match):
                return said, _without(text, match, table)
    return None, text


def _day(text: str, table: _Table) -> tuple[TimeSaid | None, str]:
    """Return the day (or "later") that the text names, and the rest of the text.

    The day is None if the text names none. "Today" counts as none."""
    for name, days in _DAYS.items():
        if match := table.days[name].search(text):
            return TimeSaid(days=days), _without(text, match, table)
    if match := table.weekday.search(text):
        return TimeSaid(weekday=table.weekdays[match[1].casefold()]), _without(text, match, table)
    if match := table.later.search(text):
        return TimeSaid(later=True), _without(text, match, table)
    return None, text


def _without(text: str, match: re.Match[str], table: _Table) -> str:
    before, after = text[: match.start()], text[match.end() :]
    return table.not_now.sub(" ", f"{before.rstrip(' ,')} {after}").strip(" ,;-.")


#: A pattern that rejects a weekday before a surname: "for Tuesday Jones" names a person.
_NO_SURNAME = r"(?! \s+ (?! {} \b ) (?-i:[A-Z][a-z]) )"
#: Keys of `Language.times` for words that name a day, with the number of days from today.
_DAYS = {"before_yesterday": -2, "past": -1, "after_tomorrow": 2, "tomorrow": 1, "far": _MOST_MINUTES // _DAY // _HOUR}


@dataclass(frozen=True)
class _Table:
    duration: re.Pattern[str]
    clock: re.Pattern[str]
    not_now: re.Pattern[str]
    at_once: re.Pattern[str]
    later: re.Pattern[str]
    same: re.Pattern[str]
    greeting: re.Pattern[str]
    days: Mapping[str, re.Pattern[str]]
    weekday: re.Pattern[str]
    weekdays: Mapping[str, int]
    #: `named_hours` has the hours of words such as "noon" and "midnight". `numbers` has the values of all number words.
    named_hours: Mapping[str, int]
    numbers: Mapping[str, int]

    def after(self, match: re.Match[str]) -> TimeSaid | None:
        said = match.groupdict()
        if said["half_hour"] or said["quarter_hour"]:
            return TimeSaid(minutes=30 if said["half_hour"] else 15)
        ago = said["ago_number"]
        number = 1.0 if said["one"] else self._number(said["number"] or ago)
        is_days = said["days"] or said["one_day"] or said["ago_days"]
        is_hours = said["hours"] or said["one"] or said["ago_hours"]
        minutes = round(number * (_DAY * _HOUR if is_days else _HOUR if is_hours else 1))
        if minutes <= 0:
            return None
        return TimeSaid(minutes=-minutes if ago else min(minutes, _MOST_MINUTES))

    def at(self, match: re.Match[str], *, asked: bool = False) -> TimeSaid | None:
        said = match.groupdict()
        half = "pm" if said["pm"] else "am" if said["am"] else ""
        if said["noon"] or said["midnight"]:
            hour, minute = _with_minutes(_NOON if said["noon"] else 0, said, self._number)
            return TimeSaid(None, hour, minute)
        if (said["whole"] or said["off"]) and not (half or said["at"] or said["oclock"] or said["quarters"] or asked):
            return None
        if said["dot"] == "." and not (half or said["at"] or said["oclock"] or asked):
            return None
        said_hour = said["hour"] or said["whole"] or said["halved"] or said["beside"]
        hour = int(self._number(said_hour))
        if not any(said[name] for name in _MINUTES):
            minute = int(said["minute"] or 0)
        else:
            hour, minute = _with_minutes(hour, said, self._number)
        if hour >= _DAY or not 0 <= minute < _HOUR or (half and not 1 <= hour <= _NOON):
            return None
        if half:
            return TimeSaid(None, hour % _NOON + (_NOON if half == "pm" else 0), minute)
        either = 1 <= hour <= _NOON and not said_hour.startswith("0") and said_hour.casefold() not in self.named_hours
        return TimeSaid(None, hour, minute, either_half=either)

    def _number(self, said: str) -> float:
        return float(said.replace(",", ".")) if said[0].isdigit() else self.numbers[said.casefold()]


#: Named groups of the regular expression for a time of day that give minutes in words: "half past" in "half past ten".
_MINUTES = frozenset(
    {
        *("past", "more", "less", "off", "quarter", "quarters"),
        *("and_half", "half_past", "half_before", "quarter_before"),
    }
)


def _with_minutes(hour: int, said: Mapping[str, str | None], number: Callable[[str], float]) -> tuple[int, int]:
    """Return hour and minute of a time in words, such as "half past ten", German "viertel vor elf" (10:45) and
    Spanish "las diez y veinte" (10:20)."""
    minutes = said["past"] or said["more"] or said["less"] or said["off"]
    minute = int(number(minutes)) if minutes else 0
    if said["half_past"] or said["and_half"] or said["half_before"]:
        minute = 30
    elif said["quarter"] or said["quarters"] or said["quarter_before"]:
        minute = 15
    before = any(said[name] for name in ("to_hour", "less_quarter", "less", "half_before", "quarter_before"))
    return ((hour - 1 or _NOON) if hour else _DAY - 1, _HOUR - minute) if before else (hour, minute)


@cache
def _table(code: str) -> _Table:
    language = LANGUAGES[code]
    words = {name: _any_of(phrases.split(",")) for name, phrases in language.times.items()}
    numbers = {word: int(value) for word, value in language.numbers.items() if float(value).is_integer()}
    numbers |= {word.strip(): 1 for word in language.times.get("hour_one", "").split(",")}
    named_hours = {
        word.strip(): hour
        for name, hour in (("noon", _NOON), ("midnight", 0))
        for word in language.times.get(name, "").split(",")
    }

    def named(name: str, words_of: str = "") -> str:
        return rf"(?P<{name}>{words.get(words_of or name, _NEVER)})"

    def plain(name: str) -> str:
        return rf"(?:{words.get(name, _NEVER)})"

    hour = off = rf"(?:\d{{1,2}}|{_any_of(numbers)})"
    # Words such as "noon" can have minutes too: "quarter to noon", "half past midnight".
    beside = rf"(?:{hour}|{_any_of(named_hours)})"
    # Minutes must end the phrase: Spanish "a las 10 y 20" is 10:20, but "a las 10 y 2 lattes" is not 10:02.
    ends = rf"(?= \s*$ | \s*[^\w\s] | \s+(?:{plain('suits')})\b )"
    duration = rf"""
        {plain("in")}\s+ (?: {named("half_hour")} | {named("quarter_hour")}
          | {named("one")}\s+ (?: {plain("hours")} | {named("one_day", "days")} )
          | (?P<number>\d{{1,3}}(?:[.,]5)?|{_any_of(numbers)})\s*
            (?: {plain("minutes")} | {named("hours")} | {named("days")} ) )
        | (?P<before>{plain("ago_before")}\s+)?
          (?P<ago_number>\d{{1,3}}|{_any_of(numbers)})\s*
          (?: {plain("minutes")} | {named("ago_hours", "hours")} | {named("ago_days", "days")} )
          (?(before) | \s+{plain("ago")} )
    """
    clock = rf"""
        (?: (?: {named("at")} | {plain("for")} ) \s+ )?
        (?: (?P<hour>\d{{1,2}})\s?(?P<dot>[:h.])\s?(?P<minute>\d{{2}})
          | (?: {named("half_past")} | {named("half_before")} | {named("quarter_before")} ) \s+ (?P<halved>{beside})
          | (?: {named("quarter")} | (?P<off>{off}) (?: \s+{plain("minutes")} )? ) \s+
            (?: {named("past_hour")} | {named("to_hour")} ) \s+ (?P<beside>{beside})
          | {named("noon")} | {named("midnight")}
          | (?P<whole>{hour}) )
        (?: \s?{named("oclock")} (?: \s? (?P<past>\d{{2}}|\b(?:{off})) (?!\s*\w) )? )?
        (?: \s+{named("and_half")} | \s+ (?P<quarters> {plain("and_quarter")} | {named("less_quarter")} )
          | \s+{plain("less_minutes")}\s+(?P<less>{off}) | \s+{plain("and_minutes")}\s+(?P<more>{off}) {ends} )?
        (?: \s?(?: {named("am")} | {named("pm")} ) )?
    """
    weekdays = [word.strip() for word in language.times.get("weekdays", "").split(",")]
    weekday = rf"""
        (?: {plain("weekday_before")}\s+ )? ({_any_of(weekdays)}) (?: \s+{plain("weekday_after")} )?
        (?: \s+{plain("part_of_day")} )? {"" if language.capitals else _NO_SURNAME.format(plain("part_of_day"))}
    """
    no_day = "".join(
        rf"(?<!{re.escape(word.strip())}\ )" for word in language.times.get("no_day_after", "").split(",") if word
    )
    return _Table(
        duration=_compiled(duration),
        clock=_compiled(clock),
        not_now=_compiled(plain("not_now")),
        at_once=_compiled(plain("at_once")),
        later=_compiled(rf"(?: {plain('for')}\s+ )? {plain('later')}"),
        same=_compiled(plain("same")),
        greeting=re.compile(rf"^\W*{plain('greeting')}\s*[!,]", re.IGNORECASE | re.VERBOSE),
        days={
            name: _compiled(
                rf"(?: (?: {plain('weekday_before')} | {plain('for')} ) \s+ )? {no_day} {plain(name)}"
                rf"(?: \s+{plain('part_of_day')} )?"
            )
            for name in _DAYS
        },
        weekday=_compiled(weekday),
        weekdays={word: number for number, word in enumerate(weekdays)},
        named_hours=named_hours,
        numbers=numbers | named_hours,
    )


def _any_of(phrases: Iterable[str]) -> str:
    words = sorted({phrase.strip() for phrase in phrases if phrase.strip()}, key=len, reverse=True)
    return "|".join(r"\s+".join(map(re.escape, word.split())) for word in words) or _NEVER


def _compiled(pattern: str) -> re.Pattern[str]:
    # A possessive names no time: "yesterday's latte" does not say when this order is wanted.
    return re.compile(rf"(?<![\w:.])(?:{pattern})(?!\w|:\w|'\w)", re.IGNORECASE | re.VERBOSE)


def day_of(said: TimeSaid, now: dt.datetime) -> int | None:
    """Return the day that was said, as days from today; None if no day was said."""
    return said.days if said.weekday is None else (said.weekday - now.weekday()) % 7


def moment_of(said: TimeSaid, now: dt.datetime, is_open: Callable[[dt.datetime], bool]) -> dt.datetime | None:
    """Return the moment for which the order is wanted, in the time zone of `now`.

    Return None if it is wanted as soon as possible, or if no time of day was said. `is_open` returns whether orders
    are taken at a moment. "At 9" is the next nine o'clock at which orders are taken: today's, or tomorrow's if
    today's hours are over."""
    if said.minutes is not None:
        # Minutes are added in UTC. Adding them to a local time would ignore an hour that clocks skip or repeat.
        return (now.astimezone(dt.UTC) + dt.timedelta(minutes=said.minutes)).astimezone(now.tzinfo)
    if said.hour is None:
        return None
    if days := day_of(said, now):
        moments = _on_day(said, now, days)
        return next(filter(is_open, moments), moments[0])
    today, instant = _on_day(said, now, 0), now.astimezone(dt.UTC)
    ahead = [moment for moment in today if moment.astimezone(dt.UTC) > instant]
    if found := next(filter(is_open, ahead), None):
        return found
    if said.weekday is not None and not ahead:
        return _on_day(said, now, 7)[0]
    if not is_open(now) and (found := next(filter(is_open, _on_day(said, now, 1)), None)):
        return found
    return ahead[0] if ahead else today[-1]


def _on_day(said: TimeSaid, now: dt.datetime, days: int) -> list[dt.datetime]:
    """Return the moments of a day at which clocks show the time.

    There are two if "at 9" can be in the morning or in the evening, and two if clocks repeat the hour. A time that
    clocks skip becomes the same time an hour later."""
    hours = (0, _NOON) if said.either_half and (said.hour or 0) < _NOON else (0,)
    day = now.date() + dt.timedelta(days=days)
    moments = []
    for more in hours:
        clock = dt.datetime.combine(day, dt.time((said.hour or 0) + more, said.minute), now.tzinfo)
        instants = sorted({clock.replace(fold=fold).astimezone(dt.UTC) for fold in (0, 1)})
        found = [instant.astimezone(now.tzinfo) for instant in instants]
        moments += [each for each in found if each.time() == clock.time()] or found[-1:]
    return moments
