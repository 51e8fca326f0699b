from __future__ import annotations

from typing import Any

from axes import utils as axes
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.access import user_of
from accounts.backoffice import AuditedAdmin, ViewOnly
from accounts.models import AuditEntry, Customer, Role, User

# The role decides what somebody may do; groups would be a second answer.
admin.site.unregister(Group)

ROLES = _(
    "Admins and organizers run everything, here too; an organizer changes no admin. Baristas work the boards, support "
    "looks at them, a display shows the wall and the kiosk."
)


@admin.register(User)
class UserAdmin(AuditedAdmin, DjangoUserAdmin):
    list_display = ["username", "first_name", "last_name", "role", "is_active", "last_login"]
    list_filter = ["role", "is_active"]
    search_fields = ["username", "first_name", "last_name", "email"]
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (_("Person"), {"fields": ["first_name", "last_name", "email"]}),
        (_("Access"), {"fields": ["role", "is_active"]}),
        (_("Dates"), {"fields": ["last_login", "date_joined"]}),
    ]
    add_fieldsets = [(None, {"fields": ["username", "first_name", "role", "password1", "password2"]})]
    filter_horizontal = []
    readonly_fields = ["last_login", "date_joined"]
    actions = ["let_in"]

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return super().has_change_permission(request, obj) and _may_touch(user_of(request), obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        # Deleting oneself would leave nobody to notice the slip.
        return super().has_delete_permission(request, obj) and _may_touch(user_of(request), obj) and obj != request.user

    @admin.action(description=_("Let in again after wrong passwords"), permissions=["change"])
    def let_in(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        people = [person for person in queryset if self.has_change_permission(request, person)]
        for person in people:
            axes.reset(username=person.username)
            self.record_act(request, "let in again", person)
        self.message_user(request, gettext("May try again: %s.") % ", ".join(map(str, people)))

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "role":
            kwargs["help_text"] = ROLES
        if db_field.name == "role" and not user_of(request).is_admin:
            kwargs["choices"] = [choice for choice in Role.choices if choice[0] != Role.ADMIN]
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj.is_superuser = obj.role == Role.ADMIN
        super().save_model(request, obj, form, change)


def _may_touch(by: User, user: Model | None) -> bool:
    """Organizers look after everybody but admins."""
    return by.is_admin or not (isinstance(user, User) and user.is_admin)


@admin.register(Customer)
class CustomerAdmin(AuditedAdmin):
    list_display = ["called", "phone", "language", "vip", "created_at"]
    list_filter = ["vip", "created_at"]
    search_fields = ["name", "phone"]
    readonly_fields = ["created_at"]

    @admin.display(description=_("name"), ordering="name")
    def called(self, customer: Customer) -> str:
        """Who gave no name is a guest with a number, so that there is something to open."""
        return str(customer)

    def subject_of(self, row: Model) -> str:
        # The audit outlives the customer's data.
        return f"customer {row.pk}"


@admin.register(AuditEntry)
class AuditEntryAdmin(ViewOnly, admin.ModelAdmin):
    list_display = ["at", "by", "act", "subject"]
    list_filter = ["act", "at", ("by", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["by"]
    search_fields = ["subject", "by__username"]
    date_hierarchy = "at"
