"""Customers without a visible phone number can order like others: WhatsApp users who hide their number, and users of
RCS."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection
from django.test import Client

from accounts.models import Customer, Role
from accounts.phones import PhoneField
from accounts.search import phone_is
from orders import lifecycle
from orders.messaging import messages
from orders.messaging.texting import ToSay
from orders.models import Channel, Order
from orders.tests import factory as rows
from sms.models import Carrier, Conversation, InboundMessage
from sms.tests import factory
from sms.tests.factory import FakeTwilio
from stations.models import Event, Station
from tests.forms import fields_of

pytestmark = pytest.mark.django_db(transaction=True)

BAR, AGENT, USER = "+15550100042", "cafe_berlin_agent", "US.13491208655302741918"


@pytest.fixture
def bar(db: None) -> Station:
    return rows.cafe(whatsapp_number=BAR, rcs_agent=AGENT)


def text(body: str, *, sender: str, to: str, sid: str = "1") -> str:
    form = factory.form(MessageSid=f"SM{sid:0>32}", From=sender, To=to, Body=body)
    return factory.signed_post("/sms", form).content.decode()


@pytest.mark.parametrize(
    ("sender", "to", "channel"),
    [
        (f"whatsapp:{USER}", f"whatsapp:{BAR}", Channel.WHATSAPP),
        ("whatsapp:DE.ENT.ab12CD", f"whatsapp:{BAR}", Channel.WHATSAPP),
        ("rcs:+15550200001", f"rcs:{AGENT}", Channel.RCS),
    ],
    ids=["user name", "company's user name", "RCS"],
)
def test_order_is_answered_and_the_ready_text_goes_back_to_the_address(
    bar: Station, fake_twilio: FakeTwilio, sender: str, to: str, channel: str
) -> None:
    assert "Got it: large latte" in text("large latte for Zoe", sender=sender, to=to)

    order = Order.objects.get()
    assert order.channel == channel
    lifecycle.mark_ready(order, by=None)
    call_command("work", batch=True)

    assert [(sent["To"], sent["From"]) for sent in fake_twilio.sent] == [(sender, to)]


@pytest.mark.parametrize(
    ("sender", "to"),
    [
        ("+15550200001", ""),
        (f"whatsapp:{USER}", f"whatsapp:{BAR}"),
        ("rcs:+15550200001", f"rcs:{AGENT}"),
    ],
    ids=Carrier.values,
)
def test_the_bar_and_the_support_desk_write_to_every_address(
    bar: Station, fake_twilio: FakeTwilio, client: Client, sender: str, to: str
) -> None:
    text("large latte for Zoe", sender=sender, to=to or str(bar.event.sms_number))
    order, talk = Order.objects.get(), Conversation.objects.get()
    maya = rows.user("maya", Role.BARISTA, bar.event)
    client.force_login(rows.user("sue", Role.SUPPORT, bar.event), "django.contrib.auth.backends.ModelBackend")

    messages.write(order, ToSay("come"), by=maya)
    page = client.get(f"/events/{bar.event.slug}/support/{talk.pk}/")
    call_command("work", batch=True)

    assert (page.status_code, 'name="text"' in page.content.decode()) == (200, True)
    assert [sent["To"] for sent in fake_twilio.sent] == [sender]


def test_second_text_of_the_same_user_is_about_the_same_order(bar: Station) -> None:
    for sid, body in enumerate(("large latte for Zoe", "make it small")):
        reply = text(body, sender=f"whatsapp:{USER}", to=f"whatsapp:{BAR}", sid=str(sid))

    assert "Changed: small latte" in reply
    assert Customer.objects.count() == Conversation.objects.count() == Order.objects.count() == 1


def test_rcs_and_sms_of_one_number_are_one_customer_in_two_conversations(bar: Station) -> None:
    text("hi", sender="rcs:+15550200001", to=f"rcs:{AGENT}", sid="1")
    text("hi", sender="+15550200001", to=bar.event.sms_number or "", sid="2")

    assert Customer.objects.count() == 1
    assert set(Conversation.objects.values_list("carrier", flat=True)) == {"rcs", "sms"}


@pytest.mark.parametrize(
    "sender", ["messenger:12345", "whatsapp:cafe", "rcs:cafe", USER, "whatsapp:us.12", "whatsapp:"]
)
def test_what_cannot_be_answered_gets_silence(bar: Station, sender: str) -> None:
    for sid, to in enumerate((bar.event.sms_number or "", f"whatsapp:{BAR}", f"rcs:{AGENT}")):
        assert "<Message>" not in text("large latte", sender=sender, to=to, sid=str(sid))

    assert not InboundMessage.objects.exists()


def test_id_is_encrypted_and_found_by_its_hash(bar: Station) -> None:
    text("hi", sender=f"whatsapp:{USER}", to=f"whatsapp:{BAR}")

    with connection.cursor() as cursor:
        cursor.execute("SELECT phone FROM accounts_customer")
        [(stored,)] = cursor.fetchall()
    assert USER not in stored
    assert Customer.objects.get(phone=USER) == Customer.objects.get(phone_is("", USER))


def test_form_keeps_the_id_of_a_customer_and_takes_no_other_words() -> None:
    assert PhoneField().clean(USER) == USER
    with pytest.raises(ValidationError):
        PhoneField().clean("US-1349")


def test_customer_with_an_id_can_be_saved_in_the_admin(bar: Station) -> None:
    client = Client()
    client.force_login(rows.user("ada", rows.ADMIN))
    customer = Customer.objects.create(phone=USER, name="Zoe")
    page = f"/admin/accounts/customer/{customer.pk}/change/"
    posted = {name: values[0] for name, values in fields_of(client.get(page)).items()} | {"name": "Zoë"}
    client.post(page, posted)

    customer.refresh_from_db()
    assert (customer.name, customer.phone) == ("Zoë", USER)


def test_forgotten_user_is_gone(bar: Station) -> None:
    for sid, body in enumerate(("large latte for Zoe", "forget me")):
        text(body, sender=f"whatsapp:{USER}", to=f"whatsapp:{BAR}", sid=str(sid))

    assert not Customer.objects.exists()
    assert Event.objects.count() == 1
