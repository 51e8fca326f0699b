"""From a received text to its reply: the event it belongs to, odd contents, and the number of SQL statements."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from unittest.mock import patch

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from structlog.testing import capture_logs

from accounts.models import Customer
from inventory.snapshot import menu_of
from orders.models import Order
from orders.statuses import Status
from orders.tests import factory
from sms import inbound
from sms.conversation.state import ConversationState
from sms.models import Carrier, Conversation, InboundMessage
from sms.tests.texting import incoming, known, text
from sms.wording.lookup import wording_of
from stations.models import Event, Station


@pytest.fixture
def cafe(db: None) -> Station:
    return factory.cafe()


# Which event a text belongs to ----------------------------------------------------------------------


def test_number_that_was_texted_finds_the_event(db: None) -> None:
    here, there = factory.cafe(), factory.cafe()

    text(there.event, "large latte")

    assert Order.objects.get().event == there.event
    assert not Order.objects.filter(event=here.event).exists()


def test_whatsapp_and_sms_are_two_conversations_of_one_customer(db: None) -> None:
    cafe = factory.cafe(whatsapp_number="+15550300001")

    text(cafe.event, "large latte for Ana")
    text(cafe.event, "separate order: large mocha", carrier=Carrier.WHATSAPP)

    assert [talk.carrier for talk in Conversation.objects.order_by("pk")] == ["sms", "whatsapp"]
    assert list(Order.objects.order_by("pk").values_list("channel", "name")) == [("sms", "Ana"), ("whatsapp", "Ana")]


def test_number_of_no_event_is_answered_and_nothing_about_the_sender_kept(cafe: Station) -> None:
    nowhere = replace(incoming(cafe.event, "large latte"), to="+15559999999")

    reply = inbound.receive(nowhere)

    assert reply == "Hi! No orders are taken on this number right now. Please ask at the bar."
    assert (Customer.objects.count(), InboundMessage.objects.count()) == (0, 0)


# Texts with odd contents ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "media", "start"),
    [
        ("", 0, "Sorry, I didn't get that."),
        ("  \n ", 0, "Sorry, I didn't get that."),
        ("", 1, "I can only read words, sorry."),
        ("x" * 1601, 0, "That's too long for me, sorry."),
        ("latte " * 266, 0, ""),
        ("\x00\ud83d", 0, "Sorry, I didn't get that."),
    ],
)
def test_every_odd_text_has_a_defined_reply(cafe: Station, body: str, media: int, start: str) -> None:
    reply = text(cafe.event, body, media=media)

    assert reply.startswith(start)
    assert reply == InboundMessage.objects.get().reply != ""
    assert len(InboundMessage.objects.get().body) <= 1600
    assert not Order.objects.exists()


def test_picture_with_an_order_is_an_order(cafe: Station) -> None:
    text(cafe.event, "large latte", media=2)

    assert Order.objects.count() == 1


def test_state_of_another_version_is_no_trap(cafe: Station) -> None:
    known(cafe.event, state={"stage": "from the future", "draft": [1]})

    text(cafe.event, "large latte")

    assert Order.objects.count() == 1


def test_fault_in_a_decision_is_answered_and_flagged_and_quotes_nothing(cafe: Station) -> None:
    talk = known(cafe.event)

    with patch("sms.inbound.respond", side_effect=KeyError("secret words")), capture_logs() as logs:
        reply = text(cafe.event, "secret words")

    talk.refresh_from_db()
    assert reply == "Sorry, something went wrong with that text. We've flagged it; please order at the bar."
    assert talk.needs_person
    assert logs == [{"event": "text_not_decided", "error": "KeyError", "log_level": "error"}]


# SQL statements that a text takes -------------------------------------------------------------------


def statements(event: Event, body: str, **fields: Any) -> list[str]:
    """Return the first word ("SELECT", "UPDATE" …) of each SQL statement that answering this text takes."""
    with CaptureQueriesContext(connection) as captured:
        text(event, body, **fields)
    queries = [query["sql"] for query in captured if not query["sql"].startswith(("BEGIN", "COMMIT"))]
    return [query.split(maxsplit=1)[0] for query in queries]


@pytest.mark.django_db(transaction=True)
def test_text_of_somebody_known_takes_nine_statements_at_most() -> None:
    cafe = factory.cafe(max_open_orders=0)
    factory.stock(cafe, option="Oat", on_hand=99)
    known(cafe.event)
    text(cafe.event, "large mocha")
    Order.objects.update(status=Status.COLLECTED, closed_at=timezone.now())

    taken = statements(cafe.event, "large oat latte")

    if connection.vendor == "postgresql":
        # The statements in sequence: lock the conversation and read it; take the order's number, read the queues,
        # reserve stock and insert the order; store the conversation's state and the reply.
        assert taken == ["SELECT", "SELECT", "UPDATE", "SELECT", "WITH", "WITH", "WITH"]
    else:
        assert taken == ["SELECT", "UPDATE", "SELECT", "WITH", "INSERT", "INSERT", "INSERT", "UPDATE", "INSERT"]


@pytest.mark.django_db(transaction=True)
def test_first_text_of_a_stranger_takes_twelve_statements_at_most() -> None:
    cafe = factory.cafe(languages=["en", "de"])
    factory.stock(cafe, option="Oat", on_hand=99)
    known(cafe.event)
    wording_of(cafe.event)

    taken = statements(cafe.event, "large oat latte for Ana please", sender="+15550209999")

    assert len(taken) <= (11 if connection.vendor == "postgresql" else 12)
    assert Customer.objects.get(phone="+15550209999").name == "Ana"


def test_state_is_kept_as_json(cafe: Station) -> None:
    known(cafe.event)

    text(cafe.event, "latte")

    state = ConversationState.from_json(Conversation.objects.get().state, menu_of(cafe.event).menu)
    assert state.draft is not None
    assert [item.drink for item in state.draft.items] == ["Latte"]
