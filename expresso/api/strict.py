"""Base serializer that refuses unknown fields and values of the wrong type, and the serializer of a page of rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils.dateparse import parse_datetime
from drf_spectacular.utils import inline_serializer
from rest_framework import serializers


class Strict(serializers.Serializer[Any]):
    """Base serializer that refuses fields it does not know. If a mistyped name of an optional field were ignored, the
    caller would not notice.

    It also refuses values of the wrong type, such as "1" for a number, which Django REST framework would convert."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping):
            faults = {name: ["There is no such field."] for name in sorted(set(data) - set(self.fields))}
            for name, field in self.fields.items():
                if name in data and (wanted := _other_type(field, data[name])):
                    faults[name] = [f"Give {wanted}."]
            if faults:
                raise serializers.ValidationError(faults)
        return super().to_internal_value(data)


#: A time must have a zone. The event's own zone would not be enough: when clocks are put back, 02:30 occurs twice.
ZONED = "a time with its zone, such as 2026-05-01T09:30:00Z"

_TYPES: tuple[tuple[Any, str, Any], ...] = (
    (serializers.BooleanField, "true or false", lambda value: isinstance(value, bool)),
    (serializers.IntegerField, "a whole number", lambda value: _is_number(value) and value == value // 1),
    (serializers.DecimalField, "a number", lambda value: _is_number(value) or isinstance(value, str)),
    (serializers.CharField, "a text", lambda value: isinstance(value, str)),
    (serializers.ChoiceField, "a text", lambda value: isinstance(value, str)),
    (serializers.DateTimeField, ZONED, lambda value: _is_moment(value)),
)


def _is_moment(value: Any) -> bool:
    try:
        moment = parse_datetime(value) if isinstance(value, str) else None
        return moment is not None and moment.tzinfo is not None and bool(moment.astimezone(dt.UTC))
    except (ValueError, OverflowError):
        return False


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _other_type(field: Any, value: Any) -> str:
    """Return words for what the field accepts, such as "a whole number", if the value has another type or is too long.

    Return "" if the value is accepted."""
    if isinstance(field, serializers.ListField) and isinstance(value, list):
        return next(filter(None, (_other_type(field.child, each) for each in value)), "")
    most = getattr(field, "max_length", None)
    if isinstance(value, str) and most and len(value) > most:
        # Check the length here. The field itself checks it after it has removed spaces at both ends, but by the schema
        # these spaces count.
        return f"at most {most} characters"
    fitting = ((words, fits) for kind, words, fits in _TYPES if isinstance(field, kind))
    return next((words for words, fits in fitting if value is not None and not fits(value)), "")


class NoFieldsSerializer(Strict):
    """Accepts an empty body or an empty JSON object."""


def paged(serializer: type[serializers.BaseSerializer[Any]]) -> Any:
    """Return the serializer of one page of rows, for the argument `responses` of `extend_schema`."""
    name = serializer.__name__.removesuffix("Serializer")
    fields = {
        "next": serializers.URLField(
            allow_null=True, help_text="URL of the page with older rows. null on the last page."
        ),
        "previous": serializers.URLField(
            allow_null=True, help_text="URL of the page with newer rows. null on the first page."
        ),
        "results": serializer(many=True),
    }
    return inline_serializer(f"{name}Page", fields)
