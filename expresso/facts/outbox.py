"""Database triggers that write facts to the outbox. They exist only if a broker is configured.

A trigger sees every change: by Expresso's functions, by bulk updates, in the admin, or by a process that still runs the
previous release. It also costs Python no additional SQL statement while a customer waits for the reply to a text."""

from __future__ import annotations

from typing import Any

from django.db import connection, transaction

from expresso.facts.models import Fact, RelayTurn

_ORDER_MOVED = """
SELECT 'order.' || NEW.verb, 'order/' || NEW.order_id, placed.event_id, NEW.at, {object}(
  'order', placed.id, 'code', placed.code, 'station', placed.station_id, 'was', NEW.was, 'status', NEW.status,
  'version', placed.version, 'cups', placed.cups, 'channel', placed.channel, 'practice', placed.practice,
  'held', placed.held, 'by_staff', NEW.by_id IS NOT NULL)
FROM orders_order AS placed WHERE placed.id = NEW.order_id
"""
_TEXT_RECEIVED = """
SELECT 'text.received', COALESCE('order/' || NEW.order_id, 'conversation/' || talk.id), talk.event_id, NEW.received_at,
  {object}('text', NEW.id, 'conversation', talk.id, 'order', NEW.order_id, 'intent', NEW.intent,
  'reply_segments', COALESCE(NEW.segments, 0))
FROM sms_conversation AS talk WHERE talk.id = NEW.conversation_id
"""
#: A push message has no conversation, so the fact takes the event of the message's order.
_TEXT_SENT = """
SELECT 'text.' || NEW.status, COALESCE('order/' || NEW.order_id, 'conversation/' || NEW.conversation_id),
  about.event_id, {now}, {object}('text', NEW.id, 'conversation', NEW.conversation_id, 'order', NEW.order_id,
  'kind', NEW.kind, 'push', NEW.subscription_id IS NOT NULL, 'segments', COALESCE(NEW.segments, 0),
  'error_code', NEW.error_code)
FROM (
  SELECT event_id FROM sms_conversation WHERE id = NEW.conversation_id
  UNION ALL SELECT event_id FROM orders_order WHERE id = NEW.order_id AND NEW.conversation_id IS NULL
) AS about
"""
_STOCK = """
SELECT 'stock.level', 'stock/' || NEW.id, there.event_id, {now}, {object}(
  'stock', NEW.id, 'station', NEW.station_id, 'ingredient', NEW.ingredient_id, 'on_hand', NEW.on_hand,
  'reserved', NEW.reserved, 'low_at', NEW.low_at)
FROM stations_station AS there WHERE there.id = NEW.station_id
"""
_INTO = "INSERT INTO facts_fact (kind, subject, event_id, at, content)"
#: Each trigger by name, with its table, its operation, its condition, and the SELECT of the fact that it writes. A name
#: ends in a version, which must change with the SQL, because an existing trigger is not replaced.
TRIGGERS = {
    "fact_of_order_1": ("orders_orderevent", "INSERT", "1 = 1", _ORDER_MOVED),
    "fact_of_text_received_1": ("sms_inboundmessage", "INSERT", "NEW.conversation_id IS NOT NULL", _TEXT_RECEIVED),
    "fact_of_text_queued_1": ("sms_outboundmessage", "INSERT", "1 = 1", _TEXT_SENT),
    # The status "sending" writes no fact: a worker is about to send the text, but can still crash before it does.
    "fact_of_text_moved_1": (
        "sms_outboundmessage",
        "UPDATE OF status",
        "OLD.status <> NEW.status AND NEW.status IN ('sent', 'delivered', 'failed', 'expired')",
        _TEXT_SENT,
    ),
    "fact_of_stock_1": (
        "inventory_stock",
        "UPDATE OF on_hand, reserved",
        "OLD.on_hand <> NEW.on_hand OR OLD.reserved <> NEW.reserved",
        _STOCK,
    ),
    "fact_of_new_stock_1": ("inventory_stock", "INSERT", "1 = 1", _STOCK),
}
_ON_POSTGRES = {"object": "json_build_object", "now": "clock_timestamp()"}
_ON_SQLITE = {"object": "json_object", "now": "strftime('%Y-%m-%d %H:%M:%f000', 'now')"}


def open_outbox() -> None:
    """Create missing triggers, and remove triggers that this release does not know. Several workers can safely run this
    at the same time."""
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_advisory_xact_lock(7461553)")
        there = _names(cursor)
        for name in there - set(TRIGGERS):
            _drop(cursor, name)
        for name in TRIGGERS.keys() - there:
            _create(cursor, name)


def close_outbox() -> int:
    """Remove the triggers and all unpublished facts. Return the number of removed facts."""
    with transaction.atomic(), connection.cursor() as cursor:
        for name in _names(cursor):
            _drop(cursor, name)
    RelayTurn.objects.all().delete()
    return Fact.objects.all().delete()[0]


def triggers() -> set[str]:
    """Return the names of the triggers in the database."""
    with connection.cursor() as cursor:
        return _names(cursor)


def _names(cursor: Any) -> set[str]:
    if connection.vendor == "postgresql":
        cursor.execute("SELECT tgname FROM pg_trigger WHERE starts_with(tgname, 'fact_of_')")
    else:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'fact_of_%%'")
    return {name for (name,) in cursor.fetchall()}


def _create(cursor: Any, name: str) -> None:
    table, act, condition, fact = TRIGGERS[name]
    if connection.vendor == "postgresql":
        fact = fact.format(**_ON_POSTGRES)
        cursor.execute(
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$ BEGIN {_INTO} {fact}; RETURN NULL; END $$"
            " LANGUAGE plpgsql"
        )
        cursor.execute(
            f"CREATE TRIGGER {name} AFTER {act} ON {table} FOR EACH ROW WHEN ({condition}) EXECUTE FUNCTION {name}()"
        )
    else:
        fact = fact.format(**_ON_SQLITE)
        cursor.execute(f"CREATE TRIGGER {name} AFTER {act} ON {table} WHEN {condition} BEGIN {_INTO} {fact}; END")


def _drop(cursor: Any, name: str) -> None:
    if connection.vendor == "postgresql":
        # CASCADE drops the trigger together with its function.
        cursor.execute(f"DROP FUNCTION {name}() CASCADE")
    else:
        cursor.execute(f"DROP TRIGGER {name}")
