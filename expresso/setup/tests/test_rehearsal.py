"""Tests of rehearsals, in which staff practise with made-up orders that leave nothing behind."""

from __future__ import annotations

import pytest
from django.test import Client

from expresso.setup import rehearsal
from orders.models import Order
from orders.tests import factory
from sms.models import OutboundMessage
from stations.models import Event, Station

pytestmark = pytest.mark.django_db


def test_a_rehearsal_takes_no_stock_sends_no_text_and_goes_with_one_tap(client: Client, bar: Station) -> None:
    stock = factory.stock(bar, option="Oat", on_hand=3)
    Event.objects.filter(pk=bar.event.pk).update(first_day="2099-01-01")
    client.post(f"/events/{bar.event.slug}/setup/do/rehearse/")
    event = Event.objects.get(pk=bar.event.pk)

    made_up = [order for _ in range(12) if (order := rehearsal.place_one(event))]

    assert len(made_up) == 12
    assert all(order.practice and order.name.startswith("Practice ") for order in made_up)
    stock.refresh_from_db()
    assert [stock.on_hand, stock.reserved] == [3, 0]
    assert not OutboundMessage.objects.exists()
    client.post(f"/events/{bar.event.slug}/setup/do/end-rehearsal/")
    assert not Order.objects.open().filter(event=event).exists()
    assert not OutboundMessage.objects.exists()
    for page in ("", "history/"):
        assert "Practice " not in client.get(f"/stations/{bar.slug}/{page}").content.decode()
    assert not rehearsal.is_on(Event.objects.get(pk=event.pk))


def test_ending_a_rehearsal_leaves_true_orders(client: Client, bar: Station) -> None:
    true = factory.order(bar)
    rehearsal.place_one(bar.event)

    page = client.post(f"/events/{bar.event.slug}/setup/do/end-rehearsal/", follow=True)

    assert list(Order.objects.open()) == [true]
    assert "The rehearsal has ended; made-up orders closed: 1." in page.content.decode()


def test_the_workers_round_places_orders_only_while_a_rehearsal_lasts_and_never_floods_a_bar(
    client: Client, bar: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rehearsal, "OFTEN", 1)
    rehearsal.place_orders()
    assert Order.objects.count() == 0
    client.post(f"/events/{bar.event.slug}/setup/do/rehearse/")

    for _ in range(10):
        rehearsal.place_orders()

    assert Order.objects.count() == rehearsal.OPEN_PER_BARISTA
