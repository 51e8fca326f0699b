"""Form fields for prices. The database stores whole numbers of the smallest unit; people read and type decimals."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext as _

from stations.money import HIGHEST, decimals, minor_units


class PriceInput(forms.CharField):
    """A price as people type it, such as 3.50. An empty field means that the price is 0."""

    def prepare_value(self, value: Any) -> Any:
        return (decimals(value) if value else "") if isinstance(value, int) else value

    def to_python(self, value: Any) -> Any:
        if isinstance(value, int) or not value or not value.strip():
            return value or 0
        amount = minor_units(value)
        if amount is None:
            raise forms.ValidationError(_("Write a price such as 3.50, up to 999.99; nothing where it is free."))
        return amount

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(initial) != self.to_python(data))
        except forms.ValidationError:
            return True


class PriceField(models.PositiveIntegerField[Any, Any]):
    def __init__(self, **options: Any) -> None:
        given: dict[str, Any] = {"default": 0, "db_default": 0, "validators": [MaxValueValidator(HIGHEST)]}
        super().__init__(**given | options)

    def formfield(self, **options: Any) -> Any:
        given: dict[str, Any] = {"form_class": PriceInput, "required": False, "initial": ""}
        return models.Field.formfield(self, **given | options)
