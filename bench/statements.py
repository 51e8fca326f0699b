"""Counts the SQL statements that answering a text takes, and runs the same statements with the bare database driver.

    python -m bench.statements FILE_OR_URL

The argument is a second database with the same rows. Django answers texts in this process with the first database, and
their statements are recorded. Then the driver alone (psycopg or sqlite3) runs the recorded statements with the same
values on the second database, one after another."""

from __future__ import annotations

import json
import re
import sqlite3
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any
from urllib.parse import urlencode

import django
import psycopg

django.setup()

from django.conf import settings
from django.db import connection
from django.test import Client

from bench.texts import SmsWebhook, form, twilio_signature
from expresso import demo
from stations.models import Event

#: Number of texts that are answered first and not counted. They fill the menu's cache and let the driver prepare its
#: statements.
WARMING = 20
TEXTS = 200
NAMED = re.compile(r"%\((\w+)\)s")
FORM = "application/x-www-form-urlencoded"
PARENTHESES = re.compile(r"\([^()]*\)")
SAVEPOINT_NAME = re.compile(r' "?s\d+_x\d+"?')
#: Matches the statement that inserts the order. On PostgreSQL it also inserts the order's items and event.
PLACED = re.compile(r'INSERT INTO "?orders_order"?\W')
TABLE = re.compile(r'(?:FROM|INTO|UPDATE) "?(\w+)"?')


@dataclass(frozen=True)
class Statement:
    sql: str
    params: Any
    many: bool
    in_transaction: bool

    @property
    def short(self) -> str:
        """Return the statement's verb and table, such as "INSERT orders_order"."""
        outermost = self.sql
        while (flatter := PARENTHESES.sub("", outermost)) != outermost:
            outermost = flatter
        table = TABLE.search(outermost)
        return f"{outermost.split(maxsplit=1)[0]} {table[1]}" if table else SAVEPOINT_NAME.sub("", self.sql)


@dataclass
class Tape:
    """Records all statements that Django sends to the database, except BEGIN and COMMIT."""

    statements: list[Statement] = field(default_factory=list)

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.startswith("BEGIN"):
            self.statements.append(Statement(sql, params, many, context["connection"].in_atomic_block))
        return execute(sql, params, many, context)


def statements_of_a_text(webhook: SmsWebhook, number: int) -> list[Statement]:
    """Answer one text through Django, and return the SQL statements that were sent to the database."""
    params, tape = form(webhook.number, number), Tape()
    headers = {"X-Twilio-Signature": twilio_signature(webhook, params), "host": "localhost"}
    with connection.execute_wrapper(tape):
        response = Client().post("/sms", urlencode(params), content_type=FORM, headers=headers)
    if response.status_code != 200 or not any(PLACED.search(s.sql) for s in tape.statements):
        sys.exit(f"a text was not answered with an order: {response.status_code} {response.content[:300]!r}")
    return tape.statements


class Postgres:
    """Runs statements with bare psycopg, which binds parameters in the same way as for Django."""

    begin = "BEGIN"

    def __init__(self, url: str) -> None:
        connection = psycopg.connect(url, autocommit=True, cursor_factory=psycopg.ClientCursor)
        self.cursor = connection.cursor()

    def execute(self, sql: str, params: Any = None, *, many: bool = False) -> None:
        (self.cursor.executemany if many else self.cursor.execute)(sql, params)
        if self.cursor.description:
            self.cursor.fetchall()


class SQLite:
    """Runs statements with bare sqlite3, on a connection with Expresso's settings."""

    begin = "BEGIN IMMEDIATE"

    def __init__(self, file: str) -> None:
        connection = sqlite3.connect(file, isolation_level=None)
        connection.executescript(settings.DATABASES["default"]["OPTIONS"]["init_command"])
        self.cursor = connection.cursor()

    def execute(self, sql: str, params: Any = None, *, many: bool = False) -> None:
        sql = NAMED.sub(r":\1", sql).replace("%s", "?").replace("%%", "%")
        (self.cursor.executemany if many else self.cursor.execute)(sql, params or ())
        self.cursor.fetchall()


def replay(driver: Postgres | SQLite, text: list[Statement]) -> None:
    """Run the statements of one text. Those that were recorded in a transaction run in a transaction again."""
    inside = False
    for statement in text:
        if statement.in_transaction != inside:
            driver.execute("COMMIT" if inside else driver.begin)
            inside = statement.in_transaction
        driver.execute(statement.sql, statement.params, many=statement.many)
    if inside:
        driver.execute("COMMIT")


def main(target: str) -> dict[str, Any]:
    event = Event.objects.get(slug=demo.SLUG)
    webhook = SmsWebhook(settings.PUBLIC_URL, settings.TWILIO_AUTH_TOKEN, event.sms_number or "")
    texts = [statements_of_a_text(webhook, number) for number in range(WARMING + TEXTS)]
    driver = Postgres(target) if "://" in target else SQLite(target)
    for text in texts[:WARMING]:
        replay(driver, text)
    began = perf_counter()
    for text in texts[WARMING:]:
        replay(driver, text)
    rate = TEXTS / (perf_counter() - began)
    known, new = texts[-2:]
    return {"texts_per_second": rate, "known": [s.short for s in known], "new": [s.short for s in new]}


if __name__ == "__main__":
    json.dump(main(sys.argv[1]), sys.stdout)
