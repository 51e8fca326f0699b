"""Publishes facts (messages such as "an order was placed") to a real RabbitMQ, which is killed while it receives them.

Collected only where RabbitMQ is installed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import amqp
import pytest

from expresso.facts.brokers import Envelope, RabbitMq
from expresso.facts.models import Fact
from expresso.facts.outbox import close_outbox, open_outbox
from expresso.facts.relay import Relay
from expresso.family import Family, Member, find_program
from orders import lifecycle
from orders.tests import factory
from tests.deployment import until
from tests.servers import free_port

# These tests need PostgreSQL, because the relay's thread and the test write at the same time.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.full, pytest.mark.timeout(180)]


@dataclass(frozen=True)
class Rabbit:
    url: str
    family: Family
    member: Member

    def kill(self) -> None:
        """Send kill -9 to the RabbitMQ server and to the script that started it."""
        script = self.member.process.pid
        for pid in Path(f"/proc/{script}/task/{script}/children").read_text().split():
            os.kill(int(pid), signal.SIGKILL)
        self.member.process.kill()
        self.member.process.wait()

    def start_again(self) -> None:
        self.family.restart(self.member)
        until(self.answers, seconds=90, what="RabbitMQ")

    def connected(self) -> amqp.Connection:
        connection = amqp.Connection(self.url.removeprefix("amqp://").rstrip("/"), connect_timeout=5, read_timeout=10)
        connection.connect()
        return connection

    def answers(self) -> bool:
        try:
            self.connected().close()
        except (amqp.exceptions.AMQPError, OSError):
            return False
        return True

    def queue(self) -> None:
        """Create a durable queue that gets everything that Expresso publishes. Its messages survive kill -9."""
        with closing(self.connected()) as connection:
            channel = connection.channel()
            channel.exchange_declare("expresso", "topic", durable=True, auto_delete=False)
            channel.queue_declare("all", durable=True, auto_delete=False)
            channel.queue_bind("all", "expresso", "v1.#")

    def taken(self) -> list[dict[str, str]]:
        """Remove all messages from the queue, and return them in their order."""
        found = []
        with closing(self.connected()) as connection:
            channel = connection.channel()
            while message := channel.basic_get("all", no_ack=True):
                found.append(json.loads(message.body))
        return found


@pytest.fixture
def rabbit(tmp_path: Path) -> Iterator[Rabbit]:
    program = find_program("rabbitmq-server", *sorted(Path("/usr/lib/rabbitmq/lib").glob("*/sbin"), reverse=True))
    # The start script of the Linux package works only under a special account. The script inside the package works
    # under any account.
    own = [path for path in Path("/usr/lib/rabbitmq/lib").glob("*/sbin/rabbitmq-server") if path.exists()]
    names, port = free_port(), free_port()
    environment = os.environ | {
        "HOME": str(tmp_path),
        "ERL_EPMD_PORT": str(names),
        "RABBITMQ_NODENAME": f"expresso{port}@localhost",
        "RABBITMQ_NODE_PORT": str(port),
        "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
        "RABBITMQ_DIST_PORT": str(free_port()),
        "RABBITMQ_MNESIA_BASE": str(tmp_path / "data"),
        "RABBITMQ_LOG_BASE": str(tmp_path / "log"),
        "RABBITMQ_CONFIG_FILE": str(tmp_path / "none"),
        "RABBITMQ_ENABLED_PLUGINS_FILE": str(tmp_path / "plugins"),
    }
    with (tmp_path / "output").open("wb") as output, Family() as family:
        said: dict[str, Any] = {"env": environment, "stdout": output, "stderr": subprocess.STDOUT}
        # Start Erlang's name daemon here. Otherwise RabbitMQ would start one that outlives the test.
        family.start("names of Erlang", [str(find_program("epmd")), "-port", str(names)], **said)
        member = family.start("RabbitMQ", [str(own[0] if own else program)], **said)
        ours = Rabbit(f"amqp://127.0.0.1:{port}/", family, member)
        until(ours.answers, seconds=90, what="RabbitMQ")
        yield ours


def test_killed_half_way_it_has_every_fact_at_least_once_and_each_order_in_order(
    rabbit: Rabbit, monkeypatch: pytest.MonkeyPatch
) -> None:
    bar = factory.cafe()
    open_outbox()
    try:
        for _ in range(40):
            order = factory.order(bar)
            lifecycle.collect(lifecycle.mark_ready(lifecycle.start(order, by=None), by=None), by=None)
        written = {str(fact.pk): fact.subject for fact in Fact.objects.all()}
        rabbit.queue()
        half, ours = threading.Event(), Relay(rabbit.url)
        slow = RabbitMq.publish

        def publish(broker: RabbitMq, envelopes: list[Envelope]) -> Iterator[int]:
            for count, pk in enumerate(slow(broker, envelopes)):
                yield pk
                if count == 50:
                    half.set()
                    time.sleep(0.3)

        monkeypatch.setattr(RabbitMq, "publish", publish)
        monkeypatch.setattr("expresso.facts.relay.FIRST_PAUSE", 0.2)
        relaying = threading.Thread(target=ours.run, daemon=True)
        relaying.start()
        assert half.wait(60)
        rabbit.kill()
        until(lambda: Fact.objects.count() < len(written), what="what was confirmed before the kill")
        left = Fact.objects.count()
        rabbit.start_again()
        until(lambda: not Fact.objects.exists(), seconds=60, what="the end of the outbox")
        taken = rabbit.taken()
        ours.ended.set()
        relaying.join(10)
    finally:
        close_outbox()

    assert {fact["id"] for fact in taken} == set(written)
    firsts: defaultdict[str, list[str]] = defaultdict(list)
    for fact in taken:
        if fact["sequence"] not in firsts[fact["subject"]]:
            firsts[fact["subject"]].append(fact["sequence"])
    assert all(sequences == sorted(sequences) for sequences in firsts.values())
    assert 0 < left < 160
    # Messages that were being sent when RabbitMQ was killed can be in the queue twice.
    assert len(written) == 160
    assert len(taken) - len(written) <= 2
