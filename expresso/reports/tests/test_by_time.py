"""Tests of reports of large events, which are added up from rows for quarters of an hour, hours, days and weeks."""

from __future__ import annotations

import datetime as dt
from random import Random

import pytest

from expresso.reports import refresh, sources
from expresso.reports.catalog import TABLES
from expresso.reports.customer_counts import customers_in
from expresso.reports.period import DAY, HOUR, SLOT, WEEKS, Period
from expresso.reports.report import Report
from inventory.models import Drink
from orders.models import Order, OrderItem
from orders.tests import factory
from sms.models import Conversation, OutboundMessage
from stations.models import Event, Station

pytestmark = pytest.mark.django_db

BEFORE, CHANGED, AFTER = (dt.date(2026, 10, day) for day in (24, 25, 26))


def utc(day: dt.date, hour: int, minute: int = 0) -> int:
    """Return the number of the quarter of an hour (slot) that begins at this time in UTC."""
    return int(dt.datetime.combine(day, dt.time(hour, minute), dt.UTC).timestamp()) // SLOT


def ordered_every_seven_hours(bar: Station, *, first: dt.date, times: int, hours: int = 7) -> Event:
    """Create an order every `hours` hours, with drinks and texts. Some customers order often and some once.

    Some customers also ordered at another event, before or after their orders at this one."""
    start = dt.datetime.combine(first, dt.time(3, 20), bar.event.zone)
    people = [factory.customer(f"Guest {n}") for n in range(times // 3)]
    talks = [Conversation.objects.create(event=bar.event, customer=person) for person in people]
    other = factory.cafe(name="Other")
    drinks = list(Drink.objects.filter(event=bar.event))
    for n in range(times):
        placed = start + dt.timedelta(hours=hours * n)
        who = n * n % len(people)
        order = Order.objects.create(
            event=bar.event, station=bar, code=f"A{n}", channel="sms" if n % 3 else "web", status="collected",
            name="Guest", cups=1 + n % 2, minutes=1, placed_at=placed, started_at=placed,
            ready_at=placed + dt.timedelta(minutes=n % 5), closed_at=placed + dt.timedelta(minutes=9),
            quoted_from=placed, quoted_to=placed + dt.timedelta(minutes=2), customer=people[who] if n % 5 else None,
        )  # fmt: skip
        drink = drinks[n % len(drinks)]
        OrderItem.objects.create(order=order, drink=drink, drink_name=drink.name, quantity=1 + n % 2, choices=[])
        OutboundMessage.objects.create(
            conversation=talks[who],
            order=order,
            kind="ready",
            body="Ready",
            status="failed" if n % 4 else "delivered",
            segments=n % 3 or None,
            created_at=placed + dt.timedelta(minutes=3),
            expires_at=placed + dt.timedelta(hours=1),
        )
        if n % 11 == 0:
            elsewhere = factory.order(other, customer=people[who])
            Order.objects.filter(pk=elsewhere.pk).update(placed_at=start + dt.timedelta(hours=5 * n - 50))
    return bar.event


def every_table(period: Period) -> dict[str, object]:
    return {key: build(Report(period)) for key, build in TABLES.items()}


@pytest.mark.full
@pytest.mark.parametrize(
    ("zone", "hours"),
    [
        ("UTC", {}),
        ("Europe/Berlin", {}),
        # Days end at 02:00, and full hours of local time are half hours of UTC.
        ("Asia/Kolkata", {"opens_at": dt.time(8), "closes_at": dt.time(2)}),
        # On Lord Howe Island, daylight saving time moves the clocks by half an hour.
        ("Australia/Lord_Howe", {}),
        # Two cases with quarters of an hour: days that end at 01:15, and a local time that is 5 h 45 min ahead of UTC.
        ("Europe/Berlin", {"opens_at": dt.time(8), "closes_at": dt.time(1, 15)}),
        ("Asia/Kathmandu", {}),
    ],
)
def test_days_and_hours_of_the_views_are_those_of_single_orders_while_clocks_change(
    zone: str, hours: dict[str, dt.time], monkeypatch: pytest.MonkeyPatch
) -> None:
    bar = factory.cafe(name="Long", time_zone=zone, **hours)
    event = ordered_every_seven_hours(bar, first=dt.date(2026, 9, 25), times=120)
    whole = Period.whole(event)
    part = Period(event, dt.date(2026, 10, 3), dt.date(2026, 10, 5))
    live = [every_table(whole), every_table(part)]
    refresh.refresh()
    monkeypatch.setattr(sources, "MANY", 0)
    event.orders_taken = 1

    counted = [every_table(whole), every_table(part)]

    assert counted == live
    assert Report(part).all.orders in (9, 10, 11)


@pytest.mark.full
def test_a_large_event_is_added_up_by_days_and_by_quarters_only_at_both_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    event = ordered_every_seven_hours(factory.cafe(time_zone="Europe/Berlin"), first=dt.date(2026, 11, 2), times=30)
    refresh.refresh()
    monkeypatch.setattr(sources, "MANY", 0)
    event.orders_taken = 1
    period = Period(event, dt.date(2026, 11, 3), dt.date(2026, 11, 6))

    counts = list(sources.orders_in(period).order_by("slot", "span").values_list("span", "slot", "orders"))

    # In Berlin a day begins at 23:00 UTC. So the period has one hour before its three whole UTC days, and 23 hours
    # after them.
    days = [utc(dt.date(2026, 11, day), 0) for day in (3, 4, 5)]
    assert sorted({(span, slot) for span, slot, _ in counts if span == DAY}) == [(DAY, day) for day in days]
    quarters = [slot for span, slot, _ in counts if span == 1]
    assert [slot for slot in quarters if days[0] <= slot < days[-1] + DAY] == []
    assert min(quarters) < days[0] < max(quarters)
    assert (
        sum(orders for *_, orders in counts)
        == Order.objects.filter(event=event, placed_at__gte=period.start, placed_at__lt=period.end).count()
    )


@pytest.mark.full
def test_weeks_days_and_quarters_of_the_views_add_up_to_what_single_orders_give(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    event = ordered_every_seven_hours(factory.cafe(time_zone="Asia/Kathmandu"), first=BEFORE, times=180, hours=17)
    start, luck = dt.date(2026, 10, 20), Random(5)
    firsts = [start + dt.timedelta(days=luck.randrange(130)) for _ in range(12)]
    periods = [Period(event, first, first + dt.timedelta(days=luck.choice([0, 3, 30, 70]))) for first in firsts]
    live = [every_table(period) for period in periods]
    refresh.refresh()
    monkeypatch.setattr(sources, "MANY", 0)
    event.orders_taken = 1

    assert [every_table(period) for period in periods] == live

    spans = {span for period in periods for span in sources.cups_in(period).values_list("span", flat=True)}
    assert spans == {1, DAY, WEEKS}
    customers = [customers_in(period) for period in periods]
    assert all(max(getattr(each, name) for each in customers) > 3 for name in ("all", "returning", "again"))


@pytest.mark.full
def test_hours_are_read_where_days_begin_on_full_hours_and_quarters_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    event = ordered_every_seven_hours(factory.cafe(time_zone="Europe/Berlin"), first=BEFORE, times=9)
    refresh.refresh()
    monkeypatch.setattr(sources, "MANY", 0)
    event.orders_taken = 1

    def spans() -> set[int]:
        return set(sources.counted_by_time(Period.whole(event)).values_list("span", flat=True))

    assert spans() == {HOUR}
    event.time_zone = "Asia/Kolkata"
    assert spans() == {1}
    event.time_zone, event.opens_at, event.closes_at = "Europe/Berlin", dt.time(8), dt.time(1, 15)
    assert spans() == {1}


def test_a_day_on_which_clocks_are_changed_is_a_spell_of_its_own() -> None:
    event = factory.event(time_zone="Europe/Berlin")

    # In UTC the period begins on 23 October at 22:00, so the first UTC day in this list is the 23rd.
    assert Period(event, BEFORE, AFTER).spells_of_one_time == [
        utc(dt.date(2026, 10, 23), 0),
        utc(CHANGED, 0),
        utc(AFTER, 0),
    ]
    assert Period(event, dt.date(2026, 11, 2), dt.date(2026, 11, 30)).spells_of_one_time == [
        utc(dt.date(2026, 11, 1), 0)
    ]


def test_days_begin_when_the_day_before_ends() -> None:
    event = factory.event(time_zone="Europe/Berlin", opens_at=dt.time(8), closes_at=dt.time(2, 10))

    # Days begin at 02:10, so the first whole quarter of an hour of a day begins at 02:15. Clocks are put back in the
    # night to the 25th.
    assert Period(event, BEFORE, AFTER).days_begin == [utc(BEFORE, 0, 15), utc(CHANGED, 1, 15), utc(AFTER, 1, 15)]


@pytest.mark.full
def test_orders_of_a_quarter_are_one_row_however_long_they_waited(monkeypatch: pytest.MonkeyPatch) -> None:
    event = ordered_every_seven_hours(factory.cafe(), first=dt.date(2026, 11, 2), times=40)
    start = dt.datetime(2026, 11, 2, 9, tzinfo=dt.UTC)
    Order.objects.update(placed_at=start, ready_at=start + dt.timedelta(minutes=4))
    Order.objects.filter(code__in=["A1", "A2"]).update(status="cancelled", ready_at=None)
    Order.objects.filter(code="A3").update(ready_at=start + dt.timedelta(hours=2))
    refresh.refresh()
    monkeypatch.setattr(sources, "MANY", 0)
    event.orders_taken = 1

    rows = sources.counted_by_time(Period.whole(event)).values_list("orders", "cancelled", "waits")

    [(orders, cancelled, waits)] = rows
    assert (orders, cancelled) == (40, 2)
    assert {minute: n for minute, n in enumerate(waits) if n} == {4: 37, 60: 1}
    assert len(waits) == 61
    assert Report(Period.whole(event)).times.by_hour[9].waits == {4: 37, 60: 1}
    assert sources.counted_by_time(Period(event, dt.date(2026, 11, 3), dt.date(2026, 11, 4))).count() == 0
