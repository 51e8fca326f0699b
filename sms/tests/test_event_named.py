"""Frequent SQL statements on orders have a condition on the event, such as `event_id = 7`.

So if the table of orders is one day partitioned by event, each statement reads a single partition. docs/scale.md says
what else partitions need."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from orders import lifecycle
from orders.live.boards import station_board, wall
from orders.live.tracking import standings
from orders.models import Order
from orders.tests import factory
from sms.tests import texting
from stations.models import Station

pytestmark = pytest.mark.django_db
#: INSERT is not in the pattern, because an inserted row always contains its event.
_ORDERS = re.compile(r"(?:FROM|JOIN|UPDATE) \"?orders_order\"?(?!\w)")
_NAMED = re.compile(r"event_id\"? (?:=|IN)")


@pytest.fixture
def bar() -> Station:
    return factory.cafe()


def unnamed(act: Callable[[], object]) -> list[str]:
    """Return the SQL statements of `act` that read or change orders without a condition on the event."""
    with CaptureQueriesContext(connection) as queries:
        act()
    sql = [query["sql"] for query in queries]
    assert any(_ORDERS.search(each) for each in sql)
    return [each for each in sql if not _parts_named(each)]


def _parts_named(sql: str) -> bool:
    """Return whether each SELECT, UPDATE or DELETE on orders in the SQL statement has a condition on the event."""
    parts = re.split(r"(?=\bSELECT\b|\bUPDATE\b|\bDELETE\b)", sql)
    return all(_NAMED.search(part) for part in parts if _ORDERS.search(part))


def test_a_text_names_the_event(bar: Station) -> None:
    texting.known(bar.event)

    for said in ("large oat latte", "status", "make it soy", "cancel"):
        assert unnamed(partial(texting.text, bar.event, said)) == []


def test_each_tap_names_the_event(bar: Station) -> None:
    order = Order.objects.select_related("event", "station").get(pk=factory.order(bar).pk)

    for act in (lifecycle.start, lifecycle.mark_ready, lifecycle.undo, lifecycle.mark_ready, lifecycle.collect):
        assert unnamed(partial(act, order, by=None)) == []


def test_boards_and_followers_name_the_event(bar: Station) -> None:
    factory.order(bar)

    for board in (station_board(bar), wall(bar.event), wall(bar.event, bar)):
        assert unnamed(board.page_context) == []
    assert unnamed(lambda: standings(bar.event.pk)) == []
