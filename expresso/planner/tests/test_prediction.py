"""Tests of the forecast of the next half hour, on simulated days and for an event in the database."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from expresso.overview.queries import overview_context
from expresso.planner.demand import BreakRush, Demand
from expresso.planner.forecast_error import errors
from expresso.planner.models import EventPlan
from expresso.planner.prediction import Forecast, forecast_of, pace_at
from orders import lifecycle
from orders.models import Order
from orders.tests import factory
from stations.models import Station

#: Ten o'clock, a moment in the middle of a morning. The event's time zone is UTC.
TEN = dt.datetime(2030, 6, 3, 10, tzinfo=dt.UTC)
DAY = Demand((BreakRush(60, 30, 100), BreakRush(180, 30, 100)), 0.1, 300)


def minutes(count: float) -> dt.timedelta:
    return dt.timedelta(minutes=count)


@pytest.mark.once
def test_the_forecast_is_nearer_than_the_plan_and_far_nearer_than_the_last_half_hour_again() -> None:
    found = errors(60)

    assert found.forecast < 0.8 * found.plan
    assert found.forecast < 0.3 * found.naive


@pytest.mark.once
def test_a_day_with_half_the_people_halves_the_forecast_by_and_by() -> None:
    as_planned, half = (pace_at(DAY, 150, share * DAY.between(0, 150), 0).ratio for share in (1.0, 0.5))

    assert as_planned == pytest.approx(1)
    assert 0.5 < half < 0.7
    # Drinks of earlier days count, but less than those of today.
    assert pace_at(DAY, 0, 0, 0, earlier=(40, 80)).ratio == pytest.approx((30 + 40) / (30 + 80))


@pytest.mark.once
def test_drinks_of_a_break_that_begins_late_are_still_expected() -> None:
    expected = DAY.between(180, 190)
    late = pace_at(DAY, 190, DAY.between(0, 180), 0)

    assert late.ratio == pytest.approx(1)
    assert late.late == pytest.approx(expected)
    # 15 minutes after the planned start, the break counts as begun. Drinks that were not ordered are then expected no
    # longer.
    assert pace_at(DAY, 195, DAY.between(0, 180), 0).late == 0


@pytest.fixture
def bar(db: Any) -> Station:
    bar = factory.cafe(max_open_orders=0, max_drinks_per_order=100)
    factory.station(bar.event, "Bar 2", baristas=3)
    return bar


def plan(bar: Station) -> None:
    made = EventPlan.objects.create(event=bar.event, attendees=100, between_share=0)
    # By the plan, the breaks at 9:00 and at 12:00 bring 85 and 45 drinks. The event lasts from 8:30 to 13:00.
    for hour in (9, 12):
        made.breaks.create(starts_at=TEN.replace(hour=hour), ends_at=TEN.replace(hour=hour, minute=30))


def ordered(bar: Station, cups: int, at: dt.datetime, **fields: Any) -> Order:
    order = factory.order(bar, factory.item(quantity=cups, **fields))
    Order.objects.filter(pk=order.pk).update(placed_at=at, station=bar)
    order.refresh_from_db()
    return order


def forecast(bar: Station, now: dt.datetime) -> Forecast:
    found = forecast_of(bar.event, list(bar.event.stations.all()), now)
    assert found is not None
    return found


def test_without_a_plan_and_outside_its_days_nothing_is_predicted(bar: Station) -> None:
    assert forecast_of(bar.event, [bar], TEN) is None
    plan(bar)
    assert forecast_of(bar.event, [bar], TEN + dt.timedelta(days=1)) is None
    assert forecast_of(bar.event, [bar], TEN.replace(hour=13)) is None


def test_an_event_without_the_feature_predicts_nothing(bar: Station) -> None:
    plan(bar)
    bar.event.features = []

    assert forecast_of(bar.event, [bar], TEN) is None


def test_todays_orders_move_the_forecast_and_share_it_among_the_stations(bar: Station) -> None:
    plan(bar)
    other = bar.event.stations.get(name="Bar 2")
    noon = TEN.replace(hour=12)
    before = forecast(bar, TEN)
    # 85 drinks were expected and none was ordered, so the ratio is (30 + 0) / (30 + 85). Bar 1 has one barista and Bar
    # 2 has three, so Bar 1 gets a quarter of the demand.
    assert before.pace.ratio == pytest.approx(30 / 115, abs=0.01)
    assert before.shares == {bar.pk: 0.25, other.pk: 0.75}

    ordered(bar, 85, TEN.replace(hour=9, minute=5))
    ordered(bar, 50, TEN.replace(hour=9, minute=5), name="x")
    lifecycle.cancel(Order.objects.latest("pk"), by=None)

    now = forecast(bar, noon)
    assert now.pace.ratio == pytest.approx(1, abs=0.01)
    assert now.between(noon, noon + minutes(60)) == pytest.approx(45, abs=0.5)
    assert now.shares[bar.pk] == pytest.approx((85 + 5) / 105)
    assert now.ordered == {TEN.replace(hour=9): 85}

    Station.objects.filter(pk=bar.pk).update(is_open=False)
    assert forecast(bar, noon).shares == {other.pk: 1}


def test_the_live_view_warns_of_a_rush_that_its_baristas_cannot_make(
    bar: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan(bar)
    ordered(bar, 85, TEN.replace(hour=9, minute=5))
    Order.objects.update(status="collected")
    monkeypatch.setattr(timezone, "now", lambda: TEN.replace(hour=12))

    shown = overview_context(bar.event_id)

    station = next(each for each in shown["stations"] if each.pk == bar.pk)
    assert station.soon == pytest.approx(38, abs=2)
    assert [alert.what for alert in shown["alerts"] if "expected" in alert.what] == [
        f"Bar 1: {station.soon} drinks are expected in the next half hour, and waits reach {station.wait_soon:.0f} min."
    ]
    assert shown["charts"][0].series[0].values[1] == 85


def test_stock_lasts_as_long_as_the_predicted_drinks_leave_of_it(bar: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    plan(bar)
    Station.objects.exclude(pk=bar.pk).update(is_open=False)
    stock = factory.stock(bar, option="Oat", on_hand=100)
    started = ordered(bar, 85, TEN.replace(hour=9, minute=5))
    lifecycle.start(started, by=None)
    monkeypatch.setattr(timezone, "now", lambda: TEN)

    def lasts() -> Any:
        [supply] = next(s for s in overview_context(bar.event_id)["stations"] if s.pk == bar.pk).supplies
        return supply

    # It is 10:00, and 45 drinks are still expected in the break at 12:00. About one in eight has oat milk. So milk
    # for 100 cups lasts all day, and milk for one cup lasts until shortly after 12:00.
    assert lasts().lasts_today
    stock.refresh_from_db()
    type(stock).objects.filter(pk=stock.pk).update(on_hand=1)
    assert 2 < lasts().hours < 2.5


def test_the_forecast_takes_the_same_statements_for_few_and_for_many_orders(bar: Station) -> None:
    plan(bar)
    forecast(bar, TEN)  # loads the menu into its cache, so that the queries below do not include it
    with CaptureQueriesContext(connection) as few:
        forecast(bar, TEN)
    for _ in range(5):
        ordered(bar, 1, TEN.replace(hour=9))
    with CaptureQueriesContext(connection) as many:
        forecast(bar, TEN)

    assert len(many) == len(few)
