"""Orders for a later time, and orders that give drinks and options by id, through the API."""

from __future__ import annotations

import datetime as dt
from typing import Any
from unittest.mock import patch

import pytest
from django.utils import timezone

from expresso.api.tests.conftest import Caller
from inventory.models import Drink, Option
from orders import lifecycle
from orders.models import Order
from orders.tests import factory
from stations.models import Event, Station

pytestmark = pytest.mark.django_db

LATTE = {"drink": "Latte"}


def soon(minutes: float) -> str:
    moment = timezone.now() + dt.timedelta(minutes=minutes)
    return f"{moment.replace(tzinfo=None).isoformat(timespec='seconds')}Z"


def place(call: Caller, bar: Station, **fields: object) -> Any:
    return call("POST", f"events/{bar.event.slug}/orders/", {"items": [LATTE], "name": "Sam"} | fields)


def test_an_order_is_placed_for_a_time_which_is_changed_and_dropped(barista: Caller, bar: Station) -> None:
    first, later = soon(60), soon(90)

    placed = place(barista, bar, wanted_at=first)
    path = f"orders/{placed.json()['id']}/"
    changed = barista("PATCH", path, {"wanted_at": later}, If_Match=placed["ETag"])
    dropped = barista("PATCH", path, {"wanted_at": None}, If_Match=changed["ETag"])

    assert (placed.json()["wanted_at"], placed.json()["held"]) == (first, True)
    assert (changed.json()["wanted_at"], changed.json()["held"]) == (later, True)
    assert (dropped.json()["wanted_at"], dropped.json()["held"]) == (None, False)
    assert dropped.json()["wait"]["position"] == 1


def test_drinks_name_and_time_are_changed_together_or_not_at_all(barista: Caller, bar: Station) -> None:
    path = f"orders/{place(barista, bar).json()['id']}/"
    new = {"items": [{"drink": "Tea"}], "name": "Max"}

    refused = barista("PATCH", path, new | {"wanted_at": soon(-60)}, If_Match="*")
    as_it_stands = barista("GET", path).json()
    changed = barista("PATCH", path, new | {"wanted_at": soon(60)}, If_Match="*").json()

    assert (refused.status_code, refused.json()["code"]) == (409, "time_passed")
    assert (as_it_stands["items"][0]["drink"], as_it_stands["name"]) == ("Latte", "Sam")
    assert (changed["items"][0]["drink"], changed["name"], changed["held"]) == ("Tea", "Max", True)


def test_a_time_that_cannot_be_is_refused_in_the_words_of_the_pages(barista: Caller, bar: Station) -> None:
    cases = {soon(-60): ("time_passed", "is over"), soon(60 * 40): ("too_far_ahead", "Orders are taken up to")}

    for wanted, (code, words) in cases.items():
        answer = place(barista, bar, wanted_at=wanted)

        assert (answer.status_code, answer.json()["code"]) == (409, code)
        assert words in answer.json()["detail"]
    assert not Order.objects.exists()


def test_the_time_of_an_order_that_is_being_made_stays(barista: Caller, bar: Station) -> None:
    order = factory.order(bar, wanted_at=timezone.now() + dt.timedelta(minutes=60))
    lifecycle.start(order, by=None)

    answer = barista("PATCH", f"orders/{order.pk}/", {"wanted_at": soon(90)}, If_Match="*")

    assert (answer.status_code, answer.json()["code"]) == (409, "wrong_status")
    assert answer.json()["detail"] == "It is being made already, so nothing was changed."


def test_drinks_and_options_go_by_name_or_by_id(barista: Caller, bar: Station) -> None:
    latte = Drink.objects.get(event=bar.event, name="Latte")
    oat = Option.objects.get(group__event=bar.event, name="Oat")
    by_id = [{"drink": latte.pk, "options": [{"option": oat.pk}]}]
    by_name = [{"drink": "Latte", "options": [{"group": "Milk", "option": "Oat"}]}]

    ordered = [place(barista, bar, items=items).json()["items"][0] for items in (by_id, by_name)]

    for item in ordered:
        assert (item["drink"], item["options"]) == ("Latte", [{"group": "Milk", "option": "Oat", "amount": None}])


def test_an_id_that_is_not_on_this_menu_is_refused(barista: Caller, bar: Station) -> None:
    foreign = Drink.objects.filter(event=factory.cafe().event).first()
    assert foreign

    drink = place(barista, bar, items=[{"drink": foreign.pk}])
    option = place(barista, bar, items=[LATTE | {"options": [{"option": 999_999}]}])
    unnamed = place(barista, bar, items=[LATTE | {"options": [{"option": "Oat"}]}])

    assert (drink.status_code, drink.json()["code"], drink.json()["word"]) == (409, "not_on_menu", f"{foreign.pk}")
    assert (option.status_code, option.json()["code"]) == (409, "not_on_menu")
    assert unnamed.json()["errors"][0]["pointer"] == "/items/0/options/0/group"


@pytest.mark.parametrize("wanted", ["2026-11-29T23:30:00", "2026-11-29", "at nine", "", "2026-11-29T23:30:00+99:00"])
def test_a_time_without_its_zone_is_refused(barista: Caller, bar: Station, wanted: str) -> None:
    answer = place(barista, bar, wanted_at=wanted)

    assert answer.status_code == 400
    [error] = answer.json()["errors"]
    assert error == {"pointer": "/wanted_at", "detail": "Give a time with its zone, such as 2026-05-01T09:30:00Z."}


def test_the_hour_that_clocks_repeat_is_two_hours(barista: Caller, bar: Station) -> None:
    """Clocks in Berlin show 02:30 twice on 25 October 2026. The API takes an order for each of these two moments."""
    Event.objects.update(time_zone="Europe/Berlin")
    with patch("django.utils.timezone.now", return_value=dt.datetime(2026, 10, 24, 23, tzinfo=dt.UTC)):
        first, second = (place(barista, bar, wanted_at=f"2026-10-25T02:30:00{zone}") for zone in ("+02:00", "+01:00"))

    assert [answer.json()["wanted_at"] for answer in (first, second)] == [
        "2026-10-25T00:30:00Z",
        "2026-10-25T01:30:00Z",
    ]
