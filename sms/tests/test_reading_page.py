"""The admin page "Read a text", which shows how a text is read and can add a word of it to the menu."""

from __future__ import annotations

import re
import time
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import AuditEntry, Membership, Role, User
from inventory.models import Drink, Option
from inventory.shared_words import refuse_shared_words
from orders.tests import factory
from sms.insight.reading_stages import Readout
from sms.insight.stages import TITLES
from sms.models import InboundMessage
from sms.tests.insight import read, teach
from sms.tests.texting import text
from stations.models import Event

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organizer")]


def open_message(client: Client, event: Event, message: InboundMessage) -> Any:
    return client.get(reverse("admin:sms_read_text"), {"event": event.slug, "message": str(message.pk)})


def rows(readout: Readout, title: str) -> list[tuple[str, ...]]:
    (stage,) = [stage for stage in readout.stages if stage.title == title]
    return [tuple(filter(None, (row.said, row.means, row.spelling, row.detail))) for row in stage.rows]


def test_every_stage_of_a_reading_is_shown(client: Client, event: Event) -> None:
    readout = read(client, event, "Larg oat latte, no soy, and a bagel, for Sam").context["readout"]

    assert rows(readout, "Words")[:4] == [("Larg",), ("oat",), ("latte",), (",",)]
    assert rows(readout, "Ways")[:3] == [
        ("Larg", "Size: Large", "large", "1.72"),
        ("oat", "Milk: Oat", "0.85"),
        ("latte", "Latte", "0.85"),
    ]
    assert rows(readout, "Notes and names") == [("for Sam", "the name Sam")]
    assert rows(readout, "Refusals") == [("no soy", "Milk: Soy", "not made")]
    assert rows(readout, "Clauses") == [("1 × Latte", "Size: Large, Milk: Oat, no Milk: Soy", "for Sam")]
    assert rows(readout, "Choices")[:2] == [
        ("1 × Latte", "Size: Large", "said"),
        ("Milk: Oat", "said"),
    ]
    assert rows(readout, "Named back") == [("bagel", "not on the menu")]
    assert (readout.intent, readout.items, readout.reading.name) == ("An order", ("large oat latte",), "Sam")
    assert readout.strange == ("bagel",)
    assert readout.reply == "Got it: large oat latte (A01), ready in 1-4 min. No bagel, sorry."
    assert rows(readout, "The reading")[-1] == ("The reply", readout.reply, "1 segment")


def test_the_page_shows_a_text_with_a_diet_a_time_a_temperature_and_a_name(client: Client, event: Event) -> None:
    typed = "I can't have dairy, two lattes, one with oat, 60 degrees at 11am for Mia"

    page = read(client, event, typed)

    readout = page.context["readout"]
    assert rows(readout, "Notes and names") == [
        ("at 11am", "the time when the order is wanted"),
        ("60 degrees", "a note for the barista"),
        ("I can't have dairy", "a note for the barista"),
        ("for Mia", "the name Mia"),
    ]
    assert rows(readout, "Clauses") == [("2 × Latte", "no options"), ("1 of the cups", "Milk: Oat", "for Mia")]
    shown = unescape(page.content.decode())
    assert [title for title in TITLES if f"<h3>{title}</h3>" not in shown] == []
    told = [part for stage in readout.stages for row in stage.rows for part in (row.said, row.means, row.detail)]
    assert [part for part in told if part not in shown] == []
    assert readout.reply in shown


def test_options_are_told_as_said_as_ordered_before_as_default_or_as_asked(client: Client, event: Event) -> None:
    readout = read(client, event, "a mocha, and make the latte oat", after="large latte\n").context["readout"]

    assert rows(readout, "Choices") == [
        ("1 × Latte", "Size: Large", "ordered before"),
        ("Milk: Oat", "said"),
        ("1 × Mocha", "Size: ?", "the customer is asked"),
        ("Milk: Full cream", "the default"),
    ]


def test_the_titles_are_those_of_the_documentation() -> None:
    method = (Path(settings.BASE_DIR) / "docs" / "reading.md").read_text(encoding="utf-8")

    assert re.findall(r"^(\d+)\. \*\*(.+?)\*\*", method, re.MULTILINE) == [
        (str(number), title) for number, title in enumerate(TITLES, start=1)
    ]


def test_a_text_is_read_as_the_answer_to_what_was_asked_before(client: Client, event: Event) -> None:
    alone = read(client, event, "L").context["readout"]
    answer = read(client, event, "L", after="oat latte\n").context["readout"]

    assert (alone.intent, answer.items) == ("Not understood", ("large oat latte",))


def test_a_customers_text_is_opened_with_what_came_before_it_and_what_it_was_answered(
    client: Client, event: Event
) -> None:
    text(event, "oat latte")
    reply = text(event, "huge")
    message = InboundMessage.objects.latest("pk")
    Option.objects.get(name="Large").delete()

    page = open_message(client, event, message)

    assert page.context["asked"].after == ("oat latte",)
    assert reply in page.content.decode().replace("&#x27;", "'")


def test_a_text_of_another_event_is_not_opened_here(client: Client, event: Event, organizer: User) -> None:
    text(event, "latte")
    elsewhere = factory.cafe().event
    Membership.objects.create(user=organizer, event=elsewhere, role=Role.ORGANIZER)

    assert open_message(client, elsewhere, InboundMessage.objects.get()).status_code == 404


def test_reading_a_text_orders_nothing_and_keeps_nothing(client: Client, event: Event) -> None:
    page = read(client, event, "large latte")

    assert page.context["readout"].items == ("large latte",)
    event.refresh_from_db()
    assert (event.orders_taken, InboundMessage.objects.exists()) == (0, False)


def test_no_text_stands_in_an_address(client: Client, event: Event) -> None:
    text(event, "a secretword please")

    page = client.get(reverse("admin:sms_not_understood")).content.decode()

    addresses = [part.split('"')[0] for part in page.split('href="')[1:]]
    assert "secretword" in page
    assert not any("secretword" in address for address in addresses)


@pytest.mark.parametrize("role", [Role.BARISTA, Role.SUPPORT, Role.DISPLAY])
@pytest.mark.parametrize("name", ["sms_read_text", "sms_not_understood"])
def test_who_does_not_manage_reads_no_texts(client: Client, event: Event, role: Role, name: str) -> None:
    somebody = factory.user("somebody", role)
    # Django's own flag `is_staff` must not give access to these pages.
    User.objects.filter(pk=somebody.pk).update(is_staff=True)
    client.force_login(somebody, backend="django.contrib.auth.backends.ModelBackend")

    answer = client.get(reverse(f"admin:{name}"), follow=True)

    assert (answer.status_code, answer.redirect_chain[0][1]) == (403, 302)


@pytest.mark.parametrize("name", ["sms_read_text", "sms_not_understood"])
def test_without_an_event_the_page_says_what_to_do(client: Client, name: str) -> None:
    page = client.get(reverse(f"admin:{name}")).content.decode()

    assert reverse("admin:stations_event_add") in page


# Adding words to the menu ---------------------------------------------------------------------------


def test_a_word_is_put_onto_the_menu_and_read_at_once(client: Client, event: Event, organizer: User) -> None:
    latte = Drink.objects.get(name="Latte")
    assert text(event, "large java").startswith("No java, sorry.")

    page = teach(client, event, "large java", " Java ", latte)

    assert page.context["readout"].items == ("large latte",)
    latte.refresh_from_db()
    assert latte.aliases == ["Java"]
    assert text(event, "large java").startswith("Got it: large latte")
    entry = AuditEntry.objects.get()
    assert (entry.by, entry.act, entry.subject) == (organizer, "changed", "drink Latte")
    assert "Java" in str(entry.details)
    history = client.get(reverse("admin:inventory_drink_history", args=[latte.pk])).content.decode()
    assert "Java" in history


def test_a_word_may_mean_an_option(client: Client, event: Event) -> None:
    page = teach(client, event, "grande latte", "grande", Option.objects.get(name="Large"))

    assert page.context["readout"].items == ("large latte",)


@pytest.mark.parametrize(
    ("word", "part", "said"),
    [
        ("mocha", "Latte", "“mocha” already means Mocha; a customer's word can stand for one thing only."),
        ("Latte", "Latte", "“latte” already means Latte; a customer's word can stand for one thing only."),
        ("SOY", "Oat", "“soy” already means Soy; a customer's word can stand for one thing only."),
        ("?!", "Latte", "“?!” has no letter; write the word as customers do."),
        ("x" * 61, "Latte", "Ensure this value has at most 60 characters (it has 61)."),
    ],
)
def test_a_word_that_cannot_be_added_is_refused_in_a_sentence(
    client: Client, event: Event, word: str, part: str, said: str
) -> None:
    row = Drink.objects.filter(name=part).first() or Option.objects.get(name=part)

    page = teach(client, event, "a java", word, row)

    assert said in page.content.decode().replace("&#x27;", "'")
    row.refresh_from_db()
    assert (row.aliases, AuditEntry.objects.count()) == ([], 0)
    # Besides the refused word, the page still has a form for the other unknown word, and an empty form.
    assert [form["word"].value() for form in page.context["word_forms"]] == [word, "java", ""]


def test_a_word_may_stand_in_two_groups(client: Client, event: Event) -> None:
    teach(client, event, "regular latte", "regular", Option.objects.get(name="Small"))
    teach(client, event, "regular latte", "regular", Option.objects.get(name="Full cream"))

    assert [Option.objects.get(name=name).aliases for name in ("Small", "Full cream")] == [["regular"], ["regular"]]


def test_what_is_off_the_menu_or_on_another_is_not_meant(client: Client, event: Event) -> None:
    elsewhere = factory.cafe().event
    page = teach(client, event, "java", "java", Drink.objects.get(event=elsewhere, name="Latte"))

    assert "Choose what is on the menu now." in page.content.decode()
    assert not Drink.objects.exclude(aliases=[]).exists()


@pytest.mark.django_db(transaction=True)
def test_two_organizers_cannot_give_one_word_to_two_drinks(organizer: User, event: Event) -> None:
    def slowly(*args: Any) -> None:
        refuse_shared_words(*args)
        time.sleep(0.2)

    def give_to(name: str) -> None:
        try:
            client = Client()
            client.force_login(organizer, backend="django.contrib.auth.backends.ModelBackend")
            teach(client, event, "java", "java", Drink.objects.get(name=name))
        finally:
            connection.close()

    with patch("inventory.forms.refuse_shared_words", slowly), ThreadPoolExecutor(2) as pool:
        list(pool.map(give_to, ["Latte", "Mocha"]))

    assert Drink.objects.exclude(aliases=[]).count() == 1


def test_reading_takes_as_many_queries_for_five_strange_words_as_for_one(client: Client, event: Event) -> None:
    def queries(words: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert len(read(client, event, words).context["word_forms"]) == words.count("zq") + 1
        return len(captured)

    read(client, event, "a zqa")

    assert queries("large latte, a zqa") == queries("large latte, a zqa, a zqb, a zqc, a zqd, a zqe")
