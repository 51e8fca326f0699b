"""An event's frequent questions, such as "wifi?": texts that also contain an order, and the admin form for the
answers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from orders.parser.words import stems
from orders.tests import factory, sets
from sms.dry_run import Rehearsal
from sms.models import FrequentQuestion
from stations.models import Event, Station

ANSWERS = [("", stems(words), "WiFi: EXPO / coffee") for words in ("wifi", "wlan", "internet password")]


def talk_with_answers(*texts: str) -> tuple[str, list[str]]:
    """Send these texts. Return the reply to the last one, and the ordered cups, such as "Oat Large Latte"."""
    talk = Rehearsal(sets.menu("demo"), languages=("en", "de", "es", "fr"))
    talk.facts = replace(talk.facts, answers=lambda: ANSWERS)
    last = [talk.text(each) for each in texts][-1]
    cups = [" ".join([*(choice.option for choice in item.choices), item.drink]) for item in last.items]
    return last.reply, cups


@pytest.mark.parametrize(
    ("texts", "cups"),
    [
        (["wifi large latte"], ["Large Latte"]),
        (["my wifi is slow, large latte"], ["Large Latte"]),
        (["no wifi needed, large latte"], ["Large Latte"]),
        (["wifi. large latte"], ["Large Latte"]),
        (["large latte, do you have wifi?"], ["Large Latte"]),
        (["whats the internet password? a large latte please"], ["Large Latte"]),
        (["wifi two lattes large please"], ["Large Latte"]),
        (["wifi 2 lattes large please"], ["Large Latte"]),
        (["oat latte", "wifi? large please"], ["Oat Large Latte"]),
        (["large latte", "Sam", "wifi, and make it oat"], ["Large Oat Latte"]),
        (["wlan großer Latte"], ["Large Latte"]),
        (["wifi a large latte with oat please for Sam"], ["Large Oat Latte"]),
        (["wifi grand latte"], ["Large Latte"]),
        (["wifi latte grande"], ["Large Latte"]),
    ],
)
def test_an_order_beside_a_frequent_question_is_taken_and_both_are_answered(texts: list[str], cups: list[str]) -> None:
    reply, ordered = talk_with_answers(*texts)

    assert [sorted(cup.split()) for cup in ordered] == [sorted(cup.split()) for cup in cups]
    assert "WiFi: EXPO / coffee" in reply
    assert reply != "WiFi: EXPO / coffee"


@pytest.mark.parametrize(
    "said",
    [
        "do you have wifi, oat milk and lattes?",
        "is the wifi better than the coffee",
        "wifi for the latte bar",
        "wifi near the coffee?",
        "wifi, and where is room 3",
        "wifi coffee machine broken",
    ],
)
def test_a_frequent_question_that_only_names_a_drink_orders_none(said: str) -> None:
    assert talk_with_answers(said) == ("WiFi: EXPO / coffee", [])


def test_an_answer_without_a_full_stop_ends_its_line() -> None:
    reply, _ = talk_with_answers("wifi large latte")

    assert reply.endswith("WiFi: EXPO / coffee\nWhat name for the cup?")


@pytest.fixture
def cafe(db: None) -> Station:
    return factory.cafe()


def added(client: Client, event: Event, **fields: str) -> Any:
    given = {"event": event.pk, "language": "", "words": "wifi, wi-fi", "answer": "Guest"} | fields
    return client.post(reverse("admin:sms_frequentquestion_add"), given)


def errors(page: Any) -> dict[str, list[str]]:
    return {} if page.status_code == 302 else dict(page.context["adminform"].form.errors)


@pytest.mark.parametrize("words", ["the", "wifi, the", "please", "where is the", "das", "où", "el", "do you"])
def test_words_that_many_texts_have_are_refused(admin_client: Client, cafe: Station, words: str) -> None:
    said = (
        f"“{words.removeprefix('wifi, ')}” is in many texts. Write a word that only this question has, such as “wifi”."
    )

    assert errors(added(admin_client, cafe.event, words=words)) == {"words": [said]}


@pytest.mark.parametrize("words", ["where is the wifi", "vegan", "room", "toilets, the loo"])
def test_words_of_a_question_are_accepted(admin_client: Client, cafe: Station, words: str) -> None:
    assert errors(added(admin_client, cafe.event, words=words)) == {}


def test_a_second_answer_to_the_same_words_is_refused(admin_client: Client, cafe: Station) -> None:
    other = factory.cafe(slug="other").event
    assert errors(added(admin_client, cafe.event, answer="Guest")) == {}

    again = errors(added(admin_client, cafe.event, words="toilets, WIFI", answer="Other"))

    assert again == {
        "words": ["“WIFI” is answered already: “Guest” Change that answer, or leave this word out."],
    }
    assert errors(added(admin_client, cafe.event, words="wifi", language="en")) == {}
    assert errors(added(admin_client, other, words="wifi")) == {}


def test_an_answer_is_changed_without_being_its_own_duplicate(admin_client: Client, cafe: Station) -> None:
    added(admin_client, cafe.event)
    row = FrequentQuestion.objects.get()

    page = admin_client.post(
        reverse("admin:sms_frequentquestion_change", args=[row.pk]),
        {"event": cafe.event.pk, "language": "", "words": "wifi, wi-fi, wlan, wifi", "answer": "Guest"},
    )

    row.refresh_from_db()
    assert (page.status_code, row.words) == (302, "wifi, wi-fi, wlan")


def test_a_language_that_the_event_does_not_answer_in_is_refused(admin_client: Client, cafe: Station) -> None:
    cafe.event.languages = ["en", "de"]
    cafe.event.save()

    said = (
        f"{cafe.event.name} answers only in: English, Deutsch. Choose one of these, or add the language to the event."
    )
    assert errors(added(admin_client, cafe.event, language="fr")) == {"language": [said]}
    assert errors(added(admin_client, cafe.event, language="de")) == {}
