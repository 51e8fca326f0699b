"""Functions that create rows for tests: an event with a small menu, its stations, users and orders."""

from __future__ import annotations

from decimal import Decimal
from itertools import count
from typing import Any

from accounts.models import Customer, Membership, Role, User
from inventory.models import CannotMake, Drink, Ingredient, Option, OptionGroup, Stock, Use, touch_menu
from orders import lifecycle
from orders.items import Choice, Item
from orders.models import Channel, Order
from stations.models import Event, Station

_numbers = count(1)


def event(**fields: Any) -> Event:
    number = next(_numbers)
    given = {
        "name": f"Event {number}",
        "slug": f"event-{number}",
        "sms_number": f"+1555010{number:04}",
        "ready_grace_seconds": 0,
    } | fields
    return Event.objects.create(**given)


def station(at: Event, name: str = "Bar 1", **fields: Any) -> Station:
    return Station.objects.create(event=at, name=name, slug=f"{at.slug}-{name.lower().replace(' ', '-')}", **fields)


def menu(of: Event) -> None:
    """Create a menu: latte (2 min) and mocha (3 min) with sizes and milks, and tea (0.5 min) without milk."""
    # Rows are inserted in bulk, because every second test creates this menu.
    size, milk = OptionGroup.objects.bulk_create(
        [
            OptionGroup(event=of, name="Size", ask=True),
            OptionGroup(event=of, name="Milk", position=1, role="milk"),
        ]
    )
    named = ((size, "Small"), (size, "Large"), (milk, "Full cream"), (milk, "Oat"), (milk, "Soy"))
    options = Option.objects.bulk_create([Option(group=group, name=name) for group, name in named])
    OptionGroup.objects.filter(pk=milk.pk).update(default=options[2])
    made = (("Latte", "Coffee", "2.0"), ("Mocha", "Coffee", "3.0"), ("Tea", "Tea", "0.5"))
    latte, mocha, tea = Drink.objects.bulk_create(
        [Drink(event=of, name=name, category=category, minutes=Decimal(minutes)) for name, category, minutes in made]
    )
    of_drink = Drink.groups.through
    pairs = ((latte, size), (latte, milk), (mocha, size), (mocha, milk), (tea, size))
    of_drink.objects.bulk_create([of_drink(drink=drink, optiongroup=group) for drink, group in pairs])
    touch_menu(of.pk)
    of.refresh_from_db()


def cafe(**fields: Any) -> Station:
    """Create an event with a menu and one station. Return the station."""
    of = event(**fields)
    menu(of)
    return station(of)


def cannot_make(at: Station, *, drink: str = "", option: str = "", **fields: Any) -> CannotMake:
    row = CannotMake.objects.create(
        station=at,
        drink=Drink.objects.get(event=at.event, name=drink) if drink else None,
        option=Option.objects.get(group__event=at.event, name=option) if option else None,
        **fields,
    )
    at.event.refresh_from_db()
    return row


def stock(at: Station, *, option: str, on_hand: int, per_cup: int = 1) -> Stock:
    ingredient, made = Ingredient.objects.get_or_create(event=at.event, name=f"{option} milk", unit="cups")
    if made:
        of = Option.objects.get(group__event=at.event, name=option)
        Use.objects.create(ingredient=ingredient, option=of, amount=per_cup)
    row = Stock.objects.create(station=at, ingredient=ingredient, on_hand=on_hand)
    at.event.refresh_from_db()
    return row


def customer(name: str = "Sam", **fields: Any) -> Customer:
    return Customer.objects.create(name=name, **{"phone": f"+1555020{next(_numbers):04}"} | fields)


ADMIN = "admin"


def user(name: str, role: str = Role.BARISTA, at: Event | None = None) -> User:
    """Create a user with a role at the event `at`, or an admin.

    Without `at` the user gets the role at every existing event."""
    made = User.objects.create_user(
        username=name, password="a long enough one", first_name=name.title(), is_superuser=role == ADMIN
    )
    if role != ADMIN:
        for each in [at] if at else Event.objects.all():
            Membership.objects.create(user=made, event=each, role=role)
    return made


def item(drink: str = "Latte", *options: str, quantity: int = 1, **fields: Any) -> Item:
    groups = {"Small": "Size", "Large": "Size"}
    return Item(drink, quantity, tuple(Choice(groups.get(o, "Milk"), o) for o in options), **fields)


def order(near: Station, /, *items: Item, **fields: Any) -> Order:
    given: dict[str, Any] = {"channel": Channel.SMS, "name": "Sam"} | fields
    return lifecycle.place(near.event, items=items or (item(),), **given).order
