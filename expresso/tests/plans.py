"""Asks the database how it would read rows. In tests with few rows, this shows what a million would cost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

#: Ways of reading that PostgreSQL prefers for a few rows.
_OTHER_WAYS = ("enable_seqscan", "enable_bitmapscan", "enable_sort")


def plans_of(act: Callable[[], Any]) -> str:
    """Return the plans of all SELECT statements of a function, one after the other."""
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
    """Make PostgreSQL read rows by an index, and in its order, if one fits. It would read small tables as a whole and
    sort them."""
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
