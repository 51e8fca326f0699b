from __future__ import annotations

import json
import socket
import time
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client, RequestFactory
from django.utils import timezone
from pytest_django import Settings

from accounts.models import Customer
from expresso import health
from expresso.tests.plans import plans_of
from orders.live import beats
from sms.models import Conversation, Delivery, OutboundMessage
from sms.tasks import deliver
from stations.models import Event

# Checks run in other threads, which only see committed rows.
pytestmark = pytest.mark.django_db(transaction=True)


def ask(view: Any) -> tuple[int, dict[str, Any]]:
    response = view(RequestFactory().get("/health"))
    return response.status_code, json.loads(response.content)


def text(*, status: str, age: timedelta = timedelta(), error_code: int | None = None) -> OutboundMessage:
    event = Event.objects.get_or_create(slug="conf", name="Conf")[0]
    customer = Customer.objects.get_or_create(phone="+15551234567")[0]
    conversation = Conversation.objects.get_or_create(event=event, customer=customer)[0]
    now = timezone.now()
    return OutboundMessage.objects.create(
        conversation=conversation,
        kind=OutboundMessage.Kind.READY,
        body="Your latte is ready.",
        status=status,
        error_code=error_code,
        created_at=now - age,
        expires_at=now + timedelta(minutes=10),
    )


def broken() -> dict[str, Any]:
    raise ConnectionError("postgres://expresso:hunter2@10.0.0.7/expresso refused +15551234567")


def test_all_well() -> None:
    status, body = ask(health.health)

    assert (status, body["ok"], body["reasons"]) == (200, True, [])
    assert {name for name, check in body["checks"].items() if check["ok"]} == {
        "process",
        "database",
        "cache",
        "layer",
        "processes",
        "replicas",
        "sms",
    }
    assert body["checks"]["database"]["vendor"] == connection.vendor
    assert body["checks"]["sms"] == {
        "ok": True,
        "sent_by": "simulator",
        "last": None,
        "queue": 0,
        "oldest_seconds": 0.0,
    }


def test_something_needed_is_down(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(health.SERVING, "database", broken)

    for view in (health.health, health.ready):
        status, body = ask(view)

        assert (status, body["ok"]) == (503, False)
        assert body["reasons"] == ["database does not answer (ConnectionError)"]
        assert body["checks"]["database"] == {"ok": False}


def test_a_reason_tells_no_secret_and_no_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(health.SERVING, "database", broken)

    _, body = ask(health.health)

    assert not any(secret in json.dumps(body) for secret in ("hunter2", "10.0.0.7", "5551234567"))


def test_a_server_that_hangs_is_answered_for_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    def hang() -> dict[str, Any]:
        time.sleep(3)
        return {}

    monkeypatch.setitem(health.SERVING, "layer", hang)

    status, body = ask(health.ready)

    assert (status, body["status"]) == (200, "degraded")
    assert body["reasons"] == ["layer does not answer within 1.5 s"]


def test_a_redis_that_is_gone_or_silent_is_told_in_time(settings: Settings) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        for port in (silent.getsockname()[1], 1):
            url = f"redis://127.0.0.1:{port}/0"
            settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": url}}
            settings.CHANNEL_LAYERS = {
                "default": {"BACKEND": "channels_redis.core.RedisChannelLayer", "CONFIG": {"hosts": [url]}}
            }

            status, body = ask(health.ready)

            assert (status, body["status"]) == (200, "degraded")
            assert [reason.split(" (")[0].split(" within")[0] for reason in body["reasons"]] == [
                "cache does not answer",
                "layer does not answer",
            ]


def test_a_cache_that_forgets_is_down(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(caches["default"]), "get", lambda self, key: None)

    assert ask(health.ready)[1]["reasons"] == ["cache forgot a value at once"]


def test_socket_server_that_is_frozen_is_named(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.REDIS_URL = "redis://shared"
    for name in ("socket server 1", "socket server 2"):
        settings.PROCESS_NAME = name
        beats.beat(beats.SOCKETS)
    long_after = time.time() + beats.FROZEN_AFTER + 1
    monkeypatch.setattr(time, "time", lambda: long_after)
    beats.beat(beats.SOCKETS)

    status, body = ask(health.health)

    assert (status, body["status"]) == (200, "degraded")
    assert body["reasons"] == ["processes do not all answer (silent: socket server 1)"]


def test_no_socket_server_that_answers_is_down(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.REDIS_URL, settings.PROCESS_NAME = "redis://shared", "live-7"
    beats.beat(beats.SOCKETS)
    beats.beat(beats.WORKERS)
    beats.ended(beats.WORKERS)
    long_after = time.time() + beats.FROZEN_AFTER + 1
    monkeypatch.setattr(time, "time", lambda: long_after)

    status, body = ask(health.health)

    assert (status, body["status"]) == (503, "down")
    assert body["reasons"] == ["processes include no socket server that answers (silent: live-7)"]


def test_process_that_was_killed_and_not_replaced_is_forgotten(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.REDIS_URL = "redis://shared"
    beats.beat(beats.SOCKETS)
    long_after = time.time() + beats.FORGET_AFTER + 1
    monkeypatch.setattr(time, "time", lambda: long_after)

    assert beats.silence(beats.SOCKETS) == {}


def test_the_process_lives_while_the_database_is_down(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(health.SERVING, "database", broken)

    status, body = ask(health.live)

    assert (status, list(body["checks"])) == (200, ["process"])


def test_sms_tells_the_last_result_and_what_waits() -> None:
    text(status=Delivery.DELIVERED, age=timedelta(minutes=3))
    text(status=Delivery.FAILED, age=timedelta(minutes=2), error_code=30003)
    text(status=Delivery.QUEUED, age=timedelta(seconds=30))
    text(status=Delivery.SENDING, age=timedelta(seconds=10))

    status, body = ask(health.health)

    facts = body["checks"]["sms"]
    assert (status, facts["queue"], round(facts["oldest_seconds"])) == (200, 2, 30)
    assert (facts["last"]["status"], facts["last"]["error"]) == ("failed", 30003)
    assert "5551234567" not in json.dumps(body)


def test_the_last_result_is_found_without_sorting_all_texts() -> None:
    text(status=Delivery.DELIVERED, age=timedelta(minutes=3))

    plan = plans_of(health.sms)

    assert "outbound" in plan
    assert "Sort" not in plan
    assert "TEMP B-TREE" not in plan


def test_texts_that_nobody_sends_are_down_but_the_web_stays_ready() -> None:
    text(status=Delivery.QUEUED, age=timedelta(minutes=3))

    status, body = ask(health.health)

    assert (status, ask(health.ready)[0]) == (503, 200)
    assert body["reasons"] == ["sms has texts waiting that nobody sends: is a task worker running?"]


def test_a_text_that_waits_for_its_time_is_nobodys_fault() -> None:
    soon = text(status=Delivery.QUEUED, age=timedelta(minutes=3))
    deliver.using(run_after=timezone.now() + timedelta(minutes=2)).enqueue(soon.pk)

    status, body = ask(health.health)

    assert (status, body["checks"]["sms"]["queue"], body["checks"]["sms"]["oldest_seconds"]) == (200, 1, 0.0)


def test_a_text_whose_time_has_passed_counts_from_then() -> None:
    due = text(status=Delivery.QUEUED, age=timedelta(minutes=9))
    deliver.using(run_after=timezone.now() - timedelta(seconds=40)).enqueue(due.pk)

    status, body = ask(health.health)

    assert (status, round(body["checks"]["sms"]["oldest_seconds"])) == (200, 40)


def test_checks_at_once_on_one_cache_do_not_disturb_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    cache = type(caches["default"])
    store = cache.set
    inside: list[str] = []

    def set_while_another_asks(self: Any, key: str, value: Any, timeout: Any = None) -> None:
        store(self, key, value, timeout)
        if not inside:
            inside.append(key)
            health.cache_round_trip()

    monkeypatch.setattr(cache, "set", set_while_another_asks)

    health.cache_round_trip()

    assert len(inside) == 1


@pytest.mark.parametrize("path", ["/health", "/health/live", "/health/ready"])
def test_load_balancer_that_asks_by_address_is_answered(client: Client, settings: Settings, path: str) -> None:
    settings.ALLOWED_HOSTS = ["coffee.example.org"]

    asked = {
        name: client.get(address, headers={"Host": "10.1.2.3:8000"}) for name, address in (("us", path), ("page", "/"))
    }

    assert (asked["us"].status_code, asked["us"].json()["ok"]) == (200, True)
    assert asked["page"].status_code == 400


def test_who_answers_to_any_name_says_how_they_are(client: Client, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["*"]

    assert client.get("/health/live").status_code == 200


@pytest.mark.parametrize(
    ("proxies", "address", "forwarded", "is_told"),
    [
        (0, "127.0.0.1", "", True),
        (0, "::1", "", True),
        (0, "192.168.1.20", "", False),  # the client is a guest in the venue's Wi-Fi
        (0, "127.0.0.1", "203.0.113.9", False),  # the request came through a proxy that is not configured
        (1, "127.0.0.1", "127.0.0.1", True),
        (1, "172.18.0.4", "", True),  # the client is a monitor inside the containers' network
        (1, "172.18.0.5", "203.0.113.9", False),
        (1, "172.18.0.5", "127.0.0.1, 203.0.113.9", False),
        (1, "172.18.0.5", "192.168.1.20", False),
        (2, "127.0.0.1", "203.0.113.9", False),  # the request passed only one of the two proxies
        (2, "172.18.0.5", "203.0.113.9, 172.18.0.1", False),
        (1, "127.0.0.1", "nonsense", False),
    ],
)
def test_details_are_for_those_inside(
    client: Client, settings: Settings, proxies: int, address: str, forwarded: str, is_told: bool
) -> None:
    settings.PROXIES = proxies
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}

    body = client.get("/health/live", headers=headers, REMOTE_ADDR=address).json()

    assert body["ok"] is True
    assert ("checks" in body, "reasons" in body) == (is_told, is_told)
