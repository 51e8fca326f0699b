"""Pagination of long admin lists. Rows are counted only up to a limit, because counting all of them is slow."""

from __future__ import annotations

from functools import cached_property
from typing import Any, cast

from django.core.paginator import Paginator
from django.db.models import QuerySet

#: Maximum number of rows that are counted. Counting one event's rows among two million needs a join and takes a second.
MOST_ROWS = 10_000


class AtLeast(int):
    """The result of a count that stopped at its limit. It is shown as "10000+"."""

    def __str__(self) -> str:
        return f"{int(self)}+"


class BoundedPaginator(Paginator[Any]):
    @cached_property
    def count(self) -> int:
        """Return the number of rows, or `AtLeast(MOST_ROWS)` if there are more than MOST_ROWS."""
        rows = cast(QuerySet[Any], self.object_list)
        # Remove the ordering, because the database would sort the rows before counting them.
        counted = rows.order_by()[: MOST_ROWS + 1].count()
        return AtLeast(MOST_ROWS) if counted > MOST_ROWS else counted
