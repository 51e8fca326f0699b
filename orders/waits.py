"""Estimate when an order will be ready, as a range of minutes, and learn from orders that became ready.

Hands-on minutes are the minutes of work that the menu states for a drink. Those of the orders ahead are divided by the
station's number of baristas, and those of the order itself are added. The sum is multiplied by the station's pace: how
many real minutes a hands-on minute takes there. This is the estimate. The range around it grows with its square root,
as the spread of a sum of random times does.

Each order that becomes ready corrects the pace and the range of its station (`learn`). One order corrects them only
little, so a break or a forgotten tap does not do much harm. But within minutes they follow another barista or a busier
hour. They are columns of the station, which is read with the queues anyway, so a quote needs no further query.

docs/waits.md shows how often the range is right, and where the method comes from."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from decimal import Decimal

from orders.models import Order
from stations.models import SPREAD_EARLY, SPREAD_LATE, Station

#: The range is to be so wide that this share of orders is ready before it begins (EARLY), and this share after it ends.
EARLY, LATE = 0.05, 0.03
#: If an order is ready before or after its range, the range becomes wider by WIDER on that side, up to WIDEST. If not,
#: it becomes narrower on that side, by so little that the shares EARLY and LATE come true in the long run. It never
#: becomes narrower than at first: in a quiet hour all orders are on time, but in the next a barista may take a break.
WIDER, WIDEST = 0.06, 4.0
#: The first order moves the pace by 1/FIRST_ORDERS of the difference between estimate and reality, and later orders by
#: less and less, down to 1/MOST_ORDERS.
FIRST_ORDERS, MOST_ORDERS = 3, 30
#: Largest difference between estimate and reality that counts, as a logarithm: more than twice the estimate counts as
#: twice, and less than half as half.
LARGEST_ERROR = math.log(2)
QUICKEST, SLOWEST = 0.5, 2.5
#: An order for later is ready at most this many minutes before its wanted time.
EARLY_BY = 5


@dataclass(frozen=True, slots=True)
class Wait:
    """When an order will be ready, as a range of whole minutes from now.

    `earliest` is 0 if the order can be ready at once. `position` is the order's position in the queue: 1 is next, and 0
    means that the order is not in the queue."""

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
    """Return the wait of an order for later: it will be ready in the last EARLY_BY minutes before `wanted_at`."""
    latest = max(1, math.ceil((wanted_at - now).total_seconds() / 60))
    return Wait(0, max(0, latest - EARLY_BY), latest)


def hands_on_minutes(station: Station, ahead: Decimal, own: Decimal, *, cups: int) -> float:
    """Return after how many hands-on minutes (work as the menu states it) an order will be ready.

    All baristas share the work ahead. On the order itself, no more baristas can work than it has cups."""
    return float(ahead) / station.baristas + float(own) / max(1, min(station.baristas, cups))


def expected_minutes(station: Station, hands_on: float) -> float:
    return hands_on * station.pace + station.extra_minutes


def learn(order: Order) -> None:
    """Correct the pace and range of the station with an order that has just become ready.

    Rehearsals do not count, nor do orders without an estimate, such as changed and moved ones. If two orders become
    ready at once, perhaps only one of them counts, and an order that is ready again after an undo counts twice. Both do
    little harm, because each correction is small. Takes one SQL statement."""
    if order.hands_on_minutes is None or order.ready_at is None or order.practice:
        return
    waited = (order.ready_at - order.placed_at).total_seconds() / 60
    learnt = corrected(order.station, order.hands_on_minutes, waited)
    Station.objects.filter(pk=order.station_id).update(**learnt)
    for column, value in learnt.items():
        setattr(order.station, column, value)


def corrected(station: Station, hands_on: float, waited: float) -> dict[str, float]:
    """Return the station's new pace and spread, after an order with `hands_on` minutes of work took `waited` minutes.

    `waited` is compared with what the station would quote now. What the customer was quoted may be outdated: all orders
    quoted before a correction would ask for the same correction again."""
    expected, quoted = expected_minutes(station, hands_on), Wait.at(station, hands_on, position=1)
    # Add half a minute to both. Otherwise a few seconds on the way to the tablet would be a large error in a short
    # wait.
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
