"""The GraphQL schema. It reads the rows of /api/v1/ with the same permissions, and changes nothing.

Resolvers return model instances. Each list reads with a queryset of the REST views, so the number of SQL statements
does not grow with the number of rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import strawberry
import structlog
from django.core.exceptions import PermissionDenied
from django.http import Http404
from strawberry.extensions import MaskErrors
from strawberry.types import Info

from accounts.access import Right, within
from accounts.models import User
from accounts.typed_input import whole_number
from expresso.api.base import READ, admit, one
from expresso.api.filters import STATUSES, of_statuses
from expresso.api.graph_cost import DEFAULT_ROWS, MOST_ROWS
from expresso.api.models import ApiKey
from expresso.api.views.orders import ORDERS
from inventory.models import Drink, OptionGroup
from orders.models import OrderItem
from stations.models import Event

log = structlog.get_logger(__name__)


class Told(Exception):
    """An error of a resolver that the caller gets to read. For any other exception, the caller gets a general
    message."""


@dataclass(frozen=True, slots=True)
class Asker:
    user: User
    key: ApiKey | None


@strawberry.type(name="Choice")
class ChoiceNode:
    group: str = strawberry.field(resolver=lambda root: root["group"])
    option: str = strawberry.field(resolver=lambda root: root["option"])
    amount: str | None = strawberry.field(
        resolver=lambda root: None if root["amount"] is None else str(root["amount"]),
        description="A number, or `no`, `light` or `extra`. null if the order names no amount.",
    )


def _choices(root: OrderItem) -> list[ChoiceNode]:
    return root.choices  # type: ignore[no-any-return]


@strawberry.type(name="Item")
class ItemNode:
    id: strawberry.ID
    drink: str = strawberry.field(resolver=lambda root: root.drink_name)
    quantity: int
    name: str
    note: str
    made: bool
    choices: list[ChoiceNode] = strawberry.field(resolver=_choices)


@strawberry.type(name="Station")
class StationNode:
    slug: str
    name: str
    is_open: bool
    paused_until: dt.datetime | None
    extra_minutes: int
    baristas: int


@strawberry.type(name="Order")
class OrderNode:
    id: strawberry.ID
    code: str
    status: str
    version: int
    channel: str
    name: str
    note: str
    vip: bool
    cups: int
    held: bool
    placed_at: dt.datetime
    wanted_at: dt.datetime | None
    started_at: dt.datetime | None
    ready_at: dt.datetime | None
    closed_at: dt.datetime | None
    quoted_from: dt.datetime | None
    quoted_to: dt.datetime | None
    price: int = strawberry.field(description="Price in the currency's smallest unit, such as cents.")
    paid_at: dt.datetime | None
    station: StationNode
    items: list[ItemNode] = strawberry.field(resolver=lambda root: root.items.all())
    maker: str | None = strawberry.field(resolver=lambda root: root.maker.username if root.maker else None)


@strawberry.type(name="Option")
class OptionNode:
    id: strawberry.ID
    name: str
    price: int


@strawberry.type(name="OptionGroup")
class OptionGroupNode:
    id: strawberry.ID
    name: str
    choose: str
    options: list[OptionNode] = strawberry.field(resolver=lambda root: root.options.all())


@strawberry.type(name="Drink")
class DrinkNode:
    id: strawberry.ID
    name: str
    category: str
    minutes: float
    price: int
    option_groups: list[str] = strawberry.field(
        resolver=lambda root: [group.name for group in root.groups.all()],
        description="Names of the option groups that belong to this drink.",
    )


@strawberry.type(name="EventSummary")
class EventSummaryNode:
    slug: str
    name: str
    is_open: bool = strawberry.field(resolver=lambda root: root.is_open())


def _stations(root: Event) -> list[StationNode]:
    return root.stations.all()  # type: ignore[return-value]


def _drinks(root: Event) -> list[DrinkNode]:
    return Drink.objects.filter(event=root, retired_at=None).prefetch_related("groups")  # type: ignore[return-value]


def _option_groups(root: Event) -> list[OptionGroupNode]:
    return OptionGroup.objects.filter(event=root, retired_at=None).prefetch_related("options")  # type: ignore[return-value]


def _orders(
    root: Event,
    first: int = DEFAULT_ROWS,
    before: strawberry.ID | None = None,
    status: list[str] | None = None,
    station: str | None = None,
) -> list[OrderNode]:
    """Return orders, newest first. `before` is the id of the last order on the previous page."""
    if not 1 <= first <= MOST_ROWS:
        raise Told(f"first: give a number from 1 to {MOST_ROWS}.")
    rows = ORDERS.filter(event=root).order_by("-pk")
    if before is not None:
        last = whole_number(before)
        if last is None:
            raise Told("before: give the id of an order.")
        rows = rows.filter(pk__lt=last)
    if status:
        if unknown := sorted(set(status) - set(STATUSES)):
            raise Told(f"status: there is no {', '.join(unknown)}.")
        rows = of_statuses(rows, status)
    if station is not None:
        if "\0" in station:
            raise Told("station: give a slug.")
        rows = rows.filter(station__slug=station)
    return rows[:first]  # type: ignore[return-value]


@strawberry.type(name="Event")
class EventNode:
    slug: str
    name: str
    time_zone: str
    languages: list[str]
    features: list[str]
    currency: str
    is_open: bool = strawberry.field(resolver=lambda root: root.is_open())
    stations: list[StationNode] = strawberry.field(resolver=_stations)
    drinks: list[DrinkNode] = strawberry.field(resolver=_drinks)
    option_groups: list[OptionGroupNode] = strawberry.field(resolver=_option_groups)
    orders: list[OrderNode] = strawberry.field(resolver=_orders)


@strawberry.type
class Query:
    @strawberry.field
    def events(self, info: Info[Asker, None]) -> list[EventSummaryNode]:
        """List the events at which the caller has a role."""
        asker = info.context
        rows = within(asker.user, Right.WATCH, Event.objects.all(), "pk")
        if asker.key:
            rows = rows.filter(pk=asker.key.event_id)
        return rows  # type: ignore[return-value]

    @strawberry.field
    def event(self, info: Info[Asker, None], slug: str) -> EventNode | None:
        asker = info.context
        try:
            event = one(Event.objects.filter(slug=slug.replace("\0", "")))
            admit(asker.user, asker.key, READ, event)
        except Http404:
            raise Told("There is no such event, or you may not see it.") from None
        except PermissionDenied:
            raise Told("You may not do this. Ask an organizer of the event for the role or scope it needs.") from None
        return event  # type: ignore[return-value]


class ReadSchema(strawberry.Schema):
    def process_errors(self, errors: Sequence[Any], execution_context: Any = None) -> None:
        """Log only the type of an unexpected error, because its message can contain what a customer wrote."""
        for error in errors:
            if _is_unexpected(error):
                log.error("graphql_error", error=type(error.original_error).__name__)


def _is_unexpected(error: Any) -> bool:
    return error.original_error is not None and not isinstance(error.original_error, Told)


schema = ReadSchema(
    Query, extensions=[lambda: MaskErrors(_is_unexpected, "Expresso failed; it was logged. Send it again.")]
)
