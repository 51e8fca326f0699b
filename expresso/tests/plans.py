"""Returns the plans by which the database would execute statements on large tables, for tests that have only few
rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

#: Settings that allow PostgreSQL to read whole tables and to sort rows, which it prefers in small tables.
#: `_indexes_preferred` switches them off.
_OTHER_WAYS = ("enable_seqscan", "enable_bitmapscan", "enable_sort")


def plans_of(act: Callable[[], Any]) -> str:
    """Call `act`, and return the plans of all SELECT statements that it executes, one below the other."""
    with CaptureQueriesContext(connection) as captured:
        act()
    asked = [each["sql"] for each in captured.captured_queries if each["sql"].lstrip().startswith("SELECT")]
    explain = "EXPLAIN" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
    with _indexes_preferred(), connection.cursor() as cursor:
        found = []
        for sql in asked:
            cursor.execute(f"{explain} {sql.replace('%', '%%')}", [])
            found += [str(row[-1]) for row in cursor.fetchall()]
    return "\n".join(found)


@contextmanager
def _indexes_preferred() -> Iterator[None]:
    """Make PostgreSQL use an index wherever one fits. In a small table it would otherwise read and sort all rows."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        for way in _OTHER_WAYS:
            cursor.execute(f"SET {way} = off")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for way in _OTHER_WAYS:
                cursor.execute(f"RESET {way}")
