"""Orders, their items, and the history of each order. Only `orders.lifecycle` changes an order's status."""

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


#: Letters of order codes. A code such as K07 is a letter and two digits, and is called out at the bar. The letters
#: sound different in a noisy room. O, I and Q are left out because they look like digits.
CODE_LETTERS = "ACEFHJKLMNPRTUWXY"
CODES = len(CODE_LETTERS) * 99


def is_code(text: str) -> bool:
    return len(text) == 3 and text[0] in CODE_LETTERS and text[1:].isascii() and text[1:].isdigit()


def code_of(number: int) -> str:
    """Return the code of the event's order with this number, counted from 1. After 1,683 orders the first code comes
    again."""
    letter, digits = divmod((number - 1) % CODES, 99)
    return f"{CODE_LETTERS[letter]}{digits + 1:02}"


def next_free(number: int, taken: Set[str]) -> int | None:
    """Return `number`, or the next higher number whose code is not in `taken`; None if all codes are taken."""
    return next((each for each in range(number, number + CODES) if code_of(each) not in taken), None)


def new_token() -> str:
    return secrets.token_urlsafe(16)


class OrderQuerySet(models.QuerySet["Order"]):
    def at(self, station: Station) -> Self:
        # An order's event follows from its station. It is named too, so that only one partition is read if the table is
        # partitioned by event.
        return self.filter(event=station.event_id, station=station)

    def open(self) -> Self:
        return self.filter(status__in=OPEN)

    def to_make(self) -> Self:
        return self.filter(status__in=TO_MAKE)

    def in_queue(self) -> Self:
        """Exclude orders that are held back, either for later or until they are paid."""
        return self.filter(held=False)

    def of(self, customer: Customer) -> Self:
        return self.filter(customer=customer)


#: The sequence in which orders are made: first those that a barista put first, the latest of them at the front, then
#: all others by `placed_at`.
IN_TURN = (F("first_at").desc(nulls_last=True), "placed_at", "pk")


class Order(models.Model):
    # The foreign keys to event, station and customer need no index of their own, because `Meta` has indexes that begin
    # with them.
    event = models.ForeignKey(Event, models.PROTECT, related_name="orders", db_index=False)
    station = models.ForeignKey(Station, models.PROTECT, related_name="orders", db_index=False)
    customer = models.ForeignKey(
        Customer, models.SET_NULL, null=True, blank=True, related_name="orders", db_index=False
    )
    #: The owner of a phone number that was typed on a page. Anybody can type any number, so it gets only the text that
    #: the order is ready. If the order's code is texted from this number, its owner has proven to be the customer, and
    #: becomes `customer`.
    ready_text_to = models.ForeignKey(
        Customer, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    channel = models.CharField(max_length=8, choices=Channel)
    code = models.CharField(
        max_length=4,
        help_text=_(
            "Called out at the bar and shown on the wall. Once this order is closed, another order can get the code."
        ),
    )
    token = models.CharField(max_length=32, unique=True, default=new_token, editable=False)
    #: Hash of the network that the order was placed from on the order page (`orders.ordering.network_limit`); "" for
    #: orders that were placed in another way.
    network = models.CharField(max_length=24, blank=True, db_default="", editable=False)
    name = EncryptedCharField(max_length=40, blank=True, help_text=_("The name on the cup."))
    language = models.CharField(
        max_length=8,
        blank=True,
        help_text=_("The language of the page on which the order was placed. Empty if it was placed in another way."),
    )
    note = EncryptedCharField(
        max_length=200, blank=True, help_text=_("The customer's note to the barista, word for word.")
    )
    status = models.CharField(max_length=16, choices=Status, default=Status.WAITING)
    version = models.PositiveIntegerField(
        default=1,
        help_text=_("Increases with every change, so that a tap on an outdated ticket is noticed."),
    )

    cups = models.PositiveSmallIntegerField(help_text=_("Number of drinks in this order."))
    minutes = models.DecimalField(max_digits=6, decimal_places=1, help_text=_("Minutes of work for the whole order."))
    quoted_from = models.DateTimeField(
        null=True, blank=True, help_text=_("Start of the time range for which the order was promised.")
    )
    quoted_to = models.DateTimeField(null=True, blank=True, help_text=_("End of the promised time range."))
    #: Minutes of work until this order is ready, as estimated when it was placed (`orders.waits.hands_on_minutes`).
    #: When it is ready, the station learns from the difference. Null if there was no estimate, or if the order was
    #: changed or moved since.
    hands_on_minutes = models.FloatField(null=True, blank=True, editable=False)

    maker = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Who is making this order, or made it. Empty if nobody has started it."),
    )
    vip = models.BooleanField("VIP", default=False)
    #: When the order joined the queue: usually when it was placed, but for an order for later when it was released, and
    #: for an order that had to be paid when it was paid. The time of placing is in its first OrderEvent.
    placed_at = models.DateTimeField(default=timezone.now)
    #: When a barista put the order at the front of the queue. Null: its place in the queue depends on `placed_at`.
    first_at = models.DateTimeField(null=True, blank=True, editable=False)
    #: The time for which the customer wants the order. Null: as soon as possible.
    wanted_at = models.DateTimeField(null=True, blank=True)
    held = models.BooleanField(
        default=False,
        db_default=False,
        editable=False,
        help_text=_("The order is for later, or not paid yet. No board shows it until it has to be made."),
    )
    #: Price in the smallest unit of the event's currency, such as cents. 0: nothing to pay.
    price = models.PositiveIntegerField(default=0, db_default=0, editable=False)
    #: Time until which the order has to be paid online. The order is held back until it is paid, and cancelled if this
    #: time passes. Null: no online payment is awaited.
    pay_by = models.DateTimeField(null=True, blank=True, editable=False)
    paid_at = models.DateTimeField(null=True, blank=True, editable=False)
    started_at = models.DateTimeField(null=True, blank=True)
    ready_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    call_name = models.BooleanField(
        default=False, help_text=_("The ready text did not reach the customer, so the barista has to call the name.")
    )
    #: The customer's change request while the order is being made: the new items as JSON, or an empty list to cancel.
    #: Null: no request.
    wish = EncryptedJSONField(null=True, blank=True, editable=False)
    practice = models.BooleanField(
        default=False,
        db_default=False,
        editable=False,
        help_text=_("This order was made up for a rehearsal. Statistics leave it out."),
    )
    #: Primary keys of the drinks and options that the order names: if one is renamed, its new name is found by them.
    #: "items" has those of the order's items, "wish" those of the customer's change request, and "offers" those of
    #: messages from the bar. Each is an `orders.renaming.Keys`.
    menu_keys = models.JSONField(default=dict, db_default=Value({}, models.JSONField()), editable=False)
    erased_at = models.DateTimeField(
        null=True,
        blank=True,
        editable=False,
        help_text=_("When the name, the notes and the customer were erased from this order."),
    )
    #: What was reserved for the order, as [[ingredient pk, amount as text], …]. Later exactly this is used or released,
    #: even if the menu's recipes have changed meanwhile.
    reserved = models.JSONField(default=list, editable=False)

    objects = OrderQuerySet.as_manager()

    class Meta:
        ordering = ["placed_at", "pk"]
        constraints = [
            # No two open orders have the same code. Otherwise a customer could be handed the wrong drink.
            models.UniqueConstraint(fields=["event", "code"], condition=Q(status__in=OPEN), name="open_code_once"),
        ]
        indexes = [
            # Index for boards, routing and waits, which read the open orders of a station.
            models.Index(fields=["station", "placed_at"], condition=Q(status__in=OPEN), name="open_at_station"),
            # Index for the limit of drinks from one network, which reads the open orders of the network.
            models.Index(fields=["network"], condition=Q(status__in=OPEN) & ~Q(network=""), name="open_from_network"),
            # Index of a customer's orders, newest first, for the texts "status" and "the usual" and for the limit of
            # open orders per customer. It has the event too, because SQLite would otherwise read all orders of the
            # event.
            models.Index(fields=["customer", "event", "-placed_at"], name="order_of_customer_at_event"),
            # Index for the board and the history, which show the orders that were closed last.
            models.Index(fields=["station", "-closed_at"], name="order_closed_lately"),
            # Index of an event's newest orders, for the limit of drinks per time window and for the event's history.
            models.Index(fields=["event", "-placed_at"], name="order_in_window"),
            # Index for the worker that releases orders for later, and for the limit of drinks per time window.
            models.Index(
                fields=["event", "wanted_at"], condition=Q(held=True, status="waiting"), name="order_held_for_later"
            ),
            # Index for the worker that cancels orders that were not paid in time.
            models.Index(fields=["pay_by"], condition=Q(pay_by__isnull=False), name="order_to_be_paid"),
            # Index for the history of a station, which shows its orders page by page, newest first.
            models.Index(fields=["station", "-placed_at"], name="order_history_at_station"),
            # Index for reports about the cancellations of some days, newest first.
            models.Index(fields=["event", "-placed_at"], condition=Q(status="cancelled"), name="order_cancelled"),
            # Index for the admin's filter of orders whose name has to be called.
            models.Index(fields=["event"], condition=Q(call_name=True), name="order_to_call"),
            # Index for the set-up page, which looks for orders that were made up for a rehearsal.
            models.Index(fields=["event"], condition=Q(practice=True), name="order_of_rehearsal"),
            # Index for the admin's search by code, which ignores case.
            models.Index(Upper("code"), name="order_by_code"),
        ]

    def __str__(self) -> str:
        """Return only the code. The admin's log stores this text, so the text must not contain the customer's name."""
        return self.code

    @property
    def called(self) -> str:
        return f"{self.code} {self.name}".strip()

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def due_at_bar(self) -> int:
        """The price that the barista has to collect; 0 if the order is paid or an online payment is awaited."""
        return 0 if self.paid_at or self.pay_by else self.price

    @property
    def is_first(self) -> bool:
        """Whether the order is waiting and a barista put it before the other waiting orders."""
        return self.first_at is not None and self.status in NOT_STARTED

    @property
    def has_to_be_called(self) -> bool:
        """Whether the order is ready to be collected and the text "ready" did not reach the customer."""
        return self.call_name and self.status in TO_COLLECT

    @property
    def number_is_unproven(self) -> bool:
        return self.customer_id is None and self.ready_text_to_id is not None


class OrderItem(models.Model):
    """A drink of an order. `drink_name` is the drink's name on the menu at the time of the order."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="items")
    drink = models.ForeignKey(Drink, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)
    quantity = models.PositiveSmallIntegerField(default=1)
    drink_name = models.CharField(max_length=40)
    #: The options that were ordered, in menu order: [{"group", "option", "amount"}]. The drink's defaults are not
    #: included.
    choices = models.JSONField(default=list, blank=True)
    name = EncryptedCharField(max_length=40, blank=True)
    note = EncryptedCharField(max_length=200, blank=True)
    made = models.BooleanField(default=False, help_text=_("The barista has ticked this drink off as made."))

    class Meta:
        ordering = ["order_id", "position", "pk"]
        constraints = [models.CheckConstraint(condition=Q(quantity__gte=1), name="item_quantity_positive")]

    def __str__(self) -> str:
        return f"{self.quantity} {self.drink_name}"


class OrderEvent(models.Model):
    """An entry in an order's history, saved in the same transaction as the change of the order.

    Database triggers refuse to delete or change it. Only `reason` can change: it is encrypted again when keys are
    rotated, and emptied when personal data is erased."""

    order = models.ForeignKey(Order, models.CASCADE, related_name="events")
    verb = models.CharField(max_length=16)
    was = models.CharField(max_length=16, choices=Status, blank=True)
    status = models.CharField(max_length=16, choices=Status)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    by_name = models.CharField(
        _("name"),
        max_length=150,
        blank=True,
        db_default="",
        help_text=_("The person's name when this happened. Empty if no member of staff did it."),
    )
    reason = EncryptedCharField(max_length=200, blank=True)
    requested = models.BooleanField(
        default=False, db_default=False, help_text=_("The barista did this because the customer had asked for it.")
    )
    #: Made from the request's idempotency key. It is unique, so a request that is sent twice is carried out only once.
    key = models.CharField(max_length=96, unique=True, null=True, blank=True)

    class Meta:
        ordering = ["order_id", "pk"]

    def __str__(self) -> str:
        return f"{self.verb} {self.order_id}"


class Message(models.Model):
    """A message between the bar and a customer about an order. It is deleted when the customer's data is erased."""

    LONGEST = 500

    order = models.ForeignKey(Order, models.CASCADE, related_name="messages")
    #: The history entry of this message.
    event = models.OneToOneField(OrderEvent, models.CASCADE, related_name="message")
    from_customer = models.BooleanField(default=False)
    #: True if the customer wrote the message on the order's page, and not as a text. The page does not show the
    #: customer's texts, because other people may have the link to the page.
    on_page = models.BooleanField(default=False, db_default=False)
    text = EncryptedCharField(max_length=LONGEST)
    at = models.DateTimeField(default=timezone.now)
    #: `missing` is what the bar has run out of, and `offers` are the drinks or options that it offered instead. If the
    #: customer answers only "yes", this means the first offer.
    missing = models.CharField(max_length=40, blank=True)
    offers = models.JSONField(default=list, blank=True)
    seen_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When the bar read the customer's message. Empty if nobody has read it.")
    )
    failed = models.BooleanField(default=False, help_text=_("The message did not reach the customer."))

    class Meta:
        ordering = ["order_id", "pk"]

    def __str__(self) -> str:
        return f"{self.order_id} {self.at:%H:%M}"


class LabelJob(models.Model):
    """A print job: the labels of an order, which a printer fetches and then reports as printed or failed."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        FETCHED = "fetched", _("Fetched")
        PRINTED = "printed", _("Printed")
        FAILED = "failed", _("Failed")
        DROPPED = "dropped", _("Dropped")

    #: States of a job that is not finished: the printer has not fetched it, or has not reported its outcome.
    PENDING = (State.WAITING, State.FETCHED)

    order = models.ForeignKey(Order, models.CASCADE, related_name="label_jobs")
    printer = models.ForeignKey(Printer, models.CASCADE, related_name="label_jobs")
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    token = models.CharField(max_length=32, unique=True, default=new_token, editable=False)
    #: Identifies why the job was made, such as the start of the order or one tap, so that no reason makes two jobs.
    key = models.CharField(max_length=96, unique=True, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Who asked for the labels. Empty if they were printed automatically."),
    )
    outcome = models.CharField(max_length=80, blank=True, help_text=_("Why printing failed, in the printer's words."))
    asked_at = models.DateTimeField(default=timezone.now)
    fetched_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [
            # Index for the polls of printers. Each looks for the printer's next unfinished job, and usually finds none.
            models.Index(fields=["printer", "id"], condition=Q(state__in=("waiting", "fetched")), name="label_to_print")
        ]

    def __str__(self) -> str:
        return f"{self.order_id} {self.state}"
