"""`make simulate`: simulates events with Expresso's own routing and quoted waits. It succeeds even if waits are bad.

docs/waits.md describes the simulation and the columns of its output. docs/planning.md describes `--forecast`. The
command needs no database."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from accounts.typed_input import at_least_one
from expresso import demo
from expresso.planner.forecast_error import error_lines
from expresso.simulation.figures import lines
from inventory.menu_file import read_menu


class Command(BaseCommand):
    help = "Simulate events to measure how often quoted waits are kept and how good the choice of stations is."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--seeds", type=at_least_one, default=5, help="number of runs of each case; the mean of the runs is shown"
        )
        parser.add_argument(
            "--tries",
            type=at_least_one,
            default=300,
            help="number of changes to try in search of the best choice of stations in hindsight",
        )

        parser.add_argument("--forecast", action="store_true", help="show the error of the predicted demand instead")
        parser.add_argument("--days", type=at_least_one, default=200, help="number of days to simulate with --forecast")

    def handle(self, *args: Any, seeds: int, tries: int, forecast: bool, days: int, **options: Any) -> None:
        if forecast:
            for line in error_lines(days):
                self.stdout.write(line)
            return
        menu = read_menu((Path(demo.__file__).parent / "menu.yaml").read_text())
        for line in lines(menu, seeds=seeds, tries=tries):
            self.stdout.write(line)
