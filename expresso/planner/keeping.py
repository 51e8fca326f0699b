"""Saves a plan: its breaks, figures that are copied from another event, and the numbers of baristas at the stations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from accounts.models import User, record
from expresso.planner.day import curve_of
from expresso.planner.mix import ordered_at
from expresso.planner.models import EventPlan, PlannedBreak
from expresso.planner.programme import MOST, ProgrammeBreak, ProgrammeError
from expresso.planner.trial import split
from inventory.snapshot import menu_of
from orders.models import Order
from orders.statuses import DROPPED
from stations.models import Event

#: Maximum percentage of attendees who take a drink in a break. It can exceed 100, because people can take several
#: drinks.
LARGEST_SHARE = 300


@transaction.atomic
def replace_breaks(plan: EventPlan, breaks: Iterable[ProgrammeBreak]) -> None:
    plan.breaks.all().delete()
    PlannedBreak.objects.bulk_create(
        PlannedBreak(plan=plan, name=each.name, starts_at=each.starts_at, ends_at=each.ends_at, share=each.share)
        for each in breaks
    )


@transaction.atomic
def add_breaks(plan: EventPlan, breaks: Iterable[ProgrammeBreak]) -> int:
    """Add those breaks that the plan does not have yet, and return their number.

    Raise ProgrammeError if the plan would then have too many breaks."""
    there = set(plan.breaks.values_list("starts_at", "ends_at"))
    new = [each for each in breaks if (each.starts_at, each.ends_at) not in there]
    if len(there) + len(new) > MOST:
        raise ProgrammeError(f"A plan has at most {MOST} breaks. Remove some first.")
    PlannedBreak.objects.bulk_create(
        PlannedBreak(plan=plan, name=each.name, starts_at=each.starts_at, ends_at=each.ends_at, share=each.share)
        for each in new
    )
    return len(new)


@transaction.atomic
def take_figures_over(plan: EventPlan, source: Event, *, by: User) -> bool:
    """Copy to the plan how often each drink was ordered at another event, and how many attendees took one.

    The percentages of attendees can be copied only if the other event has a plan and orders on its past days. Return
    True if the percentages were copied. The baristas' pace is not copied, but read from the other event when needed."""
    mix = ordered_at(source)
    names = menu_of(plan.event).menu.names
    plan.drinks = {str(pk): mix.drinks[name] for pk, name in names.drinks.items() if mix.drinks.get(name)}
    plan.options = {str(pk): mix.options[name] for pk, name in names.options.items() if mix.options.get(name)}
    plan.taken_from = source
    shares = shares_at(source)
    if shares:
        plan.morning_share, plan.afternoon_share = shares
    plan.save()
    record("took figures over", "plan", by=by, event=plan.event_id, source=source.slug)
    return shares is not None


def shares_at(event: Event) -> tuple[int, int] | None:
    """Return which percentages of the attendees took a drink in a morning break and in an afternoon break.

    A percentage is the planned one, multiplied by ordered drinks / expected drinks. Mornings and afternoons of all past
    days are counted separately. Return None if the event has no plan or had no orders on past days."""
    plan = EventPlan.objects.filter(event=event).prefetch_related("breaks").first()
    if plan is None:
        return None
    expected, ordered = [0.0, 0.0], [0, 0]
    for day in {event.day_of(each.starts_at) for each in plan.breaks.all()}:
        curve = curve_of(plan, day)
        ends = event.day_ends(day)
        if curve is None or ends > timezone.now():
            continue
        noon = dt.datetime.combine(day, dt.time(12), event.zone).astimezone(dt.UTC)
        begins = event.day_ends(day - dt.timedelta(days=1))
        for half, (since, until) in enumerate(((begins, noon), (noon, ends))):
            expected[half] += curve.between(since, until)
            orders = Order.objects.filter(event=event, placed_at__gte=since, placed_at__lt=until, practice=False)
            ordered[half] += sum(orders.exclude(status__in=DROPPED).values_list("cups", flat=True))
    if not any(ordered):
        return None
    planned = plan.morning_share, plan.afternoon_share
    morning, afternoon = (
        min(LARGEST_SHARE, round(share * had / would)) if would and had else share
        for share, had, would in zip(planned, ordered, expected, strict=True)
    )
    return morning, afternoon


@transaction.atomic
def set_baristas(event: Event, baristas: int, *, by: User) -> None:
    """Divide this number of baristas among the open stations."""
    stations = list(event.stations.filter(is_open=True))
    for station, count in zip(stations, split(baristas, len(stations)), strict=True):
        before, station.baristas = station.baristas, min(50, max(1, count))
        station.save(update_fields=["baristas"])
        record("changed", station, by=by, event=event.pk, changes={"baristas": (before, station.baristas)})
