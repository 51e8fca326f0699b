"""Tests that one module of words is enough to add a language. The language of the test is invented."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from orders.parser import detect_language, languages, phrases, read, words
from orders.parser.lexicon import _lexicons
from orders.tests import sets

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
def borpian(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    (tmp_path / "borpian.py").write_text(MODULE)
    monkeypatch.setattr(languages, "__path__", [*languages.__path__, str(tmp_path)])
    added = {language.code: language for language in languages.languages_here()}
    monkeypatch.setitem(languages.LANGUAGES, "xq", added["xq"])
    _forget()
    yield "xq"
    monkeypatch.undo()
    _forget()


def _forget() -> None:
    phrases.phrase_table.cache_clear()
    words._pieces.cache_clear()
    _lexicons.clear()
    detect_language._menus.clear()


def test_an_order_in_a_new_language_is_read(borpian: str) -> None:
    reading = read("duzzo large lattes mq/oat zik blo small mocha nax cream plizzo", MENU)

    assert [sets.line(item) for item in reading.items] == ["2 Latte | Large, Oat", "1 Mocha | Small, no Whipped cream"]
    assert reading.language == borpian


def test_messages_questions_places_and_names_of_a_new_language_are_understood(borpian: str) -> None:
    order = read("large latte and small mocha", MENU).items

    assert read("kropp", MENU, language=borpian).intent == "cancel"
    assert read("wrem grib", MENU, language=borpian).intent == "status"
    assert read("blo latte frim Zolt plizzo", MENU, language=borpian).name == "Zolt"
    changed = read("drel borpen sprug oat", MENU, order=order, language=borpian)
    assert [sets.line(item) for item in changed.items] == ["1 Latte | Large", "1 Mocha | Oat, Small"]
