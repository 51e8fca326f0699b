"""Staff who sign in, customers who order, and the audit log of what staff did."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.fields import EncryptedCharField, KeyedHashField

#: Validates a phone number in the format that Twilio uses (ITU-T E.164).
e164 = RegexValidator(r"^\+[1-9]\d{6,14}$", _("Write the number with its country code, such as +15551234567."))

#: Pattern of Twilio's ids for WhatsApp users who hide their number (since 2026), such as US.13491208655302741918.
USER_ID = r"[A-Z]{2}\.[A-Za-z0-9.]{1,128}"
#: Validates an address for texts: a phone number, or the id of a WhatsApp user.
address = RegexValidator(rf"^(\+[1-9]\d{{6,14}}|{USER_ID})\Z", e164.message)


class Role(models.TextChoices):
    """A person's role at one event. `accounts.access` has the rights of each role. Admins need no role."""

    ORGANIZER = "organizer", _("Organizer")
    BARISTA = "barista", _("Barista")
    SUPPORT = "support", _("Support")
    DISPLAY = "display", _("Display")


class User(AbstractUser):
    preferences = models.JSONField(
        default=dict, blank=True, help_text=_("What this person chose on a tablet: theme, sound, label size.")
    )

    @property
    def called(self) -> str:
        return self.get_short_name() or self.get_username()

    @cached_property
    def roles(self) -> dict[int, str]:
        """Return the person's roles, by the event's primary key."""
        return {each.event_id: each.role for each in self.memberships.all()}

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Return True for organizers: they have every Django permission. The admin shows them only their own events'
        rows."""
        return self._manages() or super().has_perm(perm, obj)

    def has_module_perms(self, app_label: str) -> bool:
        return self._manages() or super().has_module_perms(app_label)

    def _manages(self) -> bool:
        return self.is_active and (self.is_superuser or Role.ORGANIZER in self.roles.values())


class Membership(models.Model):
    """A person's role at one event. Without a membership, staff cannot open any page of the event."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    event = models.ForeignKey("stations.Event", models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=16, choices=Role, default=Role.BARISTA)

    class Meta:
        ordering = ["event", "user"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "event"],
                name="one_role_per_event",
                violation_error_message=_("This person has a role at this event already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.event}"


class SignInCard(models.Model):
    """A PIN and a printed code with which a person signs in on a shared tablet, at one event.

    Only hashes are stored. The PIN and the code are shown once, when the card is printed."""

    user = models.ForeignKey(User, models.CASCADE, related_name="cards")
    event = models.ForeignKey("stations.Event", models.CASCADE, related_name="cards")
    #: Hashes of the PIN and of the code. `accounts.cards` makes them with a secret key.
    pin_hash = models.CharField(max_length=43, editable=False)
    code_hash = models.CharField(max_length=43, unique=True, editable=False)
    made_at = models.DateTimeField(auto_now_add=True)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "event"], name="one_card_per_event"),
            models.UniqueConstraint(fields=["event", "pin_hash"], name="pin_once_per_event"),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.event}"


class Authenticator(models.Model):
    """A person's authenticator app (TOTP, RFC 6238). Sign-ins ask for its code once `confirmed_at` is set."""

    user = models.OneToOneField(User, models.CASCADE, related_name="authenticator")
    #: The secret that the app and Expresso share, as hexadecimal digits.
    secret = EncryptedCharField(max_length=40)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    #: The latest 30-second step whose code was accepted. Codes of this and earlier steps are refused, so each works
    #: once.
    last_step = models.BigIntegerField(default=-1)

    def __str__(self) -> str:
        return str(self.user)


class BackupCode(models.Model):
    """A code that replaces the authenticator app for one sign-in. It is deleted when it is used."""

    authenticator = models.ForeignKey(Authenticator, models.CASCADE, related_name="backup_codes")
    #: SHA-256 of the code. A code has 80 random bits, so a slow hash would add nothing.
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["authenticator", "digest"], name="backup_code_once")]

    def __str__(self) -> str:
        return f"backup code of {self.authenticator}"


class Customer(models.Model):
    """A person who orders. A walk-in customer can have a name without a number."""

    #: A phone number, or the id of a WhatsApp user who hides their number.
    phone = EncryptedCharField(max_length=136, null=True, blank=True, validators=[address], hashed_in="phone_hash")
    phone_hash = KeyedHashField(source="phone")
    #: Hash of the last four digits. Staff search by them, because people often say only the end of their number.
    phone_end_hash = KeyedHashField(source="phone", last=4)
    name = EncryptedCharField(
        max_length=40, blank=True, help_text=_("Written on the cup. Customers are asked for it once.")
    )
    language = models.CharField(max_length=8, blank=True)
    vip = models.BooleanField(
        "VIP",
        default=False,
        help_text=_("Mark the tickets of this customer as VIP, for example for a speaker or a sponsor."),
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [models.UniqueConstraint(fields=["phone_hash"], name="customer_phone_once")]
        indexes = [models.Index(fields=["phone_end_hash"], name="customer_by_phone_end")]

    def __str__(self) -> str:
        """Return a text without the name. Django's admin log keeps this text even after the customer is erased."""
        return _("Guest {id}").format(id=self.pk)

    def save(self, *args: Any, **kwargs: Any) -> None:
        # If only the number is saved, save its hashes too.
        if "phone" in (kwargs.get("update_fields") or ()):
            kwargs["update_fields"] = {*kwargs["update_fields"], "phone_hash", "phone_end_hash"}
        super().save(*args, **kwargs)

    @property
    def called(self) -> str:
        return self.name or str(self)

    def clean(self) -> None:
        # Forms do not check the unique constraint on the hash, because the hash is no field of the form.
        if self.phone and Customer.objects.filter(phone=self.phone).exclude(pk=self.pk).exists():
            raise ValidationError({"phone": _("Another customer has this number.")})


class AuditEntry(models.Model):
    """An action of a person, with old and new values. The database refuses to change or delete entries.

    Entries name no customer. Changes of orders are stored as `OrderEvent`s instead."""

    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="acts")
    by_name = models.CharField(
        _("user name"),
        max_length=150,
        blank=True,
        db_default="",
        help_text=_("User name at the time of the action. Empty for actions of Expresso itself."),
    )
    # Without a database constraint, because an event can be deleted, while the entries that refer to it can never be
    # changed.
    event = models.ForeignKey(
        "stations.Event", models.DO_NOTHING, db_constraint=False, null=True, blank=True, related_name="+"
    )
    act = models.CharField(max_length=40)
    subject = models.CharField(max_length=120, help_text=_("What the action was done to, such as “user sam”."))
    #: Further details. "changes" has a pair [old value, new value] for each changed field.
    details = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name_plural = "audit entries"
        ordering = ["-at", "-pk"]
        # Index for the admin's list, which shows the newest entries first.
        indexes = [models.Index(fields=["-at"], name="audit_newest")]

    def __str__(self) -> str:
        return f"{self.act}: {self.subject}"


def record(
    act: str,
    subject: object,
    *,
    by: User | None,
    event: int | None = None,
    changes: Mapping[str, tuple[Any, Any]] | None = None,
    **details: Any,
) -> AuditEntry:
    """Write an audit entry. `event` is a primary key. `changes` has the old and new value of each changed field."""
    if changes:
        details["changes"] = {name: [_plain(before), _plain(after)] for name, (before, after) in changes.items()}
    return AuditEntry.objects.create(
        act=act,
        subject=str(subject)[:120],
        by=by,
        by_name=by.get_username() if by else "",
        event_id=event,
        details=details,
    )


def _plain(value: Any) -> Any:
    """Return the value as JSON can hold it: a datetime as text with seconds, a model instance as its name."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, dt.datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, Iterable):
        return [_plain(each) for each in value]
    return str(value)
