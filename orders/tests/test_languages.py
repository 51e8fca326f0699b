"""Tests of orders and questions in German, Spanish and French, on the menu of the demonstration event."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import get_args

import pytest
from django.conf import settings

from inventory.menu_file import read_menu
from orders.items import Item
from orders.parser import Question, read
from orders.parser.languages import DEFAULT, LANGUAGES
from orders.parser.phrases import phrases_in
from orders.parser.reading import TopicKind

MENU = read_menu((Path(settings.BASE_DIR) / "expresso" / "demo" / "menu.yaml").read_text(encoding="utf-8"))


def told(item: Item) -> str:
    options = ", ".join(sorted(f"{each.amount or ''} {each.option}".strip() for each in item.choices))
    return f"{item.quantity} {item.drink}" + (f" | {options}" if options else "")


ORDERS = [
    ("de", "Hallo, ich hätte gern einen großen Latte mit Hafermilch bitte", ["1 Latte | Large, Oat"]),
    ("de", "2 Cappuccino, einer mit Soja, einer mit Hafer", ["1 Cappuccino | Soy", "1 Cappuccino | Oat"]),
    ("de", "einen kleinen Flat White ohne Zucker", ["1 Flat white | Small, no Sugar"]),
    ("de", "ein Espresso und eine heiße Schokolade mit Sahne", ["1 Espresso", "1 Hot chocolate | Whipped cream"]),
    ("de", "großer Kaffee schwarz mit 2 Zucker", ["1 Filter coffee | 2.0 Sugar, Large, No milk"]),
    ("de", "zwei große Lattes mit Mandelmilch für Anna", ["2 Latte | Almond, Large"]),
    ("de", "Mokka mittel, extra heiß, wenig Schaum", ["1 Mocha | Extra hot, Regular, light Foam"]),
    ("de", "ich nehm nen grossen capuccino mit hafermlich", ["1 Cappuccino | Large, Oat"]),
    ("es", "Hola, quiero un latte grande con leche de avena por favor", ["1 Latte | Large, Oat"]),
    ("es", "un capuchino pequeño sin azúcar", ["1 Cappuccino | Small, no Sugar"]),
    ("es", "ponme un espresso y un chocolate caliente con nata", ["1 Espresso", "1 Hot chocolate | Whipped cream"]),
    ("es", "café de filtro grande con 2 azúcares para Juan", ["1 Filter coffee | 2.0 Sugar, Large"]),
    ("es", "un té de menta mediano y dos flat white grandes", ["1 Peppermint tea | Regular", "2 Flat white | Large"]),
    ("es", "dame 2 capuchinos grandes con avena porfa", ["2 Cappuccino | Large, Oat"]),
    ("fr", "Bonjour, je voudrais un grand latte au lait d'avoine s'il vous plaît", ["1 Latte | Large, Oat"]),
    ("fr", "2 cappuccinos, un au soja et un à l’avoine", ["1 Cappuccino | Soy", "1 Cappuccino | Oat"]),
    ("fr", "un petit café sans sucre", ["1 Filter coffee | Small, no Sugar"]),
    ("fr", "un espresso et un chocolat chaud avec de la chantilly", ["1 Espresso", "1 Hot chocolate | Whipped cream"]),
    (
        "fr",
        "un thé à la menthe moyen et deux flat white grands",
        ["1 Peppermint tea | Regular", "2 Flat white | Large"],
    ),
    ("fr", "je prends un grand moka au lait d'amande svp", ["1 Mocha | Almond, Large"]),
]


@pytest.mark.parametrize(("language", "text", "order"), ORDERS, ids=[text for _, text, _ in ORDERS])
def test_order_is_read_in_its_language(language: str, text: str, order: list[str]) -> None:
    reading = read(text, MENU)

    assert [told(item) for item in reading.items] == order
    assert (reading.language, reading.unknown) == (language, ())


TALK = [
    ("de", "Was habt ihr für Milch?", "menu"),
    ("de", "Habt ihr Hafermilch?", "question"),
    ("de", "Wo ist mein Kaffee?", "status"),
    ("de", "wie lange dauert es noch?", "status"),
    ("de", "stornieren", "cancel"),
    ("de", "ach nee, doch nicht", "cancel"),
    ("de", "wie immer", "usual"),
    ("de", "danke!", "thanks"),
    ("de", "nein danke", "no"),
    ("de", "ja bitte", "yes"),
    ("de", "kann ich mit einem Menschen sprechen", "support"),
    ("de", "der Kaffee ist kalt", "support"),
    ("de", "vergiss mich", "forget"),
    ("es", "¿qué leches tienen?", "menu"),
    ("es", "tienen leche de avena?", "question"),
    ("es", "¿dónde está mi café?", "status"),
    ("es", "¿cuánto falta?", "status"),
    ("es", "cancelar", "cancel"),
    ("es", "mejor no", "cancel"),
    ("es", "lo de siempre", "usual"),
    ("es", "muchas gracias", "thanks"),
    ("es", "no gracias", "no"),
    ("es", "sí por favor", "yes"),
    ("es", "quiero hablar con una persona", "support"),
    ("es", "mi café está frío", "support"),
    ("es", "borra mis datos", "forget"),
    ("fr", "quels laits avez-vous ?", "menu"),
    ("fr", "vous avez du lait d'avoine ?", "question"),
    ("fr", "où est mon café ?", "status"),
    ("fr", "combien de temps encore ?", "status"),
    ("fr", "annuler", "cancel"),
    ("fr", "laissez tomber", "cancel"),
    ("fr", "comme d'habitude", "usual"),
    ("fr", "merci beaucoup", "thanks"),
    ("fr", "non merci", "no"),
    ("fr", "oui s'il vous plaît", "yes"),
    ("fr", "parler à une personne", "support"),
    ("fr", "mon café est froid", "support"),
    ("fr", "effacez mes données", "forget"),
]


@pytest.mark.parametrize(("language", "text", "intent"), TALK, ids=[text for _, text, _ in TALK])
def test_talk_is_understood_in_its_language(language: str, text: str, intent: str) -> None:
    reading = read(text, MENU, language=language)

    assert (reading.intent, reading.items) == (intent, ())


CHANGES = [
    ("de", "mach ihn mit Sojamilch", ["1 Latte | Large, Soy"]),
    ("de", "und noch ein Espresso", ["1 Latte | Large", "1 Espresso"]),
    ("de", "lieber klein", ["1 Latte | Small"]),
    ("es", "mejor con leche de soja", ["1 Latte | Large, Soy"]),
    ("es", "y también un espresso", ["1 Latte | Large", "1 Espresso"]),
    ("es", "que sea pequeño", ["1 Latte | Small"]),
    ("fr", "plutôt avec du lait de soja", ["1 Latte | Large, Soy"]),
    ("fr", "et aussi un espresso", ["1 Latte | Large", "1 Espresso"]),
    ("fr", "finalement petit", ["1 Latte | Small"]),
]


@pytest.mark.parametrize(("language", "text", "order"), CHANGES, ids=[text for _, text, _ in CHANGES])
def test_change_is_read_in_its_language(language: str, text: str, order: list[str]) -> None:
    latte = read("large latte", MENU).items

    assert [told(item) for item in read(text, MENU, order=latte, language=language).items] == order


@pytest.mark.parametrize(
    ("language", "text"), [("de", "groß"), ("es", "grande"), ("fr", "grand"), ("de", "die dritte"), ("fr", "3")]
)
def test_answer_is_read_in_its_language(language: str, text: str) -> None:
    latte = read("latte", MENU).items
    asked = Question("option", group="Size", offers=("Small", "Regular", "Large"))

    assert [told(item) for item in read(text, MENU, order=latte, asked=asked, language=language).items] == [
        "1 Latte | Large"
    ]


NOTES = [
    ("en", "large latte, avoid nuts please", "avoid nuts"),
    ("en", "skip the gluten, large latte", "skip the gluten"),
    ("de", "großer Latte, vermeide Nüsse", "vermeide Nüsse"),
    ("de", "großer Latte, verzichte auf Gluten bitte", "verzichte auf Gluten"),
    ("es", "un latte grande, evita los frutos secos", "evita los frutos secos"),
    ("fr", "un grand latte, évitez les noix", "évitez les noix"),
    ("de", "Ich bin allergisch gegen Nüsse, großen Latte bitte", "allergisch gegen Nüsse"),
    ("es", "soy alérgico a los frutos secos, un latte grande", "alérgico a los frutos secos"),
    ("fr", "je suis allergique aux noix, un grand latte svp", "allergique aux noix"),
]


@pytest.mark.parametrize(("language", "text", "note"), NOTES)
def test_allergy_is_kept_in_its_own_words(language: str, text: str, note: str) -> None:
    (item,) = read(text, MENU).items

    assert note in item.note


@pytest.mark.parametrize("code", LANGUAGES)
def test_no_phrase_of_a_language_has_two_roles(code: str) -> None:
    """The parser uses only the first role of a phrase, so a second role would have no effect."""
    phrases = Counter(phrase for text in LANGUAGES[code].phrases.values() for phrase in set(phrases_in(text)))

    assert [" ".join(phrase) for phrase, roles in phrases.items() if roles > 1] == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_pattern_for_the_beginning_of_a_text_has_its_alternatives_in_brackets(code: str) -> None:
    """All patterns that start with "^" are compiled behind a single "^".

    In "^a|b" this would also bind b to the beginning of the text, so alternatives have to be in brackets."""
    patterns = [pattern for _, pattern in LANGUAGES[code].intents if pattern.startswith("^")]
    while any("(" in pattern for pattern in patterns):
        patterns = [re.sub(r"\([^()]*\)", "", pattern) for pattern in patterns]

    assert [pattern for pattern in patterns if "|" in pattern] == []


def test_menu_words_alone_tell_no_language() -> None:
    assert [read(text, MENU).language for text in ("latte", "espresso", "flat white", "oat latte")] == [None] * 4


def test_one_borrowed_word_is_no_other_language() -> None:
    assert read("gracias!", MENU, language="en").language is None
    assert read("merci beaucoup, c'est très bon", MENU, language="en").language == "fr"


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_has_a_pattern_for_every_topic(code: str) -> None:
    named = {"drink", "option", "group", "category", "unknown", "detail"}

    assert {*LANGUAGES[code].topics} | named == {*get_args(TopicKind)}
    assert LANGUAGES[code].available
    assert LANGUAGES[code].asking


@pytest.mark.parametrize("code", sorted({*LANGUAGES} - {DEFAULT}))
def test_every_option_of_the_template_menu_has_a_name_in_every_language(code: str) -> None:
    nameless = [each.name for group in MENU.groups for each in group.options if not each.translations.get(code)]

    assert nameless == []


def test_four_languages_are_read() -> None:
    assert set(LANGUAGES) == {"en", "de", "es", "fr"}


@pytest.mark.parametrize("text", ["the large latte please", "can I get the large latte", "large latte for me"])
def test_a_word_of_another_language_is_not_found_in_english_talk(text: str) -> None:
    """English "the" must not be read as French "thé" (tea)."""
    assert [told(item) for item in read(text, MENU).items] == ["1 Latte | Large"]


def test_a_question_about_the_coffees_is_not_about_tea() -> None:
    assert [topic.name for topic in read("are the coffees free?", MENU).topics] == ["Coffee", ""]
