"""Words between the bar and a customer about an order.

The bar writes: `sms` hears `customer_written` and queues the text in the same transaction. What the customer texts for
a while after that is an answer, whatever else it does, and stands on the ticket until somebody at the bar has seen it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from accounts.models import User
from orders.messaging.texting import Reach, ToSay, has_page, texting
from orders.models import OPEN, Message, Order, OrderEvent
from orders.refusals import Refusal
from orders.signals import customer_written
from orders.verbs import record_event, verb

#: Characters of one's own words: with the order's code before them they fit two texts.
MOST = 160
#: Answers from a page that nobody at the bar has seen: a token may be in anybody's hands.
MOST_UNSEEN = 3
#: A text of the customer's is an answer for so long after the bar wrote, and so long after the order was over.
ANSWERS_WITHIN = dt.timedelta(minutes=30)
AFTER_THE_END = dt.timedelta(minutes=5)


class Unreachable(Refusal):
    """The customer left no number, or wants no texts, and has no page of ours."""


class NothingToSay(Refusal):
    """Empty, or nothing that a text can hold."""


class NobodyAsked(Refusal):
    """The bar wrote nothing lately that this could be the answer to."""


class TooManyAnswers(Refusal):
    """The bar has not seen the last ones."""


@verb
def write(order: Order, say: ToSay, *, by: User, key: str | None = None) -> Message:
    """Tell the customer. Raises NothingToSay or Unreachable."""
    _lock(order)
    if key and (before := Message.objects.filter(event__key=f"{order.pk}:{key}").first()):
        return before
    words = texting().words(order, say)
    if not words:
        raise NothingToSay
    if not can_be_told(order, texting().reach(order)):
        raise Unreachable
    event = record_event(order, "message", was=order.status, by=by, key=key and f"{order.pk}:{key}")
    message = Message.objects.create(
        order=order,
        event=event,
        text=words,
        at=event.at,
        missing=say.about.name if say.offers else "",
        offers=say.offers,
    )
    # Whoever goes on talking has read what was said.
    _unseen(order).update(seen_at=event.at)
    customer_written.send(Message, message=message)
    return message


def can_be_told(order: Order, reach: Reach) -> bool:
    return reach.by_text or has_page(order)


@verb
def hear(order: Order, text: str, *, key: str | None = None) -> Message:
    """The customer's answer. It moves nothing: whoever taps on the ticket meanwhile is not held up."""
    event = record_event(order, "answer", was=order.status, by=None, key=key)
    return Message.objects.create(
        order=order, event=event, from_customer=True, text=text[: Message.LONGEST], at=event.at
    )


@verb
def answer(order: Order, text: str, *, key: str) -> Message:
    """As it was written on the order's page; the same words with the same key are the same answer.

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
    return hear(order, text, key=key)


@verb
def see(order: Order, *, upto: int, by: User | None, key: str | None = None) -> Order:
    """The answers up to that one were read; one that came meanwhile stays. Seen by somebody else is seen."""
    if _unseen(order).filter(pk__lte=upto).update(seen_at=timezone.now()):
        record_event(order, "seen", was=order.status, by=by, key=key and f"{order.pk}:{key}")
    return order


@verb
def not_delivered(event: OrderEvent) -> None:
    """What was written with that fact did not reach the customer."""
    message = Message.objects.filter(event=event, failed=False).select_related("order__event", "order__station").first()
    if message is not None and Message.objects.filter(pk=message.pk, failed=False).update(failed=True):
        record_event(message.order, "undelivered", was=message.order.status, by=None)


def _unseen(order: Order) -> QuerySet[Message]:
    return Message.objects.filter(order=order, from_customer=True, seen_at=None)


def _lock(order: Order) -> None:
    """Two taps with the same key are taken one after the other; the order as it stands now."""
    Order.objects.select_for_update(no_key=True).filter(pk=order.pk).values_list("pk").get()
    order.refresh_from_db(fields=["status", "version", "closed_at"])


# what the boards and the conversation ask ------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Answer:
    pk: int
    text: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Talk:
    """What a ticket says of it."""

    #: Not seen by anybody at the bar, the oldest first.
    answers: tuple[Answer, ...] = ()
    written_at: dt.datetime | None = None
    #: What the bar wrote last did not arrive.
    failed: bool = False

    @property
    def newest(self) -> int | None:
        return self.answers[-1].pk if self.answers else None


def talk_of(messages: Iterable[Message]) -> Talk:
    """Of one order's, the oldest first."""
    messages = list(messages)
    written = [message for message in messages if not message.from_customer]
    return Talk(
        answers=tuple(Answer(m.pk, m.text, m.at) for m in messages if m.from_customer and m.seen_at is None),
        written_at=written[-1].at if written else None,
        failed=bool(written) and written[-1].failed,
    )


def talks_at(station_id: int) -> dict[int, Talk]:
    """Of the station's open orders, those about which something was said."""
    said: dict[int, list[Message]] = {}
    for message in Message.objects.filter(order__station=station_id, order__status__in=OPEN):
        said.setdefault(message.order_id, []).append(message)
    return {order: talk_of(messages) for order, messages in said.items()}


def written_lately() -> Subquery:
    """For a query of orders: when the bar last wrote about each, or nothing."""
    written = Message.objects.filter(order=OuterRef("pk"), from_customer=False).order_by("-pk")
    return Subquery(written.values("at")[:1])


def is_asked(order: Order, messages: Iterable[Message]) -> bool:
    """What the customer says now is an answer; `messages` are the order's."""
    written = [message.at for message in messages if not message.from_customer]
    return awaits_answer(order, max(written, default=None), timezone.now())


def awaits_answer(order: Order, written_at: dt.datetime | None, now: dt.datetime) -> bool:
    if written_at is None or now - written_at > ANSWERS_WITHIN:
        return False
    return order.closed_at is None or written_at > order.closed_at or now - order.closed_at <= AFTER_THE_END
