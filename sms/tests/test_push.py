"""Web push from the tap on an order's page to the push service. A test device decrypts the notifications."""

from __future__ import annotations

import datetime as dt

import jwt
import pytest
import requests
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from django.utils import timezone

from orders import lifecycle
from orders.models import Channel, Order
from orders.tests import factory as rows
from sms import push, subscriptions
from sms.follow_up import follow_up
from sms.models import Delivery, OutboundMessage, Subscription
from sms.push import _decoded, _encoded
from sms.tests import factory
from sms.tests.devices import FCM, Device, Services
from sms.tests.factory import FakeTwilio
from sms.tests.sending import fresh, work, work_later
from stations.models import Station

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(bar: Station) -> Order:
    return rows.order(bar, channel=Channel.WEB, name="Sam")


def subscribe(order: Order, device: Device, **changes: str) -> int:
    return Client().post(f"/orders/{order.token}/tell/", device.subscription | changes).status_code


def make(order: Order) -> Order:
    return lifecycle.mark_ready(order, by=None)


def states() -> list[tuple[str, str]]:
    return list(OutboundMessage.objects.order_by("pk").values_list("kind", "status"))


def test_encryption_is_that_of_the_standard() -> None:
    """Reproduces the example of RFC 8291, section 5, with its keys and salt."""
    key = ec.derive_private_key(
        int.from_bytes(_decoded("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"), "big"), ec.SECP256R1()
    )

    body = push.encrypted(
        b"When I grow up, I want to be a watermelon",
        p256dh="BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
        auth="BTBZMqHH6r4Tts7J_aSIgg",
        salt=_decoded("DGv6ra1nlYgDCS1FRnbzlw"),
        key=key,
    )

    assert _encoded(body) == (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl"
        "7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )


def test_device_that_asked_is_told_once_that_the_order_is_ready(order: Order, services: Services) -> None:
    device = Device()
    assert subscribe(order, device) == 204
    assert subscribe(order, device) == 204

    make(order)
    work()
    work()

    [(endpoint, request)] = services.posts
    message = OutboundMessage.objects.get()
    assert endpoint == device.endpoint
    assert device.reads(request["data"]) == {
        "id": message.pk,
        "title": order.event.name,
        "body": message.body,
        "order": f"order-{order.pk}",
        "url": f"/orders/{order.token}/",
    }
    assert message.body == f"Sam, your latte is ready at Bar 1 ({order.code})."
    assert (request["allow_redirects"], request["headers"]["Content-Encoding"]) == (False, "aes128gcm")
    assert 500 < int(request["headers"]["TTL"]) <= 600
    assert states() == [("ready", Delivery.SENT)]


def test_service_can_tell_who_sends(order: Order, services: Services) -> None:
    subscribe(order, Device())
    make(order)
    work()

    kind, _space, parts = services.posts[0][1]["headers"]["Authorization"].partition(" ")
    token, own = (part.partition("=")[2] for part in parts.split(", "))
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _decoded(own))

    claims = jwt.decode(token, key, algorithms=["ES256"], audience="https://fcm.googleapis.com")
    assert (kind, own) == ("vapid", push.public_key())
    assert claims["exp"] < timezone.now().timestamp() + 24 * 3600


def test_tap_that_was_undone_is_never_pushed(bar: Station, services: Services) -> None:
    bar.event.ready_grace_seconds = 10
    bar.event.save()
    order = rows.order(bar, channel=Channel.WEB)
    subscribe(order, Device())

    lifecycle.undo(make(order), by=None)
    work_later(seconds=11)

    assert services.posts == []
    assert states() == [("ready", Delivery.EXPIRED)]


def test_every_device_is_told_and_one_that_is_gone_is_forgotten(order: Order, services: Services) -> None:
    gone, there = Device(), Device(FCM + "two")
    for device in (gone, there):
        subscribe(order, device)
    services.answers = [410]

    make(order)
    work()

    assert [endpoint for endpoint, _ in services.posts] == [gone.endpoint, there.endpoint]
    assert Subscription.objects.get().endpoint == there.endpoint
    assert fresh(order).call_name is False


def test_order_whose_only_device_is_gone_is_called(order: Order, services: Services) -> None:
    subscribe(order, Device())
    services.answers = [404]

    make(order)
    work()

    assert fresh(order).call_name is True


def test_text_that_fails_is_no_reason_to_call_whoever_was_pushed(
    bar: Station, services: Services, fake_twilio: FakeTwilio
) -> None:
    talk = factory.conversation(bar)
    talk.opted_out_at = timezone.now()
    talk.save()
    order = rows.order(bar, customer=talk.customer, channel=Channel.SMS)
    subscribe(order, Device())

    make(order)
    work()

    assert (len(services.posts), fake_twilio.sent) == (1, [])
    assert fresh(order).call_name is False


def test_whoever_left_no_number_is_reminded_on_the_device_once(order: Order, services: Services) -> None:
    device = Device()
    subscribe(order, device)
    make(order)
    Order.objects.filter(pk=order.pk).update(ready_at=timezone.now() - dt.timedelta(minutes=6))

    for _ in range(2):
        follow_up()
    work()

    assert states() == [("ready", Delivery.SENT), ("reminder", Delivery.SENT)]
    assert "still here" in device.reads(services.posts[1][1]["data"])["body"]


@pytest.mark.parametrize(
    ("answer", "between"),
    [
        (429, Delivery.QUEUED),
        (503, Delivery.QUEUED),
        (requests.ConnectTimeout(), Delivery.QUEUED),
        # After a timeout the push service might have the notification, so the message stays in status SENDING.
        (requests.ReadTimeout(), Delivery.SENDING),
        (requests.ConnectionError(), Delivery.SENDING),
    ],
)
def test_what_may_pass_is_tried_again(
    order: Order, services: Services, answer: int | Exception, between: Delivery
) -> None:
    subscribe(order, Device())
    services.answers = [answer]

    make(order)
    work()
    assert states() == [("ready", between)]
    work_later(seconds=5)

    assert len(services.posts) == 2
    assert states() == [("ready", Delivery.SENT)]


@pytest.mark.parametrize("answer", [302, 400, 413])
def test_refusal_is_final(order: Order, services: Services, answer: int) -> None:
    subscribe(order, Device())
    services.answers = [answer]

    make(order)
    work()
    work_later(minutes=5)

    assert (len(services.posts), states()) == (1, [("ready", Delivery.FAILED)])
    assert Subscription.objects.count() == 1


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://fcm.googleapis.com/x",
        "https://fcm.googleapis.com.example.org/x",
        "https://fcm.googleapis.com@10.0.0.1/x",
        "https://fcm.googleapis.com:8443/x",
        "https://localhost/x",
        "https://169.254.169.254/latest/",
        "https://push.apple.com/x",
        "https://fcm.googleapis.com/" + "x" * 800,
        "https://[/",
    ],
)
def test_address_that_is_no_browsers_service_is_refused(order: Order, endpoint: str) -> None:
    assert subscribe(order, Device(endpoint)) == 422
    assert not Subscription.objects.exists()


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://updates.push.services.mozilla.com/wpush/v2/x",
        "https://web.push.apple.com/x",
        "https://db5p.notify.windows.com/w/?token=x",
    ],
)
def test_browsers_services_are_known(order: Order, endpoint: str) -> None:
    assert subscribe(order, Device(endpoint)) == 204


@pytest.mark.parametrize("changes", [{"p256dh": "AAAA"}, {"auth": "x"}, {"p256dh": ""}, {"auth": "ä"}])
def test_keys_that_are_none_are_refused(order: Order, changes: dict[str, str]) -> None:
    assert subscribe(order, Device(), **changes) == 422
    assert not Subscription.objects.exists()


def test_order_is_told_to_few_devices(order: Order) -> None:
    answers = [subscribe(order, Device(f"{FCM}{n}")) for n in range(subscriptions.MOST + 1)]

    assert answers == [204] * subscriptions.MOST + [422]


def test_second_tap_stops_it(order: Order, services: Services) -> None:
    subscribe(order, Device())
    subscribe(order, Device(), stop="yes")

    make(order)
    work()

    assert services.posts == []


def test_only_the_page_of_the_order_signs_up(order: Order) -> None:
    client = Client(enforce_csrf_checks=True)

    assert client.post(f"/orders/{order.token}/tell/", Device().subscription).status_code == 403
    assert Client().post("/orders/nothing/tell/", Device().subscription).status_code == 404
