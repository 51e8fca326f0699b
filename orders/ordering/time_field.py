"""The order form's field for the wanted time of day, such as "09:15". An empty field means as soon as possible."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from orders.limits import check_time
from orders.ordering.desk import Desk, Slip
from orders.ordering.refusal_texts import refusal_text
from orders.parser import TimeSaid
from orders.parser.times import moment_of
from orders.refusals import Refusal


def first(desk: Desk) -> str:
    """Return the field's initial value, such as "09:15".

    It is the wanted time of the order that is being changed, or else the time at which the event opens, or else ""."""
    return _ordered(desk) or (f"{desk.event.local(desk.opens):%H:%M}" if desk.opens else "")


def wanted_moment(desk: Desk, slip: Slip) -> dt.datetime | None:
    """Return the next moment at which clocks show the field's time; None means as soon as possible.

    If an order is being changed and its time is not, its date stays too. If a tablet kept the form while it was
    offline, the next moment is the one after the form was filled in. None is returned if that moment has passed by
    now."""
    if not desk.time_asked or not slip.time:
        return None
    if slip.time == _ordered(desk):
        return desk.wanted_at
    try:
        clock = dt.time.fromisoformat(slip.time)
    except ValueError:
        slip.faults["time"] = _("Write a time of day such as 09:15, or none for as soon as possible.")
        return None
    now = timezone.now()
    moment = desk.event.next_time(clock.replace(second=0, microsecond=0, tzinfo=None), desk.filled_at or now)
    return moment if moment > now else None


def take(said: TimeSaid, desk: Desk, slip: Slip) -> None:
    """Put the time that was read in a typed order, such as "latte at 9:15", into the field. If no order can be placed
    for then, show why instead."""
    event, now = desk.event, timezone.now()
    moment = moment_of(said, event.local(now), event.is_open)
    if moment is None:
        slip.time = ""
        if said.lacks_clock:
            slip.faults["time"] = _("Choose the time at which you would like it.")
        return
    try:
        check_time(event, moment, now, even_closed=True)
    except Refusal as refusal:
        slip.faults["time"] = refusal_text(refusal, event, desk.language)
    else:
        slip.time = f"{event.local(moment):%H:%M}"


def _ordered(desk: Desk) -> str:
    """Return the wanted time of the order that is being changed, such as "09:15"; "" if the order has none."""
    return f"{desk.event.local(desk.wanted_at):%H:%M}" if desk.wanted_at else ""
