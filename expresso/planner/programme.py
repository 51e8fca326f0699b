"""Reads the breaks of an event's programme from typed or pasted lines, a CSV file, or an ICS calendar."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

#: Maximum size of a file in bytes, and maximum number of breaks that a plan can have.
LARGEST, MOST = 1_000_000, 60
#: Length of a break for which only a start time is given.
USUAL = dt.timedelta(minutes=30)
LONGEST = dt.timedelta(hours=12)

_DATE = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)|\b(\d{1,2})\.(\d{1,2})\.(\d{4})\b")
_TIME = re.compile(r"(?<![\d:.])(\d{1,2})[:.h](\d{2})(?:[:.]\d{2})?(?![\d:.])\s*(am|pm)?(?:z\b)?", re.IGNORECASE)
_SHARE = re.compile(r"\b(\d{1,3})\s*%")
_BREAK = re.compile(
    r"coffee|break|\btea\b|lunch|brunch|refreshment|registration|check-in|arrival|welcome|reception|networking"
    r"|kaffee|pause|mittag|frühstück|empfang|ankunft|café|pausa|descanso|almuerzo|comida|desayuno|registro|recepción"
    r"|déjeuner|accueil|goûter|inscription",
    re.IGNORECASE,
)


class ProgrammeError(ValueError):
    """The text or file cannot be read as a programme. The message says what to do."""


@dataclass(frozen=True, slots=True)
class ProgrammeBreak:
    name: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    #: Percentage of the attendees who take a drink; None for the usual one.
    share: int | None = None

    def __post_init__(self) -> None:
        # Compare in UTC. For two times of the same zone Python would ignore a change to or from daylight saving time.
        if self.ends_at.astimezone(dt.UTC) <= self.starts_at.astimezone(dt.UTC):
            raise ProgrammeError("A break ends before it begins: clocks are put forward then. Choose other times.")


def read_file(content: bytes, *, zone: ZoneInfo, day: dt.date) -> list[ProgrammeBreak]:
    """Return the breaks in an uploaded file.

    If some entries have a name like "Coffee break" or "Lunch", only these entries are returned. Raise ProgrammeError if
    the file cannot be read."""
    if content.lstrip(b"\xef\xbb\xbf \r\n").upper().startswith(b"BEGIN:VCALENDAR"):
        entries = _calendar(content, zone)
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            # The file is not UTF-8: Excel writes CSV in the encoding of the system.
            text = content.decode("cp1252", "replace")
        entries = _lines(text, zone, day)
    called = [entry for entry in entries if _BREAK.search(entry.name)]
    return _few(called or entries)


def read_lines(text: str, *, zone: ZoneInfo, day: dt.date) -> list[ProgrammeBreak]:
    """Return the breaks in pasted lines. Each line has at least a start time.

    A line without a date is on the same day as the line before. Raise ProgrammeError, which names the faulty line by
    its number."""
    return _few(_lines(text, zone, day))


def _few(entries: Iterable[ProgrammeBreak]) -> list[ProgrammeBreak]:
    found = sorted(set(entries), key=lambda entry: (entry.starts_at, entry.name))
    if not found:
        raise ProgrammeError("No times were found. Write a break a line, such as “10:30-11:00 Morning tea”.")
    if len(found) > MOST:
        raise ProgrammeError(f"These are {len(found)} entries. Keep only the breaks, at most {MOST}.")
    return found


def _lines(text: str, zone: ZoneInfo, day: dt.date) -> list[ProgrammeBreak]:
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        if not any(char.isdigit() for char in line):
            # Skip lines without digits: empty lines and column headings.
            continue
        entry = _line(number, line, zone, day)
        found.append(entry)
        day = entry.starts_at.astimezone(zone).date()
    return found


def _line(number: int, line: str, zone: ZoneInfo, day: dt.date) -> ProgrammeBreak:
    rest, share = re.sub(r"(?<=\d)T(?=\d)", " ", line), None
    # The first date in the line is used. Some files have one date for the start and another for the end.
    for found in list(_DATE.finditer(rest))[::-1]:
        year, month, date = found.group(1, 2, 3) if found[1] else found.group(6, 5, 4)
        try:
            day = dt.date(int(year), int(month), int(date))
            if not 2000 < day.year < 2200:
                raise ValueError
        except ValueError:
            raise ProgrammeError(f"Line {number}: there is no day {found[0]}.") from None
    rest = _DATE.sub(" ", rest)
    if found_share := _SHARE.search(rest):
        share, rest = int(found_share[1]), _SHARE.sub(" ", rest)
        if share > 300:
            raise ProgrammeError(f"Line {number}: give a share of at most 300 %.")
    times = [_clock(number, *found.groups()) for found in _TIME.finditer(rest)]
    if not times:
        raise ProgrammeError(f"Line {number}: give a time, such as “10:30-11:00 Morning tea”.")
    starts = dt.datetime.combine(day, times[0], zone)
    ends = dt.datetime.combine(day, times[1], zone) if len(times) > 1 else starts + USUAL
    if ends <= starts:
        raise ProgrammeError(f"Line {number}: the break ends before it begins.")
    name = " ".join(re.sub(r"[,;\t\"|]|(?:^|\s)[-\u2013\u2014]+(?=\s|$)", " ", _TIME.sub(" ", rest)).split())
    return ProgrammeBreak(name[:80].strip(" -\u2013\u2014"), starts.astimezone(dt.UTC), ends.astimezone(dt.UTC), share)


def _clock(number: int, hour: str, minute: str, half: str | None) -> dt.time:
    hours = int(hour)
    if half:
        hours = hours % 12 + (12 if half.lower() == "pm" else 0)
    if hours > 23 or int(minute) > 59:
        raise ProgrammeError(f"Line {number}: there is no time {hour}:{minute}.")
    return dt.time(hours, int(minute))


def _calendar(content: bytes, zone: ZoneInfo) -> Sequence[ProgrammeBreak]:
    """Return the calendar entries that have a time of day. A repeated entry is returned once, at its first time."""
    try:
        found = []
        for event in Calendar.from_ical(content).walk("VEVENT"):
            if not isinstance(event, Event):
                continue
            starts, ends = _moment(event.DTSTART, zone), _moment(event.DTEND, zone)
            if starts is None:
                continue
            ends = ends or starts + USUAL
            if starts < ends <= starts + LONGEST:
                found.append(ProgrammeBreak(" ".join(str(event.get("SUMMARY", "")).split())[:80], starts, ends))
    except (ValueError, KeyError, IndexError, AttributeError, TypeError, OverflowError):
        raise ProgrammeError("This calendar cannot be read. Export it again as ICS, or paste the breaks.") from None
    return found


def _moment(value: object, zone: ZoneInfo) -> dt.datetime | None:
    """Return the moment in UTC; None for a whole day. A time without a zone is read in the event's time zone."""
    if not isinstance(value, dt.datetime):
        return None
    return (value if value.tzinfo else value.replace(tzinfo=zone)).astimezone(dt.UTC)
