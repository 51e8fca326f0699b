"""Creates, copies and archives events, and copies stations."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from accounts.models import Membership, Role, User, record
from expresso import demo
from expresso.setup.forms import free_slug
from inventory.importing import export_menu, import_menu
from inventory.menu_file import read_menu
from inventory.models import CannotMake, Drink, Ingredient, Option, Stock, Use, touch_menu
from orders.models import Order
from orders.upkeep.left_over import close_left_over
from sms.models import SENDER_FIELDS, FrequentQuestion, Wording
from stations.models import Event, Station

#: Settings that a copied event takes over from its source. The days, the phone numbers and the name are not copied.
COPIED = (
    "countries", "menu_name", "colour", "logo", "logo_url", "message", "features", "currency",
    "pay_within_minutes", "web_orders", "kiosk_orders",
    "max_open_orders", "max_drinks_per_order", "max_drinks_per_window", "window_minutes", "warn_after_minutes",
    "late_after_minutes", "ready_grace_seconds", "remind_after_minutes", "put_aside_after_minutes", "ask_feedback",
    "keep_days", "erase_at_carrier",
)  # fmt: skip


@transaction.atomic
def create(event: Event, *, by: User) -> Event:
    """Save a new event and make `by` its organizer. Admins need no role, because they can manage every event."""
    event.slug = free_slug(Event, event.name)
    event.save()
    if not by.is_superuser:
        Membership.objects.create(user=by, event=event, role=Role.ORGANIZER)
        # Drop the roles that are cached on `by`, because they lack the new one.
        by.__dict__.pop("roles", None)
    record("created", event, by=by, event=event.pk)
    return event


def import_template(event: Event, *, by: User) -> None:
    menu = read_menu((Path(demo.__file__).parent / "menu.yaml").read_text())
    import_menu(event, menu, by=by)
    # Clear the menu's title, because the import has set it to the title of the template.
    Event.objects.filter(pk=event.pk).update(menu_name="")


@transaction.atomic
def copy_into(event: Event, source: Event, *, by: User) -> None:
    """Copy settings, menu, stations, recipes, stock, wording, frequent questions and staff from `source` to `event`.

    Orders and phone numbers are not copied."""
    for name in COPIED:
        setattr(event, name, getattr(source, name))
    event.day_hours = _on_days_of(event, source)
    event.drop_hours_of_other_days()
    event.save()
    import_menu(event, export_menu(source), by=by)
    Event.objects.filter(pk=event.pk).update(menu_name=source.menu_name)
    ingredients = {
        row.pk: Ingredient.objects.create(event=event, name=row.name, unit=row.unit) for row in source.ingredients.all()
    }
    drinks, options = _drinks(event), _options(event)
    for use in Use.objects.filter(ingredient__event=source).select_related("drink", "option__group"):
        drink = drinks.get(use.drink.name) if use.drink else None
        option = options.get((use.option.group.name, use.option.name)) if use.option else None
        if drink or option:
            Use.objects.create(ingredient=ingredients[use.ingredient_id], drink=drink, option=option, amount=use.amount)
    for station in source.stations.all():
        _copy_station(station, event, station.name, ingredients=ingredients)
    for wording in Wording.objects.filter(event=source):
        Wording.objects.create(event=event, key=wording.key, language=wording.language, text=wording.text)
    for each in FrequentQuestion.objects.filter(event=source):
        FrequentQuestion.objects.create(event=event, language=each.language, words=each.words, answer=each.answer)
    for membership in source.memberships.exclude(user=by):
        Membership.objects.get_or_create(user=membership.user, event=event, defaults={"role": membership.role})
    touch_menu(event.pk)
    record("copied", event, by=by, event=event.pk, source=source.slug)


def _on_days_of(event: Event, source: Event) -> dict[str, list[str] | None]:
    """Return the opening hours of the source's single days, moved to the days of the copy.

    Hours of the source's third day become hours of the copy's third day."""
    if event.first_day is None or source.first_day is None:
        return {}
    later = event.first_day - source.first_day
    return {(dt.date.fromisoformat(day) + later).isoformat(): hours for day, hours in source.day_hours.items()}


@transaction.atomic
def duplicate(station: Station, *, by: User) -> Station:
    """Copy a station within its event. The copy makes the same drinks and has the same stock."""
    names = set(station.event.stations.values_list("name", flat=True))
    name = next(name for n in range(2, len(names) + 3) if (name := f"{station.name[:35]} ({n})") not in names)
    copy = _copy_station(station, station.event, name)
    record("duplicated", copy, by=by, event=copy.event_id, source=station.slug)
    return copy


def _copy_station(
    station: Station, event: Event, name: str, *, ingredients: dict[int, Ingredient] | None = None
) -> Station:
    copy = Station.objects.create(
        event=event,
        name=name,
        slug=free_slug(Station, name if event == station.event else f"{event.slug} {name}"),
        position=station.position,
        baristas=station.baristas,
    )
    drinks, options = _drinks(event), _options(event)
    for gap in station.cannot_make.filter(until=None).select_related("drink", "option__group"):
        drink = drinks.get(gap.drink.name) if gap.drink else None
        option = options.get((gap.option.group.name, gap.option.name)) if gap.option else None
        if drink or option:
            CannotMake.objects.create(station=copy, drink=drink, option=option)
    for row in station.stock.select_related("ingredient"):
        ingredient = row.ingredient if ingredients is None else ingredients[row.ingredient_id]
        Stock.objects.create(station=copy, ingredient=ingredient, on_hand=row.on_hand, low_at=row.low_at)
    return copy


def _drinks(event: Event) -> dict[str, Drink]:
    return {row.name: row for row in Drink.objects.filter(event=event, retired_at=None)}


def _options(event: Event) -> dict[tuple[str, str], Option]:
    rows = Option.objects.filter(group__event=event, retired_at=None).select_related("group")
    return {(row.group.name, row.name): row for row in rows}


class OrdersOpen(Exception):
    """The event still has open orders. The message lists their codes."""

    def __init__(self, codes: list[str]) -> None:
        super().__init__(", ".join(codes))


@transaction.atomic
def archive(event: Event, *, by: User) -> None:
    """Close the event for good, so that other events can use its phone numbers. Its orders and reports stay.

    Orders that were left open on an earlier day are closed. Raise OrdersOpen if other orders are open, because their
    customers could not be texted any more."""
    close_left_over(event, by=by)
    open_ones = Order.objects.open().filter(event=event, practice=False)
    if codes := list(open_ones.order_by("pk").values_list("code", flat=True)):
        raise OrdersOpen(codes)
    without_numbers = dict.fromkeys(SENDER_FIELDS.values())
    Event.objects.filter(pk=event.pk).update(archived_at=timezone.now(), rehearsal_until=None, **without_numbers)
    record("archived", event, by=by, event=event.pk, sms_number=bool(event.sms_number))


@transaction.atomic
def restore(event: Event, *, by: User) -> None:
    Event.objects.filter(pk=event.pk).update(archived_at=None)
    record("restored", event, by=by, event=event.pk)
