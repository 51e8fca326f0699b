from __future__ import annotations

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from expresso import demo


class Command(BaseCommand):
    help = "Create the demonstration event and its staff if they do not exist yet, and print their logins."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print the event and the logins as JSON")

    def handle(self, *, json: bool, verbosity: int, **options: Any) -> None:
        made = demo.load()
        if json:
            self.stdout.write(_as_json())
        elif verbosity:
            self.stdout.write("Made the demonstration event." if made else "The demonstration event is there already.")
            for login in demo.logins():
                self.stdout.write(f"  {login.username:<12}{login.password:<18}{login.role}")


def _as_json() -> str:
    return json.dumps({"event": demo.SLUG, "logins": [asdict(login) for login in demo.logins()]})
