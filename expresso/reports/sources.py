"""Returns the rows that a report adds up: single orders for small events, and counts from views for large ones.

Both give the same sums, and both leave out the orders of rehearsals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce
from operator import or_
from typing import Any

from django.db import connection
from django.db.models import (
    BigIntegerField,
    BooleanField,
    Case,
    CharField,
    Exists,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Greatest, Least, NullIf

from expresso.reports.figures import LONGEST_WAIT, SUMS, TIMES, WAITS, Row, sums_alike
from expresso.reports.models import CupCount, OrderCount, PeopleCount, SentCount, TextCount, TimeCount
from expresso.reports.period import DAY, HOUR, SLOT, WEEKS, Period
from orders.models import Order, OrderItem
from sms.inbound import ANSWER, FEEDBACK, IGNORED
from sms.models import InboundMessage, OutboundMessage

#: Events with more orders than this are counted from the materialized views, which are a few minutes old. Other events
#: are counted from single orders. That takes 0.03 ms for each order, so a fifth of a second for this many.
MANY = 6_000


class Epoch(Func):
    """SQL function that converts a moment to whole seconds since 1970."""

    output_field = IntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="CAST(strftime('%%%%s', %(expressions)s) AS INTEGER)")

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="CAST(FLOOR(EXTRACT(EPOCH FROM %(expressions)s)) AS BIGINT)")


def orders_in(period: Period) -> QuerySet[Any]:
    """Return rows with the columns of `OrderCount`, from the materialized view or one for each order."""
    return _counted(OrderCount, period) if from_views(period) else _live(each_order(), period)


def counted_by_time(period: Period) -> QuerySet[Any]:
    """Return rows of `TimeCount`. The event must be a large one, which is counted from the materialized views."""
    span = HOUR if period.in_whole_hours else 1
    within = _spans(span, period.first_slot, period.end_slot)
    return TimeCount.objects.filter(within, event=period.event)


def people_in(period: Period) -> QuerySet[Any]:
    """Return rows with the columns of `PeopleCount`, from the materialized view or one for each order."""
    return _counted(PeopleCount, period) if from_views(period) else _live(each_by_people(), period)


def cups_in(period: Period) -> QuerySet[Any]:
    """Return rows with the columns of `CupCount`, from the materialized view or one for each ordered drink."""
    return _counted(CupCount, period) if from_views(period) else _live(each_item(), period, "order__")


def texts_in(period: Period) -> QuerySet[Any]:
    """Return rows with the columns of `TextCount`, from the materialized view or one for each text of a customer."""
    if from_views(period):
        return _counted(TextCount, period)
    return each_text().filter(
        conversation__event=period.event, received_at__gte=period.start, received_at__lt=period.end
    )


def sent_in(period: Period) -> QuerySet[Any]:
    """Return rows with the columns of `SentCount`, from the materialized view or one for each text to a customer."""
    if from_views(period):
        return _counted(SentCount, period)
    return each_sent().filter(conversation__event=period.event, created_at__gte=period.start, created_at__lt=period.end)


def tally_rows(orders: QuerySet[Any], *by: str, times: bool = True) -> tuple[Row, ...]:
    """Return the sums of the orders, grouped by the columns `by`. With `times`, the sums of TIMES are included."""
    return (_sums_of_orders if orders.model is Order else _sums_of_counts)(orders, by, TIMES if times else ())


def _sums_of_counts(counts: QuerySet[Any], by: Sequence[str], times: Sequence[str]) -> tuple[Row, ...]:
    columns = (*SUMS, *times, *(f"waits__{minute}" for minute in range(LONGEST_WAIT + 1)))
    found = _added_up(counts, by, columns)
    return tuple(dict(zip((*by, *SUMS, *times, *WAITS), row, strict=True)) for row in found)


def _sums_of_orders(orders: QuerySet[Any], by: Sequence[str], times: Sequence[str]) -> tuple[Row, ...]:
    alike, columns = (*by, "status", "waited", "promise"), ("orders", "cups", *times)
    found = (dict(zip((*alike, *columns), row, strict=True)) for row in _added_up(orders, alike, columns))
    return tuple({name: row[name] for name in by} | sums_alike(row) for row in found)


def _added_up(rows: QuerySet[Any], by: Sequence[str], columns: Sequence[str]) -> QuerySet[Any]:
    sums = {f"sum_{column}": Sum(column) for column in columns}
    found: QuerySet[Any] = rows.values(*by).annotate(**sums).values_list(*by, *sums)
    return found.order_by(*by)


def from_views(period: Period) -> bool:
    return connection.vendor == "postgresql" and period.event.orders_taken > MANY


def _counted(model: type[OrderCount | PeopleCount | CupCount | TextCount | SentCount], period: Period) -> QuerySet[Any]:
    """Return the rows of a materialized view that together cover the period."""
    spans = (WEEKS, DAY, 1) if model is CupCount else (DAY, 1)
    pieces = _pieces(period.first_slot, period.end_slot, spans)
    return model._default_manager.filter(reduce(or_, pieces, Q(pk__in=[])), event=period.event)


def _pieces(first: int, end: int, spans: Sequence[int]) -> Iterator[Q]:
    """Yield conditions that select the rows of a materialized view between the slots `first` and `end`.

    Rows of the longest span cover as much of the time as possible, and rows of shorter spans cover the rest at both
    ends. For example, three days from 23:00 UTC are covered by two rows of whole days, and by the quarters of an hour
    before and after these days. `spans` has the longest span first and ends with 1."""
    span, *shorter = spans
    begins, ends = -(-first // span) * span, end // span * span
    if begins < ends:
        yield _spans(span, begins, ends)
    else:
        begins = ends = end
    for since, until in ((first, begins), (ends, end)):
        if since < until:
            yield from _pieces(since, until, shorter)


def _spans(span: int, first: int, end: int) -> Q:
    return Q(span=span, slot__gte=first, slot__lt=end)


def _live(rows: QuerySet[Any], period: Period, order: str = "") -> QuerySet[Any]:
    at = f"{order}placed_at"
    return rows.filter(
        **{
            f"{order}event": period.event,
            f"{at}__gte": period.start,
            f"{at}__lt": period.end,
            f"{order}practice": False,
        }
    )


def each_order() -> QuerySet[Any]:
    promised = Q(ready_at__isnull=False, quoted_from__isnull=False, quoted_to__isnull=False)
    left_waiting = Coalesce("started_at", "ready_at", "closed_at")
    return Order.objects.order_by().annotate(
        slot=Epoch("placed_at") / SLOT,
        waited=Case(
            When(ready_at=None, then=Value(-1)),
            default=Least(Value(LONGEST_WAIT), Greatest(Value(0), (Epoch("ready_at") - Epoch("placed_at")) / 60)),
            output_field=IntegerField(),
        ),
        promise=Case(
            When(~promised, then=Value("")),
            When(ready_at__lt=F("quoted_from"), then=Value("early")),
            When(ready_at__lte=F("quoted_to"), then=Value("kept")),
            default=Value("late"),
            output_field=CharField(),
        ),
        orders=Value(1),
        quoted_seconds=_seconds("placed_at", "quoted_to", only=promised),
        true_seconds=_seconds("placed_at", "ready_at", only=promised),
        waiting_seconds=_seconds("placed_at", left_waiting),
        waiting_orders=_one_unless(Q(started_at=None, ready_at=None, closed_at=None)),
        making_seconds=_seconds("started_at", Coalesce("ready_at", "closed_at")),
        making_orders=_one_unless(Q(started_at=None) | Q(ready_at=None, closed_at=None)),
        ready_seconds=_seconds("ready_at", "closed_at"),
        ready_orders=_one_unless(Q(ready_at=None) | Q(closed_at=None)),
    )


def each_by_people() -> QuerySet[Any]:
    return Order.objects.order_by().annotate(
        slot=Epoch("placed_at") / SLOT,
        speaks=Coalesce(NullIf("language", Value("")), "customer__language", Value("")),
        orders=Value(1),
        making_seconds=_seconds("started_at", Coalesce("ready_at", "closed_at")),
        making_orders=_one_unless(Q(started_at=None) | Q(ready_at=None, closed_at=None)),
    )


def each_item() -> QuerySet[Any]:
    return OrderItem.objects.order_by().annotate(
        slot=Epoch("order__placed_at") / SLOT, status=F("order__status"), cups=F("quantity")
    )


#: Intents of texts that were not read as orders: ratings, answers to a barista, reactions.
NOT_READ = (IGNORED, FEEDBACK, ANSWER)


def each_text() -> QuerySet[Any]:
    read = ~Q(intent__in=NOT_READ)
    earlier = InboundMessage.objects.filter(read, conversation=OuterRef("conversation"), pk__lt=OuterRef("pk"))
    texts = InboundMessage.objects.order_by().alias(is_first=Case(When(read, then=~Exists(earlier)), default=False))
    return texts.annotate(
        strange=_is(~Q(unknown=[])),
        placed=_is(Q(order__isnull=False)),
        replied=_is(~Q(reply="")),
        texts=Value(1),
        # Count one segment for texts that were stored before Expresso counted segments. Each had at least one.
        sent_segments=Coalesce("segments", Value(1)),
        firsts=Case(When(is_first=True, then=Value(1)), default=Value(0), output_field=IntegerField()),
    )


def each_sent() -> QuerySet[Any]:
    return OutboundMessage.objects.order_by().annotate(texts=Value(1), sent_segments=Coalesce("segments", Value(1)))


def _is(true: Q) -> Case:
    return Case(When(true, then=Value(True)), default=Value(False), output_field=BooleanField())


def _seconds(since: str, until: str | Combinable, *, only: Q | None = None) -> Coalesce:
    """Return an SQL expression for the seconds between two moments.

    It is 0 if one of the moments is missing, or if the condition `only` is given and not true."""
    seconds: Any = Epoch(until) - Epoch(since)
    if only is not None:
        seconds = Case(When(only, then=seconds), default=Value(0))
    return Coalesce(seconds, Value(0), output_field=BigIntegerField())


def _one_unless(condition: Q) -> Case:
    """Return an SQL expression that is 1 for each order that does not meet the condition, and 0 for all others.

    Its sum is the number of orders that do not meet the condition."""
    return Case(When(condition, then=Value(0)), default=Value(1), output_field=IntegerField())
