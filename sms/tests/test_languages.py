"""Replies and conversations in four languages."""

from __future__ import annotations

import re
from dataclasses import replace

import polib
import pytest
from django.test import Client

from accounts.models import Customer
from inventory.models import Drink, Option, touch_menu
from orders import lifecycle
from orders.models import Order
from orders.parser import Intent, read
from orders.tests import factory
from sms.conversation.facts import Facts
from sms.conversation.opt_out import OPT_OUT_WORDS
from sms.conversation.sayings import Saying
from sms.models import OutboundMessage
from sms.replies.answering import CHECKED, LONG, word
from sms.segments import GSM_7, segments
from sms.tests.test_replies import FACTS, MENU, SAYINGS, named
from sms.tests.texting import known, text
from stations.models import Event, Station
from tests import catalogs

OTHERS = catalogs.languages()
#: Opt-out words of other languages that can be switched on in Twilio's console. Twilio then handles them like STOP.
LOCALIZED = {
    "ARRET",
    "ARRÊT",
    "ARRETER",
    "PARAR",
    "ALTO",
    "CANCELAR",
    "BAJA",
    "DETENER",
    "STOPP",
    "ABMELDEN",
    "ENDE",
    "BEENDEN",
}


def in_(language: str, facts: Facts = FACTS) -> Facts:
    return replace(facts, language=language, languages=("en", language))


def keywords(text: str) -> list[str]:
    """Return the words in capitals that a sentence asks customers to text, such as "MENU" or "WIE IMMER"."""
    return re.findall(r"\b[A-ZÄÖÜÉÀ]{2,}(?: [A-ZÄÖÜÉÀ]{2,})*\b", text)


# Sentences in other languages -----------------------------------------------------------------------


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("saying", SAYINGS, ids=named)
def test_every_reply_fits_a_segment_in_every_language(saying: Saying, language: str) -> None:
    text = word((saying,), MENU, in_(language))

    assert text
    assert GSM_7.issuperset(text)
    assert segments(text) <= (3 if isinstance(saying, LONG) else 2 if isinstance(saying, CHECKED) else 1), (
        f"{len(text)}: {text}"
    )


@pytest.mark.parametrize("language", OTHERS)
def test_nothing_of_a_reply_stays_english(language: str) -> None:
    same = {named(saying) for saying in SAYINGS if word((saying,), MENU, in_(language)) == word((saying,), MENU, FACTS)}

    assert same == set()


@pytest.mark.parametrize("language", OTHERS)
def test_no_sentence_asks_for_a_word_that_unsubscribes(language: str) -> None:
    catalog = polib.pofile(str(catalogs.LOCALE / language / "LC_MESSAGES" / "django.po"))
    # Only check sentences of texts. Sentences on pages are not answered by text.
    entries = [entry for entry in catalog if entry.occurrences[0][0].startswith("sms/")]
    texts = [text for entry in entries for text in (entry.msgstr, *entry.msgstr_plural.values())]

    found = [text for text in texts for said in re.findall(r"\w+", text) if said.upper() in OPT_OUT_WORDS]
    asked = [said for text in texts for words in keywords(text) for said in words.split() if said in LOCALIZED]

    assert (found, asked) == ([], [])


@pytest.mark.parametrize("language", ["en", *OTHERS])
def test_what_a_reply_says_to_text_is_understood(language: str) -> None:
    """Every word in capitals that a reply asks for is understood in the language of this reply."""
    asked = {said for saying in SAYINGS for said in keywords(word((saying,), MENU, in_(language)))}
    asked.discard("OK")

    read_as = {said: read(said, MENU, language=language).intent for said in asked}

    assert {said for said, intent in read_as.items() if intent is Intent.UNCLEAR} == set()
    needed = {Intent.MENU, Intent.STATUS, Intent.CANCEL, Intent.USUAL, Intent.SUPPORT, Intent.FORGET}
    assert needed <= set(read_as.values())


# Conversations in other languages -------------------------------------------------------------------


def say_in(of: Event, name: str, **words: list[str]) -> None:
    """Set the translated names of a drink or an option."""
    for model, event in ((Drink, "event"), (Option, "group__event")):
        model._default_manager.filter(**{event: of, "name": name}).update(translations=words)
    touch_menu(of.pk)
    of.refresh_from_db()


@pytest.fixture
def cafe(db: None) -> Station:
    bar = factory.cafe(languages=["en", "de", "es", "fr"])
    say_in(bar.event, "Large", de=["groß", "große", "großen"], es=["grande"], fr=["grand"])
    say_in(bar.event, "Oat", de=["Hafermilch"], es=["leche de avena"], fr=["lait d'avoine"])
    return bar


@pytest.mark.parametrize(
    ("said", "reply"),
    [
        (
            "Einen großen Latte mit Hafermilch bitte",
            "Notiert: Latte, groß, Hafermilch ({code}), fertig in 1-4 min.",
        ),
        (
            "quiero un latte grande con leche de avena",
            "Anotado: latte, grande, leche de avena ({code}), en 1-4 min.",
        ),
        (
            "bonjour, un grand latte au lait d'avoine svp",
            "C'est noté: latte, grand, lait d'avoine ({code}), dans 1-4 min.",
        ),
        ("hi, could I get a large latte with oat please", "Got it: large oat latte ({code}), ready in 1-4 min."),
    ],
)
def test_the_reply_is_in_the_language_of_the_text(cafe: Station, said: str, reply: str) -> None:
    known(cafe.event)

    assert text(cafe.event, said) == reply.format(code=Order.objects.get().code)


def test_the_language_is_kept_for_texts_that_show_none(cafe: Station) -> None:
    known(cafe.event)
    text(cafe.event, "Hallo, einen großen Latte bitte")

    reply = text(cafe.event, "mocha")

    assert Customer.objects.get().language == "de"
    assert reply == "Size für Mocha: Small oder groß?"


def test_one_borrowed_word_switches_nothing_and_a_sentence_does(cafe: Station) -> None:
    known(cafe.event)
    text(cafe.event, "could I please have a large latte")

    borrowed = text(cafe.event, "gracias!")
    french = text(cafe.event, "où est mon café s'il vous plaît ?")

    assert borrowed == "You're welcome!"
    assert french.endswith("dans 1-4 min.")
    assert Customer.objects.get().language == "fr"


def test_a_language_that_the_event_does_not_offer_is_read_and_answered_in_its_first(cafe: Station) -> None:
    Event.objects.update(languages=["de", "es"])
    known(cafe.event)

    reply = text(cafe.event, "bonjour, un grand latte au lait d'avoine svp")

    assert reply.startswith("Notiert: Latte, groß, Hafermilch (")
    assert Customer.objects.get().language == ""


def test_a_stranger_is_answered_in_the_events_first_language(cafe: Station) -> None:
    Event.objects.update(languages=["de", "en"])

    assert text(cafe.event, "👋").startswith("Hallo! Schreib mir deine Bestellung")


def test_texts_that_expresso_starts_are_in_the_customers_language(cafe: Station) -> None:
    known(cafe.event)
    text(cafe.event, "Hallo, einen großen Latte bitte")
    order = Order.objects.get()

    lifecycle.mark_ready(order, by=None)

    body = OutboundMessage.objects.get().body
    assert body == f"Sam, deine Bestellung {order.code} ist fertig bei Bar 1: Latte, groß."


def test_a_wish_is_answered_in_the_customers_language(cafe: Station) -> None:
    known(cafe.event)
    text(cafe.event, "hola, quiero un latte grande")
    order = lifecycle.start(Order.objects.get(), by=None)
    barista = Client()
    barista.force_login(factory.user("maya"))

    asked = text(cafe.event, "mejor con leche de avena")
    barista.post(f"/stations/{order.station.slug}/orders/{order.pk}/accept/")

    assert asked == f"{order.code} ya se prepara. He preguntado al barista; te escribimos."
    assert OutboundMessage.objects.get().body == f"Hecho: {order.code} es ahora latte, grande, leche de avena."


def test_drop_all_means_all_in_every_language(cafe: Station) -> None:
    known(cafe.event)
    for said in ("einen großen Latte bitte", "neue Bestellung: eine große Mocha bitte"):
        text(cafe.event, said)

    text(cafe.event, "alles stornieren")

    assert [order.status for order in Order.objects.all()] == ["cancelled", "cancelled"]


def test_the_code_is_a_number_in_no_language(cafe: Station) -> None:
    known(cafe.event)
    text(cafe.event, "Hallo, einen großen Latte bitte")
    code = Order.objects.get().code

    assert text(cafe.event, code).startswith(f"{code} (Latte, groß): ")
