"""Query parameters that filter the API's lists and divide them into pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.http import QueryDict
from django.utils.dateparse import parse_datetime
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers

from accounts.typed_input import whole_number
from expresso.api.strict import ZONED
from orders.models import OrderQuerySet
from orders.statuses import OPEN, Status

STATUSES = (*Status.values, "open")

STATUS = OpenApiParameter("status", {"type": "array", "items": {"enum": [*STATUSES]}}, explode=True)
STATION = OpenApiParameter(
    "station", str, description="Slug of the station whose rows are listed. Leave it out to list all stations."
)
PAGE = (
    OpenApiParameter(
        "cursor",
        str,
        description="The cursor from `next` or `previous` of another page of this list. Empty: the first page.",
    ),
    OpenApiParameter(
        "page_size", {"type": "integer", "minimum": 1, "maximum": 200}, description="Number of rows on a page."
    ),
)


def by_status(orders: OrderQuerySet, asked: QueryDict) -> OrderQuerySet:
    """Return the orders that have one of the statuses in the request's query; all orders if the query names none."""
    wanted = asked.getlist("status")
    if unknown := set(wanted) - set(STATUSES):
        raise faulty("status", f"There is no status {', '.join(sorted(unknown))}.")
    return of_statuses(orders, wanted) if wanted else orders


def of_statuses(orders: OrderQuerySet, wanted: Sequence[str]) -> OrderQuerySet:
    """Return the orders with one of these statuses. "open" stands for all statuses that are not finished."""
    named = [status for status in wanted if status != "open"]
    return orders.filter(status__in=[*OPEN, *named] if "open" in wanted else named)


def word_asked(asked: QueryDict, name: str) -> str:
    value = str(asked[name])
    if "\x00" in value:
        raise faulty(name, "Null characters are not allowed.")
    return value


def number_asked(asked: QueryDict, name: str) -> int:
    number = whole_number(str(asked[name]))
    if number is None:
        raise faulty(name, "Give an id, which is a whole number.")
    return number


def moment_asked(asked: QueryDict, name: str) -> dt.datetime:
    try:
        moment = parse_datetime(str(asked[name]))
        if moment and moment.tzinfo:
            # Convert to UTC: Python accepts offsets of more than 16 hours, but PostgreSQL refuses them.
            return moment.astimezone(dt.UTC)
    except (ValueError, OverflowError):
        pass
    raise faulty(name, f"Give {ZONED}.")


def faulty(name: str, sentence: str) -> serializers.ValidationError:
    return serializers.ValidationError({name: [sentence]})
