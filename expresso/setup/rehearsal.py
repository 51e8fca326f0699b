"""Rehearsals, in which baristas practise with made-up orders. No report or statistic counts these orders.

A tap by staff ends the rehearsal and closes its orders."""

from __future__ import annotations

import datetime as dt
import random

import structlog
from django.db import transaction
from django.utils import timezone

from accounts.models import User, record
from inventory.snapshot import menu_of
from orders import lifecycle
from orders.items import Choice, Item
from orders.models import Channel, Order
from orders.refusals import Refusal
from orders.statuses import TO_MAKE
from stations.models import Event

log = structlog.get_logger(__name__)

#: A rehearsal ends by itself after this time.
LASTS = dt.timedelta(minutes=30)
#: Maximum number of made-up orders that are open at the same time, for each barista.
OPEN_PER_BARISTA = 6
#: Every five seconds, the worker places an order at each event with a rehearsal, with this probability.
OFTEN = 0.5
#: Word before the name on a made-up order. It is shown on every ticket and wall display.
MARK = "Practice"
_NAMES = ("Ada", "Bo", "Cleo", "Dara", "Emil", "Fay", "Gus", "Hana", "Ivo", "Juno", "Kit", "Lou", "Mio", "Nia")


def start_rehearsal(event: Event, *, by: User) -> None:
    Event.objects.filter(pk=event.pk).update(rehearsal_until=timezone.now() + LASTS)
    record("rehearsal started", event, by=by, event=event.pk)


@transaction.atomic
def end_rehearsal(event: Event, *, by: User) -> int:
    """End the rehearsal: make up no more orders, and close the open made-up orders. Return how many were closed.

    Closed orders are on no board and in no list. They are not deleted, because the history of an order is never
    deleted."""
    Event.objects.filter(pk=event.pk).update(rehearsal_until=None)
    made_up = list(Order.objects.open().filter(event=event, practice=True).select_related("event", "station"))
    for order in made_up:
        end = lifecycle.cancel if order.status in TO_MAKE else lifecycle.collect
        end(order, by=by)
    record("rehearsal ended", event, by=by, event=event.pk, closed=len(made_up))
    return len(made_up)


def is_on(event: Event) -> bool:
    return event.rehearsal_until is not None and event.rehearsal_until > timezone.now()


def place_orders() -> None:
    """Place a made-up order, with probability OFTEN, at each event with a rehearsal.

    The worker calls this every five seconds."""
    for event in Event.objects.filter(rehearsal_until__gt=timezone.now()):
        open_now = Order.objects.open().filter(event=event, practice=True).count()
        baristas = sum(event.stations.filter(is_open=True).values_list("baristas", flat=True))
        if open_now < OPEN_PER_BARISTA * baristas and random.random() < OFTEN:
            place_one(event)


def place_one(event: Event) -> Order | None:
    """Place a made-up order and return it. Return None if the menu is empty or no station can make the order."""
    drinks = menu_of(event).menu.drinks
    if not drinks:
        return None
    items = [_item(event) for _ in range(random.choice((1, 1, 1, 2)))]
    try:
        return lifecycle.place(
            event, items=items, channel=Channel.SMS, name=f"{MARK} {random.choice(_NAMES)}", practice=True
        ).order
    except Refusal as refusal:
        log.info("practice_refused", event=event.pk, why=type(refusal).__name__)
        return None


def _item(event: Event) -> Item:
    menu = menu_of(event).menu
    drink = random.choice(menu.drinks)
    choices = [
        Choice(group.name, random.choice(group.options).name)
        for name in drink.groups
        if (group := menu.group_by_name[name]).options and (group.ask or random.random() < 0.4)
    ]
    return Item(drink.name, random.choice((1, 1, 1, 2)), tuple(choices))
