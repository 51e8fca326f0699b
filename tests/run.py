"""`make test`: the whole suite, on SQLite and memory, then on PostgreSQL and Redis what touches them.

    python -m tests.run [--only default|full] [pytest's arguments]

A skipped test counts as a failure: what was not run must not look like what passed."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from tests import servers
from tests.browser import MISSING, chromium_path

#: What a developer may have set for a deployment; a test run has its own.
DEPLOYMENT = {
    *(
        "DATABASE_URL",
        "DB_POOL_SIZE",
        "REDIS_URL",
        "VAR_DIR",
        "DEBUG",
        "LOG_FORMAT",
        "DJANGO_SETTINGS_MODULE",
    ),
    *("SECRET_KEY", "PUBLIC_URL", "ALLOWED_HOSTS", "PORT", "PROXIES", "WEB_WORKERS", "TASK_WORKERS"),
    *("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_NUMBER"),
}
NO_TESTS_COLLECTED = 5
#: What measures runs afterwards, with nothing beside it.
EVERYTHING = (["-n", "2", "--dist", "worksteal", "-m", "not alone"], ["-m", "alone"])


@dataclass(frozen=True)
class Round:
    """One run of pytest: what it ran on and how it went."""

    ran_on: str
    passed: int
    failed: int
    skipped: int
    seconds: float
    code: int

    @property
    def ok(self) -> bool:
        return self.code in (0, NO_TESTS_COLLECTED) and not self.failed and not self.skipped

    def __str__(self) -> str:
        skipped = f", {self.skipped} skipped (counts as failed)" if self.skipped else ""
        stopped = "" if self.ok or self.failed else f", pytest ended with code {self.code}"
        counts = f"{self.passed} passed, {self.failed} failed{skipped}{stopped}"
        return f"On {self.ran_on}: {counts}, in {self.seconds:.0f} s"


def run(arguments: list[str], *, ran_on: str, **environment: str) -> Round:
    print(f"\n>>> {ran_on}", flush=True)
    inherited = {name: value for name, value in os.environ.items() if name not in DEPLOYMENT}
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="expresso-report-") as folder:
        report = Path(folder) / "report.xml"
        pytest = [sys.executable, "-m", "pytest", "-q", "-ra", f"--junit-xml={report}", *arguments]
        code = subprocess.run(pytest, env=inherited | environment, check=False).returncode
        counts = read_counts(report)
    return Round(ran_on, *counts, seconds=time.monotonic() - began, code=code)


def read_counts(report: Path) -> tuple[int, int, int]:
    """Passed, failed and skipped; an error outside a test counts as failed."""
    if not report.exists():
        return 0, 0, 0
    suites = ElementTree.parse(report).getroot().iter("testsuite")
    totals = dict.fromkeys(("tests", "failures", "errors", "skipped"), 0)
    for suite in suites:
        for name in totals:
            totals[name] += int(suite.get(name, 0))
    failed = totals["failures"] + totals["errors"]
    return totals["tests"] - failed - totals["skipped"], failed, totals["skipped"]


def on_default(*parts: list[str]) -> list[Round]:
    ran_on = f"SQLite {sqlite3.sqlite_version}, layer and cache in memory"
    return [run(arguments, ran_on=ran_on) for arguments in parts]


def on_servers(*parts: list[str]) -> list[Round]:
    with servers.postgres() as database, servers.redis_server() as redis:
        ran_on = f"{database.description}, {redis.description}"
        # What measures does so on the default.
        return [run(parts[0], ran_on=ran_on, DATABASE_URL=database.url, REDIS_URL=redis.url)]


def main(arguments: list[str]) -> int:
    if not chromium_path():
        print(MISSING, file=sys.stderr)
        return 1
    rounds_wanted = [on_default, on_servers]
    if arguments[:1] == ["--only"]:
        rounds_wanted = [{"default": on_default, "full": on_servers}[arguments[1]]]
        arguments = arguments[2:]
    parts = [arguments] if arguments else EVERYTHING
    rounds = [round for go in rounds_wanted for round in go(*parts)]
    print(flush=True)
    for result in rounds:
        print(result)
    passed, failed = sum(r.passed for r in rounds), sum(r.failed + r.skipped for r in rounds)
    print(f"{passed} passed, {failed} failed", flush=True)
    complete = all(r.passed for r in rounds) if not arguments else passed > 0
    return 0 if complete and all(r.ok for r in rounds) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
