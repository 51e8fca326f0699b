"""Expresso stops answering an auto-responder, so that they do not answer each other forever. Persons always get an
answer."""

from __future__ import annotations

import datetime as dt
from unittest.mock import patch

import pytest
from django.utils import timezone

from orders.models import Order
from orders.tests import factory
from sms.conversation.pace import REPLIES_A_DAY, REPLIES_A_MINUTE
from sms.models import Conversation
from sms.tests.texting import known, text
from stations.models import Event, Station

TOO_MANY = "That's more texts than I can answer. Please ask at the bar, or text again later."


@pytest.fixture
def cafe(db: None) -> Station:
    return factory.cafe()


def texts(to: Event, *bodies: str, every: float = 20, start: dt.datetime | None = None) -> list[str]:
    """Send the texts with `every` seconds between them, and return the replies."""
    at, replies = start or timezone.now(), []
    for number, body in enumerate(bodies):
        with patch("sms.inbound.timezone.now", lambda n=number: at + dt.timedelta(seconds=n * every)):
            replies.append(text(to, body))
    return replies


@pytest.mark.parametrize(
    "body",
    [
        "Auto-Reply: I am driving right now",
        "I'm currently unavailable and will get back to you as soon as I can.",
        "Automatische Antwort: Ich fahre gerade.",
        "Réponse automatique : je suis en réunion.",
        "Respuesta automática: estoy conduciendo",
    ],
)
def test_auto_reply_is_not_answered_and_names_nobody(cafe: Station, body: str) -> None:
    known(cafe.event, name="")

    assert texts(cafe.event, *[body] * 40) == [""] * 40
    assert Conversation.objects.get().customer.name == ""


def test_unknown_machine_is_answered_twice_at_most(cafe: Station) -> None:
    known(cafe.event)

    replies = texts(cafe.event, *["We are closed for the season, call Betty"] * 40, every=120)

    assert sum(map(bool, replies)) == 2


def test_machine_at_its_own_pace_is_answered_once(cafe: Station) -> None:
    known(cafe.event)

    replies = texts(cafe.event, *["We are closed for the season, call Betty"] * 40, every=2)

    assert [bool(reply) for reply in replies] == [True] + [False] * 39


@pytest.mark.parametrize("asked", ["latte", "7 large lattes", "latte tomorrow"])
def test_question_is_repeated_twice_and_then_a_person_is_called_once(cafe: Station, asked: str) -> None:
    talk = known(cafe.event)
    texts(cafe.event, asked)

    replies = texts(cafe.event, *["haha", "thank you", "hmm", "haha", "lol"])

    assert [("?" in reply or "For what time" in reply, "flagged" in reply) for reply in replies] == [
        (True, False),
        (True, False),
        (False, True),
        (False, False),
        (False, False),
    ]
    assert replies[3:] == ["", ""]
    talk.refresh_from_db()
    assert talk.needs_person
    assert texts(cafe.event, "large latte please")[0]


@pytest.mark.parametrize("body", ["ok", "thanks", "haha", "yes", "hello"])
def test_small_talk_is_answered_twice_and_then_kept_in_silence(cafe: Station, body: str) -> None:
    known(cafe.event)
    texts(cafe.event, "large latte")

    assert [bool(reply) for reply in texts(cafe.event, *[body] * 4)][2:] == [False, False]
    assert not Conversation.objects.get().needs_person
    assert texts(cafe.event, "status", "status", "status")[2].startswith("A01")


def test_person_who_is_never_understood_is_handed_to_a_person(cafe: Station) -> None:
    talk = known(cafe.event)

    replies = texts(cafe.event, *[f"blorb {word} quux" for word in ("zig", "zag", "zog", "zug", "zeg")])

    assert ["flagged" in reply for reply in replies] == [False, False, True, False, False]
    assert all(replies)
    talk.refresh_from_db()
    assert talk.needs_person


def test_order_sent_twice_by_one_tap_is_one_order(cafe: Station) -> None:
    known(cafe.event)

    texts(cafe.event, "one large latte", "one large latte", every=3)

    assert Order.objects.get().cups == 1


def test_order_texted_again_by_a_person_is_taken_each_time(cafe: Station) -> None:
    known(cafe.event)

    texts(cafe.event, *["one large latte"] * 3, every=60)

    assert Order.objects.get().cups == 3


def test_phone_is_answered_so_often_a_minute_and_told_once(cafe: Station) -> None:
    known(cafe.event)
    start = timezone.now().replace(second=0, microsecond=0)

    replies = texts(cafe.event, *(f"what is {n}" for n in range(REPLIES_A_MINUTE + 3)), every=1, start=start)

    assert all(replies[:REPLIES_A_MINUTE])
    assert replies[REPLIES_A_MINUTE:] == [TOO_MANY, "", ""]
    assert texts(cafe.event, "large latte", start=start + dt.timedelta(minutes=1))[0].startswith("Got it")


def test_text_over_the_limit_orders_nothing(cafe: Station) -> None:
    known(cafe.event)
    start = timezone.now().replace(second=0, microsecond=0)
    texts(cafe.event, *(f"what is {n}" for n in range(REPLIES_A_MINUTE)), every=1, start=start)

    assert texts(cafe.event, "large latte", start=start + dt.timedelta(seconds=30)) == [TOO_MANY]
    assert not Order.objects.exists()


def test_phone_is_answered_so_often_a_day(cafe: Station) -> None:
    talk = known(cafe.event)
    now = timezone.now()
    today = int(now.timestamp() // 86_400)
    talk.state = {"pace": {"day": today, "today": REPLIES_A_DAY}}
    talk.save()

    assert texts(cafe.event, "large latte", "status", start=now) == [TOO_MANY, ""]


def test_person_who_leaves_is_heard_beyond_every_limit(cafe: Station) -> None:
    talk = known(cafe.event)
    now = timezone.now()
    talk.state = {"pace": {"day": int(now.timestamp() // 86_400), "today": REPLIES_A_DAY + 5}}
    talk.save()

    texts(cafe.event, "STOP", start=now)

    talk.refresh_from_db()
    assert talk.opted_out_at is not None
