"""Charts of the live overview: drinks ordered and predicted, drinks made, and real waits beside promised waits."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from expresso.charts import Chart, Series
from expresso.overview.figures import MadeOrder, StationNow, median_of
from expresso.planner.day import HALF_HOUR
from expresso.planner.prediction import Forecast
from stations.models import Event

#: Time that the charts cover, and length of one slot (one place on the horizontal axis) in minutes.
SPAN, SLOT = dt.timedelta(hours=4), 15
COLOURS = ("accent", "making", "waiting", "ready", "late", "muted")


def _slots(event: Event, now: dt.datetime) -> tuple[list[dt.datetime], list[str]]:
    """Return the moments at which the slots of the charts begin, and their labels, such as "09:30".

    The last slot is the one that contains the present moment."""
    local = event.local(now)
    last = local.replace(minute=local.minute // SLOT * SLOT, second=0, microsecond=0).astimezone(dt.UTC)
    count = int(SPAN.total_seconds() // 60) // SLOT
    starts = [last - dt.timedelta(minutes=SLOT * back) for back in range(count)][::-1]
    return starts, [f"{event.local(start):%H:%M}" for start in starts]


def _by_slot(starts: Sequence[dt.datetime], made: Iterable[MadeOrder]) -> Mapping[int, list[MadeOrder]]:
    found: dict[int, list[MadeOrder]] = defaultdict(list)
    for each in made:
        place = int((each.ready_at - starts[0]).total_seconds() // 60) // SLOT
        if 0 <= place < len(starts):
            found[place].append(each)
    return found


def throughput_chart(
    event: Event, stations: Sequence[StationNow], made: Sequence[MadeOrder], now: dt.datetime
) -> Chart:
    starts, labels = _slots(event, now)
    series = []
    for number, station in enumerate(stations):
        slots = _by_slot(starts, [each for each in made if each.station == station.pk])
        cups = [float(sum(each.cups for each in slots[place])) for place in range(len(starts))]
        series.append(Series(station.name, cups, colour=COLOURS[number % len(COLOURS)]))
    return Chart("throughput", "Drinks made", labels, series, unit=f"drinks in {SLOT} min")


def waits_chart(event: Event, made: Sequence[MadeOrder], now: dt.datetime) -> Chart:
    starts, labels = _slots(event, now)
    slots = _by_slot(starts, made)
    true = [median_of(each.waited for each in slots[place]) for place in range(len(starts))]
    quoted = [median_of(each.quoted for each in slots[place]) for place in range(len(starts))]
    series = (
        Series("waited", true, colour="accent"),
        Series("promised at most", quoted, is_line=True, colour="waiting"),
    )
    return Chart("waits", "Wait of half the orders", labels, series, unit="minutes")


def demand_chart(event: Event, forecast: Forecast) -> Chart:
    """Chart the drinks ordered in each half hour of the day.

    A line shows planned drinks for the past and predicted drinks from now on."""
    begins, slots = forecast.curve.begins, round(dt.timedelta(minutes=forecast.curve.demand.minutes) / HALF_HOUR)
    starts = [begins + number * HALF_HOUR for number in range(slots)]
    ordered = [float(forecast.ordered.get(start, 0)) if start <= forecast.now else None for start in starts]
    expected = [
        round(forecast.curve.between(start, start + HALF_HOUR))
        if start + HALF_HOUR <= forecast.now
        else round(forecast.ordered.get(start, 0) + forecast.between(max(start, forecast.now), start + HALF_HOUR))
        for start in starts
    ]
    series = (
        Series("ordered", ordered, colour="accent"),
        Series("planned or predicted", expected, is_line=True, colour="waiting"),
    )
    labels = [f"{event.local(start):%H:%M}" for start in starts]
    return Chart("demand", "Drinks ordered", labels, series, unit="drinks each half hour")
