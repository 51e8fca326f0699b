"""Customers who say STOP or START: kept on the conversation, and in the audit."""

from __future__ import annotations

import datetime as dt

from accounts.models import record
from sms.models import Conversation


def opt_out(conversation: Conversation, now: dt.datetime) -> None:
    """Send nothing from now on. The caller saves the conversation."""
    if conversation.opted_out_at is None:
        conversation.opted_out_at = now
        audit_opt_out(conversation)


def opt_in(conversation: Conversation) -> None:
    """Send texts again. The caller saves the conversation."""
    if conversation.opted_out_at is not None:
        conversation.opted_out_at = None
        record("opted in", f"conversation {conversation.pk}", by=None, event=conversation.event_id)


def audit_opt_out(conversation: Conversation) -> None:
    record("opted out", f"conversation {conversation.pk}", by=None, event=conversation.event_id)
