"""Tests of the Kafka client with its library's mock cluster, which speaks Kafka's protocol and keeps messages in
memory."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from confluent_kafka import Consumer, Producer

from expresso.facts.brokers import BrokerAway, Envelope, Kafka
from tests.servers import free_port

pytestmark = pytest.mark.once


@pytest.fixture
def address() -> Iterator[str]:
    cluster = Producer({"test.mock.num.brokers": 1, "bootstrap.servers": "unused:1", "log_level": 2})
    [node] = cluster.list_topics(timeout=10).brokers.values()
    yield f"{node.host}:{node.port}"
    del cluster


def envelope(number: int, subject: str) -> Envelope:
    return Envelope(number, "v1.order.start", subject, f"{number}".encode())


def read(address: str, topic: str, count: int) -> list[tuple[str, int]]:
    reader = Consumer(
        {"bootstrap.servers": address, "group.id": "test", "auto.offset.reset": "earliest", "log_level": 2}
    )
    reader.subscribe([topic])
    found: list[tuple[str, int]] = []
    deadline = time.monotonic() + 20
    while len(found) < count and time.monotonic() < deadline:
        if (message := reader.poll(0.2)) is not None and message.error() is None:
            found.append(((message.key() or b"").decode(), int(message.value() or 0)))
    reader.close()
    return found


def test_every_message_is_confirmed_and_those_of_a_subject_are_stored_in_order(address: str) -> None:
    sent = [envelope(number, f"order/{number % 3}") for number in range(1, 31)]
    kafka = Kafka(f"kafka://{address}/coffee")

    confirmed = list(kafka.publish(sent))

    assert sorted(confirmed) == [each.id for each in sent]
    stored = read(address, "coffee", len(sent))
    for subject in {each.subject for each in sent}:
        assert [number for key, number in stored if key == subject] == [e.id for e in sent if e.subject == subject]


def test_a_broker_that_is_away_confirms_nothing() -> None:
    # `message.timeout.ms` is an option of the Kafka client. With it, the client gives up after 0.3 seconds.
    kafka = Kafka(f"kafka://127.0.0.1:{free_port()}?message.timeout.ms=300")

    with pytest.raises(BrokerAway):
        list(kafka.publish([envelope(1, "order/1")]))
