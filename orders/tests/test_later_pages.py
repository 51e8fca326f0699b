"""Tests of pages and forms for orders for later: the wanted time is entered, changed, kept and shown."""

from __future__ import annotations

import datetime as dt
import html
import re
from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client

from orders.models import Order
from orders.refusals import NotForLater
from orders.tests import factory
from orders.tests.later import at, soon
from orders.tests.pages import chosen, press, staff
from stations.models import Event
from tests.forms import fields_of

pytestmark = pytest.mark.django_db


def fill(client: Client, path: str, **fields: str) -> Any:
    """Order a large latte with the form of this page. `fields` replaces values of the form. Return the next page."""
    form = fields_of(chosen(client, path, "Latte"))
    return client.post(path, form | {"option Size": "Large", "name": "Sam", "step": "order"} | fields, follow=True)


@pytest.mark.parametrize("path", ["/events/{event}/", "/events/{event}/kiosk/", "/stations/{bar}/new/"])
def test_every_form_takes_an_order_for_a_time(path: str) -> None:
    bar = factory.cafe(time_zone="Europe/Berlin")
    wanted_at = soon(90).replace(second=0, microsecond=0)

    fill(staff(), path.format(event=bar.event.slug, bar=bar.slug), time=f"{bar.event.local(wanted_at):%H:%M}")

    order = Order.objects.get()
    assert (order.wanted_at, order.held) == (wanted_at, True)


def test_a_barista_changes_the_time_of_an_order() -> None:
    bar = factory.cafe(time_zone="Europe/Berlin")
    order = factory.order(bar, factory.item("Latte"), wanted_at=soon(60))
    later = soon(120).replace(second=0, microsecond=0)
    path, client = f"/stations/{bar.slug}/orders/{order.pk}/edit/", staff()

    form = fields_of(client.get(path))
    changes: dict[str, Any] = {"option Size": "Large", "step": "order", "time": f"{bar.event.local(later):%H:%M}"}
    client.post(path, form | changes)

    order.refresh_from_db()
    assert order.wanted_at == later


@pytest.mark.parametrize("path", ["/events/{event}/", "/events/{event}/kiosk/"])
def test_a_page_takes_orders_for_the_opening_while_the_event_is_closed(path: str) -> None:
    now = dt.datetime(2026, 6, 1, 5, 0, tzinfo=dt.UTC)
    with at(now):
        bar = factory.cafe(time_zone="Europe/Berlin", opens_at=dt.time(8), closes_at=dt.time(17))
        path, client = path.format(event=bar.event.slug), staff()
        page = client.get(path).content.decode()
        fill(client, path)

        order = Order.objects.get()

    assert "You can order now for a time from then on." in page
    assert not re.search(r'name="drink"[^>]*disabled', page)
    assert (order.wanted_at, order.held) == (now + dt.timedelta(hours=1), True)


def test_a_walk_in_whose_time_passed_without_a_connection_is_made_at_once() -> None:
    bar = factory.cafe(time_zone="Europe/Berlin")
    passed = f"{bar.event.local(soon(-5)):%H:%M}"
    client, path = staff(), f"/stations/{bar.slug}/new/"
    form = fields_of(chosen(client, path, "Latte")) | {"option Size": "Large", "name": "Sam", "step": "order"}

    client.post(path, form | {"time": passed}, headers={"HX-Request": "true", "Idempotency-Key": str(form["key"])})

    assert Order.objects.get().wanted_at is None


@pytest.mark.parametrize(
    ("time", "kept", "wanted_at"),
    [
        ("09:00", 0, "2026-06-02T09:00"),
        ("09:00", 14 * 3600, "2026-06-02T09:00"),
        ("09:00", 15 * 3600, None),
        ("18:05", 240, "2026-06-01T18:05"),
        ("18:05", 600, None),
        ("18:05", 15 * 3600, None),
    ],
)
def test_the_time_of_a_kept_walk_in_means_what_it_meant_then(time: str, kept: int, wanted_at: str | None) -> None:
    filled_at = dt.datetime(2026, 6, 1, 18, tzinfo=dt.UTC)
    with at(filled_at):
        bar = factory.cafe(time_zone="UTC")
        client, path = staff(), f"/stations/{bar.slug}/new/"
        form = fields_of(chosen(client, path, "Latte")) | {"option Size": "Large", "step": "order", "time": time}
    with at(filled_at + dt.timedelta(seconds=kept)):
        headers = {"HX-Request": "true", "Idempotency-Key": str(form["key"]), "Kept-Seconds": str(kept)}
        client.post(path, form, headers=headers)

    found = Order.objects.get().wanted_at
    assert (f"{found:%Y-%m-%dT%H:%M}" if found else None) == wanted_at


def test_an_event_without_the_feature_takes_orders_for_now_only(client: Client) -> None:
    station = factory.cafe(features=[])

    with pytest.raises(NotForLater):
        factory.order(station, wanted_at=soon())

    assert not Order.objects.exists()
    assert 'id="time"' not in chosen(client, f"/events/{station.event.slug}/", "Latte").content.decode()


def test_an_order_for_later_keeps_its_time_when_the_feature_is_switched_off(client: Client) -> None:
    station = factory.cafe()
    order = factory.order(station, factory.item("Tea", "Small"), wanted_at=soon())
    Event.objects.update(features=[])

    press(client, client.get(f"/orders/{order.token}/change/"), "order", name="Ana")

    order.refresh_from_db()
    assert (order.name, order.held) == ("Ana", True)


@pytest.mark.parametrize(
    ("language", "word", "line"),
    [
        ("en", "Ordered for 14:30", "It is made in time to be ready at 14:30."),
        ("de", "Bestellt für 14:30", "um 14:30 fertig"),
        ("es", "Pedido para las 14:30", "listo a las 14:30"),
        ("fr", "Commandé pour 14:30", "prêt à 14:30"),
    ],
)
def test_its_page_tells_its_time_until_it_joins_the_queue(language: str, word: str, line: str) -> None:
    noon = dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)
    with patch("django.utils.timezone.now", return_value=noon):
        order = factory.order(
            factory.cafe(languages=["en", "de", "es", "fr"]), wanted_at=noon + dt.timedelta(hours=2.5)
        )
        Order.objects.update(language=language)
        page = html.unescape(Client().get(f"/orders/{order.token}/").content.decode())

    assert word in page
    assert line in page
    assert "–14:30" not in page
