"""Tests that error pages are in the reader's language for attendees, and in English for staff."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from django.db import OperationalError
from django.test import Client

from accounts.models import Role
from expresso import outside_pages
from orders.tests import factory

pytestmark = pytest.mark.django_db
NOT_HERE = {
    "en": "This page is not here",
    "de": "Diese Seite gibt es nicht",
    "fr": "existe pas",
    "es": "Esta página no existe",
}


def reader(language: str) -> Client:
    return Client(raise_request_exception=False, headers={"Accept-Language": f"{language}-XX, xx;q=0.5"})


@pytest.mark.parametrize("language", NOT_HERE)
@pytest.mark.parametrize("path", ["/orders/no-such-token/", "/events/gone/", "/no/such/address/"])
def test_a_page_that_is_not_there_says_so_in_the_readers_language(language: str, path: str) -> None:
    answer = reader(language).get(path)

    assert answer.status_code == 404
    assert {"Accept-Language", "Cookie"} <= set(answer["Vary"].split(", "))
    assert f'<html lang="{language}"' in (page := answer.content.decode())
    assert NOT_HERE[language] in page


def test_a_language_that_was_chosen_before_comes_before_the_browsers() -> None:
    client = reader("de")
    client.cookies["language"] = "fr"

    assert '<html lang="fr"' in client.get("/orders/no-such-token/").content.decode()


def test_a_language_that_expresso_does_not_speak_gets_english() -> None:
    assert '<html lang="en"' in reader("nl").get("/orders/no-such-token/").content.decode()


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "That request made no sense"),
        ("de", "nicht zu verstehen"),
        ("fr", "incompréhensible"),
        ("es", "no se entiende"),
    ],
)
def test_a_bad_request_leads_back_to_the_order_page(language: str, said: str) -> None:
    event = factory.cafe().event

    answer = reader(language).post(f"/events/{event.slug}/", {"name": "a\0b"})

    assert (answer.status_code, said in answer.content.decode()) == (400, True)
    assert f'href="/events/{event.slug}/"' in answer.content.decode()


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "form was too old"), ("de", "Formular war zu alt"), ("fr", "trop ancien"), ("es", "demasiado antiguo")],
)
def test_a_form_without_its_token_is_explained(language: str, said: str) -> None:
    event = factory.cafe().event
    client = Client(enforce_csrf_checks=True, headers={"Accept-Language": language})

    answer = client.post(f"/events/{event.slug}/", {"step": "read", "text": "latte"})

    assert (answer.status_code, said in answer.content.decode()) == (403, True)


@pytest.mark.parametrize(
    ("error", "status", "said"), [(KeyError("a bug"), 500, "bei uns"), (OperationalError("gone"), 503, "Datenbank")]
)
def test_a_fault_is_told_without_asking_the_database(error: Exception, status: int, said: str) -> None:
    token = factory.order(factory.cafe()).token
    client = reader("de")

    with patch("orders.views.attendee.order_of", side_effect=error):
        answer = client.get(f"/orders/{token}/")

    assert (answer.status_code, said in answer.content.decode()) == (status, True)
    assert '<html lang="de"' in answer.content.decode()


def test_pages_of_servers_are_rendered_from_their_template_and_sentences_of_today() -> None:
    there = {file.name: file.read_text(encoding="utf-8") for file in outside_pages.FOLDER.iterdir()}

    assert there == outside_pages.rendered(), "run `make sentences`"
    assert len(there) == 20


def test_staff_read_english() -> None:
    bar = factory.cafe()
    client = reader("de")
    client.force_login(factory.user("maya", Role.BARISTA, bar.event), "django.contrib.auth.backends.ModelBackend")

    assert '<html lang="en"' in client.get("/stations/no-such-bar/").content.decode()
    refused = client.get(f"/events/{bar.event.slug}/setup/")
    assert (refused.status_code, "You are signed in as maya" in refused.content.decode()) == (403, True)
