"""Tests that nobody can use a session that has ended, even if Redis failed when it ended."""

from __future__ import annotations

import datetime as dt
import gc
import json
import time
import weakref
from typing import Any
from unittest.mock import patch

import pytest
from asgiref.sync import async_to_sync
from channels.testing import WebsocketCommunicator
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from accounts import cached_sessions
from accounts.cached_sessions import Breaker, Copies, SessionStore
from accounts.models import Membership, Role, User
from expresso import settings as deployed
from expresso.asgi import application
from orders.live.doorkeeper import SIGN_IN_AGAIN
from orders.tests import factory
from stations.models import Station

pytestmark = pytest.mark.django_db


class Clock:
    """Replaces the module `time` in `accounts.cached_sessions`. Its time changes only when a test changes it."""

    def __init__(self) -> None:
        self.now = time.time()

    def time(self) -> float:
        return self.now

    monotonic = time


@pytest.fixture(autouse=True)
def clock(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Use the session engine that keeps copies of sessions in a cache, and replace its clock.

    In production the cache is Redis. If the tests run without Redis, it is in memory. PULSE, the number of seconds for
    which a copy is used, is set to a minute. So no copy expires unless a test moves the clock."""
    settings.SESSION_ENGINE, settings.PULSE = "accounts.cached_sessions", 60
    monkeypatch.setattr(cached_sessions, "breaker", Breaker())
    clock = Clock()
    monkeypatch.setattr(cached_sessions, "time", clock)
    return clock


@pytest.fixture
def bar() -> Station:
    return factory.cafe()


@pytest.fixture
def maya(bar: Station) -> User:
    return factory.user("maya", Role.BARISTA, bar.event)


def at_work(maya: User, bar: Station) -> Client:
    """Return a client that is signed in and has opened the station's board."""
    client = Client()
    client.force_login(maya)
    forget_marks()
    assert client.get(f"/stations/{bar.slug}/").status_code == 200
    return client


def forget_marks() -> None:
    """Empty the cache that holds copies of sessions, and marks in place of copies of sessions that were just changed.

    While a mark is there, no copy of the session is stored. Without it, the next request stores a copy at once."""
    cached_sessions._redis().clear()


def with_the_same_cookies(client: Client) -> Client:
    other = Client()
    other.cookies.load(client.cookies.output(header=""))
    return other


def without_cache() -> Any:
    """Make every call to the cache fail. The content of the cache stays and can be read again afterwards."""
    away: dict[str, Any] = dict.fromkeys(("get", "set", "add", "delete", "incr", "get_many", "delete_many"), _fail)
    return patch.multiple(type(caches["default"]), **away)


def _fail(*_args: Any, **_kwargs: Any) -> Any:
    raise ConnectionError


def overheard(act: Any, told: list[Any]) -> Any:
    """Wrap `act`, a method of a cache, so that the arguments of each call are appended to `told`."""

    def call(cache: Any, *args: Any, **kwargs: Any) -> Any:
        told.append(args)
        return act(cache, *args, **kwargs)

    return call


def session_reads(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return sum("django_session" in query["sql"] for query in captured)


def test_sessions_are_read_through_redis_where_there_is_one() -> None:
    assert ("accounts.cached_sessions" if deployed.REDIS_URL else "accounts.sessions") == deployed.SESSION_ENGINE
    assert deployed.PULSE == 3


def test_within_a_pulse_pages_do_not_read_the_session_from_the_database(bar: Station, maya: User, clock: Clock) -> None:
    client, page = at_work(maya, bar), f"/stations/{bar.slug}/"

    within = [session_reads(client, page) for _ in range(3)]
    clock.now += 61

    assert (within, session_reads(client, page)) == ([0, 0, 0], 1)


def test_whoever_signed_out_is_out_at_once_everywhere(bar: Station, maya: User) -> None:
    client = at_work(maya, bar)
    elsewhere = with_the_same_cookies(client)

    client.post("/accounts/logout/")

    assert elsewhere.get(f"/stations/{bar.slug}/").status_code == 302


def test_whoever_signed_out_while_redis_was_away_is_out_everywhere_within_the_pulse(
    bar: Station, maya: User, clock: Clock
) -> None:
    client, page = at_work(maya, bar), f"/stations/{bar.slug}/"
    elsewhere = with_the_same_cookies(client)

    with without_cache():
        assert client.post("/accounts/logout/").status_code == 302
    # The breaker of this process has noticed that Redis failed. Reset it, to act as another process that has not.
    cached_sessions.breaker.next_try = 0
    assert elsewhere.get(page).status_code == 200
    clock.now += 61

    assert elsewhere.get(page).status_code == 302


def test_copy_that_redis_stored_late_does_not_count(bar: Station, maya: User, clock: Clock) -> None:
    """A copy that is stored after the user signed out gives no access.

    This happens if Redis hangs and carries out a command only after its sender has given up waiting."""
    client, page = at_work(maya, bar), f"/stations/{bar.slug}/"
    cache: Any = cached_sessions._redis()
    name = cached_sessions._name(SessionStore(client.session.session_key).cache_key)
    copy, elsewhere = cache.get(name), with_the_same_cookies(client)

    client.post("/accounts/logout/")
    clock.now += 61
    cache.set(name, copy, 60)

    assert elsewhere.get(page).status_code == 302


def test_request_that_read_the_session_before_the_sign_out_leaves_no_copy(
    bar: Station, maya: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, page = at_work(maya, bar), f"/stations/{bar.slug}/"
    slow, elsewhere = with_the_same_cookies(client), with_the_same_cookies(client)
    forget_marks()
    store = Copies.set

    def sign_out_first(*args: Any) -> None:
        monkeypatch.setattr(Copies, "set", store)
        client.post("/accounts/logout/")
        store(*args)

    monkeypatch.setattr(Copies, "set", sign_out_first)
    assert slow.get(page).status_code == 200

    assert elsewhere.get(page).status_code == 302


def test_change_of_a_session_is_read_at_once() -> None:
    session = SessionStore()
    session["guest"] = "Sam"
    session.save()
    key = session.session_key
    forget_marks()
    SessionStore(key).load()

    changed = SessionStore(key)
    changed["guest"] = "Kim"
    changed.save()

    assert [SessionStore(key)["guest"] for _ in range(2)] == ["Kim", "Kim"]


def test_session_does_not_outlive_its_end_in_redis(clock: Clock) -> None:
    session = SessionStore()
    session["guest"] = "Sam"
    session.save()
    key = session.session_key
    forget_marks()
    Session.objects.update(expire_date=timezone.now() + dt.timedelta(seconds=30))
    SessionStore(key).load()
    # Delete the session from the database, so that only its copy in Redis can say who the guest is.
    Session.objects.all().delete()

    guests = [SessionStore(key).get("guest")]
    clock.now += 31
    guests.append(SessionStore(key).get("guest"))

    assert guests == ["Sam", None]


def test_redis_keeps_for_a_pulse_what_shows_neither_the_content_nor_the_key_of_a_session(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Any] = []
    for name in ("get", "add", "set"):
        monkeypatch.setattr(type(caches["default"]), name, overheard(getattr(type(caches["default"]), name), told))
    session = SessionStore()
    session["guest"] = "Sam"
    session.save()
    forget_marks()

    SessionStore(session.session_key).load()

    [(copy, kept_for)] = [args[1:] for args in told if len(args) == 3 and args[1]]
    assert (copy[:4], kept_for) == ("enc:", settings.PULSE)
    assert "Sam" not in json.dumps(told)
    assert str(session.session_key) not in json.dumps(told)


def test_memory_of_a_session_is_free_at_the_end_of_its_request() -> None:
    """Python's garbage collector runs seldom (`expresso.garbage`), so a session must not be in a reference cycle."""
    gc.disable()
    try:
        store = SessionStore("a-key-of-nobody")
        store.load()
        left = weakref.ref(store)
        del store
        assert left() is None
    finally:
        gc.enable()


def test_redis_that_is_away_is_asked_once_and_again_after_a_rest(
    bar: Station, maya: User, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, page = at_work(maya, bar), f"/stations/{bar.slug}/"
    asked: list[None] = []

    def fail(*_args: Any) -> None:
        asked.append(None)
        raise ConnectionError

    monkeypatch.setattr(cached_sessions, "_redis", fail)
    answers = [client.get(page).status_code for _ in range(3)]
    first = len(asked)
    clock.now += 10
    answers += [client.get(page).status_code for _ in range(3)]

    assert (answers, first, len(asked)) == ([200] * 6, 1, 2)


def test_while_one_thread_tries_whether_redis_is_back_no_other_does(clock: Clock) -> None:
    breaker = Breaker(next_try=clock.now)

    tries = breaker.ask(lambda: (1, breaker.ask(lambda: 2)))

    assert (tries, breaker.ask(lambda: 3)) == ((1, None), 3)


@pytest.mark.parametrize("cached", [False, True])
def test_whoever_was_let_go_lost_the_role_or_changed_the_password_meanwhile_is_out(
    bar: Station, maya: User, settings: Settings, cached: bool
) -> None:
    settings.SESSION_ENGINE = "accounts.cached_sessions" if cached else "accounts.sessions"
    clients = [at_work(maya, bar) for _ in range(3)]
    page = f"/stations/{bar.slug}/"

    with without_cache():
        User.objects.filter(pk=maya.pk).update(is_active=False)
    deactivated = clients[0].get(page).status_code
    with without_cache():
        User.objects.filter(pk=maya.pk).update(is_active=True)
        Membership.objects.filter(user=maya).delete()
    roleless = clients[1].get(page).status_code
    with without_cache():
        Membership.objects.create(user=maya, event=bar.event, role=Role.BARISTA)
        maya.set_password("another-long-password")
        maya.save()

    assert (deactivated, roleless, clients[2].get(page).status_code) == (302, 403, 302)


@pytest.mark.django_db(transaction=True)
@pytest.mark.layer
def test_socket_of_somebody_who_signed_out_is_refused_although_redis_has_a_copy(bar: Station, maya: User) -> None:
    client = at_work(maya, bar)
    cookie = f"sessionid={client.session.session_key}".encode()
    elsewhere = with_the_same_cookies(client)
    with without_cache():
        client.post("/accounts/logout/")
    cached_sessions.breaker.next_try = 0
    assert elsewhere.get(f"/stations/{bar.slug}/").status_code == 200
    headers = [(b"origin", b"http://testserver"), (b"host", b"testserver"), (b"cookie", cookie)]

    async def close_code() -> int:
        socket = WebsocketCommunicator(application, f"/ws/stations/{bar.slug}/", headers=headers)
        await socket.connect(timeout=5)
        return int((await socket.receive_output(timeout=5))["code"])

    assert async_to_sync(close_code)() == SIGN_IN_AGAIN
