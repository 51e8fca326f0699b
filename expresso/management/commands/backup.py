from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.models import record
from expresso import backups


class Command(BaseCommand):
    help = (
        "Write a backup of the database into a new folder. Expresso can keep running. The backup does not contain the "
        "encryption keys."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="new folder for the backup, such as backups/2026-11-29")

    def handle(self, *, folder: Path, **_options: Any) -> None:
        try:
            about = backups.make_backup(folder)
        except backups.BackupError as error:
            raise CommandError(str(error)) from None
        record("backed up", folder.name, by=None)
        size = sum(file.stat().st_size for file in folder.iterdir()) / 1_000_000
        self.stdout.write(
            f"Wrote {folder} ({size:.1f} MB). Keep the keys apart from it: {', '.join(about.encryption_keys)}"
        )
