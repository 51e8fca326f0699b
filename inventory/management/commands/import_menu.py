from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from accounts.models import record
from inventory.importing import Changes, export_menu, import_menu
from inventory.menu_export import write_menu
from inventory.menu_file import read_menu
from inventory.menu_yaml import MAX_SIZE, Fault, MenuFileError
from stations.models import Event

NAMES_SHOWN = 8


class Command(BaseCommand):
    help = "Read an event's menu from a YAML file, or write it as one with --export."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", metavar="FILE", help="file with the menu, or - to read standard input")
        parser.add_argument("--event", required=True, metavar="SLUG", help="the event whose menu is read or written")
        parser.add_argument("--export", action="store_true", help="write the event's menu to standard output instead")

    def handle(self, *, file: str | None, event: str, export: bool, **options: Any) -> None:
        if export == bool(file):
            raise CommandError("Give FILE to read a menu, or --export alone to write it to standard output.")
        _check_tables()
        found = _event(event)
        if file:
            self.stdout.write(_report(import_menu(found, _read(file)), event=found))
        else:
            record("exported", f"menu of {found}", by=None, event=found.pk, by_way_of="command")
            self.stdout.write(write_menu(export_menu(found)), ending="")


def _check_tables() -> None:
    migrations = MigrationExecutor(connection)
    if migrations.migration_plan(migrations.loader.graph.leaf_nodes()):
        raise CommandError("The database has not all of its tables yet. Run `python manage.py migrate` first.")


def _event(slug: str) -> Event:
    try:
        return Event.objects.get(slug=slug)
    except Event.DoesNotExist:
        slugs = ", ".join(Event.objects.values_list("slug", flat=True)) or "none yet; add one in the admin"
        raise CommandError(f"There is no event {slug!r}. Events: {slugs}.") from None


def _read(file: str) -> Any:
    try:
        return read_menu(_text(file))
    except MenuFileError as error:
        raise CommandError(f"{file} cannot be used, and nothing was changed.\n{error}") from error


def _text(file: str) -> str:
    # A character has at most four bytes. Reading one byte more is enough to notice that the file is too long.
    limit = MAX_SIZE * 4 + 1
    try:
        with sys.stdin.buffer if file == "-" else Path(file).open("rb") as source:
            data = source.read(limit)
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise MenuFileError(Fault(line, "this is not UTF-8 text; save the file as UTF-8.")) from error


def _report(changes: Changes, *, event: Event) -> str:
    lines = [f"{event}: {changes}."]
    for (kind, act), names in changes.of.items():
        more = f" and {len(names) - NAMES_SHOWN} more" if len(names) > NAMES_SHOWN else ""
        lines.append(f"  {kind} {act}: {', '.join(names[:NAMES_SHOWN])}{more}")
    return "\n".join(lines)
