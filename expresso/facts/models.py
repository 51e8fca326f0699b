"""The outbox of the stream: facts that are not published yet (docs/stream.md). It is empty if no broker is set."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now
from django.utils import timezone


class Fact(models.Model):
    """Something that happened. A trigger inserts it in the same transaction; the relay deletes it once published.

    It holds ids and numbers, and nothing that somebody wrote. It has no foreign keys, to keep its insert fast."""

    kind = models.CharField(max_length=32)
    #: What the fact is about, such as "order/12". Facts about one subject are published in the order of their keys.
    subject = models.CharField(max_length=40)
    event_id = models.BigIntegerField()
    at = models.DateTimeField(default=timezone.now, db_default=Now())
    content = models.JSONField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"


class RelayTurn(models.Model):
    """The worker that publishes now. Only one may, or facts would overtake each other. The table has one row."""

    holder = models.CharField(max_length=64)
    until = models.DateTimeField()

    def __str__(self) -> str:
        return self.holder
