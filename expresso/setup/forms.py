"""Forms of the set-up pages."""

from __future__ import annotations

from typing import Any, ClassVar, cast

from django import forms
from django.conf import settings
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from accounts.access import Right, within
from accounts.live_forms import LiveForm
from accounts.models import User
from accounts.phones import PhoneField
from stations import logos
from stations.day_hours import DayHoursField
from stations.forms import ColourInput, ZoneInput, refuse_end_before_orders
from stations.models import Event, Logo, Station

TEMPLATE, EMPTY = "template", "empty"
#: Maximum size of a menu file in bytes.
LARGEST = 300_000

_DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
_TIME = forms.TimeInput(format="%H:%M", attrs={"type": "time"})


def free_slug(model: type[Event | Station], name: str) -> str:
    """Return a slug that is made from the name and that no other row of the model has."""
    wanted = slugify(name)[:40] or model._meta.model_name or ""
    taken = set(model._default_manager.filter(slug__startswith=wanted).values_list("slug", flat=True))
    return next(slug for slug in (wanted, *(f"{wanted}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken)


class BasicsForm(LiveForm):
    class Meta:
        model = Event
        fields: ClassVar[list[str]] = [
            "name",
            "time_zone",
            "first_day",
            "last_day",
            "opens_at",
            "closes_at",
            "day_hours",
            "languages",
        ]
        labels: ClassVar[dict[str, Any]] = {
            "time_zone": _("Time zone"),
            "first_day": _("First day"),
            "last_day": _("Last day"),
            "opens_at": _("Opens at"),
            "closes_at": _("Closes at"),
        }
        widgets: ClassVar[dict[str, Any]] = {
            "first_day": _DAY,
            "last_day": _DAY,
            "opens_at": _TIME,
            "closes_at": _TIME,
            "time_zone": ZoneInput,
        }

    languages = forms.MultipleChoiceField(
        label=_("Languages of texts and pages"), choices=settings.LANGUAGES, widget=forms.CheckboxSelectMultiple
    )
    day_hours = DayHoursField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            # A new event has no days yet. Opening hours of single days can be entered only after the days are saved.
            del self.fields["day_hours"]
        else:
            cast("DayHoursField", self.fields["day_hours"]).show_days_of(self.instance)

    def clean(self) -> Any:
        cleaned = super().clean()
        if self.instance.pk:
            refuse_end_before_orders(self, cleaned)
        return cleaned


class NewEventForm(BasicsForm):
    """Form for a new event, which begins with a copy of another event, the template menu, or an empty menu."""

    start_from = forms.ChoiceField(label=_("Begin with"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.others = {str(event.pk): event for event in within(user, Right.MANAGE, Event.objects.all(), "pk")}
        cast("forms.ChoiceField", self.fields["start_from"]).choices = [
            (TEMPLATE, _("The template menu: coffee, tea and chocolate with milks and sizes")),
            (EMPTY, _("An empty menu")),
            *((pk, _("A copy of %(event)s") % {"event": event.name}) for pk, event in self.others.items()),
        ]
        self.fields["start_from"].initial = TEMPLATE
        self.fields["languages"].initial = [settings.LANGUAGE_CODE]

    def source(self) -> Event | None:
        return self.others.get(self.cleaned_data["start_from"])


class NumbersForm(LiveForm):
    class Meta:
        model = Event
        fields: ClassVar[list[str]] = ["sms_number", "whatsapp_number"]
        labels: ClassVar[dict[str, Any]] = {"sms_number": _("SMS number"), "whatsapp_number": _("WhatsApp number")}
        help_texts: ClassVar[dict[str, Any]] = {
            "sms_number": _("With country code, such as +15551234567. Texts to it are orders for this event."),
            "whatsapp_number": _("Leave empty if customers cannot order by WhatsApp."),
        }
        field_classes: ClassVar[dict[str, Any]] = {"sms_number": PhoneField, "whatsapp_number": PhoneField}
        widgets: ClassVar[dict[str, Any]] = {
            "sms_number": forms.TextInput(attrs={"type": "tel"}),
            "whatsapp_number": forms.TextInput(attrs={"type": "tel"}),
        }

    # Store NULL for an empty phone number. Phone numbers are unique, and several events can be without one.
    def clean_sms_number(self) -> str | None:
        return self.cleaned_data["sms_number"] or None

    def clean_whatsapp_number(self) -> str | None:
        return self.cleaned_data["whatsapp_number"] or None


class BrandingForm(LiveForm):
    class Meta:
        model = Event
        fields: ClassVar[list[str]] = ["colour", "message", "menu_name"]
        labels: ClassVar[dict[str, Any]] = {
            "colour": _("Colour"),
            "message": _("Line for the wall and the order page"),
            "menu_name": _("Title of the menu"),
        }
        widgets: ClassVar[dict[str, Any]] = {"colour": ColourInput}

    logo_file = forms.FileField(
        label=_("Logo"),
        required=False,
        widget=forms.FileInput(attrs={"accept": logos.ACCEPT, "data-largest": logos.LARGEST}),
        help_text=_("PNG, JPEG, WebP or SVG, at most 400 kB. It appears on the wall, the order page and posters."),
    )
    without_logo = forms.BooleanField(label=_("Take the logo off"), required=False)

    def clean_logo_file(self) -> Logo | None:
        file = self.cleaned_data["logo_file"]
        return logos.cleaned(file.read(logos.LARGEST + 1)) if file else None

    def save(self, commit: bool = True) -> Event:
        """Save the event with its new logo. `expresso.clearing` deletes the old logo later if no event uses it."""
        logo = self.cleaned_data["logo_file"]
        with transaction.atomic():
            if logo:
                self.instance.logo, _made = Logo.objects.get_or_create(
                    digest=logo.digest, defaults={"media_type": logo.media_type, "content": logo.content}
                )
            elif self.cleaned_data["without_logo"]:
                self.instance.logo, self.instance.logo_url = None, ""
            event: Event = super().save(commit)
        return event


class SetupStationForm(LiveForm):
    """Form of a station and of the drinks that it can make."""

    class Meta:
        model = Station
        fields: ClassVar[list[str]] = ["name", "baristas"]
        labels: ClassVar[dict[str, Any]] = {"name": _("Name"), "baristas": _("Baristas at the same time")}
        help_texts: ClassVar[dict[str, Any]] = {"baristas": ""}

    drinks = forms.MultipleChoiceField(label=_("Can make"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, drinks: dict[int, str], missing: set[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["drinks"]).choices = [(str(pk), name) for pk, name in drinks.items()]
        self.fields["drinks"].initial = [str(pk) for pk in drinks if pk not in missing]
        self.fields["drinks"].show_hidden_initial = True

    def switched(self) -> dict[int, bool]:
        """Return the drinks that were ticked (True) or unticked (False), by primary key. Other drinks are left out."""
        if "drinks" not in self.changed_data:
            return {}
        chosen = set(self.cleaned_data["drinks"])
        before = set(self._shown("drinks") or () if self._is_shown("drinks") else self.fields["drinks"].initial)
        return {int(pk): pk in chosen for pk in chosen ^ before}


class NewStationsForm(forms.Form):
    names = forms.CharField(
        label=_("New stations, one a line"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "placeholder": "Bar 1\nBar 2"}),
    )

    def clean_names(self) -> list[str]:
        names = [" ".join(line.split()) for line in self.cleaned_data["names"].splitlines()]
        found = list(dict.fromkeys(name for name in names if name))
        if too_long := [name for name in found if len(name) > 40]:
            raise forms.ValidationError(_("“%(name)s” is longer than 40 characters.") % {"name": too_long[0]})
        if len(found) > 30:
            raise forms.ValidationError(_("Add at most 30 stations at once."))
        return found


class MenuFileForm(forms.Form):
    file = forms.FileField(label=_("Menu file: YAML, CSV or XLSX"))

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(_("The file is larger than 300 kB."))
        return file


class StaffForm(forms.Form):
    people = forms.CharField(
        label=_("People, one a line: name, then the role"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3, "placeholder": "Maya\nBen, barista\nOlga, organizer\nWall, display"}),
    )
