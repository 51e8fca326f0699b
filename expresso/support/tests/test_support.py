"""Tests of the support desk's pages: finding, reading, answering and solving conversations, and acting on orders."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django.fixtures import Settings

from accounts.models import AuditEntry, Customer, Role, User
from expresso.support import customer_search
from inventory.models import Drink, touch_menu
from orders import lifecycle
from orders.models import Order
from orders.tests import factory as rows
from orders.tests.pages import words
from sms import helping
from sms.models import Carrier, Conversation, InboundMessage, OutboundMessage
from sms.tests import factory
from sms.tests.texting import text
from stations import features
from stations.models import Event, Station

pytestmark = pytest.mark.django_db


@pytest.fixture
def bar() -> Station:
    return rows.cafe()


@pytest.fixture
def priya(bar: Station) -> User:
    return rows.user("priya", Role.SUPPORT, bar.event)


@pytest.fixture
def desk(priya: User) -> Client:
    client = Client()
    client.force_login(priya, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def sam(bar: Station) -> Conversation:
    customer = Customer.objects.create(name="Sam Rivers", phone="+15550204711")
    return Conversation.objects.create(event=bar.event, customer=customer)


def at(talk: Conversation, more: str = "") -> str:
    return f"/events/{talk.event.slug}/support/{talk.pk}/{more}"


def found(desk: Client, talk: Conversation, typed: str) -> list[str]:
    answer = desk.get(f"/events/{talk.event.slug}/support/", {"q": typed})
    return [each.called for each in answer.context["found"]]


def says(talk: Conversation, body: str) -> str:
    return text(talk.event, body, sender=talk.customer.phone)


@pytest.mark.parametrize("typed", ["sam", "RIVERS", "4711", "+1 555 020 4711", "latte", "rivers sam"])
def test_a_customer_is_found_by_name_number_or_drink(desk: Client, bar: Station, sam: Conversation, typed: str) -> None:
    factory.order(bar, sam, name="Sam")
    ana = rows.customer("Ana")
    Conversation.objects.create(event=bar.event, customer=ana)
    rows.order(bar, rows.item("Tea"), customer=ana, name="Ana")

    assert found(desk, sam, typed) == ["Sam Rivers"]


def test_a_customer_is_found_by_the_orders_code_and_an_order_of_nobody_by_itself(
    desk: Client, bar: Station, sam: Conversation
) -> None:
    order = factory.order(bar, sam)
    walk_in = rows.order(bar, channel="walk_in", name="Noor")

    assert found(desk, sam, order.code.lower()) == ["Sam Rivers"]
    assert found(desk, sam, "noor") == ["Noor"]
    assert found(desk, sam, walk_in.code) == ["Noor"]
    assert found(desk, sam, "471") == []


def test_of_many_customers_with_one_name_those_are_found_who_were_heard_last(
    desk: Client, bar: Station, sam: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(customer_search, "MOST_FOUND", 2)
    now = timezone.now()
    for minutes, name in enumerate(("Sam C", "Sam A", "Sam D", "Sam B")):
        customer = rows.customer(name)
        for carrier in Carrier:
            heard = now - dt.timedelta(minutes=minutes, seconds=carrier == Carrier.SMS)
            Conversation.objects.create(event=bar.event, customer=customer, carrier=carrier, last_text_at=heard)
    Conversation.objects.filter(pk=sam.pk).update(last_text_at=now - dt.timedelta(hours=1))

    assert found(desk, sam, "sam") == ["Sam C", "Sam A"]
    # The query does not load the conversations of all customers called Sam. Its limit is two customers (MOST_FOUND),
    # with one conversation for each carrier.
    assert len(customer_search._named(bar.event, Conversation.objects.all(), ["sam"])) == 2 * len(Carrier)


def test_nobody_of_another_event_is_found(desk: Client, bar: Station, sam: Conversation) -> None:
    elsewhere = rows.cafe()
    other = Conversation.objects.create(
        event=elsewhere.event, customer=Customer.objects.create(name="Zoe", phone="+15550209999")
    )
    factory.order(elsewhere, other)

    assert found(desk, sam, "Zoe") == []
    assert found(desk, sam, "9999") == []
    assert desk.get(f"/events/{elsewhere.event.slug}/support/").status_code == 403
    assert desk.get(f"/events/{bar.event.slug}/support/{other.pk}/").status_code == 404
    for act in ("answer", "take-over", "number"):
        assert desk.post(f"/events/{bar.event.slug}/support/{other.pk}/{act}/", {"text": "x"}).status_code == 404


def test_the_conversation_shows_how_each_text_was_read_and_no_number(
    desk: Client, bar: Station, sam: Conversation
) -> None:
    says(sam, "flurble latte for Sam")

    page = desk.get(at(sam))

    read = [each for each in page.context["said"] if each.who == "customer"]
    assert [(each.body, each.unknown) for each in read] == [("flurble latte for Sam", ("flurble",))]
    assert "An order" in words(page)
    assert "4711" in words(page)
    assert "020 4711" not in words(page)
    assert "+1555" not in page.content.decode()
    reading = desk.get(f"/events/{bar.event.slug}/support/texts/{read[0].text}/")
    assert "flurble" in words(reading)
    assert "not known" in words(reading)


def test_uncovering_a_number_is_audited_and_stays_on_that_answer(desk: Client, priya: User, sam: Conversation) -> None:
    page = desk.post(at(sam, "number/"))

    assert "+1 555-020-4711" in words(page)
    entry = AuditEntry.objects.get()
    assert (entry.by, entry.act, entry.subject) == (priya, "uncovered a number", f"customer {sam.customer_id}")
    assert entry.event_id == sam.event_id
    assert "020-4711" not in words(desk.get(at(sam)))


def test_whoever_reads_a_conversation_is_audited(desk: Client, priya: User, sam: Conversation) -> None:
    desk.get(at(sam))

    entry = AuditEntry.objects.get()
    assert (entry.by, entry.act, entry.subject) == (priya, "read", f"conversation {sam.pk}")


def test_an_answer_takes_over_and_a_repeated_form_sends_once(desk: Client, sam: Conversation) -> None:
    key = desk.get(at(sam)).context["key"]

    for _ in range(2):
        desk.post(at(sam, "answer/"), {"key": key, "text": "On my way"})

    assert [message.body for message in OutboundMessage.objects.all()] == ["On my way"]
    assert says(sam, "thanks") == ""
    page = words(desk.get(at(sam)))
    assert "Priya answers." in page
    assert "for a person" in page


def test_an_answer_that_is_refused_is_not_lost(desk: Client, bar: Station, sam: Conversation) -> None:
    helping.take_over(sam, by=rows.user("maya", Role.ORGANIZER, bar.event))

    page = desk.post(at(sam, "answer/"), {"key": "k", "text": "Hello there"})

    assert "Maya answers here. Take over first" in words(page)
    assert page.context["typed"] == "Hello there"
    assert not OutboundMessage.objects.exists()


def test_the_inbox_lists_who_needs_a_person_until_it_is_solved(desk: Client, sam: Conversation) -> None:
    inbox = f"/events/{sam.event.slug}/support/"
    says(sam, "can I talk to a person please")
    page = desk.get(inbox)
    assert page.context["ringing"] == 1
    assert "can I talk to a person please" in words(page)

    desk.post(at(sam, "claim/"), {"from": "inbox"})
    page = desk.get(inbox)
    assert (page.context["ringing"], page.context["cases"][0].helper) == (0, "Priya")

    desk.post(at(sam, "solve/"))
    assert desk.get(inbox).context["cases"] == []


def test_the_inbox_lists_what_nobody_understood_and_who_takes_it(desk: Client, sam: Conversation) -> None:
    inbox = f"/events/{sam.event.slug}/support/"
    says(sam, "flurble gnax")
    assert [case.says for case in desk.get(inbox).context["stuck"]] == ["flurble gnax"]

    desk.post(at(sam, "claim/"), {"from": "inbox"})

    page = desk.get(inbox)
    assert page.context["stuck"] == []
    assert [(case.says, case.helper) for case in page.context["cases"]] == [("flurble gnax", "Priya")]


def test_a_full_inbox_costs_as_many_statements_as_an_empty_one(desk: Client, bar: Station) -> None:
    inbox = f"/events/{bar.event.slug}/support/"
    counts = []
    for people in (1, 12):
        for _ in range(people):
            talk = factory.conversation(bar, needs_person=True)
            factory.order(bar, talk)
        with CaptureQueriesContext(connection) as queries:
            desk.get(inbox)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def order_act(desk: Client, order: Order, act: str, **fields: Any) -> str:
    address = f"/events/{order.event.slug}/support/orders/{order.pk}/{act}/"
    page = desk.post(address, {"key": "k", f"seen-{order.pk}": order.version} | fields, follow=True)
    return words(page)


def test_an_order_is_cancelled_with_a_reason_and_called_back(desk: Client, bar: Station, sam: Conversation) -> None:
    order = factory.order(bar, sam)

    assert "was cancelled" in order_act(desk, order, "cancel", reason="the machine is down")
    order.refresh_from_db()
    assert order.status == "cancelled"
    assert "the machine is down" in OutboundMessage.objects.get(kind="cancelled").body

    assert "is back: waiting" in order_act(desk, order, "undo")


def test_an_order_that_changed_since_the_page_was_seen_is_not_cancelled(
    desk: Client, bar: Station, sam: Conversation
) -> None:
    order = factory.order(bar, sam)
    lifecycle.change(Order.objects.get(pk=order.pk), items=[rows.item("Mocha")])

    assert "changed since you saw it" in order_act(desk, order, "cancel", reason="x")

    assert Order.objects.get().status == "waiting"


def test_an_order_is_moved_and_ordered_again_once(desk: Client, bar: Station, sam: Conversation) -> None:
    second = rows.station(bar.event, "Bar 2")
    order = factory.order(bar, sam)

    order_act(desk, order, "move", to=second.slug)
    assert Order.objects.get().station == second

    for _ in range(2):
        assert "Ordered again" in order_act(desk, order, "again")
    assert Order.objects.filter(customer=sam.customer).count() == 2


def test_an_order_again_that_has_to_be_paid_says_so_with_its_page(
    desk: Client, bar: Station, sam: Conversation, settings: Settings
) -> None:
    settings.STRIPE_SECRET_KEY, settings.STRIPE_WEBHOOK_SECRET = "sk_test_1", "whsec_1"
    order = factory.order(bar, sam)
    Event.objects.update(features=[features.PAYMENTS])
    Drink.objects.update(price=350)
    touch_menu(bar.event_id)

    said = order_act(desk, order, "again")

    again = Order.objects.latest("pk")
    assert again.pay_by is not None
    assert (
        f"It is made once it is paid: send the customer its page, {settings.PUBLIC_URL}/orders/{again.token}/" in said
    )
    assert "ready in" not in said


def test_ordering_again_keeps_to_the_rules_of_any_order(desk: Client, bar: Station, sam: Conversation) -> None:
    order = factory.order(bar, sam)
    Station.objects.update(is_open=False)

    assert "Not ordered." in order_act(desk, order, "again")

    assert Order.objects.count() == 1


def test_a_failed_text_is_sent_again_from_the_conversation(desk: Client, bar: Station, sam: Conversation) -> None:
    factory.ready_order(bar, sam)
    failed = OutboundMessage.objects.get()
    OutboundMessage.objects.update(status="failed", error_code=30003)
    assert "Did not arrive" in words(desk.get(f"/events/{bar.event.slug}/support/"))

    page = desk.post(f"/events/{bar.event.slug}/support/texts/{failed.pk}/again/", follow=True)

    assert "sent once more" in words(page)
    assert OutboundMessage.objects.filter(status="queued").count() == 1
    assert "Did not arrive" not in words(desk.get(f"/events/{bar.event.slug}/support/"))


def test_a_long_name_and_markup_of_a_customer_are_harmless(desk: Client, sam: Conversation) -> None:
    InboundMessage.objects.create(sid="SM9", conversation=sam, body="<script>alert(1)</script>")

    assert "<script>alert" not in desk.get(at(sam)).content.decode()
