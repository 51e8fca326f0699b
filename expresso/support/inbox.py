"""Inbox of the support desk: customers who need a person, texts that were not understood, and texts that failed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet
from django.utils import timezone

from expresso.support.shared import desk_version, helper_name, open_codes
from orders.hints import inbox_of
from orders.live.frames import Board, Look
from sms import helping
from sms.models import Conversation, Delivery, InboundMessage, OutboundMessage
from stations.models import Event

#: Texts that failed or were not understood are shown for this long.
NEWS = dt.timedelta(hours=2)
#: Maximum number of rows in a list of the inbox.
MOST = 60


@dataclass(frozen=True, slots=True)
class Case:
    """A customer in the inbox, with the text that needs attention."""

    pk: int
    called: str
    #: Codes of the customer's open orders.
    codes: str
    #: Time since which the customer has been waiting; None once a person has answered.
    since: dt.datetime | None
    helper: str
    held: bool
    #: The customer's last text, unchanged.
    says: str


@dataclass(frozen=True, slots=True)
class Failed:
    """A text that did not reach the customer."""

    conversation: int
    called: str
    at: dt.datetime
    body: str


def inbox(event: Event) -> Board:
    return Board(
        name=inbox_of(event.pk),
        template="support/_inbox.html",
        look=lambda: Look(inbox_version(event.pk), lambda: inbox_context(event.pk)),
    )


def inbox_version(event_id: int) -> str:
    rows = _cases(event_id).values_list("pk", "needs_since", "helper", "held")[:MOST]
    stuck = [text.pk for _talk, text in _stuck(event_id)]
    return desk_version(list(rows), stuck, list(_failed(event_id).values_list("pk", flat=True)[:MOST]))


def inbox_context(event_id: int) -> dict[str, Any]:
    event = Event.objects.get(pk=event_id)
    rows = list(_cases(event_id)[:MOST])
    stuck = _stuck(event_id)[:MOST]
    customers = [row.customer_id for row in rows] + [talk.customer_id for talk, _text in stuck]
    codes = open_codes(event_id, customers)
    last = _last_texts(rows)
    cases = [
        Case(
            row.pk,
            row.customer.called,
            codes.get(row.customer_id, ""),
            row.needs_since,
            helper_name(row.helper),
            row.held,
            last.get(row.pk, ""),
        )
        for row in rows
    ]
    return {
        "event": event,
        "cases": cases,
        "ringing": sum(case.since is not None and not case.helper for case in cases),
        "stuck": [
            Case(
                talk.pk,
                talk.customer.called,
                codes.get(talk.customer_id, ""),
                text.received_at,
                "",
                False,
                text.body,
            )
            for talk, text in stuck
        ],
        "failed": [
            Failed(text.talk.pk, text.talk.customer.called, text.created_at, text.body)
            for text in _failed(event_id).select_related("conversation__customer")[:MOST]
        ],
        "more": max(0, _cases(event_id).count() - len(cases)),
    }


def _cases(event_id: int) -> QuerySet[Conversation]:
    """Return the conversations that need a person.

    Conversations that still wait for an answer come first, the longest wait first. Answered ones follow."""
    rows = Conversation.objects.filter(event=event_id, needs_person=True, blocked_at=None)
    return rows.select_related("customer", "helper").order_by(
        F("needs_since").asc(nulls_last=True), "last_text_at", "pk"
    )


def _stuck(event_id: int) -> list[tuple[Conversation, InboundMessage]]:
    texts = helping.last_not_understood(event_id, since=timezone.now() - NEWS)
    return [(text.conversation, text) for text in texts if text.conversation]


def _failed(event_id: int) -> QuerySet[OutboundMessage]:
    """Return the texts of the last two hours that failed and were not sent again."""
    return OutboundMessage.objects.filter(
        conversation__event=event_id,
        conversation__opted_out_at=None,
        status=Delivery.FAILED,
        created_at__gte=timezone.now() - NEWS,
        resent_at=None,
    )


def _last_texts(rows: Sequence[Conversation]) -> dict[int | None, str]:
    texts = InboundMessage.objects.filter(
        conversation__in=[row.pk for row in rows], received_at=F("conversation__last_text_at")
    )
    return dict(texts.values_list("conversation", "body"))
