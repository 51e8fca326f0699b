"""Tests that a backup can be made while Expresso runs and can be restored, and that an incomplete one is refused."""

from __future__ import annotations

import io
import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from pytest_django import Settings

from accounts.models import AuditEntry
from expresso import backups
from orders import lifecycle
from orders.models import Order, OrderEvent
from orders.tests import factory

pytestmark = pytest.mark.django_db(transaction=True)


def backup(folder: Path) -> str:
    out = io.StringIO()
    call_command("backup", str(folder), stdout=out)
    return out.getvalue()


def restore(folder: Path, *options: str) -> str:
    out = io.StringIO()
    call_command("restore", str(folder), *options, stdout=out)
    return out.getvalue()


def test_orders_of_a_backup_come_back_as_they_were(tmp_path: Path) -> None:
    bar = factory.cafe()
    order = factory.order(bar, name="Priya")
    backup(tmp_path / "monday")
    lifecycle.cancel(Order.objects.get(), by=None)
    factory.order(bar, name="After")

    said = restore(tmp_path / "monday", "--replace")

    assert [(row.code, row.name, row.status) for row in Order.objects.all()] == [(order.code, "Priya", "waiting")]
    assert list(OrderEvent.objects.values_list("verb", flat=True)) == ["place"]
    assert "1 order" in said


def test_a_large_backup_ends_while_orders_come_in_and_its_copy_is_whole(tmp_path: Path) -> None:
    bar = factory.cafe()
    # Fill the database with 20 MB, which are 5,000 pages of SQLite. If SQLite copied them in several steps, it would
    # start again after each order, and the backup would not end during the test.
    AuditEntry.objects.bulk_create(AuditEntry(act="changed", details={"text": "x" * 100_000}) for _ in range(200))
    placed = threading.Event()
    ended = threading.Event()
    late = threading.Event()

    def keep_ordering() -> None:
        deadline = time.monotonic() + 15
        try:
            while not ended.is_set() and not late.is_set():
                factory.order(bar)
                placed.set()
                if time.monotonic() > deadline:
                    late.set()
        finally:
            connection.close()

    writer = threading.Thread(target=keep_ordering)
    writer.start()
    placed.wait(10)
    backup(tmp_path / "busy")
    ended.set()
    writer.join()

    assert not late.is_set(), "the backup ended only after the last order"
    restore(tmp_path / "busy", "--replace")
    # An order and its event are written in one transaction, so no order in the backup is without its event.
    assert 0 < Order.objects.count() == OrderEvent.objects.filter(verb="place").count()


def test_the_audit_tells_of_backups_and_of_what_was_brought_back(tmp_path: Path) -> None:
    factory.cafe()
    backup(tmp_path / "monday")
    audited = AuditEntry.objects.values_list("act", "subject")
    assert list(audited) == [("backed up", "monday")]

    restore(tmp_path / "monday")

    assert list(audited.all()) == [("restored", "monday")]


def test_a_backup_names_its_keys_and_holds_none(tmp_path: Path, settings: Settings) -> None:
    factory.cafe()

    backup(tmp_path / "b")

    about = json.loads((tmp_path / "b" / "backup.json").read_text())
    assert about["encryption_keys"] == [backups.fingerprint(key) for key in settings.ENCRYPTION_KEYS]
    everything = b"".join(file.read_bytes() for file in (tmp_path / "b").iterdir())
    assert not any(key.encode() in everything for key in [*settings.ENCRYPTION_KEYS, settings.SECRET_KEY])
    assert [file.stat().st_mode & 0o077 for file in (tmp_path / "b").iterdir() if file.name != "backup.json"] == [0]


def test_a_backup_without_its_keys_is_not_brought_back(tmp_path: Path, settings: Settings) -> None:
    factory.order(factory.cafe())
    backup(tmp_path / "b")
    settings.ENCRYPTION_KEYS = ["another-key-another-key-another-key-another-key"]

    with pytest.raises(CommandError, match="ENCRYPTION_KEYS lacks the keys"):
        restore(tmp_path / "b", "--replace")

    assert Order.objects.count() == 1


def test_a_damaged_backup_changes_nothing(tmp_path: Path) -> None:
    factory.order(factory.cafe())
    backup(tmp_path / "b")
    copy = next(file for file in (tmp_path / "b").iterdir() if file.name != "backup.json")
    copy.write_bytes(copy.read_bytes()[:-100])

    with pytest.raises(CommandError, match="damaged"):
        restore(tmp_path / "b", "--replace")

    assert Order.objects.count() == 1


def test_orders_are_not_replaced_by_accident(tmp_path: Path) -> None:
    factory.order(factory.cafe())
    backup(tmp_path / "b")

    with pytest.raises(CommandError, match="--replace"):
        restore(tmp_path / "b")


@pytest.mark.parametrize("there", ["nothing", "a folder"])
def test_what_is_no_backup_is_refused(tmp_path: Path, there: str) -> None:
    (tmp_path / "a folder").mkdir()

    with pytest.raises(CommandError, match="is no backup"):
        restore(tmp_path / there)


def test_an_earlier_backup_is_not_overwritten(tmp_path: Path) -> None:
    backup(tmp_path / "b")

    with pytest.raises(CommandError, match="exists"):
        backup(tmp_path / "b")


@pytest.fixture
def extension() -> Iterator[str]:
    """Install one of the extensions that the PostgreSQL server offers, as some operators do, and yield its name."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pg_available_extensions WHERE name IN ('pg_trgm', 'vector') LIMIT 1")
        [name] = cursor.fetchone()
        cursor.execute(f"CREATE EXTENSION {name}")
        yield name
        cursor.execute(f"DROP EXTENSION {name}")


def one(sql: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


@pytest.mark.full
def test_a_backup_from_before_an_upgrade_comes_back_in_place_of_the_new_tables(tmp_path: Path, extension: str) -> None:
    order = factory.order(factory.cafe())
    installed = f"SELECT oid FROM pg_extension WHERE extname = '{extension}'"
    before = one(installed)
    backup(tmp_path / "b")
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE new_tip (id integer PRIMARY KEY, ref bigint REFERENCES orders_order)")
        cursor.execute("CREATE MATERIALIZED VIEW new_count AS SELECT count(*) FROM orders_order")
        cursor.execute("CREATE FUNCTION new_one() RETURNS integer LANGUAGE sql AS 'SELECT 1'")
        cursor.execute("CREATE SEQUENCE new_numbers")

    restore(tmp_path / "b", "--replace")

    assert [row.code for row in Order.objects.all()] == [order.code]
    assert one("SELECT count(*) FROM pg_class WHERE relname LIKE 'new_%'") == 0
    assert one("SELECT count(*) FROM pg_proc WHERE proname = 'new_one'") == 0
    assert one(installed) == before
    # Sequences go on after the last number, and the triggers that forbid deleting are restored, too.
    assert factory.order(order.station).pk > order.pk
    with pytest.raises(DatabaseError, match="append-only"):
        OrderEvent.objects.all().delete()


@pytest.mark.full
def test_a_restore_that_fails_halfway_changes_nothing_and_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = factory.order(factory.cafe())
    backup(tmp_path / "b")
    program = tmp_path / "pg_restore"
    program.write_text(
        "#!/bin/sh\n[ $1 = --list ] && exit\n"
        "echo 'CREATE TABLE orders_order (id integer);'\n"
        "echo 'pg_restore: error: disk gone\nHINT: see it' >&2\nexit 1\n"
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")

    with pytest.raises(CommandError) as refusal:
        restore(tmp_path / "b", "--replace")

    assert str(refusal.value) == "pg_restore failed, and the database is as it was: pg_restore: error: disk gone"
    assert [row.code for row in Order.objects.all()] == [order.code]


@pytest.mark.full
@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"sslmode": "verify-full", "sslrootcert": "/nowhere"}, "(root certificate file|does not support SSL)"),
        ({"options": "-c default_transaction_read_only=on"}, "cannot execute .* in a read-only transaction"),
    ],
)
def test_backups_connect_with_the_options_of_database_url(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: dict[str, str], said: str
) -> None:
    factory.order(factory.cafe())
    backup(tmp_path / "b")
    monkeypatch.setitem(connection.settings_dict, "OPTIONS", connection.settings_dict["OPTIONS"] | options)

    with pytest.raises(CommandError, match=f"^psql failed, and the database is as it was: .*{said}"):
        restore(tmp_path / "b", "--replace")

    assert Order.objects.count() == 1
