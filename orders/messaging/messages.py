"""Messages between the bar's staff and a customer about an order.

When a barista writes, `sms` receives the signal `customer_written` and queues the text in the same transaction. If the
customer texts within half an hour, this counts as the answer. It stays on the ticket until a barista has seen it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b

from django.db.models import QuerySet
from django.dispatch import Signal
from django.utils import timezone

from accounts.models import User
from inventory.snapshot import menu_of
from orders.messaging.texting import Reach, ToSay, has_page, texting
from orders.models import Message, Order, OrderEvent
from orders.refusals import Refusal
from orders.renaming import keys_named
from orders.statuses import OPEN
from orders.verbs import event_key, record_event, verb
from stations.models import Station

#: Maximum length of a typed message, in characters. Together with the order's code it fits two SMS segments.
MOST = 160
#: Maximum number of unseen answers from an order's page. Without a limit, anybody who gets the page's link could send
#: any number.
MOST_UNSEEN = 3
#: After the bar has written, the customer's texts count as answers for ANSWERS_WITHIN. If the order is closed
#: meanwhile, they count only for AFTER_THE_END after it was closed.
ANSWERS_WITHIN = dt.timedelta(minutes=30)
AFTER_THE_END = dt.timedelta(minutes=5)

#: Signal with `message`, sent inside the transaction in which a barista wrote to a customer.
customer_written = Signal()


class Unreachable(Refusal):
    """The customer cannot be reached: the order has no page, and no number that can be texted."""


class NothingToSay(Refusal):
    """The message is empty, or a ready-made message that does not fit the order any more."""


class NobodyAsked(Refusal):
    """The bar has not written to the customer lately, so nobody would read an answer."""


class TooManyAnswers(Refusal):
    """The bar has not seen the customer's earlier answers yet, so no more answers are accepted."""


@verb
def write(order: Order, say: ToSay, *, by: User, key: str | None = None) -> Message:
    """Save a message from the bar to the customer, and send the signal `customer_written`.

    Raises NothingToSay or Unreachable."""
    _lock(order)
    if key and (before := Message.objects.filter(event__key=event_key(order, key)).first()):
        return before
    words = texting().message_words(order, say)
    if not words:
        raise NothingToSay
    if not can_be_told(order, texting().reach(order)):
        raise Unreachable
    event = record_event(order, "message", was=order.status, by=by, key=event_key(order, key))
    message = Message.objects.create(
        order=order,
        event=event,
        text=words,
        at=event.at,
        missing=say.about.name if say.offers else "",
        offers=say.offers,
    )
    if say.offers:
        keys = keys_named(menu_of(order.event).menu, (), {say.about.name, *say.offers})
        Order.objects.filter(pk=order.pk).update(menu_keys=order.menu_keys | {"offers": keys})
    # Mark the customer's answers as seen: a barista who writes to the customer has read them.
    _unseen(order).update(seen_at=event.at)
    customer_written.send(Message, message=message)
    return message


def can_be_told(order: Order, reach: Reach) -> bool:
    return reach.by_text or has_page(order)


@verb
def hear(order: Order, text: str, *, key: str | None = None, on_page: bool = False) -> Message:
    """Save an answer of the customer.

    The order's version stays the same, because the order itself does not change. With a new version, a tap that a
    barista made just before would be refused."""
    event = record_event(order, "answer", was=order.status, by=None, key=key)
    return Message.objects.create(
        order=order,
        event=event,
        from_customer=True,
        on_page=on_page,
        text=text[: Message.LONGEST],
        at=event.at,
    )


@verb
def answer_from_page(order: Order, text: str, *, key: str) -> Message:
    """Save an answer that the customer wrote on the order's page. The same text with the same key is saved only once.

    Raises NothingToSay, NobodyAsked or TooManyAnswers."""
    _lock(order)
    what = repr((key, text))
    key = f"{order.pk}:{blake2b(what.encode(), digest_size=20).hexdigest()}"
    if before := Message.objects.filter(event__key=key).first():
        return before
    if not text:
        raise NothingToSay
    if not is_asked(order, list(order.messages.all())):
        raise NobodyAsked
    if _unseen(order).count() >= MOST_UNSEEN:
        raise TooManyAnswers
    return hear(order, text, key=key, on_page=True)


@verb
def see(order: Order, *, upto: int, by: User | None, key: str | None = None) -> Order:
    """Mark the answers whose pk is at most `upto` as seen by the bar. Later answers stay unseen."""
    if _unseen(order).filter(pk__lte=upto).update(seen_at=timezone.now()):
        record_event(order, "seen", was=order.status, by=by, key=event_key(order, key))
    return order


@verb
def not_delivered(event: OrderEvent) -> None:
    """Mark the message that belongs to this OrderEvent as not delivered."""
    message = Message.objects.filter(event=event, failed=False).select_related("order__event", "order__station").first()
    if message is not None and Message.objects.filter(pk=message.pk, failed=False).update(failed=True):
        record_event(message.order, "undelivered", was=message.order.status, by=None)


def _unseen(order: Order) -> QuerySet[Message]:
    return Message.objects.filter(order=order, from_customer=True, seen_at=None)


def _lock(order: Order) -> None:
    """Lock and refresh the order, so that two requests with the same key run one after the other."""
    Order.objects.select_for_update(no_key=True).filter(pk=order.pk).values_list("pk").get()
    order.refresh_from_db(fields=["status", "version", "closed_at", "menu_keys"])


# reading messages ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class UnseenAnswer:
    pk: int
    text: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Talk:
    """Summary of an order's messages, as the ticket shows it."""

    #: Answers that no barista has seen yet, the oldest first.
    answers: tuple[UnseenAnswer, ...] = ()
    written_at: dt.datetime | None = None
    #: True if the bar's last message was not delivered.
    failed: bool = False

    @property
    def newest(self) -> int | None:
        return self.answers[-1].pk if self.answers else None


def talk_of(messages: Iterable[Message]) -> Talk:
    """Return the summary of one order's messages. The messages are sorted, the oldest first."""
    messages = list(messages)
    written = [message for message in messages if not message.from_customer]
    return Talk(
        answers=tuple(UnseenAnswer(m.pk, m.text, m.at) for m in messages if m.from_customer and m.seen_at is None),
        written_at=written[-1].at if written else None,
        failed=bool(written) and written[-1].failed,
    )


def talks_at(station: Station) -> dict[int, Talk]:
    """Return a summary for each open order of the station that has messages, by the order's pk."""
    said: dict[int, list[Message]] = {}
    for message in Message.objects.filter(
        order__event=station.event_id, order__station=station, order__status__in=OPEN
    ):
        said.setdefault(message.order_id, []).append(message)
    return {order: talk_of(messages) for order, messages in said.items()}


def is_asked(order: Order, messages: Iterable[Message]) -> bool:
    """Return whether the customer can write an answer on the order's page now. `messages` are all messages of the
    order.

    They can if the bar has written lately and the order is open. A closed order is on no board, so nobody would see the
    answer."""
    if not order.is_open:
        return False
    written = [message.at for message in messages if not message.from_customer]
    return awaits_answer(max(written, default=None), order.closed_at, timezone.now())


def awaits_answer(written_at: dt.datetime | None, closed_at: dt.datetime | None, now: dt.datetime) -> bool:
    """Return whether a text that arrives at `now` counts as an answer to the bar, which last wrote at `written_at`.

    `written_at` is None if the bar has not written, and `closed_at` is None if the order is open."""
    if written_at is None or now - written_at > ANSWERS_WITHIN:
        return False
    return closed_at is None or written_at > closed_at or now - closed_at <= AFTER_THE_END
