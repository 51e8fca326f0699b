"""Changes of supplies from the tablet: sell out a drink or an option, put it back on sale, adjust stock."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest

from accounts.models import User, record
from inventory.models import CannotMake, Drink, Option, Stock
from stations.models import Station


@transaction.atomic
def sell_out(stations: Iterable[Station], part: Drink | Option, *, until: dt.datetime | None, by: User) -> None:
    """Stop offering it at these stations until `until`; None: until it is put back on sale."""
    for station in stations:
        CannotMake.objects.update_or_create(station=station, **_column(part), defaults={"until": until})
        record("sold out", f"{part} at {station}", by=by, until=until.isoformat() if until else None)


@transaction.atomic
def put_back_on_sale(stations: Iterable[Station], part: Drink | Option, *, by: User) -> None:
    for station in stations:
        gap = CannotMake.objects.filter(station=station, **_column(part)).first()
        if gap:
            gap.delete()
            record("put back", f"{part} at {station}", by=by)


@transaction.atomic
def adjust(stock: Stock, *, add: Decimal, by: User, reason: str = "") -> None:
    """Change the amount on hand by `add`, in one statement because orders use the same stock meanwhile."""
    Stock.objects.filter(pk=stock.pk).update(on_hand=Greatest(F("on_hand") + add, Decimal(0)))
    record("adjusted", str(stock), by=by, add=str(add), reason=reason)


@transaction.atomic
def set_on_hand(stock: Stock, *, on_hand: Decimal, by: User, reason: str = "") -> None:
    """Set what is on hand to what was counted."""
    Stock.objects.filter(pk=stock.pk).update(on_hand=on_hand)
    record("counted", str(stock), by=by, on_hand=str(on_hand), reason=reason)


def _column(part: Drink | Option) -> dict[str, Any]:
    return {"drink": part} if isinstance(part, Drink) else {"option": part}
