"""The outbox: facts (things that happened at an event) that are not published to a message broker yet.

Without a broker the outbox stays empty. docs/stream.md describes the published facts."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now
from django.utils import timezone


class Fact(models.Model):
    """Something that happened at an event and is not published yet, such as a started order.

    A database trigger inserts the row, in the same transaction as the change that it reports. The relay deletes the row
    after publishing. A fact holds only ids, numbers and fixed words, and nothing that a person wrote. It has no foreign
    keys, so that inserting it is fast."""

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
    """A table with one row, which names the worker that publishes facts now and the end of its turn.

    Only one worker publishes at a time, because two could publish facts in the wrong order."""

    holder = models.CharField(max_length=64)
    until = models.DateTimeField()

    def __str__(self) -> str:
        return self.holder
