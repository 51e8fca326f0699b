"""Makes sure that no HTTP request is sent to Twilio after its deadline, even if this process was frozen in between."""

from __future__ import annotations

import datetime as dt
from contextvars import ContextVar
from typing import Any

from django.utils import timezone
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

#: The moment after which a request must not be sent; None for no deadline.
before: ContextVar[dt.datetime | None] = ContextVar("before", default=None)


class DeadlinePassed(Exception):
    """The deadline passed before the request was sent."""


class _Connection(HTTPSConnection):
    def endheaders(self, *args: Any, **kwargs: Any) -> None:
        # Here the connection is open and the TLS handshake done. If the process was frozen meanwhile, the deadline has
        # passed, and nothing is sent.
        deadline = before.get()
        if deadline and timezone.now() > deadline:
            raise DeadlinePassed
        super().endheaders(*args, **kwargs)


class _Pool(HTTPSConnectionPool):
    ConnectionCls = _Connection


_POOLS = {"http": HTTPConnectionPool, "https": _Pool}


class Adapter(HTTPAdapter):
    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = _POOLS

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        manager = super().proxy_manager_for(proxy, **kwargs)
        manager.pool_classes_by_scheme = _POOLS
        return manager
