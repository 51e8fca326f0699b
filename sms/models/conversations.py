"""Texts of customers, and the conversation with each customer. Texts are personal: never log a body."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.fields import EncryptedCharField, EncryptedJSONField, EncryptedTextField, KeyedHashField
from accounts.models import Customer
from orders.models import Order
from stations.models import Event


class Carrier(models.TextChoices):
    SMS = "sms", _("SMS")
    WHATSAPP = "whatsapp", _("WhatsApp")
    RCS = "rcs", _("RCS")


#: The field of `Event` that holds the event's number or address on each carrier.
SENDER_FIELDS = {
    Carrier.SMS: "sms_number",
    Carrier.WHATSAPP: "whatsapp_number",
    Carrier.RCS: "rcs_agent",
}


class Conversation(models.Model):
    """A customer's conversation with an event on one carrier. The row is locked while a text is answered."""

    # Needs no index of its own, because an index of several columns begins with this field.
    event = models.ForeignKey(Event, models.CASCADE, related_name="conversations", db_index=False)
    customer = models.ForeignKey(Customer, models.CASCADE, related_name="conversations")
    carrier = models.CharField(max_length=8, choices=Carrier, default=Carrier.SMS)
    #: A `sms.conversation.state.ConversationState` as JSON.
    state = EncryptedJSONField(default=dict, blank=True)
    opted_out_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text=_("When the customer texted STOP. Nothing is sent any more. Empty if the customer wants texts."),
    )
    needs_person = models.BooleanField(default=False, help_text=_("The customer asked for a person, or complained."))
    #: When the customer began to wait for a person; empty once a person has answered.
    needs_since = models.DateTimeField(null=True, blank=True, editable=False)
    helper = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        help_text=_("The member of staff who takes care of the customer."),
    )
    held = models.BooleanField(
        default=False,
        db_default=False,
        editable=False,
        help_text=_("A person answers this customer, and Expresso sends no automatic replies."),
    )
    blocked_at = models.DateTimeField(
        null=True,
        blank=True,
        editable=False,
        help_text=_("When the customer was blocked for abuse. A blocked customer gets no answers."),
    )
    #: When the support desk last looked at the texts that were not understood. Only later texts are listed.
    looked_at = models.DateTimeField(null=True, blank=True, editable=False)
    last_text_at = models.DateTimeField(default=timezone.now)
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["-last_text_at"]
        constraints = [
            # Unique, so that the first two texts of a new customer get one row even if they arrive at the same moment.
            models.UniqueConstraint(fields=["event", "customer", "carrier"], name="conversation_once")
        ]
        indexes = [
            # Index for the support desk's inbox.
            models.Index(fields=["event"], condition=Q(needs_person=True), name="conversation_needs_person"),
            models.Index(fields=["event", "-last_text_at"], name="conversation_heard_lately"),
        ]

    def __str__(self) -> str:
        return f"{self.customer} · {self.event}"

    def call_person(self, now: dt.datetime) -> None:
        """Mark that the customer needs a person of the support desk. The caller must save the row."""
        self.needs_person = True
        self.needs_since = self.needs_since or now

    @property
    def sender(self) -> str:
        """The event's number or address on this conversation's carrier; "" if the event has none."""
        return getattr(self.event, SENDER_FIELDS[Carrier(self.carrier)]) or ""


class InboundMessage(models.Model):
    #: Twilio's MessageSid. It is the same if Twilio repeats the message, so the message is answered once.
    sid = models.CharField(max_length=64, unique=True)
    conversation = models.ForeignKey(
        Conversation,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="inbound",
        # Needs no index of its own, because the index "inbound_of_conversation" begins with this field.
        db_index=False,
        help_text=_("Empty if the customer's data was erased."),
    )
    body = EncryptedTextField(blank=True)
    received_at = models.DateTimeField(default=timezone.now)
    intent = models.CharField(max_length=16, blank=True)
    unknown = EncryptedJSONField(
        default=list, blank=True, help_text=_("Words of the text that Expresso did not find on the menu.")
    )
    reply = EncryptedTextField(
        blank=True, help_text=_("The reply that was sent at once. Empty if the text got no reply.")
    )
    #: Segments of the reply, for the costs in reports. 0 without a reply, NULL in rows from before this column existed.
    segments = models.PositiveSmallIntegerField(null=True, editable=False)
    order = models.ForeignKey(Order, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-received_at", "-pk"]
        indexes = [
            # Index for the page of a conversation, which shows the newest texts first.
            models.Index(fields=["conversation", "-received_at"], name="inbound_of_conversation"),
            # Index for reports, which read the newest texts with unknown words.
            models.Index(fields=["-id"], condition=~Q(unknown=[]), name="text_with_unknown_words"),
            # Index for the page "Not understood", which reads the newest texts of one intent, and for the admin's
            # filter by intent.
            models.Index(fields=["intent", "-id"], name="text_by_intent"),
        ]

    def __str__(self) -> str:
        return self.sid


class Ignored(models.Model):
    """Unknown words that an organizer hid from the page "Not understood". Deleted with the texts of a deleted
    customer."""

    LONGEST = 200

    event = models.ForeignKey(Event, models.CASCADE, related_name="ignored", db_index=False)
    #: The words in the form of `sms.insight.not_understood.key_of`.
    key = EncryptedCharField(max_length=LONGEST, hashed_in="key_hash")
    key_hash = KeyedHashField(source="key")

    class Meta:
        verbose_name_plural = "ignored"
        # Unique, so that a word is stored once even if two organizers hide it at the same moment.
        constraints = [models.UniqueConstraint(fields=["event", "key_hash"], name="ignored_once_per_event")]

    def __str__(self) -> str:
        return f"{self.event_id} {self.pk}"
