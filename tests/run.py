"""`make test`: tests the pages' scripts on Node, then everything on SQLite and in memory, then the tests that use a
server on PostgreSQL and Redis.

    python -m tests.run [--only scripts|default|full] [pytest's arguments]

A skipped test counts as failed, because a test that did not run must not look as if it had passed. If at most three
tests of the whole suite fail, they are run once more by themselves, because browser tests can be too slow on a busy
machine. Tests that pass only then are listed."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from xml.etree import ElementTree

from tests import scripts, servers
from tests.browser import MISSING, chromium_path
from tests.programs import left_out

#: Environment variables that a developer may have set for a deployment. Test runs do not inherit them.
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
    *("SECRET_KEY", "API_SIGNING_KEYS", "ENCRYPTION_KEYS", "API_ORIGINS", "PUBLIC_URL", "ALLOWED_HOSTS"),
    *("PORT", "PROXIES", "HSTS", "DEMO", "SQLITE_SYNCHRONOUS"),
    *(
        "DATABASE_REPLICA_URLS",
        "METRICS_PORT",
        "SENTRY_DSN",
        "OTEL_EXPORTER_OTLP_ENDPOINT",
        "BROKER_URL",
        "EMAIL_URL",
        "EMAIL_FROM",
    ),
    *("WEB_WORKERS", "SOCKET_SERVERS", "TASK_WORKERS", "PROCESS_NAME"),
    *("TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_NUMBER", "STRIPE_SECRET_KEY", "STRIPE_WEBHOOK_SECRET"),
}
NO_TESTS_COLLECTED = 5
#: pytest's arguments for all tests that are not marked "alone", and for those that are. Tests marked "alone" run in a
#: separate process, because they change it for good. For example, Sentry's patches cannot be removed.
BESIDE_OTHERS, ALONE = ["-n", "2", "--dist", "worksteal", "-m", "not alone"], ["tests", "-m", "alone"]
#: Maximum number of failed tests that are run again. If more tests fail, a slow machine is not the cause.
FEW = 3


@dataclass(frozen=True)
class Round:
    """The result of one run of pytest."""

    ran_on: str
    passed: int
    failed: int
    skipped: int
    seconds: float
    code: int
    #: The failed tests as arguments for pytest, and the tests that passed only when they were run again.
    failures: tuple[str, ...] = ()
    unsteady: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        return self.code in (0, NO_TESTS_COLLECTED) and not self.failed and not self.skipped

    def __str__(self) -> str:
        skipped = f", {self.skipped} skipped (counts as failed)" if self.skipped else ""
        stopped = "" if self.ok or self.failed else f", pytest ended with code {self.code}"
        counts = f"{self.passed} passed, {self.failed} failed{skipped}{stopped}"
        unsteady = "".join(f"\n  failed at first, passed by itself: {test}" for test in self.unsteady)
        return f"On {self.ran_on}: {counts}, in {self.seconds:.0f} s{unsteady}"


def run(arguments: list[str], *, ran_on: str, **environment: str) -> Round:
    print(f"\n>>> {ran_on}", flush=True)
    inherited = {name: value for name, value in os.environ.items() if name not in DEPLOYMENT}
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="expresso-report-") as folder:
        report = Path(folder) / "report.xml"
        pytest = [sys.executable, "-m", "pytest", "-q", "-ra", f"--junit-xml={report}", *arguments]
        code = subprocess.run(pytest, env=inherited | environment, check=False).returncode
        counts, failures = read_counts(report), read_failures(report)
    return Round(ran_on, *counts, seconds=time.monotonic() - began, code=code, failures=failures)


def steadied(first: Round, again: Callable[[list[str]], Round]) -> Round:
    """Run the failed tests of `first` once more, if they are few. If all pass now, return a passed result."""
    if first.skipped or not 0 < first.failed == len(first.failures) <= FEW:
        return first
    second = again(list(first.failures))
    if second.code or second.passed != first.failed:
        return first
    passed, seconds = first.passed + second.passed, first.seconds + second.seconds
    return Round(first.ran_on, passed, 0, 0, seconds, code=0, unsteady=first.failures)


def read_failures(report: Path) -> tuple[str, ...]:
    """Return the failed tests in a JUnit report as arguments for pytest. No test is in a class, so the report's
    "classname" is the module of the file."""
    if not report.exists():
        return ()
    cases = ElementTree.parse(report).getroot().iter("testcase")
    failed = [case for case in cases if case.find("failure") is not None or case.find("error") is not None]
    return tuple(f"{case.get('classname', '').replace('.', '/')}.py::{case.get('name')}" for case in failed)


def read_counts(report: Path) -> tuple[int, int, int]:
    """Return the numbers of passed, failed and skipped tests. An error outside of a test counts as failed."""
    if not report.exists():
        return 0, 0, 0
    suites = ElementTree.parse(report).getroot().iter("testsuite")
    totals = dict.fromkeys(("tests", "failures", "errors", "skipped"), 0)
    for suite in suites:
        for name in totals:
            totals[name] += int(suite.get(name, 0))
    failed = totals["failures"] + totals["errors"]
    return totals["tests"] - failed - totals["skipped"], failed, totals["skipped"]


def on_default() -> Iterator[Callable[[list[str]], Round]]:
    yield partial(run, ran_on=f"SQLite {sqlite3.sqlite_version}, layer and cache in memory")


def on_servers() -> Iterator[Callable[[list[str]], Round]]:
    with (
        servers.postgres() as database,
        servers.redis_server() as redis,
        servers.migrated_database(database.url) as migrated,
    ):
        ran_on = f"{database.description}, {redis.description}"
        yield partial(run, ran_on=ran_on, DATABASE_URL=database.url, REDIS_URL=redis.url, MIGRATED_DATABASE=migrated)


def run_scripts(_arguments: list[str]) -> Round:
    print("\n>>> Node", flush=True)
    began = time.monotonic()
    passed, failed, skipped, code = scripts.run()
    return Round("Node", passed, failed, skipped, seconds=time.monotonic() - began, code=code)


def on_node() -> Iterator[Callable[[list[str]], Round]]:
    yield run_scripts


def everything() -> Iterator[Round]:
    yield run_scripts([])
    for go in on_default():
        yield steadied(go(BESIDE_OTHERS), go)
        yield steadied(go(ALONE), go)
    for go in on_servers():
        yield steadied(go(BESIDE_OTHERS), go)


def main(arguments: list[str]) -> int:
    for there, missing in ((chromium_path(whole=True), MISSING), (scripts.node(), scripts.MISSING)):
        if not there:
            print(missing, file=sys.stderr)
            return 1
    places = [on_default, on_servers]
    if arguments[:1] == ["--only"]:
        places = [{"scripts": on_node, "default": on_default, "full": on_servers}[arguments[1]]]
        arguments = arguments[2:] or BESIDE_OTHERS
    rounds = [go(arguments) for place in places for go in place()] if arguments else list(everything())
    print(flush=True)
    for result in rounds:
        print(result)
    passed, failed = sum(r.passed for r in rounds), sum(r.failed + r.skipped for r in rounds)
    for program, files in left_out().items():
        print(f"Not tested, because {program} is not installed: {', '.join(files)}")
    print(f"{passed} passed, {failed} failed", flush=True)
    complete = all(r.passed for r in rounds) if not arguments else passed > 0
    return 0 if complete and all(r.ok for r in rounds) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
