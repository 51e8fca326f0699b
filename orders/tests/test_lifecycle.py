"""Tests of the verbs of an order, such as starting and cancelling it.

They test in which status each verb is allowed, and what happens when two verbs run at the same time."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import Customer
from inventory.models import Stock
from orders import hints, lifecycle
from orders.models import Order, OrderEvent
from orders.refusals import TooManyDrinks, TransitionError
from orders.statuses import Status
from orders.tests import factory
from orders.tests.race import at_once
from orders.verbs import order_moved

pytestmark = pytest.mark.django_db
every_status = [status.value for status in Status]
verbs = {
    "start": lifecycle.start,
    "ready": lifecycle.mark_ready,
    "collect": lifecycle.collect,
    "not_collected": lifecycle.not_collected,
    "cancel": lifecycle.cancel,
    "undo": lifecycle.undo,
}
allowed = {
    ("waiting", "start"): "making",
    ("waiting", "ready"): "ready",
    ("waiting", "cancel"): "cancelled",
    ("making", "ready"): "ready",
    ("making", "cancel"): "cancelled",
    ("making", "undo"): "waiting",
    ("ready", "collect"): "collected",
    ("ready", "not_collected"): "not_collected",
    ("ready", "cancel"): "cancelled",
    ("ready", "undo"): "making",
    ("collected", "undo"): "ready",
    ("not_collected", "undo"): "ready",
    ("cancelled", "undo"): "waiting",
}


def in_status(status: str) -> Order:
    order = factory.order(factory.cafe())
    path = {
        "waiting": (),
        "making": ("start",),
        "ready": ("ready",),
        "collected": ("ready", "collect"),
        "not_collected": ("ready", "not_collected"),
        "cancelled": ("cancel",),
    }
    for verb in path[status]:
        verbs[verb](order, by=None)
    return order


# moving an order to another status ----------------------------------------------------------------


@pytest.mark.parametrize("verb", verbs)
@pytest.mark.parametrize("status", every_status)
def test_a_verb_moves_an_order_as_the_table_says_or_refuses(status: str, verb: str) -> None:
    order = in_status(status)
    events = order.events.count()
    by = factory.user("maya")

    if (status, verb) in allowed:
        verbs[verb](order, by=by)
    else:
        with pytest.raises(TransitionError):
            verbs[verb](order, by=by)

    order.refresh_from_db()
    assert order.status == allowed.get((status, verb), status)
    assert order.events.count() == events + ((status, verb) in allowed)
    if (status, verb) in allowed:
        last = order.events.last()
        assert last
        assert (last.was, last.status, last.by) == (status, order.status, by)


def test_the_second_barista_reads_who_was_first() -> None:
    order = factory.order(factory.cafe())
    as_ben_sees_it = Order.objects.get(pk=order.pk)
    lifecycle.start(order, by=factory.user("maya"))

    with pytest.raises(TransitionError) as refused:
        lifecycle.start(as_ben_sees_it, by=factory.user("ben"))

    assert refused.value.by == "Maya"
    assert order.events.filter(verb="start").count() == 1


taps = {
    "start": ("waiting", lifecycle.start),
    "ready": ("making", lifecycle.mark_ready),
    "collect": ("ready", lifecycle.collect),
    "not_collected": ("ready", lifecycle.not_collected),
    "cancel": ("making", lifecycle.cancel),
    "undo": ("collected", lifecycle.undo),
    "take_over": ("making", lifecycle.take_over),
    "tick": ("making", lambda order, **tap: lifecycle.tick(order, item=order.items.get().pk, made=True, **tap)),
    "first": ("waiting", lifecycle.put_first),
    "in_turn": ("waiting", lifecycle.put_in_turn),
    "move": ("waiting", lambda order, **tap: lifecycle.move(order, to=order.event.stations.latest("pk"), **tap)),
}


@pytest.mark.parametrize("verb", taps)
def test_the_same_tap_twice_counts_once(verb: str) -> None:
    status, tap = taps[verb]
    order, maya = in_status(status), factory.user("maya")
    factory.station(order.event, "Bar 2", position=1)

    first, again = (tap(Order.objects.get(pk=order.pk), by=maya, key="tap") for _ in range(2))

    assert (first.status, first.version) == (again.status, again.version)
    assert order.events.filter(verb=verb).count() == 1


@pytest.mark.parametrize("verb", ["tick", "first", "move"])
def test_a_tap_without_a_key_counts_each_time(verb: str) -> None:
    status, tap = taps[verb]
    order, maya = in_status(status), factory.user("maya")
    factory.station(order.event, "Bar 2", position=1)

    for _ in range(2):
        tap(Order.objects.get(pk=order.pk), by=maya)

    assert order.events.filter(verb=verb).count() == 2


def test_one_tap_moves_each_of_several_orders() -> None:
    orders = [in_status("waiting"), in_status("waiting")]

    for order in orders:
        lifecycle.start(order, by=None, key="tap")

    assert [Order.objects.get(pk=order.pk).status for order in orders] == ["making", "making"]


def test_what_was_ready_and_is_put_back_is_made_by_who_made_it_and_its_ticks_stay() -> None:
    order, maya = factory.order(factory.cafe(), factory.item(), factory.item("Tea")), factory.user("maya")
    lifecycle.start(order, by=maya)
    lifecycle.tick(order, item=order.items.all()[0].pk, made=True, by=maya)
    lifecycle.mark_ready(order, by=maya)

    lifecycle.undo(order, by=maya)

    order = Order.objects.get()
    assert (order.status, order.maker, order.ready_at) == ("making", maya, None)
    assert order.started_at
    assert [item.made for item in order.items.all()] == [True, False]


def test_what_is_put_back_into_the_queue_was_never_begun() -> None:
    order, maya = factory.order(factory.cafe()), factory.user("maya")
    lifecycle.start(order, by=maya)
    lifecycle.tick(order, item=order.items.get().pk, made=True, by=maya)

    lifecycle.undo(order, by=maya)

    order = Order.objects.get()
    assert (order.status, order.maker, order.started_at, order.items.get().made) == ("waiting", None, None, False)


@pytest.mark.parametrize("status", ["ready", "collected"])
def test_what_was_made_does_not_lapse(status: str) -> None:
    order = in_status(status)

    with pytest.raises(TransitionError):
        lifecycle.lapse(order, by=None)

    assert Order.objects.get().status == status


def test_the_same_order_sent_twice_is_placed_once() -> None:
    station = factory.cafe()

    first, second = (factory.order(station, key="form") for _ in range(2))

    assert first == second
    assert Order.objects.count() == 1


def test_an_order_closed_long_ago_cannot_be_called_back() -> None:
    order = in_status("collected")
    Order.objects.filter(pk=order.pk).update(closed_at=timezone.now() - lifecycle.RECALL)
    order.refresh_from_db()

    with pytest.raises(TransitionError):
        lifecycle.undo(order, by=None)


def test_listeners_hear_of_a_move_inside_its_transaction_and_boards_after_it(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: object
) -> None:
    station = factory.cafe()
    heard: list[str] = []

    def listen(sender: object, order: Order, event: OrderEvent, **_: object) -> None:
        heard.append(f"{event.verb} in transaction: {connection.in_atomic_block}")

    monkeypatch.setattr(hints.announcer, "hint", lambda boards: heard.extend(boards))
    order_moved.connect(listen)
    try:
        with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
            factory.order(station)
            assert heard == ["place in transaction: True"]
    finally:
        order_moved.disconnect(listen)

    event = station.event.pk
    assert heard[1:] == [
        f"station.{station.pk}",
        f"wall.{station.pk}",
        f"event.{event}",
        f"crowd.{event}",
        f"stream.{event}",
        f"overview.{event}",
        f"home.{event}",
    ]


def test_a_refusal_leaves_the_callers_transaction_good() -> None:
    station = factory.cafe(max_drinks_per_order=1)

    with transaction.atomic():
        with pytest.raises(TooManyDrinks):
            factory.order(station, factory.item(quantity=2))
        factory.customer("written after the refusal")

    assert Customer.objects.latest("pk").name == "written after the refusal"


def test_a_failed_text_is_told_on_the_ticket_once() -> None:
    order = in_status("ready")
    version = order.version

    lifecycle.text_failed(order)
    lifecycle.text_failed(Order.objects.get(pk=order.pk))

    order.refresh_from_db()
    assert (order.call_name, order.version) == (True, version + 1)


# two verbs at the same time -----------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_of_two_baristas_at_once_one_starts_the_order() -> None:
    order = factory.order(factory.cafe())
    maya, ben = factory.user("maya"), factory.user("ben")
    seen = [Order.objects.select_related("event", "station").get(pk=order.pk) for _ in range(2)]

    results = at_once(
        lambda: lifecycle.start(seen[0], by=maya),
        lambda: lifecycle.start(seen[1], by=ben),
    )

    assert sorted(type(result).__name__ for result in results) == ["Order", "TransitionError"]
    assert order.events.filter(verb="start").count() == 1


@pytest.mark.django_db(transaction=True)
def test_parallel_orders_never_promise_more_than_there_is() -> None:
    station = factory.cafe(max_open_orders=0)
    factory.stock(station, option="Oat", on_hand=3)

    results = at_once(*[lambda: factory.order(station, factory.item("Latte", "Oat"))] * 6)

    assert sorted(type(result).__name__ for result in results) == ["CannotBeMade"] * 3 + ["Order"] * 3
    assert Stock.objects.get().reserved == 3


@pytest.mark.django_db(transaction=True)
def test_parallel_orders_never_pass_a_limit_and_never_share_a_code() -> None:
    station, sam = factory.cafe(max_open_orders=2), factory.customer()

    results = at_once(*[lambda: factory.order(station, customer=sam)] * 5)

    placed = [result for result in results if isinstance(result, Order)]
    assert (len(placed), len({order.code for order in placed})) == (2, 2)


@pytest.mark.django_db(transaction=True)
def test_parallel_orders_spread_over_the_stations() -> None:
    bar_1 = factory.cafe(max_open_orders=0)
    bar_2 = factory.station(bar_1.event, "Bar 2")

    at_once(*[lambda: factory.order(bar_1)] * 4)

    assert (bar_1.orders.count(), bar_2.orders.count()) == (2, 2)


@pytest.mark.full
@pytest.mark.django_db(transaction=True)
def test_a_change_locks_what_it_gives_back_in_turn_with_what_it_takes() -> None:
    station = factory.cafe()
    oat, soy = (factory.stock(station, option=name, on_hand=5) for name in ("Oat", "Soy"))
    order = factory.order(station, factory.item("Latte", "Oat"))

    def change_to_soy() -> Order:
        try:
            return lifecycle.change(order, items=[factory.item("Latte", "Soy")]).order
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as threads:
        with transaction.atomic():
            Stock.objects.select_for_update().get(pk=oat.pk)
            change = threads.submit(change_to_soy)
            wait_until_somebody_waits_for_a_lock()
            # While the change waits for the lock on the oat milk, it must not hold the lock on the soy milk. Otherwise
            # it would deadlock with an order that has locked oat and waits for soy.
            Stock.objects.select_for_update(nowait=True).get(pk=soy.pk)

        assert change.result(timeout=5) == order


def wait_until_somebody_waits_for_a_lock() -> None:
    deadline = time.monotonic() + 5
    with connection.cursor() as cursor:
        while True:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
            assert time.monotonic() < deadline
            time.sleep(0.01)


def test_who_made_it_is_who_started_it_or_else_who_marked_it_ready() -> None:
    station, maya, ben = factory.cafe(), factory.user("maya"), factory.user("ben")

    started = lifecycle.mark_ready(lifecycle.start(factory.order(station), by=maya), by=ben)
    not_started = lifecycle.mark_ready(factory.order(station), by=ben)

    assert (started.maker, not_started.maker) == (maya, ben)


def test_a_barista_who_cancels_an_order_is_not_its_maker() -> None:
    order = factory.order(factory.cafe())

    lifecycle.cancel(order, by=factory.user("maya"), reason="sold out")

    assert Order.objects.get().maker is None
