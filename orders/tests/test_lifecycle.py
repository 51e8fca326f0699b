from __future__ import annotations

import datetime as dt
import time
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import Customer
from inventory.models import Option, Stock
from orders import announce, lifecycle
from orders.items import Choice, Item
from orders.models import Channel, Order, OrderEvent, Status
from orders.refusals import (
    CannotBeMade,
    EmptyOrder,
    EventClosed,
    NotOnMenu,
    TooManyDrinks,
    TooManyOrders,
    TransitionError,
    WindowFull,
)
from orders.routing import wait_of
from orders.signals import order_moved
from orders.tests import factory
from orders.wanted import items_of
from stations.models import Event

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


def test_placing_writes_the_order_as_it_was_on_the_menu() -> None:
    station = factory.cafe()

    order = factory.order(station, factory.item("Latte", "Oat", "Large", quantity=2), factory.item("Tea"), name="Ana")

    order = Order.objects.get(pk=order.pk)
    assert (order.station, order.status, order.cups, order.minutes) == (station, "waiting", 3, Decimal("4.5"))
    assert items_of(order) == (factory.item("Latte", "Large", "Oat", quantity=2), factory.item("Tea"))
    assert order.quoted_from
    assert order.quoted_to
    assert order.placed_at < order.quoted_from < order.quoted_to
    assert [(e.verb, e.was, e.status) for e in order.events.all()] == [("place", "", "waiting")]


def test_an_order_without_a_name_goes_by_those_of_its_cups() -> None:
    station = factory.cafe()

    order = factory.order(station, factory.item(name="Ana"), factory.item(name="Ben"), factory.item(), name="")

    assert order.name == "Ana, Ben"


def test_codes_are_one_letter_and_two_digits_and_skip_one_that_still_stands() -> None:
    station = factory.cafe(max_open_orders=0)
    first = factory.order(station)
    Event.objects.filter(pk=station.event.pk).update(orders_taken=1683)

    after_the_last = factory.order(station)

    assert (first.code, after_the_last.code) == ("A01", "A02")


def test_when_every_code_stands_on_a_shelf_an_order_is_refused_instead_of_searching_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lifecycle, "COUNT", 2)
    monkeypatch.setattr(lifecycle, "code_of", lambda number: f"A0{number % 2}")
    station = factory.cafe()
    for _ in range(2):
        factory.order(station)

    with pytest.raises(CannotBeMade):
        factory.order(station)


def test_saving_an_event_that_was_read_before_gives_no_code_twice() -> None:
    station = factory.cafe()
    stale = Event.objects.get(pk=station.event.pk)
    first = factory.order(station)

    stale.save()

    assert factory.order(station).code != first.code


@pytest.mark.parametrize(
    ("item", "word"),
    [
        (factory.item("Bagel"), "Bagel"),
        (factory.item("Latte", "Macadamia"), "Macadamia"),
        (factory.item("Tea", "Oat"), "Oat"),
        (factory.item("Latte", "Oat", "Soy"), "Soy"),
        (factory.item("Latte", quantity=0), "0"),
    ],
)
def test_what_is_not_on_the_menu_or_does_not_fit_is_refused_by_name(item: Item, word: str) -> None:
    station = factory.cafe()

    with pytest.raises(NotOnMenu) as refused:
        factory.order(station, item)

    assert refused.value.word == word
    assert Order.objects.count() == 0


def test_an_empty_order_is_refused() -> None:
    station = factory.cafe()

    with pytest.raises(EmptyOrder):
        lifecycle.place(station.event, items=(), channel=Channel.SMS)


def test_a_closed_event_says_when_it_opens() -> None:
    opens = (timezone.now() + dt.timedelta(hours=2)).replace(second=0, microsecond=0)
    station = factory.cafe(opens_at=opens.time(), closes_at=(opens + dt.timedelta(hours=1)).time())

    with pytest.raises(EventClosed) as refused:
        factory.order(station)

    assert (refused.value.opens, refused.value.paused) == (opens, False)


def test_a_paused_event_says_until_when() -> None:
    until = timezone.now() + dt.timedelta(minutes=10)
    station = factory.cafe(paused_until=until)

    with pytest.raises(EventClosed) as refused:
        factory.order(station)

    assert (refused.value.opens, refused.value.paused) == (until, True)


def test_too_many_drinks_are_refused_with_the_limit() -> None:
    station = factory.cafe(max_drinks_per_order=2)

    with pytest.raises(TooManyDrinks) as refused:
        factory.order(station, factory.item(quantity=3))

    assert refused.value.limit == 2


def test_a_customer_has_no_more_open_orders_than_the_event_allows() -> None:
    station, sam = factory.cafe(max_open_orders=1), factory.customer()
    first = factory.order(station, customer=sam)

    with pytest.raises(TooManyOrders):
        factory.order(station, customer=sam)
    factory.order(station, customer=factory.customer("Ana"))
    lifecycle.mark_ready(first, by=None)
    factory.order(station, customer=sam)

    assert Order.objects.of(sam).count() == 2


def test_drinks_within_the_window_are_capped_and_the_refusal_says_when_there_is_room() -> None:
    station = factory.cafe(max_drinks_per_window=3, window_minutes=15)
    first = factory.order(station, factory.item(quantity=2))

    with pytest.raises(WindowFull) as refused:
        factory.order(station, factory.item(quantity=2))

    assert refused.value.until == first.placed_at + dt.timedelta(minutes=15)


def test_a_change_cannot_slip_past_the_window() -> None:
    station = factory.cafe(max_drinks_per_window=3)
    order = factory.order(station)

    with pytest.raises(WindowFull):
        lifecycle.change(order, items=[factory.item(quantity=4 - 1), factory.item("Tea")])

    assert items_of(order) == (factory.item(),)


def test_stock_is_promised_at_placing_used_at_making_and_free_again_after_a_cancellation() -> None:
    station = factory.cafe()
    oat = factory.stock(station, option="Oat", on_hand=10)

    def levels() -> tuple[int, int]:
        row = Stock.objects.get(pk=oat.pk)
        return int(row.on_hand), int(row.reserved)

    order = factory.order(station, factory.item("Latte", "Oat", quantity=3))
    assert levels() == (10, 3)
    lifecycle.cancel(order)
    assert levels() == (10, 0)
    lifecycle.undo(order, by=None)
    assert levels() == (10, 3)
    lifecycle.start(order, by=None)
    assert levels() == (7, 0)
    lifecycle.undo(order, by=None)
    assert levels() == (10, 3)
    lifecycle.mark_ready(order, by=None)
    assert levels() == (7, 0)
    lifecycle.cancel(order)
    assert levels() == (7, 0)


def test_a_default_takes_stock_too_and_a_qualifier_takes_its_share() -> None:
    station = factory.cafe()
    cream = factory.stock(station, option="Full cream", on_hand=10, per_cup=2)

    factory.order(station, factory.item("Latte"))
    factory.order(station, factory.item("Tea"))
    extra = Choice("Milk", "Full cream", "extra")
    factory.order(station, Item("Latte", 1, (extra,)))

    cream.refresh_from_db()
    assert cream.reserved == 5


def test_an_order_beyond_the_stock_is_refused_by_the_option_and_offers_what_there_is() -> None:
    station = factory.cafe()
    factory.stock(station, option="Oat", on_hand=1)
    factory.stock(station, option="Soy", on_hand=0)

    with pytest.raises(CannotBeMade) as refused:
        factory.order(station, factory.item("Latte", "Oat", quantity=2))

    assert (refused.value.missing, refused.value.instead) == (("Oat",), ("Full cream",))
    assert Stock.objects.get(ingredient__name="Oat milk").reserved == 0


def test_a_change_keeps_the_place_and_moves_the_promise() -> None:
    station = factory.cafe()
    oat, soy = (factory.stock(station, option=name, on_hand=1) for name in ("Oat", "Soy"))
    order = factory.order(station, factory.item("Latte", "Oat"))
    placed_at, code = order.placed_at, order.code

    lifecycle.change(order, items=[factory.item("Latte", "Soy")])

    order = Order.objects.get(pk=order.pk)
    assert (items_of(order), order.placed_at, order.code) == ((factory.item("Latte", "Soy"),), placed_at, code)
    oat.refresh_from_db()
    soy.refresh_from_db()
    assert (int(oat.reserved), int(soy.reserved)) == (0, 1)


def test_a_changed_order_is_told_the_place_that_it_keeps() -> None:
    station = factory.cafe(max_open_orders=0)
    factory.order(station, factory.item("Tea"))
    order = factory.order(station, factory.item("Tea"))
    for _ in range(5):
        factory.order(station, factory.item("Mocha"))

    told = getattr(lifecycle.change(order, items=[factory.item("Latte")]), "wait", None)

    assert told == wait_of(Order.objects.get(pk=order.pk))
    assert told is not None
    assert (told.position, told.earliest) == (2, 3)


def test_a_change_may_use_what_the_order_holds_already() -> None:
    station = factory.cafe()
    factory.stock(station, option="Oat", on_hand=1)
    order = factory.order(station, factory.item("Latte", "Oat"))

    lifecycle.change(order, items=[factory.item("Mocha", "Oat")])

    assert items_of(order) == (factory.item("Mocha", "Oat"),)


def test_a_refused_change_changes_nothing() -> None:
    station = factory.cafe()
    factory.stock(station, option="Oat", on_hand=1)
    order = factory.order(station, factory.item("Latte", "Oat"))
    version = order.version

    with pytest.raises(CannotBeMade):
        lifecycle.change(order, items=[factory.item("Latte", "Oat", quantity=2)])

    order = Order.objects.get(pk=order.pk)
    assert (items_of(order), order.version) == ((factory.item("Latte", "Oat"),), version)
    assert Stock.objects.get().reserved == 1


def test_nobody_changes_an_order_that_is_being_made() -> None:
    order = factory.order(factory.cafe())
    as_the_customer_sees_it = Order.objects.get(pk=order.pk)
    lifecycle.start(order, by=factory.user("maya"))

    with pytest.raises(TransitionError) as refused:
        lifecycle.change(as_the_customer_sees_it, items=[factory.item("Mocha")])

    assert (refused.value.status, refused.value.by) == ("making", "Maya")


def test_the_second_barista_reads_who_was_first() -> None:
    order = factory.order(factory.cafe())
    as_ben_sees_it = Order.objects.get(pk=order.pk)
    lifecycle.start(order, by=factory.user("maya"))

    with pytest.raises(TransitionError) as refused:
        lifecycle.start(as_ben_sees_it, by=factory.user("ben"))

    assert refused.value.by == "Maya"
    assert order.events.filter(verb="start").count() == 1


def test_the_same_tap_twice_moves_once() -> None:
    order = factory.order(factory.cafe())
    lifecycle.mark_ready(order, by=None)

    for _ in range(2):
        lifecycle.undo(Order.objects.get(pk=order.pk), by=None, key="tap")

    assert Order.objects.get(pk=order.pk).status == "making"


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

    monkeypatch.setattr(announce.announcer, "hint", lambda boards: heard.extend(boards))
    order_moved.connect(listen)
    try:
        with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
            factory.order(station)
            assert heard == ["place in transaction: True"]
    finally:
        order_moved.disconnect(listen)

    event = station.event.pk
    assert heard[1:] == [f"station.{station.pk}", f"wall.{station.pk}", f"event.{event}", f"crowd.{event}"]


def test_a_refusal_leaves_the_callers_transaction_good() -> None:
    station = factory.cafe(max_drinks_per_order=1)

    with transaction.atomic():
        with pytest.raises(TooManyDrinks):
            factory.order(station, factory.item(quantity=2))
        factory.customer("written after the refusal")

    assert Customer.objects.filter(name="written after the refusal").exists()


def test_a_failed_text_is_told_on_the_ticket_once() -> None:
    order = in_status("ready")
    version = order.version

    lifecycle.text_failed(order)
    lifecycle.text_failed(Order.objects.get(pk=order.pk))

    order.refresh_from_db()
    assert (order.call_name, order.version) == (True, version + 1)


def at_once(*acts: object) -> list[object]:
    """Run acts in threads that start together, each with a connection of its own; results or the errors."""
    start = Barrier(len(acts))

    def run(act: object) -> object:
        start.wait(timeout=10)
        try:
            return act()  # type: ignore[operator]
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))


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
            return lifecycle.change(order, items=[factory.item("Latte", "Soy")])
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as threads:
        with transaction.atomic():
            Stock.objects.select_for_update().get(pk=oat.pk)
            change = threads.submit(change_to_soy)
            wait_until_somebody_waits_for_a_lock()
            # It waits for the oat milk and holds no soy milk that somebody with the oat milk may want next.
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


def test_placing_asks_the_database_few_times(django_assert_num_queries: object) -> None:
    station, sam = factory.cafe(), factory.customer()
    factory.stock(station, option="Oat", on_hand=9)
    factory.order(station, factory.item("Latte", "Oat"))

    # Code and lock, queues with every limit, stock read, order, items, promise, event.
    with django_assert_num_queries(7):  # type: ignore[operator]
        factory.order(station, factory.item("Latte", "Oat"), customer=sam)


def test_an_option_off_the_menu_stays_on_old_orders() -> None:
    station = factory.cafe()
    order = factory.order(station, factory.item("Latte", "Oat"))

    Option.objects.filter(name="Oat").update(retired_at=timezone.now())

    assert items_of(Order.objects.get(pk=order.pk)) == (factory.item("Latte", "Oat"),)
