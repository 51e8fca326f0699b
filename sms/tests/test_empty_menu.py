"""Every reply of an event with an empty menu says that there is no menu, and gives no example of an order."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import Role
from orders.tests import factory
from sms.tests.texting import text
from stations.models import Event

pytestmark = pytest.mark.django_db
NOTHING = {
    "en": "There is nothing on our menu yet, so I can't take orders. Please ask at the bar.",
    "de": "Auf unserer Karte steht noch nichts, ich kann noch nichts bestellen. Bitte frag an der Bar.",
    "es": "Aun no hay nada en nuestra carta, no puedo tomar pedidos. Pregunta en la barra, por favor.",
    "fr": "Il n'y a encore rien à notre carte, je ne peux pas commander. Demandez au bar, s'il vous plait.",
}


@pytest.fixture
def event() -> Event:
    event = factory.event(languages=["en", "de", "es", "fr"])
    factory.station(event)
    return event


@pytest.mark.parametrize("texted", ["MENU", "menu tea", "a latte please", "frappe for Zoe", "help", "usual", "status"])
def test_a_text_is_answered_that_there_is_nothing_yet(event: Event, texted: str) -> None:
    assert text(event, texted) == NOTHING["en"]


@pytest.mark.parametrize(
    ("language", "greeting"), [("en", "Hi!"), ("de", "Hallo!"), ("es", "¡Hola!"), ("fr", "Bonjour !")]
)
def test_a_greeting_gives_no_example_in_any_language(event: Event, language: str, greeting: str) -> None:
    Event.objects.filter(pk=event.pk).update(languages=[language])

    assert text(event, greeting) == f"{greeting} {NOTHING[language]}"


def test_screens_and_posters_show_no_empty_quotation_and_no_wait(event: Event) -> None:
    client = Client()
    client.force_login(factory.user("wall", Role.ORGANIZER, event), "django.contrib.auth.backends.ModelBackend")
    pages = {
        name: client.get(f"/events/{event.slug}/{path}").content.decode()
        for name, path in (("order", ""), ("kiosk", "kiosk/"), ("wall", "wall/"), ("poster", "poster.svg?kind=sms"))
    }

    assert "There is nothing on the menu yet." in pages["wall"]
    assert "Nothing is on the menu yet." in pages["order"]
    assert "Nothing is on the menu yet." in pages["kiosk"]
    for page in pages.values():
        assert not [sign for sign in ("“”", "<q></q>", "for example", "Order now:", "Ready in") if sign in page]
