"""Message brokers to which facts are published: RabbitMQ (AMQP) and Kafka. Both classes have the same interface."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol
from urllib.parse import parse_qsl, unquote, urlsplit

#: Name of the exchange in RabbitMQ, and of the topic in Kafka if the URL names none.
NAME = "expresso"
#: Seconds to wait for an answer of the broker.
PATIENCE = 5.0
SCHEMES = ("amqp", "amqps", "kafka")
CONTENT_TYPE = "application/cloudevents+json"


class BrokerAway(Exception):
    """The broker did not store a message. The exception's text names the kind of failure."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """A fact (something that happened at an event) as a message for the broker."""

    #: Primary key of the fact.
    id: int
    #: Version and kind of the fact, such as "v1.order.start".
    topic: str
    #: The thing that the fact is about, such as "order/12". Facts about the same thing are published in the order in
    #: which they happened.
    subject: str
    body: bytes


class Broker(Protocol):
    def publish(self, envelopes: Sequence[Envelope]) -> Iterator[int]:
        """Publish the messages, and yield the `id` of each message once the broker has stored it.

        Raise BrokerAway if the broker does not store one of them."""

    def close(self) -> None: ...


def broker_at(url: str) -> Broker:
    return Kafka(url) if url.startswith("kafka:") else RabbitMq(url)


class RabbitMq:
    """Publishes to a durable topic exchange. To keep messages in order, it waits until the broker has confirmed one
    message before it sends the next."""

    def __init__(self, url: str) -> None:
        import amqp

        parts = urlsplit(url)
        tls = parts.scheme == "amqps"
        self._failures = (amqp.exceptions.AMQPError, amqp.exceptions.MessageNacked, OSError)
        self._message = partial(amqp.Message, delivery_mode=2, content_type=CONTENT_TYPE, app_id=NAME)
        self._connection = amqp.Connection(
            host=f"{parts.hostname}:{parts.port or (5671 if tls else 5672)}",
            userid=unquote(parts.username or "guest"),
            password=unquote(parts.password or "guest"),
            virtual_host=unquote(parts.path[1:]) or "/",
            ssl={"server_hostname": parts.hostname} if tls else False,
            connect_timeout=PATIENCE,
            read_timeout=PATIENCE,
            write_timeout=PATIENCE,
        )
        try:
            self._connection.connect()
            self._channel = self._connection.channel()
            self._channel.exchange_declare(NAME, "topic", durable=True, auto_delete=False)
        except self._failures as error:
            raise BrokerAway(type(error).__name__) from None

    def publish(self, envelopes: Sequence[Envelope]) -> Iterator[int]:
        for envelope in envelopes:
            message = self._message(
                envelope.body, message_id=str(envelope.id), application_headers={"subject": envelope.subject}
            )
            try:
                # With `mandatory`, the broker reports an error if no queue takes the message. The fact then stays in
                # the outbox and is published again later.
                self._channel.basic_publish_confirm(
                    message, NAME, envelope.topic, mandatory=True, timeout=PATIENCE, confirm_timeout=PATIENCE
                )
            except self._failures as error:
                raise BrokerAway(type(error).__name__) from None
            yield envelope.id

    def close(self) -> None:
        self._connection.close()


class Kafka:
    """Publishes to one topic. The key of a message is the subject of its fact, such as "order/12". Kafka puts messages
    with the same key into the same partition, so facts about the same order stay in order.

    The URL's query string can set options of librdkafka, such as `?security.protocol=SASL_SSL`."""

    def __init__(self, url: str) -> None:
        from confluent_kafka import KafkaException, Producer

        parts = urlsplit(url)
        self._topic = parts.path.strip("/") or NAME
        settings: dict[str, Any] = {
            "bootstrap.servers": parts.netloc,
            "client.id": NAME,
            "acks": "all",
            "enable.idempotence": True,
            "message.timeout.ms": int(PATIENCE * 1000),
            "log_level": 2,
        }
        try:
            self._producer = Producer(settings | dict(parse_qsl(parts.query)))
        except KafkaException as error:
            raise BrokerAway(str(error)) from None

    def publish(self, envelopes: Sequence[Envelope]) -> Iterator[int]:
        for wave in _waves(envelopes):
            stored: list[int] = []
            for envelope in wave:
                self._producer.produce(
                    self._topic,
                    envelope.body,
                    envelope.subject,
                    headers={"type": envelope.topic, "content-type": CONTENT_TYPE},
                    on_delivery=partial(_note, stored, envelope.id),
                )
            self._producer.flush(PATIENCE + 1)
            yield from stored
            if len(stored) < len(wave):
                # Drop the messages that were not confirmed. They will be published again, so Kafka's client must not
                # send them later.
                self._producer.purge()
                raise BrokerAway("not delivered")

    def close(self) -> None:
        self._producer.flush(0)


def _note(stored: list[int], pk: int, error: Any, _message: Any) -> None:
    if error is None:
        stored.append(pk)


def _waves(envelopes: Sequence[Envelope]) -> Iterator[list[Envelope]]:
    """Split the messages into groups (waves). In each wave every subject, such as "order/12", occurs at most once.

    `publish` waits until a wave is stored before it sends the next one. So two facts about order 12 are stored in the
    sequence in which they happened."""
    left = list(envelopes)
    while left:
        seen: set[str] = set()
        wave: list[Envelope] = []
        later: list[Envelope] = []
        for envelope in left:
            (later if envelope.subject in seen else wave).append(envelope)
            seen.add(envelope.subject)
        yield wave
        left = later
