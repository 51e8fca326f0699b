"""Messages that Expresso sends, their recipients, and their delivery status. Texts are personal: never log a body."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.fields import EncryptedCharField, EncryptedTextField, KeyedHashField
from orders.models import Order, OrderEvent
from sms.models.conversations import Conversation
from stations.models import Event, Station


class Delivery(models.TextChoices):
    """The delivery status of a message that Expresso sends. The status only moves forward (`sms.delivery`)."""

    QUEUED = "queued", _("Queued")
    SENDING = "sending", _("Sending")
    SENT = "sent", _("Sent")
    DELIVERED = "delivered", _("Delivered")
    FAILED = "failed", _("Failed")
    EXPIRED = "expired", _("Expired")


class Subscription(models.Model):
    """A device or mailbox that is notified about one order.

    `endpoint` is the address of the browser's push service, or "mailto:" with a mail address. `p256dh` and `auth` are
    the browser's keys (base64url); they are empty for a mailbox."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="subscriptions", db_index=False)
    endpoint = EncryptedCharField(max_length=800, hashed_in="endpoint_hash")
    endpoint_hash = KeyedHashField(source="endpoint")
    p256dh = EncryptedCharField(max_length=120)
    auth = EncryptedCharField(max_length=32)
    #: True if the customer prefers this device or mailbox to texts. The customer then gets a text only if a message to
    #: this address fails. A reminder is sent to this address and as a text.
    is_first = models.BooleanField(default=False, db_default=False)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        # The table keeps its old name, because the release before this one uses this name.
        db_table = "sms_pushsubscription"
        ordering = ["order_id", "pk"]
        constraints = [
            # Unique, so that a second tap on the same device adds no second subscription.
            models.UniqueConstraint(fields=["order", "endpoint_hash"], name="subscribed_once")
        ]

    def __str__(self) -> str:
        return f"{self.order_id} {self.pk}"

    @property
    def is_mailbox(self) -> bool:
        return self.endpoint.startswith("mailto:")


class Broadcast(models.Model):
    """A message to all customers of an event who wait for an order. Each of them gets one text."""

    class Kind(models.TextChoices):
        DELAY = "delay", _("It takes longer")
        BREAK = "break", _("A short break")
        CLOSING = "closing", _("We close soon")
        OWN = "own", _("Own words")

    #: Maximum length of an organizer's own text, in characters. With an order's code before it, it fits two segments.
    LONGEST = 160

    event = models.ForeignKey(Event, models.CASCADE, related_name="broadcasts")
    station = models.ForeignKey(Station, models.SET_NULL, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind)
    text = EncryptedCharField(
        max_length=LONGEST, blank=True, help_text=_("The organizer's text. Empty unless the kind is “Own words”.")
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    #: Identifies the posted form, so that a form posted twice creates one broadcast.
    key = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    stopped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"


class OutboundMessage(models.Model):
    """A text, push or mail that Expresso starts. The row is stored first, and a worker then sends the message."""

    class Kind(models.TextChoices):
        READY = "ready", _("Ready")
        CANCELLED = "cancelled", _("Cancelled")
        GRANTED = "granted", _("Wish granted")
        DECLINED = "declined", _("Wish declined")
        REMINDER = "reminder", _("Reminder")
        FEEDBACK = "feedback", _("How was it?")
        PAID = "paid", _("Paid")
        NOT_PAID = "not_paid", _("Not paid in time")
        REFUNDED = "refunded", _("Refunded")
        MESSAGE = "message", _("From the bar")
        SUPPORT = "support", _("From support")
        BROADCAST = "broadcast", _("To everybody waiting")

    #: A text has a `conversation`; a push or mail has a `subscription`. The other field is empty.
    conversation = models.ForeignKey(
        Conversation, models.CASCADE, related_name="outbound", null=True, blank=True, db_index=False
    )
    subscription = models.ForeignKey(
        Subscription, models.CASCADE, related_name="outbound", null=True, blank=True, editable=False
    )
    order = models.ForeignKey(Order, models.SET_NULL, null=True, blank=True, related_name="texts")
    kind = models.CharField(max_length=16, choices=Kind)
    #: The OrderEvent that the message is about.
    cause = models.ForeignKey(OrderEvent, models.SET_NULL, null=True, blank=True, related_name="texts", db_index=False)
    broadcast = models.ForeignKey(
        Broadcast, models.SET_NULL, null=True, blank=True, editable=False, related_name="texts", db_index=False
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        help_text=_("The person of the support desk who wrote it. Empty if nobody did."),
    )
    #: Identifies the support desk's form, so that a form posted twice creates one text.
    key = models.CharField(max_length=64, unique=True, null=True, blank=True, editable=False)
    #: When a person sent this failed text once more. The new text has a row of its own.
    resent_at = models.DateTimeField(null=True, blank=True, editable=False)
    body = EncryptedTextField()
    #: Segments of the text, for the costs in reports. NULL for a push, and in rows from before this column existed.
    segments = models.PositiveSmallIntegerField(null=True, editable=False)
    status = models.CharField(max_length=16, choices=Delivery, default=Delivery.QUEUED)
    sid = models.CharField(max_length=64, unique=True, null=True, blank=True)
    error_code = models.PositiveIntegerField(
        null=True, blank=True, help_text=_("Twilio's error code. Empty if nothing went wrong.")
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    #: When a worker claimed the message. An old claim means that the worker died while sending.
    claimed_at = models.DateTimeField(null=True, blank=True)
    #: The first moment at which the message may have been sent, although no carrier confirmed it. Empty if it certainly
    #: was not sent.
    unsure_since = models.DateTimeField(null=True, blank=True, editable=False)
    sent_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(
        help_text=_("If the text is not sent by this time, it is not sent at all, because it would come too late.")
    )

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            # Unique, so that two workers cannot both queue a text of the same kind about the same OrderEvent. If this
            # text certainly fails, a second one can be sent in the customer's conversation on another carrier.
            models.UniqueConstraint(
                fields=["cause", "kind", "conversation"],
                condition=Q(subscription__isnull=True),
                name="fact_texted_once",
            ),
            models.UniqueConstraint(fields=["cause", "kind", "subscription"], name="fact_pushed_once"),
            models.UniqueConstraint(fields=["broadcast", "conversation"], name="broadcast_once_each"),
            models.CheckConstraint(
                condition=Q(conversation__isnull=False) ^ Q(subscription__isnull=False), name="outbound_goes_somewhere"
            ),
        ]
        indexes = [
            # Index to find unsent messages, after a crash and for the health page.
            models.Index(fields=["created_at"], condition=Q(status__in=["queued", "sending"]), name="outbound_to_send"),
            models.Index(fields=["conversation", "-created_at"], name="outbound_of_conversation"),
            # Index for the failed texts of the last hour, which the live overview shows.
            models.Index(fields=["created_at"], condition=Q(status="failed"), name="outbound_failed"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"

    @property
    def talk(self) -> Conversation:
        """The conversation of a text. Raises TypeError for a push or mail, which have none."""
        if self.conversation is None:
            raise TypeError("a push or a mail is part of no conversation")
        return self.conversation


class Sender(models.Model):
    """A number from which Expresso sends, and when it can send next. Carriers limit the segments per second."""

    number = models.CharField(max_length=64, unique=True)
    segments_per_second = models.DecimalField(
        max_digits=5,
        decimal_places=1,
        default=1,
        help_text=_(
            "How many text segments this number may send in a second. Twilio's limits: US long code 1, toll-free 3, "
            "WhatsApp 80, short code 100."
        ),
    )
    free_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            # `sms.pace` divides by the rate, so it must not be 0.
            models.CheckConstraint(
                condition=Q(segments_per_second__gt=0),
                name="sender_has_a_rate",
                violation_error_message=_("Give a rate above 0 segments a second."),
            )
        ]

    def __str__(self) -> str:
        return self.number
