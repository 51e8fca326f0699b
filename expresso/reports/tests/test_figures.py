"""Tests that compare every figure of a report with an event that was counted by hand."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from expresso.reports import order_tables, refresh, sources
from expresso.reports.catalog import TABLES
from expresso.reports.period import Period
from expresso.reports.report import Report
from expresso.reports.tables import Cell
from expresso.reports.tests.small_event import FIRST, LAST, SmallEvent, at
from expresso.tests.plans import plans_of
from orders.models import Order
from orders.tests import factory
from sms.models import Conversation, Feedback, InboundMessage, OutboundMessage
from stations.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def small() -> SmallEvent:
    return SmallEvent()


def rows(key: str, report: Report) -> list[tuple[Cell, ...]]:
    return list(TABLES[key](report).rows)


@pytest.fixture
def report(small: SmallEvent) -> Report:
    return Report(Period.whole(small.event))


def test_a_report_is_on_all_days_with_orders_in_the_events_time_zone(report: Report) -> None:
    assert (report.period.first, report.period.last) == (FIRST, LAST)
    # The time zone is an hour ahead of UTC, so an order at 00:30 on the 10th was placed on the 9th in UTC.
    assert (report.period.start.isoformat(), report.period.end.isoformat()) == (
        "2026-11-08T23:00:00+00:00",
        "2026-11-10T23:00:00+00:00",
    )


def test_totals_and_their_comparison(small: SmallEvent) -> None:
    report = Report(Period(small.event, LAST, LAST), compared=Period(small.event, FIRST, FIRST))

    assert [(row[0], *row[2:]) for row in rows("totals", report)] == [
        ("Orders", 3, 4),
        ("Cups", 2, 5),
        ("Half waited at most", 6, 4),
        ("95 % waited at most", 6, 15),
        ("Promise kept", None, 66.7),
        ("Cancelled", 1, 1),
        ("Not collected", 0, 1),
        ("Still open", 1, 0),
    ]


def test_days_hours_stations_and_channels(report: Report) -> None:
    # The columns are: orders, cups, cancelled, not collected, median and 95th percentile of the wait, percentage of
    # kept promises.
    first, second = (4, 5, 1, 1, 4, 15, 66.7), (3, 2, 1, 0, 6, 6, None)
    assert rows("days", report) == [("2026-11-09", *first), ("2026-11-10", *second)]
    assert rows("hours", report) == [
        ("00:00", 1, 1, 0, 0, 6, 6, None),
        ("09:00", 5, 6, 1, 1, 4, 15, 66.7),
        ("10:00", 1, 0, 1, 0, None, None, None),
    ]
    assert rows("stations", report) == [
        ("Bar 1", 5, 6, 1, 0, 4, 6, 100.0),
        ("Bar 2", 2, 1, 1, 1, 15, 15, 0.0),
    ]
    assert rows("channels", report) == [
        ("SMS", 5, 5, 2, 0, 3, 4, 100.0),
        ("Walk-in", 1, 1, 0, 0, 6, 6, None),
        ("Web page", 1, 1, 0, 1, 15, 15, 0.0),
    ]


def test_waits_and_promises(report: Report) -> None:
    assert rows("waits", report) == [(3, 1, 25.0), (4, 1, 50.0), (6, 1, 75.0), (15, 1, 100.0)]
    # Order A was ready after 4 minutes (4 to 8 were quoted), B after 3 (5 to 9), and C after 15 (4 to 8).
    assert rows("promises", report) == [
        ("Ready before the quoted time", 1, 33.3, None),
        ("Ready within it", 1, 33.3, None),
        ("Ready after it", 1, 33.3, None),
        ("Mean of the latest time that was quoted", 3, None, 8.3),
        ("Mean of the true wait", 3, None, 7.3),
    ]


def test_time_in_each_status(report: Report) -> None:
    # Minutes of the orders in each status. Waiting: A 1, B 2, C 4, D 2 (cancelled), E 6 (never started), F 1, G 2.
    # Making: A 3, B 1, C 11, F 3 (cancelled). Ready: A 2, B 2, C 9, E 1.
    assert rows("statuses", report) == [("Waiting", 7, 2.6), ("Making", 4, 4.5), ("Ready", 4, 3.5)]


@pytest.mark.parametrize(("ready", "late"), [("09:10", 1), ("09:11", 2)])
def test_an_order_that_is_ready_in_the_last_quoted_minute_keeps_the_promise(
    small: SmallEvent, ready: str, late: int
) -> None:
    Order.objects.filter(customer=small.sam, status="collected", event=small.event).update(ready_at=at(9, ready))

    outcomes = {row[0]: row[1] for row in rows("promises", Report(Period.whole(small.event)))}

    assert outcomes["Ready after it"] == late


def test_baristas_and_languages(report: Report) -> None:
    # Maya made order A in 3 minutes and C in 11. E was never started, G is still being made, and cancelled orders do
    # not count.
    assert rows("baristas", report) == [("Maya", 4, 4, 7.0), ("Ben", 1, 3, 1.0)]
    assert rows("languages", report) == [
        ("Unknown", 2, 28.6),
        ("German", 2, 28.6),
        ("English", 2, 28.6),
        ("French", 1, 14.3),
    ]


def test_drinks_options_and_milks(report: Report) -> None:
    assert rows("drinks", report) == [("Latte", 5, 71.4), ("Mocha", 1, 14.3), ("Tea", 1, 14.3)]
    assert rows("options", report) == [
        ("Milk", "Oat", 2, 28.6),
        ("Milk", "Soy", 1, 14.3),
        ("Size", "Large", 1, 14.3),
    ]
    # Three cups have full cream because it is the default: two lattes, and the latte with "no oat".
    assert rows("milks", report) == [("Full cream", 3, 50.0), ("Oat", 2, 33.3), ("Soy", 1, 16.7)]


def test_stock_that_the_cups_took(report: Report) -> None:
    # A, B, C and E were made. They have 4 lattes and a mocha with 8 g of beans each. One cup had oat milk, three had
    # full cream.
    assert rows("stock", report) == [("Beans", 40.0, "g"), ("Full cream milk", 540.0, "ml"), ("Oat milk", 200.0, "ml")]


def test_cancellations_and_their_reasons(report: Report) -> None:
    assert sorted(rows("cancellations", report)) == [
        ("The bar", "No reason given", 1),
        ("The customer", "too slow", 1),
    ]


def test_new_and_returning_customers(report: Report) -> None:
    # The rows are: all customers, new ones, returning ones, and those with several orders. Sam is a returning customer,
    # because he ordered at another event before.
    assert [row[1:] for row in rows("customers", report)] == [(3, 100.0), (2, 66.7), (1, 33.3), (2, 66.7)]


def test_texts_segments_and_cost(small: SmallEvent) -> None:
    talk = Conversation.objects.create(event=small.event, customer=small.sam)
    for n, (reply, segments) in enumerate([("Taken.", 1), ("The menu …", 3), ("", 0), ("Old", None)]):
        InboundMessage.objects.create(
            sid=f"SM{n}", conversation=talk, body="hi", reply=reply, segments=segments, received_at=at(9, "09:00")
        )
    for status, segments in [("sent", 1), ("delivered", 2), ("failed", 1), ("expired", 1), ("queued", 1)]:
        OutboundMessage.objects.create(
            conversation=talk, kind="ready", body="Ready", status=status, segments=segments,
            created_at=at(9, "09:06"), expires_at=at(9, "09:30"),
        )  # fmt: skip
    InboundMessage.objects.create(sid="SMlate", conversation=talk, body="hi", received_at=at(12, "09:00"))

    found = rows("texts", Report(Period.whole(small.event), price=Decimal("0.01")))

    assert [row[1:] for row in found] == [
        (4, None, None),
        (3, 5, 0.05),
        (2, 3, 0.03),
        (5, 8, 0.08),
        (1, None, None),
        (1, None, None),
        (1, None, None),
    ]


def test_how_texts_were_read(small: SmallEvent) -> None:
    order = Order.objects.filter(customer=small.sam)[0]
    sam = Conversation.objects.create(event=small.event, customer=small.sam)
    kim = Conversation.objects.create(event=small.event, customer=small.kim)
    for n, (talk, intent, unknown, of) in enumerate(
        [
            (sam, "order", [], order),
            (sam, "support", [], None),
            (sam, "feedback", [], None),
            (kim, "order", ["Bagels"], None),
            (kim, "order", ["bagel"], order),
            (kim, "unclear", [], None),
        ]
    ):
        InboundMessage.objects.create(
            sid=f"SM{n}", conversation=talk, intent=intent, unknown=unknown, order=of, received_at=at(9, "09:00")
        )
    report = Report(Period.whole(small.event))

    assert [row[1:] for row in rows("reading", report)] == [
        (5, None),
        (2, 40.0),
        (1, 50.0),
        (1, 33.3),
        (1, 20.0),
        (2, 40.0),
        (1, 20.0),
    ]
    assert rows("unknown-words", report) == [("bagel", 2)]


def test_ratings(small: SmallEvent) -> None:
    order = Order.objects.filter(customer=small.sam)[0]
    for customer, score in ((small.sam, 5), (small.kim, 4), (small.lee, None)):
        Feedback.objects.create(event=small.event, customer=customer, order=order, day=FIRST, score=score)
    table = TABLES["ratings"](Report(Period.whole(small.event)))

    assert table.rows == (
        ("5 of 5", 1, 50.0),
        ("4 of 5", 1, 50.0),
        ("3 of 5", 0, 0.0),
        ("2 of 5", 0, 0.0),
        ("1 of 5", 0, 0.0),
    )
    assert table.about == "Mean 4.5 of 5. 3 customers were asked, 2 answered with a score."


def test_an_event_without_orders_has_every_table() -> None:
    report = Report(Period.whole(factory.cafe().event), compared=Period.whole(factory.event()))

    assert [build(report).key for build in TABLES.values()] == list(TABLES)


def test_a_rehearsal_is_in_no_table(small: SmallEvent) -> None:
    period = Period.whole(small.event)
    tables = {key: build(Report(period)) for key, build in TABLES.items()}

    assert Order.objects.filter(event=small.event, practice=True).delete()[0] > 0
    assert {key: build(Report(period)) for key, build in TABLES.items()} == tables


def test_every_table_has_a_cell_for_each_column(report: Report) -> None:
    for build in TABLES.values():
        table = build(report)
        assert {len(row) for row in table.rows} <= {len(table.columns)}, table.key
        assert table.charted in {"", *(column.key for column in table.columns)}


@pytest.mark.full
@pytest.mark.parametrize(("first", "last"), [(FIRST, LAST), (FIRST, FIRST), (LAST, LAST)])
def test_the_materialized_views_count_what_single_orders_count(
    first: dt.date, last: dt.date, small: SmallEvent, monkeypatch: pytest.MonkeyPatch
) -> None:
    period = Period(small.event, first, last)
    live = {key: build(Report(period)) for key, build in TABLES.items()}
    refresh.refresh()
    monkeypatch.setattr(sources, "MANY", 0)
    small.event.orders_taken = 1

    counted = {key: build(Report(period)) for key, build in TABLES.items()}

    assert sources.from_views(period)
    assert counted == live


@pytest.mark.full
def test_views_are_refreshed_only_for_large_events_and_only_when_due(
    small: SmallEvent, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert refresh.refresh_if_due() is False
    monkeypatch.setattr(refresh, "MANY", 0)
    small.event.orders_taken = 1
    type(small.event).objects.filter(pk=small.event.pk).update(orders_taken=1)

    assert [refresh.refresh_if_due() for _ in range(2)] == [True, False]
    monkeypatch.setattr(refresh, "EVERY", dt.timedelta(0))
    assert refresh.refresh_if_due() is True


@pytest.mark.full
def test_the_worker_of_the_release_before_is_still_due_to_refresh_its_own_views() -> None:
    refresh.refresh()

    with connection.cursor() as cursor:
        cursor.execute("SELECT obj_description('reports_ordercount'::regclass)")
        assert cursor.fetchone() == (None,)
    assert refresh.counted_at() is not None


def test_a_night_that_ends_after_midnight_is_one_day(small: SmallEvent) -> None:
    """Order E was placed at 00:30. If the event is open until 02:00, the order counts on the 9th."""
    Event.objects.filter(pk=small.event.pk).update(opens_at=dt.time(8), closes_at=dt.time(2))
    event = Event.objects.get(pk=small.event.pk)

    report = Report(Period(event, FIRST, FIRST))

    assert [(day, tally.orders) for day, tally in report.times.by_day.items()] == [(FIRST, 5)]
    assert Period.whole(event) == Period(event, FIRST, LAST)
    assert Report(Period(event, LAST, LAST)).all.orders == 2


def test_payments_and_refunds_count_on_their_own_days(report: Report) -> None:
    assert rows("revenue", report) == [
        ("2026-11-09", "EUR", 2, 7.75, 0.0, 7.75),
        ("2026-11-10", "EUR", 1, 12.0, 4.25, 7.75),
    ]


def test_the_cancelled_orders_that_were_placed_last_are_read_first(
    small: SmallEvent, report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(order_tables, "MOST_REASONS", 1)

    assert rows("cancellations", report) == [("The bar", "No reason given", 1)]
    assert "order_cancelled" in plans_of(lambda: rows("cancellations", report))


def test_one_statement_counts_the_cups_of_all_tables(small: SmallEvent) -> None:
    report = Report(Period.whole(small.event))

    with CaptureQueriesContext(connection) as asked:
        for key in ("drinks", "options", "milks", "stock"):
            TABLES[key](report)

    assert sum("orders_orderitem" in each["sql"] or "cupcount" in each["sql"] for each in asked.captured_queries) == 1
