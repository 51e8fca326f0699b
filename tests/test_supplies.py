"""What a barista changes on the supplies page, and how it affects customers and routing."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import AuditEntry, Role, User
from inventory.models import CannotMake, Drink, Option, Stock
from orders.refusals import CannotBeMade
from orders.routing import wait_of
from orders.tests import factory
from stations.models import Station

pytestmark = pytest.mark.django_db


def do(station: Station, act: str, role: str = Role.BARISTA, **data: Any) -> str:
    client = Client()
    client.force_login(User.objects.filter(username=role).first() or factory.user(role, role))
    answer = client.post(f"/stations/{station.slug}/supplies/{act}/", data, follow=True)
    station.refresh_from_db()
    station.event.refresh_from_db()
    return answer.content.decode()


def part(station: Station, name: str) -> dict[str, Any]:
    drink = Drink.objects.filter(event=station.event, name=name).first()
    if drink:
        return {"kind": "drink", "part": drink.pk}
    return {"kind": "option", "part": Option.objects.get(group__event=station.event, name=name).pk}


def test_a_milk_that_is_out_today_comes_back_at_midnight_of_the_event() -> None:
    station = factory.cafe(time_zone="Australia/Sydney")

    page = do(station, "sold-out", **part(station, "Oat"), until="today")

    gap = CannotMake.objects.get()
    assert gap.until
    local = gap.until.astimezone(station.event.zone)
    assert (local.hour, local.minute) == (0, 0)
    assert dt.timedelta(0) < gap.until - timezone.now() <= dt.timedelta(hours=25)
    assert "Oat is sold out." in page
    with pytest.raises(CannotBeMade):
        factory.order(station, factory.item("Latte", "Oat"))


def test_sold_out_here_is_not_sold_out_elsewhere_unless_said_so() -> None:
    bar_1 = factory.cafe()
    bar_2 = factory.station(bar_1.event, "Bar 2", position=1)

    do(bar_1, "sold-out", **part(bar_1, "Mocha"))
    assert factory.order(bar_1, factory.item("Mocha")).station == bar_2
    do(bar_1, "sold-out", **part(bar_1, "Mocha"), where="everywhere")
    with pytest.raises(CannotBeMade):
        factory.order(bar_1, factory.item("Mocha"))
    do(bar_1, "back", **part(bar_1, "Mocha"), where="everywhere")
    assert factory.order(bar_1, factory.item("Mocha")).station == bar_1


def test_sold_out_twice_is_back_with_one_tap() -> None:
    station = factory.cafe()
    for until in ("today", "restocked"):
        do(station, "sold-out", **part(station, "Oat"), until=until)

    do(station, "back", **part(station, "Oat"))

    assert CannotMake.objects.count() == 0


def test_a_pause_sends_orders_elsewhere_and_ends_by_itself_or_by_a_tap() -> None:
    station = factory.cafe()

    page = do(station, "pause", minutes=10)

    assert "No new orders here until" in page
    assert not station.takes_orders()
    assert station.takes_orders(timezone.now() + dt.timedelta(minutes=11))
    do(station, "resume")
    assert station.takes_orders()


def test_minutes_added_by_a_slow_bar_are_in_every_quote() -> None:
    station = factory.cafe()
    order = factory.order(station)
    before = wait_of(order).latest

    do(station, "slow-down", minutes=5)

    order.refresh_from_db()
    # The quoted range gets wider with the wait, and its end is rounded up. So 5 added minutes can move the end by 6.
    assert wait_of(order).latest - before in (5, 6)


def test_stock_is_counted_up_and_down_and_never_below_nothing() -> None:
    station = factory.cafe()
    row = factory.stock(station, option="Oat", on_hand=10)

    do(station, "stock", stock=row.pk, add="-3.5")
    assert float(Stock.objects.get().on_hand) == 6.5
    do(station, "stock", stock=row.pk, add="-100")
    assert Stock.objects.get().on_hand == 0


@pytest.mark.parametrize(
    ("act", "data"),
    [
        ("pause", {"minutes": "7"}),
        ("pause", {"minutes": "soon"}),
        ("slow-down", {"minutes": "-5"}),
        ("stock", {"stock": "x", "add": "1"}),
        ("sold-out", {"kind": "drink", "part": ""}),
    ],
)
def test_a_number_that_is_none_changes_nothing_and_says_so(act: str, data: dict[str, str]) -> None:
    station = factory.cafe()

    page = do(station, act, **data)

    assert "That number was not understood; nothing was changed." in page
    assert AuditEntry.objects.count() == 0


def test_an_endless_amount_is_no_amount() -> None:
    station = factory.cafe()
    row = factory.stock(station, option="Oat", on_hand=10)

    for add in ("NaN", "Infinity", "1e12"):
        assert "not understood" in do(station, "stock", stock=row.pk, add=add)

    assert Stock.objects.get().on_hand == 10


def test_another_events_menu_and_stock_are_out_of_reach() -> None:
    here, there = factory.cafe(), factory.cafe()
    row = factory.stock(there, option="Oat", on_hand=10)

    do(here, "sold-out", **part(there, "Oat"))
    do(here, "stock", stock=row.pk, add="-1")

    assert CannotMake.objects.count() == 0
    assert Stock.objects.get().on_hand == 10


@pytest.mark.parametrize("role", [Role.SUPPORT, Role.DISPLAY])
def test_who_does_not_work_the_bar_changes_nothing(role: str) -> None:
    station = factory.cafe()

    do(station, "pause", role, minutes=10)

    assert station.paused_until is None


def test_every_act_is_in_the_audit_with_who_did_it() -> None:
    station = factory.cafe()

    do(station, "pause", minutes=10)
    do(station, "sold-out", **part(station, "Oat"))

    acts = [(entry.act, entry.by and entry.by.username) for entry in AuditEntry.objects.order_by("pk")]
    assert acts == [("paused", "barista"), ("sold out", "barista")]


def test_the_page_asks_as_many_questions_for_a_long_menu(django_assert_num_queries: Any) -> None:
    station = factory.cafe()
    client = Client()
    client.force_login(factory.user("maya"))
    path = f"/stations/{station.slug}/supplies/"
    client.get(path)
    with django_assert_num_queries(9, exact=False) as few:
        client.get(path)
    for n in range(30):
        Drink.objects.create(event=station.event, name=f"Drink {n}", category="Coffee")

    with django_assert_num_queries(len(few)):
        client.get(path)


def test_one_tap_counts_a_carton_and_amounts_are_said_as_people_say_them() -> None:
    station = factory.cafe()
    row = factory.stock(station, option="Oat", on_hand=2500)
    row.ingredient.unit = "ml"
    row.ingredient.save()

    page = do(station, "stock", stock=row.pk, add="-1000")

    assert f"{row.ingredient}: 1.5 l left." in page
    assert f'aria-label="1 l of {row.ingredient} more"' in page


def test_a_pause_until_a_time_ends_by_the_clock_where_the_event_is(monkeypatch: pytest.MonkeyPatch) -> None:
    station = factory.cafe(time_zone="Australia/Sydney")
    half_past_one = dt.datetime(2026, 11, 20, 13, 30, tzinfo=station.event.zone)
    monkeypatch.setattr("inventory.views.timezone.now", lambda: half_past_one)

    do(station, "pause", until="14:15")

    assert station.paused_until == half_past_one + dt.timedelta(minutes=45)
    for passed in ("13:00", "noon", ""):
        assert "not understood" in do(station, "pause", until=passed)
    assert station.paused_until == half_past_one + dt.timedelta(minutes=45)
