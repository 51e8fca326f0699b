"""Forms for events and stations, in the admin and in the set-up."""

from __future__ import annotations

import datetime as dt
from copy import copy
from typing import Any, ClassVar, cast
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.live_forms import LiveForm
from stations.day_hours import DayHoursField
from stations.features import FEATURES, default_features, needs_settings
from stations.models import Event


class ColourInput(forms.TextInput):
    """A text input for a colour. static/js/colour.js adds a colour picker and shows the contrast of text."""

    class Media:
        css: ClassVar[dict[str, list[str]]] = {"all": ["css/fields.css"]}
        js: ClassVar[list[Any]] = [forms.Script("js/colour.js", type="module")]

    def __init__(self, attrs: Any = None) -> None:
        defaults = {"placeholder": "#0b6e5f", "autocomplete": "off", "spellcheck": "false", "data-colour": True}
        super().__init__(defaults | (attrs or {}))


class ZoneInput(forms.TextInput):
    """A text input for a time zone. The browser suggests time zones that match the typed text."""

    def __init__(self, attrs: Any = None) -> None:
        super().__init__({"list": "zones", "autocomplete": "off"} | (attrs or {}))

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        zones = format_html_join("", '<option value="{}"></option>', ((zone,) for zone in ZONES))
        return format_html('{}<datalist id="zones">{}</datalist>', super().render(name, value, attrs, renderer), zones)


#: Time zones with the name of a place, and UTC. All others are old names, kept only for old programs.
ZONES = sorted(zone for zone in available_timezones() if "/" in zone or zone == "UTC")


class CodesField(forms.CharField):
    """A form field for several codes on one line, such as "en, de". The model's field validates the codes."""

    def __init__(self, *, upper: bool = False, **kwargs: Any) -> None:
        self.upper = upper
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        if isinstance(value, list):
            return value
        codes = (code.strip() for code in (value or "").replace(" ", ",").split(","))
        return [code.upper() if self.upper else code.lower() for code in codes if code]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.to_python(initial) != self.to_python(data))


LANGUAGES = gettext_lazy("Customers can read texts and pages in these languages.")
FIRST_LANGUAGE = gettext_lazy(
    "The language of the wall and the posters, and of texts until a customer writes in another language."
)
FEATURES_ON = gettext_lazy("Features that not every event needs. A change applies from the next text or page on.")
COUNTRIES = gettext_lazy(
    "Customers who order on a page can give a mobile number of these countries. Write codes such as DE, AT. Leave "
    "empty to allow all countries. Premium and satellite numbers are always refused."
)


#: If an order was placed within this time, the event is probably still going on.
_JUST_NOW = dt.timedelta(days=2)


def refuse_end_before_orders(form: forms.ModelForm[Event], cleaned: dict[str, Any]) -> None:
    """Refuse a last day with which the event would already be over, although orders of the last two days came after
    that day.

    Within the hour, all personal data of the event would be erased. The form shows an error instead."""
    now, event = timezone.now(), copy(form.instance)
    was_over = event.is_over(now)
    for name, value in cleaned.items():
        setattr(event, name, value)
    end = event.last_day_ends()
    if was_over or end is None or not event.is_over(now):
        return
    if form.instance.orders.filter(placed_at__gt=max(end, now - _JUST_NOW), practice=False).exists():
        said = _(
            "Orders came after this day, and their names, numbers and texts would be erased within the hour. Correct "
            "the last day. To erase them now, use “Erase sooner” in the admin."
        )
        form.add_error("last_day", said)


def warn_of_lost_number(request: HttpRequest, form: forms.ModelForm[Event]) -> None:
    """Warn the user who removed a number of the event while orders are open: whoever ordered by this number gets no
    more texts."""
    lost = [name for name in ("sms_number", "whatsapp_number", "rcs_agent") if name in form.changed_data]
    if all(getattr(form.instance, name) for name in lost):
        return
    if waiting := form.instance.orders.open().filter(practice=False).count():
        said = ngettext(
            "%(count)d order is open. Whoever ordered by this number gets no more texts: put the number back until the "
            "order is done, or call the name.",
            "%(count)d orders are open. Whoever ordered by this number gets no more texts: put the number back until "
            "the orders are done, or call the names.",
            waiting,
        )
        messages.warning(request, said % {"count": waiting})


class EventForm(LiveForm):
    """Form for an event's settings, with labels in the organizer's words."""

    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"),
        choices=lambda: settings.LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
        initial=[settings.LANGUAGE_CODE],
        help_text=LANGUAGES,
    )
    first_language = forms.ChoiceField(
        label=gettext_lazy("First language"),
        choices=lambda: settings.LANGUAGES,
        required=False,
        help_text=FIRST_LANGUAGE,
    )
    features = forms.MultipleChoiceField(
        label=gettext_lazy("Features"),
        choices=list(FEATURES.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        initial=default_features,
        help_text=FEATURES_ON,
    )
    countries = CodesField(label=gettext_lazy("Countries"), upper=True, required=False, help_text=COUNTRIES)
    day_hours = DayHoursField()

    class Meta:
        widgets: ClassVar[dict[str, Any]] = {"colour": ColourInput, "time_zone": ZoneInput}
        labels: ClassVar[dict[str, Any]] = {
            "slug": gettext_lazy("Name in addresses"),
            "time_zone": gettext_lazy("Time zone"),
            "sms_number": gettext_lazy("SMS number"),
            "whatsapp_number": gettext_lazy("WhatsApp number"),
            "rcs_agent": gettext_lazy("RCS sender"),
            "max_open_orders": gettext_lazy("Open orders per customer"),
            "max_drinks_per_order": gettext_lazy("Drinks per order"),
            "max_drinks_per_window": gettext_lazy("Drinks at a time"),
            "window_minutes": gettext_lazy("Within minutes"),
            "warn_after_minutes": gettext_lazy("Amber after minutes"),
            "late_after_minutes": gettext_lazy("Red after minutes"),
            "ready_grace_seconds": gettext_lazy("Seconds before the text"),
            "remind_after_minutes": gettext_lazy("Remind after minutes"),
            "put_aside_after_minutes": gettext_lazy("Not collected after minutes"),
            "ask_feedback": gettext_lazy("Ask how it was"),
            "keep_days": gettext_lazy("Days after the event"),
            "erase_at": gettext_lazy("Erase sooner"),
            "erase_at_carrier": gettext_lazy("At Twilio too"),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "slug": gettext_lazy(
                "Part of addresses, such as demo in /events/demo/. Do not change it once posters are printed."
            ),
            "menu_name": gettext_lazy("The title of the menu. Leave empty to use the event's name."),
            "paused_until": gettext_lazy(
                "No orders are taken until this time, then the event resumes by itself. Leave empty for no pause."
            ),
            "max_drinks_per_window": gettext_lazy(
                "Drinks that all stations together accept within the minutes below; 0 for no limit."
            ),
            "warn_after_minutes": gettext_lazy(
                "A waiting order turns amber on the board after this time, but not before its promised wait is over."
            ),
            "late_after_minutes": gettext_lazy(
                "A waiting order turns red on the board after this time, but not before its promised wait is over."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("DayHoursField", self.fields["day_hours"]).show_days_of(self.instance)
        self.fields["first_language"].initial = next(iter(self.instance.languages), settings.LANGUAGE_CODE)

    def clean_rcs_agent(self) -> str | None:
        """Remove the prefix "rcs:", with which Twilio's console shows the id."""
        return (self.cleaned_data["rcs_agent"] or "").strip().removeprefix("rcs:") or None

    def clean_features(self) -> list[str]:
        chosen: list[str] = self.cleaned_data["features"]
        for feature in chosen:
            if missing := needs_settings(feature):
                said = _("“%(feature)s” needs %(settings)s to be set where Expresso runs.")
                raise forms.ValidationError(said % {"feature": FEATURES[feature], "settings": missing})
        return chosen

    def clean(self) -> Any:
        cleaned = super().clean()
        if languages := cleaned.get("languages"):
            first = cleaned.get("first_language") or languages[0]
            if first not in languages:
                self.add_error("first_language", _("Tick this language as well, or choose another one."))
            else:
                cleaned["languages"] = [first, *(each for each in languages if each != first)]
        warn, late = cleaned.get("warn_after_minutes"), cleaned.get("late_after_minutes")
        if warn is not None and late is not None and late <= warn:
            self.add_error(
                "late_after_minutes", _("Red comes after amber: give more than %(n)d minutes.") % {"n": warn}
            )
        remind, aside = cleaned.get("remind_after_minutes"), cleaned.get("put_aside_after_minutes")
        if remind and aside and aside <= remind:
            said = _("An order is put aside after its reminder: give more than %(n)d minutes, or 0 for never.")
            self.add_error("put_aside_after_minutes", said % {"n": remind})
        if self.instance.pk:
            refuse_end_before_orders(self, cleaned)
        return cleaned


class StationForm(LiveForm):
    """Form for a station's settings, with labels in the organizer's words."""

    fixed = ("event",)

    class Meta:
        labels: ClassVar[dict[str, Any]] = {
            "slug": gettext_lazy("Name in addresses"),
            "position": gettext_lazy("Place in the list"),
            "is_open": gettext_lazy("Open"),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "is_open": gettext_lazy(
                "A closed station gets no new orders; orders that already wait there can still be made."
            ),
            "paused_until": gettext_lazy(
                "The station gets no new orders until this time, then it resumes by itself. Leave empty for no pause."
            ),
            "baristas": gettext_lazy("How many people make drinks here at the same time. Quoted waits depend on it."),
        }


class WithinEventForm(LiveForm):
    """Form for a row of a station, such as a printer. The row can move only to another station of the same event.

    A printer's labels and a shift's hours belong to the event, so they must not come to another event with the row."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and "station" in self.fields:
            choices: Any = self.fields["station"]
            choices.queryset = choices.queryset.filter(event=self.instance.station.event_id)
