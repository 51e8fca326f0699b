"""The settings of the databases: PostgreSQL with its read replicas, or SQLite."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

#: After how many executions psycopg prepares a statement by itself. No statement runs this often, so it never does.
NEVER_BY_ITSELF = 1_000_000_000


def on_postgres(
    primary: dict[str, Any], replicas: Sequence[dict[str, Any]], *, connections: int
) -> dict[str, dict[str, Any]]:
    """Return the settings of the servers, each with a pool of at most `connections`."""
    servers = {"default": pooled(primary, connections=connections, timeout=2)}
    for number, replica in enumerate(replicas, start=1):
        # Tests read the primary, because replicas would not see their uncommitted transactions.
        reader = pooled(replica, connections=connections, timeout=0.5)
        servers[f"replica{number}"] = reader | {"TEST": {"MIRROR": "default"}}
    return servers


def pooled(server: dict[str, Any], *, connections: int, timeout: float) -> dict[str, Any]:
    """Return the server's settings with a connection pool, which waits `timeout` seconds for a connection."""
    pool = {"min_size": 1, "max_size": connections, "timeout": timeout}
    # Only statements for which the code asks are prepared, and none behind PgBouncer in transaction mode.
    prepare = None if server.get("DISABLE_SERVER_SIDE_CURSORS") else NEVER_BY_ITSELF
    # After a restart of PostgreSQL every connection in the pool is dead. Without checks, each would fail one request.
    return server | {
        "ENGINE": "expresso.postgres",
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"prepare_threshold": prepare} | server.get("OPTIONS", {}) | {"pool": pool},
    }


def on_sqlite(path: Path, *, synchronous: str) -> dict[str, dict[str, Any]]:
    sqlite = {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        # Each thread keeps its connection: closing the last one copies the whole write-ahead log into the file.
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            # A deferred transaction would fail with "locked" if it begins to write while another one is writing.
            "transaction_mode": "IMMEDIATE",
            "timeout": 10,
            # With NORMAL, a power cut loses the last answered texts, because the log reaches the disk later.
            "init_command": f"PRAGMA journal_mode=WAL; PRAGMA synchronous={synchronous.upper()};",
        },
    }
    return {"default": sqlite}
