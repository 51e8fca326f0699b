"""How organizers write what an event knows."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from stations.models import known_languages


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
