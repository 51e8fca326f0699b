"""Counts how many generated dialogues on a menu end with the intended order."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from accounts.typed_input import at_least_one
from orders.parser import prepare
from sms.insight.dialogues import dialogues, ends_as_meant
from sms.management.commands.understand import from_event, from_file


class Command(BaseCommand):
    help = (
        "Tries made-up dialogues with additions, changes, swaps and removals on a menu, and counts how many end in "
        "the intended order. Nothing is ordered. With --menu it needs no database."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        source = parser.add_mutually_exclusive_group()
        source.add_argument("--event", metavar="SLUG", help="The event whose menu is used.")
        source.add_argument("--menu", metavar="FILE", type=Path, help="A menu file in the format of import_menu.")
        parser.add_argument("--count", type=at_least_one, default=1000)
        parser.add_argument("--seed", type=int, default=1, help="Another seed makes other dialogues.")

    def handle(
        self, *args: Any, event: str | None, menu: Path | None, count: int, seed: int, verbosity: int, **options: Any
    ) -> None:
        on = from_file(menu) if menu else from_event(event)
        prepare(on)
        wrong = [dialogue for dialogue in dialogues(on, count, seed=seed) if not ends_as_meant(dialogue, on)]
        if verbosity > 1:
            for dialogue in wrong:
                self.stdout.write(" | ".join(dialogue.texts))
        self.stdout.write(f"{count - len(wrong)} of {count} dialogues end in the order that was meant.")
