"""An event's own wording of sentences: what customers read, which wordings are refused, and the page for editing
them."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import gettext, override
from playwright.sync_api import Page
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from accounts.models import AuditEntry, Customer, Role, User
from orders import lifecycle
from orders.models import Order
from orders.tests import factory
from sms.models import OutboundMessage, Wording
from sms.replies.gsm7 import plain
from sms.rewording.limits import OwnSentence, measure_text, opt_out_in
from sms.segments import segments
from sms.tests.texting import PHONE, text
from sms.wording.lookup import wording_of
from sms.wording.sentences import SENTENCES, Sentence, placeholders
from stations.models import Event, Station
from tests import catalogs
from tests.forms import send

PLACED = SENTENCES["placed"]


@pytest.fixture
def cafe(db: None) -> Station:
    return factory.cafe()


@pytest.fixture
def event(cafe: Station) -> Event:
    return cafe.event


def own(at: Event, key: str, words: str, language: str = "en") -> Wording:
    return Wording.objects.create(event=at, key=key, language=language, text=words)


# What customers read --------------------------------------------------------------------------------


def msgids() -> set[str]:
    return {sentence for said in catalogs.said() for sentence in (said.one, said.many)}


@pytest.mark.parametrize("sentence", SENTENCES.values(), ids=lambda each: each.key)
def test_every_sentence_that_can_be_changed_is_one_that_is_said(sentence: Sentence) -> None:
    assert {sentence.standard, sentence.plural} - {""} <= msgids()


def test_an_events_own_sentence_is_said_there_and_only_there(event: Event) -> None:
    elsewhere = factory.cafe().event
    own(event, "placed", "On it! {items} is {code}, {wait}.")

    assert text(event, "large latte for Sam") == "On it! large latte is A01, ready in 1-4 min."
    assert text(elsewhere, "large latte for Sam") == "Got it: large latte (A01), ready in 1-4 min."


def test_a_sentence_is_said_as_it_was_saved_last_and_as_standard_once_it_is_deleted(event: Event) -> None:
    row = own(event, "thanks", "Any time!")
    assert text(event, "thanks") == "Any time!"
    row.text = "Enjoy!"
    row.save()
    assert text(event, "thanks") == "Enjoy!"
    row.delete()

    # Let another customer send "thanks", because the third "thanks" of one customer in a row gets no reply.
    assert text(event, "thanks", sender="+15550199888") == "You're welcome!"


def test_a_sentence_is_said_to_whoever_speaks_its_language(event: Event) -> None:
    Event.objects.filter(pk=event.pk).update(languages=["en", "de"])
    own(event, "thanks", "Any time!")
    own(event, "thanks", "Immer gern!", "de")
    Customer.objects.create(phone=PHONE, language="de")

    assert text(event, "thanks", sender="+15550200009") == "Any time!"
    assert text(event, "thanks") == "Immer gern!"


def test_texts_that_expresso_starts_are_in_the_events_words_too(event: Event) -> None:
    own(event, "ready", "come to {station}, your {items} wait ({code})!")
    text(event, "large latte for Sam")
    order = Order.objects.get()

    lifecycle.mark_ready(order, by=None)

    said = f"Sam, come to Bar 1, your large latte wait ({order.code})!"
    assert OutboundMessage.objects.get().body == said


def test_one_own_sentence_says_it_for_one_and_for_many(event: Event) -> None:
    own(event, "ready", "come to {station}, your {items} wait ({code})!")
    text(event, "2 large lattes for Sam")

    lifecycle.mark_ready(Order.objects.get(), by=None)

    assert OutboundMessage.objects.get().body.startswith("Sam, come to Bar 1, your 2x large latte wait")


def test_a_sentence_that_a_later_version_cannot_fill_is_said_as_standard(event: Event) -> None:
    own(event, "thanks", "You're welcome, {name}!")
    own(event, "price", "All for free {")
    own(event, "no_longer_said", "Gone")

    assert text(event, "thanks") == "You're welcome!"
    assert wording_of(event) == {}


@pytest.mark.parametrize("worded", [False, True])
def test_a_text_takes_no_query_more(event: Event, worded: bool) -> None:
    if worded:
        own(event, "thanks", "Any time!")
        event.refresh_from_db()
    text(event, "thanks")

    with CaptureQueriesContext(connection) as captured:
        text(event, "thanks")

    assert not any("sms_wording" in query["sql"] for query in captured)


# Refused sentences ----------------------------------------------------------------------------------


def faults(event: Event, key: str, words: str) -> list[str]:
    return list(OwnSentence.of(SENTENCES[key], event, "en").faults(words))


def test_the_standard_sentences_may_be_said(event: Event) -> None:
    for language, _name in settings.LANGUAGES:
        for sentence in SENTENCES.values():
            draft = OwnSentence.of(sentence, event, language)
            assert list(draft.faults(draft.standard)) == [], (language, sentence.key)


@pytest.mark.parametrize(
    ("key", "words", "said"),
    [
        ("placed", "Got it: {items} ({code}).", "{wait} is missing, and customers need it; put it in."),
        ("placed", "In!", "{code}, {items}, {wait} is missing, and customers need it; put it in."),
        ("thanks", "You're welcome, {name}!", "Nothing is known for {name} here; leave it out."),
        ("placed", "{items} {code} {wait} {items.__class__}", "A brace is open, or holds more than a name;"),
        ("placed", "{items!r} {code} {wait}", "A brace is open, or holds more than a name;"),
        ("placed", "{items:>90} {code} {wait}", "A brace is open, or holds more than a name;"),
        ("placed", "{} {items} {code} {wait}", "A brace is open, or holds more than a name;"),
        ("thanks", "Welcome {", "A brace is open, or holds more than a name;"),
        ("thanks", "Text STOP to leave.", "Who texts STOP gets no more texts from this number,"),
        ("thanks", "Welcome! CANCEL drops it.", "Who texts CANCEL gets no more texts from this number,"),
        ("thanks", "Reply “end” when you are done.", "Who texts END gets no more texts from this number,"),
        ("thanks", "just text cancel", "Who texts CANCEL gets no more texts from this number,"),
        ("thanks", "Enjoy! ☕", "☕ cannot be sent; leave it out."),
        ("thanks", "a" * 161, "With the longest names this takes 2 texts, and 1 at most; shorten it."),
        ("thanks", "Ω" * 71 + "Ж", "With the longest names this takes 2 texts, and 1 at most; shorten it."),
        ("named", "{name}" + "a" * 122, "With the longest names this takes 2 texts, and 1 at most; shorten it."),
    ],
)
def test_what_cannot_be_said_is_refused_with_what_to_do(event: Event, key: str, words: str, said: str) -> None:
    (fault,) = faults(event, key, words)

    assert fault.startswith(said)


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("thanks", "We stop at the end of the day; cancelled talks are on the board."),
        ("thanks", "a" * 160),
        ("named", "{name}" + "a" * 121),
        ("help", "Text what you like to drink. DROP if not."),
        ("thanks", "It’s “our” pleasure – really…"),
    ],
)
def test_what_can_be_said_is_not_refused(event: Event, key: str, words: str) -> None:
    assert faults(event, key, words) == []


def test_the_longest_are_the_events_own(event: Event, cafe: Station) -> None:
    words = "{items} is in ({code}), {wait}." + "a" * 110
    assert faults(event, "placed", words) == []
    cafe.name = "The coffee bar on the second floor, left"
    cafe.save()
    drink = event.drinks.get(name="Mocha")
    drink.name = "Iced white chocolate and hazelnut mocha"
    drink.save()
    event.refresh_from_db()

    assert len(faults(event, "placed", words)) == 1
    assert OwnSentence.of(SENTENCES["ready"], event, "en").longest["station"] == cafe.name


@pytest.mark.parametrize("key", SENTENCES)
def test_a_sentence_that_is_not_refused_is_sent_in_as_many_texts(event: Event, key: str) -> None:
    """With the longest names, a sentence that fills one SMS segment is allowed and takes one. A sentence that takes
    more than `most` segments is refused."""
    draft = OwnSentence.of(SENTENCES[key], event, "en")
    needed = " ".join(f"{{{name}}}" for name in sorted(draft.sentence.placeholders))
    room = 160 - measure_text(draft.at_worst(needed)).units
    words = needed + "." * room

    assert list(draft.faults(words)) == []
    assert segments(plain(draft.at_worst(words))) == 1
    assert list(draft.faults(words + "." * 153 * (draft.most - 1) + ".")) != []


def test_placeholders_are_names_alone() -> None:
    assert placeholders("a {b} {{c}} {d}") == {"b", "d"}
    assert [opt_out_in(each) for each in ("Unsubscribed? No.", "'quit'", "text: revoke")] == ["", "QUIT", "REVOKE"]


# The admin page -------------------------------------------------------------------------------------

SENTENCES_PAGE = "admin:sms_sentences"
ADD = "admin:sms_wording_add"


def add_page(event: Event, key: str, language: str = "en") -> str:
    return f"{reverse(ADD)}?event={event.pk}&key={key}&language={language}"


def errors_of(answer: Any) -> list[str]:
    assert answer.status_code == 200
    return [str(fault) for fault in answer.context["adminform"].form.errors.get("text", [])]


def test_all_sentences_stand_on_one_page_standard_and_own(client: Client, event: Event, organizer: User) -> None:
    row = own(event, "thanks", "Any time!")

    page = client.get(reverse(SENTENCES_PAGE), {"event": event.slug})

    said = {sentence.key: (standard, mine) for sentence, standard, mine in page.context["said"]}
    assert said["thanks"] == ("You're welcome!", row)
    assert said["placed"] == ("Got it: {items} ({code}), {wait}.", None)
    assert set(said) == set(SENTENCES)


def test_standards_stand_there_in_the_language_that_is_chosen(
    client: Client, event: Event, organizer: User, settings: Settings
) -> None:
    settings.LANGUAGES = [("en", "English"), ("de", "Deutsch"), ("fr", "Français")]
    Event.objects.filter(pk=event.pk).update(languages=["en", "de"])

    page = client.get(reverse(SENTENCES_PAGE), {"event": event.slug, "language": "de"})

    with override("de"):
        german = gettext("You're welcome!")
    assert {sentence.key: standard for sentence, standard, _own in page.context["said"]}["thanks"] == german
    # A language in which the event does not answer cannot be chosen.
    other = client.get(reverse(SENTENCES_PAGE), {"event": event.slug, "language": "fr"})
    assert (other.context["language"], list(other.context["languages"])) == ("en", ["en", "de"])


def test_a_sentence_is_written_said_and_audited(client: Client, event: Event, organizer: User) -> None:
    page = add_page(event, "placed")
    assert "Got it: {items} ({code}), {wait}." in client.get(page).content.decode()

    send(client, page, text=" It’s on:  {items} ({code}), {wait}. ")

    assert text(event, "large latte for Sam") == "It's on: large latte (A01), ready in 1-4 min."
    entry = AuditEntry.objects.get()
    assert (entry.by, entry.act, entry.subject) == (organizer, "added", "wording placed (en)")


def test_a_sentence_that_has_words_is_changed(client: Client, event: Event, organizer: User) -> None:
    row = own(event, "thanks", "Any time!")
    change = reverse("admin:sms_wording_change", args=[row.pk])

    assert client.get(add_page(event, "thanks")).headers["Location"] == change
    send(client, change, text="Enjoy!", key="placed", event=str(factory.event().pk))

    row.refresh_from_db()
    assert (row.event, row.key, row.text) == (event, "thanks", "Enjoy!")
    assert text(event, "thanks") == "Enjoy!"


def test_a_sentence_is_taken_back_on_the_list_too(client: Client, event: Event, organizer: User) -> None:
    row = own(event, "thanks", "Any time!")
    assert text(event, "thanks") == "Any time!"

    changelist = reverse("admin:sms_wording_changelist")
    client.post(changelist, {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"})

    assert text(event, "thanks") == "You're welcome!"


def test_what_cannot_be_said_is_not_saved(client: Client, event: Event, organizer: User) -> None:
    answer = send(client, add_page(event, "placed"), text="Reply STOP {nothing}")

    assert errors_of(answer) == [
        "Nothing is known for {nothing} here; leave it out.",
        "{code}, {items}, {wait} is missing, and customers need it; put it in.",
        "Who texts STOP gets no more texts from this number, not even that the coffee is ready; "
        "name another word, such as DROP.",
    ]
    assert not Wording.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"), [("key", "nothing"), ("language", "fr"), ("event", "0"), ("event", "x"), ("language", "xx")]
)
def test_a_sentence_that_is_nowhere_said_is_not_written(
    client: Client, event: Event, organizer: User, field: str, value: str
) -> None:
    asked = {"event": str(event.pk), "key": "thanks", "language": "en", "text": "Hi!"} | {field: value}

    answer = client.post(reverse(ADD), asked)

    assert answer.headers["Location"] == reverse(SENTENCES_PAGE)
    assert not Wording.objects.exists()


def test_nobody_writes_one_sentence_twice(client: Client, event: Event, organizer: User) -> None:
    own(event, "thanks", "Any time!")

    client.post(reverse(ADD), {"event": event.pk, "key": "thanks", "language": "en", "text": "Hi!"})

    assert Wording.objects.get().text == "Any time!"


def test_who_does_not_manage_sees_no_sentences(client: Client, event: Event) -> None:
    barista = factory.user("ben", Role.BARISTA)
    User.objects.filter(pk=barista.pk).update(is_staff=True)
    client.force_login(barista, backend="django.contrib.auth.backends.ModelBackend")

    assert client.get(reverse(SENTENCES_PAGE), follow=True).status_code == 403
    assert client.get(add_page(event, "thanks"), follow=True).status_code == 403


def test_without_an_event_the_page_says_what_to_do(client: Client, organizer: User) -> None:
    assert reverse("admin:stations_event_add") in client.get(reverse(SENTENCES_PAGE)).content.decode()


@pytest.mark.once
@pytest.mark.browser
@pytest.mark.parametrize(
    "words",
    [
        "{items} is {code}, {wait}!",
        "{items} ({code}) {wait} " + "x" * 130,
        "{items} ({code}) {wait} " + "€" * 80,
        "{items} ({code}) {wait} Привет " + "я" * 60,
        "It’s  “on” – {items} {code} {wait}…",
        "{items} {code} {wait} {nothing}",
        "",
    ],
)
@pytest.mark.django_db(transaction=True)
def test_the_counter_counts_as_the_server_does_while_words_are_typed(
    page: Page, live_server: LiveServer, client: Client, words: str
) -> None:
    event = factory.cafe().event
    client.force_login(factory.user("olivia", Role.ORGANIZER), backend="django.contrib.auth.backends.ModelBackend")
    page.context.add_cookies(
        [{"name": name, "value": morsel.value, "url": live_server.url} for name, morsel in client.cookies.items()]
    )
    draft = OwnSentence.of(SENTENCES["placed"], event, "en")
    at_worst = draft.at_worst(" ".join(words.split()) or draft.standard)
    counted = measure_text(at_worst)

    page.goto(live_server.url + add_page(event, "placed"))
    page.fill("#id_text", words)

    shown = {
        name: page.text_content(f"[data-shown={name}]") for name in ("text", "units", "coding", "room", "segments")
    }
    assert shown["text"] == at_worst
    assert (shown["units"], shown["coding"]) == (str(counted.units), counted.coding)
    assert (shown["room"], shown["segments"]) == (str(counted.room), str(counted.segments))
    assert page.locator("#counter.too-long").count() == (counted.segments > draft.most)
