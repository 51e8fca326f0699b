"""Django's PostgreSQL backend, with two additions: it fails at once while the server is away, and prepares statements.

Waiting for a connection from the pool takes seconds if the server does not answer. If every request waited, all
processes would be busy, and neither health checks nor Twilio would get an answer."""

from __future__ import annotations

import time
from typing import Any

import psycopg
from django.db.backends.postgresql import base, operations
from prometheus_client import Counter, Gauge
from psycopg._queries import PostgresQuery, _query2pg

#: Options of each connection: no JIT compilation and no parallel workers. Most statements read only the newest rows of
#: a table, for one page. PostgreSQL plans them as if it had to read all rows. With a million rows it would compile the
#: statement and start workers, which takes longer than reading these few rows.
PLAN_FOR_PAGES = "-c jit=off -c max_parallel_workers_per_gather=0"
#: Seconds after a failed connection during which no other connection is tried.
PAUSE = 1.0
in_use = Gauge(
    "database_connections_in_use", "Connections that requests and tasks hold.", ["alias"], multiprocess_mode="livesum"
)
refused = Counter("database_connections_refused", "Times that no connection was to be had.", ["alias"])
#: The time (of `time.monotonic`) until which no connection is tried, by alias of the database.
_away_until: dict[str, float] = {}


class KeptQuery(PostgresQuery):
    """A statement whose placeholders are translated only once in a process.

    psycopg translates a statement with more than 50 values anew each time. The statement that inserts an order with its
    items has more, and it runs while the event's row is locked, when other orders have to wait."""

    __slots__ = ()

    def convert(self, query: Any, vars: Any) -> None:
        if vars is None:
            super().convert(query, vars)
            return
        self.query, self._want_formats, self._order, self._parts = _query2pg(
            self._ensure_bytes(query), self._tx.encoding
        )
        self.dump(vars)


class PreparedCursor(psycopg.Cursor[tuple[Any, ...]]):
    """A cursor whose statements the server parses and plans only once for each connection.

    psycopg prepares nothing if the connection's `prepare_threshold` is None. This setting is for PgBouncer, which can
    run the next transaction on another server connection, where the prepared statement does not exist."""

    _query_cls = KeptQuery

    def execute(self, query: Any, params: Any = None, **_options: Any) -> Any:
        return super().execute(query, params, prepare=True)


class DatabaseOperations(operations.DatabaseOperations):
    def last_executed_query(self, cursor: Any, sql: str, params: Any) -> Any:
        """Return the statement with its values filled in, which Django logs in debug mode.

        The driver sends statement and values separately and keeps neither of them."""
        if isinstance(cursor, PreparedCursor):
            return self.compose_sql(sql, params)
        return super().last_executed_query(cursor, sql, params)


class DatabaseWrapper(base.DatabaseWrapper):
    ops_class = DatabaseOperations
    _prepared: PreparedCursor | None = None

    def prepared_cursor(self) -> Any:
        """Return the cursor that `accounts.rows` uses.

        Each connection has only one, so executing a statement on it discards the results of the statement before.
        Django's own cursors prepare nothing, because Django's statements lack types that the server needs for it."""
        self.close_if_health_check_failed()
        self.ensure_connection()
        with self.wrap_database_errors:
            if self._prepared is None or self._prepared.connection is not self.connection:
                # Do not set a time zone on the cursor, as Django does on its own: that creates a class each time, which
                # psycopg keeps for ever. Without it, times are in the connection's time zone, which is UTC, too.
                self._prepared = PreparedCursor(self.connection)
            return self._prepare_cursor(self._prepared)  # type: ignore[attr-defined]

    def get_connection_params(self) -> dict[str, Any]:
        params: dict[str, Any] = super().get_connection_params()
        # Set no options behind PgBouncer, which refuses connections with options. Otherwise put ours before those of
        # DATABASE_URL: if an option is set twice, PostgreSQL uses the last value, so DATABASE_URL has precedence.
        if not self.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS"):
            params["options"] = f"{PLAN_FOR_PAGES} {params.get('options', '')}".strip()
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        if time.monotonic() < _away_until.get(self.alias, 0):
            refused.labels(self.alias).inc()
            raise self.Database.OperationalError("the server did not answer a moment ago")
        try:
            connection = super().get_new_connection(conn_params)
        except self.Database.OperationalError:
            refused.labels(self.alias).inc()
            _away_until[self.alias] = time.monotonic() + PAUSE
            raise
        in_use.labels(self.alias).inc()
        return connection

    def _close(self) -> None:
        if self.connection is not None:
            in_use.labels(self.alias).dec()
        super()._close()  # type: ignore[misc]
