"""Estimate when an order will be ready, as a range of minutes, and learn from orders that became ready.

Hands-on minutes are the minutes of work that the menu states for a drink. The estimate adds the hands-on minutes of the
orders ahead, divided by the station's number of baristas, and the hands-on minutes of the order itself. The sum is
multiplied by the station's pace, i.e. the real minutes per hands-on minute. The range around the estimate grows with
the square root of the estimate, as the spread of a sum of random times does.

Each order that becomes ready corrects the pace and the range of its station (`learn`). One order has a limited effect,
so a break or a forgotten tap does little harm. Within minutes the values adapt to another barista or a busier hour.
They are stored as columns of the station, which is read with the queues anyway, so a quote needs no extra query.

docs/waits.md shows how often the range is right, and where the method comes from."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from decimal import Decimal

from orders.models import Order
from stations.models import SPREAD_EARLY, SPREAD_LATE, Station

#: Accepted shares of orders that become ready before the quoted range begins (EARLY) and after it ends (LATE).
EARLY, LATE = 0.05, 0.03
#: An order outside the quoted range widens the range on that side by WIDER, up to WIDEST. An order within the range
#: narrows it, by so little that the shares EARLY and LATE hold in the long run. The range never gets narrower than its
#: initial width, because a quiet hour says nothing about the next break.
WIDER, WIDEST = 0.06, 4.0
#: The first order corrects the pace by 1/FIRST_ORDERS of the error. Later orders correct it by less and less, down to
#: 1/MOST_ORDERS.
FIRST_ORDERS, MOST_ORDERS = 3, 30
#: Limit for the error of one order, as a logarithm. A wait of more than twice the estimate counts as twice the
#: estimate.
LARGEST_ERROR = math.log(2)
QUICKEST, SLOWEST = 0.5, 2.5
#: Minutes by which an order for later can be ready before its wanted time.
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
    """Return the wait of an order for later: the last EARLY_BY minutes before `wanted_at`."""
    latest = max(1, math.ceil((wanted_at - now).total_seconds() / 60))
    return Wait(0, max(0, latest - EARLY_BY), latest)


def hands_on_minutes(station: Station, ahead: Decimal, own: Decimal, *, cups: int) -> float:
    """Return the hands-on minutes (work as the menu states it) until an order is ready.

    All baristas share the work ahead. The order itself is shared by at most as many baristas as it has cups."""
    return float(ahead) / station.baristas + float(own) / max(1, min(station.baristas, cups))


def expected_minutes(station: Station, hands_on: float) -> float:
    return hands_on * station.pace + station.extra_minutes


def learn(order: Order) -> None:
    """Correct the pace and range of the station with an order that has just become ready.

    Rehearsals are skipped, and so are changed and moved orders, because they have no estimate. If two orders become
    ready at once, it can happen that only one of them counts. An order that is marked ready again after an undo counts
    twice. Both matter little, because each correction is small. Takes one SQL statement."""
    if order.hands_on_minutes is None or order.ready_at is None or order.practice:
        return
    waited = (order.ready_at - order.placed_at).total_seconds() / 60
    learnt = corrected(order.station, order.hands_on_minutes, waited)
    Station.objects.filter(pk=order.station_id).update(**learnt)
    for column, value in learnt.items():
        setattr(order.station, column, value)


def corrected(station: Station, hands_on: float, waited: float) -> dict[str, float]:
    """Return the station's new pace and spread, after an order with `hands_on` minutes of work took `waited` minutes.

    The order is compared with what the station would quote now, not with what the customer was quoted. Otherwise all
    orders that were quoted before a correction would cause the same correction again."""
    expected, quoted = expected_minutes(station, hands_on), Wait.at(station, hands_on, position=1)
    # Half a minute is added to the real and to the expected minutes. Otherwise the walk to the tablet would be a large
    # error if the wait is short.
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
