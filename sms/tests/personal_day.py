"""One day of an attendee who orders by text and on a page, and whom an organizer looks up in the admin.

The attendee's names, notes and words are rare words. A test can search the whole database for them."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric import ec
from django.db import connection
from django.test import Client

from accounts.models import Customer, Role
from orders import lifecycle
from orders.messaging import change_requests, messages
from orders.models import Order
from orders.tests import factory
from orders.tests.pages import order_latte, page_of, staff
from sms.models import Ignored
from sms.push import _encoded, _point
from sms.tests.texting import text
from stations.models import Station

PHONE = "+12025550143"
#: Every piece of personal data that the day leaves in the database.
TRACES = (
    PHONE,
    PHONE[1:],
    "Quentina",
    "zebrafish",
    "walnut",
    "grumbled",
    "machine room flooded",
    "xyloband",
    "fcm/send/mydevice",
    "no rush at all",
    "Wolfgangina",
)


def happens(bar: Station) -> Client:
    """Carry out the day at this bar. Return the attendee's browser."""
    event = bar.event
    browser = Client()
    text(event, "large latte for Quentina, walnut allergy!", sender=PHONE)
    first = Order.objects.latest("pk")
    text(event, "a zebrafish please", sender=PHONE)
    Ignored.objects.create(event=event, key="zebrafish")
    lifecycle.start(first, by=None)
    text(event, "make it small", sender=PHONE)
    messages.hear(first, "no rush at all")
    change_requests.decline(Order.objects.get(pk=first.pk), by=None)
    lifecycle.mark_ready(Order.objects.get(pk=first.pk), by=None)
    lifecycle.collect(Order.objects.get(pk=first.pk), by=None)
    text(event, "grumbled grumbled 2", sender=PHONE)
    text(event, "another large latte for Quentina", sender=PHONE)
    lifecycle.cancel(Order.objects.latest("pk"), by=factory.user("ben"), reason="machine room flooded")
    text(event, "my name is xyloband", sender=PHONE)
    # The attendee orders on the page, with a note, and subscribes a device to push. The session stores the name.
    order_latte(browser, page_of(bar), name="Wolfgangina", note="walnut milk is out of the question")
    order = Order.objects.latest("pk")
    device = _encoded(_point(ec.generate_private_key(ec.SECP256R1()).public_key()))
    given = {"endpoint": "https://fcm.googleapis.com/fcm/send/mydevice", "p256dh": device, "auth": _encoded(b"x" * 16)}
    assert browser.post(f"/orders/{order.token}/tell/", given).status_code == 204
    lifecycle.mark_ready(order, by=None)
    # An organizer opens the customer in the admin and changes the name.
    customer = Customer.objects.get(phone=PHONE)
    form = {"phone": PHONE, "name": "Quentina", "language": "", "vip": "on"}
    answer = staff(Role.ORGANIZER).post(f"/admin/accounts/customer/{customer.pk}/change/", form)
    assert answer.status_code == 302
    return browser


def stored() -> str:
    """Return all rows of all database tables as one text."""
    rows = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows += [f"{table}: {row}" for row in cursor.fetchall()]
    return "\n".join(rows)


def traces() -> dict[str, list[str]]:
    """Return, for each piece of personal data, the database rows in which it can be read. Leave out data that is in no
    row."""
    lines = stored().casefold().splitlines()
    return {trace: found for trace in TRACES if (found := [line for line in lines if trace.casefold() in line])}
