"""Expresso on PostgreSQL through PgBouncer in transaction mode. Collected only where PgBouncer is installed."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest

from expresso.family import Family, find_program
from expresso.machine import BASE_DIR
from tests import servers
from tests.run import DEPLOYMENT

pytestmark = [pytest.mark.full, pytest.mark.timeout(120)]

#: Program that places, moves and exports orders in several threads, and refreshes the reports' views under an advisory
#: lock. All transactions share PgBouncer's two connections to the server.
ORDERS = """
import django, threading
django.setup()
from django.db import connection, transaction
from expresso.reports import refresh as reports
from orders import lifecycle
from orders.models import Order, OrderEvent
from orders.tests import factory

bar = factory.cafe()

def order_and_make():
    for _ in range(5):
        order = factory.order(bar)
        lifecycle.mark_ready(lifecycle.start(order, by=None), by=None)
    connection.close()

threads = [threading.Thread(target=order_and_make) for _ in range(6)]
for thread in threads: thread.start()
for thread in threads: thread.join()
exported = sum(1 for _ in Order.objects.prefetch_related("items").iterator(chunk_size=10))

def refresh():
    refreshed.append(reports.refresh())
    connection.close()

refreshed = []
with transaction.atomic(), connection.cursor() as cursor:
    cursor.execute("SELECT pg_advisory_xact_lock(%s)", [reports._LOCK])
    beside = threading.Thread(target=refresh)
    beside.start()
    beside.join()
refresh()
refresh()
print(Order.objects.filter(status="ready").count(), OrderEvent.objects.count(), exported, *refreshed)
"""


CONFIG = """[databases]
* = host={host} port={server} user={user}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = any
auth_file = {folder}/users
pool_mode = transaction
default_pool_size = 2
"""


@contextmanager
def pgbouncer(url: str) -> Iterator[str]:
    """Run PgBouncer in front of the server of `url`. Yield the URL of the same database through PgBouncer."""
    with tempfile.TemporaryDirectory(prefix="expresso-pgbouncer-") as name, Family() as family:
        folder, there, port = Path(name), urlsplit(url), servers.free_port()
        (folder / "users").write_text(f'"{there.username}" ""\n')
        (folder / "pgbouncer.ini").write_text(
            CONFIG.format(host=there.hostname, server=there.port, user=there.username, port=port, folder=folder)
        )
        # PgBouncer refuses to run as root, so it runs under another account, which has to read these files.
        for path in (folder, *folder.iterdir()):
            path.chmod(0o755 if path.is_dir() else 0o644)
        account = servers.unprivileged_account()
        options: dict[str, Any] = (
            {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if account else {}
        )
        with (folder / "log").open("wb") as log:
            command = [str(find_program("pgbouncer")), str(folder / "pgbouncer.ini")]
            member = family.start("PgBouncer", command, stdout=log, stderr=log, cwd="/", **options)
        address = there._replace(netloc=f"{there.username}@127.0.0.1:{port}").geturl()
        servers.wait_until(lambda: psycopg.connect(address).close(), member=member, log=folder / "log")
        yield address


def test_orders_and_exports_go_through_two_connections() -> None:
    with servers.fresh_database(os.environ["DATABASE_URL"]) as database, pgbouncer(database) as through:
        own = {name: value for name, value in os.environ.items() if name not in DEPLOYMENT}
        settings = {
            "DATABASE_URL": f"{through}?DISABLE_SERVER_SIDE_CURSORS=true",
            "REDIS_URL": os.environ["REDIS_URL"],
            "DJANGO_SETTINGS_MODULE": "tests.settings",
        }
        for command in (["manage.py", "migrate", "--verbosity", "0"], ["-c", ORDERS]):
            done = subprocess.run(
                [sys.executable, *command],
                cwd=BASE_DIR,
                env=own | settings,
                capture_output=True,
                text=True,
                check=False,
            )
            assert done.returncode == 0, done.stderr[-2000:]

    # The first refresh did nothing, because another transaction held the lock. The next two each got the lock and
    # released it.
    assert done.stdout.split() == ["30", "90", "30", "False", "True", "True"]
