"""Tests of walk-in orders, including those that a tablet stores while it is offline and sends later."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from inventory.models import Drink, Option
from orders.models import Order
from orders.refusals import CannotBeMade, EventClosed
from orders.tests import factory
from orders.tests.pages import chosen, press, staff, words
from stations.models import Event, Station
from tests.forms import fields_of

pytestmark = pytest.mark.django_db


def kept(client: Client, bar: Station) -> dict[str, Any]:
    """Return the fields of a complete walk-in form for a latte, ready to be sent."""
    fields = fields_of(chosen(client, f"/stations/{bar.slug}/new/", "Latte"))
    return fields | {"option Size": "Large", "name": "Sam", "step": "order"}


def send(client: Client, bar: Station, fields: dict[str, Any]) -> Any:
    return client.post(
        f"/stations/{bar.slug}/new/", fields, headers={"HX-Request": "true", "Idempotency-Key": fields["key"]}
    )


def test_a_kept_walk_in_is_placed_once_however_often_it_is_sent_and_answered_with_the_board() -> None:
    bar = factory.cafe()
    client = staff()
    fields = kept(client, bar)

    answers = [send(client, bar, fields) for _ in range(2)]

    order = Order.objects.get()
    for answer in answers:
        assert (answer.status_code, answer.headers["Act"]) == (200, "done")
        assert f'id="order-{order.pk}"' in answer.content.decode()
        assert f"{order.code} Sam waits at {bar.name}." in words(answer)


AFTER_HOURS = {"first_day": "2020-01-01", "last_day": "2020-01-01"}
SOON = timezone.now() + dt.timedelta(hours=2)


@pytest.mark.parametrize(
    ("event", "station", "said"),
    [
        (AFTER_HOURS, {}, "The event is closed."),
        ({"paused_until": SOON}, {}, "The event takes no orders until"),
        ({}, {"is_open": False}, "This station is closed."),
        ({}, {"paused_until": SOON}, "This station is paused until"),
        ({"max_drinks_per_window": 1, "window_minutes": 60}, {}, ""),
    ],
)
def test_the_bar_takes_a_walk_in_whenever_it_wants(event: dict[str, Any], station: dict[str, Any], said: str) -> None:
    bar = factory.cafe()
    factory.order(bar, name="First")
    Event.objects.update(**event)
    Station.objects.update(**station)
    client = staff()
    page = chosen(client, f"/stations/{bar.slug}/new/", "Latte")

    press(client, page, "order", **{"option Size": "Large", "name": "Sam"})

    order = Order.objects.latest("pk")
    assert (order.station, said in words(page)) == (bar, True)
    assert ("taken all the same" in words(page)) == bool(said)


def test_a_kept_walk_in_that_arrives_after_hours_is_placed() -> None:
    bar = factory.cafe()
    client = staff()
    fields = kept(client, bar)
    Event.objects.update(**AFTER_HOURS)

    answer = send(client, bar, fields)

    assert (answer.headers["Act"], Order.objects.get().name) == ("done", "Sam")


def test_others_are_refused_after_hours_and_at_a_closed_station() -> None:
    bar = factory.cafe()
    Station.objects.update(is_open=False)
    with pytest.raises(CannotBeMade):
        factory.order(bar)
    Event.objects.update(**AFTER_HOURS)
    bar.event.refresh_from_db()
    with pytest.raises(EventClosed):
        factory.order(bar)


def test_a_barista_puts_an_order_right_at_a_station_that_has_closed() -> None:
    bar = factory.cafe()
    order = factory.order(bar, factory.item("Latte", "Large"))
    Station.objects.update(is_open=False)
    client = staff()
    path = f"/stations/{bar.slug}/orders/{order.pk}/edit/"

    press(client, client.get(path), "order", quantity="2", name="Sam")

    order.refresh_from_db()
    assert (order.cups, order.station) == (2, bar)


def test_sold_out_meanwhile_says_whose_order_was_not_taken() -> None:
    bar = factory.cafe()
    client = staff()
    fields = kept(client, bar)
    factory.cannot_make(bar, drink="Latte")

    answer = send(client, bar, fields)

    assert (answer.headers["Act"], Order.objects.count()) == ("refused", 0)
    assert "1 Latte for Sam was not taken." in words(answer)


def test_what_left_the_menu_meanwhile_says_whose_order_was_not_taken_and_what_it_was() -> None:
    bar = factory.cafe()
    client = staff()
    fields = kept(client, bar) | {"option Milk": "Oat", "quantity": "2"}
    Option.objects.get(name="Oat").delete()
    without_oat = send(client, bar, fields)
    Drink.objects.get(name="Latte").delete()

    without_latte = send(client, bar, fields)

    assert "2 Latte for Sam was not taken. “Oat” is not on the menu any more." in words(without_oat)
    assert "2 Latte for Sam was not taken. “Latte” is not on the menu any more." in words(without_latte)
    assert [answer.headers["Act"] for answer in (without_oat, without_latte)] == ["refused"] * 2
    assert not Order.objects.exists()


def test_a_kept_walk_in_that_was_taken_is_not_refused_over_what_left_the_menu_since() -> None:
    bar = factory.cafe()
    client = staff()
    fields = kept(client, bar) | {"option Milk": "Oat"}
    send(client, bar, fields)
    latte = Drink.objects.get(name="Latte")
    latte.retired_at = timezone.now()
    latte.save()

    answer = send(client, bar, fields)

    assert (answer.headers["Act"], Order.objects.count()) == ("done", 1)


def test_the_form_itself_is_told_that_it_is_done_and_the_board_says_the_rest() -> None:
    bar = factory.cafe()
    client = staff()
    fields = kept(client, bar)

    answer = client.post(f"/stations/{bar.slug}/new/", fields, headers={"HX-Request": "true"})

    assert (answer.headers["Act"], answer.content) == ("done", b"")
    assert f"{Order.objects.get().code} Sam waits at {bar.name}." in words(client.get(f"/stations/{bar.slug}/"))


@pytest.mark.parametrize("role", [None, Role.BARISTA])
def test_the_page_for_no_connection_is_nobodys_for_it_is_kept(role: str | None) -> None:
    client = staff(role) if role else Client()

    page = client.get(reverse("offline"))

    assert page.content == Client().get(reverse("offline")).content
    assert "Set-Cookie" not in page.headers


def test_a_walk_ins_number_is_not_proven_and_shows_nothing_of_its_owner() -> None:
    bar = factory.cafe()
    owner = factory.customer("Quentina", phone="+12025550143", vip=True)

    client = staff()
    page = chosen(client, f"/stations/{bar.slug}/new/", "Latte")
    press(client, page, "order", **{"option Size": "Large", "name": "Sam", "phone": "+12025550143"})

    order = Order.objects.get()
    assert (order.customer, order.ready_text_to, order.vip) == (None, owner, False)


def test_the_bar_adds_a_drink_to_a_walk_in_though_no_more_are_taken_for_now() -> None:
    bar = factory.cafe(max_drinks_per_window=1)
    order = factory.order(bar, factory.item("Latte", "Large"), channel="walk_in", at=bar)
    client = staff()
    path = f"/stations/{bar.slug}/orders/{order.pk}/edit/"

    press(client, client.get(path), "order", quantity="2")

    order.refresh_from_db()
    assert order.cups == 2
