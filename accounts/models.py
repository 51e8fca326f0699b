"""Staff who sign in, customers who order, and the audit of what staff did."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

#: A phone number as Twilio writes it (ITU-T E.164).
e164 = RegexValidator(r"^\+[1-9]\d{6,14}$", _("Write the number with its country code, such as +15551234567."))


class Role(models.TextChoices):
    ADMIN = "admin", _("Admin")
    ORGANIZER = "organizer", _("Organizer")
    BARISTA = "barista", _("Barista")
    SUPPORT = "support", _("Support")
    DISPLAY = "display", _("Display")


class User(AbstractUser):
    role = models.CharField(max_length=16, choices=Role, default=Role.BARISTA)
    preferences = models.JSONField(
        default=dict, blank=True, help_text=_("What this person chose on a tablet: theme, sound, label size.")
    )

    @property
    def is_admin(self) -> bool:
        return self.is_superuser or self.role == Role.ADMIN

    @property
    def is_manager(self) -> bool:
        return self.is_admin or self.role == Role.ORGANIZER

    @property
    def works_boards(self) -> bool:
        """May change orders on a station's board."""
        return self.is_active and (self.is_manager or self.role == Role.BARISTA)

    @property
    def sees_boards(self) -> bool:
        return self.is_active and (self.works_boards or self.role == Role.SUPPORT)

    @property
    def sees_walls(self) -> bool:
        return self.is_active and (self.sees_boards or self.role == Role.DISPLAY)

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self._state.adding and self.is_superuser:
            # `manage.py createsuperuser` does not ask for a role.
            self.role = Role.ADMIN
        # Django's admin looks at is_staff only, so it follows from the role.
        self.is_staff = self.is_manager
        super().save(*args, **kwargs)

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Managers have every permission; the admin pages refuse what an organizer may not do."""
        return (self.is_active and self.is_manager) or super().has_perm(perm, obj)

    def has_module_perms(self, app_label: str) -> bool:
        return (self.is_active and self.is_manager) or super().has_module_perms(app_label)


class Customer(models.Model):
    """A person who orders. A walk-in may have a name and no number."""

    phone = models.CharField(max_length=16, unique=True, null=True, blank=True, validators=[e164])
    name = models.CharField(
        max_length=40, blank=True, help_text=_("Written on the cup. Customers are asked for it once.")
    )
    language = models.CharField(max_length=8, blank=True)
    vip = models.BooleanField("VIP", default=False, help_text=_("Marked on the ticket, for a speaker or a sponsor."))
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.name or _("Guest {id}").format(id=self.pk)


class AuditEntry(models.Model):
    """Something that a person changed. Orders have `OrderEvent`s of their own."""

    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="acts")
    act = models.CharField(max_length=40)
    subject = models.CharField(max_length=120, help_text=_("What was changed, in words."))
    details = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name_plural = "audit entries"
        ordering = ["-at", "-pk"]
        # The admin's list: newest first.
        indexes = [models.Index(fields=["-at"], name="audit_newest")]

    def __str__(self) -> str:
        return f"{self.act}: {self.subject}"


def record(act: str, subject: object, *, by: User | None, **details: Any) -> AuditEntry:
    return AuditEntry.objects.create(act=act, subject=str(subject)[:120], by=by, details=details)
