"""Refreshes the materialized views of reports. The worker does this regularly, while reports can still be read."""

from __future__ import annotations

import datetime as dt

from django.db import connection, transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from expresso.reports.sources import MANY
from stations.models import Event

EVERY = dt.timedelta(minutes=5)
#: Names of the materialized views. VIEWS are refreshed first, because the views in LONGER (with counts for longer spans
#: of time) are computed from them.
VIEWS = tuple(f"reports_{name}count" for name in ("order", "people", "cup", "customer", "text", "sent"))
LONGER = (
    "reports_timesums",
    "reports_timesumshour",
    "reports_ordersumsday",
    *(f"reports_{name}day" for name in ("people", "cup", "text", "sent")),
    "reports_cupweeks",
)
#: The time of the last refresh is stored as the database comment of this view. The previous release used another view's
#: comment. So during an upgrade, its workers do not see this release's refreshes, and go on to refresh the views that
#: only they read.
DATED = LONGER[0]
#: Key of PostgreSQL's advisory lock. Only the worker that holds the lock refreshes.
_LOCK = 7_461_552


def refresh_if_due() -> bool:
    """Refresh the views if a large event reads them and they are older than `EVERY`. Return True if this was done."""
    if connection.vendor != "postgresql" or not Event.objects.filter(orders_taken__gt=MANY).exists():
        return False
    counted = counted_at()
    if counted is not None and timezone.now() - counted < EVERY:
        return False
    return refresh()


def refresh() -> bool:
    """Refresh all views. Return False if another worker is refreshing them at the moment."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        if not cursor.fetchone()[0]:
            return False
        # Allow compilation and parallel workers for these statements, because unlike all others they read whole tables
        # (see `expresso.postgres.base.PLAN_FOR_PAGES`).
        cursor.execute("SET LOCAL jit = on; SET LOCAL max_parallel_workers_per_gather = 2")
        now = timezone.now()
        for view in VIEWS + LONGER:
            cursor.execute(f"REFRESH MATERIALIZED VIEW CONCURRENTLY {view}")
        # Store the time as a comment of a view, because a single value needs no table.
        cursor.execute(f"COMMENT ON MATERIALIZED VIEW {DATED} IS %s", [now.isoformat()])
    return True


def counted_at() -> dt.datetime | None:
    """Return when the views were last refreshed; None if they never were."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT obj_description(%s::regclass)", [DATED])
        comment = cursor.fetchone()[0]
    return parse_datetime(comment) if comment else None
