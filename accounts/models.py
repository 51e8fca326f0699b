"""People: staff who sign in, customers who text, and the record of who did what."""

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
        default=dict, blank=True, help_text=_("What this person chose on a tablet: theme, sounds, label size.")
    )

    @property
    def is_admin(self) -> bool:
        return self.is_superuser or self.role == Role.ADMIN

    @property
    def is_manager(self) -> bool:
        return self.is_admin or self.role == Role.ORGANIZER

    @property
    def works_boards(self) -> bool:
        """May move orders on a station's board."""
        return self.is_active and (self.is_manager or self.role == Role.BARISTA)

    @property
    def sees_boards(self) -> bool:
        return self.is_active and (self.works_boards or self.role == Role.SUPPORT)

    @property
    def sees_walls(self) -> bool:
        return self.is_active and (self.sees_boards or self.role == Role.DISPLAY)

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self._state.adding and self.is_superuser:
            # `manage.py createsuperuser` knows no roles.
            self.role = Role.ADMIN
        # The admin site asks is_staff; the role decides it, so the two cannot disagree.
        self.is_staff = self.is_manager
        super().save(*args, **kwargs)

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """The role decides: managers may do all that the admin offers. What an organizer may not, its page says."""
        return (self.is_active and self.is_manager) or super().has_perm(perm, obj)

    def has_module_perms(self, app_label: str) -> bool:
        return (self.is_active and self.is_manager) or super().has_module_perms(app_label)


class Customer(models.Model):
    """Somebody who orders. A walk-in has a name and no number."""

    phone = models.CharField(max_length=16, unique=True, null=True, blank=True, validators=[e164])
    name = models.CharField(max_length=40, blank=True, help_text=_("For the cup; asked once."))
    language = models.CharField(max_length=8, blank=True)
    vip = models.BooleanField("VIP", default=False, help_text=_("Marked on the ticket: a speaker, a sponsor."))
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.name or _("Guest {id}").format(id=self.pk)


class AuditEntry(models.Model):
    """An act of a person that changed something for others; orders keep their own `OrderEvent`s."""

    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="acts")
    act = models.CharField(max_length=40)
    subject = models.CharField(max_length=120, help_text=_("What it was done to, in words."))
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
