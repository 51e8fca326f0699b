"""The command `understand` reads the examples of `what_customers_text.yaml` as intended, without a database."""

from __future__ import annotations

import io
import json
import re
from functools import cache
from pathlib import Path
from textwrap import indent
from typing import Any
from unittest.mock import patch

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from inventory.menu_file import read_menu
from orders.tests import factory, sets
from sms.insight.stages import TITLES
from sms.management.commands import understand as command

MENU = Path(settings.BASE_DIR) / "expresso" / "demo" / "menu.yaml"
#: Reads each menu file only once. The parser caches the word lists of a menu by the object's identity.
READ_MENU = cache(read_menu)
TEXTS = sets.from_yaml(Path(__file__).parent / "what_customers_text.yaml")


def understand(*lines: object, **options: Any) -> list[dict[str, Any]]:
    typed = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    written = io.StringIO()
    with patch("sys.stdin", io.StringIO(typed + "\n")), patch.object(command, "read_menu", READ_MENU):
        call_command("understand", stdout=written, **(options or {"menu": MENU}))
    return [json.loads(line) for line in written.getvalue().splitlines()]


@pytest.fixture(scope="module")
def readings() -> list[dict[str, Any]]:
    return understand(*({"text": each["text"], "after": each.get("after", [])} for each in TEXTS))


def title(example: dict[str, Any]) -> str:
    return " / ".join([*example.get("after", ()), example["text"]]) or "empty"


def told(item: dict[str, Any]) -> tuple[str, frozenset[str]]:
    """Return an item in the form of the examples, such as ("2 Latte", {"Large", "no Foam"})."""
    said = (f"{o['amount']} {o['option']}" if o["amount"] is not None else o["option"] for o in item["options"])
    return f"{item['quantity']} {item['drink']}", frozenset(said)


def wanted(line: str) -> tuple[str, frozenset[str]]:
    drink, options = line.split(" | ") if " | " in line else (line.removesuffix(" |"), "")
    return drink.strip(), frozenset(each.strip() for each in options.split(",") if each.strip())


@pytest.mark.parametrize("number", range(len(TEXTS)), ids=[title(each) for each in TEXTS])
def test_text_is_read_as_customers_mean_it(readings: list[dict[str, Any]], number: int) -> None:
    example, read = TEXTS[number], readings[number]

    if "order" in example:
        assert sorted(map(told, read["items"]), key=str) == sorted(map(wanted, example["order"]), key=str)
    elif "after" not in example:
        assert read["items"] == []
    if "intent" in example:
        assert read["intent"] == example["intent"]
    if "name" in example:
        assert read["name"] == example["name"]
    if "names" in example:
        assert [item["name"] for item in read["items"]] == example["names"]
    if "after" not in example:
        assert read["unknown"] == example.get("unknown", [])
    assert all(word in read["reply"] for word in example.get("unknown", []))


def test_line_has_the_whole_reading() -> None:
    (read,) = understand({"text": "2 large oat lattes, half a sugar, for Sam, and a bagel"})

    assert read.pop("ms") >= 0
    assert read == {
        "intent": "order",
        "items": [
            {
                "quantity": 2,
                "drink": "Latte",
                "options": [
                    {"group": "Size", "option": "Large", "amount": None},
                    {"group": "Milk", "option": "Oat", "amount": None},
                    {"group": "Sweetener", "option": "Sugar", "amount": 0.5},
                ],
                "name": None,
                "note": "",
            }
        ],
        "unknown": ["bagel"],
        "name": "Sam",
        "reply": "Got it: 2x large oat latte, 1/2 sugar (A01), ready in 2-5 min. No bagel, sorry.",
    }


def test_stages_have_the_titles_of_the_page_and_each_word() -> None:
    written = io.StringIO()
    line = json.dumps({"after": ["large latte"], "text": "make it oat, no sugar, and a bagel for Mia"})
    with patch("sys.stdin", io.StringIO(f"{{\n{line}\n")):
        call_command("understand", stdout=written, menu=MENU, stages=True)

    fault, shown = written.getvalue().split("\n", 1)
    assert json.loads(fault)["line"] == 1
    assert re.findall(r"^\d+\. (.+)$", shown, re.MULTILINE) == [*TITLES]
    assert "   make · it · oat · , · no · sugar · , · and · a · bagel · for · Mia\n" in shown
    assert "   no sugar  Sweetener: Sugar  (not made)\n" in shown
    assert "   bagel  not on the menu\n" in shown


def test_worked_example_of_the_documentation_is_what_the_command_writes() -> None:
    method = (Path(settings.BASE_DIR) / "docs" / "reading.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"## A worked example\n\n    (.+)\n", method)
    written = io.StringIO()
    with patch("sys.stdin", io.StringIO(json.dumps({"text": example}) + "\n")):
        call_command("understand", stdout=written, menu=MENU, stages=True)

    _, _, stages = written.getvalue().strip().split("\n", 2)
    assert indent(stages, "    ") in method


def test_ways_that_lost_are_written_with_their_costs() -> None:
    written = io.StringIO()
    with patch("sys.stdin", io.StringIO('{"text": "lage oat capp + a v60"}\n')):
        call_command("understand", stdout=written, menu=MENU, stages=True)

    shown = written.getvalue()
    assert "   lage  Size: Large (read as large)  (" in shown
    assert re.search(r"^   At \d+\.\d\d instead of \d+\.\d\d:\n   v   says nothing", shown, re.MULTILINE)


def test_whole_amount_is_written_as_a_whole_number() -> None:
    (read,) = understand({"text": "espresso 2 sugars"})

    assert json.dumps(read["items"][0]["options"]) == '[{"group": "Sweetener", "option": "Sugar", "amount": 2}]'


def test_earlier_texts_are_answered_first() -> None:
    (read,) = understand({"after": ["latte", "large", "Ana"], "text": "status"})

    assert read["reply"] == "A01 (large latte) is next in line at the bar, ready within 3 min."


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "This is not JSON"),
        ("[]", "A line is an object with a text"),
        ('{"text": 5}', "A line is an object with a text"),
        ('{"after": []}', "A line is an object with a text"),
        ('{"text": "a", "after": "b"}', '"after" is a list of texts.'),
        ('{"text": "a", "after": [1]}', '"after" is a list of texts.'),
        ("[" * 100_000, "This is not JSON"),
    ],
)
def test_faulty_line_is_told_and_the_next_one_read(line: str, reason: str) -> None:
    fault, read = understand(line, {"text": "espresso"})

    assert fault["line"] == 1
    assert fault["error"].startswith(reason)
    assert [item["drink"] for item in read["items"]] == ["Espresso"]


def test_file_that_is_no_menu_is_refused_with_its_line(tmp_path: Path) -> None:
    faulty = tmp_path / "menu.yaml"
    faulty.write_text("name: Bar\ndrinks:\n  - nam: Latte\n")

    with pytest.raises(CommandError, match="line 3"):
        understand(menu=faulty)


def test_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        understand(menu=tmp_path / "none.yaml")


@pytest.mark.django_db
def test_menu_of_an_event_is_read_with() -> None:
    factory.cafe(slug="fair")
    factory.cafe(slug="other")

    (read,) = understand({"text": "small tea"}, event="fair")

    assert [item["drink"] for item in read["items"]] == ["Tea"]


@pytest.mark.django_db
def test_which_event_must_be_said_where_there_are_several() -> None:
    factory.cafe(slug="fair")
    factory.cafe(slug="other")

    with pytest.raises(CommandError, match="--event SLUG"):
        understand(event=None)
