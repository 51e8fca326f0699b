"""Estimate when an order will be ready, as a range of minutes, and learn from when orders were ready.

Hands-on minutes are the work on a drink as the menu states it. The estimate adds the hands-on minutes of the orders
ahead, shared among the station's baristas, and those of the order itself. The sum is multiplied by the station's pace
(real minutes for a minute on the menu). The range around the estimate grows with the square root of the estimate, as
the spread of a sum of making times does.

Each order that becomes ready corrects the pace and the range of its station (`learn`). One order changes them by a
bounded step, so a break or a forgotten tap does little harm. After some minutes they fit another barista or a busier
hour. They are columns of the station, which is read with the queues anyway, so a quote takes no query of its own.

docs/waits.md shows how often the range holds, and where the method comes from."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from decimal import Decimal

from orders.models import Order
from stations.models import SPREAD_EARLY, SPREAD_LATE, Station

#: Accepted shares of orders that are ready before their range begins, and after it ends.
EARLY, LATE = 0.05, 0.03
#: How much an order that misses its range widens the range on that side, and the maximum width. An order within its
#: range narrows the range so little that the shares above hold in the long run. The range never gets narrower than its
#: initial width, because a quiet hour says nothing about the next break.
WIDER, WIDEST = 0.06, 4.0
#: The first order moves the pace by a third of its error, later orders by less and less, down to a thirtieth.
FIRST_ORDERS, MOST_ORDERS = 3, 30
#: The largest error that counts for one order, as a logarithm: a wait of twice or half the estimate.
LARGEST_ERROR = math.log(2)
QUICKEST, SLOWEST = 0.5, 2.5
#: How many minutes before its wanted time an order for later may be ready.
EARLY_BY = 5


@dataclass(frozen=True, slots=True)
class Wait:
    """When an order will be ready, as a range of whole minutes from now.

    `earliest` is 0 if the order may be ready at once. `position` is the place in the queue; 1 is next, and 0 means that
    the order is not in the queue."""

    position: int
    earliest: int
    latest: int

    @classmethod
    def at(cls, station: Station, hands_on: float, *, position: int) -> Wait:
        """Return the wait at a station for an order that will be ready after `hands_on` minutes of work."""
        expected = expected_minutes(station, hands_on)
        spread = math.sqrt(expected + 0.5)
        earliest = max(0, math.floor(expected - station.spread_early * spread))
        return cls(position, earliest, max(math.ceil(expected + station.spread_late * spread), earliest + 1, 2))

    def span(self, now: dt.datetime) -> tuple[dt.datetime, dt.datetime]:
        return now + dt.timedelta(minutes=self.earliest), now + dt.timedelta(minutes=self.latest)


def until(wanted_at: dt.datetime, now: dt.datetime) -> Wait:
    """Return the wait of an order for later, which will be ready in the last minutes before `wanted_at`."""
    latest = max(1, math.ceil((wanted_at - now).total_seconds() / 60))
    return Wait(0, max(0, latest - EARLY_BY), latest)


def hands_on_minutes(station: Station, ahead: Decimal, own: Decimal, *, cups: int) -> float:
    """Return the menu's minutes of work until an order is ready.

    The baristas share the work ahead. On the order itself, at most one barista works for each cup."""
    return float(ahead) / station.baristas + float(own) / max(1, min(station.baristas, cups))


def expected_minutes(station: Station, hands_on: float) -> float:
    return hands_on * station.pace + station.extra_minutes


def learn(order: Order) -> None:
    """Correct the station's pace and range with an order that has just become ready.

    Changed and moved orders are skipped, because they have no estimate, and so are rehearsals. If two orders become
    ready at once, one may not count; an order marked ready again after an undo counts twice. That matters little,
    because each step is small. Takes one statement."""
    if order.hands_on_minutes is None or order.ready_at is None or order.practice:
        return
    waited = (order.ready_at - order.placed_at).total_seconds() / 60
    learnt = corrected(order.station, order.hands_on_minutes, waited)
    Station.objects.filter(pk=order.station_id).update(**learnt)
    for column, value in learnt.items():
        setattr(order.station, column, value)


def corrected(station: Station, hands_on: float, waited: float) -> dict[str, float]:
    """Return the station's new pace and spread, after an order with `hands_on` minutes of work took `waited` minutes.

    The order is compared with the station's present quote, not with the older quote that the customer got. Otherwise
    every order that was quoted before the station learned something would teach the same correction again."""
    expected, quoted = expected_minutes(station, hands_on), Wait.at(station, hands_on, position=1)
    # Add half a minute to both, so that the walk to the tablet is not a large error of a short wait.
    error = math.log((waited + 0.5) / (expected + 0.5))
    orders = min(FIRST_ORDERS + station.orders_learnt, MOST_ORDERS)
    pace = station.pace * math.exp(_within(-LARGEST_ERROR, error, LARGEST_ERROR) / orders)
    early = station.spread_early + WIDER * ((waited < quoted.earliest) - EARLY)
    late = station.spread_late + WIDER * ((waited > quoted.latest) - LATE)
    return {
        "orders_learnt": station.orders_learnt + 1,
        "pace": _within(QUICKEST, pace, SLOWEST),
        "spread_early": _within(SPREAD_EARLY, early, WIDEST),
        "spread_late": _within(SPREAD_LATE, late, WIDEST),
    }


def _within(least: float, value: float, most: float) -> float:
    return max(least, min(value, most))
