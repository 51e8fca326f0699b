"""Prepares the data of a measurement: tables, the demonstration event without limits, and customers who have ordered
before."""

from __future__ import annotations

import datetime as dt
import json
import sys

from expresso import prepare

prepare.everything(demonstration=True)

from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.models import Role
from bench.growth import FIRST_KEY, TABLES
from bench.texts import KNOWN, PLENTY, form
from expresso import demo
from inventory.models import Stock
from orders.models import Order
from orders.statuses import Status
from sms import inbound
from sms.incoming import IncomingText
from sms.models import Carrier, Delivery, InboundMessage, OutboundMessage
from stations.models import Event


def without_limits() -> Event:
    Event.objects.filter(slug=demo.SLUG).update(max_open_orders=0, max_drinks_per_window=0)
    Stock.objects.update(on_hand=PLENTY)
    return Event.objects.get(slug=demo.SLUG)


def keys_for_older_rows() -> None:
    """Let primary keys start at FIRST_KEY. The copies of orders that `bench.growth` adds later get lower keys."""
    with connection.cursor() as cursor:
        for table in TABLES:
            if connection.vendor == "postgresql":
                cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, FIRST_KEY - 1])
            else:
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
                cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, FIRST_KEY - 1])


def everybody_ordered_before(event: Event) -> None:
    for index, sender in enumerate(KNOWN):
        # Negative numbers give these texts other words than the first measured texts. The same words from the same
        # customer within seconds would count as an automatic reply.
        text = form(event.sms_number or "", 2 * (index - len(KNOWN)))
        inbound.receive(IncomingText(text["MessageSid"], sender, text["To"], Carrier.SMS, text["Body"]))
    orders = Order.objects.update(status=Status.COLLECTED, closed_at=timezone.now() - dt.timedelta(hours=2))
    if orders != len(KNOWN):
        sys.exit(f"only {orders} of {len(KNOWN)} texts became an order at once")
    OutboundMessage.objects.bulk_create(
        OutboundMessage(
            conversation_id=text.conversation_id,
            order_id=text.order_id,
            kind=OutboundMessage.Kind.READY,
            body="Your order is ready.",
            segments=1,
            status=Delivery.DELIVERED,
            expires_at=timezone.now(),
        )
        for text in InboundMessage.objects.filter(order__isnull=False).order_by("pk")
    )


def session_cookie() -> str:
    """Return the session cookie of a barista, who can open boards."""
    client = Client()
    client.force_login(get_user_model().objects.filter(memberships__role=Role.BARISTA)[0])
    return "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())


if __name__ == "__main__":
    event = without_limits()
    keys_for_older_rows()
    everybody_ordered_before(event)
    stations = [station.slug for station in event.stations.all()]
    followed = Order.objects.order_by("pk")[0].token
    facts = {"number": event.sms_number, "stations": stations, "event": event.slug, "token": followed}
    json.dump(facts | {"cookie": session_cookie()}, sys.stdout)
