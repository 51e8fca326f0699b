"""The outbox of the stream of facts: facts that are not published yet (docs/stream.md). It is empty without a
broker."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now
from django.utils import timezone


class Fact(models.Model):
    """Something that happened at an event, to be published. A trigger inserts the row in the transaction that caused
    it. The relay deletes the row after publishing.

    A fact has ids and numbers, and nothing that a person wrote. It has no foreign keys, so that the insert is fast."""

    kind = models.CharField(max_length=32)
    #: The thing that the fact is about, such as "order/12". Facts about the same thing are published by ascending
    #: primary key.
    subject = models.CharField(max_length=40)
    event_id = models.BigIntegerField()
    at = models.DateTimeField(default=timezone.now, db_default=Now())
    content = models.JSONField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"


class RelayTurn(models.Model):
    """Which worker publishes facts now, and until when, in a table with one row. Two workers at once could publish
    facts in the wrong order."""

    holder = models.CharField(max_length=64)
    until = models.DateTimeField()

    def __str__(self) -> str:
        return self.holder
