"""Orders, their items, and everything that happened to them. Only `orders.lifecycle` changes a status."""

from __future__ import annotations

import secrets
from collections.abc import Set
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Upper
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.fields import EncryptedCharField, EncryptedJSONField
from accounts.models import Customer
from inventory.models import Drink
from orders.statuses import NOT_STARTED, OPEN, TO_COLLECT, TO_MAKE, Status
from stations.models import Event, Printer, Station


class Channel(models.TextChoices):
    SMS = "sms", _("SMS")
    WHATSAPP = "whatsapp", _("WhatsApp")
    RCS = "rcs", _("RCS")
    WEB = "web", _("Web page")
    KIOSK = "kiosk", _("Kiosk")
    WALK_IN = "walk_in", _("Walk-in")
    API = "api", _("API")


#: An order's code is a letter and two digits to call out, such as K07. The letters sound different from each other in a
#: noisy room; O, I and Q are left out because they look like digits.
CODE_LETTERS = "ACEFHJKLMNPRTUWXY"
CODES = len(CODE_LETTERS) * 99


def is_code(text: str) -> bool:
    return len(text) == 3 and text[0] in CODE_LETTERS and text[1:].isascii() and text[1:].isdigit()


def code_of(number: int) -> str:
    """Return the code of the event's n-th order, counted from 1. After 1,683 orders the codes start again."""
    letter, digits = divmod((number - 1) % CODES, 99)
    return f"{CODE_LETTERS[letter]}{digits + 1:02}"


def next_free(number: int, taken: Set[str]) -> int | None:
    """Return the first number from `number` upwards whose code is free; None if all codes are taken."""
    return next((each for each in range(number, number + CODES) if code_of(each) not in taken), None)


def new_token() -> str:
    return secrets.token_urlsafe(16)


class OrderQuerySet(models.QuerySet["Order"]):
    def at(self, station: Station) -> Self:
        # The station implies the event. Filtering by both reads only one partition where orders are partitioned by
        # event.
        return self.filter(event=station.event_id, station=station)

    def open(self) -> Self:
        return self.filter(status__in=OPEN)

    def to_make(self) -> Self:
        return self.filter(status__in=TO_MAKE)

    def in_queue(self) -> Self:
        """Leave out orders that are held back, for later or until they are paid."""
        return self.filter(held=False)

    def of(self, customer: Customer) -> Self:
        return self.filter(customer=customer)


#: The sequence in which orders are made: orders that a barista put first, the latest one on top, then by `placed_at`.
IN_TURN = (F("first_at").desc(nulls_last=True), "placed_at", "pk")


class Order(models.Model):
    # These three need no index of their own: indexes of several columns begin with each of them.
    event = models.ForeignKey(Event, models.PROTECT, related_name="orders", db_index=False)
    station = models.ForeignKey(Station, models.PROTECT, related_name="orders", db_index=False)
    customer = models.ForeignKey(
        Customer, models.SET_NULL, null=True, blank=True, related_name="orders", db_index=False
    )
    #: The owner of a number that was typed on a page, where anybody can type any number. The number gets the ready text
    #: and nothing else. `customer` is empty until a text from that number says the order's code.
    ready_text_to = models.ForeignKey(
        Customer, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    channel = models.CharField(max_length=8, choices=Channel)
    code = models.CharField(max_length=4, help_text=_("Called out and shown on the wall; free again once collected."))
    token = models.CharField(max_length=32, unique=True, default=new_token, editable=False)
    #: A keyed hash of the network from which the order was placed on the order page (`orders.ordering.network_limit`);
    #: "" for other orders.
    network = models.CharField(max_length=24, blank=True, db_default="", editable=False)
    name = EncryptedCharField(max_length=40, blank=True, help_text=_("For the cup."))
    language = models.CharField(max_length=8, blank=True, help_text=_("Of the page it was ordered on."))
    note = EncryptedCharField(max_length=200, blank=True, help_text=_("Word for word, for the barista."))
    status = models.CharField(max_length=16, choices=Status, default=Status.WAITING)
    version = models.PositiveIntegerField(
        default=1, help_text=_("Counts every change; an offline tap names the one seen.")
    )

    cups = models.PositiveSmallIntegerField(help_text=_("Drinks in this order."))
    minutes = models.DecimalField(max_digits=6, decimal_places=1, help_text=_("Hands-on minutes for all of it."))
    quoted_from = models.DateTimeField(null=True, blank=True, help_text=_("The wait that was promised, as a range."))
    quoted_to = models.DateTimeField(null=True, blank=True)
    #: The minutes of work until this order is ready, computed when it was placed (`orders.waits.hands_on_minutes`). The
    #: station learns its pace from them. Null once the order was changed or moved.
    hands_on_minutes = models.FloatField(null=True, blank=True, editable=False)

    maker = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Who is making it, or made it."),
    )
    vip = models.BooleanField("VIP", default=False)
    #: When the order joined the queue. An order for later joins the queue when it is released; its first OrderEvent
    #: says when it was placed.
    placed_at = models.DateTimeField(default=timezone.now)
    #: When a barista put the order before all others that wait. Null: `placed_at` decides its turn.
    first_at = models.DateTimeField(null=True, blank=True, editable=False)
    #: The time for which the customer wants the order. Null: as soon as possible.
    wanted_at = models.DateTimeField(null=True, blank=True)
    held = models.BooleanField(
        default=False,
        db_default=False,
        editable=False,
        help_text=_("For later or not paid yet: it is on no board until it is time to make it."),
    )
    #: In the smallest unit of the event's currency. 0: nothing to pay.
    price = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    #: An order that has to be paid online is held back until it is paid. If it is not paid by this time, it is
    #: cancelled. Null: no payment is awaited.
    pay_by = models.DateTimeField(null=True, blank=True, editable=False)
    paid_at = models.DateTimeField(null=True, blank=True, editable=False)
    started_at = models.DateTimeField(null=True, blank=True)
    ready_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    call_name = models.BooleanField(default=False, help_text=_("The ready text did not arrive: call the name."))
    #: The change that the customer requests while the order is being made: the new items as JSON, or an empty list to
    #: cancel. Null: no request.
    wish = EncryptedJSONField(null=True, blank=True, editable=False)
    practice = models.BooleanField(
        default=False, db_default=False, editable=False, help_text=_("Made up for a rehearsal; in no statistics.")
    )
    #: Primary keys of the drinks and options that "items", "wish" and "offers" name, each as `orders.renaming.Keys`.
    #: With them, a drink or option that was renamed is still found.
    menu_keys = models.JSONField(default=dict, db_default=Value({}, models.JSONField()), editable=False)
    erased_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text=_("When name, notes and customer were erased.")
    )
    #: The reserved stock, [[ingredient pk, amount as text], …], so that exactly these amounts are released or used.
    reserved = models.JSONField(default=list, editable=False)

    objects = OrderQuerySet.as_manager()

    class Meta:
        ordering = ["placed_at", "pk"]
        constraints = [
            # Two open orders with one code would hand a coffee to the wrong person.
            models.UniqueConstraint(fields=["event", "code"], condition=Q(status__in=OPEN), name="open_code_once"),
        ]
        indexes = [
            # Boards, routing and the wait read the open orders of a station.
            models.Index(fields=["station", "placed_at"], condition=Q(status__in=OPEN), name="open_at_station"),
            # The limit of drinks from one network reads the network's open orders.
            models.Index(fields=["network"], condition=Q(status__in=OPEN) & ~Q(network=""), name="open_from_network"),
            # The texts "status" and "the usual" and the limit per customer read a customer's orders, newest first.
            # The event is a column because SQLite would otherwise read all orders of the event for one customer.
            models.Index(fields=["customer", "event", "-placed_at"], name="order_of_customer_at_event"),
            # The board and the history show the orders that were closed last.
            models.Index(fields=["station", "-closed_at"], name="order_closed_lately"),
            # The limit of drinks per time window, and the history of the whole event, read the newest orders.
            models.Index(fields=["event", "-placed_at"], name="order_in_window"),
            # A worker looks for orders for later to release. The limit of drinks per time window counts them.
            models.Index(
                fields=["event", "wanted_at"], condition=Q(held=True, status="waiting"), name="order_held_for_later"
            ),
            # A worker looks for orders that were not paid in time.
            models.Index(fields=["pay_by"], condition=Q(pay_by__isnull=False), name="order_to_be_paid"),
            # The history of a station reads pages of orders, newest first.
            models.Index(fields=["station", "-placed_at"], name="order_history_at_station"),
            # Reports read the cancellations of some days, newest first.
            models.Index(fields=["event", "-placed_at"], condition=Q(status="cancelled"), name="order_cancelled"),
            # The admin lists orders whose name has to be called.
            models.Index(fields=["event"], condition=Q(call_name=True), name="order_to_call"),
            # The set-up page asks whether the event has orders of a rehearsal.
            models.Index(fields=["event"], condition=Q(practice=True), name="order_of_rehearsal"),
            # The admin searches by code, ignoring case.
            models.Index(Upper("code"), name="order_by_code"),
        ]

    def __str__(self) -> str:
        """Return the code alone. The admin's log keeps this text, so the customer's name must not be in it."""
        return self.code

    @property
    def called(self) -> str:
        return f"{self.code} {self.name}".strip()

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def due_at_bar(self) -> int:
        """The price that the barista has to collect; 0 if the order is paid or waits for an online payment."""
        return 0 if self.paid_at or self.pay_by else self.price

    @property
    def is_first(self) -> bool:
        """Whether the order waits and a barista put it before the others that wait."""
        return self.first_at is not None and self.status in NOT_STARTED

    @property
    def has_to_be_called(self) -> bool:
        """Whether the order can be collected and its customer got no text."""
        return self.call_name and self.status in TO_COLLECT

    @property
    def number_is_unproven(self) -> bool:
        return self.customer_id is None and self.ready_text_to_id is not None


class OrderItem(models.Model):
    """A drink of an order, with its name on the menu when it was ordered."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="items")
    drink = models.ForeignKey(Drink, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)
    quantity = models.PositiveSmallIntegerField(default=1)
    drink_name = models.CharField(max_length=40)
    #: The options that were ordered, in menu order: [{"group", "option", "amount"}]. Defaults are left out.
    choices = models.JSONField(default=list, blank=True)
    name = EncryptedCharField(max_length=40, blank=True)
    note = EncryptedCharField(max_length=200, blank=True)
    made = models.BooleanField(default=False, help_text=_("Ticked off while the rest is being made."))

    class Meta:
        ordering = ["order_id", "position", "pk"]
        constraints = [models.CheckConstraint(condition=Q(quantity__gte=1), name="item_quantity_positive")]

    def __str__(self) -> str:
        return f"{self.quantity} {self.drink_name}"


class OrderEvent(models.Model):
    """Something that happened to an order, saved in the transaction that changed the order.

    Triggers in the database refuse to delete or change a row. Only `reason` may change: it is encrypted again when keys
    are rotated, and emptied when personal data is erased."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="events")
    verb = models.CharField(max_length=16)
    was = models.CharField(max_length=16, choices=Status, blank=True)
    status = models.CharField(max_length=16, choices=Status)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    by_name = models.CharField(_("name"), max_length=150, blank=True, db_default="", help_text=_("As it was then."))
    reason = EncryptedCharField(max_length=200, blank=True)
    requested = models.BooleanField(
        default=False, db_default=False, help_text=_("The customer had asked the barista for it.")
    )
    #: Made from the request's idempotency key, so that a tap that is sent twice moves the order once.
    key = models.CharField(max_length=96, unique=True, null=True, blank=True)

    class Meta:
        ordering = ["order_id", "pk"]

    def __str__(self) -> str:
        return f"{self.verb} {self.order_id}"


class Message(models.Model):
    """A message between the bar and a customer about an order. Deleted when the customer's data is erased."""

    LONGEST = 500

    order = models.ForeignKey(Order, models.CASCADE, related_name="messages")
    #: The event that records who wrote the message, and when.
    event = models.OneToOneField(OrderEvent, models.CASCADE, related_name="message")
    from_customer = models.BooleanField(default=False)
    #: Whether the customer wrote the message on the order's page. The page never shows texts, because anybody may have
    #: its link.
    on_page = models.BooleanField(default=False, db_default=False)
    text = EncryptedCharField(max_length=LONGEST)
    at = models.DateTimeField(default=timezone.now)
    #: `missing` is the drink or option that the bar has run out of. `offers` are the replacements that the bar offered;
    #: the answer "yes" means the first of them.
    missing = models.CharField(max_length=40, blank=True)
    offers = models.JSONField(default=list, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True, help_text=_("By the bar; what the bar wrote is seen."))
    failed = models.BooleanField(default=False, help_text=_("The customer was not reached."))

    class Meta:
        ordering = ["order_id", "pk"]

    def __str__(self) -> str:
        return f"{self.order_id} {self.at:%H:%M}"


class LabelJob(models.Model):
    """A print job: an order's labels for a printer, which fetches them and reports success or failure."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        FETCHED = "fetched", _("Fetched")
        PRINTED = "printed", _("Printed")
        FAILED = "failed", _("Failed")
        DROPPED = "dropped", _("Dropped")

    #: States of a job that the printer has not fetched yet, or not reported on.
    PENDING = (State.WAITING, State.FETCHED)

    order = models.ForeignKey(Order, models.CASCADE, related_name="label_jobs")
    printer = models.ForeignKey(Printer, models.CASCADE, related_name="label_jobs")
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    token = models.CharField(max_length=32, unique=True, default=new_token, editable=False)
    #: Identifies the cause of this job: the start of the order, or a tap. Each cause makes only one job.
    key = models.CharField(max_length=96, unique=True, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Who asked; nobody where it was printed by itself."),
    )
    outcome = models.CharField(max_length=80, blank=True, help_text=_("Why it failed, as the printer says it."))
    asked_at = models.DateTimeField(default=timezone.now)
    fetched_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [
            # Each poll of a printer looks for its next unprinted job and usually finds none.
            models.Index(fields=["printer", "id"], condition=Q(state__in=("waiting", "fetched")), name="label_to_print")
        ]

    def __str__(self) -> str:
        return f"{self.order_id} {self.state}"
