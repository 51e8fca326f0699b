"""Webhooks: tell other programs what happens at an event, signed according to standardwebhooks.com.

A change of an order is saved with its OrderEvent. From these rows the worker later creates the deliveries. So an order
never waits for a webhook, and a fact is not lost if a process ends before it is sent."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import json
from typing import Any
from urllib.parse import urlsplit

import structlog
import urllib3
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django_tasks import task

from expresso.api.addresses import NotPublic, public_address
from expresso.api.models import VERBS_TOLD, FactKind, Webhook, WebhookDelivery
from inventory.models import Stock
from orders.models import OrderEvent
from stations.models import Event, Station

log = structlog.get_logger(__name__)
State = WebhookDelivery.State

#: Seconds to wait after each failed attempt. If the last attempt fails too, about 17 hours after the first, the
#: delivery is given up.
BACKOFF = (5, 30, 120, 600, 3600, 14400, 43200)
#: Seconds to wait for a connection, and for each part of the response.
PATIENCE = 5.0
#: How old an OrderEvent may be when the worker first reads it: it may have been committed late, or no worker was
#: running.
LOOK_BACK = dt.timedelta(minutes=10)
#: How long finished deliveries are kept, so that people can look up what was sent.
KEEP = dt.timedelta(days=7)


# Functions that create deliveries


def relay() -> None:
    """Create the deliveries that are still missing. If several workers do so at once, each webhook still gets only one
    delivery of each fact."""
    for webhook in Webhook.objects.filter(active=True, owner__is_active=True).select_related("event"):
        _relay_orders(webhook)
        _relay_standing(webhook)


def _relay_orders(webhook: Webhook) -> None:
    since = max(webhook.created_at, timezone.now() - LOOK_BACK)
    verbs = [verb for verb, kind in VERBS_TOLD.items() if kind in webhook.kinds]
    events = OrderEvent.objects.filter(order__event=webhook.event_id, verb__in=verbs, at__gt=since).order_by("pk")
    told = set(webhook.deliveries.filter(created_at__gt=since).values_list("fact", flat=True))
    for event in events.select_related("order__station"):
        if f"order-event.{event.pk}" not in told:
            order = event.order
            content = {
                "event": webhook.event.slug,
                "order": order.pk,
                "code": order.code,
                "station": order.station.slug,
            }
            _add(webhook, f"order-event.{event.pk}", VERBS_TOLD[event.verb], event.at, content)


def _relay_standing(webhook: Webhook) -> None:
    """Create deliveries for stocks that are low and pauses that are active now, but were not at the last call."""
    now = timezone.now()
    found = _standing(webhook, now)
    with transaction.atomic():
        before = Webhook.objects.select_for_update().filter(pk=webhook.pk).values_list("standing", flat=True).get()
        for name in sorted(set(found) - set(before)):
            kind, content = found[name]
            _add(webhook, f"{name}.{int(now.timestamp())}", kind, now, {"event": webhook.event.slug} | content)
        if set(found) != set(before):
            Webhook.objects.filter(pk=webhook.pk).update(standing=sorted(found))


def _standing(webhook: Webhook, now: dt.datetime) -> dict[str, tuple[FactKind, dict[str, Any]]]:
    found: dict[str, tuple[FactKind, dict[str, Any]]] = {}
    if FactKind.STOCK_LOW in webhook.kinds:
        for stock in Stock.objects.filter(station__event=webhook.event_id).select_related("station", "ingredient"):
            if stock.is_low:
                content = {"station": stock.station.slug, "stock": stock.pk, "ingredient": stock.ingredient.name}
                found[f"stock.{stock.pk}"] = (FactKind.STOCK_LOW, content)
    if FactKind.PAUSED in webhook.kinds:
        stations = Station.objects.filter(event=webhook.event_id)
        rows: list[Event | Station] = [webhook.event, *stations]
        for row in rows:
            if row.paused_until and row.paused_until > now:
                where: dict[str, Any] = {"station": row.slug} if isinstance(row, Station) else {}
                content = where | {"until": row.paused_until.isoformat()}
                found[f"{row._meta.model_name}.{row.pk}"] = (FactKind.PAUSED, content)
    return found


def _add(webhook: Webhook, fact: str, kind: FactKind, at: dt.datetime, content: dict[str, Any]) -> None:
    with transaction.atomic():
        body = {"type": kind.value, "timestamp": at.isoformat(), "data": content}
        made, new = WebhookDelivery.objects.get_or_create(
            webhook=webhook, fact=fact, defaults={"kind": kind, "body": body}
        )
        if new:
            deliver.enqueue(made.pk)


def clear() -> None:
    """Delete deliveries that were finished more than a week ago."""
    old = timezone.now() - KEEP
    WebhookDelivery.objects.filter(ended_at__lt=old).delete()


# Functions that send deliveries


@task()
def deliver(delivery_id: int) -> None:
    """Try once to send a delivery. If it is sent twice, the receiver recognizes it by the id of the fact."""
    delivery = (
        WebhookDelivery.objects.select_related("webhook__owner").filter(pk=delivery_id, state=State.QUEUED).first()
    )
    if delivery is None:
        return
    webhook = delivery.webhook
    if not (webhook.active and webhook.owner.is_active):
        _end(delivery, State.DEAD, "switched off")
        return
    try:
        status = post(webhook, delivery)
    except NotPublic:
        _end(delivery, State.DEAD, "not on the public internet")
        return
    except (urllib3.exceptions.HTTPError, OSError) as error:
        outcome = type(error).__name__
    else:
        if 200 <= status < 300:
            _end(delivery, State.DELIVERED, str(status))
            return
        outcome = str(status)
        if status == 410:
            # With 410 (Gone) the receiver asks for no more webhooks, according to Standard Webhooks.
            Webhook.objects.filter(pk=webhook.pk).update(active=False)
            _end(delivery, State.DEAD, outcome)
            return
    _try_later(delivery, outcome)


def _try_later(delivery: WebhookDelivery, outcome: str) -> None:
    if delivery.attempts >= len(BACKOFF):
        _end(delivery, State.DEAD, outcome)
        return
    again = timezone.now() + dt.timedelta(seconds=BACKOFF[delivery.attempts])
    with transaction.atomic():
        WebhookDelivery.objects.filter(pk=delivery.pk).update(attempts=F("attempts") + 1, outcome=outcome)
        deliver.using(run_after=again).enqueue(delivery.pk)


def _end(delivery: WebhookDelivery, state: str, outcome: str) -> None:
    WebhookDelivery.objects.filter(pk=delivery.pk).update(
        state=state, outcome=outcome, attempts=F("attempts") + 1, ended_at=timezone.now()
    )
    log.info("webhook", delivery=delivery.pk, state=state, outcome=outcome)


def signature(secret: str, message_id: str, timestamp: int, body: bytes) -> str:
    """Return the value of the `webhook-signature` header: an HMAC-SHA256 over id, timestamp and body (version v1)."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{message_id}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def post(webhook: Webhook, delivery: WebhookDelivery) -> int:
    """Send the delivery and return the HTTP status. Raise NotPublic, OSError or urllib3's HTTPError.

    The host's IP address is checked, and then exactly this address is called. If the host were looked up again for the
    call, it could suddenly have a private address. Redirects could lead to a private address too, so they are not
    followed."""
    parts = urlsplit(webhook.url)
    host, port = parts.hostname or "", parts.port or 443
    address = public_address(host, port)
    body = json.dumps(delivery.body, separators=(",", ":")).encode()
    message_id, timestamp = f"msg_{delivery.pk}", int(timezone.now().timestamp())
    headers = {
        "Host": parts.netloc.rpartition("@")[2],
        "Content-Type": "application/json",
        "User-Agent": "Expresso-Webhooks",
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signature(webhook.secret, message_id, timestamp, body),
    }
    path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    with connection_to(address, port, host) as pool:
        answer = pool.urlopen("POST", path, body=body, headers=headers, redirect=False, retries=False)
        return int(answer.status)


def connection_to(address: str, port: int, host: str) -> urllib3.HTTPConnectionPool:
    """Return a connection to the IP address that accepts only a certificate of the host."""
    return urllib3.HTTPSConnectionPool(
        address, port, timeout=urllib3.Timeout(PATIENCE), server_hostname=host, assert_hostname=host
    )
