"""Carries out the actions that the conversation decided on, inside the caller's transaction."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import cast

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from accounts.forgetting import forget
from inventory.snapshot import menu_of
from orders import lifecycle
from orders.items import Item
from orders.messaging import change_requests, messages
from orders.models import Message, Order
from orders.ordering.availability import sold_out
from orders.refusals import CannotBeMade, EventClosed, Refusal, TooManyDrinks, TransitionError
from orders.renaming import Renaming
from orders.requirements import items_of
from orders.routing import wait_now, wait_of
from orders.statements import workload_of
from orders.statuses import BEING_MADE, DROPPED, OPEN
from orders.upkeep.rescheduling import want_at
from orders.waits import Wait
from sms import mail, subscriptions
from sms.conversation.actions import (
    Act,
    CallPerson,
    Cancelled,
    CancelOrders,
    ChangeOrder,
    ChangeRequested,
    ChangeTime,
    CheckWaits,
    ChooseWay,
    CountData,
    Done,
    ForgetCustomer,
    NoAddress,
    OptIn,
    OptOut,
    Ordered,
    OrderProgress,
    Outcome,
    PlaceOrder,
    ProgressReport,
    QuotedWait,
    RequestChange,
    SetName,
    StoredData,
    StoreRating,
    WayChosen,
)
from sms.conversation.facts import BaristaMessage, Facts, OpenOrder, OpenStatus, RatingAsked, ToPay, Unavailable
from sms.models import Feedback, OutboundMessage
from sms.opting import opt_in, opt_out
from sms.statements import Opened, to_pay_of
from sms.wording.lookup import answers_of, wording_of
from stations import features

#: A customer's text can quote our own texts. Compare it with this many of our latest replies to the customer, and with
#: as many of our latest other texts, such as "your coffee is ready".
SAID_LATELY = 5
#: How long after "How was your coffee?" a customer's text can still count as the rating.
ANSWERS_WITHIN = dt.timedelta(hours=2)


class Acts:
    """Reads and changes one customer's orders at one event.

    Changes to the conversation and to the customer are made on the model instances only; the caller must save them."""

    def __init__(self, opened: Opened) -> None:
        self.conversation = opened.conversation
        self.event = self.conversation.event
        self.customer = self.conversation.customer
        #: The customer's orders, newest first.
        self.orders = opened.orders
        self._rows: dict[int, Order] = {}
        #: The order that is stored with the customer's text (`InboundMessage.order`): the text placed it, changed it,
        #: or answered a barista's message about it. None if the text did none of these.
        self.order: Order | None = None
        self.customer_changed = False
        self.forgotten = False

    def claim(self, code: str) -> bool:
        """Assign an order that was placed on a page to the customer who texts its code.

        The customer must text from the number that was typed on the page. Return False if there is no such open
        order."""
        claimed = Order.objects.open().filter(event=self.event, code=code, customer=None, ready_text_to=self.customer)
        return bool(claimed.update(customer=self.customer, ready_text_to=None))

    def facts(self, now: dt.datetime) -> Facts:
        opens = self.event.opens_next(now)
        paused = bool(self.event.paused_until and self.event.paused_until > now)
        kept = (order for order in self.orders if order.status not in DROPPED)
        return Facts(
            now=self.event.local(now),
            event=self.event.name,
            name=self.customer.name,
            orders=tuple(order.as_fact() for order in reversed(self.orders) if order.status in OPEN),
            usual=next((order.items for order in kept), ()),
            opted_out=self.conversation.opted_out_at is not None,
            most_cups=self.event.max_drinks_per_order,
            closed=None if opens == now else EventClosed(opens, paused=paused),
            is_open=self.event.is_open,
            language=self.customer.language or None,
            languages=tuple(self.event.languages),
            rating_asked=self.rating_asked(now),
            barista_message=self.barista_message(now),
            open_until=partial(self.event.closes_next, now),
            unavailable=self.unavailable,
            answers=partial(answers_of, self.event),
            wording=wording_of(self.event),
            sends_mail=settings.SENDS_MAIL,
            currency=self.event.currency,
            pays_online=partial(features.has_feature, self.event, features.PAYMENTS),
        )

    def rating_asked(self, now: dt.datetime) -> RatingAsked | None:
        if not self.event.ask_feedback:
            return None
        asked = OutboundMessage.objects.filter(
            conversation=self.conversation,
            kind=OutboundMessage.Kind.FEEDBACK,
            sent_at__gt=now - ANSWERS_WITHIN,
            order__feedback__isnull=False,
            order__feedback__answered_at=None,
        )
        found = asked.order_by("-sent_at").first()
        if found is None or found.order_id is None or found.sent_at is None:
            return None
        return RatingAsked(found.order_id, found.sent_at.timestamp())

    def barista_message(self, now: dt.datetime) -> BaristaMessage | None:
        awaiting = [order.pk for order in self.orders if messages.awaits_answer(order.written_at, order.closed_at, now)]
        if not awaiting:
            return None
        written = Message.objects.filter(order__in=awaiting, from_customer=False).select_related("order")
        last = written.latest("pk")
        renaming = Renaming.since(last.order.menu_keys.get("offers"), menu_of(self.event).menu)
        missing, *offers = renaming.words([last.missing, *last.offers])
        return BaristaMessage(last.pk, last.order_id, last.at.timestamp(), missing, tuple(offers))

    def unavailable(self) -> Unavailable:
        gone = sold_out(self.event)
        return Unavailable(gone.drinks, gone.options)

    def hear(self, text: str, order: int) -> None:
        """Show the text to the barista of the order with the primary key `order`."""
        self.order = self.row(order)
        messages.hear(self.order, text)

    def is_open(self, pk: int) -> bool:
        return any(order.pk == pk and order.status in OPEN for order in self.orders)

    def said_lately(self) -> list[str]:
        """Return our latest texts to this customer: first our replies, then texts that were no replies, such as "your
        coffee is ready"."""
        replies = self.conversation.inbound.exclude(reply="").order_by("-pk").values_list("reply", flat=True)
        started = self.conversation.outbound.order_by("-pk").values_list("body", flat=True)
        return [*replies[:SAID_LATELY], *started[:SAID_LATELY]]

    def carry_out(self, act: Act) -> Outcome:
        try:
            return self._carry_out(act)
        except Refusal as refusal:
            return refusal

    def _carry_out(self, act: Act) -> Outcome:
        match act:
            case PlaceOrder():
                return self.place(act)
            case ChangeOrder():
                return self.change(act)
            case RequestChange():
                return self.wish(act)
            case ChangeTime(order, moment):
                return self.ordered(want_at(self.row(order.pk), wanted_at=moment), order.items)
            case CancelOrders(orders):
                return self.cancel(orders)
            case SetName(name, order):
                return self.rename(name, order)
            case CheckWaits():
                rows = [self.row(order.pk) for order in reversed(self.orders) if order.status in OPEN]
                if not rows:
                    return ProgressReport((), self.wait_now())
                return ProgressReport(tuple(OrderProgress(as_fact(row), as_told(wait_of(row))) for row in rows))
            case CountData():
                return self.count_data()
            case StoreRating():
                self.rate(act)
            case CallPerson():
                self.conversation.call_person(timezone.now())
            case ChooseWay():
                return self.choose_way(act)
            case OptOut():
                opt_out(self.conversation, timezone.now())
            case OptIn():
                opt_in(self.conversation)
            case ForgetCustomer():
                self.forget()
        return Done()

    def wait_now(self) -> QuotedWait | None:
        """Return the waiting time for a drink ordered now, as the wall display shows it.

        Return None if the event takes no orders, or if the wait is unknown."""
        now = timezone.now()
        if self.event.opens_next(now) != now or not menu_of(self.event).menu.drinks:
            return None
        wait = wait_now(workload_of(self.event).queues, now)
        return as_told(wait) if wait else None

    def place(self, act: PlaceOrder) -> Outcome:
        quoted = lifecycle.place(
            self.event,
            items=act.items,
            channel=self.conversation.carrier,
            customer=self.customer,
            name=act.name,
            note=act.note,
            wanted_at=act.wanted_at,
        )
        self.learn_name(act.name)
        return self.ordered(quoted, act.items)

    def change(self, act: ChangeOrder) -> Outcome:
        row = self.row(act.order.pk)
        try:
            quoted = lifecycle.change(row, items=act.items, name=act.name)
            if act.wanted_at:
                quoted = want_at(quoted.order, wanted_at=act.wanted_at)
        except TransitionError:
            # A barista has just started the order. Added drinks become a new order. Any other change is requested from
            # the barista.
            if row.status not in BEING_MADE:
                raise
            if act.apart:
                return self.place(act.apart)
            return self.wish(RequestChange(act.order, act.items, act.name))
        except (CannotBeMade, TooManyDrinks):
            if act.apart is None:
                raise
            return self.place(act.apart)
        self.learn_name(act.name or "")
        return self.ordered(quoted, act.items)

    def wish(self, act: RequestChange) -> ChangeRequested:
        self.order = change_requests.wish(self.row(act.order.pk), items=act.items)
        if act.name:
            lifecycle.rename(self.order, name=act.name)
            self.learn_name(act.name)
        return ChangeRequested(as_fact(self.order))

    def ordered(self, quoted: lifecycle.Quoted, items: tuple[Item, ...]) -> Ordered:
        self.order = row = self._rows[quoted.order.pk] = quoted.order
        held_for = row.wanted_at if row.held else None
        fact = OpenOrder(
            row.pk, row.code, "waiting", items, row.name, row.station.name, wanted_at=held_for, to_pay=_to_pay(row)
        )
        return Ordered(fact, as_told(quoted.wait))

    def cancel(self, orders: tuple[OpenOrder, ...]) -> Cancelled:
        """Cancel the orders that no barista has started. For an order that is being made, ask the barista to drop
        it."""
        gone: list[OpenOrder] = []
        late: list[OpenOrder] = []
        wished: list[OpenOrder] = []
        for order in orders:
            row = self.row(order.pk)
            try:
                if not order.changeable:
                    raise TransitionError("cancel", row.status)
                lifecycle.cancel(row)
                gone.append(order)
            except TransitionError:
                if row.status in BEING_MADE:
                    wished.append(as_fact(change_requests.wish(row, items=())))
                else:
                    late.append(as_fact(row) if row.is_open else order)
        return Cancelled(tuple(gone), tuple(late), tuple(wished))

    def rename(self, name: str, order: OpenOrder | None) -> Outcome:
        self.name_customer(name)
        if order is not None:
            self.order = lifecycle.rename(self.row(order.pk), name=name)
        return Done()

    def count_data(self) -> StoredData:
        orders = Order.objects.of(self.customer).filter(event=self.event)
        on_page = Message.objects.filter(order__in=orders, from_customer=False, event__texts=None).count()
        # The text that asks for this count is not stored yet, so count one more.
        texts = self.conversation.inbound.count() + self.conversation.outbound.count() + on_page + 1
        return StoredData(orders.count(), texts)

    def rate(self, act: StoreRating) -> None:
        asked = Feedback.objects.filter(order=act.order, customer=self.customer)
        asked.update(score=act.score, words=act.words, answered_at=timezone.now())
        if act.person:
            self.conversation.call_person(timezone.now())

    def choose_way(self, act: ChooseWay) -> Outcome:
        rows = [self.row(order.pk) for order in act.orders]
        try:
            if act.way != "push":
                subscriptions.choose_mailbox(rows, mailbox=act.address)
        except mail.NoMailAddress:
            return NoAddress()
        page = settings.PUBLIC_URL + reverse("tracking", args=[rows[-1].token])
        return WayChosen(act.way, page, act.address)

    def learn_name(self, name: str) -> None:
        """Store the name on a cup as the customer's name, unless a name is known already.

        The customer may be ordering a cup for another person, so a known name is not replaced."""
        if name and not self.customer.name:
            self.name_customer(name)

    def hear_language(self, language: str | None) -> None:
        """Store the language of the customer's text, if the event answers in more than one language."""
        if language and language != self.customer.language and len(self.event.languages) > 1:
            self.customer.language = language
            self.customer_changed = True

    def name_customer(self, name: str) -> None:
        self.customer.name = name
        self.customer_changed = True

    def forget(self) -> None:
        """Delete the customer and all personal data. Orders and the number of texts stay for statistics, without a
        name."""
        forget(self.customer, by=None, event=self.event.pk)
        self.forgotten = True

    def row(self, pk: int) -> Order:
        """Return the order, but with the status and version that it had when `open_conversation` read it.

        If a barista has changed the order since then, this version is out of date. `lifecycle` then refuses the
        customer's change."""
        if pk not in self._rows:
            seen = next(order for order in self.orders if order.pk == pk)
            row = Order.objects.select_related("station").prefetch_related("items").get(event=self.event, pk=pk)
            row.event, row.customer = self.event, self.customer
            row.status, row.version = seen.status, seen.version
            self._rows[pk] = row
        return self._rows[pk]


def as_fact(order: Order) -> OpenOrder:
    status = cast(OpenStatus, order.status)
    items, wish = items_of(order), change_requests.wished(order)
    return OpenOrder(
        order.pk,
        order.code,
        status,
        items,
        order.name,
        order.station.name,
        wish,
        order.wanted_at if order.held else None,
        _to_pay(order),
    )


def _to_pay(order: Order) -> ToPay | None:
    return to_pay_of(order.price, order.event.currency, order.token) if order.pay_by else None


def as_told(wait: Wait) -> QuotedWait:
    return QuotedWait(wait.position, wait.earliest, wait.latest)
