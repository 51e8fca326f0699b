"""Hand-written SQL for answering a text: reads the sender's conversation, and stores the text with its reply.

`sms.inbound` runs these statements. A test compares what they read and write with the ORM."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Any, cast

from django.conf import settings
from django.db import IntegrityError
from django.db.models import Model
from django.urls import reverse

from accounts import encryption
from accounts.models import Customer
from accounts.rows import IS_POSTGRES, Columns, Convert, Insert, Update, execute, fetch_all, field_of, reader_of
from inventory.snapshot import menu_of
from orders.items import Choice, Item
from orders.items import from_json as items_from_json
from orders.models import Order, OrderItem
from orders.renaming import Renaming
from orders.statements import JSON_ARRAY, JSON_ROWS
from orders.statuses import DROPPED, OPEN
from sms.conversation.facts import OpenOrder, OpenStatus, ToPay
from sms.incoming import IncomingText
from sms.models import SENDER_FIELDS, Carrier, Conversation, InboundMessage
from stations.models import Event
from stations.money import spoken_amount

#: Number of a customer's newest orders that are read.
RECENT = 10

_EVENT = Columns(Event, alias="event")
_CUSTOMER = Columns(Customer, alias="customer")
_CONVERSATION = Columns(Conversation, alias="conversation")
_NEW_CUSTOMER, _NEW_CONVERSATION, _NEW_MESSAGE = Insert(Customer), Insert(Conversation), Insert(InboundMessage)
_CHANGED_CONVERSATION = Update(
    Conversation, *("state", "opted_out_at", "needs_person", "needs_since", "last_text_at", "helper", "held")
)
_CHANGED_CUSTOMER = Update(Customer, "name", "language")


@dataclass(frozen=True, slots=True)
class RecentOrder:
    """One of the customer's orders, with the fields that a conversation needs."""

    pk: int
    code: str
    status: str
    version: int
    name: str
    station: str
    items: tuple[Item, ...]
    #: The change that the customer asked the barista for: the items to make instead, an empty tuple to drop the order,
    #: or None if no change was asked for.
    wish: tuple[Item, ...] | None
    closed_at: dt.datetime | None
    #: When a barista last wrote to the customer about the order.
    written_at: dt.datetime | None
    #: When the customer wants the order, if it is held back for a later time; None for an order that is in the queue.
    held_for: dt.datetime | None
    to_pay: ToPay | None = None

    def as_fact(self) -> OpenOrder:
        return OpenOrder(
            self.pk,
            self.code,
            cast(OpenStatus, self.status),
            self.items,
            self.name,
            self.station,
            self.wish,
            self.held_for,
            self.to_pay,
        )


@dataclass(frozen=True, slots=True)
class Opened:
    """A conversation with its event, its customer and the customer's recent orders, newest first. Locked until the
    commit.

    Closed orders are left out, except the newest that was not cancelled, and those that a barista wrote about."""

    conversation: Conversation
    orders: tuple[RecentOrder, ...] = ()


def open_conversation(incoming: IncomingText) -> Opened | None:
    """Read and lock the sender's conversation with the event to which the text was sent. Insert a conversation if
    needed.

    Return None if no event has the texted number. Raises IntegrityError if the customer is deleted at the same
    moment."""
    asked = {"carrier": incoming.carrier, "to": incoming.to}
    asked |= {f"sender_{n}": each for n, each in enumerate(encryption.lookup_hashes(incoming.sender))}
    # A new customer can send two texts at once. One of them inserts the rows. The other waits for this, and reads the
    # rows in the next round of this loop.
    for _ in range(3):
        locked = _lock(asked)
        event, customer, opened = _read(asked)
        if event is None:
            return None
        if opened is None:
            opened = _begin(event, customer, incoming)
            locked = opened is not None
        if opened is not None and locked:
            return opened
    raise IntegrityError


def _number_of(carrier: str) -> str:
    return SENDER_FIELDS[Carrier(carrier)]


#: SQL that joins the event, the customer who has the sender's number, and their conversation.
#:
#: The subquery looks up the customer's key a second time, although `customer.id` is the same key. With `customer.id`,
#: PostgreSQL would read all conversations of the event until it has statistics of the tables, which takes about a
#: minute after the tables were made.
_JOINED = """
FROM stations_event AS event
{join} JOIN accounts_customer AS customer ON customer.phone_hash IN ({sender})
{join} JOIN sms_conversation AS conversation
  ON conversation.event_id = event.id AND conversation.carrier = %(carrier)s
  AND conversation.customer_id = (SELECT id FROM accounts_customer WHERE phone_hash IN ({sender}))
WHERE event.{number} = %(to)s
"""


def _kind_of(asked: dict[str, Any]) -> tuple[str, int]:
    """Return the two things on which the SQL text depends: the Event field that holds the texted number, and how many
    hashes the sender's phone number has.

    There is one hash for each encryption key, so there are several while keys are rotated."""
    return _number_of(asked["carrier"]), sum(name.startswith("sender_") for name in asked)


def _joined(join: str, number: str, hashes: int) -> str:
    sender = ", ".join(f"%(sender_{n})s" for n in range(hashes))
    return _JOINED.format(join=join, number=number, sender=sender)


def _lock(asked: dict[str, Any]) -> bool:
    """Lock the conversation and the customer. Return False if these rows do not exist.

    With the lock, this text waits until the customer's earlier text is answered. On SQLite nothing is locked, because
    it allows one writing transaction at a time."""
    if not IS_POSTGRES:
        return True
    # Lock the customer too, so that this text reads what the earlier text stored, such as a name. FOR NO KEY UPDATE
    # still lets other transactions insert rows that refer to the two locked rows, such as the text after a barista's
    # "ready".
    joined = _joined("INNER", *_kind_of(asked))
    return bool(fetch_all(f"SELECT 1 {joined} FOR NO KEY UPDATE OF conversation, customer", asked))


#: Selects one row for each item of each order. With `CAST … AS text`, every database returns the values in the same
#: form, which the model fields can convert.
_ORDERS = f"""
CAST((
  SELECT {JSON_ROWS}({JSON_ARRAY}(
    id, code, status, version, name, wish, menu_keys, closed_at, station, written_at, held_for,
    to_pay, token, quantity, drink_name, choices, item_name, note
  )) FROM (
    SELECT recent.*, item.quantity, item.drink_name, CAST(item.choices AS text) AS choices, item.name AS item_name,
      item.note
    FROM (
      SELECT placed.id, placed.code, placed.status, placed.version, placed.name, CAST(placed.wish AS text) AS wish,
        CAST(placed.menu_keys AS text) AS menu_keys, placed.placed_at, placed.closed_at, station.name AS station,
        (
          SELECT message.at FROM orders_message AS message
          WHERE message.order_id = placed.id AND NOT message.from_customer ORDER BY message.id DESC LIMIT 1
        ) AS written_at,
        CASE WHEN placed.held THEN placed.wanted_at END AS held_for,
        CASE WHEN placed.pay_by IS NOT NULL THEN placed.price END AS to_pay, placed.token
      FROM orders_order AS placed JOIN stations_station AS station ON station.id = placed.station_id
      WHERE placed.customer_id = customer.id AND placed.event_id = event.id
      ORDER BY placed.placed_at DESC, placed.id DESC LIMIT {RECENT}
    ) AS recent LEFT JOIN orders_orderitem AS item ON item.order_id = recent.id
    ORDER BY recent.placed_at DESC, recent.id DESC, item.position, item.id
  ) AS lines
) AS text)
"""


@cache
def _read_sql(number: str, hashes: int) -> str:
    return f"SELECT {_EVENT}, {_CUSTOMER}, {_CONVERSATION}, {_ORDERS} {_joined('LEFT', number, hashes)}"


def _read(asked: dict[str, Any]) -> tuple[Event | None, Customer | None, Opened | None]:
    rows = fetch_all(_read_sql(*_kind_of(asked)), asked)
    if not rows:
        return None, None, None
    [(*values, orders)] = rows
    event = _EVENT.instance(values[: len(_EVENT)])
    of_customer, of_conversation = values[len(_EVENT) : -len(_CONVERSATION)], values[-len(_CONVERSATION) :]
    if of_customer[0] is None:
        return event, None, None
    customer = _CUSTOMER.instance(of_customer)
    if of_conversation[0] is None:
        return event, customer, None
    conversation = _CONVERSATION.instance(of_conversation)
    conversation.event, conversation.customer = event, customer
    return event, customer, Opened(conversation, tuple(_orders(orders, event)))


def _begin(event: Event, customer: Customer | None, incoming: IncomingText) -> Opened | None:
    """Insert the customer and the conversation, if they are missing.

    Return None if the caller must lock and read again: another text has inserted the rows at the same moment, or the
    customer existed before and is not locked yet."""
    is_new = customer is None
    if customer is None:
        customer = Customer(phone=incoming.sender)
        customer.pk = _inserted(_NEW_CUSTOMER, customer)
    if customer.pk is None:
        return None
    conversation = Conversation(event=event, customer=customer, carrier=incoming.carrier)
    conversation.pk = _inserted(_NEW_CONVERSATION, conversation)
    return Opened(conversation) if is_new and conversation.pk is not None else None


def _inserted(insert: Insert[Any], row: Any) -> int | None:
    rows = fetch_all(f"{insert} ON CONFLICT DO NOTHING RETURNING id", insert.values(row))
    if not rows:
        return None
    row._state.adding = False
    return int(rows[0][0])


def _orders(raw: str | None, event: Event) -> Iterator[RecentOrder]:
    usual_found, menu = False, menu_of(event).menu
    for _, lines in groupby(json.loads(raw or "[]"), key=itemgetter(0)):
        rows = list(lines)
        pk, code, status, version, name, wish, menu_keys, closed_at, station, written_at, held_for, price, token = rows[
            0
        ][:13]
        is_usual = not usual_found and status not in DROPPED
        usual_found = usual_found or is_usual
        if not (is_usual or status in OPEN or written_at):
            continue
        wished, keys = _value(Order, "wish", wish), _value(Order, "menu_keys", menu_keys)
        items = (_item(*row[13:]) for row in rows if row[13] is not None)
        yield RecentOrder(
            pk,
            code,
            status,
            version,
            _value(Order, "name", name),
            station,
            Renaming.since(keys.get("items"), menu).items(items),
            None if wished is None else Renaming.since(keys.get("wish"), menu).items(items_from_json(wished)),
            _moment(closed_at),
            _moment(written_at),
            _moment(held_for),
            to_pay_of(price, event.currency, token),
        )


def to_pay_of(price: int | None, currency: str, token: str) -> ToPay | None:
    if not price:
        return None
    return ToPay(spoken_amount(price, currency), settings.PUBLIC_URL + reverse("tracking", args=[token]))


def _item(quantity: int, drink: str, choices: str, name: str, note: str) -> Item:
    chosen = tuple(Choice(**choice) for choice in _value(OrderItem, "choices", choices))
    return Item(drink, quantity, chosen, _value(OrderItem, "name", name) or None, _value(OrderItem, "note", note))


@cache
def _reader(model: type[Model], field: str) -> Convert | None:
    return reader_of(field_of(model, field))


def _value(model: type[Model], field: str, stored: Any) -> Any:
    convert = _reader(model, field)
    return convert(stored) if convert else stored


def _moment(stored: str | None) -> dt.datetime | None:
    """Return the stored moment with a time zone. SQLite stores UTC without one."""
    if stored is None:
        return None
    moment = dt.datetime.fromisoformat(stored)
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def save_customer(customer: Customer) -> None:
    """Save those fields of the customer that a text can change: name and language."""
    execute(str(_CHANGED_CUSTOMER), _CHANGED_CUSTOMER.values(customer))


def save_exchange(conversation: Conversation | None, message: InboundMessage) -> None:
    """Save the conversation, and the message with its reply. On PostgreSQL this is one statement.

    `conversation` is None if the customer was deleted. Raises IntegrityError if a message with this sid was stored
    before."""
    kept = _NEW_MESSAGE.values(message)
    if conversation is None:
        execute(str(_NEW_MESSAGE), kept)
    elif IS_POSTGRES:
        changed = _CHANGED_CONVERSATION.values(conversation)
        execute(f"WITH conversation AS ({_CHANGED_CONVERSATION}) {_NEW_MESSAGE}", [*changed, *kept])
    else:
        execute(str(_CHANGED_CONVERSATION), _CHANGED_CONVERSATION.values(conversation))
        execute(str(_NEW_MESSAGE), kept)
