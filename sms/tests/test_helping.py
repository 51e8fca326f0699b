"""Actions of the support desk in a conversation: who answers, when Expresso is silent, and what is audited."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AuditEntry, User
from orders import lifecycle
from orders.messaging.messages import NothingToSay, Unreachable
from orders.models import Order
from orders.tests import factory as rows
from sms import helping, inbound
from sms.models import Conversation, Delivery, InboundMessage, OutboundMessage
from sms.tasks import deliver
from sms.tests import factory
from sms.tests.factory import FakeTwilio
from sms.tests.texting import text
from stations.models import Station

pytestmark = pytest.mark.django_db


@pytest.fixture
def priya(bar: Station) -> User:
    return rows.user("priya", "support", bar.event)


def says(talk: Conversation, words: str) -> str:
    return text(talk.event, words, sender=talk.customer.phone)


def fresh(talk: Conversation) -> Conversation:
    return Conversation.objects.get(pk=talk.pk)


def test_the_robot_is_silent_from_the_take_over_until_it_is_handed_back(talk: Conversation, priya: User) -> None:
    helping.take_over(talk, by=priya)

    assert says(talk, "large latte") == ""
    assert not Order.objects.exists()
    assert InboundMessage.objects.get().intent == inbound.HELD
    held = fresh(talk)
    assert (held.helper, held.held, held.needs_person, held.needs_since is not None) == (priya, True, True, True)

    helping.hand_back(talk, by=priya)

    assert "latte" in says(talk, "large latte")
    assert Order.objects.exists()


@pytest.mark.parametrize("act", [helping.take_over, helping.claim])
def test_whoever_left_without_solving_it_holds_no_customer_up_the_day_after(
    talk: Conversation, priya: User, act: Callable[..., None]
) -> None:
    act(talk, by=priya)
    says(talk, "hello?")
    long_ago = timezone.now() - dt.timedelta(hours=26)
    Conversation.objects.filter(pk=talk.pk).update(last_text_at=long_ago, looked_at=long_ago)

    assert "latte" in says(talk, "large latte")

    left = fresh(talk)
    # The helper's claim has ended, so Expresso answers again. The customer still needs a person, because nobody marked
    # the case as solved.
    assert (left.held, left.helper, left.needs_person) == (False, None, True)


def test_stop_is_heard_while_a_person_answers(talk: Conversation, priya: User) -> None:
    helping.take_over(talk, by=priya)

    says(talk, "STOP")

    assert fresh(talk).opted_out_at is not None


def test_a_take_over_costs_a_text_no_statement(talk: Conversation, priya: User) -> None:
    with CaptureQueriesContext(connection) as robot:
        says(talk, "hello")
    helping.take_over(talk, by=priya)
    with CaptureQueriesContext(connection) as held:
        says(talk, "hello")

    assert len(held) <= len(robot)


def test_an_answer_reaches_the_customer_once_and_the_reply_waits_for_a_person(
    talk: Conversation, priya: User, fake_twilio: FakeTwilio
) -> None:
    says(talk, "I want to talk to a person")
    assert fresh(talk).needs_since is not None

    message = helping.answer(talk, "Hi, I am Priya.  What is it?", by=priya, key="k")
    again = helping.answer(talk, "Hi, I am Priya.  What is it?", by=priya, key="k")
    deliver.call(message.pk)

    assert again == message
    assert [sent["Body"] for sent in fake_twilio.sent] == ["Hi, I am Priya. What is it?"]
    answered = fresh(talk)
    assert (answered.held, answered.needs_person, answered.needs_since) == (True, True, None)
    assert says(talk, "my coffee is cold") == ""
    assert fresh(talk).needs_since is not None


def test_only_one_person_answers(talk: Conversation, priya: User, maya: User) -> None:
    helping.take_over(talk, by=maya)

    with pytest.raises(helping.HasHelper) as refused:
        helping.answer(talk, "Hello", by=priya)
    with pytest.raises(helping.HasHelper):
        helping.claim(talk, by=priya)
    assert refused.value.helper == maya
    assert not OutboundMessage.objects.exists()

    helping.take_over(talk, by=priya)
    helping.answer(talk, "Hello", by=priya)
    assert fresh(talk).helper == priya


def test_nothing_is_sent_to_whoever_said_stop_and_nothing_empty(talk: Conversation, priya: User) -> None:
    with pytest.raises(NothingToSay):
        helping.answer(talk, "  ", by=priya)
    Conversation.objects.update(opted_out_at=timezone.now())
    with pytest.raises(Unreachable):
        helping.answer(talk, "Hello", by=priya)

    assert not OutboundMessage.objects.exists()
    assert not fresh(talk).held


def test_somebody_who_is_blocked_is_not_answered_at_this_event_and_can_be_let_in_again(
    talk: Conversation, priya: User
) -> None:
    helping.block(talk, by=priya)

    assert says(talk, "large latte") == ""
    assert not Order.objects.exists()
    assert InboundMessage.objects.get().intent == inbound.IGNORED
    assert not fresh(talk).needs_person

    helping.unblock(talk, by=priya)

    assert "latte" in says(talk, "large latte")


def test_a_failed_text_is_sent_again_once(bar: Station, talk: Conversation, priya: User) -> None:
    order = factory.ready_order(bar, talk)
    failed = OutboundMessage.objects.get()
    with pytest.raises(helping.NotFailed):
        helping.resend(failed, by=priya)
    OutboundMessage.objects.update(status=Delivery.FAILED)

    again = helping.resend(failed, by=priya)
    with pytest.raises(helping.NotFailed):
        helping.resend(failed, by=priya)

    assert (again.body, again.order, again.kind, again.status) == (failed.body, order, "ready", Delivery.QUEUED)
    assert OutboundMessage.objects.count() == 2


def test_a_ready_text_is_not_sent_again_once_the_coffee_was_collected(
    bar: Station, talk: Conversation, priya: User, fake_twilio: FakeTwilio
) -> None:
    order = factory.ready_order(bar, talk)
    OutboundMessage.objects.update(status=Delivery.FAILED)
    again = helping.resend(OutboundMessage.objects.get(), by=priya)
    lifecycle.collect(order, by=priya)

    deliver.call(again.pk)

    assert fake_twilio.sent == []


def test_what_was_not_understood_is_listed_until_the_customer_gets_on_or_somebody_has_looked(
    talk: Conversation, priya: User
) -> None:
    def stuck() -> list[str]:
        since = timezone.now() - dt.timedelta(hours=1)
        return [each.body for each in helping.last_not_understood(talk.event_id, since=since)]

    says(talk, "flurble gnax")
    assert stuck() == ["flurble gnax"]

    helping.put_aside(talk, by=priya)
    assert stuck() == []

    says(talk, "gnax flurble")
    assert stuck() == ["gnax flurble"]
    says(talk, "large latte")
    assert stuck() == []


def test_a_vip_is_marked_on_open_orders_of_this_event_and_known_elsewhere_only_there(
    bar: Station, talk: Conversation, priya: User
) -> None:
    order, closed = factory.order(bar, talk), factory.order(bar, talk)
    lifecycle.cancel(closed)

    helping.set_vip(order, vip=True, by=priya)

    order.refresh_from_db()
    talk.customer.refresh_from_db()
    assert (order.vip, order.version, talk.customer.vip) == (True, 2, True)
    assert not Order.objects.get(pk=closed.pk).vip

    elsewhere = rows.cafe()
    factory.order(elsewhere, Conversation.objects.create(event=elsewhere.event, customer=talk.customer))
    helping.set_vip(order, vip=False, by=priya)

    order.refresh_from_db()
    talk.customer.refresh_from_db()
    assert (order.vip, talk.customer.vip) == (False, True)


def test_every_act_is_audited_without_words_or_numbers(talk: Conversation, priya: User) -> None:
    helping.mark_for_person(talk, by=priya)
    helping.claim(talk, by=priya)
    helping.answer(talk, "Secret words", by=priya)
    helping.solve(talk, by=priya)
    assert helping.uncover(talk, by=priya) == talk.customer.phone

    entries = AuditEntry.objects.order_by("pk")
    assert [entry.act for entry in entries] == [
        *("marked for a person", "claimed", "answered", "solved", "uncovered a number")
    ]
    written = " ".join(f"{entry.subject} {entry.details}" for entry in entries)
    assert "Secret" not in written
    assert str(talk.customer.phone) not in written
    solved = fresh(talk)
    assert (solved.needs_person, solved.helper, solved.held) == (False, None, False)
