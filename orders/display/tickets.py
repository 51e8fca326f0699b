"""Tickets, i.e. the orders as a barista's board shows them, and batches of cups with the same milk.

A line of a ticket lists only those options of a drink that differ from the drink's defaults."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext as _

from inventory.menu import Menu, MenuDrink
from inventory.naming import drink_titled, option_titled, option_within
from inventory.snapshot import Snapshot, menu_of
from orders.display.amounts import with_amount
from orders.display.milk_chips import chip_of
from orders.items import Choice, Item
from orders.messaging.change_requests import wished
from orders.messaging.messages import Talk
from orders.models import Order
from orders.requirements import drinks_digest, items_of
from orders.statuses import BEING_MADE, NOT_STARTED, STATUSES
from stations.models import Station
from stations.money import spoken_amount


@dataclass(frozen=True, slots=True)
class Difference:
    """An option of an ordered drink that differs from the drink's default, so that the barista has to see it.

    Milks come first and are shown as chips (small coloured labels), because the wrong milk is a costly mistake."""

    text: str
    group: str
    option: str
    #: The colour of the milk's chip, from `milk_chips.chip_of`; "" for an option that is not a milk.
    milk_chip: str = ""

    @property
    def is_milk(self) -> bool:
        return bool(self.milk_chip)


@dataclass(frozen=True, slots=True)
class TicketLine:
    quantity: int
    drink: str
    differences: tuple[Difference, ...]
    name: str
    note: str
    pk: int | None = None
    made: bool = False


@dataclass(frozen=True, slots=True)
class VoidLabels:
    """Printed labels that are wrong now, because the order's drinks or name changed after the labels were printed."""

    #: True if new labels were printed or wait for the printer.
    are_replaced: bool


@dataclass(frozen=True, slots=True, eq=False)
class Ticket:
    """Everything that a board shows of an order. Tickets are cached: an unchanged order keeps its Ticket object."""

    pk: int
    code: str
    name: str
    status: str
    version: int
    placed_at: dt.datetime
    ready_at: dt.datetime | None
    note: str
    call_name: bool
    vip: bool
    is_first: bool
    #: Name of the barista who makes the order; "" if nobody has started the order.
    maker: str
    maker_pk: int | None
    lines: tuple[TicketLine, ...]
    #: Digest of the drinks and notes. When a barista taps the ticket, the tablet sends it along. If it does not fit the
    #: order any more, the barista has not seen the latest change.
    drinks: str
    #: The time range that the customer was quoted for the order to be ready.
    quoted_from: dt.datetime | None
    quoted_to: dt.datetime | None
    #: Time for which the customer wants the order; None means as soon as possible.
    wanted_at: dt.datetime | None
    #: Whether the order is paid. `due` is the amount that the barista has to collect, such as "3.50 EUR", or "".
    is_paid: bool
    due: str
    #: The verb (see `orders.steps`) of the ticket's big button.
    next_verb: str
    #: Whether the barista can tick off the lines of the ticket one by one.
    ticks: bool
    #: What the customer asks the barista to make instead of the ordered drinks. An empty tuple: to cancel the order.
    #: None: the customer asks for no change.
    wish: tuple[TicketLine, ...] | None
    talk: Talk
    void_labels: VoidLabels | None


def lines_of(order: Order, snapshot: Snapshot, language: str = "") -> tuple[TicketLine, ...]:
    """Return a line for each item of the order, with the options that differ from the drink's defaults, milk first."""
    lines = lines_from(items_of(order, snapshot.menu), snapshot, language)
    return tuple(replace(line, pk=row.pk, made=row.made) for line, row in zip(lines, order.items.all(), strict=True))


def lines_from(items: Iterable[Item], snapshot: Snapshot, language: str = "") -> tuple[TicketLine, ...]:
    """Return one line for each item. The items do not have to be stored in the database.

    Names are in `language`; "" means untranslated names."""
    lines = []
    for item in items:
        drink = snapshot.menu.drink_by_name.get(item.drink)
        usual = _defaults_of(snapshot, drink) if drink else set()
        said = [c for c in item.choices if c.amount is not None or (c.group, c.option) not in usual]
        told = (_difference(choice, snapshot.menu, language) for choice in said)
        differences = sorted(told, key=lambda difference: not difference.is_milk)
        title = drink_titled(snapshot.menu, item.drink, language)
        lines.append(TicketLine(item.quantity, title, tuple(differences), item.name or "", item.note))
    return tuple(lines)


def _defaults_of(snapshot: Snapshot, drink: MenuDrink) -> set[tuple[str, str | None]]:
    menu = snapshot.menu
    return {(group, menu.default_option(drink, menu.group_by_name[group])) for group in drink.groups}


def _difference(choice: Choice, menu: Menu, language: str) -> Difference:
    text = choice_said(choice, menu, language)
    return Difference(text, choice.group, choice.option, chip_of(menu, choice.group, choice.option))


def choice_said(choice: Choice, menu: Menu, language: str = "") -> str:
    """Return the chosen option with its amount in words, such as "Oat" or "2 Sugar"."""
    if choice.amount is None:
        return option_titled(menu, choice.group, choice.option, language)
    amount = choice.amount if isinstance(choice.amount, str) else f"{choice.amount:g}"
    if language:
        amount = {"no": _("no"), "light": _("a little"), "extra": _("extra")}.get(amount, amount)
    return with_amount(amount, option_within(menu, choice.group, choice.option, language), language)


def drinks_in_words(order: Order) -> str:
    """Return the drinks and notes in one line, such as "2 Latte, Large, Oat (decaf); Espresso"."""
    said = []
    for line in lines_of(order, menu_of(order.event)):
        amount = f"{line.quantity} " if line.quantity > 1 else ""
        words = ", ".join([line.drink, *(difference.text for difference in line.differences)])
        said.append(f"{amount}{words} ({line.note})" if line.note else f"{amount}{words}")
    drinks = "; ".join(said)
    return f"{drinks} ({order.note})" if order.note else drinks


def ticket(order: Order, snapshot: Snapshot, talk: Talk, void_labels: VoidLabels | None = None) -> Ticket:
    lines = lines_of(order, snapshot)
    return Ticket(
        pk=order.pk,
        code=order.code,
        name=order.name,
        status=order.status,
        version=order.version,
        placed_at=order.placed_at,
        ready_at=order.ready_at,
        note=order.note,
        call_name=order.has_to_be_called,
        vip=order.vip,
        is_first=order.is_first,
        maker=order.maker.called if order.maker else "",
        maker_pk=order.maker_id,
        lines=lines,
        drinks=drinks_digest(order),
        quoted_from=order.quoted_from,
        quoted_to=order.quoted_to,
        wanted_at=order.wanted_at,
        is_paid=order.paid_at is not None,
        due=spoken_amount(order.due_at_bar, order.event.currency) if order.due_at_bar else "",
        next_verb=STATUSES[order.status].next,
        ticks=order.status in BEING_MADE and len(lines) > 1,
        wish=lines_from(wish, snapshot) if (wish := wished(order)) is not None else None,
        talk=talk,
        void_labels=void_labels,
    )


class Seen(NamedTuple):
    """What is read of an order to see whether its ticket has changed. If it is equal to what was read earlier, the
    earlier ticket is still right.

    The order's version counts all changes of the order itself, but not its messages, so they are included as `talk`."""

    pk: int
    version: int
    placed_at: dt.datetime
    maker: str | None
    talk: Talk = Talk()
    void_labels: VoidLabels | None = None


#: Tickets that were made before. The Seen row, the station's pk, the menu's version and the language together decide
#: what a ticket shows, so they are the key.
_known: dict[tuple[Seen, int, int, str | None], Ticket] = {}
MOST_KNOWN = 4000


def tickets_of(orders: Sequence[Seen], at: Station) -> list[Ticket]:
    """Return the tickets of these orders, in the same sequence.

    Only orders that changed since this process last read them are read from the database again."""
    snapshot = menu_of(at.event)
    rest = (at.pk, snapshot.version, translation.get_language())
    missing = [seen.pk for seen in orders if (seen, *rest) not in _known]
    read = {order.pk: order for order in _read(missing, at.event_id)} if missing else {}
    if len(_known) > MOST_KNOWN:
        _known.clear()
    tickets = []
    for seen in orders:
        if order := read.get(seen.pk):
            order.station, order.event = at, at.event
            _known[seen, *rest] = ticket(order, snapshot, seen.talk, seen.void_labels)
        if known := _known.get((seen, *rest)):
            tickets.append(known)
    return tickets


def _read(pks: Sequence[int], event_id: int) -> QuerySet[Order]:
    return Order.objects.filter(event=event_id, pk__in=pks).select_related("maker").prefetch_related("items")


@dataclass(frozen=True, slots=True)
class Batch:
    """Waiting cups with the same milk, which a barista can make together. Orders keep their places in the queue."""

    #: Identifier of the batch on the page. It stays the same as long as the batch exists.
    slug: str
    milk: str
    milk_chip: str
    cups: int
    #: The drinks in words, such as "3 latte, 1 flat white".
    drinks: str
    #: Waiting orders that have no cups outside of this batch, by primary key. One tap starts all of them.
    startable: tuple[int, ...]
    startable_cups: int


#: Batches are made from this many orders at the front of the queue. So an order that is made with a batch overtakes
#: only a few others.
BATCH_REACH = 8


def batches(tickets: Sequence[Ticket]) -> list[Batch]:
    """Return a batch for each milk that at least two cups near the front of the queue need, the largest batch first."""
    found: dict[tuple[str, str], list[tuple[Ticket, TicketLine]]] = {}
    waiting = [shown for shown in tickets if shown.status in NOT_STARTED]
    for shown in waiting[:BATCH_REACH]:
        for line in shown.lines:
            for difference in line.differences:
                if difference.is_milk:
                    found.setdefault((difference.group, difference.option), []).append((shown, line))
    made = [_batch(lines) for lines in found.values()]
    return sorted((batch for batch in made if batch.cups > 1), key=lambda batch: -batch.cups)


def _batch(lines: list[tuple[Ticket, TicketLine]]) -> Batch:
    milk = next(difference for difference in lines[0][1].differences if difference.is_milk)
    drinks: dict[str, int] = {}
    for _ticket, line in lines:
        drinks[line.drink] = drinks.get(line.drink, 0) + line.quantity
    whole = {
        shown.pk: sum(line.quantity for line in shown.lines)
        for shown, _line in lines
        if all(any((d.group, d.option) == (milk.group, milk.option) for d in line.differences) for line in shown.lines)
    }
    return Batch(
        slug=slugify(f"{milk.group} {milk.option}", allow_unicode=True),
        milk=milk.option,
        milk_chip=milk.milk_chip,
        cups=sum(drinks.values()),
        drinks=", ".join(f"{count} {drink.lower()}" for drink, count in drinks.items()),
        startable=tuple(whole),
        startable_cups=sum(whole.values()),
    )
