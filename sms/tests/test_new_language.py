"""A new language needs a module of words and a translation catalog, but no further code."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
from django.conf import settings
from pytest_django.fixtures import Settings

from accounts.models import Customer
from inventory.menu import Menu, MenuDrink, MenuGroup, MenuOption
from orders.items import Choice, Item
from orders.models import Order
from orders.parser import languages, read
from orders.parser.phrases import phrase_table
from sms import ratings
from sms.conversation.sayings import ShowMenu
from sms.replies.answering import word
from sms.rewording import limits
from sms.tests.test_languages import say_in
from sms.tests.test_replies import FACTS, MENU
from sms.tests.texting import PHONE, known, text
from stations.models import Station
from tests.modules import ROOT, product_modules

#: A module of Italian words with the private language code "qaa", so that real Italian can be added to Expresso later.
ITALIAN = """
from orders.parser.atoms import Kind
from orders.parser.reading import Intent

CODE = "qaa"
OPTIONS_FIRST = False
PHRASES = {
    Kind.ARTICLE: "un, una",
    Kind.AND: "e",
    Kind.WITH: "con",
    Kind.NO: "senza",
    Kind.ASK: "vorrei, prendo",
    Kind.FILLER: "per favore, grazie, ciao",
}
NUMBERS = {"due": 2, "tre": 3}
ORDINALS = {}
INTENTS = ((Intent.STATUS, "(dove|quando) ... (mio|pronto)"),)
MESSAGES = ((Intent.THANKS, "grazie"), (Intent.YES, "si, certo"), (Intent.NO, "no, no grazie"))
SCORES = {"quattro": 4}
RATING_PRAISE = "buonissimo"
RATING_BLAME = "era freddo"
RATING_ASKS = "vorrei"
TEXTING_VERBS = "scrivi"
"""


@pytest.fixture
def italian(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Install a language module and a translation catalog in temporary folders, and change nothing else."""
    (tmp_path / "invented.py").write_text(ITALIAN)
    folder = tmp_path / "qaa" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    catalog = polib.POFile()
    catalog.metadata = {"Content-Type": "text/plain; charset=UTF-8", "Plural-Forms": "nplurals=2; plural=(n != 1);"}
    catalog.append(polib.POEntry(msgid="Got it: {items} ({code}), {wait}.", msgstr="Fatto: {items} ({code}), {wait}."))
    catalog.append(polib.POEntry(msgid="ready in {earliest}-{latest} min", msgstr="pronto in {earliest}-{latest} min"))
    catalog.save(str(folder / "django.po"))
    catalog.save_as_mofile(str(folder / "django.mo"))
    settings.LOCALE_PATHS = [*settings.LOCALE_PATHS, tmp_path]
    settings.LANGUAGES = [*settings.LANGUAGES, ("qaa", "Italiano")]
    monkeypatch.setattr(languages, "__path__", [*languages.__path__, str(tmp_path)])
    for language in languages.languages_here():
        monkeypatch.setitem(languages.LANGUAGES, language.code, language)
    ratings._patterns.cache_clear()
    limits._prompted.cache_clear()
    yield
    phrase_table.cache_clear()
    ratings._patterns.cache_clear()
    limits._prompted.cache_clear()


@pytest.mark.usefixtures("italian")
def test_a_language_is_a_module_of_words_and_a_catalog(bar: Station) -> None:
    bar.event.languages = ["en", "qaa"]
    bar.event.full_clean()
    bar.event.save()
    known(bar.event)
    say_in(bar.event, "Large", qaa=["grande"])
    say_in(bar.event, "Oat", qaa=["latte d'avena"])

    reply = text(bar.event, "vorrei due mocha grande con latte d'avena per favore")

    order = Order.objects.get()
    assert reply == f"Fatto: 2x mocha, grande, latte d'avena ({order.code}), pronto in 4-9 min."
    assert Customer.objects.get(phone=PHONE).language == "qaa"


@pytest.mark.usefixtures("italian")
def test_ratings_and_opt_out_words_are_understood_in_a_new_language() -> None:
    assert [ratings.score_in("quattro"), ratings.judges("buonissimo!"), ratings.judges("era freddo")] == [4, True, True]
    assert not ratings.judges("vorrei un latte buonissimo")
    assert limits.opt_out_in("scrivi stop") == "STOP"


def test_no_code_names_a_language() -> None:
    """Only the language modules and the settings contain language codes such as "de". The settings list the languages
    into which sentences are translated."""
    codes = set(dict(settings.LANGUAGES))
    naming = [
        f"{file.relative_to(ROOT)}:{node.lineno}"
        for file in product_modules()
        if "languages" not in file.parts and file.parts[-2:] != ("expresso", "settings.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and node.value in codes
    ]

    assert naming == []


def test_a_drink_and_an_option_group_are_rows_of_the_menu() -> None:
    spice = MenuGroup("Spice", (MenuOption("Mild"), MenuOption("Fiery", ("hot sauce",))), ask=True)
    before = Menu("Bar", MENU.drinks, MENU.groups)
    after = Menu("Bar", (*MENU.drinks, MenuDrink("Dragon soup", "Soup", ("ramen",), ("Spice",))), (*MENU.groups, spice))

    assert read("a ramen with hot sauce", before).items == ()
    (item,) = read("a ramen with hot sauce", after).items
    assert item == Item("Dragon soup", choices=(Choice("Spice", "Fiery"),))
    assert [asked.group for asked in read("dragon soup please", after).missing] == ["Spice"]
    assert word((ShowMenu((*read("what spice do you have", after).topics,)),), after, FACTS) == "Spice: mild, fiery."
