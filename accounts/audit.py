"""Helpers for the audit log: find what an admin form changed, and limit repeated entries to one a minute."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from hashlib import sha256
from typing import Any

from django import forms
from django.core.cache import cache
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django.forms.models import ModelChoiceField
from redis.exceptions import RedisError

from accounts.fields import Encrypted
from accounts.models import User, record

#: Written to the audit log in place of a value that must stay secret.
LEFT_OUT = "…"
Changes = dict[str, tuple[Any, Any]]


def changes_of(form: forms.BaseForm, formsets: Iterable[Any] = (), *, personal: Collection[str] = ()) -> Changes:
    """Return the old and new value of each field that the user changed in a form and in its inline forms.

    `LEFT_OUT` replaces the values of encrypted fields, of form fields without a database column, and of the fields in
    `personal`."""
    found = dict(_of_form(form, personal))
    for formset in formsets:
        for each in formset.forms:
            if not getattr(each, "cleaned_data", None) or not each.has_changed():
                continue
            row = f"{each.instance._meta.verbose_name} {each.instance}"
            if each in formset.deleted_forms:
                found[row] = (row, None)
            else:
                found |= {f"{row}: {name}": values for name, values in _of_form(each, personal)}
    return found


def _of_form(form: Any, personal: Collection[str]) -> Iterator[tuple[str, tuple[Any, Any]]]:
    for name in form.changed_data:
        if name in personal or not _is_plain_column(form, name):
            yield name, (LEFT_OUT, LEFT_OUT)
        else:
            yield name, (_shown(form, name, form.initial.get(name)), _shown(form, name, form.cleaned_data.get(name)))


def _is_plain_column(form: Any, name: str) -> bool:
    try:
        return not isinstance(form.instance._meta.get_field(name), Encrypted)
    except (AttributeError, FieldDoesNotExist):
        return False


def _shown(form: Any, name: str, value: Any) -> Any:
    """Return a field's value for the audit log. Related rows are replaced by their names, such as "Bar 1".

    Without this, the log would have primary keys: a form has the old value of a relation only as a primary key."""
    field = form.fields[name]
    if not isinstance(field, ModelChoiceField) or field.queryset is None or value in (None, ""):
        return value
    many = isinstance(value, Iterable) and not isinstance(value, str)
    rows = [getattr(row, "pk", row) for row in (value if many else [value])]
    names: Mapping[Any, Model] = field.queryset.model._default_manager.in_bulk(rows)
    shown = [str(names.get(row, row)) for row in rows]
    return shown if many else shown[0]


#: If one person does the same thing to the same row again within these seconds, it is written to the log only once.
SAME_ACT = 60


def record_once_a_minute(act: str, subject: str, *, user: User, event: int | None = None, **details: Any) -> None:
    """Write an audit entry, unless the same user did the same thing to the same `subject` within the last minute.

    Somebody who reloads a page would otherwise fill the log with equal entries, which hide all others."""
    try:
        same = sha256(f"{act} {user.pk} {subject}".encode()).hexdigest()
        is_new = cache.add(f"audited-{same}", 1, SAME_ACT)
    except RedisError:
        is_new = True
    if is_new:
        record(act, subject, by=user, event=event, **details)
