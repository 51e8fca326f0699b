"""Django's DATABASES setting: for PostgreSQL with its read replicas, or for SQLite."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

#: psycopg prepares a statement on its own after this many executions. With so high a number it never does, so only
#: statements for which the code asks are prepared.
NEVER_BY_ITSELF = 1_000_000_000


def on_postgres(
    primary: dict[str, Any], replicas: Sequence[dict[str, Any]], *, connections: int
) -> dict[str, dict[str, Any]]:
    """Return DATABASES for a primary and its replicas, each with a pool of at most `connections` connections."""
    servers = {"default": pooled(primary, connections=connections, timeout=2)}
    for number, replica in enumerate(replicas, start=1):
        # In tests a replica is an alias of the primary, because a real replica would not see the test's uncommitted
        # rows.
        reader = pooled(replica, connections=connections, timeout=0.5)
        servers[f"replica{number}"] = reader | {"TEST": {"MIRROR": "default"}}
    return servers


def pooled(server: dict[str, Any], *, connections: int, timeout: float) -> dict[str, Any]:
    """Return a server's settings with a connection pool. A request waits at most `timeout` seconds for one."""
    pool = {"min_size": 1, "max_size": connections, "timeout": timeout}
    # None stops psycopg from preparing any statements, because PgBouncer in transaction mode cannot keep them. With
    # NEVER_BY_ITSELF, only statements for which the code asks are prepared.
    prepare = None if server.get("DISABLE_SERVER_SIDE_CURSORS") else NEVER_BY_ITSELF
    # Check each connection before use. When PostgreSQL restarts, all connections in the pool are dead, and without the
    # check each would fail one request.
    return server | {
        "ENGINE": "expresso.postgres",
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"prepare_threshold": prepare} | server.get("OPTIONS", {}) | {"pool": pool},
    }


def on_sqlite(path: Path, *, synchronous: str) -> dict[str, dict[str, Any]]:
    sqlite = {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        # Do not close a thread's connection after each request. Whenever the last open connection closes, SQLite copies
        # the whole write-ahead log into the database file.
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # IMMEDIATE takes the write lock at the start. A deferred transaction fails with "locked" if it starts to
            # write while another transaction is writing.
            "transaction_mode": "IMMEDIATE",
            "timeout": 10,
            # `synchronous` decides what a power cut loses. With FULL it loses nothing that was answered. With NORMAL it
            # loses the last few texts, because SQLite does not wait until the log is on the disk.
            "init_command": f"PRAGMA journal_mode=WAL; PRAGMA synchronous={synchronous.upper()};",
        },
    }
    return {"default": sqlite}
