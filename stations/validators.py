"""Validators for the settings of events and stations, in forms and in the API."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from zoneinfo import available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _
from phonenumbers import SUPPORTED_REGIONS


def known_time_zone(name: str) -> None:
    if name not in available_timezones():
        raise ValidationError(_("%(name)s is no time zone; write one such as Europe/Berlin."), params={"name": name})


def known_languages(codes: object) -> None:
    """Accept a list of at least one language code without duplicates. Each language needs a catalog in locale/."""
    known = dict(settings.LANGUAGES)
    if not isinstance(codes, list) or not codes or len(set(map(str, codes))) < len(codes):
        raise ValidationError(_("Name at least one language, each once, such as en, de."))
    if unknown := [str(code) for code in codes if code not in known]:
        raise ValidationError(
            _("No sentences in %(unknown)s. There are: %(known)s."),
            params={"unknown": ", ".join(unknown), "known": ", ".join(sorted(known))},
        )


def known_countries(codes: object) -> None:
    if not isinstance(codes, list) or (unknown := [str(code) for code in codes if code not in SUPPORTED_REGIONS]):
        raise ValidationError(
            _("No country has the code %(unknown)s; write codes such as DE, FR."),
            params={"unknown": ", ".join(unknown) if isinstance(codes, list) else codes},
        )


def between(least: int, most: int) -> list[MinValueValidator | MaxValueValidator]:
    """Return validators that accept numbers from `least` to `most`."""
    return [MinValueValidator(least), MaxValueValidator(most)]


#: Years that a date can have. With a year such as 9999, adding a day or converting the time zone would overflow.
YEARS = range(2000, 2200)


def likely_year(day: dt.date) -> None:
    """Refuse a date or moment with a year outside YEARS, such as the typing error 0206, or 9999 meant as "forever"."""
    if day.year not in YEARS:
        raise ValidationError(_("Write a year from 2000 to 2199."))


#: Maximum number of days that can have their own hours.
MOST_DAYS = 100
_DAY, _CLOCK = re.compile(r"2[01]\d\d-\d\d-\d\d"), re.compile(r"\d\d:\d\d")


def known_day_hours(days: object) -> None:
    """Accept a dict from day to opening and closing times, or to None for a closed day.

    An example is {"2026-06-02": ["09:00", "14:00"], "2026-06-03": None}."""
    if not isinstance(days, dict) or len(days) > MOST_DAYS:
        raise ValidationError(_("Give the hours of at most %(most)d days."), params={"most": MOST_DAYS})
    for day, hours in days.items():
        if not (_is_day(day) and (hours is None or _is_pair(hours))):
            raise ValidationError(
                _("%(day)s: give an opening and a closing time such as 09:00, or say closed."), params={"day": day}
            )


def _is_day(day: object) -> bool:
    return _is_read_by(dt.date.fromisoformat, _DAY, day)


def _is_pair(hours: object) -> bool:
    return (
        isinstance(hours, list)
        and len(hours) == 2
        and all(_is_read_by(dt.time.fromisoformat, _CLOCK, clock) for clock in hours)
    )


def _is_read_by(read: Callable[[str], object], pattern: re.Pattern[str], given: object) -> bool:
    try:
        return isinstance(given, str) and bool(pattern.fullmatch(given) and read(given))
    except ValueError:
        return False
