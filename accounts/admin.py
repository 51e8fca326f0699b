"""Admin pages of staff accounts, customers and the audit log."""

from __future__ import annotations

from typing import Any, cast

from axes import utils as axes
from axes.models import AccessAttempt
from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Group
from django.db.models import Exists, Model, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts import authenticator
from accounts.access import Right, may, user_of, within
from accounts.backoffice import AuditedAdmin, OwnChoicesInline, OwnEventsAdmin, SearchesEncrypted, ViewOnly
from accounts.forgetting import forget, looks_after_customer
from accounts.known_devices import DEVICE_MARK
from accounts.live_forms import LiveForm
from accounts.models import AuditEntry, Customer, Membership, User

# Django's groups are not used, because a person's rights follow from their roles.
admin.site.unregister(Group)


class RolesOfUserInline(OwnChoicesInline, admin.TabularInline):
    model = Membership
    form = LiveForm
    extra = 0

    def get_queryset(self, request: HttpRequest) -> QuerySet[Membership]:
        return within(user_of(request), Right.MANAGE, super().get_queryset(request), "event")

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        if obj is None and not user_of(request).is_superuser:
            # A new account needs a role, or else the organizer who made it could not see it: organizers see only their
            # events' staff.
            kwargs |= {"min_num": 1, "validate_min": True}
        return super().get_formset(request, obj, **kwargs)


class UserForm(LiveForm, UserChangeForm):
    pass


@admin.register(User)
class UserAdmin(AuditedAdmin, DjangoUserAdmin):
    form = UserForm
    list_display = ["username", "first_name", "last_name", "is_superuser", "is_active", "last_login"]
    list_filter = ["memberships__role", "memberships__event", "is_superuser", "is_active"]
    search_fields = ["username", "first_name", "last_name", "email"]
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (_("Person"), {"fields": ["first_name", "last_name", "email"]}),
        (_("Access"), {"fields": ["is_active", "is_superuser"]}),
        (_("Dates"), {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [(None, {"fields": ["username", "first_name", "is_superuser", "password1", "password2"]})]
    filter_horizontal = []
    readonly_fields = ["last_login", "date_joined"]
    inlines = [RolesOfUserInline]
    actions = ["let_in", "remove_authenticator"]
    personal_fields = ("password", "first_name", "last_name", "email")

    def of_own_events(self, request: HttpRequest, rows: QuerySet[User]) -> QuerySet[User]:
        me = user_of(request)
        if me.is_superuser:
            return rows
        colleagues = within(me, Right.MANAGE, User.objects.filter(is_superuser=False), "memberships__event")
        return rows.filter(Q(pk__in=colleagues.values("pk")) | Q(pk=me.pk))

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return super().has_change_permission(request, obj) and (
            not isinstance(obj, User) or _looks_after(user_of(request), obj)
        )

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Return False: accounts are only made inactive, because the audit log refers to them."""
        return False

    @admin.action(description=_("Let in again after wrong passwords"), permissions=["change"])
    def let_in(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        people = [person for person in queryset if self.has_change_permission(request, person)]
        for person in people:
            axes.reset(username=person.username)
            AccessAttempt.objects.filter(username__startswith=f"{person.username}{DEVICE_MARK}").delete()
            self.record_act(request, "let in again", person)
        if people:
            self.message_user(request, gettext("May try again: %s.") % ", ".join(map(str, people)))
        if others := [person for person in queryset if person not in people]:
            refused = gettext("Only an admin can let these in: %s.") % ", ".join(map(str, others))
            self.message_user(request, refused, messages.WARNING)

    @admin.action(description=_("Remove the authenticator app"), permissions=["admin"])
    def remove_authenticator(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        people = [person for person in queryset if authenticator.remove(person, by=user_of(request))]
        if people:
            self.message_user(request, gettext("Sign in without a code: %s.") % ", ".join(map(str, people)))
        else:
            self.message_user(request, gettext("Nobody of them uses an authenticator app."), messages.WARNING)

    def has_admin_permission(self, request: HttpRequest) -> bool:
        return user_of(request).is_superuser

    def get_fieldsets(self, request: HttpRequest, obj: Model | None = None) -> Any:
        """Show the field "superuser" only to admins. Django ignores posted values of fields that it does not show."""
        shown = super().get_fieldsets(request, obj)
        if user_of(request).is_superuser:
            return shown
        return [
            (name, options | {"fields": [field for field in options["fields"] if field != "is_superuser"]})
            for name, options in shown
        ]


def _looks_after(me: User, user: User) -> bool:
    """Return whether the signed-in user `me` is allowed to change the account `user`.

    An admin can change every account. An organizer can change it if `user` is no admin and has roles only at events
    that the organizer manages. Otherwise the organizer could set that person's password and sign in as them there."""
    if me.is_superuser:
        return True
    return not user.is_superuser and all(may(me, Right.MANAGE, event) for event in user.roles)


class CustomerForm(LiveForm):
    language = forms.ChoiceField(
        label=_("Language"), required=False, choices=lambda: [("", _("The event's")), *settings.LANGUAGES]
    )


def _rows_of_customer(relation: str) -> QuerySet[Any]:
    """Return a queryset for `Exists` in a query on customers: a customer's rows of this relation, such as "orders"."""
    model: Any = Customer._meta.get_field(relation).related_model
    return cast(QuerySet[Any], model._default_manager.filter(customer=OuterRef("pk")).order_by())


@admin.register(Customer)
class CustomerAdmin(SearchesEncrypted, AuditedAdmin):
    form = CustomerForm
    list_display = ["called", "phone", "language", "vip", "created_at"]
    list_filter = ["vip", "created_at"]
    encrypted_search_fields = ("name", "phone")
    phone_search = ""
    search_help_text = _("Name, phone number, or its last four digits")
    # Sort by primary key, newest first, because `created_at` has no index.
    ordering = ["-pk"]
    readonly_fields = ["created_at"]

    def of_own_events(self, request: HttpRequest, rows: QuerySet[Customer]) -> QuerySet[Customer]:
        me = user_of(request)
        if me.is_superuser:
            return rows
        # Use `Exists` here. With `pk__in` and a subquery, PostgreSQL would read all orders of the events again for
        # every customer. Conversations come first: most customers have texted, and for these the database does not look
        # for orders.
        wrote, ordered = (
            Exists(within(me, Right.MANAGE, _rows_of_customer(relation), "event"))
            for relation in ("conversations", "orders")
        )
        return rows.filter(wrote | ordered)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return super().has_change_permission(request, obj) and self._is_own(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return super().has_delete_permission(request, obj) and self._is_own(request, obj)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Return what the confirmation page lists: what will be deleted with these customers. Their orders stay,
        without a person.

        If an organizer chose a customer who ordered at another event too, nothing is deleted. The page then names the
        customers whom only an admin can delete."""
        names = [str(row) for row in objs]
        others = [row for row in objs if not self.has_delete_permission(request, row)]
        left = [
            gettext("%s, who ordered at another event as well: only an admin can delete them") % row for row in others
        ]
        return [*names, gettext("their texts, names, notes and links")], {_("customers"): len(names)}, set(), left

    def delete_model(self, request: HttpRequest, obj: Customer) -> None:
        forget(obj, by=user_of(request))

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Customer]) -> None:
        for customer in queryset:
            forget(customer, by=user_of(request))

    def _is_own(self, request: HttpRequest, customer: Model | None) -> bool:
        return not isinstance(customer, Customer) or looks_after_customer(user_of(request), customer)

    @admin.display(description=_("name"))
    def called(self, customer: Customer) -> str:
        """Return the customer's name, or "Guest" and a number if there is no name. In the list of customers, this text
        links to the customer's page."""
        return customer.called

    def subject_of(self, row: Model) -> str:
        # Name the customer by primary key only, because the audit log stays when the customer is erased.
        return f"customer {row.pk}"


@admin.register(AuditEntry)
class AuditEntryAdmin(ViewOnly, OwnEventsAdmin):
    """The audit log. Organizers see entries of their events, and entries of their own actions."""

    event_path = "event"
    list_display = ["at", "by_name", "event", "act", "subject", "what"]
    list_filter = ["event", "act", "at", ("by", admin.RelatedOnlyFieldListFilter)]
    search_fields = ["by_name", "act", "subject", "event__name", "details_as_text"]
    search_help_text = _("Who, what was done, what was changed, a value before or after")
    date_hierarchy = "at"
    fields = ["at", "by_name", "event_name", "act", "subject", "what"]
    readonly_fields = ["event_name", "what"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[AuditEntry]:
        rows: QuerySet[AuditEntry] = super().get_queryset(request)
        # Load the event in the same query. The event of an old entry may have been deleted. A join then gives None, but
        # a later query for the event would raise DoesNotExist.
        return rows.select_related("event").annotate(details_as_text=Cast("details", TextField()))

    def of_own_events(self, request: HttpRequest, rows: QuerySet[AuditEntry]) -> QuerySet[AuditEntry]:
        me = user_of(request)
        if me.is_superuser:
            return rows
        here = within(me, Right.MANAGE, AuditEntry.objects.all(), "event")
        return rows.filter(Q(pk__in=here.values("pk")) | Q(by=me))

    @admin.display(description=_("event"))
    def event_name(self, entry: AuditEntry) -> str:
        return str(entry.event or "")

    @admin.display(description=_("from → to"))
    def what(self, entry: AuditEntry) -> str:
        """Return the entry's details in words, such as "extra_minutes: 0 → 5"."""
        details = dict(entry.details)
        changes = details.pop("changes", {})
        if not isinstance(changes, dict):
            return f"{changes}"
        said = [f"{name}: {_said(before)} → {_said(after)}" for name, (before, after) in changes.items()]
        return "; ".join([*said, *(f"{name}: {_said(value)}" for name, value in details.items())])


def _said(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(_said, value)) or "–"
    return "–" if value in (None, "") else str(value)
