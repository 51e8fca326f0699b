"""What settings of events and stations are checked for, in forms and in the API."""

from __future__ import annotations

import datetime as dt
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
    """Accept a list of at least one language, each once and each with a catalog in locale/."""
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
    """Validators that keep a setting within what makes sense at a bar."""
    return [MinValueValidator(least), MaxValueValidator(most)]


#: Far enough from the first and the last day that Python knows: a time zone, or one day more, would leave its calendar.
YEARS = range(2000, 2200)


def likely_year(day: dt.date) -> None:
    """Refuse a date or moment of a mistyped year, such as 0206, and "for ever" written as 9999."""
    if day.year not in YEARS:
        raise ValidationError(_("Write a year from 2000 to 2199."))
