from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import json
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
import urllib3
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.models import Role
from expresso.api import addresses, webhooks
from expresso.api.models import FactKind, Webhook, WebhookDelivery
from expresso.api.tests.conftest import Caller
from orders import lifecycle
from orders.tests import factory
from stations import pausing
from stations.models import Station

pytestmark = pytest.mark.django_db


class Receiver:
    """An HTTP server on this machine that receives webhooks. It answers with the values in `statuses`, one after
    another."""

    def __init__(self) -> None:
        self.statuses: list[int] = []
        self.got: list[tuple[dict[str, str], bytes]] = []
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.got.append(({name.lower(): value for name, value in self.headers.items()}, body))
                self.send_response(receiver.statuses.pop(0) if receiver.statuses else 200)
                self.send_header("Location", "http://127.0.0.1:1/")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *args: Any) -> None:
                pass

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def receiver(monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    """Start a Receiver, and redirect every webhook to it, without TLS."""
    there = Receiver()
    port = there.server.server_port
    monkeypatch.setattr(webhooks, "public_address", lambda host, port: "127.0.0.1")
    monkeypatch.setattr(
        webhooks, "connection_to", lambda address, _port, host: urllib3.HTTPConnectionPool(address, port, timeout=5)
    )
    yield there
    there.server.shutdown()
    there.server.server_close()


def hook(bar: Station, *kinds: FactKind, **fields: Any) -> Webhook:
    owner = factory.user("olga", Role.ORGANIZER)
    return Webhook.objects.create(
        event=bar.event, owner=owner, url="https://hooks.example.org/coffee", kinds=list(kinds), **fields
    )


def work() -> None:
    """Create the deliveries that are due, and try to send each of them once."""
    webhooks.relay()
    due = WebhookDelivery.objects.filter(state="queued", attempts=0).values_list("pk", flat=True)
    for delivery in list(due):
        webhooks.deliver.call(delivery)


def test_a_fact_is_told_once_and_its_signature_holds(bar: Station, receiver: Receiver) -> None:
    webhook = hook(bar, FactKind.PLACED, FactKind.READY)
    order = factory.order(bar)
    lifecycle.start(order, by=None)

    work()
    work()

    assert len(receiver.got) == 1
    headers, body = receiver.got[0]
    told = json.loads(body)
    assert (told["type"], told["data"]["order"], told["data"]["code"]) == ("order.placed", order.pk, "A01")
    assert "Sam" not in body.decode()
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    key = base64.b64decode(webhook.secret.removeprefix("whsec_"))
    expected = "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == expected
    assert abs(int(headers["webhook-timestamp"]) - timezone.now().timestamp()) < 60


def test_the_signature_is_that_of_standard_webhooks() -> None:
    # Values of an example in the reference libraries of Standard Webhooks.
    secret, message, at = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330

    found = webhooks.signature(secret, message, at, b'{"test": 2432232314}')

    assert found == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_repeated_attempt_has_the_same_id_and_a_new_time(bar: Station, receiver: Receiver) -> None:
    hook(bar, FactKind.PLACED)
    factory.order(bar)
    receiver.statuses = [503]
    work()
    delivery = WebhookDelivery.objects.get()
    again = DBTaskResult.objects.exclude(run_after__gt=timezone.now() + dt.timedelta(days=9)).latest("run_after")

    webhooks.deliver.call(delivery.pk)

    delivery.refresh_from_db()
    assert again.run_after > timezone.now()
    assert [got[0]["webhook-id"] for got in receiver.got] == [f"msg_{delivery.pk}"] * 2
    assert (delivery.state, delivery.attempts) == ("delivered", 2)


def test_what_never_arrives_ends_as_a_dead_letter_that_can_be_sent_again(bar: Station, receiver: Receiver) -> None:
    hook(bar, FactKind.PLACED)
    factory.order(bar)
    receiver.statuses = [500] * 20
    work()
    delivery = WebhookDelivery.objects.get()
    for _ in range(len(webhooks.BACKOFF)):
        webhooks.deliver.call(delivery.pk)
    delivery.refresh_from_db()
    given_up = (delivery.state, delivery.attempts, delivery.outcome)
    receiver.statuses = []

    client = Client()
    client.force_login(factory.user("boss", factory.ADMIN))
    form = {"action": "send_again", "_selected_action": [delivery.pk]}
    client.post("/admin/api/webhookdelivery/", form)
    webhooks.deliver.call(delivery.pk)

    delivery.refresh_from_db()
    assert given_up == ("dead", len(webhooks.BACKOFF) + 1, "500")
    assert delivery.state == "delivered"


def test_a_redirect_is_not_followed(bar: Station, receiver: Receiver) -> None:
    hook(bar, FactKind.PLACED)
    factory.order(bar)
    receiver.statuses = [302]

    work()

    assert (len(receiver.got), WebhookDelivery.objects.get().outcome) == (1, "302")


@pytest.mark.parametrize(
    "address",
    [
        *(
            "127.0.0.1",
            "10.0.0.5",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "0.0.0.0",
            "100.64.0.1",
            "224.0.0.1",
        ),
        *("::1", "fe80::1%eth0", "fc00::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::"),
    ],
)
def test_an_address_inside_a_private_network_is_not_called(
    bar: Station, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    hook(bar, FactKind.PLACED)
    factory.order(bar)
    monkeypatch.setattr("socket.getaddrinfo", lambda *args, **kwargs: [(0, 0, 0, "", (address, 443))])
    monkeypatch.setattr(webhooks, "connection_to", lambda *args: pytest.fail("called"))

    work()

    delivery = WebhookDelivery.objects.get()
    assert (delivery.state, delivery.outcome) == ("dead", "not on the public internet")


def test_a_host_that_has_another_address_by_now_is_called_at_the_one_that_was_checked(
    bar: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    hook(bar, FactKind.PLACED)
    factory.order(bar)
    of_host, called, connect = iter(["93.184.215.14", "127.0.0.1"]), [], socket.socket.connect

    def look_up(host: str, port: int, *_args: Any, **_kwargs: Any) -> list[Any]:
        address = next(of_host) if host == "hooks.example.org" else host
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    def note(here: socket.socket, there: Any) -> None:
        if there[1] != 443:
            return connect(here, there)
        called.append(there[0])
        raise OSError("nobody is there")

    monkeypatch.setattr("socket.getaddrinfo", look_up)
    monkeypatch.setattr("socket.socket.connect", note)

    work()

    assert called == ["93.184.215.14"]


def is_genuine(secret: str, headers: dict[str, str], body: bytes, *, now: dt.datetime) -> bool:
    """Return whether the delivery's signature is valid, checked as Standard Webhooks tells receivers to."""
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    key = base64.b64decode(secret.removeprefix("whsec_"))
    expected = "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    is_recent = abs(now.timestamp() - int(headers["webhook-timestamp"])) <= 300
    return is_recent and hmac.compare_digest(expected, headers["webhook-signature"])


def test_a_copied_webhook_is_not_genuine_later(bar: Station, receiver: Receiver) -> None:
    webhook, now = hook(bar, FactKind.PLACED), timezone.now()
    factory.order(bar)
    work()
    headers, body = receiver.got[0]
    later = now + dt.timedelta(minutes=10)
    renewed = headers | {"webhook-timestamp": str(int(later.timestamp()))}
    renamed = headers | {"webhook-id": "msg_0"}

    assert is_genuine(webhook.secret, headers, body, now=now)
    assert not is_genuine(webhook.secret, headers, body, now=later)
    assert not is_genuine(webhook.secret, renewed, body, now=later)
    assert not is_genuine(webhook.secret, renamed, body, now=now)


def test_what_has_arrived_is_not_sent_again(bar: Station, receiver: Receiver) -> None:
    hook(bar, FactKind.PLACED)
    factory.order(bar)
    work()

    webhooks.deliver.call(WebhookDelivery.objects.get().pk)

    assert len(receiver.got) == 1


def test_a_public_address_may_be_called(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("socket.getaddrinfo", lambda *args, **kwargs: [(0, 0, 0, "", ("93.184.215.14", 443))])

    assert addresses.public_address("hooks.example.org", 443) == "93.184.215.14"


def test_stock_that_runs_low_and_a_pause_are_told_once_each_time(bar: Station, receiver: Receiver) -> None:
    stock = factory.stock(bar, option="Oat", on_hand=5)
    hook(bar, FactKind.STOCK_LOW, FactKind.PAUSED)
    by = factory.user("maya")
    work()
    quiet = len(receiver.got)

    stock.on_hand = 0
    stock.save()
    pausing.pause(bar, until=timezone.now() + dt.timedelta(minutes=5), by=by)
    work()
    work()

    assert quiet == 0
    assert sorted(json.loads(body)["type"] for _, body in receiver.got) == ["paused", "stock.low"]


def test_nothing_is_told_of_another_event_or_another_kind(bar: Station, receiver: Receiver) -> None:
    hook(bar, FactKind.READY)
    other = factory.cafe()
    lifecycle.mark_ready(factory.order(other), by=None)
    factory.order(bar)

    work()

    assert receiver.got == []


def test_gone_switches_a_webhook_off(bar: Station, receiver: Receiver) -> None:
    hook(bar, FactKind.PLACED)
    factory.order(bar)
    receiver.statuses = [410]
    work()
    factory.order(bar)

    work()

    assert (len(receiver.got), Webhook.objects.get().active) == (1, False)


def test_the_delivery_that_was_answered_gone_has_ended(bar: Station, receiver: Receiver) -> None:
    hook(bar, FactKind.PLACED)
    factory.order(bar)
    receiver.statuses = [410]

    work()

    delivery = WebhookDelivery.objects.get()
    assert (delivery.state, delivery.outcome, delivery.attempts) == ("dead", "410", 1)
    assert delivery.ended_at


def test_plain_http_is_refused() -> None:
    with pytest.raises(ValidationError):
        Webhook(url="http://hooks.example.org/", kinds=[FactKind.PLACED]).clean_fields(exclude=["event", "owner"])


def test_an_organizer_registers_a_webhook_by_the_api(organizer: Caller, barista: Caller, bar: Station) -> None:
    path, content = (
        f"events/{bar.event.slug}/webhooks/",
        {"url": "https://hooks.example.org/", "kinds": ["order.ready"]},
    )

    made = organizer("POST", path, content)
    listed = organizer("GET", path).json()
    refused = barista("POST", path, content)
    wrong = organizer("POST", path, content | {"url": "http://10.0.0.1/"})
    gone = organizer("DELETE", f"{path}{made.json()['id']}/")

    assert made.json()["secret"].startswith("whsec_")
    assert [sorted(each) for each in listed] == [["active", "created_at", "id", "kinds", "url"]]
    assert (refused.status_code, wrong.status_code, gone.status_code) == (403, 400, 204)


@pytest.mark.parametrize("host", ["10.0.0.1", "[::1]", "169.254.169.254", "localhost", "db.internal"])
def test_an_address_that_is_plainly_private_is_not_registered(organizer: Caller, bar: Station, host: str) -> None:
    content = {"url": f"https://{host}/", "kinds": ["order.ready"]}

    answer = organizer("POST", f"events/{bar.event.slug}/webhooks/", content)

    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "/url")
    assert not Webhook.objects.exists()


def test_an_order_costs_no_statement_more_for_a_webhook(bar: Station) -> None:
    factory.order(bar)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as statements:
            factory.order(bar)
        counts.append(len(statements))
        if not Webhook.objects.exists():
            hook(bar, *FactKind)

    assert counts[0] == counts[1]


def test_a_key_is_shown_once_in_the_admin(bar: Station) -> None:
    client = Client()
    client.force_login(factory.user("boss", factory.ADMIN))
    form = {"name": "Robot", "event": bar.event.pk, "scopes": ["read"]}

    page = client.post("/admin/api/apikey/add/", form, follow=True).content.decode()
    later = client.get("/admin/api/apikey/").content.decode()

    key = page.partition("The key is ")[2].partition(".")[0]
    assert Caller(key)("GET", "events/").status_code == 200
    assert key not in later


def test_the_database_does_not_hold_the_secret_readably(bar: Station) -> None:
    webhook = Webhook.objects.create(
        event=bar.event, owner=factory.user("olivia", Role.ORGANIZER), url="https://example.org/", kinds=["paused"]
    )

    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM api_webhook")
        [(stored,)] = cursor.fetchall()

    assert webhook.secret.startswith("whsec_")
    assert stored.startswith("enc:")
    assert Webhook.objects.get().secret == webhook.secret
