from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from accounts.models import record
from expresso import backups
from orders.models import Order


class Command(BaseCommand):
    help = "Restore a backup. Stop Expresso first. A backup of an older release is migrated afterwards."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="folder of the backup")
        parser.add_argument("--replace", action="store_true", help="replace a database that holds orders")

    def handle(self, *, folder: Path, replace: bool, **_options: Any) -> None:
        try:
            about = backups.restore_backup(folder, replace=replace)
        except backups.BackupError as error:
            raise CommandError(str(error)) from None
        call_command("migrate", verbosity=0, interactive=False)
        record("restored", folder.name, by=None, made_at=about.made_at)
        count = Order.objects.count()
        self.stdout.write(f"Brought back {count} {'order' if count == 1 else 'orders'}, as of {about.made_at}.")
