"""The question "How was it?" after an order: who is asked, which texts count as ratings, and what is stored."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import Customer, Role
from orders import lifecycle
from orders.models import Order
from orders.statuses import Status
from orders.tests import factory
from sms import delivery
from sms.models import Conversation, Delivery, Feedback, InboundMessage, OutboundMessage
from sms.ratings import judges, score_in
from sms.tests.texting import text
from stations.models import Event

Kind = OutboundMessage.Kind
ASKED = "How was your large latte? A number from 1 to 5, or a few words, would help us. No need to, of course."


@pytest.fixture
def event(db: None) -> Event:
    return factory.cafe(ask_feedback=True).event


def fetched(at: Event, words: str = "large latte for Sam", **fields: Any) -> Order:
    """Order by text, make the order ready, and mark it collected."""
    text(at, words, **fields)
    return fetch(Order.objects.latest("pk"))


def fetch(order: Order) -> Order:
    lifecycle.mark_ready(order, by=None)
    return lifecycle.collect(order, by=None)


def questions() -> list[OutboundMessage]:
    return list(OutboundMessage.objects.filter(kind=Kind.FEEDBACK).order_by("pk"))


def asked(at: Event, *, ago: dt.timedelta = dt.timedelta(minutes=1)) -> Order:
    """Return a collected order whose customer was asked for a rating some time ago."""
    order = fetched(at)
    OutboundMessage.objects.filter(kind=Kind.FEEDBACK).update(
        status=Delivery.SENT, sid="SMQ", sent_at=timezone.now() - ago
    )
    return order


def told() -> tuple[int | None, str] | None:
    row = Feedback.objects.exclude(answered_at=None).first()
    return (row.score, row.words) if row else None


# Asking for a rating --------------------------------------------------------------------------------


def test_whoever_fetched_an_order_is_asked_a_while_later(event: Event) -> None:
    order = fetched(event)

    (question,) = questions()
    assert (question.body, question.order, question.talk.customer) == (ASKED, order, order.customer)
    assert question.expires_at - question.created_at == dt.timedelta(minutes=25)


def test_nobody_is_asked_where_the_event_does_not_want_it(db: None) -> None:
    fetched(factory.cafe().event)

    assert (questions(), Feedback.objects.exists()) == ([], False)


def test_one_is_asked_once_a_day_of_the_event(event: Event) -> None:
    fetched(event)
    fetched(event, "large tea")
    fetched(event, "large mocha", sender="+15550200002")
    assert len(questions()) == 2

    yesterday = event.local(timezone.now()).date() - dt.timedelta(days=1)
    Feedback.objects.update(day=yesterday)
    fetched(event, "large tea")

    assert len(questions()) == 3


def test_sms_and_whatsapp_of_one_customer_are_asked_once(event: Event) -> None:
    event.whatsapp_number = "+15550190001"
    event.save()
    fetched(event)
    fetched(event, "large tea", carrier="whatsapp")

    assert len(questions()) == 1


def test_walk_in_is_not_asked(event: Event) -> None:
    order = factory.order(event.stations.get(), customer=Customer.objects.create(name="Sam"))

    fetch(order)

    assert (questions(), Feedback.objects.exists()) == ([], False)


def test_an_order_that_was_put_back_is_not_asked_about_and_the_text_is_sent_once_it_is_fetched(event: Event) -> None:
    order = fetched(event)
    (question,) = questions()

    order = lifecycle.undo(order, by=None)
    assert not delivery.is_true(OutboundMessage.objects.get(pk=question.pk))
    lifecycle.collect(order, by=None)

    assert delivery.is_true(OutboundMessage.objects.get(pk=question.pk))
    assert len(questions()) == 1


def test_a_question_that_does_not_arrive_asks_nobody_to_call_a_name(event: Event) -> None:
    order = fetched(event)
    (question,) = questions()

    delivery.advance(question, to=Delivery.FAILED, error_code=30003)

    order.refresh_from_db()
    assert (order.call_name, order.status) == (False, Status.COLLECTED)


@pytest.mark.django_db(transaction=True)
def test_two_cups_fetched_at_once_ask_once() -> None:
    event = factory.cafe(ask_feedback=True).event
    text(event, "large latte for Sam")
    text(event, "large tea")
    orders = [lifecycle.mark_ready(order, by=None) for order in Order.objects.order_by("pk")]

    def collect(order: Order) -> None:
        try:
            lifecycle.collect(order, by=None)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(collect, orders))

    assert set(Order.objects.values_list("status", flat=True)) == {Status.COLLECTED}
    assert len(questions()) == 1


# Ratings by text ------------------------------------------------------------------------------------


THANKS = "Thank you for telling us!"
SORRY = "Thank you for telling us, and sorry that it wasn't better. PERSON if we may put it right."
FLAGGED = "Thanks for telling us. I've flagged this for the team; for anything urgent, please ask at the bar."


@pytest.mark.parametrize(
    ("answer", "kept", "reply"),
    [
        ("5", (5, ""), THANKS),
        ("4!", (4, ""), THANKS),
        ("five", (5, ""), THANKS),
        ("5/5", (5, ""), THANKS),
        ("8/10", (4, ""), THANKS),
        ("⭐⭐⭐", (3, ""), THANKS),
        ("2", (2, ""), SORRY),
        ("3 - a bit bitter", (3, "3 - a bit bitter"), THANKS),
        ("great", (None, "great"), THANKS),
        ("meh", (None, "meh"), THANKS),
        ("👍", (None, "👍"), THANKS),
        ("thanks, it was lovely", (None, "thanks, it was lovely"), THANKS),
        ("Best mocha ever!", (None, "Best mocha ever!"), THANKS),
        ("loved the oat latte", (None, "loved the oat latte"), THANKS),
        ("too cold", (None, "too cold"), FLAGGED),
        ("1 - disgusting", (1, "1 - disgusting"), FLAGGED),
        ("the latte was burnt", (None, "the latte was burnt"), FLAGGED),
    ],
)
def test_a_number_or_words_are_the_answer(event: Event, answer: str, kept: tuple[int | None, str], reply: str) -> None:
    order = asked(event)

    assert text(event, answer) == reply

    assert told() == kept
    assert Order.objects.count() == 1
    row = Feedback.objects.get()
    assert (row.order, row.customer) == (order, order.customer)
    message = InboundMessage.objects.latest("pk")
    assert (message.intent, message.unknown) == ("feedback", [])
    assert Conversation.objects.get().needs_person == (reply == FLAGGED)


@pytest.mark.parametrize(
    ("words", "begins"),
    [
        ("large tea", "Got it: large tea"),
        ("another lovely large latte please", "Got it: large latte"),
        ("2 large teas", "Got it: 2x large tea"),
        ("status", "An order now would be ready"),
        ("menu", "Coffee: latte, mocha."),
        ("thanks", "You're welcome!"),
        ("a bagel please", "No bagel, sorry."),
        ("PERSON", "Thanks for telling us. I've flagged this"),
        ("what milks do you have?", "Milk: full cream"),
        ("no", "You're welcome!"),
    ],
)
def test_what_says_something_else_is_no_answer(event: Event, words: str, begins: str) -> None:
    asked(event)

    assert text(event, words).startswith(begins)

    assert told() is None
    # A later rating is still accepted, because the question is still open.
    assert text(event, "it was great") == THANKS


def test_an_answer_is_taken_once(event: Event) -> None:
    asked(event)
    text(event, "5")

    assert text(event, "4").startswith("Sorry, I didn't get that.")

    assert told() == (5, "")


@pytest.mark.parametrize(("minutes", "taken"), [(119, True), (121, False)])
def test_an_answer_is_taken_for_two_hours(event: Event, minutes: int, taken: bool) -> None:
    asked(event, ago=dt.timedelta(minutes=minutes))

    text(event, "5")

    assert (told() is not None) == taken


def test_nothing_is_an_answer_before_the_question_went_out(event: Event) -> None:
    fetched(event)

    assert text(event, "5").startswith("Sorry, I didn't get that.")
    assert told() is None


def test_another_customers_number_is_not_the_answer(event: Event) -> None:
    asked(event)

    text(event, "5", sender="+15550200002")

    assert told() is None


def test_an_order_that_lacks_an_answer_comes_first(event: Event) -> None:
    asked(event)
    text(event, "latte")

    assert text(event, "large").startswith("Got it: large latte")
    assert told() is None


def test_a_number_makes_no_five_lattes_of_another_order_unless_it_is_texted_after_that_one(event: Event) -> None:
    asked(event)
    OutboundMessage.objects.filter(kind=Kind.FEEDBACK).update(sent_at=timezone.now() - dt.timedelta(minutes=1))
    text(event, "large tea")
    assert text(event, "2").startswith("Changed: 2x large tea")

    OutboundMessage.objects.filter(kind=Kind.FEEDBACK).update(sent_at=timezone.now() + dt.timedelta(seconds=1))

    assert text(event, "5") == THANKS
    assert told() == (5, "")


def test_a_name_is_not_asked_for_any_more_once_how_it_was_is(event: Event) -> None:
    text(event, "large latte")
    order = fetch(Order.objects.get())
    sent_at = timezone.now() + dt.timedelta(seconds=1)
    OutboundMessage.objects.filter(order=order, kind=Kind.FEEDBACK).update(sent_at=sent_at, status=Delivery.SENT)

    assert text(event, "perfect") == THANKS
    assert told() == (None, "perfect")


def test_words_too_long_to_keep_are_kept_as_far_as_there_is_room(event: Event) -> None:
    asked(event)

    text(event, "it was great " * 60)

    assert told() == (None, ("it was great " * 60)[:500].rstrip())


def test_whoever_is_forgotten_leaves_a_number_and_no_words(event: Event) -> None:
    asked(event)
    text(event, "4 - it was lovely, said Tarzan")
    assert told() == (4, "4 - it was lovely, said Tarzan")

    text(event, "FORGET ME")

    row = Feedback.objects.get()
    assert (row.customer, row.score, row.words) == (None, 4, "")


def test_where_nothing_is_asked_a_text_takes_no_query_more(event: Event) -> None:
    Event.objects.update(ask_feedback=False)
    text(event, "hi")

    with CaptureQueriesContext(connection) as captured:
        text(event, "hi")

    assert not any("feedback" in query["sql"] and "ask_feedback" not in query["sql"] for query in captured)


# Distinguishing ratings from orders -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "score"),
    [
        *(("5", 5), ("4/5", 4), ("4 stars", 4), ("5 von 5", 5), ("drei", 3), ("★★", 2), ("10/10", 5), ("0/10", 1)),
        *(("12", None), ("4.5", None), ("1/2", None), ("2024", None), ("great", None), ("", None), ("0", None)),
    ],
)
def test_a_score_is_one_to_five(words: str, score: int | None) -> None:
    assert score_in(words) == score


@pytest.mark.parametrize(
    "words",
    [
        "lovely coffee", "a bit weak", "Was super!", "war lecker", "viel zu süß", "Schmeckt gut", "estaba muy rico",
        "demasiado frío", "c'était délicieux", "trop amer", "not bad",
    ],
)  # fmt: skip
def test_praise_and_blame_are_told_in_four_languages(words: str) -> None:
    assert judges(words)


@pytest.mark.parametrize(
    "words",
    [
        "large latte", "another lovely latte please", "a good strong latte", "2 good lattes", "is it good?",
        "noch einen leckeren Latte bitte", "otro café rico por favor", "encore un bon café", "",
    ],
)  # fmt: skip
def test_whoever_asks_for_something_does_not_judge(words: str) -> None:
    assert not judges(words)


# Ratings in the admin -------------------------------------------------------------------------------


def test_organizers_read_what_was_answered_and_nobody_else_does(event: Event, client: Client) -> None:
    asked(event)
    fetched(event, "large tea", sender="+15550200002")
    text(event, "5, lovely")
    page = reverse("admin:sms_feedback_changelist")
    client.force_login(factory.user("olivia", Role.ORGANIZER), backend="django.contrib.auth.backends.ModelBackend")

    rows = client.get(page).context["cl"].result_list

    assert [(row.score, row.words) for row in rows] == [(5, "5, lovely")]
    assert client.post(reverse("admin:sms_feedback_delete", args=[rows[0].pk]), {"post": "yes"}).status_code == 403
    client.force_login(factory.user("sue", Role.SUPPORT), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(page).status_code == 302
