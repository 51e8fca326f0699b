"""Django's PostgreSQL backend, which refuses at once while the server is away.

Getting a connection from the pool waits seconds for a server that does not answer. If every request waited, all
processes would be busy waiting, and neither health checks nor Twilio would get an answer."""

from __future__ import annotations

import time
from typing import Any

from django.db.backends.postgresql import base

#: Seconds after a failure in which no further connection is tried.
PAUSE = 1.0
#: By alias: until when (in seconds of `time.monotonic`) no connection is tried.
_away_until: dict[str, float] = {}


class DatabaseWrapper(base.DatabaseWrapper):
    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        if time.monotonic() < _away_until.get(self.alias, 0):
            raise self.Database.OperationalError("the server did not answer a moment ago")
        try:
            return super().get_new_connection(conn_params)
        except self.Database.OperationalError:
            _away_until[self.alias] = time.monotonic() + PAUSE
            raise
