"""The pages of a long list: its rows are counted up to a number that nobody turns to."""

from __future__ import annotations

from functools import cached_property
from typing import Any, cast

from django.core.paginator import Paginator
from django.db.models import QuerySet

#: Rows that are counted. The rows of one event among two million are a join, and a second to count.
MOST_ROWS = 10_000


class AtLeast(int):
    """A count that was not finished, shown as "10000+"."""

    def __str__(self) -> str:
        return f"{int(self)}+"


class BoundedPaginator(Paginator[Any]):
    @cached_property
    def count(self) -> int:
        """The number of rows, or of those that are shown, if there are more."""
        rows = cast(QuerySet[Any], self.object_list)
        # Unordered: the rows of a list sorted by a name need not be sorted to be counted.
        counted = rows.order_by()[: MOST_ROWS + 1].count()
        return AtLeast(MOST_ROWS) if counted > MOST_ROWS else counted
