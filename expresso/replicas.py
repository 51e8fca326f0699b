"""Reads rows that can be slightly old from PostgreSQL's replicas: reports, history, and lists of admin and API.

All other reads and all writes use the primary. Users who have just written something read from the primary for a few
seconds, so that they see their own change. A replica that is down or too far behind is not used."""

from __future__ import annotations

import hashlib
import random
import re
import time
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

import structlog
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import MiddlewareNotUsed
from django.db import DEFAULT_DB_ALIAS, Error, connections
from django.http import HttpRequest, HttpResponse

log = structlog.get_logger(__name__)

#: Seconds for which users read from the primary after they wrote something. A replica catches up within milliseconds.
OWN_WRITES = 5
#: How many seconds a replica can be behind and still be used, the seconds between two checks of it, and the seconds for
#: which it is not used after a failed check.
MOST_BEHIND, LOOK_EVERY, LEFT_OUT = 5.0, 2.0, 10.0
#: Paths of the pages and API calls that read from replicas: reports, history and lists.
PAGES = re.compile(
    r"/events/[-\w]+/reports/.*|/stations/[-\w]+/history/|/admin/\w+/\w+/|/api/v1/events/"
    r"|/api/v1/events/[-\w]+/(audit|customers|drinks|items|option-groups|orders|reports|stations|reports/.*)/"
)
#: Path of the support desk. It reads from replicas only when it searches. Without a search it shows customers who wait
#: now.
SUPPORT = re.compile(r"/events/[-\w]+/support/")
#: Apps and models that are read from replicas on these pages. Users, roles, sessions, permissions and credentials are
#: always read from the primary, so that a right that was taken away is gone at once.
APPS = {"inventory", "orders", "payments", "reports", "sms", "stations"}
MODELS = {"accounts.auditentry", "accounts.customer"}
#: Statement that returns whether a replica receives changes, and how many seconds it is behind. A replica that was
#: promoted or cut off has no WAL receiver. A replica that has replayed everything it received is not behind.
LOOK = """
SELECT EXISTS (SELECT FROM pg_stat_wal_receiver),
       CASE WHEN pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() THEN 0
            ELSE extract(epoch FROM now() - pg_last_xact_replay_timestamp()) END
"""

_reads: ContextVar[bool] = ContextVar("reads_replicas", default=False)


@dataclass
class Replica:
    alias: str
    #: Seconds by which the replica is behind the primary; None if it was down at the last check.
    behind: float | None = None
    look_at: float = field(default=0.0)

    def is_usable(self) -> bool:
        if time.monotonic() >= self.look_at:
            self.look()
        return self.behind is not None and self.behind <= MOST_BEHIND

    def look(self) -> None:
        try:
            with connections[self.alias].cursor() as cursor:
                cursor.execute(LOOK)
                receives, behind = cursor.fetchone()
            self.behind = float(behind or 0) if receives else None
        except Error as error:
            log.warning("replica_away", replica=self.alias, error=type(error).__name__)
            self.behind = None
        self.look_at = time.monotonic() + (LOOK_EVERY if self.behind is not None else LEFT_OUT)


#: Replicas of this deployment, each with the state that this process saw last.
replicas = [Replica(alias) for alias in settings.DATABASES if alias != DEFAULT_DB_ALIAS]


class Router:
    def db_for_read(self, model: Any, **hints: Any) -> str | None:
        shown = model._meta.app_label in APPS or model._meta.label_lower in MODELS
        if not _reads.get() or not shown:
            return DEFAULT_DB_ALIAS
        usable = [replica.alias for replica in replicas if replica.is_usable()]
        return random.choice(usable) if usable else DEFAULT_DB_ALIAS

    def db_for_write(self, model: Any, **hints: Any) -> str:
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool:
        return True  # allow every relation, because all databases have the same rows

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == DEFAULT_DB_ALIAS


class ReadReplicas:
    """Middleware that makes PAGES read from replicas. If a replica fails during a request, the primary answers."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not replicas:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            response = self.get_response(request)
            _remember_write(request)
            return response
        if not _may_be_old(request):
            return self.get_response(request)
        token = _reads.set(True)
        try:
            response = self.get_response(request)
        finally:
            _reads.reset(token)
        if response.status_code == 503:
            for replica in replicas:
                replica.look_at = 0.0
            return self.get_response(request)
        return response


def _may_be_old(request: HttpRequest) -> bool:
    is_search = "q" in request.GET and SUPPORT.fullmatch(request.path_info)
    return bool(is_search or PAGES.fullmatch(request.path_info)) and not _wrote_just_now(request)


def _who(request: HttpRequest) -> str:
    """Return a cache key for the sender of the request; "" if the request has neither token nor session.

    The key is a digest of the token or session id, and does not contain either."""
    secret = request.headers.get("Authorization") or request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    return f"wrote.{hashlib.sha256(secret.encode()).hexdigest()[:32]}" if secret else ""


def _remember_write(request: HttpRequest) -> None:
    if who := _who(request):
        try:
            cache.set(who, True, OWN_WRITES)
        except Exception as error:
            log.warning("write_not_remembered", error=type(error).__name__)


def _wrote_just_now(request: HttpRequest) -> bool:
    who = _who(request)
    try:
        return bool(who and cache.get(who))
    except Exception:
        return True  # while the cache is down, every request reads from the primary
