"""Estimate when an order will be ready, as a range of minutes, and learn from when orders were ready.

The estimate starts from hands-on minutes: those of the orders ahead, shared among the station's baristas, and the
order's own. They are multiplied by the station's pace (real minutes for a minute on the menu). The range reaches
further on both sides for a longer wait, with the square root of the estimate, as the spread of a sum of making times
does.

Each order that becomes ready corrects pace and range of its station (`learn`). One order moves them by a bounded step,
so a break or a forgotten tap does little harm, and after some minutes they fit another barista or a busier hour. They
are columns of the station, which is read with the queues anyway: quoting takes no statement of its own.

docs/waits.md shows how often the range holds, and where the method comes from."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from decimal import Decimal

from orders.models import Order
from stations.models import SPREAD_EARLY, SPREAD_LATE, Station

#: Shares of orders that may be ready before their range begins, and after it has ended.
EARLY, LATE = 0.05, 0.03
#: How much an order that misses its range widens the range on that side, and the maximum width. An order within its
#: range narrows it, by an amount that leads to the shares above. The range gets no narrower than it began: a quiet hour
#: says nothing about the next break.
WIDER, WIDEST = 0.06, 4.0
#: The first orders move the pace by a third of their error, later ones by less and less, down to a thirtieth.
FIRST_ORDERS, MOST_ORDERS = 3, 30
#: The largest error, as a logarithm, that one order can show: twice or half the estimate.
LARGEST_ERROR = math.log(2)
QUICKEST, SLOWEST = 0.5, 2.5
#: Minutes before its time at which an order for later may be ready.
EARLY_BY = 5


@dataclass(frozen=True, slots=True)
class Wait:
    """Whole minutes from now, and the place in the queue (1: next). The earliest is 0 where it may be ready at once."""

    position: int
    earliest: int
    latest: int

    @classmethod
    def at(cls, station: Station, hands_on: float, *, position: int) -> Wait:
        """The wait at a station for an order that takes `hands_on` minutes of work."""
        expected = expected_minutes(station, hands_on)
        spread = math.sqrt(expected + 0.5)
        earliest = max(0, math.floor(expected - station.spread_early * spread))
        return cls(position, earliest, max(math.ceil(expected + station.spread_late * spread), earliest + 1, 2))

    def span(self, now: dt.datetime) -> tuple[dt.datetime, dt.datetime]:
        return now + dt.timedelta(minutes=self.earliest), now + dt.timedelta(minutes=self.latest)


def until(wanted_at: dt.datetime, now: dt.datetime) -> Wait:
    """The wait for an order that is held back: it is ready in the last minutes before the time that is wanted."""
    latest = max(1, math.ceil((wanted_at - now).total_seconds() / 60))
    return Wait(0, max(0, latest - EARLY_BY), latest)


def hands_on_minutes(station: Station, ahead: Decimal, own: Decimal, *, cups: int) -> float:
    """Minutes on the menu until an order is ready: the work ahead and its own cups, shared among the baristas."""
    return float(ahead) / station.baristas + float(own) / max(1, min(station.baristas, cups))


def expected_minutes(station: Station, hands_on: float) -> float:
    return hands_on * station.pace + station.extra_minutes


def learn(order: Order) -> None:
    """Correct the pace and the range of the station by an order that has just become ready.

    After a change or a move there is no estimate to compare with, and a rehearsal teaches nothing. Of two orders at the
    same moment one may not count, and an order that is marked ready again after an undo counts twice: the step is
    small. Takes one statement, on the barista's tap."""
    if order.hands_on_minutes is None or order.ready_at is None or order.practice:
        return
    waited = (order.ready_at - order.placed_at).total_seconds() / 60
    learnt = corrected(order.station, order.hands_on_minutes, waited)
    Station.objects.filter(pk=order.station_id).update(**learnt)
    for column, value in learnt.items():
        setattr(order.station, column, value)


def corrected(station: Station, hands_on: float, waited: float) -> dict[str, float]:
    """The station's new pace and spread, after an order with `hands_on` minutes of work took `waited` minutes.

    The order is compared with what the station would quote for it now, not with what was quoted then: the orders that
    were placed before the station had learnt something would teach it the same again and again."""
    expected, quoted = expected_minutes(station, hands_on), Wait.at(station, hands_on, position=1)
    # Half a minute on both sides, so that the walk to the tablet is not a large error of a short wait.
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
