"""Orders by text for a later time, in four languages: placed, listed, changed and refused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from unittest.mock import patch

import pytest

from orders.models import Order
from orders.tests import factory
from sms.tests.texting import text
from stations.models import Event

pytestmark = pytest.mark.django_db

#: Eight o'clock in Berlin on a Monday, in UTC.
EIGHT = dt.datetime(2026, 6, 1, 6, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _at_eight() -> Iterator[None]:
    with patch("django.utils.timezone.now", return_value=EIGHT):
        yield


@pytest.fixture
def event() -> Event:
    hours = {"opens_at": dt.time(7), "closes_at": dt.time(18)}
    return factory.cafe(time_zone="Europe/Berlin", languages=["en", "de", "es", "fr"], **hours).event


@pytest.mark.parametrize(
    ("words", "minutes"),
    [
        ("large latte tomorrow 7:30am", 23 * 60 + 30),
        ("large latte, not now, in half an hour", 30),
        ("large latte for 9:15", 75),
        ("large latte, make it in 20 minutes", 20),
        ("can I get a large latte in about 20 minutes", 20),
        ("Latte large bitte in ca. 20 Minuten", 20),
        ("un latte large en unos 20 minutos", 20),
        ("un latte large dans environ 20 minutes", 20),
        ("large latte by 3pm please", 7 * 60),
        ("Large Latte morgen um 7 Uhr", 23 * 60),
        ("Large Latte, nicht jetzt, in einer halben Stunde", 30),
        ("Large Latte für 9:15", 75),
        ("Large Latte um halb zehn", 90),
        ("latte large mañana a las 7", 23 * 60),
        ("latte large, ahora no, en media hora", 30),
        ("latte large para las 9:15", 75),
        ("latte large en 20 minutos", 20),
        ("latte large demain à 7h", 23 * 60),
        ("latte large, pas maintenant, dans une demi-heure", 30),
        ("latte large pour 9h15", 75),
        ("latte large dans 20 minutes", 20),
        ("large latte at noon", 4 * 60),
        ("Large Latte heute Mittag", 4 * 60),
        ("latte large à midi", 4 * 60),
        ("latte large al mediodía", 4 * 60),
    ],
)
def test_an_order_is_taken_for_the_time_that_the_text_names(event: Event, words: str, minutes: int) -> None:
    text(event, words)

    order = Order.objects.get()
    assert order.wanted_at == EIGHT + dt.timedelta(minutes=minutes)
    assert order.held
    assert [(item.drink_name, item.quantity) for item in order.items.all()] == [("Latte", 1)]
    assert order.note == ""


@pytest.mark.parametrize("words", ["latte for 2", "Guten Morgen, 2 Latte", "oat latte for booth 7", "2 lattes"])
def test_a_number_alone_is_no_time(event: Event, words: str) -> None:
    text(event, f"large {words}")

    assert not Order.objects.filter(wanted_at__isnull=False).exists()


def test_the_time_is_told_changed_and_dropped_by_text(event: Event) -> None:
    told = [
        text(event, words)
        for words in ("large latte for 9:15 for Sam", "status", "make it in 20 minutes", "now", "cancel")
    ]

    assert told[0] == "Got it: large latte (A01), ready at 09:15."
    assert told[1] == "A01 (large latte) is for 09:15, at Bar 1. We make it in time."
    assert told[2] == "Changed: large latte (A01), ready at 08:20."
    assert told[3] == "Changed: large latte (A01), ready in 1-4 min."
    assert told[4] == "OK, dropped: large latte (A01)."


@pytest.mark.parametrize(
    ("back_in", "reply"),
    [
        (30, "Changed: large oat latte (A01), ready at 09:15."),
        (90, "Sorry, no oat right now."),
    ],
)
def test_a_change_takes_what_is_back_by_then(event: Event, back_in: int, reply: str) -> None:
    bar, back = event.stations.get(), EIGHT + dt.timedelta(minutes=back_in)
    text(event, "large latte for 9:15 for Sam")
    factory.cannot_make(bar, option="Oat", until=back)

    assert text(event, "with oat milk").startswith(reply)


def test_an_order_that_is_too_large_for_any_time_is_told_the_largest_size(event: Event) -> None:
    Event.objects.update(max_drinks_per_window=2)

    reply = text(event, "3 large lattes for 9:15")

    assert reply == "We can take 2 drinks per order at most. Please text a smaller order."


def test_a_change_is_taken_while_the_bar_pauses_until_then(event: Event) -> None:
    text(event, "large latte for 9:15 for Sam")
    event.stations.update(paused_until=EIGHT + dt.timedelta(minutes=30))

    assert text(event, "make it small") == "Changed: small latte (A01), ready at 09:15."


def test_a_time_alone_waits_for_its_drink(event: Event) -> None:
    assert text(event, "not now, in half an hour") == "Which drink: latte, mocha or tea?"
    text(event, "large latte")

    assert Order.objects.get().wanted_at == EIGHT + dt.timedelta(minutes=30)


def test_a_drink_for_another_time_is_an_order_of_its_own(event: Event) -> None:
    text(event, "large latte for Sam")
    text(event, "large mocha at 10")

    now, later = Order.objects.order_by("pk")
    assert (now.held, later.held) == (False, True)


@pytest.mark.parametrize(
    ("words", "minutes"),
    [
        ("large latte at 7:30 for Kim tomorrow", 23 * 60 + 30),
        ("large latte on Tuesday at 7", 23 * 60),
        ("large latte at 10 to 10", 110),
        ("large latte quarter past 9 please", 75),
        ("Guten Morgen, Latte large um viertel nach neun", 75),
        ("Latte, large, am Dienstag um 7", 23 * 60),
        ("latte large a las nueve y cuarto", 75),
        ("latte large el martes a las 7", 23 * 60),
        ("latte large à 9h et quart", 75),
        ("latte large mardi à 7h", 23 * 60),
    ],
)
def test_days_and_times_are_understood_wherever_they_stand(event: Event, words: str, minutes: int) -> None:
    text(event, words)

    order = Order.objects.get()
    assert order.wanted_at == EIGHT + dt.timedelta(minutes=minutes)
    assert [(item.drink_name, item.quantity) for item in order.items.all()] == [("Latte", 1)]


@pytest.mark.parametrize(
    ("words", "asked", "answer"),
    [
        ("large latte tomorrow", "For what time? Text one, such as '9:15' or 'in 20 minutes'.", "7:30"),
        ("large latte later", "For what time? Text one, such as '9:15' or 'in 20 minutes'.", "tomorrow 7.30 am"),
        ("large latte on Tuesday", "For what time? Text one, such as '9:15' or 'in 20 minutes'.", "at half past 7"),
        ("Latte large, morgen früh bitte", "Für wann? Schreib eine Zeit, etwa '9:15' oder 'in 20 Minuten'.", "um 7:30"),
        ("latte large mañana por favor", "¿Para qué hora? Escribe una, como '9:15' o 'en 20 minutos'.", "7:30"),
        (
            "un latte large demain matin",
            "Pour quelle heure ? Écrivez-en une, comme",
            "7h30",
        ),
    ],
)
def test_a_day_without_a_time_is_asked_for_its_time(event: Event, words: str, asked: str, answer: str) -> None:
    assert text(event, words).startswith(asked)
    assert not Order.objects.exists()

    text(event, answer)

    assert Order.objects.get().wanted_at == EIGHT + dt.timedelta(hours=23, minutes=30)


def test_the_question_for_the_time_is_answered_by_now(event: Event) -> None:
    text(event, "latte tomorrow")
    assert text(event, "large").startswith("For what time?")

    text(event, "now please")

    order = Order.objects.get()
    assert (order.wanted_at, order.held) == (None, False)


@pytest.mark.parametrize(
    "words",
    [
        "large latte last night",
        "large latte yesterday",
        "Latte large gestern",
        "latte large ayer",
        "latte large hier soir",
    ],
)
def test_an_order_for_a_day_that_is_over_is_refused(event: Event, words: str) -> None:
    said = ("That time is over.", "Diese Zeit ist vorbei.", "Esa hora ya pas", "Cette heure est passée.")

    assert text(event, words).startswith(said)
    assert not Order.objects.exists()


def test_what_was_ordered_yesterday_is_no_time(event: Event) -> None:
    assert "is over" not in text(event, "yesterday's large latte was great")
    assert text(event, "the same as yesterday at 9") == text(event, "usual")
    assert text(event, "ein Latte, large, hier bitte").startswith("Notiert: ")


@pytest.mark.parametrize("hours", [0, 1])
def test_a_time_within_the_hour_that_clocks_repeat_is_the_next_one(event: Event, hours: int) -> None:
    """On 25 October 2026 clocks in Berlin show 02:00 to 03:00 twice. The customer texts at the first or at the second
    02:40. "At 2:50" is then in ten minutes, and "at 2:30" is the second 02:30 or, after this, 14:30."""
    Event.objects.update(opens_at=None, closes_at=None)
    now = dt.datetime(2026, 10, 25, 0, 40, tzinfo=dt.UTC) + dt.timedelta(hours=hours)
    with patch("django.utils.timezone.now", return_value=now):
        text(event, "large latte at 2:50")
        text(event, "large latte at 2:30 as a separate order")

    soon, again = Order.objects.order_by("pk")
    assert soon.wanted_at == now + dt.timedelta(minutes=10)
    assert again.wanted_at == now + (dt.timedelta(minutes=50) if hours == 0 else dt.timedelta(hours=11, minutes=50))


@pytest.mark.parametrize(
    ("words", "reply"),
    [
        ("large latte yesterday at 9", "09:00 on 31.05. is over. Please text a later time, such as 'in 20 minutes'."),
        ("large latte 10 minutes ago", "07:50 is over. Please text a later time, such as 'in 20 minutes'."),
        (
            "large latte next week",
            "I can take orders up to 08:00 tomorrow. Please text an earlier time, or order again later.",
        ),
        (
            "large latte the day after tomorrow at 9",
            "I can take orders up to 08:00 tomorrow. Please text an earlier time, or order again later.",
        ),
        (
            "large latte on friday at 9",
            "I can take orders up to 08:00 tomorrow. Please text an earlier time, or order again later.",
        ),
        ("large latte at 19:00", "We take no orders for 19:00. Please text a time from 07:00 tomorrow on."),
        ("large latte at 07:30", "07:30 is over. Please text a later time, such as 'in 20 minutes'."),
        (
            "large latte in 3 days",
            "I can take orders up to 08:00 tomorrow. Please text an earlier time, or order again later.",
        ),
        (
            "large latte tomorrow at 2pm",
            "I can take orders up to 08:00 tomorrow. Please text an earlier time, or order again later.",
        ),
    ],
)
def test_what_cannot_be_is_refused_in_words(event: Event, words: str, reply: str) -> None:
    assert text(event, words) == reply
    assert not Order.objects.exists()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("large latte for 9:15", "We take orders for now only. Please text your order again without a time"),
        ("Large Latte für 9:15", "Wir nehmen nur Bestellungen für jetzt an"),
        ("latte large para las 9:15", "Solo tomamos pedidos para ahora"),
        ("latte large pour 9h15", "Nous ne prenons que des commandes pour tout de suite"),
    ],
)
def test_a_time_is_refused_where_orders_are_for_now_only(event: Event, words: str, sentence: str) -> None:
    Event.objects.update(features=[])

    reply = text(event, words)

    assert sentence in reply
    assert not Order.objects.exists()
