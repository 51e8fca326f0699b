"""The hand-written SQL statements read and write the same values as the ORM, field by field."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, models
from django.utils import timezone

from accounts.models import Customer
from accounts.rows import Columns, Insert, fetch_all
from expresso.tests.plans import plans_of
from inventory.models import Stock
from orders import lifecycle
from orders.items import from_json
from orders.messaging import change_requests, messages
from orders.messaging.texting import ToSay
from orders.models import Channel, Message, Order, OrderEvent, OrderItem
from orders.requirements import items_of
from orders.statements import insert_order, reserve_if_free, workload_of
from orders.statuses import OPEN, TO_MAKE, Status
from orders.tests import factory
from sms.models import Carrier, Conversation, InboundMessage
from sms.statements import open_conversation, save_customer, save_exchange
from sms.tests.texting import incoming, known
from stations.models import Event, Station

pytestmark = pytest.mark.django_db


def fields_of(row: models.Model) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def as_the_orm_reads(row: models.Model) -> dict[str, Any]:
    return fields_of(type(row)._default_manager.get(pk=row.pk))


def busy_cafe() -> tuple[Station, Conversation]:
    """Create an event with its stations and a conversation that have a value in every optional field.

    Where two fields exclude each other, one of them stays empty."""
    station = factory.cafe(
        languages=["en", "de"],
        time_zone="Europe/Berlin",
        opens_at=dt.time(0),
        closes_at=dt.time(0),
        day_hours={"2020-01-02": ["09:00", "14:00"], "2020-01-03": None},
        first_day=dt.date(2020, 1, 1),
        max_drinks_per_window=99,
        max_open_orders=0,
        category_names={"Coffee": {"de": ["Kaffee"]}},
    )
    factory.stock(station, option="Oat", on_hand=9)
    later = timezone.now() + dt.timedelta(minutes=5)
    factory.station(station.event, "Bar 2", position=1, paused_until=later, extra_minutes=3)
    talk = known(station.event, name="Zoë", state={"draft": None})
    Customer.objects.filter(pk=talk.customer_id).update(vip=True, language="de")
    talk.customer.refresh_from_db()
    return station, talk


def test_conversation_event_and_customer_are_read_as_the_orm_reads_them() -> None:
    station, talk = busy_cafe()

    opened = open_conversation(incoming(station.event, "hi"))

    assert opened is not None
    for row in (opened.conversation, opened.conversation.event, opened.conversation.customer):
        assert fields_of(row) == as_the_orm_reads(row)
    assert opened.conversation == talk


def test_orders_are_read_as_the_orm_reads_them() -> None:
    station, talk = busy_cafe()
    place = {"customer": talk.customer, "name": "Łukasz", "note": "no nuts"}
    over = factory.order(station, factory.item("Tea"), **place)
    lifecycle.cancel(over)
    making = factory.order(station, factory.item("Mocha", "Oat", note="hot"), factory.item(quantity=2), **place)
    lifecycle.start(making, by=None)
    change_requests.wish(making, items=[factory.item("Tea")])
    messages.write(making, ToSay(text="Which one?"), by=factory.user("maya"))
    waiting = factory.order(station, factory.item("Latte", "Large", name="Ana"), **place)

    opened = open_conversation(incoming(station.event, "hi"))

    assert opened is not None
    assert [order.pk for order in opened.orders] == [waiting.pk, making.pk]
    for read in opened.orders:
        row = Order.objects.select_related("station").get(pk=read.pk)
        named = (read.code, read.status, read.version, read.name, read.station, read.closed_at)
        assert named == (row.code, row.status, row.version, row.name, row.station.name, row.closed_at)
        assert read.items == items_of(row)
        assert read.wish == (None if row.wish is None else from_json(row.wish))
        written = Message.objects.filter(order=row).values_list("at", flat=True).last()
        assert read.written_at == written


def test_the_usual_is_read_although_later_orders_were_dropped() -> None:
    station, talk = busy_cafe()
    usual = factory.order(station, factory.item("Mocha"), customer=talk.customer)
    lifecycle.collect(lifecycle.mark_ready(usual, by=None), by=None)
    for _ in range(2):
        lifecycle.cancel(factory.order(station, customer=talk.customer))

    opened = open_conversation(incoming(station.event, "hi"))

    assert opened is not None
    assert [order.pk for order in opened.orders] == [usual.pk]


def test_a_new_customer_and_conversation_are_stored_as_the_orm_stores_them() -> None:
    station = factory.cafe()

    opened = open_conversation(incoming(station.event, "hi"))

    assert opened is not None
    for row in (opened.conversation, opened.conversation.customer):
        assert fields_of(row) == as_the_orm_reads(row)
    assert Customer.objects.get(phone=incoming(station.event, "hi").sender) == opened.conversation.customer


def test_number_of_no_event_begins_nothing() -> None:
    station = factory.cafe()
    Event.objects.update(sms_number=None)

    assert open_conversation(incoming(station.event, "hi")) is None
    assert Customer.objects.count() == 0


def test_whatsapp_is_found_by_its_own_number() -> None:
    station = factory.cafe(whatsapp_number="+15550300001")

    opened = open_conversation(incoming(station.event, "hi", carrier=Carrier.WHATSAPP))

    assert opened is not None
    assert opened.conversation.carrier == Carrier.WHATSAPP


def test_an_exchange_is_stored_as_the_orm_stores_it() -> None:
    station, talk = busy_cafe()
    order = factory.order(station, customer=talk.customer)
    talk.state, talk.opted_out_at, talk.needs_person = {"order": order.pk}, timezone.now(), True
    talk.customer.name, talk.customer.language = "Ana", "en"
    message = InboundMessage(
        sid="SM1", conversation=talk, body="ça va?", intent="order", unknown=["ça"], reply="Got it", order=order
    )

    save_customer(talk.customer)
    save_exchange(talk, message)

    for row in (talk, talk.customer):
        assert fields_of(row) == as_the_orm_reads(row)
    stored = fields_of(InboundMessage.objects.get())
    assert stored | {"id": None} == fields_of(message)


def test_an_order_its_items_and_its_event_are_stored_as_the_orm_stores_them() -> None:
    station, _ = busy_cafe()
    maya = factory.user("maya")
    placed = factory.order(station, factory.item("Latte", "Oat", note="hot"), factory.item("Tea"), by=maya, key="k")

    order = Order.objects.get(pk=placed.pk)
    fields = ("wish", "maker_id", "started_at", "reserved", "placed_at", "quoted_to", "minutes", "token", "cups")
    assert {name: getattr(order, name) for name in fields} == {name: getattr(placed, name) for name in fields}
    items = order.items.values_list("position", "drink_name", "choices", "note", "made")
    assert list(items) == [
        (0, "Latte", [{"group": "Milk", "option": "Oat", "amount": None}], "hot", False),
        (1, "Tea", [], "", False),
    ]
    event = order.events.get()
    assert (event.verb, event.was, event.status, event.by, event.key) == ("place", "", "waiting", maya, "place:k")


def test_every_field_of_an_order_survives() -> None:
    station, talk = busy_cafe()
    like = factory.order(station, customer=talk.customer, channel=Channel.KIOSK, language="de")
    given = fields_of(Order.objects.get(pk=like.pk)) | {"id": None, "code": "Z99", "token": "t", "wish": []}
    order = Order(
        **given,
    )
    order.event = station.event
    item = OrderItem(order=order, drink_id=like.items.get().drink_id, drink_name="Latte", choices=[], name="Ana")
    event = OrderEvent(order=order, verb="place", status=order.status, by_name="maya", reason="why", requested=True)

    insert_order(order, [item], event)

    assert fields_of(order) == as_the_orm_reads(order)
    assert fields_of(event) | {"order_id": order.pk} == as_the_orm_reads(event)
    assert fields_of(order.items.get()) | {"id": None, "order_id": None} == fields_of(item) | {"order_id": None}


def test_the_workload_counts_what_the_orm_counts() -> None:
    station, talk = busy_cafe()
    for _ in range(2):
        factory.order(station, factory.item("Latte", "Oat"), customer=talk.customer)
    code = Order.objects.latest("pk").code

    workload = workload_of(station.event, customer=talk.customer, code=code)

    assert [fields_of(queue.station) for queue in workload.queues] == [
        fields_of(row) for row in Station.objects.filter(event=station.event)
    ]
    stock = Stock.objects.get()
    assert [dict(queue.free) for queue in workload.queues] == [
        {stock.ingredient_id: stock.on_hand - stock.reserved},
        {},
    ]
    assert [(queue.minutes_ahead, queue.orders_ahead) for queue in workload.queues] == [(Decimal(4), 2), (0, 0)]
    assert (workload.customer_to_make, workload.window_cups, workload.code_taken) == (2, 2, True)


@pytest.mark.parametrize("status", Status)
def test_the_workload_knows_every_status(status: Status) -> None:
    station, talk = busy_cafe()
    order = factory.order(station, customer=talk.customer)
    Order.objects.filter(pk=order.pk).update(status=status)

    workload = workload_of(station.event, customer=talk.customer, code=order.code)

    assert [queue.orders_ahead for queue in workload.queues] == [status in TO_MAKE, 0]
    assert (workload.customer_to_make, workload.code_taken) == (status in TO_MAKE, status in OPEN)


def test_stock_is_reserved_whole_or_not_at_all() -> None:
    station = factory.cafe()
    oat, soy = (factory.stock(station, option=name, on_hand=2) for name in ("Oat", "Soy"))
    needs = {oat.ingredient_id: Decimal(2), soy.ingredient_id: Decimal("0.5")}

    assert reserve_if_free(station.pk, needs)
    assert not reserve_if_free(
        station.pk, {**needs, oat.ingredient_id: Decimal("0.1")} | {soy.ingredient_id: Decimal(1)}
    )

    assert list(Stock.objects.order_by("pk").values_list("reserved", flat=True)) == [Decimal(2), Decimal("0.5")]


def test_every_model_of_the_statements_has_a_reader_and_a_writer_for_each_column() -> None:
    station, talk = busy_cafe()

    for row in (station, station.event, talk, talk.customer, factory.order(station)):
        columns = Columns(type(row), alias="row")
        [values] = fetch_all(f"SELECT {columns} FROM {row._meta.db_table} AS row WHERE id = %s", [row.pk])
        assert fields_of(columns.instance(values)) == as_the_orm_reads(row)
        assert len(Insert(type(row)).values(row)) == len(row._meta.concrete_fields) - 1


def test_of_an_events_conversations_only_the_customers_own_is_read() -> None:
    _, talk = busy_cafe()
    for number in range(100):
        known(talk.event, phone=f"+1202555{number:04}")
    if connection.vendor == "postgresql":
        # Without statistics of its own, this test would get those of whichever rows an earlier test had.
        connection.cursor().execute("ANALYZE accounts_customer, sms_conversation")

    plans = plans_of(lambda: open_conversation(incoming(talk.event, "latte")))

    # PostgreSQL reads the conversation twice, because a separate statement locks the row before it is read.
    own = re.findall(r"(?:Index Cond|SEARCH conversation).*\bcustomer_id ?= ?(?:\$\d|\?)", plans)
    assert len(own) == (2 if connection.vendor == "postgresql" else 1)
    assert "Filter: (conversation.customer_id" not in plans


def test_the_queues_of_all_stations_are_added_up_in_one_reading_of_the_open_orders() -> None:
    station, talk = busy_cafe()

    plans = plans_of(lambda: workload_of(station.event, customer=talk.customer, code="A10"))

    # Five reads of the orders: for the queues, the customer's orders, the limit of drinks per time window, later
    # orders, and the code.
    assert len(re.findall(r"(?: on|SEARCH|SCAN) orders_order\b", plans)) == 5
