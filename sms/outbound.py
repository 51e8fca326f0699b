"""Queues the messages that Expresso starts."""

from __future__ import annotations

import datetime as dt

import structlog
from django.db import transaction
from django.utils import timezone

from accounts import tracing
from accounts.models import User
from orders.models import Order, OrderEvent
from sms.models import Broadcast, Conversation, OutboundMessage, Subscription
from sms.segments import segments
from sms.tasks import deliver

log = structlog.get_logger(__name__)


def queue_text(
    to: Conversation | Subscription,
    *,
    kind: OutboundMessage.Kind,
    body: str,
    expires_in: dt.timedelta,
    order: Order | None = None,
    cause: OrderEvent | None = None,
    wait: dt.timedelta = dt.timedelta(0),
    broadcast: Broadcast | None = None,
    by: User | None = None,
    key: str | None = None,
) -> OutboundMessage:
    """Insert the message and the task that sends it, in the caller's transaction. After a commit both exist, after a
    rollback neither.

    The worker sends the message after `wait`. Just before, it checks that the customer can be texted and that the
    message is still true. `by` is the user who sends it. `key` identifies the support desk's form, so that a form
    posted twice sends one text."""
    now = timezone.now()
    with transaction.atomic(savepoint=False):
        message = OutboundMessage.objects.create(
            conversation=to if isinstance(to, Conversation) else None,
            subscription=to if isinstance(to, Subscription) else None,
            order=order,
            kind=kind,
            cause=cause,
            broadcast=broadcast,
            by=by,
            key=key,
            body=body,
            segments=segments(body) if isinstance(to, Conversation) else None,
            created_at=now,
            expires_at=now + wait + expires_in,
        )
        deliver.using(run_after=now + wait if wait else None).enqueue(message.pk, **tracing.carried())
    log.info("text_queued", message=message.pk, kind=str(kind))
    return message
