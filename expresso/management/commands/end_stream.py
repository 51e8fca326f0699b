"""Ends the stream of facts (changes of orders, texts and so on) to a message broker.

Removes the database triggers that note facts, and deletes the facts that were not published."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from expresso.facts.outbox import close_outbox


class Command(BaseCommand):
    help = (
        "Stop storing facts for a message broker, and delete those that are not published. First unset BROKER_URL and "
        "restart the workers."
    )

    def handle(self, **_options: Any) -> None:
        dropped = close_outbox()
        self.stdout.write(f"The stream has ended. {dropped} facts were not published and are deleted.")
