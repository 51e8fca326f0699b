"""The supplies page on a station's tablet: sold-out drinks and options, stock, pauses, and longer waits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.access import Right, user_of
from accounts.models import User
from inventory import sold_out
from inventory.amounts import amount_in_words
from inventory.models import CannotMake, Drink, Option, Stock
from stations import pausing
from stations.access import at_station
from stations.models import Station

PAUSES = (5, 10, 15, 30)
#: Maximum length of a pause. Without it, "13:30" typed at 14:00 would pause the station until the next day.
LONGEST_PAUSE = dt.timedelta(hours=12)
SLOWER = (0, 2, 5, 10)
#: How much one tap adds or subtracts, by unit: a liter, a kilogram, 50 cups.
STEPS = {"ml": 1000, "l": 1, "g": 1000, "kg": 1, "pcs": 50}
SMALL_STEP = 10


@dataclass(frozen=True, slots=True)
class SupplyRow:
    """A drink or an option on the supplies page. `gone` is True if it is sold out at this station."""

    kind: str
    pk: int
    name: str
    gone: bool
    until: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Counted:
    """An ingredient that this station counts: its amounts as text, and by how much one tap on the tablet changes the
    amount (`step`)."""

    pk: int
    name: str
    unit: str
    on_hand: str
    #: The reserved amount as text; "" if nothing is reserved.
    reserved: str
    is_low: bool
    step: int
    step_words: str


@at_station(Right.WORK)
@require_GET
def supplies(request: HttpRequest, station: Station) -> HttpResponse:
    stock = [_counted(row) for row in Stock.objects.filter(station=station).select_related("ingredient")]
    context = {
        "station": station,
        "event": station.event,
        "sections": _sections(station),
        "stock": stock,
        "low": sum(row.is_low for row in stock),
        "pauses": PAUSES,
        "slower": SLOWER,
        "paused": station.paused_until and station.paused_until > timezone.now(),
    }
    return render(request, "inventory/supplies.html", context)


def _sections(station: Station) -> list[tuple[str, list[SupplyRow]]]:
    """Return the page's sections: milks first, because they run out most often, then drinks by category, then other
    options."""
    gaps = {(row.drink_id, row.option_id): row for row in CannotMake.objects.filter(station=station) if row.holds()}
    options = Option.objects.filter(
        group__event=station.event_id, retired_at=None, group__retired_at=None
    ).select_related("group")
    drinks = Drink.objects.filter(event=station.event_id, retired_at=None)
    milks: dict[str, list[SupplyRow]] = {}
    others: dict[str, list[SupplyRow]] = {}
    for option in options:
        sections = milks if option.group.role == "milk" else others
        sections.setdefault(option.group.name, []).append(_row("option", option, gaps.get((None, option.pk))))
    made: dict[str, list[SupplyRow]] = {}
    for drink in drinks:
        made.setdefault(drink.category, []).append(_row("drink", drink, gaps.get((drink.pk, None))))
    return [*milks.items(), *made.items(), *others.items()]


def _counted(row: Stock) -> Counted:
    unit = row.ingredient.unit
    step = STEPS.get(unit, SMALL_STEP)
    return Counted(
        pk=row.pk,
        name=row.ingredient.name,
        unit=unit,
        on_hand=amount_in_words(row.on_hand, unit),
        reserved=amount_in_words(row.reserved, unit) if row.reserved else "",
        is_low=row.is_low,
        step=step,
        step_words=amount_in_words(Decimal(step), unit),
    )


def _row(kind: str, part: Drink | Option, gap: CannotMake | None) -> SupplyRow:
    return SupplyRow(kind, part.pk, part.name, gap is not None, gap.until if gap else None)


@at_station(Right.WORK)
@require_POST
def change_supplies(request: HttpRequest, station: Station, act: str) -> HttpResponse:
    """Carry out the action of a tapped button, then show the result, or say that the number was not understood."""
    if act not in ACTS:
        raise Http404
    try:
        said = ACTS[act](station, request, user_of(request))
    except (ValueError, InvalidOperation):
        messages.warning(request, _("That number was not understood; nothing was changed."))
    else:
        messages.success(request, said)
    return redirect("supplies", slug=station.slug)


def _pause(station: Station, request: HttpRequest, by: User) -> str:
    until = _end_of_pause(station, request)
    pausing.pause(station, until=until, by=by)
    return _("No new orders here until {time}.").format(time=f"{station.event.local(until):%H:%M}")


def _end_of_pause(station: Station, request: HttpRequest) -> dt.datetime:
    """Return when the requested pause ends: after some minutes, or at a time of day in the event's time zone.

    Raise ValueError if the form contains neither, or if the pause would be too long."""
    now = timezone.now()
    if "until" not in request.POST:
        minutes = int(request.POST.get("minutes", ""))
        if minutes not in PAUSES:
            raise ValueError(minutes)
        return now + dt.timedelta(minutes=minutes)
    at = dt.time.fromisoformat(request.POST["until"]).replace(tzinfo=None)
    until = station.event.next_time(at, now)
    if until - now > LONGEST_PAUSE:
        raise ValueError(until)
    return until


def _resume(station: Station, request: HttpRequest, by: User) -> str:
    pausing.resume(station, by=by)
    return _("Orders are taken again.")


def _slow_down(station: Station, request: HttpRequest, by: User) -> str:
    minutes = int(request.POST.get("minutes", ""))
    if minutes not in SLOWER:
        raise ValueError(minutes)
    pausing.slow_down(station, minutes=minutes, by=by)
    if not minutes:
        return _("Waits are quoted as usual.")
    return _("{minutes} minutes are added to every wait.").format(minutes=minutes)


def _sell_out(station: Station, request: HttpRequest, by: User) -> str:
    part = _part(station, request)
    until = station.event.end_of_day(timezone.now()) if request.POST.get("until") == "today" else None
    sold_out.sell_out(_where(station, request), part, until=until, by=by)
    return _("{name} is sold out.").format(name=part)


def _put_back(station: Station, request: HttpRequest, by: User) -> str:
    part = _part(station, request)
    sold_out.put_back_on_sale(_where(station, request), part, by=by)
    return _("{name} is there again.").format(name=part)


def _adjust(station: Station, request: HttpRequest, by: User) -> str:
    stock = get_object_or_404(Stock, station=station, pk=int(request.POST.get("stock", "")))
    add = Decimal(request.POST.get("add", ""))
    if not add.is_finite() or abs(add) > 1_000_000:
        raise ValueError(add)
    sold_out.adjust(stock, add=add, by=by)
    stock.refresh_from_db()
    left = amount_in_words(stock.on_hand, stock.ingredient.unit)
    return _("{name}: {left} left.").format(name=stock.ingredient, left=left)


def _part(station: Station, request: HttpRequest) -> Drink | Option:
    pk = int(request.POST.get("part", ""))
    if request.POST.get("kind") == "drink":
        return get_object_or_404(Drink, pk=pk, event=station.event_id)
    return get_object_or_404(Option, pk=pk, group__event=station.event_id)


def _where(station: Station, request: HttpRequest) -> list[Station]:
    return list(station.event.stations.all()) if request.POST.get("where") == "everywhere" else [station]


ACTS: dict[str, Callable[[Station, HttpRequest, User], str]] = {
    "pause": _pause,
    "resume": _resume,
    "slow-down": _slow_down,
    "sold-out": _sell_out,
    "back": _put_back,
    "stock": _adjust,
}
