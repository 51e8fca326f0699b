"""Publishes the facts of the outbox to the message broker. Facts about the same thing, such as an order, stay in order.

A fact is deleted only after the broker has confirmed it. So if a process or the broker fails, a fact can be published
twice, but none is lost. Only one worker at a time publishes."""

from __future__ import annotations

import datetime as dt
import json
import threading
import time
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import structlog
from django.conf import settings
from django.db import Error, connection
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import get_random_string

from expresso.facts.brokers import Broker, BrokerAway, Envelope, broker_at
from expresso.facts.models import Fact, RelayTurn
from expresso.facts.outbox import open_outbox
from stations.models import Event

log = structlog.get_logger(__name__)

VERSION = "v1"
SCHEMA = "urn:expresso:facts:1"
#: Maximum number of facts in a batch, and seconds to wait before looking for new facts.
BATCH, EVERY = 200, 0.5
#: How long one worker has the turn to publish, and the maximum seconds for a batch. A batch ends long before the turn.
#: Otherwise the next worker could publish newer facts while the first one still publishes older facts.
TURN, LONGEST_BATCH = dt.timedelta(seconds=60), 30.0
#: Seconds to wait after the broker failed: the first wait and the longest. The wait doubles with each failure.
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
#: Age at which a fact is deleted even if it was not published.
KEEP = dt.timedelta(days=7)
#: SQLite stores booleans as numbers and drops zeros at the end of decimals. The values of these fields are converted
#: back.
_FLAGS, _AMOUNTS = ("practice", "held", "by_staff", "push"), ("on_hand", "reserved", "low_at")


class Relay:
    def __init__(self, url: str) -> None:
        self.url = url
        self.name = get_random_string(16)
        self.ended = threading.Event()
        self._broker: Broker | None = None

    def run(self) -> None:
        """Publish facts until `ended` is set. Never raise an exception, because it would end the thread unnoticed."""
        pause = FIRST_PAUSE
        while not self.ended.is_set():
            try:
                if not self.publish_batch():
                    self.ended.wait(EVERY)
                pause = FIRST_PAUSE
            except Exception as error:
                # Do not log the message of a database error, because it can quote personal data from a row.
                why = str(error) if isinstance(error, BrokerAway) else ""
                log.warning("facts_not_published", error=type(error).__name__, why=why)
                self.hang_up()
                connection.close()
                self.ended.wait(pause)
                pause = min(2 * pause, LONGEST_PAUSE)
        self.hang_up()
        connection.close()

    def publish_batch(self) -> int:
        """Publish the oldest facts, and return how many were published. Return 0 if there are none, or if another
        worker has the turn to publish. Raise BrokerAway if the broker fails."""
        facts = list(Fact.objects.all()[:BATCH])
        if not facts or not self._take_turn():
            return 0
        # Read the facts again: until this worker got the turn, another worker may have published some of them.
        facts = list(Fact.objects.all()[:BATCH])
        if self._broker is None:
            self._broker = broker_at(self.url)
        deadline = time.monotonic() + LONGEST_BATCH
        published: list[int] = []
        try:
            for pk in self._broker.publish(envelopes(facts)):
                published.append(pk)
                if time.monotonic() > deadline:
                    break
        finally:
            Fact.objects.filter(pk__in=published).delete()
        return len(published)

    def _take_turn(self) -> bool:
        now = timezone.now()
        RelayTurn.objects.get_or_create(pk=1, defaults={"holder": self.name, "until": now})
        free = RelayTurn.objects.filter(Q(holder=self.name) | Q(until__lt=now))
        return bool(free.update(holder=self.name, until=now + TURN))

    def hang_up(self) -> None:
        broker, self._broker = self._broker, None
        if broker is not None:
            try:
                broker.close()
            except Exception as error:
                log.debug("broker_gone", error=type(error).__name__)


def start_relay() -> None:
    """Create the triggers of the outbox, then publish facts until the process ends."""
    while True:
        try:
            open_outbox()
            break
        except Error as error:
            log.warning("outbox_not_open", error=type(error).__name__)
            connection.close()
            time.sleep(FIRST_PAUSE)
    Relay(settings.BROKER_URL).run()


def envelopes(facts: Sequence[Fact]) -> list[Envelope]:
    """Return the facts as messages for the broker, in the format CloudEvents 1.0 (JSON)."""
    slugs = dict(Event.objects.filter(pk__in={fact.event_id for fact in facts}).values_list("pk", "slug"))
    return [
        Envelope(fact.pk, f"{VERSION}.{fact.kind}", fact.subject, json.dumps(_body(fact, slugs)).encode())
        for fact in facts
    ]


def _body(fact: Fact, slugs: dict[int, str]) -> dict[str, Any]:
    return {
        "specversion": "1.0",
        "id": str(fact.pk),
        # Pad the number with zeros, so that it can be compared as text: "0…09" comes before "0…10".
        "sequence": f"{fact.pk:020}",
        "source": settings.PUBLIC_URL,
        "type": f"expresso.{VERSION}.{fact.kind}",
        "subject": fact.subject,
        "time": fact.at.isoformat(),
        "datacontenttype": "application/json",
        "dataschema": SCHEMA,
        "data": {"event": slugs.get(fact.event_id), "event_id": fact.event_id} | _plain(fact.content),
    }


def _plain(content: dict[str, Any]) -> dict[str, Any]:
    flags = {name: bool(content[name]) for name in _FLAGS if name in content}
    amounts = {name: f"{Decimal(str(content[name])):.2f}" for name in _AMOUNTS if name in content}
    return content | flags | amounts


def waiting() -> tuple[int, float]:
    """Return the number of facts that are not published yet, and the age of the oldest in seconds."""
    oldest = Fact.objects.first()
    if oldest is None:
        return 0, 0.0
    return Fact.objects.count(), max((timezone.now() - oldest.at).total_seconds(), 0.0)


def forget_old() -> None:
    """Delete facts that were not published within a week, so that the outbox cannot fill the disk."""
    deleted, _ = Fact.objects.filter(at__lt=timezone.now() - KEEP).delete()
    if deleted:
        log.error("facts_dropped", count=deleted)
