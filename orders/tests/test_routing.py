from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from inventory.models import Drink, touch_menu
from orders import lifecycle
from orders.models import Order
from orders.refusals import CannotBeMade
from orders.requirements import Part
from orders.routing import in_place_of, wait_now, wait_of
from orders.statements import workload_of
from orders.tests import factory
from orders.waits import Wait

pytestmark = pytest.mark.django_db


def test_an_order_goes_where_it_is_ready_first_counting_minutes_not_orders() -> None:
    bar_1 = factory.cafe()
    bar_2 = factory.station(bar_1.event, "Bar 2", position=1)
    at_1 = factory.order(bar_1, factory.item("Mocha", quantity=2))  # 6 minutes of work
    at_2 = factory.order(bar_1, factory.item("Tea"))  # half a minute of work
    also_at_2 = factory.order(bar_1, factory.item("Tea"))

    assert [order.station for order in (at_1, at_2, also_at_2)] == [bar_1, bar_2, bar_2]


def test_two_baristas_make_a_queue_half_as_long() -> None:
    bar_1 = factory.cafe()
    bar_2 = factory.station(bar_1.event, "Bar 2", position=1, baristas=2)
    for station in (bar_1, bar_2):
        for _ in range(2):
            order = factory.order(bar_1, factory.item("Mocha"))
            Order.objects.filter(pk=order.pk).update(station=station)

    assert factory.order(bar_1).station == bar_2


def test_closed_paused_and_unable_stations_get_nothing() -> None:
    able = factory.cafe()
    able.position = 9
    able.save()
    factory.station(able.event, "Closed", position=1, is_open=False)
    later = timezone.now() + dt.timedelta(minutes=5)
    factory.station(able.event, "Paused", position=2, paused_until=later)
    without_oat = factory.station(able.event, "No oat", position=3)
    factory.cannot_make(without_oat, option="Oat")

    assert factory.order(able, factory.item("Latte", "Oat")).station == able
    assert factory.order(able, factory.item("Latte")).station == without_oat


def test_sold_out_until_a_time_ends_by_itself() -> None:
    station = factory.cafe()
    gap = factory.cannot_make(station, drink="Mocha", until=timezone.now() + dt.timedelta(minutes=5))

    with pytest.raises(CannotBeMade):
        factory.order(station, factory.item("Mocha"))
    gap.until = timezone.now() - dt.timedelta(seconds=1)
    gap.save()
    station.event.refresh_from_db()

    assert factory.order(station, factory.item("Mocha")).station == station


def test_a_default_that_is_sold_out_stands_in_the_way_too() -> None:
    station = factory.cafe()
    factory.cannot_make(station, option="Full cream")

    with pytest.raises(CannotBeMade) as refused:
        factory.order(station, factory.item("Latte"))

    assert (refused.value.missing, refused.value.instead) == (("Full cream",), ("Oat", "Soy"))
    assert factory.order(station, factory.item("Latte", "Soy")).station == station


def test_what_no_station_can_make_is_named_with_what_there_is_instead() -> None:
    bar_1 = factory.cafe()
    bar_2 = factory.station(bar_1.event, "Bar 2")
    for station in (bar_1, bar_2):
        factory.cannot_make(station, drink="Mocha")

    with pytest.raises(CannotBeMade) as refused:
        factory.order(bar_1, factory.item("Mocha"))

    assert (refused.value.missing, refused.value.instead) == (("Mocha",), ("Latte",))


def test_without_an_open_station_nothing_is_named() -> None:
    station = factory.cafe()
    station.is_open = False
    station.save()

    with pytest.raises(CannotBeMade) as refused:
        factory.order(station)

    assert (refused.value.missing, refused.value.instead) == ((), ())


def test_an_order_of_two_drinks_goes_to_the_one_station_that_makes_both() -> None:
    bar_1 = factory.cafe()
    bar_2 = factory.station(bar_1.event, "Bar 2", position=1)
    factory.cannot_make(bar_1, drink="Tea")

    assert factory.order(bar_1, factory.item("Latte"), factory.item("Tea")).station == bar_2


def test_a_changed_order_stays_where_it_is_unless_that_station_cannot_make_it() -> None:
    bar_1 = factory.cafe()
    bar_2 = factory.station(bar_1.event, "Bar 2", position=1)
    factory.cannot_make(bar_1, drink="Tea")
    order = factory.order(bar_1, factory.item("Latte"))
    factory.order(bar_1, factory.item("Mocha", quantity=3))

    lifecycle.change(order, items=[factory.item("Mocha")])
    assert order.station == bar_1
    lifecycle.change(order, items=[factory.item("Tea")])
    assert order.station == bar_2


def test_stock_of_one_station_is_not_stock_of_the_other() -> None:
    bar_1 = factory.cafe()
    bar_2 = factory.station(bar_1.event, "Bar 2", position=1)
    factory.stock(bar_1, option="Oat", on_hand=0)
    factory.stock(bar_2, option="Oat", on_hand=1)

    assert factory.order(bar_1, factory.item("Latte", "Oat")).station == bar_2


def test_the_wait_is_a_range_with_the_place_in_the_queue() -> None:
    station = factory.cafe()
    first = factory.order(station, factory.item("Mocha"))
    second = factory.order(station, factory.item("Latte"))

    assert wait_of(first) == Wait(position=1, earliest=2, latest=5)
    assert wait_of(second) == Wait(position=2, earliest=3, latest=8)
    lifecycle.start(first, by=None)
    assert wait_of(second) == Wait(position=2, earliest=2, latest=6)
    lifecycle.mark_ready(first, by=None)
    assert wait_of(first) == Wait(0, 0, 0)


def test_the_quote_is_the_wait_at_placing() -> None:
    station = factory.cafe()
    factory.order(station, factory.item("Mocha"))

    order = factory.order(station, factory.item("Latte"))

    assert order.quoted_from
    assert order.quoted_to
    assert order.quoted_from - order.placed_at == dt.timedelta(minutes=3)
    assert order.quoted_to - order.placed_at == dt.timedelta(minutes=8)


# drinks and options that are offered in place of a missing one ------------------------------------


def test_only_the_drink_that_is_missing_is_replaced_in_what_is_offered() -> None:
    station = factory.cafe()
    factory.cannot_make(station, drink="Mocha")
    # There is enough milk for the latte in place of the mocha, but not for another latte in place of the tea.
    factory.stock(station, option="Full cream", on_hand=1)

    with pytest.raises(CannotBeMade) as refused:
        factory.order(station, factory.item("Mocha"), factory.item("Tea"))

    assert refused.value.instead == ("Latte",)


def test_an_option_is_offered_also_where_another_drink_of_the_order_has_none_of_its_kind() -> None:
    station = factory.cafe()
    factory.cannot_make(station, option="Oat")

    with pytest.raises(CannotBeMade) as refused:
        factory.order(station, factory.item("Latte", "Oat"), factory.item("Tea"))

    assert refused.value.instead == ("Full cream", "Soy")


def test_another_drink_is_offered_with_the_options_that_it_has_and_without_those_that_it_has_not() -> None:
    station = factory.cafe()
    Drink.objects.create(event=station.event, name="Espresso", category="Coffee")
    touch_menu(station.event.pk)
    station.event.refresh_from_db()
    factory.cannot_make(station, drink="Mocha")
    # The latte's default milk cannot be made, but the latte would be made with the oat milk that was ordered for the
    # mocha.
    factory.cannot_make(station, option="Full cream")

    with pytest.raises(CannotBeMade) as refused:
        factory.order(station, factory.item("Mocha", "Oat"))

    assert set(refused.value.instead) == {"Latte", "Espresso"}


def test_a_barista_offers_anything_but_what_is_out() -> None:
    station = factory.cafe()
    order = factory.order(station, factory.item("Latte", "Large", "Oat"))

    assert in_place_of(order, Part("Oat", "Milk")) == ("Full cream", "Soy")
    assert in_place_of(order, Part("Latte")) == ("Mocha",)


def test_nothing_is_offered_while_something_else_of_the_cup_is_out_too() -> None:
    station = factory.cafe()
    order = factory.order(station, factory.item("Latte", "Large", "Oat"))
    factory.cannot_make(station, option="Large")

    assert in_place_of(Order.objects.get(pk=order.pk), Part("Oat", "Milk")) == ()


def test_what_a_station_does_not_count_never_runs_out_there() -> None:
    bar_1 = factory.cafe()
    bar_2 = factory.station(bar_1.event, "Bar 2", position=1)
    factory.stock(bar_2, option="Oat", on_hand=0)

    order = factory.order(bar_1, factory.item("Latte", "Oat"))

    assert (order.station, order.reserved) == (bar_1, [])


def test_the_wait_for_one_more_drink_is_that_of_the_quickest_open_station() -> None:
    bar_1 = factory.cafe()
    factory.station(bar_1.event, "Bar 2", position=1, is_open=False)
    factory.order(bar_1, factory.item("Mocha", quantity=4))
    queues, now = workload_of(bar_1.event).queues, timezone.now()

    busy, none_open = wait_now(queues, now), wait_now([q for q in queues if q.station != bar_1], now)

    assert busy is not None
    assert busy.latest > 10
    assert none_open is None


def test_a_changed_order_for_later_moves_to_the_bar_that_has_least_to_do_then() -> None:
    bar_1 = factory.cafe(max_open_orders=0)
    bar_2, bar_3 = (factory.station(bar_1.event, f"Bar {number}", position=number) for number in (2, 3))
    factory.cannot_make(bar_1, drink="Tea")
    then = timezone.now() + dt.timedelta(hours=1)
    factory.order(bar_1, factory.item(quantity=4), at=bar_2)
    factory.order(bar_1, factory.item(quantity=4), at=bar_3, wanted_at=then)
    order = factory.order(bar_1, at=bar_1, wanted_at=then)

    assert lifecycle.change(order, items=[factory.item("Tea")]).order.station == bar_2
