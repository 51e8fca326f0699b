"""Tests of the outbox and its relay, with a broker in memory. tests/test_brokers.py uses real brokers."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from expresso.facts import relay
from expresso.facts.brokers import BrokerAway, Envelope
from expresso.facts.models import Fact, RelayTurn
from expresso.facts.outbox import TRIGGERS, close_outbox, open_outbox, triggers
from expresso.facts.relay import BATCH, KEEP, Relay, envelopes, forget_old
from expresso.machine import BASE_DIR
from inventory.models import Stock
from orders import lifecycle
from orders.models import Order
from orders.tests import factory
from sms.tests.sending import work
from sms.tests.texting import known, text
from stations.models import Station

pytestmark = pytest.mark.django_db


@dataclass
class Memory:
    """A broker in memory. After `breaks_after` messages it fails once."""

    stored: list[Envelope] = field(default_factory=list)
    breaks_after: int | None = None

    def publish(self, messages: Sequence[Envelope]) -> Iterator[int]:
        for envelope in messages:
            if self.breaks_after is not None and len(self.stored) >= self.breaks_after:
                # Store one more message than is reported as stored, as if the broker's confirmation of it had been
                # lost.
                self.stored.append(envelope)
                self.breaks_after = None
                raise BrokerAway("gone")
            self.stored.append(envelope)
            yield envelope.id

    def close(self) -> None:
        """Do nothing."""


@pytest.fixture
def broker(monkeypatch: pytest.MonkeyPatch) -> Memory:
    memory = Memory()
    monkeypatch.setattr(relay, "broker_at", lambda _url: memory)
    return memory


@pytest.fixture
def bar() -> Station:
    there = factory.cafe()
    factory.stock(there, option="Oat", on_hand=10)
    open_outbox()
    return there


def kinds(subject: str = "") -> list[str]:
    return [fact.kind for fact in Fact.objects.all() if fact.subject.startswith(subject)]


def test_orders_texts_and_stock_are_noted_with_ids_and_without_a_word_of_anybody(bar: Station) -> None:
    talk = known(bar.event, name="Wilhelmina")
    text(bar.event, "large oat latte")
    order = Order.objects.get()
    lifecycle.mark_ready(lifecycle.start(order, by=None), by=factory.user("maya"))
    work()
    text(bar.event, "hello?")

    assert kinds("order/") == [
        *("order.place", "text.received", "order.start", "order.ready"),
        *("text.queued", "text.delivered"),
    ]
    assert kinds("conversation/") == ["text.received"]
    assert kinds("stock/") == ["stock.level", "stock.level"]
    bodies = [json.loads(each.body) for each in envelopes(list(Fact.objects.all()))]
    schema = json.loads((BASE_DIR / "docs" / "facts.v1.schema.json").read_text())
    assert [error.message for body in bodies for error in Draft202012Validator(schema).iter_errors(body)] == []
    ready = next(body for body in bodies if body["type"] == "expresso.v1.order.ready")
    assert ready["subject"] == f"order/{order.pk}"
    assert ready["data"] | {"version": 0} == {
        **{"event": bar.event.slug, "event_id": bar.event.pk, "order": order.pk, "code": order.code, "version": 0},
        **{"station": bar.pk, "was": "making", "status": "ready", "cups": 1, "channel": "sms"},
        **{"practice": False, "held": False, "by_staff": True},
    }
    level = next(body["data"] for body in bodies if body["type"] == "expresso.v1.stock.level")
    assert (level["on_hand"], level["reserved"]) == ("10.00", "1.00")
    told, number = json.dumps(bodies), str(talk.customer.phone)
    assert [word for word in ("Wilhelmina", "latte", "hello", number, order.token) if word in told] == []


def test_a_text_takes_the_same_statements_with_an_outbox(bar: Station) -> None:
    close_outbox()
    known(bar.event)
    text(bar.event, "small tea")
    with CaptureQueriesContext(connection) as without:
        text(bar.event, "small tea")
    open_outbox()

    with CaptureQueriesContext(connection) as with_outbox:
        text(bar.event, "small tea")

    assert len(with_outbox) == len(without)
    assert Fact.objects.exists()


def test_a_broker_that_breaks_half_way_gets_every_fact_at_least_once_and_in_order(bar: Station, broker: Memory) -> None:
    orders = [factory.order(bar) for _ in range(3)]
    for order in orders:
        lifecycle.mark_ready(lifecycle.start(order, by=None), by=None)
    written = [(fact.pk, fact.subject) for fact in Fact.objects.all()]
    broker.breaks_after = 4
    ours = Relay("memory://")

    with pytest.raises(BrokerAway):
        ours.publish_batch()
    left = Fact.objects.count()
    ours.publish_batch()

    # The broker failed at the fifth message: it was stored but not confirmed. So only four facts had left the outbox,
    # and the relay published the fifth one again.
    assert left == len(written) - 4
    ids = [envelope.id for envelope in broker.stored]
    assert ids == sorted(ids)
    assert len(ids) == len(written) + 1
    assert {(envelope.id, envelope.subject) for envelope in broker.stored} == set(written)
    assert not Fact.objects.exists()


def test_one_worker_publishes_at_a_time_and_another_follows_when_it_is_gone(bar: Station, broker: Memory) -> None:
    first, second = Relay("memory://"), Relay("memory://")
    factory.order(bar)
    first.publish_batch()
    factory.order(bar)
    waits = second.publish_batch()
    RelayTurn.objects.update(until=timezone.now() - dt.timedelta(seconds=1))

    assert (waits, second.publish_batch()) == (0, 1)
    assert BATCH > 1


def test_whatever_changes_the_stock_is_noted_and_what_changes_nothing_is_not(bar: Station) -> None:
    level = Stock.objects.get()
    Fact.objects.all().delete()

    Stock.objects.update(on_hand=7)
    Stock.objects.update(on_hand=7)

    assert [(fact.subject, float(fact.content["on_hand"])) for fact in Fact.objects.all()] == [(f"stock/{level.pk}", 7)]


def test_facts_that_nobody_takes_are_dropped_and_an_ended_stream_notes_nothing(
    bar: Station, capsys: pytest.CaptureFixture[str]
) -> None:
    factory.order(bar)
    Fact.objects.update(at=timezone.now() - KEEP - dt.timedelta(minutes=1))
    factory.order(bar)
    forget_old()
    kept = Fact.objects.count()
    call_command("end_stream")
    factory.order(bar)

    assert kept == 1
    assert "1 facts were not published" in capsys.readouterr().out
    assert not Fact.objects.exists()


def test_opening_the_outbox_again_changes_nothing_and_replaces_triggers_of_another_release(bar: Station) -> None:
    on_orders = "CREATE TRIGGER fact_of_old_0 AFTER INSERT ON orders_orderevent"
    made = [f"{on_orders} BEGIN SELECT 1; END"]
    if connection.vendor == "postgresql":
        body = "$$ BEGIN RETURN NULL; END $$ LANGUAGE plpgsql"
        made = [f"CREATE FUNCTION fact_of_old_0() RETURNS trigger AS {body}"]
        made.append(f"{on_orders} FOR EACH ROW EXECUTE FUNCTION fact_of_old_0()")
    with connection.cursor() as cursor:
        for statement in made:
            cursor.execute(statement)

    open_outbox()
    open_outbox()
    factory.order(bar)

    assert kinds("order/") == ["order.place"]
    assert triggers() == set(TRIGGERS)
