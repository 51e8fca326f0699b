"""Changes supplies from the tablet: marks drinks and options as sold out or back on sale, and adjusts stock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db import transaction

from accounts.models import User, record
from inventory.models import CannotMake, Drink, Option, Stock
from stations.models import Station

#: Stands for the end time in the audit log if a drink or option has none: "sold out until it is put back".
FOR_GOOD = "it is put back"


@transaction.atomic
def sell_out(stations: Iterable[Station], part: Drink | Option, *, until: dt.datetime | None, by: User) -> None:
    """Stop offering the drink or option at these stations until the time `until`. None means until it is put back on
    sale."""
    for station in stations:
        before = CannotMake.objects.filter(station=station, **_column(part)).first()
        CannotMake.objects.update_or_create(station=station, **_column(part), defaults={"until": until})
        changes = {"sold out until": (_end(before) if before else "on sale", until or FOR_GOOD)}
        record("sold out", f"{part} at {station}", by=by, event=station.event_id, changes=changes)


@transaction.atomic
def put_back_on_sale(stations: Iterable[Station], part: Drink | Option, *, by: User) -> None:
    for station in stations:
        gap = CannotMake.objects.filter(station=station, **_column(part)).first()
        if gap:
            changes = {"sold out until": (_end(gap), "on sale")}
            gap.delete()
            record("put back", f"{part} at {station}", by=by, event=station.event_id, changes=changes)


@transaction.atomic
def adjust(stock: Stock, *, add: Decimal, by: User, reason: str = "") -> None:
    """Add an amount, which can be negative, to the amount on hand. The result is never below 0."""
    before = _locked(stock)
    _set_on_hand(stock, "adjusted", before, max(before + add, Decimal(0)), by, reason)


@transaction.atomic
def set_on_hand(stock: Stock, *, on_hand: Decimal, by: User, reason: str = "") -> None:
    """Set the amount on hand to a counted amount."""
    _set_on_hand(stock, "counted", _locked(stock), on_hand, by, reason)


def _locked(stock: Stock) -> Decimal:
    """Lock the stock row until the transaction ends, and return the amount on hand."""
    return Stock.objects.select_for_update().values_list("on_hand", flat=True).get(pk=stock.pk)


def _set_on_hand(stock: Stock, act: str, before: Decimal, after: Decimal, by: User, reason: str) -> None:
    Stock.objects.filter(pk=stock.pk).update(on_hand=after)
    changes = {"on_hand": (before, after)}
    record(act, str(stock), by=by, event=stock.station.event_id, changes=changes, reason=reason)


def _end(gap: CannotMake) -> dt.datetime | str:
    return gap.until or FOR_GOOD


def _column(part: Drink | Option) -> dict[str, Any]:
    return {"drink": part} if isinstance(part, Drink) else {"option": part}
