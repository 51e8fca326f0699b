"""The simulated phones at /simulator/ send their texts through the real webhook view."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from accounts.models import Role, User
from orders import lifecycle
from orders.models import Order
from orders.tests import factory as rows
from sms import simulator, tasks
from sms.models import Carrier, Conversation, Delivery, InboundMessage, OutboundMessage
from sms.tests import factory
from sms.tests.factory import FakeTwilio
from stations.models import Station

HTMX = {"HX-Request": "true"}


@pytest.fixture
def bar() -> Station:
    return rows.cafe(name="Conference", whatsapp_number="+15550990001")


def signed_in(role: str = Role.BARISTA) -> Client:
    client = Client()
    client.force_login(rows.user(f"a-{role}", role))
    return client


def bubbles(response: Any) -> list[tuple[str, str]]:
    """Return a pair (sender, text) for each message on the page. The sender is "mine" or "theirs"."""
    page = response.content.decode()
    found = re.findall(r'<li class="bubble (mine|theirs)">\s*<p[^>]*>(.*?)</p>', page, re.DOTALL)
    return [(who, unescape(re.sub("<[^>]+>", "", text))) for who, text in found]


@pytest.fixture
def phone_1(bar: Station) -> Conversation:
    """Create the conversation of phone 1, which has texted "latte" and got the reply "Taken"."""
    customer = rows.customer(phone=simulator.PHONES[0])
    talk = Conversation.objects.create(event=bar.event, customer=customer, carrier=Carrier.SMS)
    InboundMessage.objects.create(sid="SM1", conversation=talk, body="latte", reply="Taken")
    return talk


def poll(client: Client, bar: Station, seen: str = "", n: int = 1) -> Any:
    return client.get(f"/simulator/phones/{n}/", {"to": str(bar.event.sms_number), "seen": seen}, headers=HTMX)


# Who can use the simulator --------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/simulator/", "/simulator/phones/1/"])
def test_there_is_no_simulator_where_real_texts_are_sent(bar: Station, settings: Settings, path: str) -> None:
    client = signed_in(rows.ADMIN)
    with_simulator = client.get(path)
    settings.SIMULATOR = False

    assert (with_simulator.status_code, client.get(path).status_code) == (200, 404)
    assert client.post(path, {"body": "latte"}).status_code in {404, 405}


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/simulator/", "/simulator/phones/1/"])
def test_simulator_is_for_staff(bar: Station, path: str) -> None:
    stranger = Client().get(path)

    assert (stranger.status_code, stranger["Location"]) == (302, f"/accounts/login/?next={path}")
    assert [signed_in(role).get(path).status_code for role in (rows.ADMIN, Role.ORGANIZER, Role.BARISTA)] == [200] * 3
    assert [signed_in(role).get(path).status_code for role in (Role.SUPPORT, Role.DISPLAY)] == [403, 403]


@pytest.mark.django_db
def test_a_text_needs_the_forms_token(bar: Station) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(rows.user("bea"))

    assert client.post("/simulator/phones/1/", {"body": "latte"}).status_code == 403


# The simulator's page -------------------------------------------------------------------------------


@pytest.mark.django_db
def test_page_shows_phones_and_every_number_that_can_be_texted(bar: Station, phone_1: Conversation) -> None:
    response = signed_in().get("/simulator/")

    assert [phone.number for phone in response.context["phones"]] == simulator.PHONES[:3]
    assert [number.label for number in response.context["numbers"]] == ["Conference · SMS", "Conference · WhatsApp"]
    assert bubbles(response) == [("mine", "latte"), ("theirs", "Taken")]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "shown"), [("1", 1), ("5", 5), ("99", 8), ("0", 1), ("x", 3), ("²", 3), ("9" * 99, 3)]
)
def test_number_of_phones_is_kept_within_reason(bar: Station, asked: str, shown: int) -> None:
    response = signed_in().get("/simulator/", {"phones": asked})

    assert len(response.context["phones"]) == shown
    assert bool(response.context["more"]) == (shown < 8)


@pytest.mark.django_db
def test_page_without_an_event_says_what_is_missing() -> None:
    response = signed_in(rows.ADMIN).get("/simulator/")

    assert response.status_code == 200
    assert "No event has a number to text yet" in response.content.decode()


@pytest.mark.django_db
def test_whatsapp_is_another_conversation(bar: Station, phone_1: Conversation) -> None:
    response = signed_in().get("/simulator/", {"to": "whatsapp:+15550990001"})

    assert response.context["to"].label == "Conference · WhatsApp"
    assert bubbles(response) == []


@pytest.mark.django_db
def test_a_look_at_a_phone_with_nothing_new_is_empty(bar: Station, phone_1: Conversation) -> None:
    client = signed_in()
    shown = poll(client, bar)
    seen = shown.context["phone"].version

    again = poll(client, bar, seen)
    order = factory.order(bar, phone_1)
    text = factory.text(order, phone_1, body="Ready at Bar 1")
    unsent = poll(client, bar, seen)
    OutboundMessage.objects.filter(pk=text.pk).update(status=Delivery.DELIVERED, sent_at=timezone.now())
    sent = poll(client, bar, seen)

    assert (shown.status_code, again.status_code, unsent.status_code, sent.status_code) == (200, 204, 204, 200)
    assert bubbles(sent) == [("mine", "latte"), ("theirs", "Taken"), ("theirs", "Ready at Bar 1")]


@pytest.mark.django_db
@pytest.mark.parametrize("n", [0, 9, 10**30])
def test_there_is_no_such_phone(bar: Station, n: int) -> None:
    assert poll(signed_in(), bar, n=n).status_code == 404


# Sending a text -------------------------------------------------------------------------------------


def send(client: Client, body: str, **headers: str) -> Any:
    number = simulator.numbers_for(User.objects.get())[0].value
    return client.post("/simulator/phones/1/", {"to": number, "body": body}, headers=headers)


@pytest.mark.django_db
def test_text_typed_on_a_phone_becomes_an_order_and_its_customer_hears_of_it(bar: Station) -> None:
    client = signed_in()

    sent = send(client, "large oat latte for Sam", **HTMX)
    order = Order.objects.get()
    seen = sent.context["phone"].version
    lifecycle.mark_ready(order, by=None)
    tasks.deliver.call(OutboundMessage.objects.get().pk)
    later = poll(client, bar, seen)

    message = InboundMessage.objects.get()
    ready = OutboundMessage.objects.get()
    assert (order.customer and order.customer.phone, order.name) == (simulator.PHONES[0], "Sam")
    assert bubbles(sent) == [("mine", "large oat latte for Sam"), ("theirs", message.reply)]
    assert bubbles(later) == [*bubbles(sent), ("theirs", ready.body)]


@pytest.mark.django_db
@pytest.mark.parametrize("word", ["CANCEL", "stop"])
def test_a_phone_that_opted_out_says_so_and_how_to_go_on(bar: Station, word: str) -> None:
    client = signed_in()
    before = send(client, "menu", **HTMX)

    out = send(client, word, **HTMX)
    silent = send(client, "menu", **HTMX)
    back = send(client, "START", **HTMX)
    answered = send(client, "menu", **HTMX)

    said = ["Text START to go on" in each.content.decode() for each in (before, out, silent, back, answered)]
    assert said == [False, True, True, False, False]
    assert bubbles(silent)[-2:] == [("mine", word), ("mine", "menu")]
    assert bubbles(answered)[-1][0] == "theirs"


@pytest.mark.django_db
def test_a_phone_that_the_carrier_takes_off_is_shown_anew(bar: Station, phone_1: Conversation) -> None:
    client = signed_in()
    seen = poll(client, bar).context["phone"].version
    Conversation.objects.update(opted_out_at=timezone.now())

    assert poll(client, bar, seen).status_code == 200


@pytest.mark.django_db
def test_without_javascript_sending_leads_back_to_the_page(bar: Station) -> None:
    response = send(signed_in(), "menu")

    assert response.status_code == 302
    assert response["Location"].startswith("/simulator/?to=%2B1555")
    assert InboundMessage.objects.get().body == "menu"


@pytest.mark.django_db
def test_text_goes_through_the_signature_check(bar: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sms.twilio.sign", lambda url, form: "x" * 28)

    response = send(signed_in(), "latte", **HTMX)

    assert response.context["phone"].trouble == "This text was not taken: the webhook answered 403. Send it again."
    assert "the webhook answered 403" in response.content.decode()
    assert InboundMessage.objects.count() == 0


@pytest.mark.django_db
def test_a_fault_of_the_webhook_is_said(bar: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sms.inbound.receive", lambda _text: 1 / 0)
    client = signed_in()
    client.raise_request_exception = False

    response = send(client, "latte", **HTMX)

    assert response.context["phone"].trouble == "This text was not taken: the webhook answered 500. Send it again."


@pytest.mark.django_db
def test_simulators_numbers_never_reach_twilio(bar: Station, fake_twilio: FakeTwilio, settings: Settings) -> None:
    settings.SIMULATOR = True
    factory.ready_order(bar, factory.conversation(bar))

    tasks.deliver.call(OutboundMessage.objects.get().pk)

    assert fake_twilio.asked == []
