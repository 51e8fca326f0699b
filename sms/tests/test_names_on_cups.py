"""An order that was placed without a name is called by the names on its cups. If these names change, so does the
order's name."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import Customer
from orders import lifecycle
from orders.messaging import change_requests
from orders.models import Order
from orders.tests import factory
from sms.tests.texting import text
from stations.models import Station

pytestmark = pytest.mark.django_db
SIZED = "small latte for Ann, small mocha for Bo, small tea for Cy"


@pytest.fixture
def cafe() -> Station:
    return factory.cafe()


def wall(cafe: Station) -> str:
    client = Client()
    client.force_login(factory.user("maya"))
    return client.get(f"/events/{cafe.event.slug}/wall/").content.decode()


def test_the_owner_of_a_dropped_cup_is_not_called_on_the_wall_any_more(cafe: Station) -> None:
    text(cafe.event, SIZED)
    assert Order.objects.get().name == "Ann, Bo, Cy"

    text(cafe.event, "no mocha")
    text(cafe.event, "drop Cy's tea")

    assert Order.objects.get().name == "Ann"
    assert "Ann" in (shown := wall(cafe))
    assert "Ann, " not in shown
    assert Customer.objects.get().name == ""


def test_a_cup_that_the_barista_drops_takes_its_owners_name_along(cafe: Station) -> None:
    text(cafe.event, SIZED)
    lifecycle.start(Order.objects.get(), by=None)

    text(cafe.event, "no mocha")
    assert Order.objects.get().name == "Ann, Bo, Cy"
    change_requests.accept(Order.objects.get(), by=None)

    assert Order.objects.get().name == "Ann, Cy"


def test_the_name_that_a_form_gives_unchanged_is_made_of_the_cups_again(cafe: Station) -> None:
    ann, bo = factory.item("Latte", name="Ann"), factory.item("Mocha", name="Bo")
    order = factory.order(cafe, ann, bo, name="")
    assert order.name == "Ann, Bo"

    lifecycle.change(order, items=[bo], name="Ann, Bo")
    assert Order.objects.get().name == "Bo"
    lifecycle.change(Order.objects.get(), items=[ann, bo], name="Team 7")

    assert Order.objects.get().name == "Team 7"


def test_mine_is_not_the_cup_of_the_one_whose_name_stands_on_a_cup(cafe: Station) -> None:
    text(cafe.event, "small latte for me and a small latte for Bo")

    reply = text(cafe.event, "mine can be oat")

    assert "small oat latte and small latte for Bo" in reply


def test_a_customer_whose_own_cup_has_no_name_is_asked_for_it(cafe: Station) -> None:
    reply = text(cafe.event, "small latte for me and a small latte for Bo")
    text(cafe.event, "Kim")

    assert reply.endswith("What name for the cup?")
    assert Order.objects.get().name == "Kim"
