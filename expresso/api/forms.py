from __future__ import annotations

from typing import Any

from django import forms

from accounts.live_forms import ANOTHER, LiveForm
from expresso.api.models import ApiKey, FactKind, Scope, Webhook


class _Boxes(forms.MultipleChoiceField):
    """A form field of check boxes. The checked values are stored as a list."""

    widget = forms.CheckboxSelectMultiple


class ApiKeyForm(LiveForm):
    fixed = ("event",)
    why_fixed = ANOTHER
    scopes = _Boxes(choices=Scope.choices)

    class Meta:
        model = ApiKey
        fields: Any = ["name", "event", "scopes"]


class WebhookForm(LiveForm):
    fixed = ("event",)
    why_fixed = ANOTHER
    url = forms.URLField(label="URL", assume_scheme="https", max_length=300)
    kinds = _Boxes(choices=FactKind.choices, help_text="Expresso calls the URL when one of these happens.")

    class Meta:
        model = Webhook
        fields: Any = ["event", "url", "kinds", "active"]
