"""Tests of the live overview: its figures (compared with a small event counted by hand), alerts and buttons."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Role
from expresso.overview import queries
from expresso.overview.queries import overview_context
from expresso.overview.supplies import hours_left
from inventory.models import CannotMake, Stock
from orders import lifecycle
from orders.hints import name_of
from orders.live import presence
from orders.models import Order
from orders.tests import factory as rows
from orders.tests.pages import words
from sms.models import Broadcast, OutboundMessage, Sender
from sms.tests import factory
from stations.models import Event, Shift, Station

pytestmark = pytest.mark.django_db


@pytest.fixture
def bar() -> Station:
    return rows.cafe()


@pytest.fixture
def boss(bar: Station) -> Client:
    client = Client()
    user = rows.user("boss", Role.ORGANIZER, bar.event)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def minutes(count: float) -> dt.timedelta:
    return dt.timedelta(minutes=count)


def made(bar: Station, *, cups: int, waited: float, took: float, promised: float, ago: float = 10) -> Order:
    """Create an order that became ready `ago` minutes before now, `waited` minutes after it was placed.

    Making it took the last `took` of these minutes. The customer was promised a wait of at most `promised` minutes."""
    order = rows.order(bar, rows.item(quantity=cups))
    ready = timezone.now() - minutes(ago)
    placed = ready - minutes(waited)
    Order.objects.filter(pk=order.pk).update(
        status="collected",
        placed_at=placed,
        started_at=ready - minutes(took),
        ready_at=ready,
        closed_at=ready,
        quoted_to=placed + minutes(promised),
    )
    return order


def station(bar: Station) -> Any:
    return next(each for each in overview_context(bar.event_id)["stations"] if each.pk == bar.pk)


def alerts(bar: Station) -> list[str]:
    return [alert.what for alert in overview_context(bar.event_id)["alerts"]]


def test_the_figures_of_a_station_are_those_counted_by_hand(bar: Station) -> None:
    made(bar, cups=2, waited=6, took=4, promised=8)
    made(bar, cups=1, waited=10, took=2, promised=8)
    made(bar, cups=1, waited=8, took=3, promised=9)
    made(bar, cups=5, waited=1, took=1, promised=8, ago=70)
    waiting = rows.order(bar, rows.item(quantity=2))
    lifecycle.start(rows.order(bar), by=None)
    maya = rows.user("maya", at=bar.event)
    Shift.objects.create(station=bar, user=maya, starts_at=timezone.now() - minutes(5))

    now = station(bar)

    assert (now.waiting, now.making, now.cups, now.oldest) == (1, 1, 3, waiting.placed_at)
    # Three orders with four cups became ready in the last hour. They took 4 + 2 + 3 minutes to make, which is 2.2 a
    # cup. They waited 6, 10 and 8 minutes (median 8), and 8, 8 and 9 minutes were promised (median 8). Two of the three
    # promises were kept, which is 67 %.
    assert (now.per_hour, now.minutes_per_drink, now.waited, now.quoted, now.kept) == (4, 2.2, 8, 8, 67)
    assert now.on_shift == ("Maya",)
    [throughput, waits] = overview_context(bar.event_id)["charts"]
    assert sum(throughput.series[0].values) == 9
    assert sorted(value for value in waits.series[0].values if value) == [1, 8]


def test_a_rehearsal_is_in_no_figure(bar: Station) -> None:
    Order.objects.filter(pk=made(bar, cups=2, waited=6, took=4, promised=8).pk).update(practice=True)

    assert station(bar).per_hour == 0


@pytest.mark.parametrize(
    ("free", "used", "hours", "left"),
    [(10, 5, 2.0, 4.0), (0, 5, 2.0, 0.0), (10, 0, 2.0, None), (3, 12, 0.5, 0.1)],
)
def test_stock_lasts_as_long_as_it_is_used_as_today(free: int, used: int, hours: float, left: float | None) -> None:
    assert hours_left(Decimal(free), Decimal(used), hours) == left


def test_stock_that_ends_within_the_hour_is_an_alert(bar: Station) -> None:
    rows.stock(bar, option="Oat", on_hand=10)
    order = rows.order(bar, rows.item("Latte", "Oat", quantity=6))
    # The order has just begun, but use is counted over at least half an hour. Six of ten cups in half an hour mean that
    # the other four last 20 minutes, or 0.3 hours when rounded.
    lifecycle.start(order, by=None)

    assert [(supply.name, supply.left, supply.hours) for supply in station(bar).supplies] == [
        ("Oat milk", "4 cups", 0.3)
    ]
    assert any("Oat milk lasts 18 min" in alert for alert in alerts(bar))
    Stock.objects.update(on_hand=100)
    assert not any("Oat milk" in alert for alert in alerts(bar))


def test_an_order_that_nobody_touched_is_an_alert(bar: Station) -> None:
    order = rows.order(bar)
    assert not any("nobody has started" in alert for alert in alerts(bar))

    # The order has waited for nine minutes but is not late, because its quoted wait has not ended yet.
    Order.objects.update(placed_at=timezone.now() - minutes(9), quoted_to=timezone.now() + minutes(20))
    assert not any("nobody has started" in alert for alert in alerts(bar))

    Order.objects.update(quoted_to=timezone.now() - minutes(1))
    assert any("An order waits for over 8 min" in alert for alert in alerts(bar))

    order.refresh_from_db()
    lifecycle.start(order, by=None)
    assert not any("nobody has started" in alert for alert in alerts(bar))


def test_a_shift_that_nobody_ended_is_over_with_its_day(bar: Station) -> None:
    Shift.objects.create(station=bar, user=rows.user("maya"), starts_at=timezone.now() - minutes(10))
    Shift.objects.create(station=bar, user=rows.user("ben"), starts_at=timezone.now() - dt.timedelta(days=2))

    assert station(bar).on_shift == ("Maya",)


def test_an_order_for_later_waits_for_nobody_yet(bar: Station) -> None:
    rows.order(bar, wanted_at=timezone.now() + minutes(300))
    Order.objects.update(placed_at=timezone.now() - minutes(60), quoted_to=timezone.now() - minutes(50))

    assert (station(bar).waiting, station(bar).cups, station(bar).oldest) == (0, 0, None)
    assert not any("waits" in alert for alert in alerts(bar))


def test_a_tablet_that_is_gone_is_an_alert_and_one_that_shows_the_board_is_none(bar: Station) -> None:
    assert any("Tablet not seen" in alert for alert in alerts(bar))

    presence._noted.clear()
    presence.note_screen(name_of(bar))
    assert not any("Tablet" in alert for alert in alerts(bar))

    cache.set(f"screen.{name_of(bar)}", timezone.now().timestamp() - 60)
    assert any("Tablet not connected" in alert for alert in alerts(bar))


def test_failed_texts_and_customers_who_wait_for_a_person_are_alerts(bar: Station) -> None:
    talk = factory.conversation(bar, needs_person=True, needs_since=timezone.now() - minutes(4))
    factory.ready_order(bar, talk)
    OutboundMessage.objects.update(status="failed")

    said = alerts(bar)

    assert any("A customer waits for a person" in alert for alert in said)
    assert any("A text did not arrive" in alert for alert in said)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(5, None), (25, "Texts leave 24 s late: the number is near"), (150, "Texts leave 2 min late: the number is at")],
)
def test_a_number_near_its_limit_is_an_alert(bar: Station, seconds: int, said: str | None) -> None:
    Event.objects.update(rcs_agent="rcs:coffee_agent")
    Sender.objects.create(number="rcs:coffee_agent", free_at=timezone.now() + dt.timedelta(seconds=seconds))

    late = [alert for alert in alerts(bar) if alert.startswith("Texts leave")]

    assert len(late) == bool(said)
    assert all(alert.startswith(said or "") for alert in late)


def test_the_version_changes_with_what_is_shown_and_not_without(bar: Station) -> None:
    before = queries.overview_version(bar.event_id)
    assert queries.overview_version(bar.event_id) == before

    Station.objects.filter(pk=bar.pk).update(extra_minutes=5)

    assert queries.overview_version(bar.event_id) != before


def test_many_orders_cost_no_more_statements_than_one(bar: Station) -> None:
    counts = []
    for orders in (1, 20):
        for _ in range(orders):
            rows.order(bar)
        with CaptureQueriesContext(connection) as found:
            overview_context(bar.event_id)
        counts.append(len(found))

    assert counts[0] == counts[1]


def press(client: Client, bar: Station, act: str, **fields: str) -> str:
    return words(client.post(f"/events/{bar.event.slug}/live/{bar.slug}/{act}/", fields, follow=True))


def test_a_station_is_paused_slowed_down_closed_and_opened(boss: Client, bar: Station) -> None:
    assert "no new orders until" in press(boss, bar, "pause", minutes="10")
    assert station(bar).state == "paused"
    press(boss, bar, "resume")
    press(boss, bar, "slow-down", minutes="5")
    assert (station(bar).state, station(bar).extra_minutes) == ("open", 5)
    press(boss, bar, "close")
    assert station(bar).state == "closed"
    press(boss, bar, "open")
    assert station(bar).state == "open"


def test_a_number_that_is_not_offered_changes_nothing(boss: Client, bar: Station) -> None:
    assert "nothing was changed" in press(boss, bar, "pause", minutes="9999")
    assert station(bar).state == "open"


def test_a_queue_moves_and_what_the_other_station_cannot_make_stays(boss: Client, bar: Station) -> None:
    rows.order(bar)
    rows.order(bar, rows.item("Mocha"))
    second = rows.station(bar.event, "Bar 2")
    rows.cannot_make(second, drink="Mocha")

    assert "1 order moved to Bar 2. 1 stayed" in press(boss, bar, "move", to=second.slug)

    assert [order.items.get().drink_name for order in Order.objects.at(second)] == ["Latte"]


def test_a_drink_is_sold_out_everywhere(boss: Client, bar: Station) -> None:
    rows.station(bar.event, "Bar 2")
    drink = bar.event.drinks.get(name="Latte")

    boss.post(f"/events/{bar.event.slug}/live/sold-out/", {"part": f"drink {drink.pk}", "station": ""})

    assert CannotMake.objects.filter(drink=drink).count() == 2


def test_support_looks_on_and_changes_no_station(bar: Station) -> None:
    client = Client()
    user = rows.user("priya", Role.SUPPORT, bar.event)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")

    assert client.get(f"/events/{bar.event.slug}/live/").status_code == 200
    assert client.post(f"/events/{bar.event.slug}/live/{bar.slug}/close/").status_code == 403
    assert client.get(f"/events/{bar.event.slug}/broadcast/").status_code == 403


def test_a_station_of_another_event_is_not_found(boss: Client, bar: Station) -> None:
    other = rows.cafe()

    assert boss.post(f"/events/{bar.event.slug}/live/{other.slug}/close/").status_code == 404


def test_a_broadcast_is_looked_at_sent_once_and_stopped(boss: Client, bar: Station) -> None:
    for _ in range(3):
        factory.order(bar, factory.conversation(bar))
    address = f"/events/{bar.event.slug}/broadcast/"
    form = {"kind": "own", "text": "The machine is back.", "price": "0.05", "key": "k"}

    preview = words(boss.post(address, form | {"step": "preview"}))
    assert "3 who wait, each once" in preview
    assert "0.15 in all" in preview
    assert not OutboundMessage.objects.exists()

    for _ in range(2):
        boss.post(address, form | {"step": "send"})
    assert OutboundMessage.objects.filter(kind="broadcast").count() == 3

    boss.post(f"{address}{Broadcast.objects.get().pk}/stop/")
    assert not OutboundMessage.objects.filter(status="queued").exists()


def test_own_words_must_be_written(boss: Client, bar: Station) -> None:
    factory.order(bar, factory.conversation(bar))

    page = boss.post(f"/events/{bar.event.slug}/broadcast/", {"kind": "own", "text": " ", "step": "send", "key": "k"})

    assert "Write what they should read." in words(page)
    assert not OutboundMessage.objects.exists()
