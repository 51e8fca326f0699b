"""A language is one module of words and one catalog: a made-up one works with nothing else added."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
from pytest_django import Settings

from orders.parser import languages, phrases, read, words
from orders.parser.lexicon import _lexicons
from orders.tests import sets
from sms.dry_run import Rehearsal

MODULE = """
from orders.parser.atoms import Kind
from orders.parser.reading import Intent

CODE = "xq"
PHRASES = {
    Kind.ARTICLE: "blo",
    Kind.WITH: "mq/, sprug",
    Kind.AND: "zik",
    Kind.NO: "nax",
    Kind.FOR: "frim",
    Kind.FILLER: "plizzo",
    Kind.NTH: "drel borpen",
}
NUMBERS = {"duzzo": 2}
ORDINALS = {"borpen": 2}
INTENTS = ((Intent.STATUS, "wrem grib"),)
MESSAGES = ((Intent.CANCEL, "kropp"),)
LINKING = "dwo"
"""
MENU = sets.menu("coffee")


@pytest.fixture
def borpian(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Iterator[str]:
    (tmp_path / "borpian.py").write_text(MODULE)
    catalog = polib.POFile()
    catalog.metadata = {"Content-Type": "text/plain; charset=utf-8", "Plural-Forms": "nplurals=2; plural=(n != 1);"}
    catalog.append(polib.POEntry(msgid="Got it: {items} ({code}), {wait}.", msgstr="Glorp {items} ({code}), {wait}."))
    folder = tmp_path / "xq" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    catalog.save_as_mofile(str(folder / "django.mo"))
    monkeypatch.setattr(languages, "__path__", [*languages.__path__, str(tmp_path)])
    added = {language.code: language for language in languages.languages_here()}
    monkeypatch.setitem(languages.LANGUAGES, "xq", added["xq"])
    settings.LANGUAGES = [*settings.LANGUAGES, ("xq", "Borpian")]
    settings.LOCALE_PATHS = [*settings.LOCALE_PATHS, tmp_path]
    _forget()
    yield "xq"
    monkeypatch.undo()
    _forget()


def _forget() -> None:
    phrases.phrase_table.cache_clear()
    words._pieces.cache_clear()
    _lexicons.clear()


def test_an_order_in_a_new_language_is_read_and_answered_in_it(borpian: str) -> None:
    talk = Rehearsal(MENU, languages=("en", borpian))

    said = talk.text("duzzo large lattes mq/oat zik blo small mocha nax cream plizzo")

    assert [sets.line(item) for item in said.items] == ["2 Latte | Large, Oat", "1 Mocha | Small, no Whipped cream"]
    assert said.turn.reading.language == borpian
    assert said.reply.startswith("Glorp ")


def test_messages_questions_places_and_names_of_a_new_language_are_understood(borpian: str) -> None:
    order = read("large latte and small mocha", MENU).items

    assert read("kropp", MENU, language=borpian).intent == "cancel"
    assert read("wrem grib", MENU, language=borpian).intent == "status"
    assert read("blo latte frim Zolt plizzo", MENU, language=borpian).name == "Zolt"
    changed = read("drel borpen sprug oat", MENU, order=order, language=borpian)
    assert [sets.line(item) for item in changed.items] == ["1 Latte | Large", "1 Mocha | Oat, Small"]
