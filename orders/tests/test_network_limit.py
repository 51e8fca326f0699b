"""A stranger cannot drown a bar in orders from a page, however often the browser forgets them."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.test import Client
from redis.exceptions import RedisError

from orders.models import Order
from orders.ordering import network_limit
from orders.tests import factory
from orders.tests.pages import order_latte, page_of, words
from stations.models import Station

pytestmark = pytest.mark.django_db


@pytest.fixture
def bar(monkeypatch: pytest.MonkeyPatch) -> Station:
    cache.clear()
    monkeypatch.setattr(network_limit, "PER_BARISTA", 2)
    return factory.cafe()


def from_(address: str) -> Client:
    """With a browser that has forgotten everything."""
    return Client(REMOTE_ADDR=address)


def test_network_orders_no_more_than_the_baristas_can_make(bar: Station) -> None:
    for _ in range(2):
        order_latte(from_("192.0.2.1"), page_of(bar))

    refused = order_latte(from_("192.0.2.1"), page_of(bar))

    assert "More was ordered from this network than the bar can make." in words(refused)
    assert Order.objects.count() == 2


def test_another_network_and_another_event_are_not_held_up(bar: Station) -> None:
    other = factory.cafe()
    for _ in range(3):
        order_latte(from_("192.0.2.1"), page_of(bar))

    order_latte(from_("192.0.2.2"), page_of(bar))
    order_latte(from_("192.0.2.1"), page_of(other))

    assert Order.objects.count() == 4


def test_addresses_of_one_device_are_one_network(bar: Station) -> None:
    for last in range(3):
        order_latte(from_(f"2001:db8::{last}"), page_of(bar))
    order_latte(from_("2001:db8:0:1::1"), page_of(bar))

    assert Order.objects.count() == 3


def test_two_baristas_make_twice_as_much(bar: Station) -> None:
    Station.objects.update(baristas=2)

    for _ in range(5):
        order_latte(from_("192.0.2.1"), page_of(bar))

    assert Order.objects.count() == 4


def test_what_was_refused_for_another_reason_is_not_counted(bar: Station) -> None:
    for _ in range(3):
        order_latte(from_("192.0.2.1"), page_of(bar), name="")

    order_latte(from_("192.0.2.1"), page_of(bar))

    assert Order.objects.count() == 1


def test_orders_are_taken_while_the_cache_is_away(bar: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_args: object) -> None:
        raise RedisError

    monkeypatch.setattr(network_limit, "cache", SimpleNamespace(get=away, add=away, incr=away))

    order_latte(from_("192.0.2.1"), page_of(bar))

    assert Order.objects.count() == 1


def test_order_sent_again_is_answered_as_before(bar: Station) -> None:
    client = from_("192.0.2.1")
    first = order_latte(client, page_of(bar))
    order_latte(from_("192.0.2.1"), page_of(bar))

    again = client.post(first.request["PATH_INFO"], first.wsgi_request.POST)

    assert again.headers["Location"] == first.headers["Location"]
