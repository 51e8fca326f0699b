from __future__ import annotations

from typing import Any

from django import forms

from expresso.api.models import ApiKey, FactKind, Scope, Webhook


class _Boxes(forms.MultipleChoiceField):
    """Several of the choices, stored as a list."""

    widget = forms.CheckboxSelectMultiple


class ApiKeyForm(forms.ModelForm[ApiKey]):
    scopes = _Boxes(choices=Scope.choices)

    class Meta:
        model = ApiKey
        fields: Any = ["name", "event", "scopes"]


class WebhookForm(forms.ModelForm[Webhook]):
    url = forms.URLField(label="URL", assume_scheme="https", max_length=300)
    kinds = _Boxes(choices=FactKind.choices, help_text="It is told when one of these happens.")

    class Meta:
        model = Webhook
        fields: Any = ["event", "url", "kinds", "active"]
