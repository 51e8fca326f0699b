"""Base classes of the admin pages of all apps."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db.models import DateField, DateTimeField, Field, Model, QuerySet, TimeField
from django.http import HttpRequest

from accounts.access import user_of
from accounts.models import e164, record
from accounts.phones import PhoneField

#: Dates and times use the browser's own input: one labelled field, with a picker on phones. Django's default splits a
#: moment into two inputs without labels.
NATIVE_TIMES: dict[type[Field[Any, Any]], dict[str, Any]] = {
    DateTimeField: {
        "form_class": forms.DateTimeField,
        "widget": forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M:%S"),
    },
    DateField: {"widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")},
    TimeField: {"widget": forms.TimeInput(attrs={"type": "time"}, format="%H:%M:%S")},
}


class NamedByRow(forms.BoundField):
    """A field of an editable list. Its column's head is the only visible label, so it carries an aria-label."""

    form: forms.ModelForm[Any]

    def build_widget_attrs(self, attrs: dict[str, Any], widget: Any = None) -> dict[str, Any]:
        return super().build_widget_attrs(attrs, widget) | {"aria-label": f"{self.label}, {self.form.instance}"}


class AuditedAdmin(admin.ModelAdmin):
    """Records in the audit who added, changed or deleted a row: the names of fields, never their values."""

    formfield_overrides = NATIVE_TIMES

    def formfield_for_dbfield(
        self, db_field: Field[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        if e164 in db_field.validators:
            kwargs["form_class"] = PhoneField
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            # A related row is deleted on its own page, not by a slip beside the field that chooses it.
            field.widget.can_delete_related = False
        return field

    def get_changelist_form(self, request: HttpRequest, **kwargs: Any) -> Any:
        form = super().get_changelist_form(request, **kwargs)
        form.bound_field_class = NamedByRow
        return form

    def subject_of(self, row: Model) -> str:
        return f"{row._meta.verbose_name} {row}"

    def log_addition(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        record("added", self.subject_of(obj), by=user_of(request))
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        if message:
            record("changed", self.subject_of(obj), by=user_of(request), changes=message)
        return super().log_change(request, obj, message)

    def log_deletions(self, request: HttpRequest, queryset: QuerySet[Model]) -> Any:
        for row in queryset:
            record("deleted", self.subject_of(row), by=user_of(request))
        return super().log_deletions(request, queryset)

    def record_act(self, request: HttpRequest, act: str, row: Model, **details: Any) -> None:
        """Record an admin action, which Django does not log."""
        record(act, self.subject_of(row), by=user_of(request), **details)


class ViewOnly:
    """Rows that the program writes and the admin only shows."""

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class InFull:
    """Choices labelled with the rows they belong to ("Bar 1 · PyCon"), because two events both have a "Bar 1"."""

    def __init__(self, *args: Any, path: str, **kwargs: Any) -> None:
        self.path = path
        super().__init__(*args, **kwargs)

    def label_from_instance(self, row: Any) -> str:
        names = [str(row)]
        for step in filter(None, self.path.split("__")):
            row = getattr(row, step)
            names.append(str(row))
        return " · ".join(names)


class OneInFull(InFull, forms.ModelChoiceField):
    pass


class ManyInFull(InFull, forms.ModelMultipleChoiceField):
    pass


class NamesInFull:
    #: Field → the relations that tell rows of one name apart, such as "group__event".
    told_apart_by: ClassVar[Mapping[str, str]] = {}

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        return super().formfield_for_foreignkey(db_field, request, **self._in_full(db_field, OneInFull, kwargs))  # type: ignore[misc]

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        return super().formfield_for_manytomany(db_field, request, **self._in_full(db_field, ManyInFull, kwargs))  # type: ignore[misc]

    def _in_full(self, db_field: Field[Any, Any], form_class: type[InFull], kwargs: dict[str, Any]) -> dict[str, Any]:
        path = self.told_apart_by.get(db_field.name)
        if not path or not db_field.related_model or isinstance(db_field.related_model, str):
            return kwargs
        rows = db_field.related_model._default_manager.select_related(path)
        return {"form_class": partial(form_class, path=path), "queryset": rows} | kwargs
