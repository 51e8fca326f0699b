"""Django's PostgreSQL backend, which refuses at once while the server is away.

Getting a connection from the pool waits seconds for a server that does not answer. If every request waited, all
processes would be busy waiting, and neither health checks nor Twilio would get an answer."""

from __future__ import annotations

import time
from typing import Any

from django.db.backends.postgresql import base
from prometheus_client import Counter, Gauge

#: Seconds after a failure in which no further connection is tried.
PAUSE = 1.0
in_use = Gauge(
    "database_connections_in_use", "Connections that requests and tasks hold.", ["alias"], multiprocess_mode="livesum"
)
refused = Counter("database_connections_refused", "Times that no connection was to be had.", ["alias"])
#: By alias: until when (in seconds of `time.monotonic`) no connection is tried.
_away_until: dict[str, float] = {}


class DatabaseWrapper(base.DatabaseWrapper):
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
