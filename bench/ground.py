"""A Ground is a deployment that is measured: its folder, port and database. Its data is prepared once and then copied,
so that every measurement starts with the same rows."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg

from bench.texts import SmsWebhook
from expresso import machine
from expresso.family import Family, Member, find_program
from expresso.launch import wait_until_answering
from tests import servers
from tests.run import DEPLOYMENT

SECRET_KEY = "a key for measurements of no use elsewhere"
PROCESSES = {"WEB_WORKERS": "2", "TASK_WORKERS": "2"}


@dataclass(frozen=True)
class Ground:
    """A data folder and a port to run a deployment with. A full deployment also has a database and a Redis."""

    folder: Path
    port: int
    database_url: str = ""
    redis_url: str = ""
    #: Process id of PostgreSQL; 0 if the database is SQLite or runs on another machine.
    database_process: int = 0

    @property
    def public_url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def database_name(self) -> str:
        return urlsplit(self.database_url).path.strip("/")

    @property
    def http_port(self) -> int:
        """Return the port that answers HTTP requests. This is `port`, where nginx listens in a full deployment; without
        nginx it is the next port, the one of the WSGI workers."""
        return self.port + (1 if self.database_url and not find_program("nginx") else 0)

    @property
    def environment(self) -> dict[str, str]:
        inherited = {name: value for name, value in os.environ.items() if name not in DEPLOYMENT}
        ours = {
            "DJANGO_SETTINGS_MODULE": "expresso.settings",
            "SECRET_KEY": SECRET_KEY,
            "API_SIGNING_KEYS": SECRET_KEY,
            "ENCRYPTION_KEYS": SECRET_KEY,
            "PUBLIC_URL": self.public_url,
            "ALLOWED_HOSTS": "localhost,127.0.0.1",
            "LOG_FORMAT": "json",
            "PORT": str(self.port),
            "VAR_DIR": str(self.folder),
        }
        theirs = {"DATABASE_URL": self.database_url, "REDIS_URL": self.redis_url} if self.database_url else {}
        return inherited | PROCESSES | ours | theirs

    def webhook(self, number: str) -> SmsWebhook:
        # Without a Twilio account, Expresso checks signatures with this token, which it derives from its SECRET_KEY.
        return SmsWebhook(self.public_url, f"simulator-{SECRET_KEY}", number)

    def python(self, module: str, *arguments: str) -> Any:
        """Run a Python module with this deployment's settings. Parse its output as JSON and return the result."""
        with (self.folder / "log").open("ab") as log:
            command = [sys.executable, "-m", module, *arguments]
            done = subprocess.run(command, env=self.environment, stdout=subprocess.PIPE, stderr=log, check=False)
        if done.returncode:
            raise RuntimeError(f"{module} ended with code {done.returncode}:\n{self.last_words}")
        return json.loads(done.stdout)

    @property
    def last_words(self) -> str:
        return (self.folder / "log").read_text(errors="replace")[-3000:]

    @contextlib.contextmanager
    def copy(self, name: str) -> Iterator[Ground]:
        """Yield a new Ground with a copy of the rows and files. No other process must be connected to this Ground's
        database."""
        folder = self.folder.with_name(name)
        shutil.copytree(self.folder, folder)
        try:
            if self.database_url:
                with servers.fresh_database(self.database_url, template=self.database_name) as url:
                    yield replace(self, folder=folder, database_url=url)
            else:
                yield replace(self, folder=folder)
        finally:
            shutil.rmtree(folder)

    @contextlib.contextmanager
    def serving(self) -> Iterator[Member]:
        """Run the deployment with its launcher until the block ends."""
        launcher = "expresso.full" if self.database_url else "expresso.run"
        with (self.folder / "log").open("ab") as log, Family() as family:
            member = family.start(
                "deployment", [sys.executable, "-m", launcher], env=self.environment, stdout=log, stderr=log
            )
            try:
                wait_until_answering(member, self.http_port)
            except SystemExit:
                raise RuntimeError(f"{launcher} did not start:\n{self.last_words}") from None
            yield member

    @property
    def database(self) -> str:
        """Return the URL of the PostgreSQL database, or the path of the SQLite file."""
        return self.database_url or str(self.folder / "expresso.sqlite3")

    def execute(self, sql: str) -> list[tuple[Any, ...]]:
        """Run one SQL statement and return its rows. This also works while other processes use the database."""
        if self.database_url:
            with psycopg.connect(self.database_url, autocommit=True) as postgres:
                cursor = postgres.execute(sql)
                return cursor.fetchall() if cursor.description else []
        with contextlib.closing(sqlite3.connect(self.database, timeout=10)) as sqlite, sqlite:
            return sqlite.execute(sql).fetchall()


def new_port() -> int:
    """Return a free port that is followed by two more free ports. nginx uses the first port, and the servers behind it
    use the others."""
    while True:
        port = servers.free_port()
        with contextlib.suppress(machine.CannotStart):
            return min(machine.require_free_port(port + n) for n in range(3))


def cpu_seconds(ancestor: int) -> float:
    """Return the CPU time of a process and its descendants in seconds; 0 without a process or without /proc.

    On a busy machine CPU time is more reliable than elapsed time."""
    if not ancestor or not Path("/proc/self/stat").exists():
        return 0.0
    parents, ticks = {}, {}
    for file in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = file.read_text().rpartition(") ")[2].split()
            parents[int(file.parent.name)] = int(fields[1])
            # Add the CPU time of the process and that of its ended children.
            ticks[int(file.parent.name)] = sum(map(int, fields[11:15]))

    def descends(pid: int) -> bool:
        return pid == ancestor or (pid in parents and descends(parents[pid]))

    return sum(n for pid, n in ticks.items() if descends(pid)) / os.sysconf("SC_CLK_TCK")
