"""Tests that attendees' pages are in the reader's language, if the event offers that language."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.utils.translation import override

from accounts.models import Customer, Role
from inventory.models import Drink, Option, OptionGroup
from orders import lifecycle
from orders.display.page_language import language_of_order
from orders.live.boards import wall
from orders.live.hub import pulse
from orders.live.tracking import page_of
from orders.messaging.messages import write
from orders.messaging.texting import ToSay
from orders.models import Order
from orders.tests import factory
from orders.tests.pages import chosen, order_latte, press, words
from orders.tests.pages import page_of as address_of
from stations.models import Event, Station

pytestmark = pytest.mark.django_db

GERMAN = {"accept-language": "de-AT,de;q=0.9,en;q=0.5"}


@pytest.fixture
def bar() -> Station:
    bar = factory.cafe(languages=["en", "de", "fr"])
    Option.objects.filter(name="Oat").update(translations={"de": ["Hafer"]})
    Option.objects.filter(name="Large").update(translations={"de": ["groß"]})
    OptionGroup.objects.filter(name="Size").update(translations={"de": ["Größe"]})
    Drink.objects.filter(name="Mocha").update(translations={"de": ["Mokka"]})
    Event.objects.update(category_names={"Coffee": {"de": ["Kaffee"]}})
    return bar


def spoken(page: Any) -> str:
    found = re.search(r'<html lang="([\w-]+)"', page.content.decode())
    assert found
    return found[1]


@pytest.mark.parametrize(
    ("accepts", "language"),
    [
        ("de-AT,en;q=0.5", "de"),
        ("it,fr;q=0.8,en;q=0.7", "fr"),
        ("es,de;q=0", "en"),
        ("*", "en"),
        ("", "en"),
        ("\u0000;;q=x,,", "en"),
    ],
)
def test_page_speaks_what_the_browser_asks_for_or_the_events_own(bar: Station, accepts: str, language: str) -> None:
    page = Client(headers={"accept-language": accepts}).get(address_of(bar))

    assert {"Accept-Language", "Cookie"} <= set(page["Vary"].split(", "))
    assert "no-store" in page["Cache-Control"]
    assert spoken(page) == language


def test_language_that_the_event_does_not_speak_is_not_spoken(bar: Station) -> None:
    Event.objects.update(languages=["fr"])

    page = Client(headers=GERMAN).get(address_of(bar) + "?language=de")

    assert spoken(page) == "fr"
    assert "Que désirez-vous" in words(page)
    assert "Deutsch" not in words(page)


def test_choice_holds_on_the_next_page(bar: Station) -> None:
    client = Client(headers=GERMAN)

    here = client.get(address_of(bar) + "?language=fr")
    later = client.get(address_of(bar))

    assert (spoken(here), spoken(later)) == ("fr", "fr")
    assert 'aria-current="true">Français' in " ".join(here.content.decode().split())


def test_menu_is_named_as_it_is_translated_and_ordered_as_it_is_written(bar: Station) -> None:
    client = Client(headers=GERMAN)

    menu, drink = words(client.get(address_of(bar))), words(chosen(client, address_of(bar), "Latte"))
    order_latte(client, address_of(bar))

    assert "Mokka" in menu
    assert "Mocha" not in menu
    assert "Kaffee" in menu
    assert "Coffee" not in menu
    assert "Größe" in drink
    assert "Groß" in drink
    assert "Hafer" in drink
    order = Order.objects.get()
    assert ([str(item) for item in order.items.all()], order.language) == (["1 Latte"], "de")
    assert [choice["option"] for item in order.items.all() for choice in item.choices] == ["Large", "Oat"]


def test_everything_that_is_said_on_the_way_is_in_that_language(bar: Station) -> None:
    client = Client(headers=GERMAN)
    factory.cannot_make(bar, option="Oat")

    unclear = press(client, client.get(address_of(bar)), "read", text="guten Morgen")
    typed = press(client, client.get(address_of(bar)), "read", text="großer Mokka mit Glitzer für Jo")
    nameless = order_latte(client, address_of(bar), **{"name": "", "option Milk": "Soy", "phone": "12"})
    gone = order_latte(client, address_of(bar))

    assert "Darin steht kein Getränk von der Karte." in words(unclear)
    assert "Nicht auf der Karte: glitzer." in words(typed)
    assert "Mokka" in words(typed)
    assert "Sag, für wen es ist" in words(nameless)
    assert "Schreib die Nummer mit Landesvorwahl" in words(nameless)
    assert "Gerade ausverkauft: Hafer." in words(gone)


def test_order_is_followed_changed_and_dropped_in_the_language_it_was_ordered_in(bar: Station) -> None:
    token = order_latte(Client(headers=GERMAN), address_of(bar)).headers["Location"]
    somebody = Client(headers={"accept-language": "fr"})

    shown, change = somebody.get(token), somebody.get(f"{token}change/")
    lifecycle.mark_ready(Order.objects.get(), by=None)
    refused = somebody.get(somebody.post(f"{token}drop/").headers["Location"])

    assert (spoken(shown), spoken(change)) == ("de", "de")
    assert "Wartet" in words(shown)
    assert "Hafer" in words(shown)
    assert "Änderungen speichern" in words(change)
    assert "Sie ist schon fertig" in words(refused)


def test_frames_are_rendered_in_the_language_of_each_page(bar: Station) -> None:
    order = factory.order(bar, factory.item("Latte", "Large", "Oat"))
    Order.objects.filter(pk=order.pk).update(language="de")

    frames = page_of(order.pk, {"de", "en"})

    assert "Hafer" in frames["de"].html
    assert "Wartet" in frames["de"].html
    assert "Oat" in frames["en"].html
    assert "Waiting" in frames["en"].html


def test_reason_that_was_tapped_is_read_in_the_customers_language(bar: Station) -> None:
    token = order_latte(Client(headers=GERMAN), address_of(bar)).headers["Location"]

    lifecycle.cancel(Order.objects.get(), by=factory.user("maya"), reason="the machine is down")

    assert "Die Bar sagt: die Maschine ist ausgefallen." in words(Client().get(token))


def test_whoever_ordered_on_a_page_is_written_to_in_its_language(bar: Station) -> None:
    order_latte(Client(headers=GERMAN), address_of(bar))
    order = Order.objects.get()

    message = write(order, ToSay("longer"), by=factory.user("maya"))

    assert "dauert" in message.text


def test_language_of_the_page_is_not_written_to_the_owner_of_a_typed_number(bar: Station) -> None:
    factory.customer(phone="+15550209876", language="fr")

    order_latte(Client(headers=GERMAN), address_of(bar), phone="+15550209877")
    order_latte(Client(headers=GERMAN), address_of(bar), phone="+15550209876")

    assert list(Customer.objects.order_by("pk").values_list("language", flat=True)) == ["fr", ""]
    assert [language_of_order(order) for order in Order.objects.all()] == ["de", "de"]


def test_texted_order_is_spoken_of_as_its_customer_texts(bar: Station) -> None:
    order = factory.order(bar, customer=factory.customer(language="fr"))

    assert language_of_order(order) == "fr"
    assert spoken(Client(headers=GERMAN).get(f"/orders/{order.token}/")) == "fr"


def test_kiosk_speaks_the_events_language_and_a_choice_lasts_for_one_order(bar: Station) -> None:
    kiosk, address = Client(headers=GERMAN), f"/events/{bar.event.slug}/kiosk/"
    kiosk.force_login(factory.user("screen", Role.DISPLAY))

    page = kiosk.get(address, {"drink": "Latte", "language": "de"})
    done = press(kiosk, page, "order", **{"option Size": "Large", "name": "Kim"})
    said = kiosk.get(done.headers["Location"])

    assert (spoken(kiosk.get(address)), spoken(page), spoken(said)) == ("en", "de", "de")
    assert "Deine Bestellung ist da." in words(said)


def test_wall_and_its_frames_speak_the_events_own_language(bar: Station) -> None:
    Event.objects.update(languages=["de", "en"])
    event = Event.objects.get()
    screen = Client(headers={"accept-language": "fr"})
    screen.force_login(factory.user("screen", Role.DISPLAY))

    page = screen.get(f"/events/{event.slug}/wall/")
    with override("en"):
        frame = wall(event).frame(oob=True).html

    assert spoken(page) == "de"
    assert "In Arbeit" in words(page)
    assert "In Arbeit" in frame
    assert "Scannen und bestellen" in frame


def test_staff_read_the_menu_as_it_is_written(bar: Station) -> None:
    order_latte(Client(headers=GERMAN), address_of(bar))
    tablet = Client(headers=GERMAN)
    tablet.force_login(factory.user("maya"))

    board = words(tablet.get(f"/stations/{bar.slug}/"))

    assert "Oat" in board
    assert "Hafer" not in board


def test_pulse_after_a_push_names_the_version_that_was_pushed(bar: Station) -> None:
    """If the pulse (heartbeat) named another version than the page shows, every phone would load its page again and
    again."""
    factory.order(bar)
    order = lifecycle.start(factory.order(bar), by=None)

    frame = page_of(order.pk, {"en"})["en"]

    assert f'data-version="{frame.version}"' in frame.html
    assert f'data-version="{frame.version}"' in pulse(frame.version)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["None", "Yes", "2", "3", "4", "A little", "Extra"]),
        ("de", ["ohne", "ja", "2", "3", "4", "wenig", "extra"]),
        ("fr", ["sans", "oui", "2", "3", "4", "un peu", "extra"]),
        ("es", ["nada", "sí", "2", "3", "4", "un poco", "extra"]),
    ],
)
def test_amounts_stand_alone_as_words_that_fit_any_option(bar: Station, language: str, said: list[str]) -> None:
    """Amounts are shown without the option's name, so words that need a noun do not fit.

    Examples are French "peu de", and German "keine", which fits only some grammatical genders."""
    Event.objects.update(languages=["en", "de", "fr", "es"])
    syrup = OptionGroup.objects.create(event=bar.event, name="Syrup", choose="many", amounts=True)
    Option.objects.create(group=syrup, name="Vanilla")
    Drink.objects.get(name="Latte").groups.add(syrup)

    page = Client().get(f"/events/{bar.event.slug}/?drink=Latte&language={language}").content.decode()

    [choices] = re.findall(r"<select.*?</select>", page, re.DOTALL)
    assert re.findall(r"<option[^>]*>([^<]*)<", choices) == said
    [head] = re.findall(r'Syrup</span>\s*<span class="options-chosen">([^<]*)<', page)
    assert head == said[0]
