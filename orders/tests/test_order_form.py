"""Tests of the order form on the order page: choosing drinks, typing an order, refusals, forms that are sent twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from inventory.models import Drink, Option, OptionGroup
from orders.items import Choice, Item
from orders.models import Channel, Order
from orders.requirements import items_of
from orders.tests import factory
from orders.tests.pages import chosen, order_latte, page_of, press, staff, words
from orders.tests.race import at_once
from stations.models import Event, Station
from tests.forms import fields_of

pytestmark = pytest.mark.django_db
QueryCount = Callable[..., Any]


def test_drink_options_and_name_make_an_order(bar: Station) -> None:
    answer = order_latte(Client(), page_of(bar))

    order = Order.objects.get()
    assert answer.headers["Location"] == f"/orders/{order.token}/"
    assert (order.channel, order.name, order.customer, order.station) == (Channel.WEB, "Sam", None, bar)
    assert items_of(order) == (Item("Latte", 1, (Choice("Size", "Large"), Choice("Milk", "Oat"))),)


def test_what_is_made_anyway_is_not_written_on_the_ticket(bar: Station) -> None:
    order_latte(Client(), page_of(bar), **{"option Milk": "Full cream"})

    assert items_of(Order.objects.get()) == (Item("Latte", 1, (Choice("Size", "Large"),)),)


def test_several_drinks_are_one_order(bar: Station) -> None:
    client = Client()
    first = press(client, chosen(client, page_of(bar), "Latte"), "add", **{"option Size": "Small", "name": "Sam"})
    second = press(client, first, "pick Tea")

    press(client, second, "order", **{"option Size": "Large", "quantity": "2", "note": "no bag"})

    order = Order.objects.get()
    assert (order.name, order.cups) == ("Sam", 3)
    assert items_of(order) == (
        Item("Latte", 1, (Choice("Size", "Small"),)),
        Item("Tea", 2, (Choice("Size", "Large"),), note="no bag"),
    )


def test_drink_is_taken_out_or_changed_before_ordering(bar: Station) -> None:
    client = Client()
    page = press(client, chosen(client, page_of(bar), "Latte"), "add", **{"option Size": "Small", "name": "Sam"})
    page = press(client, press(client, page, "pick Tea"), "add", **{"option Size": "Large"})
    page = press(client, page, "remove 0")

    press(client, press(client, page, "edit 0"), "order", **{"option Size": "Small"})

    assert items_of(Order.objects.get()) == (Item("Tea", 1, (Choice("Size", "Small"),)),)


def test_typed_order_is_shown_with_the_words_nobody_knows_and_then_placed(bar: Station) -> None:
    client = Client()

    page = press(client, client.get(page_of(bar)), "read", text="large oat latte with glitter for Sam")

    assert "Not on the menu: glitter" in words(page)
    assert not Order.objects.exists()
    press(client, page, "order")
    order = Order.objects.get()
    assert (order.name, items_of(order)) == ("Sam", (factory.item("Latte", "Large", "Oat"),))


def test_typed_order_is_asked_for_what_it_leaves_open(bar: Station) -> None:
    client = Client()

    page = press(client, client.get(page_of(bar)), "read", text="oat latte")

    assert "Choose one." in words(page)
    press(client, page, "order", **{"option Size": "Small", "name": "Sam"})
    assert items_of(Order.objects.get()) == (factory.item("Latte", "Small", "Oat"),)


def test_text_without_a_drink_is_not_lost(bar: Station) -> None:
    client = Client()

    page = press(client, client.get(page_of(bar)), "read", text="good morning everybody")

    assert "No drink of the menu was found" in words(page)
    assert 'value="good morning everybody"' in page.content.decode()


@pytest.mark.parametrize(
    ("left_out", "said"),
    [({"option Size": None}, "Choose one."), ({"name": " "}, "Say whose it is"), ({"quantity": "0"}, "from 1 to 12")],
)
def test_what_is_missing_is_said_and_what_was_chosen_stays(bar: Station, left_out: dict[str, Any], said: str) -> None:
    page = order_latte(Client(), page_of(bar), **left_out)

    assert said in words(page)
    assert fields_of(page)["option Milk"] == ["Oat"]
    assert not Order.objects.exists()


def test_order_sent_twice_is_one_order_on_the_same_page(bar: Station) -> None:
    client = Client()
    page = chosen(client, page_of(bar), "Latte")
    said = {"option Size": "Large", "name": "Sam"}

    answers = [press(client, page, "order", **said) for _ in range(2)]

    assert Order.objects.count() == 1
    assert len({answer.headers["Location"] for answer in answers}) == 1


@pytest.mark.django_db(transaction=True)
def test_order_sent_twice_in_the_same_moment_is_one_order() -> None:
    bar = factory.cafe()
    factory.stock(bar, option="Oat", on_hand=1)
    page = chosen(Client(), page_of(bar), "Latte")
    said = {"option Size": "Large", "option Milk": "Oat", "name": "Sam"}

    def order() -> Any:
        return press(Client(), page, "order", **said)

    answers: list[Any] = at_once(order, order)

    assert Order.objects.count() == 1
    assert [answer.headers["Location"] for answer in answers] == [f"/orders/{Order.objects.get().token}/"] * 2


def test_going_back_and_ordering_something_else_is_a_second_order(bar: Station) -> None:
    client = Client()
    page = chosen(client, page_of(bar), "Latte")

    for size in ("Large", "Small"):
        press(client, page, "order", **{"option Size": size, "name": "Sam"})

    assert Order.objects.count() == 2


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        ({"max_drinks_per_order": 1}, "at most 1 drinks"),
        ({"max_drinks_per_window": 2, "window_minutes": 10}, "The bar has its hands full"),
    ],
)
def test_limits_are_said_in_words(bar: Station, limits: dict[str, int], said: str) -> None:
    factory.order(bar, factory.item(quantity=2))
    client = Client()
    page = press(client, chosen(client, page_of(bar), "Tea"), "add", **{"option Size": "Small", "name": "Sam"})
    page = press(client, page, "pick Tea")
    Event.objects.update(**limits)

    answer = press(client, page, "order", **{"option Size": "Small"})

    assert said in words(answer)
    assert Order.objects.count() == 1


@pytest.mark.parametrize(
    ("of_event", "said"),
    [
        ({"paused_until": timezone.now() + dt.timedelta(hours=1)}, "No new orders until"),
        ({"last_day": dt.date(2020, 1, 1)}, "takes no more orders"),
    ],
)
def test_closed_or_paused_event_says_so_and_takes_nothing(bar: Station, of_event: dict[str, Any], said: str) -> None:
    client = Client()
    page = chosen(client, page_of(bar), "Latte")
    Event.objects.update(**of_event)

    shown = client.get(page_of(bar))
    answer = press(client, page, "order", **{"option Size": "Large", "name": "Sam"})

    assert "disabled" in shown.content.decode()
    # order.js needs `data-closed` to reload the page until the event is open, and ages.js needs `data-until` to count
    # down.
    assert "data-closed" in shown.content.decode()
    assert ("data-until" in shown.content.decode()) == ("until" in said)
    assert said in words(shown)
    assert said in words(answer)
    assert not Order.objects.exists()


def test_closed_stations_take_nothing(bar: Station) -> None:
    client = Client()
    page = chosen(client, page_of(bar), "Latte")
    Station.objects.update(is_open=False)

    answer = press(client, page, "order", **{"option Size": "Large", "name": "Sam"})

    assert "No bar takes orders just now" in words(answer)


def test_browser_has_no_more_orders_under_way_than_a_customer(bar: Station) -> None:
    Event.objects.update(max_open_orders=2)
    client = Client()

    answers = [order_latte(client, page_of(bar)) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [302, 302, 200]
    assert "You have 2 orders under way already" in words(answers[-1])
    assert order_latte(Client(), page_of(bar)).status_code == 302


def test_page_leads_to_this_browsers_open_orders_and_nobody_elses(bar: Station) -> None:
    mine, other = Client(), Client()
    order_latte(mine, page_of(bar))
    token = Order.objects.get().token

    assert f"/orders/{token}/" in mine.get(page_of(bar)).content.decode()
    assert token not in other.get(page_of(bar)).content.decode()


def test_form_of_another_site_is_refused(bar: Station) -> None:
    client = Client(enforce_csrf_checks=True)

    answer = client.post(page_of(bar), {"step": "order", "drink": "Latte", "option Size": "Large", "name": "Sam"})

    assert answer.status_code == 403
    assert not Order.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"step": "order", "basket": "W10:forged:forged"},
        {"step": "edit 7"},
        {"step": "remove -1"},
        {"step": "pick Unicorn"},
        {"step": "order", "drink": "Unicorn"},
        {"step": "read", "text": "\x1f" * 9},
        {"step": "order", "drink": "Latte", "option Size": "Huge", "quantity": "²", "name": "\x1f", "key": "x" * 999},
        {"step": ""},
    ],
)
def test_form_written_by_hand_orders_nothing(bar: Station, fields: dict[str, str]) -> None:
    answer = Client().post(page_of(bar), fields)

    assert answer.status_code == 200
    assert not Order.objects.exists()


def test_long_menu_costs_no_more_queries(bar: Station, django_assert_num_queries: QueryCount) -> None:
    client = Client()
    client.get(page_of(bar))
    with django_assert_num_queries(4):
        client.get(page_of(bar))
    milk = OptionGroup.objects.get(name="Milk")
    for number in range(40):
        Drink.objects.create(event=bar.event, name=f"Drink {number}", category="More").groups.add(milk)
        Option.objects.create(group=milk, name=f"Milk {number}")
    client.get(page_of(bar))

    with django_assert_num_queries(4):
        client.get(page_of(bar))


def test_amounts_are_chosen_and_kept_through_a_change(bar: Station) -> None:
    syrup = OptionGroup.objects.create(event=bar.event, name="Syrup", choose="many", amounts=True, position=2)
    for name in ("Vanilla", "Caramel"):
        Option.objects.create(group=syrup, name=name)
    Drink.objects.get(name="Latte").groups.add(syrup)
    client = Client()
    order_latte(client, page_of(bar), **{"option Syrup Vanilla": "2", "option Syrup Caramel": "light"})
    order = Order.objects.get()
    syrups = (Choice("Syrup", "Vanilla", 2), Choice("Syrup", "Caramel", "light"))

    page = client.get(f"/orders/{order.token}/change/")
    press(client, page, "order", **{"option Size": "Small"})

    assert items_of(Order.objects.get())[0].choices == (Choice("Size", "Small"), Choice("Milk", "Oat"), *syrups)


def payloads(baskets: Iterable[str]) -> set[str]:
    """Return the baskets without their signatures, which contain the time and so differ for equal baskets."""
    return {basket.partition(":")[0] for basket in baskets}


def test_basket_never_holds_more_than_an_order_may(bar: Station) -> None:
    Event.objects.update(max_drinks_per_order=3)
    client = Client()
    page = press(client, chosen(client, page_of(bar), "Latte"), "add", **{"option Size": "Small", "quantity": "3"})
    full = fields_of(page)["basket"]

    page = press(client, press(client, page, "pick Latte"), "add", **{"option Size": "Small"})

    assert "One order holds at most 3 drinks" in words(page)
    assert payloads(fields_of(page)["basket"]) == payloads(full)
    page = press(client, client.get(page_of(bar)), "read", text="4 small lattes")
    assert "One order holds at most 3 drinks" in words(page)
    assert set(fields_of(page).get("basket", [""])) == {""}


def test_basket_of_yesterday_is_refused_in_words_on_public_pages_alone(
    bar: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, tablet, walk_in = Client(), staff(), f"/stations/{bar.slug}/new/"
    old = press(client, chosen(client, page_of(bar), "Latte"), "add", **{"option Size": "Small", "name": "Sam"})
    kept = press(tablet, chosen(tablet, walk_in, "Latte"), "add", **{"option Size": "Small", "name": "Sam"})
    monkeypatch.setattr("orders.ordering.order_form.BASKET_HOLDS", -1)

    page = press(client, old, "order")
    press(tablet, kept, "order")

    assert "This page was open for too long" in words(page)
    assert Order.objects.get().channel == Channel.WALK_IN
