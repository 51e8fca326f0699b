"""Models of the API: sign-ins, API keys, stored responses to repeated requests, and webhooks."""

from __future__ import annotations

import base64
import hashlib
import secrets
import uuid
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.fields import EncryptedCharField, EncryptedTextField
from accounts.models import User, record
from expresso.api.addresses import may_be_public
from stations.models import Event


class SignIn(models.Model):
    """One sign-in of a person to the API. It lives on as long as the person uses refresh tokens, each of which works
    once and is replaced by a new one.

    If a refresh token is used a second time, somebody has probably copied it. This ends the sign-in with all its
    tokens."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="api_sign_ins")
    #: The claim `jti` of the newest refresh token, the only one that is valid.
    newest = models.CharField(max_length=32)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    #: True if the person used a sign-in card. Such a sign-in ends when the person gets a role that needs a password.
    by_card = models.BooleanField(default=False, db_default=False)

    class Meta:
        # Index to find and delete sign-ins whose last token has expired.
        indexes = [models.Index(fields=["expires_at"], name="sign_in_expired")]

    def __str__(self) -> str:
        return str(self.pk)


class Scope(models.TextChoices):
    """What a program is allowed to do with an API key, as far as the role of the key's owner also allows it."""

    READ = "read", _("read")
    ORDERS = "orders", _("place and work on orders")
    MENU = "menu", _("change the menu, stock and what is sold out")
    EVENT = "event", _("pause, resume, open and close")
    PEOPLE = "people", _("customers, staff and shifts")
    WEBHOOKS = "webhooks", _("webhooks")


def known_scopes(scopes: object) -> None:
    if not isinstance(scopes, list) or not scopes or set(scopes) - set(Scope.values):
        raise ValidationError(_("Name at least one of: %(scopes)s."), params={"scopes": ", ".join(Scope.values)})


class ApiKey(models.Model):
    """A program's key for one event. The program acts for `owner`, who made the key, and has no more rights than the
    owner."""

    #: Prefix of every API key. People and secret scanners recognize a key by it.
    MARK = "expresso_"

    name = models.CharField(max_length=60, help_text=_("The program that uses this key, to tell keys apart."))
    event = models.ForeignKey(Event, models.CASCADE, related_name="api_keys")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="api_keys")
    scopes = models.JSONField(default=list, validators=[known_scopes])
    #: SHA-256 of the key. A key has 256 random bits, so a slow hash would add nothing.
    digest = models.CharField(max_length=64, unique=True, editable=False)
    hint = models.CharField(
        max_length=8, editable=False, help_text=_("The last four characters of the key, to tell keys apart.")
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    used_at = models.DateTimeField(
        null=True,
        blank=True,
        editable=False,
        help_text=_("When a program last used this key, to the minute. Empty if no program has used it."),
    )
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("API key")
        ordering = ["event", "name"]

    def __str__(self) -> str:
        return f"{self.name} (…{self.hint})"

    def renew(self) -> str:
        """Set a new key and return it. The row holds only the key's hash, so the key cannot be read again."""
        key = self.MARK + secrets.token_urlsafe(32)
        self.digest, self.hint = digest_of(key), key[-4:]
        return key

    def revoke(self, *, by: User) -> None:
        """Make the key invalid. The row stays, because the audit log names it. Do nothing if the key was revoked
        before."""
        if ApiKey.objects.filter(pk=self.pk, revoked_at=None).update(revoked_at=timezone.now()):
            record("revoked", f"API key {self}", by=by, event=self.event_id)


def digest_of(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


class StoredAnswer(models.Model):
    """The response to a POST with an Idempotency-Key, kept for 24 hours, so that the same request sent again gets it
    too."""

    #: SHA-256 of the caller and the Idempotency-Key.
    key = models.CharField(max_length=64, primary_key=True)
    #: SHA-256 of method, path and body. The same key with a different request is refused.
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    headers = models.JSONField(default=dict)
    #: The response's body, encrypted because it can name customers.
    body = EncryptedTextField(default="")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        # Index to find and delete rows that are older than a day.
        indexes = [models.Index(fields=["created_at"], name="answer_expired")]

    def __str__(self) -> str:
        return self.key


class FactKind(models.TextChoices):
    """Kinds of facts, i.e. things that happen at an event, that a webhook can subscribe to."""

    PLACED = "order.placed", _("an order was placed")
    STARTED = "order.started", _("an order is being made")
    READY = "order.ready", _("an order is ready")
    COLLECTED = "order.collected", _("an order was collected")
    CANCELLED = "order.cancelled", _("an order was cancelled")
    STOCK_LOW = "stock.low", _("an ingredient runs low")
    PAUSED = "paused", _("an event or a station is paused")


#: Verbs of OrderEvents, each with the kind of fact that webhooks get for it. They get nothing for other verbs.
VERBS_TOLD = {
    "place": FactKind.PLACED,
    "start": FactKind.STARTED,
    "ready": FactKind.READY,
    "collect": FactKind.COLLECTED,
    "cancel": FactKind.CANCELLED,
}


def known_kinds(kinds: object) -> None:
    if not isinstance(kinds, list) or not kinds or set(kinds) - set(FactKind.values):
        raise ValidationError(_("Name at least one of: %(kinds)s."), params={"kinds": ", ".join(FactKind.values)})


def new_secret() -> str:
    """Return a new signing secret in the format of the Standard Webhooks specification."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()


class Webhook(models.Model):
    """A URL to which Expresso posts facts of the chosen kinds that happen at the event."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="webhooks")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    url = models.URLField(
        "URL",
        max_length=300,
        validators=[URLValidator(schemes=["https"])],
        help_text=_("The https address that Expresso calls. It must be on the public internet."),
    )
    kinds = models.JSONField(default=list, validators=[known_kinds])
    secret = EncryptedCharField(max_length=80, default=new_secret, editable=False)
    active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    #: What was low or paused when the worker last looked, such as "stock.7", "station.3" or "event.1". The webhook gets
    #: a fact only when something is added to these.
    standing = models.JSONField(default=list, editable=False)

    class Meta:
        ordering = ["event", "pk"]

    def __str__(self) -> str:
        return self.url

    def clean(self) -> None:
        if not may_be_public(urlsplit(self.url).hostname or ""):
            raise ValidationError({"url": _("This address is not on the public internet.")})


class WebhookDelivery(models.Model):
    """One fact to send to one webhook. The body names no person; the receiver can read the order through the API."""

    class State(models.TextChoices):
        QUEUED = "queued", _("Queued")
        DELIVERED = "delivered", _("Delivered")
        DEAD = "dead", _("Given up")

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="deliveries")
    #: Identifies the fact, so that each webhook gets it only once. "order-event.12" stands for OrderEvent 12. For low
    #: stock and pauses it is the row and the Unix time at which this was noticed, such as "stock.7.1767225600".
    fact = models.CharField(max_length=60)
    kind = models.CharField(max_length=20, choices=FactKind)
    body = models.JSONField()
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    outcome = models.CharField(
        max_length=80, blank=True, help_text=_("What the last attempt led to: the HTTP status, or the error.")
    )
    created_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = _("webhook deliveries")
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["webhook", "fact"], name="webhook_told_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.fact}"
