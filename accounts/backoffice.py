"""Base classes of all apps' admin pages."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial, reduce
from typing import Any, ClassVar, cast

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import get_fields_from_path
from django.contrib.admin.views.main import ORDER_VAR, ChangeList
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.db import connection
from django.db.models import DateField, DateTimeField, Field, Model, Q, QuerySet, TimeField
from django.http import HttpRequest

from accounts import pages, search
from accounts.access import Right, user_of, within
from accounts.audit import changes_of
from accounts.fields import Encrypted
from accounts.models import address, e164, record
from accounts.pages import BoundedPaginator
from accounts.phones import PhoneField
from accounts.request_events import events_of
from accounts.typed_input import whole_number

#: Use the browser's own input for dates and times: one input with a label, and a picker on phones. Django's default has
#: two inputs without labels.
NATIVE_TIMES: dict[type[Field[Any, Any]], dict[str, Any]] = {
    DateTimeField: {
        "form_class": forms.DateTimeField,
        "widget": forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M:%S"),
    },
    DateField: {"widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")},
    TimeField: {"widget": forms.TimeInput(attrs={"type": "time"}, format="%H:%M:%S")},
}


#: Maximum number of words in a search. More words are ignored, because they would slow down the database.
MOST_WORDS = 6


class NamedByRow(forms.BoundField):
    """A form field in an editable list. Its aria-label names the field and its row, such as "Price, Latte".

    In such a list the label is visible only as the heading of the column."""

    form: forms.ModelForm[Any]

    def build_widget_attrs(self, attrs: dict[str, Any], widget: Any = None) -> dict[str, Any]:
        return super().build_widget_attrs(attrs, widget) | {"aria-label": f"{self.label}, {self.form.instance}"}


class NewestSorted(ChangeList):
    """An admin list. If the user sorts it by a column, it shows only the newest rows, at most `pages.MOST_ROWS`.

    Most columns have no index, so PostgreSQL would have to sort a million rows to show one page."""

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset(request, exclude_parameters)
        if ORDER_VAR not in self.params:
            return rows
        # Find the first row that is too old to be listed, in a query of its own. SQLite would run a subquery again for
        # every row.
        oldest = list(rows.order_by("-pk").values_list("pk", flat=True)[pages.MOST_ROWS : pages.MOST_ROWS + 1])
        return rows.filter(pk__gt=oldest[0]) if oldest else rows


class OwnEventsAdmin(admin.ModelAdmin):
    """Shows organizers only their own events' rows: in lists, filters, forms, histories and choices."""

    #: The Django lookup that leads from a row to its event, such as "station__event".
    event_path: ClassVar[str]
    # Otherwise Django would also count all rows of the table each time that a filtered list is shown.
    show_full_result_count = False
    paginator = BoundedPaginator

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = self.of_own_events(request, super().get_queryset(request))
        match, shown = request.resolver_match, events_of(request).shown
        if shown and match and str(match.url_name).endswith("_changelist") and belongs_to_event(self):
            return rows.filter(**{self.event_path: shown})
        return rows

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return NewestSorted

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        of_form = None
        if belongs_to_event(self):
            of_form = event_of_row(self, obj) if obj else event_of_new_row(request)
        # Store the event that the form's row belongs to. `choices_of` reads it, so that the form offers only related
        # rows of this event.
        events_of(request).of_form = of_form
        return super().get_form(request, obj, change=change, **kwargs)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        event = event_of_new_row(request) if getattr(self, "event_path", "") == "event" else None
        return ({"event": event} if event else {}) | super().get_changeform_initial_data(request)

    def of_own_events(self, request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
        return within(user_of(request), Right.MANAGE, rows, self.event_path)

    def get_field_queryset(self, db: str | None, db_field: Any, request: HttpRequest) -> QuerySet[Any] | None:
        return choices_of(self.admin_site, db_field, request)

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        """Make every filter on a relation an OwnRowsFilter, which offers only rows of the user's own events."""
        return [
            (name, OwnRowsFilter)
            if isinstance(name, str) and get_fields_from_path(self.model, name)[-1].is_relation
            else name
            for name in super().get_list_filter(request)
        ]


class OwnRowsFilter(admin.RelatedFieldListFilter):
    """A list filter on a relation. It offers only rows that the user is allowed to see.

    Django's own filter would look for the values in the whole table, which can have a million rows."""

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> Any:
        rows = choices_of(model_admin.admin_site, field, request)
        return [(row.pk, str(row)) for row in rows.order_by(*self.field_admin_ordering(field, request, model_admin))]


def choices_of(site: admin.AdminSite, db_field: Any, request: HttpRequest) -> QuerySet[Any]:
    """Return the rows that a relation field offers: the rows that the user sees in lists. In a form, return only those
    of the form's event."""
    related = db_field.remote_field.model
    if not site.is_registered(related):
        return cast(QuerySet[Any], related._default_manager.all())
    of_related = site.get_model_admin(related)
    rows = of_related.get_queryset(request)
    path, event = getattr(of_related, "event_path", ""), events_of(request).of_form
    return rows.filter(**{path: event}) if path and event else rows


def belongs_to_event(of_model: admin.ModelAdmin) -> bool:
    """Return whether each row of the model belongs to one event. Return False for the model `Event` itself."""
    return getattr(of_model, "event_path", "pk") != "pk"


def event_of_row(of_model: admin.ModelAdmin, row: Model) -> int | None:
    """Return the primary key of the row's event, or None if the row belongs to no event."""
    path = getattr(of_model, "event_path", "")
    found: Any = reduce(getattr, filter(None, path.split("__")), row) if path else None
    key: int | None = getattr(found, "pk", found)
    return key


def event_of_new_row(request: HttpRequest) -> int | None:
    """Return the primary key of the event for a new row.

    It is the event that the form or URL names, else the event whose rows the lists show, else the user's first event.
    Return None if the user manages no event."""
    events = events_of(request)
    own = events.own or {}
    asked = whole_number(request.POST.get("event") or request.GET.get("event"))
    return asked if asked in own else events.shown or next(iter(own), None)


class OwnChoicesInline:
    """Mixin for inlines. Their relation fields offer only rows that the user also sees in lists."""

    admin_site: admin.AdminSite

    def get_field_queryset(self, db: str | None, db_field: Any, request: HttpRequest) -> QuerySet[Any]:
        return choices_of(self.admin_site, db_field, request)


class AuditedAdmin(OwnEventsAdmin):
    """Base of admin pages. Each page writes to the audit log who added, changed or deleted a row, and what was
    changed."""

    formfield_overrides = NATIVE_TIMES
    #: Fields with personal data. The audit log omits their values.
    personal_fields: ClassVar[tuple[str, ...]] = ()

    def formfield_for_dbfield(
        self, db_field: Field[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        if e164 in db_field.validators or address in db_field.validators:
            kwargs["form_class"] = PhoneField
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            # Related rows can be deleted on their own pages. A delete link beside the field would invite mistakes.
            field.widget.can_delete_related = False
        return field

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """Load the row for a form. If the form is being saved, lock the row first, so that nobody changes it between
        check and save.

        Django opens a transaction before it calls this to save a form. Other pages, such as the history, have no
        transaction, so nothing is locked there."""
        if request.method == "POST" and object_id.isdigit() and connection.in_atomic_block:
            list(self.model._base_manager.select_for_update().filter(pk=object_id).values_list("pk"))
        return super().get_object(request, object_id, from_field)

    def get_changelist_form(self, request: HttpRequest, **kwargs: Any) -> Any:
        form = super().get_changelist_form(request, **kwargs)
        form.bound_field_class = NamedByRow
        return form

    def subject_of(self, row: Model) -> str:
        return f"{row._meta.verbose_name} {row}"

    def event_of(self, row: Model) -> int | None:
        return event_of_row(self, row)

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> Any:
        """Return Django's change message, and add an `AuditedChanges` with the old and new values to it.

        When the message is logged, `_apart` removes the values from Django's own log and gives them to the audit
        log."""
        changes = changes_of(form, formsets or (), personal=self.personal_fields)
        return [*super().construct_change_message(request, form, formsets, add), AuditedChanges(changes)]

    def log_addition(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        message, changes = _apart(message)
        self.record_act(request, "added", obj, changes=changes)
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Model, message: Any) -> Any:
        message, changes = _apart(message)
        if changes or isinstance(message, str):
            note = {"note": message} if isinstance(message, str) else {}
            self.record_act(request, "changed", obj, changes=changes, **note)
        return super().log_change(request, obj, message)

    def log_deletions(self, request: HttpRequest, queryset: QuerySet[Model]) -> Any:
        for row in queryset:
            self.record_act(request, "deleted", row)
        return super().log_deletions(request, queryset)

    def record_act(self, request: HttpRequest, act: str, row: Model, **details: Any) -> None:
        record(act, self.subject_of(row), by=user_of(request), event=self.event_of(row), **details)


class AuditedChanges(dict[str, Any]):
    """Old and new values of the fields that were changed in an admin form. They travel from the form to the audit log
    inside Django's change message."""


def _apart(message: Any) -> tuple[Any, dict[str, Any]]:
    """Split a change message into the part for Django's own log, and the changed values for the audit log."""
    if isinstance(message, str):
        return message, {}
    parts = [part for part in message if not isinstance(part, AuditedChanges)]
    changes = {name: values for part in message if isinstance(part, AuditedChanges) for name, values in part.items()}
    return parts, changes


class SearchesEncrypted(admin.ModelAdmin):
    """Base of admin pages whose search also finds encrypted values. Their lists cannot be sorted by encrypted fields,
    because the database cannot compare the values."""

    #: The encrypted fields that are searched, such as "customer__name".
    encrypted_search_fields: ClassVar[tuple[str, ...]] = ()
    #: The Django lookup from a row to its customer, such as "customer__", if the search also finds customers' phone
    #: numbers. "" if the row itself is the customer. None if phone numbers are not searched.
    phone_search: ClassVar[str | None] = None

    def get_search_fields(self, request: HttpRequest) -> Any:
        # Django shows a search box only if this method returns fields. If a model has only encrypted search fields,
        # return these.
        return super().get_search_fields(request) or self.encrypted_search_fields

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Return the rows that match every word of the search. A word matches a row if it is in one of the row's
        fields, or is the phone number of the row's customer.

        A search field that needs the complete value ("=code" or "code__exact") is searched in all rows, other fields
        only in the newest rows. The returned queryset selects the found rows by primary key, so the search does not run
        again when the list is counted and shown."""
        words = search_term.replace("\0", "").split()[:MOST_WORDS]
        if not words:
            return queryset, False
        personal = [word for word in words if not self.is_never_personal(word)]
        decrypted = search.containing(queryset, self.encrypted_search_fields, personal)
        found = [decrypted.get(word, set()) for word in words]
        for word, keys in zip(words, found, strict=True):
            rows = queryset.filter(self._meant_by(word, queryset, is_personal=word in personal))
            # Remove the sorting. Otherwise PostgreSQL would read the table row by row in sorted order until it has
            # found a match.
            keys.update(rows.order_by().values_list("pk", flat=True))
        newest = sorted(set.intersection(*found), reverse=True)[: pages.MOST_ROWS + 1]
        rows = self.model._default_manager.filter(pk__in=newest).order_by(*queryset.query.order_by)
        rows.query.select_related = queryset.query.select_related
        return rows, False

    def _meant_by(self, word: str, listed: QuerySet[Any], *, is_personal: bool) -> Q:
        """Return the condition for rows with this word: in a field that is not encrypted, or as the customer's phone
        number."""
        found = Q(pk__in=[])
        for field in self.search_fields:
            path, _, name = field.rpartition("__")
            if name == "exact":
                found |= Q(**{field: word})
            elif field.startswith("="):
                # As in Django, a field "=code" matches only the complete code, so the database can use an index.
                found |= search.reached_by(self.model, path[1:], Q(**{f"{name.lstrip('=')}__iexact": word}))
            else:
                found |= search.among_newest(listed, Q(**{f"{field}__icontains": word}))
        if self.phone_search is not None and is_personal:
            found |= search.reached_by(self.model, self.phone_search, search.phone_is("", word))
        return found

    def is_never_personal(self, word: str) -> bool:
        """Return True if the word cannot be part of a name or of another encrypted value, so that no values are
        decrypted to search for it.

        Subclasses override this, for example to recognize order codes."""
        return False

    def get_sortable_by(self, request: HttpRequest) -> Any:
        encrypted = {field.name for field in self.opts.concrete_fields if isinstance(field, Encrypted)}
        return [name for name in super().get_sortable_by(request) if name not in encrypted]


class ViewOnly:
    """Mixin for rows that Expresso writes and that the admin only shows."""

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class InFull:
    """Mixin for choice fields. Each choice also has the names of the rows along the lookup `path`: with the path
    "event", the label of a station is "Bar 1 · PyCon". Two events can both have a "Bar 1"."""

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
    admin_site: admin.AdminSite
    #: The `path` of `InFull` for each relation field: {"station": "event"} adds the event's name to each offered
    #: station.
    told_apart_by: ClassVar[Mapping[str, str]] = {}

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs = self._in_full(db_field, request, OneInFull, kwargs)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)  # type: ignore[misc]

    def formfield_for_manytomany(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        kwargs = self._in_full(db_field, request, ManyInFull, kwargs)
        return super().formfield_for_manytomany(db_field, request, **kwargs)  # type: ignore[misc]

    def _in_full(
        self, db_field: Field[Any, Any], request: HttpRequest, form_class: type[InFull], kwargs: dict[str, Any]
    ) -> dict[str, Any]:
        path = self.told_apart_by.get(db_field.name)
        if not path or not db_field.related_model or isinstance(db_field.related_model, str):
            return kwargs
        rows = choices_of(self.admin_site, db_field, request).select_related(path)
        return {"form_class": partial(form_class, path=path), "queryset": rows} | kwargs
