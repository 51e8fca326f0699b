"""Helpers of the payment tests. They make orders that have to be paid, and act as the customer (pay, return) and as
Stripe (call the webhook)."""

from __future__ import annotations

import datetime as dt
from typing import Any
from unittest.mock import patch

from django.test import Client
from django.utils import timezone

from orders.live.boards import station_look
from orders.models import Order
from orders.tests import factory
from sms.models import OutboundMessage
from stations.models import Station
from tests.stripe_edge import StripeEdge


def later(minutes: float) -> Any:
    return patch("django.utils.timezone.now", return_value=timezone.now() + dt.timedelta(minutes=minutes))


def on_board(station: Station) -> list[Any]:
    return [ticket for _, _, tickets in station_look(station.pk).context()["columns"] for ticket in tickets]


def sent() -> list[str]:
    return list(OutboundMessage.objects.order_by("pk").values_list("body", flat=True))


def ordered(station: Station, *items: Any, **fields: Any) -> Order:
    return factory.order(station, *(items or (factory.item("Latte", "Small"),)), **fields)


def pay_page(order: Order) -> Any:
    return Client().post(f"/orders/{order.token}/pay/")


def post_webhook(edge: StripeEdge, session: dict[str, Any], *, signature: str = "", **kind: str) -> int:
    body, signed = edge.webhook(session, **kind)
    headers = {"Stripe-Signature": signature or signed}
    return Client().post("/payments/stripe/", body, "application/json", headers=headers).status_code


def paid(edge: StripeEdge, order: Order) -> Order:
    pay_page(order)
    assert post_webhook(edge, edge.pay()) == 204
    order.refresh_from_db()
    return order
