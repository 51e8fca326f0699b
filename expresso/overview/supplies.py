"""Calculates for how long the counted ingredients of a station last."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from decimal import Decimal

from expresso.overview.figures import SupplyNow
from expresso.planner.prediction import Forecast
from inventory.amounts import amount_in_words
from inventory.models import Stock
from inventory.stock import from_json
from orders.models import Order
from orders.statuses import DROPPED, NOT_STARTED
from stations.models import Event

#: The rate of use is calculated over at least this many hours, so that the first orders of a day do not distort it.
SHORTEST_PACE = 0.5
#: The use per drink is averaged from the planned and the real use. The planned use counts as much as this many drinks.
#: So after 20 drinks that were really made, both count the same, and after 60 the real use counts three times as much.
PLANNED_CUPS = 20


def supplies_of(event: Event, now: dt.datetime, forecast: Forecast | None) -> dict[int, tuple[SupplyNow, ...]]:
    """Return the counted ingredients by station. The ingredient that runs out first comes first."""
    today = Order.objects.filter(event=event, placed_at__gte=event.day_began(now)).exclude(
        status__in=(*NOT_STARTED, *DROPPED)
    )
    used: dict[tuple[int, int], Decimal] = defaultdict(Decimal)
    first: dict[int, dt.datetime] = {}
    made: dict[int, int] = defaultdict(int)
    for station, reserved, placed_at, cups in today.values_list("station", "reserved", "placed_at", "cups"):
        first[station] = min(first.get(station, placed_at), placed_at)
        made[station] += cups
        for ingredient, amount in from_json(reserved).items():
            used[station, ingredient] += amount
    found: dict[int, list[SupplyNow]] = defaultdict(list)
    for row in Stock.objects.filter(station__event=event).select_related("ingredient"):
        since = first.get(row.station_id)
        hours = max(SHORTEST_PACE, (now - since).total_seconds() / 3600) if since else 0
        free = max(row.on_hand - row.reserved, Decimal(0))
        left = amount_in_words(free, row.ingredient.unit)
        so_far = used[row.station_id, row.ingredient_id]
        if forecast and free:
            lasts = _predicted(forecast, row, float(free), float(so_far), made[row.station_id])
            found[row.station_id].append(SupplyNow(row.ingredient.name, left, lasts, lasts_today=lasts is None))
        else:
            found[row.station_id].append(SupplyNow(row.ingredient.name, left, hours_left(free, so_far, hours)))
    longest = float("inf")
    return {
        station: tuple(sorted(rows, key=lambda row: longest if row.hours is None else row.hours))
        for station, rows in found.items()
    }


def _predicted(forecast: Forecast, row: Stock, free: float, used: float, made: int) -> float | None:
    """Return in how many hours the predicted drinks use up an ingredient; None if it lasts until the end of the day.

    `free` is the amount that is left for new orders. `used` is the amount that today's `made` drinks took. The amount
    per drink is an average of the planned and the real one (see PLANNED_CUPS)."""
    planned = forecast.needs.get(row.ingredient_id, 0.0)
    each = (used + planned * PLANNED_CUPS) / (made + PLANNED_CUPS)
    hours = forecast.hours_until(free / each, row.station_id) if each else None
    return None if hours is None else round(hours, 1)


def hours_left(free: Decimal, used: Decimal, hours: float) -> float | None:
    """Return for how many hours the amount `free` lasts, if the use goes on as in the last `hours`.

    The result is 0 if nothing is left, and None if nothing was used in that time."""
    if not free:
        return 0.0
    return round(float(free / used) * hours, 1) if used and hours else None
