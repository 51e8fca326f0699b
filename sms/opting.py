"""Records on the conversation and in the audit log that a customer said STOP or START."""

from __future__ import annotations

import datetime as dt

from accounts.models import record
from sms.models import Conversation


def opt_out(conversation: Conversation, now: dt.datetime) -> None:
    """Mark that the customer must not be texted from now on. The caller must save the conversation."""
    if conversation.opted_out_at is None:
        conversation.opted_out_at = now
        audit_opt_out(conversation)


def opt_in(conversation: Conversation) -> None:
    """Mark that the customer can be texted again. The caller must save the conversation."""
    if conversation.opted_out_at is not None:
        conversation.opted_out_at = None
        record("opted in", f"conversation {conversation.pk}", by=None, event=conversation.event_id)


def audit_opt_out(conversation: Conversation) -> None:
    record("opted out", f"conversation {conversation.pk}", by=None, event=conversation.event_id)
