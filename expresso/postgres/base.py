"""Django's PostgreSQL backend. It fails at once while the server is away, and prepares the statements that texts need.

Getting a connection from the pool waits seconds for a server that does not answer. If every request waited, all
processes would be busy waiting, and neither health checks nor Twilio would get an answer."""

from __future__ import annotations

import time
from typing import Any

import psycopg
from django.db.backends.postgresql import base, operations
from prometheus_client import Counter, Gauge
from psycopg._queries import PostgresQuery, _query2pg

#: Settings of each connection. PostgreSQL plans a list of the newest rows as if it would read all rows. So with a
#: million rows it starts processes and compiles the statement, which takes longer than reading the page.
PLAN_FOR_PAGES = "-c jit=off -c max_parallel_workers_per_gather=0"
#: Seconds after a failure in which no connection is tried.
PAUSE = 1.0
in_use = Gauge(
    "database_connections_in_use", "Connections that requests and tasks hold.", ["alias"], multiprocess_mode="livesum"
)
refused = Counter("database_connections_refused", "Times that no connection was to be had.", ["alias"])
#: Until when (in seconds of `time.monotonic`) no connection is tried, by alias of the database.
_away_until: dict[str, float] = {}


class KeptQuery(PostgresQuery):
    """A statement whose placeholders are translated once for a process.

    psycopg itself translates a statement of more than 50 values again each time. An order with its items is one, and
    the event's row is locked meanwhile."""

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
    """A cursor that lets the server parse and plan each statement only once for a connection.

    If `prepare_threshold` is None, nothing is prepared: behind PgBouncer the next transaction may run on another
    connection."""

    _query_cls = KeptQuery

    def execute(self, query: Any, params: Any = None, **_options: Any) -> Any:
        return super().execute(query, params, prepare=True)


class DatabaseOperations(operations.DatabaseOperations):
    def last_executed_query(self, cursor: Any, sql: str, params: Any) -> Any:
        """Return the statement with its values, which Django logs in debug mode. The driver sends both separately and
        keeps neither."""
        if isinstance(cursor, PreparedCursor):
            return self.compose_sql(sql, params)
        return super().last_executed_query(cursor, sql, params)


class DatabaseWrapper(base.DatabaseWrapper):
    ops_class = DatabaseOperations
    _prepared: PreparedCursor | None = None

    def prepared_cursor(self) -> Any:
        """Return the cursor for `accounts.rows`, which the connection keeps. Its results are lost with the next use.

        Django's own statements are not prepared, because they leave out types that a server needs to prepare them."""
        self.close_if_health_check_failed()
        self.ensure_connection()
        with self.wrap_database_errors:
            if self._prepared is None or self._prepared.connection is not self.connection:
                # Its times are in the connection's zone, UTC, like those of Django's own cursors. Setting the zone of a
                # cursor makes a class, which psycopg keeps for ever.
                self._prepared = PreparedCursor(self.connection)
            return self._prepare_cursor(self._prepared)  # type: ignore[attr-defined]

    def get_connection_params(self) -> dict[str, Any]:
        params: dict[str, Any] = super().get_connection_params()
        # PgBouncer refuses a connection that sets options. Of two settings PostgreSQL takes the last, so those of
        # DATABASE_URL stand behind ours.
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
