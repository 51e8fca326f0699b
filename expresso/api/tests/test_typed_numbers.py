"""A phone number that a program sends with an order is treated as unproven, like a number that is typed on a page."""

from __future__ import annotations

import pytest

from accounts.models import Customer
from expresso.api.tests.conftest import Caller
from orders import lifecycle
from orders.models import Order
from sms.models import OutboundMessage
from stations.models import Event, Station

pytestmark = pytest.mark.django_db


def test_a_typed_number_gets_the_ready_text_and_touches_nothing_of_its_owner(barista: Caller, bar: Station) -> None:
    sam = Customer.objects.create(phone="+12025550199", name="Sam", language="de", vip=True)
    Event.objects.filter(pk=bar.event_id).update(max_open_orders=1)

    for name in ("Mallory", "Mallory again"):
        body = {"items": [{"drink": "Latte"}], "phone": "+12025550199", "name": name}
        assert barista("POST", f"events/{bar.event.slug}/orders/", body).status_code == 201

    orders = Order.objects.order_by("pk")
    assert [(order.customer, order.ready_text_to, order.vip) for order in orders] == [(None, sam, False)] * 2
    sam.refresh_from_db()
    assert (sam.name, sam.language) == ("Sam", "de")
    lifecycle.mark_ready(orders[0], by=None)
    assert "Mallory" not in OutboundMessage.objects.get().body


def test_a_number_without_an_owner_gets_no_name_from_an_order(barista: Caller, bar: Station) -> None:
    body = {"items": [{"drink": "Latte"}], "phone": "+12025550199", "name": "Mallory"}

    barista("POST", f"events/{bar.event.slug}/orders/", body)

    assert Customer.objects.get().name == ""
