"""How organizers write what an event knows."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from stations.models import Event, Station, known_languages


class LanguagesField(forms.CharField):
    """Codes in a row: "en, de"."""

    default_validators = [known_languages]

    def __init__(self, *, help_text: Any, **kwargs: Any) -> None:
        hint = format_lazy("{} {}", help_text, gettext_lazy("Such as en, de."))
        super().__init__(initial="en", label=gettext_lazy("Languages"), help_text=hint, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        if isinstance(value, list):
            return value
        return [code.strip().lower() for code in (value or "").split(",") if code.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.to_python(initial) != self.to_python(data))


class EventForm(forms.ModelForm[Event]):
    """An event's settings in the words of whoever runs it."""

    class Meta:
        labels: ClassVar[dict[str, Any]] = {
            "slug": gettext_lazy("Name in addresses"),
            "sms_number": gettext_lazy("SMS number"),
            "whatsapp_number": gettext_lazy("WhatsApp number"),
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
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "slug": gettext_lazy("As in /events/demo/. Posters carry it: leave it as it is once they hang."),
            "menu_name": gettext_lazy("Heads the menu. Empty: the event's name."),
            "paused_until": gettext_lazy("No orders are taken until then; it goes on by itself. Empty: not paused."),
            "max_drinks_per_window": gettext_lazy("All stations together; 0 for no limit."),
            "warn_after_minutes": gettext_lazy("A waiting order turns amber on the board."),
            "late_after_minutes": gettext_lazy("It turns red."),
        }


class StationForm(forms.ModelForm[Station]):
    """A station's settings in the words of whoever runs it."""

    class Meta:
        labels: ClassVar[dict[str, Any]] = {
            "slug": gettext_lazy("Name in addresses"),
            "position": gettext_lazy("Place in the list"),
            "is_open": gettext_lazy("Open"),
        }
        help_texts: ClassVar[dict[str, Any]] = {
            "is_open": gettext_lazy("A closed station gets no orders; what waits there can still be made."),
            "paused_until": gettext_lazy("It gets no orders until then; it goes on by itself. Empty: not paused."),
            "baristas": gettext_lazy("Who make drinks at once; the wait is counted with it."),
        }
