"""Helpers: a customer chooses how to be notified about an order, on the order's page or by text."""

from __future__ import annotations

from django.test import Client

from orders.models import Order
from sms.tests import texting

ADDRESS = "sam@example.org"


def choose(order: Order, **way: str) -> None:
    Client().post(f"/orders/{order.token}/tell/", {"first": "on"} | way)


def text(order: Order, body: str) -> str:
    assert order.customer is not None
    return texting.text(order.event, body, sender=order.customer.phone)
