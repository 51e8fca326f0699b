"""Events, their stations, and the stations' shifts and printers."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import e164
from stations.colours import hex_colour, writing_on
from stations.features import default_features, known_features
from stations.hours import Hours
from stations.money import CURRENCIES
from stations.validators import (
    between,
    known_countries,
    known_day_hours,
    known_languages,
    known_time_zone,
    likely_year,
)


def default_languages() -> list[str]:
    return [settings.LANGUAGE_CODE]


#: Columns that are changed only by UPDATE statements. Saving an event does not write them.
COUNTERS = {"orders_taken", "menu_version"}


class Logo(models.Model):
    """A picture for wall displays, pages and posters, checked by `stations.logos`.

    The primary key is a digest of the content. Copies of an event share the row, and browsers are allowed to cache the
    picture forever."""

    digest = models.CharField(max_length=32, primary_key=True)
    media_type = models.CharField(max_length=20)
    content = models.BinaryField()

    def __str__(self) -> str:
        return self.digest


class Event(Hours, models.Model):
    """An event such as a conference, a fair or a wedding, with its phone numbers, hours and limits."""

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
    rcs_agent = models.CharField(
        max_length=64,
        unique=True,
        null=True,
        blank=True,
        help_text=_("The id of the event's RCS sender at Twilio, without “rcs:”. Messages to it are orders."),
    )
    countries = models.JSONField(
        default=list,
        db_default=Value([], models.JSONField()),
        blank=True,
        validators=[known_countries],
    )

    languages = models.JSONField(default=default_languages, validators=[known_languages])
    menu_name = models.CharField(
        max_length=80, blank=True, help_text=_("Title of the menu. Leave empty to use the event's name.")
    )
    colour = models.CharField(
        max_length=7,
        blank=True,
        validators=[hex_colour],
        help_text=_("The background of the event's name on the wall, the order page and posters, such as #0b6e5f."),
    )
    logo = models.ForeignKey(Logo, models.SET_NULL, null=True, blank=True, editable=False, related_name="events")
    logo_url = models.CharField(
        "logo URL",
        max_length=200,
        blank=True,
        validators=[URLValidator(schemes=["https"])],
        help_text=_("The https address of an image on another website. It is shown while no logo is uploaded."),
    )
    message = models.CharField(
        max_length=120,
        blank=True,
        help_text=_("One line for the wall and the order page, such as: Keynote at ten, order before."),
    )

    first_day = models.DateField(
        null=True, blank=True, validators=[likely_year], help_text=_("Leave empty to start now.")
    )
    last_day = models.DateField(null=True, blank=True, validators=[likely_year])
    opens_at = models.TimeField(null=True, blank=True, help_text=_("Opening time in the event's time zone."))
    closes_at = models.TimeField(
        null=True, blank=True, help_text=_("Closing time. A time before the opening time is after midnight.")
    )
    #: Hours of single days: {"2026-06-02": ["09:00", "14:00"]}, or None for a closed day. In a table of their own, they
    #: would need one more query for each text.
    day_hours = models.JSONField(
        _("hours of single days"),
        default=dict,
        db_default=Value({}, models.JSONField()),
        blank=True,
        validators=[known_day_hours],
    )
    paused_until = models.DateTimeField(null=True, blank=True, validators=[likely_year])

    web_orders = models.BooleanField(
        _("orders from the order page"), default=True, db_default=True, help_text=_("Anybody can order there by phone.")
    )
    kiosk_orders = models.BooleanField(_("orders from the kiosk"), default=True, db_default=True)
    #: Names of the features that are switched on for this event (see `stations.features`).
    features = models.JSONField(
        default=default_features,
        db_default=Value(default_features(), models.JSONField()),
        blank=True,
        validators=[known_features],
    )
    currency = models.CharField(
        max_length=3,
        choices=[(code, code) for code in CURRENCIES],
        default="EUR",
        db_default="EUR",
        help_text=_("The currency of the prices on the menu."),
    )
    pay_within_minutes = models.PositiveSmallIntegerField(
        validators=between(1, 1440),
        default=15,
        db_default=15,
        help_text=_("If payments are on, an order that is not paid within this many minutes is cancelled."),
    )
    max_open_orders = models.PositiveSmallIntegerField(
        validators=between(0, 100),
        default=3,
        help_text=_("How many orders of one customer may be waiting or in the making; 0 for no limit."),
    )
    max_drinks_per_order = models.PositiveSmallIntegerField(validators=between(1, 100), default=12)
    max_drinks_per_window = models.PositiveSmallIntegerField(
        validators=between(0, 5000), default=0, help_text=_("Drinks accepted within the minutes below; 0 for no limit.")
    )
    window_minutes = models.PositiveSmallIntegerField(validators=between(1, 1440), default=15)
    warn_after_minutes = models.PositiveSmallIntegerField(
        validators=between(1, 120), default=5, help_text=_("Minutes until a waiting order turns amber.")
    )
    ready_grace_seconds = models.PositiveSmallIntegerField(
        validators=between(0, 300),
        default=10,
        help_text=_("Seconds between the tap on Ready and the text. If the tap is undone before, no text is sent."),
    )
    remind_after_minutes = models.PositiveSmallIntegerField(
        validators=between(0, 240),
        default=5,
        help_text=_("Minutes after which the customer of a ready order is texted again. 0 for never."),
    )
    put_aside_after_minutes = models.PositiveSmallIntegerField(
        validators=between(0, 1440),
        default=20,
        help_text=_("Minutes after which a ready order is closed as not collected. 0 for never."),
    )
    late_after_minutes = models.PositiveSmallIntegerField(
        validators=between(1, 240), default=8, help_text=_("Minutes until a waiting order turns red.")
    )

    #: End of a rehearsal. Until then a worker places made-up orders, so that baristas can practise.
    rehearsal_until = models.DateTimeField(null=True, blank=True, editable=False)
    archived_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text=_("Since when the event takes no orders. Its reports stay.")
    )

    ask_feedback = models.BooleanField(
        default=False, help_text=_("Ask each customer by text after the pickup how it was, at most once a day.")
    )

    keep_days = models.PositiveSmallIntegerField(
        validators=between(0, 365),
        default=7,
        db_default=7,
        help_text=_("Numbers, names, texts and notes are erased this many days after the event's last day."),
    )
    erase_at = models.DateTimeField(
        null=True,
        blank=True,
        validators=[likely_year],
        help_text=_(
            "Personal data from before this time is erased within an hour after it. Leave empty if not needed."
        ),
    )
    erase_at_carrier = models.BooleanField(
        default=False, db_default=False, help_text=_("Also have Twilio erase its copies of the texts.")
    )

    orders_taken = models.PositiveIntegerField(default=0, editable=False)
    menu_version = models.PositiveIntegerField(default=1, editable=False)
    #: Translations of the menu's categories, from the menu file, such as {"Coffee": {"de": ["Kaffee"]}}.
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
        # This event may have been read long ago, for example to show a form. The counters have grown since, so do not
        # save them.
        if not self._state.adding and kwargs.get("update_fields") is None:
            kwargs["update_fields"] = {f.name for f in self._meta.concrete_fields} - COUNTERS - {"id"}
        super().save(*args, **kwargs)

    def clean(self) -> None:
        """Refuse a logo URL with an impossible port, which Django's validator accepts.

        Also remove the opening hours of days on which the event does not take place any more."""
        try:
            urlsplit(self.logo_url).port  # noqa: B018 - reading the port checks it
        except ValueError:
            raise ValidationError({"logo_url": _("Give a port from 0 to 65535, or none.")}) from None
        self.drop_hours_of_other_days()

    @property
    def logo_address(self) -> str:
        """Return the URL of the event's logo; "" if the event has no logo."""
        return reverse("logo", args=[self.logo_id]) if self.logo_id else self.logo_url

    @property
    def on_colour(self) -> str:
        """Return the text colour with the best contrast on the event's colour; "" if the event has no colour."""
        return writing_on(self.colour) if self.colour else ""


def shared_zone() -> ZoneInfo:
    """Return the time zone that all events have in common; UTC if they differ or if there is no event."""
    names = set(Event.objects.values_list("time_zone", flat=True))
    return ZoneInfo(names.pop() if len(names) == 1 else "UTC")


#: Width of quoted ranges as long as the station has not learned from its orders. If an order will probably take m
#: minutes, the range is about m - 0.5 * sqrt(m) to m + 0.9 * sqrt(m) minutes.
SPREAD_EARLY, SPREAD_LATE = 0.5, 0.9


class Station(models.Model):
    """A bar with its tablet. The slug is unique over all events, because URLs name a station without its event."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="stations")
    name = models.CharField(max_length=40)
    slug = models.SlugField(unique=True)
    position = models.PositiveSmallIntegerField(default=0, validators=between(0, 999))
    is_open = models.BooleanField(default=True)
    paused_until = models.DateTimeField(null=True, blank=True, validators=[likely_year])
    extra_minutes = models.PositiveSmallIntegerField(
        validators=between(0, 120),
        default=0,
        help_text=_("Minutes that are added to every quoted wait, for example for a slow machine or a new barista."),
    )
    baristas = models.PositiveSmallIntegerField(
        validators=between(1, 50),
        default=1,
        help_text=_("How many people make drinks here at the same time. Quoted waits depend on it."),
    )
    #: What `orders.waits` has learned from finished orders. `pace` is how many real minutes one minute of the menu
    #: takes here. `spread_early` and `spread_late` say how far a quoted range reaches to either side of the estimate.
    pace = models.FloatField(default=1.0, db_default=1.0, editable=False)
    spread_early = models.FloatField(default=SPREAD_EARLY, db_default=SPREAD_EARLY, editable=False)
    spread_late = models.FloatField(default=SPREAD_LATE, db_default=SPREAD_LATE, editable=False)
    orders_learnt = models.PositiveIntegerField(default=0, db_default=0, editable=False)

    class Meta:
        ordering = ["event", "position", "name"]
        constraints = [
            models.UniqueConstraint(fields=["event", "name"], name="station_name_once_per_event"),
            # The number of baristas must not be 0, because waits are divided by it.
            models.CheckConstraint(
                condition=Q(baristas__gte=1),
                name="station_has_a_barista",
                violation_error_message=_("Give at least one barista, or close the station while nobody works there."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def takes_orders(self, now: dt.datetime | None = None) -> bool:
        return self.is_open and not (self.paused_until and self.paused_until > (now or timezone.now()))


class Shift(models.Model):
    """The working time of one person at one station."""

    station = models.ForeignKey(Station, models.CASCADE, related_name="shifts")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="shifts")
    starts_at = models.DateTimeField(validators=[likely_year])
    ends_at = models.DateTimeField(null=True, blank=True, validators=[likely_year])

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


#: Letters and digits that are not mixed up when a key is read aloud or typed into a printer.
KEY_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def new_key() -> str:
    return "".join(secrets.choice(KEY_LETTERS) for _ in range(24))


class Paper(models.IntegerChoices):
    """The width of a printer's paper in mm."""

    NARROW = 40, _("40 mm")
    SMALL = 58, _("58 mm")
    WIDE = 80, _("80 mm")


class Printer(models.Model):
    """A Star CloudPRNT printer for cup labels. The printer polls a URL that contains its secret key."""

    station = models.ForeignKey(Station, models.CASCADE, related_name="printers")
    name = models.CharField(max_length=40, help_text=_("The name used at the bar, such as Labels or Left printer."))
    automatic = models.BooleanField(
        _("automatic"), default=True, help_text=_("Print an order's labels as soon as a barista starts it.")
    )
    paper = models.PositiveSmallIntegerField(
        choices=Paper, default=Paper.WIDE, help_text=_("Used when the printer does not report the width of its paper.")
    )
    key = models.CharField(max_length=24, unique=True, default=new_key, editable=False)

    mac = models.CharField("MAC", max_length=17, blank=True, editable=False)
    #: What the printer reported last: its status code (see `stations.printers`), the words for it, and since when it
    #: has had this code.
    code = models.CharField(max_length=4, blank=True, editable=False)
    words = models.CharField(max_length=60, blank=True, editable=False)
    since = models.DateTimeField(null=True, editable=False)
    heard_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["station", "name"]
        constraints = [
            models.UniqueConstraint(fields=["station", "name"], name="printer_name_once_per_station"),
            # Only one printer of a station prints without a tap. With two, each cup would get two labels.
            models.UniqueConstraint(
                fields=["station"],
                condition=Q(automatic=True),
                name="one_printer_by_itself_per_station",
                violation_error_message=_("Another printer of this station is automatic already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
