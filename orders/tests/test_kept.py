"""Tests that a page which many screens load is rendered at most once a second and then served from the cache.

There is a separate rendering for each event, language and wall display."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator
from functools import partial
from typing import Any
from unittest.mock import patch

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Role
from orders import lifecycle
from orders.live import kept
from orders.tests import factory
from orders.tests.race import at_once
from stations.models import Event, Station

pytestmark = pytest.mark.django_db


@pytest.fixture
def bar() -> Station:
    return factory.cafe()


@pytest.fixture(autouse=True)
def _for_a_second(monkeypatch: pytest.MonkeyPatch, _nothing_kept: None) -> None:
    monkeypatch.setattr(kept, "KEPT", 1)


@pytest.fixture
def for_long() -> Iterator[None]:
    """Cache pages for a minute instead of a second, so that on a slow machine they do not expire during the test."""
    with patch.object(kept, "KEPT", 60):
        yield


def display(role: str = Role.DISPLAY, **theme: str) -> Client:
    client = Client()
    client.force_login(factory.user(f"{role}-{time.monotonic_ns()}", role))
    return client


def wall_of(event: Event, client: Client | None = None, **headers: str) -> str:
    answer = (client or display()).get(f"/events/{event.slug}/wall/", headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def order_page_of(event: Event) -> str:
    return Client().get(f"/events/{event.slug}/").content.decode()


def statements_about_orders(act: Any) -> int:
    with CaptureQueriesContext(connection) as queries:
        act()
    return sum("orders_order" in query["sql"] for query in queries)


@pytest.mark.usefixtures("for_long")
def test_fifty_walls_cost_one_rendering(bar: Station) -> None:
    factory.order(bar, name="Robin")
    clients = [display() for _ in range(5)]
    first = statements_about_orders(lambda: wall_of(bar.event, clients[0]))

    fragment = {"HX-Request": "true"}

    others = [
        statements_about_orders(partial(wall_of, bar.event, clients[n % 5], **(fragment if n % 2 else {})))
        for n in range(49)
    ]

    assert first > 0
    assert others == [0] * 49
    assert "Robin" in wall_of(bar.event, clients[4])


def test_a_change_is_on_the_next_wall_a_second_later(bar: Station) -> None:
    client = display()
    order = factory.order(bar, name="Robin")
    wall_of(bar.event, client)

    lifecycle.cancel(order)
    time.sleep(kept.KEPT + 0.1)

    assert "Robin" not in wall_of(bar.event, client)


@pytest.mark.usefixtures("for_long")
def test_the_walls_of_events_and_stations_are_never_mixed(bar: Station) -> None:
    second, other = factory.station(bar.event, "Bar 2"), factory.cafe()
    client = display()
    for station, name in ((bar, "Robin"), (second, "Kim"), (other, "Alex")):
        factory.order(station, name=name)
    walls = [f"/events/{bar.event.slug}/wall/", f"/events/{other.event.slug}/wall/"]
    walls += [f"/stations/{station.slug}/wall/" for station in (bar, second)]

    for _ in range(2):
        shown = [client.get(address).content.decode() for address in walls]

        names = [[name for name in ("Robin", "Kim", "Alex") if name in page] for page in shown]
        assert names == [["Robin", "Kim"], ["Alex"], ["Robin"], ["Kim"]]


@pytest.mark.usefixtures("for_long")
def test_an_event_that_changes_its_language_has_another_wall_at_once(bar: Station) -> None:
    english = wall_of(bar.event)
    bar.event.languages = ["de"]
    bar.event.save()

    german = wall_of(bar.event)

    assert ("Ready" in english, "Fertig" in german) == (True, True)


@pytest.mark.usefixtures("for_long")
def test_a_wall_that_is_kept_is_shown_to_nobody_who_may_not_see_it(bar: Station) -> None:
    factory.order(bar, name="Robin")
    wall_of(bar.event)
    address, elsewhere = f"/events/{bar.event.slug}/wall/", factory.cafe()
    stranger = Client()
    stranger.force_login(factory.user("stranger", Role.DISPLAY, elsewhere.event))

    answers = [Client().get(address), stranger.get(address)]

    assert [answer.status_code for answer in answers] == [302, 403]
    assert not any("Robin" in answer.content.decode() for answer in answers)


@pytest.mark.usefixtures("for_long")
def test_each_screen_keeps_its_own_colours_and_no_cache_on_the_way_keeps_the_page(bar: Station) -> None:
    dark, light = display(), display()
    person = factory.user("bright", Role.DISPLAY)
    person.preferences = {"theme": "light"}
    person.save()
    light.force_login(person)

    pages = [client.get(f"/events/{bar.event.slug}/wall/") for client in (dark, light)]

    assert ['data-theme="light"' in page.content.decode() for page in pages] == [False, True]
    assert all("no-store" in page["Cache-Control"] and "Cookie" in page["Vary"] for page in pages)


@pytest.mark.usefixtures("for_long")
def test_the_order_page_asks_for_the_queues_once_a_second(bar: Station) -> None:
    with CaptureQueriesContext(connection) as first:
        order_page_of(bar.event)
    with CaptureQueriesContext(connection) as second:
        order_page_of(bar.event)

    assert len(second) < len(first)
    assert not any("orders_order" in query["sql"] for query in second)


@pytest.mark.usefixtures("for_long")
def test_how_order_pages_stand_is_never_mixed(bar: Station) -> None:
    closed = factory.cafe(paused_until=timezone.now() + dt.timedelta(minutes=30))

    for _ in range(2):
        assert 'data-closed="' in order_page_of(closed.event)
        assert 'data-closed="' not in order_page_of(bar.event)


def test_an_event_that_pauses_says_so_a_second_later(bar: Station) -> None:
    order_page_of(bar.event)
    bar.event.paused_until = timezone.now() + dt.timedelta(minutes=30)
    bar.event.save()

    time.sleep(kept.KEPT + 0.1)

    assert 'data-closed="' in order_page_of(bar.event)


@pytest.mark.usefixtures("for_long")
def test_threads_that_ask_at_once_wait_for_one_answer() -> None:
    made = []

    def make() -> str:
        time.sleep(0.2)
        made.append(1)
        return "answer"

    answers = at_once(*[lambda: kept.for_a_second(make, "test")] * 6)

    assert (answers, len(made)) == (["answer"] * 6, 1)


def test_no_name_on_a_wall_leaves_the_process(bar: Station) -> None:
    factory.order(bar, name="Robin")

    with patch.object(type(caches["default"]), "set") as stored:
        assert "Robin" in wall_of(bar.event)

    assert "Robin" not in repr(stored.call_args_list)


def test_what_has_ended_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "KEPT", 0.01)
    kept.for_a_second(lambda: "Robin", "first")
    time.sleep(0.02)

    kept.for_a_second(lambda: "Kim", "second")

    assert list(kept._results) == [("second",)]
