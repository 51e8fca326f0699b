"""Makes sure that no HTTP request to Twilio is sent after its deadline, even if the process was frozen before
sending."""

from __future__ import annotations

import datetime as dt
from contextvars import ContextVar
from typing import Any

from django.utils import timezone
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

#: The moment after which the request must not be sent; None for no deadline.
before: ContextVar[dt.datetime | None] = ContextVar("before", default=None)


class DeadlinePassed(Exception):
    """The deadline passed before the request was sent."""


class _Connection(HTTPSConnection):
    def endheaders(self, *args: Any, **kwargs: Any) -> None:
        # `endheaders` sends the request over the open connection, so this is the last moment to check the deadline.
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
