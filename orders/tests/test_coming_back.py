"""Tests of undoing the end of an order after another order got its code or its stock, or used up the limit of
drinks."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import User
from orders import lifecycle
from orders.models import Order
from orders.statuses import Status
from orders.tests import factory
from orders.tests.pages import words
from stations.models import Event, Station

pytestmark = pytest.mark.django_db


@pytest.fixture
def barista(maya: User) -> Client:
    client = Client()
    client.force_login(maya)
    return client


def undo(client: Client, bar: Station, order: Order) -> str:
    return words(client.post(f"/stations/{bar.slug}/orders/{order.pk}/undo/", headers={"HX-Request": "true"}))


def test_order_whose_code_is_out_again_is_refused_in_words(bar: Station, barista: Client) -> None:
    first = lifecycle.cancel(factory.order(bar), by=None)
    Event.objects.update(orders_taken=first.event.orders_taken)
    second = factory.order(bar)
    assert second.code == first.code

    said = undo(barista, bar, first)

    assert "A01 Sam cannot come back: another order has its code now. Take it as a new order." in said
    assert [order.status for order in Order.objects.order_by("pk")] == [Status.CANCELLED, Status.WAITING]


def test_collected_order_whose_code_is_out_again_stays_collected(bar: Station, barista: Client) -> None:
    first = lifecycle.collect(lifecycle.mark_ready(factory.order(bar), by=None), by=None)
    Event.objects.update(orders_taken=first.event.orders_taken)
    factory.order(bar)

    assert "cannot come back" in undo(barista, bar, first)


def test_undo_that_takes_more_than_there_is_says_what_of(bar: Station, barista: Client) -> None:
    factory.stock(bar, option="Oat", on_hand=1)
    first = lifecycle.cancel(factory.order(bar, factory.item("Latte", "Oat")), by=None)
    factory.order(bar, factory.item("Latte", "Oat"))

    said = undo(barista, bar, first)

    assert "A01 Sam is back: waiting. There is not enough for it any more: Oat milk." in said


def test_undo_beyond_the_limit_of_drinks_says_so(bar: Station, barista: Client) -> None:
    Event.objects.update(max_drinks_per_window=1)
    bar.event.refresh_from_db()
    first = lifecycle.cancel(factory.order(bar), by=None)
    factory.order(bar)

    assert "It goes beyond the limit of drinks." in undo(barista, bar, first)


def test_undo_of_what_there_is_enough_for_says_nothing_more(bar: Station, barista: Client) -> None:
    factory.stock(bar, option="Oat", on_hand=2)
    first = lifecycle.cancel(factory.order(bar, factory.item("Latte", "Oat")), by=None)
    factory.order(bar, factory.item("Latte", "Oat"))

    said = undo(barista, bar, first)

    assert "is back: waiting." in said
    assert "not enough" not in said
