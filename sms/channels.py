"""The ways besides a text on which somebody is told about an order: web push to a device, and mail.

Both are a subscription to one order, whose address says which it is: https for a push service, mailto for a mailbox.
Whoever subscribed on several ways is told on each. `sms.delivery` shows the barista to call the name only when none of
them, and no text, arrived."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from orders.models import Order
from sms import mail, push
from sms.models import OutboundMessage, PushSubscription


@dataclass(frozen=True, slots=True)
class NoticeChannel:
    #: The scheme of its addresses.
    scheme: str
    #: Raises `sms.carriers.NotProcessed` or `Refused`. A message that may have been sent can be sent again.
    send: Callable[[OutboundMessage, Order, PushSubscription], None]
    #: Codes of a Refused by which a carrier says that the address is no more.
    gone: tuple[int, ...]


def _push(message: OutboundMessage, order: Order, device: PushSubscription) -> None:
    told = {
        "id": message.pk,
        "title": order.event.name,
        "body": message.body,
        "order": f"order-{order.pk}",
        "url": reverse("tracking", args=[order.token]),
    }
    push.send(
        json.dumps(told).encode(),
        endpoint=device.endpoint,
        p256dh=device.p256dh,
        auth=device.auth,
        ttl=int((message.expires_at - timezone.now()).total_seconds()),
        topic=f"order-{order.pk}",
    )


def _mail(message: OutboundMessage, order: Order, mailbox: PushSubscription) -> None:
    page = settings.PUBLIC_URL + reverse("tracking", args=[order.token])
    mail.send_mail(
        mailbox.endpoint.removeprefix("mailto:"),
        subject=f"{order.event.name}: {order.code}",
        body=f"{message.body}\n\n{page}\n",
        reference=f"expresso-{message.pk}",
    )


CHANNELS = {
    channel.scheme: channel
    # 550 and 553: there is no such mailbox (RFC 5321, 4.2.3).
    for channel in (NoticeChannel("https", _push, push.GONE), NoticeChannel("mailto", _mail, (550, 553)))
}


def channel_of(subscription: PushSubscription) -> NoticeChannel:
    return CHANNELS[subscription.endpoint.partition(":")[0]]
