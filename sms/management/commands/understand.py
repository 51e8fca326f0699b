"""Shows how texts are understood and answered. Reads JSON objects, one on each line, and writes a JSON object for each.

With --stages it writes the stages of docs/reading.md instead, as the page "Read a text" shows them."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from inventory.menu import Menu
from inventory.menu_file import read_menu
from inventory.menu_yaml import MenuFileError
from inventory.snapshot import menu_of
from orders.items import Item
from orders.parser import prepare
from sms.conversation.turn import clean_name
from sms.dry_run import Rehearsal, Rehearsed
from sms.insight.reading_stages import rehearse
from sms.insight.stages import stages_as_text
from stations.models import Event


class Faulty(ValueError):
    """A line of the input is not valid. The message says why."""


class Command(BaseCommand):
    help = (
        'Reads {"text": "large latte", "after": ["earlier text"]} lines from standard input and writes how each text '
        "is understood and answered. Nothing is ordered. With --menu it needs no database. With --stages it writes for "
        "people what each stage of the parser found."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        source = parser.add_mutually_exclusive_group()
        source.add_argument("--event", metavar="SLUG", help="The event whose menu is used.")
        source.add_argument("--menu", metavar="FILE", type=Path, help="A menu file in the format of import_menu.")
        parser.add_argument("--stages", action="store_true", help="Write every stage of reading each text, as a table.")

    def handle(self, *args: Any, event: str | None, menu: Path | None, stages: bool, **options: Any) -> None:
        on = from_file(menu) if menu else from_event(event)
        # Build the menu's word lists now. Otherwise "ms" in the first line of output would include the time for
        # building them.
        prepare(on)
        for number, line in enumerate(sys.stdin, start=1):
            if line.strip():
                self.stdout.write(stages_told(line, number, on) if stages else as_line(answered(line, number, on)))
                self.stdout.flush()


def from_file(path: Path) -> Menu:
    try:
        return read_menu(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{path} cannot be read: {error}") from error
    except MenuFileError as error:
        raise CommandError(f"{path}: {error}") from error


def from_event(slug: str | None) -> Menu:
    events = Event.objects.filter(slug=slug) if slug else Event.objects.all()
    found = list(events[:2])
    if len(found) != 1:
        slugs = ", ".join(Event.objects.values_list("slug", flat=True)) or "none"
        raise CommandError(f"Say which event's menu to read with: --event SLUG (there are: {slugs}), or --menu FILE.")
    return menu_of(found[0]).menu


def answered(line: str, number: int, menu: Menu) -> dict[str, Any]:
    try:
        text, rehearsal = rehearsed_until(line, menu)
    except Faulty as fault:
        return {"error": str(fault), "line": number}
    return as_json(rehearsal.text(text))


def stages_told(line: str, number: int, menu: Menu) -> str:
    """Return the stages of reading the text of this line, or the error of an invalid line as JSON."""
    try:
        text, rehearsal = rehearsed_until(line, menu)
    except Faulty as fault:
        return as_line({"error": str(fault), "line": number})
    return stages_as_text(text, rehearse(text, rehearsal).stages)


def rehearsed_until(line: str, menu: Menu) -> tuple[str, Rehearsal]:
    """Return the text of this line, and a conversation in which the earlier texts were answered."""
    text, after = asked(line)
    rehearsal = Rehearsal(menu)
    for earlier in after:
        rehearsal.text(earlier)
    return text, rehearsal


def as_line(answer: dict[str, Any]) -> str:
    return json.dumps(answer, ensure_ascii=False)


def asked(line: str) -> tuple[str, list[str]]:
    try:
        raw = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise Faulty(f"This is not JSON: {error}.") from error
    if not isinstance(raw, dict) or not isinstance(raw.get("text"), str):
        raise Faulty('A line is an object with a text, such as {"text": "large latte"}.')
    after = raw.get("after") or []
    if not isinstance(after, list) or not all(isinstance(text, str) for text in after):
        raise Faulty('"after" is a list of texts.')
    return raw["text"], after


def as_json(rehearsed: Rehearsed) -> dict[str, Any]:
    reading = rehearsed.turn.reading
    return {
        "intent": reading.intent,
        "items": [item_as_json(item) for item in rehearsed.items],
        "unknown": list(reading.unknown),
        "name": clean_name(reading.name or "") or None,
        "reply": rehearsed.reply,
        "ms": round(rehearsed.ms, 2),
    }


def item_as_json(item: Item) -> dict[str, Any]:
    return {
        "quantity": item.quantity,
        "drink": item.drink,
        "options": [
            {"group": choice.group, "option": choice.option, "amount": whole(choice.amount)} for choice in item.choices
        ],
        "name": item.name,
        "note": item.note,
    }


def whole(amount: float | str | None) -> float | str | None:
    """Return a whole number as an int, so that the output is 2 and not 2.0. Return other values unchanged."""
    return int(amount) if isinstance(amount, float) and amount.is_integer() else amount
