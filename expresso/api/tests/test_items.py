"""The API for single items of orders, for programs that make the drinks of an order one by one."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from expresso.api.tests.conftest import Caller
from orders import lifecycle
from orders.models import OrderItem
from orders.tests import factory
from stations.models import Station

pytestmark = pytest.mark.django_db


def drinks(answer: Any) -> list[str]:
    return [item["drink"] for item in answer.json()["results"]]


def test_items_are_listed_by_order_station_and_status(barista: Caller, bar: Station) -> None:
    second = factory.station(bar.event, "Bar 2")
    first = factory.order(bar, factory.item("Latte", "Oat"), factory.item("Tea"), at=bar)
    other = factory.order(bar, factory.item("Mocha"), at=second)
    lifecycle.start(other, by=None)
    path = f"events/{bar.event.slug}/items/"

    assert drinks(barista("GET", path)) == ["Mocha", "Tea", "Latte"]
    assert drinks(barista("GET", f"{path}?order={first.pk}")) == ["Tea", "Latte"]
    assert drinks(barista("GET", f"{path}?station={second.slug}")) == ["Mocha"]
    assert drinks(barista("GET", f"{path}?status=making&status=ready")) == ["Mocha"]
    page = barista("GET", f"{path}?status=open&page_size=2")
    rest = barista.client.get(page.json()["next"], headers=barista.headers)
    assert (drinks(page), drinks(rest)) == (["Mocha", "Tea"], ["Latte"])
    latte = rest.json()["results"][0]
    assert (latte["order"], latte["code"], latte["station"], latte["status"]) == (first.pk, "A01", bar.slug, "waiting")
    assert latte["options"] == [{"group": "Milk", "option": "Oat", "amount": None}]


def test_an_item_is_ticked_off_and_back_as_its_order_stands(barista: Caller, bar: Station) -> None:
    order = factory.order(bar, factory.item("Latte"), factory.item("Tea"))
    lifecycle.start(order, by=None)
    tea = order.items.get(drink_name="Tea")
    path = f"events/{bar.event.slug}/items/{tea.pk}/"
    seen = barista("GET", path)

    without = barista("PATCH", path, {"made": True})
    made = barista("PATCH", path, {"made": True}, If_Match=seen["ETag"])
    stale = barista("PATCH", path, {"made": False}, If_Match=seen["ETag"])
    back = barista("PATCH", path, {"made": False}, If_Match=made["ETag"])

    assert (without.status_code, stale.status_code) == (428, 412)
    assert (made.json()["made"], back.json()["made"]) == (True, False)
    assert made["ETag"] == f'"{made.json()["version"]}"' != seen["ETag"]


def test_an_item_of_an_order_that_nobody_makes_is_not_ticked(barista: Caller, bar: Station) -> None:
    item = factory.order(bar).items.get()

    answer = barista("PATCH", f"events/{bar.event.slug}/items/{item.pk}/", {"made": True}, If_Match="*")

    assert (answer.status_code, answer.json()["code"]) == (409, "wrong_status")
    assert not OrderItem.objects.get().made


def test_items_of_another_event_are_not_found(barista: Caller, bar: Station) -> None:
    foreign = factory.order(factory.cafe()).items.get()

    assert barista("GET", f"events/{bar.event.slug}/items/{foreign.pk}/").status_code == 404
    assert drinks(barista("GET", f"events/{bar.event.slug}/items/?order={foreign.order_id}")) == []


@pytest.mark.parametrize("asked", ["order=x", "order=-1", "order=99999999999999999999", "status=lost", "statsu=open"])
def test_a_filter_that_cannot_be_is_refused_by_its_name(barista: Caller, bar: Station, asked: str) -> None:
    answer = barista("GET", f"events/{bar.event.slug}/items/?{asked}")

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "/" + asked.partition("=")[0]


def test_a_page_of_items_takes_as_many_statements_as_one_item(barista: Caller, bar: Station) -> None:
    counts = []
    for _ in range(2):
        factory.order(bar, factory.item("Latte"), factory.item("Tea"))
        with CaptureQueriesContext(connection) as statements:
            barista("GET", f"events/{bar.event.slug}/items/")
        counts.append(len(statements))

    assert counts[0] == counts[1]
