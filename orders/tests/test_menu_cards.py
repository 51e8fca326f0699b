"""Tests of the menu on the order page: drawings, contents of drinks, what is sold out, search and past orders."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.utils import timezone

from accounts.models import Role
from expresso.machine import BASE_DIR
from inventory.importing import import_menu
from inventory.menu import Menu, MenuDrink, MenuGroup, MenuOption
from inventory.menu_file import read_menu
from inventory.models import Drink, Ingredient, Option, OptionGroup, Stock, Use
from orders import lifecycle
from orders.display.cups import cup_of, made_of_said
from orders.items import Choice, Item
from orders.models import Order
from orders.requirements import items_of
from orders.tests import factory
from orders.tests.pages import chosen, order_latte, page_of, press, words
from stations.models import Event, Station

pytestmark = pytest.mark.django_db
QueryCount = Callable[..., Any]
DEMO_MENU = BASE_DIR / "expresso" / "demo" / "menu.yaml"

SIZE = MenuGroup("Size", tuple(map(MenuOption, ("Small", "Regular", "Large"))), role="size", ask=True)
MILK = MenuGroup("Milk", tuple(map(MenuOption, ("Full cream", "Oat", "No milk"))), role="milk", default="Full cream")
LATTE = MenuDrink("Latte", "Coffee", groups=("Size", "Milk"), made_of=("espresso", "milk", "milk", "foam"))
LONG_BLACK = MenuDrink(
    "Long black", "Coffee", groups=("Milk",), defaults=(("Milk", "No milk"),), made_of=("water", "espresso")
)
BUN = MenuDrink("Bun", "Food")
MENU = Menu("Cups", (LATTE, LONG_BLACK, BUN), (SIZE, MILK))


def heights(item: Item) -> dict[str, float]:
    """Return the height of each layer in the drawing of a cup."""
    found = {}
    for layer in cup_of(MENU, item).layers:
        ups = re.match(r"M[\d.-]+ ([\d.]+).*L[\d.]+ ([\d.]+)h", layer.path)
        assert ups
        found[layer.kind] = round(float(ups[2]) - float(ups[1]), 1)
    return found


# drawings of cups ---------------------------------------------------------------------------------


def test_layers_stand_on_one_another_and_twice_is_twice_as_high() -> None:
    latte = heights(Item("Latte"))

    assert list(latte) == ["espresso", "milk", "foam"]
    assert latte["milk"] == pytest.approx(2 * latte["espresso"], abs=0.2)


def test_drawing_says_which_size_and_milk_were_chosen() -> None:
    usual = cup_of(MENU, Item("Latte"))
    large_oat = cup_of(MENU, Item("Latte", 1, (Choice("Size", "Large"), Choice("Milk", "Oat"))))

    assert (usual.size, usual.milk_chip) == ("middle", "1")
    assert (large_oat.size, large_oat.milk_chip) == ("large", "2")


def test_drink_without_sizes_is_the_smallest_cup_beside_drinks_that_have_them() -> None:
    assert cup_of(MENU, Item("Long black")).size == "small"


def test_milk_in_a_drink_without_any_is_a_splash_on_top() -> None:
    assert list(heights(Item("Long black"))) == ["water", "espresso", "splash"]
    assert cup_of(MENU, Item("Long black")).milk_chip == "without"


@pytest.mark.parametrize("drink", ["Bun", "Gone from the menu"])
def test_drink_that_says_nothing_is_a_plain_cup(drink: str) -> None:
    plain = cup_of(MENU, Item(drink))

    assert (plain.layers, plain.outline) == ((), "cup")


@pytest.mark.parametrize(
    ("made_of", "said"),
    [
        ((), ""),
        (("espresso",), "Espresso"),
        (("espresso", "milk", "milk", "milk", "foam"), "Espresso, lots of milk, milk foam"),
        (("espresso", "espresso", "foam"), "Double espresso, milk foam"),
        (("coffee", "coffee", "ice"), "Filter coffee, ice"),
    ],
)
def test_a_line_says_what_a_drink_is(made_of: tuple[str, ...], said: str) -> None:
    assert made_of_said(made_of) == said


def test_the_orders_page_draws_its_cups_as_they_were_chosen(bar: Station) -> None:
    Drink.objects.filter(name="Latte").update(made_of=["espresso", "milk"])
    Event.objects.update(menu_version=99)
    client = Client()
    order_latte(client, page_of(bar), quantity="1")

    page = client.get(f"/orders/{Order.objects.get().token}/").content.decode()

    [drawing] = re.findall(r'<svg class="cup".*?</svg>', page, re.S)
    assert 'data-milk="2"' in drawing
    assert re.findall(r'<path class="(\w+)"', drawing) == ["espresso", "milk"]


# cards of drinks ----------------------------------------------------------------------------------


@pytest.fixture
def demo_bar(bar: Station) -> Station:
    """Return a station of an event that has the demonstration's menu."""
    import_menu(bar.event, read_menu(DEMO_MENU.read_text()))
    bar.event.refresh_from_db()
    return bar


def test_card_says_what_a_drink_is_and_contains(demo_bar: Station) -> None:
    assert "Latte Espresso, lots of milk, milk foam Contains dairy, lactose, caffeine" in words(
        Client().get(page_of(demo_bar))
    )


def test_card_speaks_the_pages_language(demo_bar: Station) -> None:
    Event.objects.update(languages=["en", "de"])

    said = words(Client().get(page_of(demo_bar), {"language": "de"}))

    assert "Heiße Schokolade Schokolade, viel Milch, Milchschaum Enthält" in said


def test_menu_that_states_nothing_claims_nothing(bar: Station) -> None:
    said = words(Client().get(page_of(bar)))

    assert "Latte" in said
    assert "Contains" not in said


def test_what_depends_on_a_choice_that_is_asked_for_is_said(bar: Station) -> None:
    Drink.objects.update(contains=["caffeine"])
    Option.objects.filter(group__name="Milk").update(contains=["dairy"])
    OptionGroup.objects.filter(name="Milk").update(default=None, ask=True)
    Event.objects.update(menu_version=99)

    assert "Contains caffeine; more depends on: Milk" in words(Client().get(page_of(bar)))


def test_open_drink_claims_nothing_of_the_milk_that_is_being_chosen(demo_bar: Station) -> None:
    said = words(chosen(Client(), page_of(demo_bar), "Latte"))

    assert "Contains caffeine; more depends on: Milk" in said
    assert "Contains dairy" not in said
    assert "Oat gluten" in said


def test_sold_out_drink_says_until_when(bar: Station) -> None:
    until = timezone.now() + dt.timedelta(minutes=40)
    factory.cannot_make(bar, drink="Mocha", until=until)
    other = factory.station(bar.event, "Bar 2")
    factory.cannot_make(other, drink="Mocha")

    said = words(Client().get(page_of(bar)))

    # If the time is after midnight, the page shows the weekday before the time.
    assert re.search(rf"Mocha Sold out until (\w{{3}} )?{bar.event.local(until):%H:%M}", said)


def test_used_up_stock_is_told_from_what_was_taken_off(bar: Station) -> None:
    beans = Ingredient.objects.create(event=bar.event, name="Cocoa", unit="g")
    Use.objects.create(ingredient=beans, drink=Drink.objects.get(name="Mocha"), amount=10)
    Stock.objects.create(station=bar, ingredient=beans, on_hand=5)
    factory.cannot_make(bar, drink="Tea")

    said = words(Client().get(page_of(bar)))

    assert "Mocha Used up" in said
    assert "Tea Sold out" in said


# searching the menu -------------------------------------------------------------------------------


def drinks_of(page: Any) -> list[str]:
    return re.findall(r'class="card-title">([^<]+)<', page.content.decode())


def long_menu(bar: Station, drinks: int) -> None:
    for number in range(drinks - Drink.objects.filter(event=bar.event).count()):
        Drink.objects.create(event=bar.event, name=f"Tea no {number}", category="Tea")
    bar.event.refresh_from_db()


@pytest.mark.parametrize(("drinks", "has_search"), [(20, False), (21, True)])
def test_menu_of_more_than_twenty_drinks_has_a_search(bar: Station, drinks: int, has_search: bool) -> None:
    long_menu(bar, drinks)

    assert (b'type="search"' in Client().get(page_of(bar)).content) is has_search


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("choc", ["Mocha", "Hot chocolate"]),
        ("MILK coffee", ["Latte"]),
        ("thé anglais", ["English breakfast tea"]),
        ("kalt", ["Cold brew"]),
        ("unicorn", []),
    ],
)
def test_search_finds_by_any_word_that_customers_may_text(demo_bar: Station, asked: str, found: list[str]) -> None:
    Drink.objects.filter(name="Latte").update(aliases=["milk coffee"])
    Event.objects.update(menu_version=99)

    page = Client().get(page_of(demo_bar), {"q": asked})

    assert drinks_of(page) == found
    assert found or "Nothing on the menu goes by “unicorn”." in words(page)


def test_search_keeps_the_drinks_chosen_so_far(bar: Station) -> None:
    client = Client()
    first = press(client, chosen(client, page_of(bar), "Latte"), "add", **{"option Size": "Small", "name": "Sam"})

    page = press(client, first, "menu", q="tea")

    assert drinks_of(page) == ["Tea"]
    assert "1 × Latte" in words(page)


# ordering the same drinks again -------------------------------------------------------------------


def closes(order: Order) -> Order:
    maya = factory.user(f"maya-{order.pk}", Role.BARISTA)
    lifecycle.start(order, by=maya)
    lifecycle.mark_ready(order, by=maya)
    return lifecycle.collect(order, by=maya)


def test_one_tap_orders_what_this_browser_ordered_before(bar: Station) -> None:
    client = Client()
    order_latte(client, page_of(bar))
    before = closes(Order.objects.get())

    answer = press(client, client.get(page_of(bar)), f"again {before.token}")

    again = Order.objects.latest("pk")
    assert answer.headers["Location"] == f"/orders/{again.token}/"
    assert again.pk != before.pk
    assert (again.name, items_of(again)) == ("Sam", items_of(before))


def test_second_tap_on_order_again_orders_nothing_more(bar: Station) -> None:
    client = Client()
    order_latte(client, page_of(bar))
    before = closes(Order.objects.get())
    page = client.get(page_of(bar))

    first, second = (press(client, page, f"again {before.token}") for _ in range(2))

    assert first.headers["Location"] == second.headers["Location"]
    assert Order.objects.count() == 2


def test_change_takes_the_drinks_into_the_form(bar: Station) -> None:
    client = Client()
    order_latte(client, page_of(bar))
    before = closes(Order.objects.get())

    page = press(client, client.get(page_of(bar)), f"take {before.token}")
    press(client, page, "order", **{"option Milk": "Soy"})

    assert items_of(Order.objects.latest("pk")) == (Item("Latte", 1, (Choice("Size", "Large"), Choice("Milk", "Soy"))),)


def test_what_was_ordered_more_often_is_the_usual_and_stands_first(bar: Station) -> None:
    client = Client()
    for milk in ("Oat", "Oat", "Soy"):
        order_latte(client, page_of(bar), **{"option Milk": milk})
        closes(Order.objects.latest("pk"))

    said = words(client.get(page_of(bar)))

    assert "Your usual 1 × Latte Oat Large" in said
    assert said.index("Latte Oat Large") < said.index("Latte Soy Large")


def test_what_is_sold_out_meanwhile_is_refused_and_not_offered(bar: Station) -> None:
    client = Client()
    order_latte(client, page_of(bar))
    before = closes(Order.objects.get())
    page = client.get(page_of(bar))
    factory.cannot_make(bar, option="Oat")

    answer = press(client, page, f"again {before.token}")

    assert "Sold out just now: Oat." in words(answer)
    assert Order.objects.count() == 1
    assert "Order again" not in words(client.get(page_of(bar)))


def test_other_browsers_and_typed_numbers_reveal_no_order(bar: Station) -> None:
    """Anybody can type somebody else's number on the order page, so the number must not reveal past orders."""
    client = Client()
    order_latte(client, page_of(bar), phone="+15550200001")
    before = closes(Order.objects.get())
    stranger = Client()

    page = stranger.get(page_of(bar))
    answer = press(stranger, page, f"again {before.token}", phone="+15550200001", name="Eve")

    assert "The same again?" in words(client.get(page_of(bar)))
    assert "The same again?" not in words(page)
    assert "Sam" not in words(answer)
    assert Order.objects.count() == 1


def test_other_events_orders_are_not_offered(bar: Station) -> None:
    client = Client()
    order_latte(client, page_of(bar))
    elsewhere = factory.cafe()

    assert "The same again?" not in words(client.get(page_of(elsewhere)))


def test_twenty_past_orders_cost_as_many_queries_as_one(bar: Station, django_assert_num_queries: QueryCount) -> None:
    Event.objects.update(max_open_orders=0, max_drinks_per_order=50)
    client = Client()
    order_latte(client, page_of(bar))
    closes(Order.objects.get())
    client.get(page_of(bar))
    with django_assert_num_queries(7):
        client.get(page_of(bar))
    for number in range(5):
        order_latte(client, page_of(bar), note=f"number {number}")
    client.get(page_of(bar))

    with django_assert_num_queries(7):
        client.get(page_of(bar))


# size of the page in bytes ------------------------------------------------------------------------

#: Maximum size of HTML, styles, scripts and drawings together, in bytes, before compression and without fonts.
MOST_BYTES = 60 * 1024


def weight(page: Any) -> dict[str, int]:
    html = page.content.decode()
    wanted = set(re.findall(r'(?:href|src)="/static/([^"#]+\.(?:css|js|svg))', html))
    files: dict[str, int] = {}
    while wanted:
        name = wanted.pop()
        found = finders.find(name)
        assert isinstance(found, str), name
        text = Path(found).read_text()
        files[name] = len(text.encode())
        if name.endswith(".js"):
            wanted |= {f"js/{each}" for each in re.findall(r'(?:from|import) "\./([^"]+)"', text)} - files.keys()
    return files | {"html": len(html.encode())}


@pytest.mark.parametrize("asked", [{}, {"drink": "Latte"}])
def test_order_page_is_light(demo_bar: Station, asked: dict[str, str]) -> None:
    bytes_of = weight(Client().get(page_of(demo_bar), asked))

    assert {"html", "css/order.css", "css/cups.css", "js/order.js", "js/dom.js", "icons.svg"} <= bytes_of.keys()
    assert sum(bytes_of.values()) <= MOST_BYTES, bytes_of
