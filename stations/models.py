"""Where and when coffee is made: events, their stations, and who works where."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import e164
from stations.colours import hex_colour, writing_on


def known_time_zone(name: str) -> None:
    if name not in available_timezones():
        raise ValidationError(_("%(name)s is no time zone; write one such as Europe/Berlin."), params={"name": name})


def known_languages(codes: object) -> None:
    """At least one, each once, each with a catalog of sentences."""
    known = dict(settings.LANGUAGES)
    if not isinstance(codes, list) or not codes or len(set(map(str, codes))) < len(codes):
        raise ValidationError(_("Name at least one language, each once, such as en, de."))
    if unknown := [str(code) for code in codes if code not in known]:
        raise ValidationError(
            _("No sentences in %(unknown)s. There are: %(known)s."),
            params={"unknown": ", ".join(unknown), "known": ", ".join(sorted(known))},
        )


def english() -> list[str]:
    return ["en"]


#: Moved by one statement each, never by saving an event.
COUNTERS = {"orders_taken", "menu_version"}


class Event(models.Model):
    """A conference, a fair, a wedding: its numbers, hours and limits."""

    name = models.CharField(max_length=80)
    slug = models.SlugField(unique=True)
    time_zone = models.CharField(max_length=64, default="UTC", validators=[known_time_zone])
    sms_number = models.CharField(
        max_length=16,
        unique=True,
        null=True,
        blank=True,
        validators=[e164],
        help_text=_("Texts to this number are orders for this event."),
    )
    whatsapp_number = models.CharField(max_length=16, unique=True, null=True, blank=True, validators=[e164])

    languages = models.JSONField(
        default=english,
        validators=[known_languages],
        help_text=_("Texts are answered in these; the first is for whoever has not shown another."),
    )
    menu_name = models.CharField(max_length=80, blank=True, help_text=_("Heads the menu; empty: the event's name."))
    colour = models.CharField(
        max_length=7,
        blank=True,
        validators=[hex_colour],
        help_text=_("Behind the event's name on the wall, the order page and posters, such as #0b6e5f."),
    )
    logo_url = models.CharField(
        "logo URL",
        max_length=200,
        blank=True,
        validators=[URLValidator(schemes=["https"])],
        help_text=_("The address (https) of an image; 200 pixels high are enough."),
    )
    message = models.CharField(
        max_length=120, blank=True, help_text=_("A line on the wall and the order page: Keynote at ten, order before.")
    )

    first_day = models.DateField(null=True, blank=True, help_text=_("Empty: no first day."))
    last_day = models.DateField(null=True, blank=True)
    opens_at = models.TimeField(null=True, blank=True, help_text=_("Every day, in the event's time zone."))
    closes_at = models.TimeField(null=True, blank=True, help_text=_("Before the opening time: after midnight."))
    paused_until = models.DateTimeField(null=True, blank=True)

    max_open_orders = models.PositiveSmallIntegerField(
        default=3, help_text=_("Orders one customer may have waiting or being made; 0 for no limit.")
    )
    max_drinks_per_order = models.PositiveSmallIntegerField(default=12)
    max_drinks_per_window = models.PositiveSmallIntegerField(
        default=0, help_text=_("Drinks taken within the window below; 0 for no limit.")
    )
    window_minutes = models.PositiveSmallIntegerField(default=15)
    warn_after_minutes = models.PositiveSmallIntegerField(default=5, help_text=_("A waiting order turns amber."))
    ready_grace_seconds = models.PositiveSmallIntegerField(
        default=10, help_text=_("The ready text waits this long, so that an undone tap is never texted.")
    )
    remind_after_minutes = models.PositiveSmallIntegerField(
        default=5, help_text=_("Text once more when a ready order was not fetched; 0 for never.")
    )
    put_aside_after_minutes = models.PositiveSmallIntegerField(
        default=20, help_text=_("Count a ready order as not collected; 0 for never.")
    )
    late_after_minutes = models.PositiveSmallIntegerField(default=8, help_text=_("A waiting order turns red."))

    ask_feedback = models.BooleanField(
        default=False, help_text=_("After the pickup ask how it was, by text, once a day and customer.")
    )

    orders_taken = models.PositiveIntegerField(default=0, editable=False)
    menu_version = models.PositiveIntegerField(default=1, editable=False)
    #: The menu's categories in other languages: {"Coffee": {"de": ["Kaffee"]}}, from its file.
    category_names = models.JSONField(default=dict, blank=True, editable=False)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(first_day__isnull=True) | Q(last_day__isnull=True) | Q(first_day__lte=F("last_day")),
                name="event_days_in_order",
                violation_error_message=_("The last day is before the first day."),
            ),
            models.CheckConstraint(
                condition=Q(opens_at__isnull=True, closes_at__isnull=True)
                | Q(opens_at__isnull=False, closes_at__isnull=False),
                name="event_hours_come_in_pairs",
                violation_error_message=_("Give both the opening and the closing time, or neither."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        # A form holds the counters as they were when its page was opened: never write them back.
        if not self._state.adding and kwargs.get("update_fields") is None:
            kwargs["update_fields"] = {f.name for f in self._meta.concrete_fields} - COUNTERS - {"id"}
        super().save(*args, **kwargs)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    def local(self, moment: dt.datetime) -> dt.datetime:
        return moment.astimezone(self.zone)

    @property
    def on_colour(self) -> str:
        """What is written on its colour with."""
        return writing_on(self.colour) if self.colour else ""

    def opens_next(self, now: dt.datetime | None = None) -> dt.datetime | None:
        """The moment orders are taken again, in local time; `now` itself when they are; None when never."""
        now = now or timezone.now()
        # Compared in UTC: local times repeat themselves when summer ends.
        start = max(now, self.paused_until or now).astimezone(dt.UTC)
        # Yesterday's hours may run past midnight.
        first = max(self.local(start).date() - dt.timedelta(days=1), self.first_day or dt.date.min)
        for day in (first + dt.timedelta(days=n) for n in range(3)):
            if self.last_day and day > self.last_day:
                return None
            opens, closes = self._hours_of(day)
            if start < closes:
                return now if max(start, opens) == now else self.local(max(start, opens))
        return None

    def is_open(self, now: dt.datetime | None = None) -> bool:
        now = now or timezone.now()
        return self.opens_next(now) == now

    def _hours_of(self, day: dt.date) -> tuple[dt.datetime, dt.datetime]:
        opens, closes = self.opens_at or dt.time.min, self.closes_at or dt.time.min
        overnight = closes <= opens
        closing_day = day + dt.timedelta(days=overnight)
        # Of an hour that comes twice it opens in the first and closes in the second.
        return (
            dt.datetime.combine(day, opens, self.zone).astimezone(dt.UTC),
            dt.datetime.combine(closing_day, closes.replace(fold=1), self.zone).astimezone(dt.UTC),
        )


def shared_zone() -> ZoneInfo:
    """The time zone that all events are in; UTC where they differ, or where there is none."""
    names = set(Event.objects.values_list("time_zone", flat=True))
    return ZoneInfo(names.pop() if len(names) == 1 else "UTC")


class Station(models.Model):
    """One bar with its tablet. Its slug stands alone in URLs, so it is unique over all events."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="stations")
    name = models.CharField(max_length=40)
    slug = models.SlugField(unique=True)
    position = models.PositiveSmallIntegerField(default=0)
    is_open = models.BooleanField(default=True)
    paused_until = models.DateTimeField(null=True, blank=True)
    extra_minutes = models.PositiveSmallIntegerField(
        default=0, help_text=_("Added to every wait that is quoted: a slow machine, a new barista.")
    )
    baristas = models.PositiveSmallIntegerField(
        default=1, help_text=_("People making drinks at once; the wait is counted with it.")
    )

    class Meta:
        ordering = ["event", "position", "name"]
        constraints = [
            models.UniqueConstraint(fields=["event", "name"], name="station_name_once_per_event"),
            # The wait divides by it.
            models.CheckConstraint(condition=Q(baristas__gte=1), name="station_has_a_barista"),
        ]

    def __str__(self) -> str:
        return self.name

    def takes_orders(self, now: dt.datetime | None = None) -> bool:
        return self.is_open and not (self.paused_until and self.paused_until > (now or timezone.now()))


class Shift(models.Model):
    """Who works where and when."""

    station = models.ForeignKey(Station, models.CASCADE, related_name="shifts")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="shifts")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                name="shift_ends_after_it_starts",
                violation_error_message=_("The shift ends before it starts."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.station}"


#: What can be read aloud and typed into a printer's settings without a mistake.
KEY_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def new_key() -> str:
    return "".join(secrets.choice(KEY_LETTERS) for _ in range(24))


class Paper(models.IntegerChoices):
    """The printer's paper, in mm across."""

    NARROW = 40, _("40 mm")
    SMALL = 58, _("58 mm")
    WIDE = 80, _("80 mm")


class Printer(models.Model):
    """A Star CloudPRNT printer for cup labels: it asks for them at an address that nobody else knows."""

    station = models.ForeignKey(Station, models.CASCADE, related_name="printers")
    name = models.CharField(max_length=40, help_text=_("As it is called at the bar: Labels, Left printer."))
    automatic = models.BooleanField(
        _("by itself"), default=True, help_text=_("Print an order's labels as soon as somebody starts it.")
    )
    paper = models.PositiveSmallIntegerField(
        choices=Paper, default=Paper.WIDE, help_text=_("Used where the printer does not say how wide it prints.")
    )
    key = models.CharField(max_length=24, unique=True, default=new_key, editable=False)

    mac = models.CharField("MAC", max_length=17, blank=True, editable=False)
    #: What it said of itself: a code as in `stations.printers`, its own words, and since when it says so.
    code = models.CharField(max_length=4, blank=True, editable=False)
    words = models.CharField(max_length=60, blank=True, editable=False)
    since = models.DateTimeField(null=True, editable=False)
    heard_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["station", "name"]
        constraints = [
            models.UniqueConstraint(fields=["station", "name"], name="printer_name_once_per_station"),
            # Two would put two labels on every cup.
            models.UniqueConstraint(
                fields=["station"],
                condition=Q(automatic=True),
                name="one_printer_by_itself_per_station",
                violation_error_message=_("Another printer of this station prints by itself already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
