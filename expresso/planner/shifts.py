"""Makes shifts from a plan, so that every station has the baristas that it needs in each half hour."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from django.db import models, transaction
from django.utils import timezone

from accounts.models import Role, User, record
from expresso.planner.day import HALF_HOUR, PlannedDay
from stations.models import Event, Shift

#: A gap of up to this many half hours without work does not end a shift. After a longer gap a new shift begins.
BRIDGED = 2
#: Maximum length of one person's shift, in half hours.
LONGEST = 16


@dataclass(frozen=True, slots=True)
class PlannedShift:
    """A shift for which no barista has been chosen yet. `station` is an index into the list of the day's stations.

    Half hours are counted from 0 at the start of the day. The shift covers half hours `first` to `until` - 1."""

    station: int
    first: int
    until: int


def planned_shifts(counts: Sequence[Sequence[int]]) -> list[PlannedShift]:
    """Return shifts with which each station has the baristas that it needs.

    `counts` has a list for each station, with the number of baristas that it needs in each half hour."""
    found = []
    for station, slots in enumerate(counts):
        for place in range(max(slots, default=0)):
            begin, end = None, 0
            for slot, count in enumerate(slots):
                if count <= place:
                    continue
                if begin is not None and slot > end + BRIDGED:
                    found += _parts(station, begin, end)
                    begin = None
                begin, end = slot if begin is None else begin, slot + 1
            if begin is not None:
                found += _parts(station, begin, end)
    return sorted(found, key=lambda each: (each.first, each.first - each.until, each.station))


def _parts(station: int, first: int, until: int) -> list[PlannedShift]:
    """Divide a long shift into equal parts, none of which is longer than LONGEST."""
    count = -(-(until - first) // LONGEST)
    ends = [first + (until - first) * part // count for part in range(count + 1)]
    return [PlannedShift(station, *part) for part in pairwise(ends)]


@dataclass(slots=True)
class FreeBarista:
    user: User
    #: Start and end of each shift that this person has already.
    busy: list[tuple[dt.datetime, dt.datetime]] = field(default_factory=list)
    half_hours: int = 0

    def is_free(self, since: dt.datetime, until: dt.datetime) -> bool:
        return all(end <= since or start >= until for start, end in self.busy)


@dataclass(frozen=True, slots=True)
class MadeShifts:
    made: int
    replaced: int
    #: Half hours of planned work for which no barista was free.
    without_anybody: int


@transaction.atomic
def make_shifts(planned: PlannedDay, *, by: User) -> MadeShifts:
    """Replace the shifts of a day by planned ones. The caller makes sure that the day has not begun.

    The work is shared evenly among the event's baristas. Nobody gets two shifts at the same time, not even at different
    events."""
    event, begins = planned.plan.event, planned.curve.begins
    replaced, _by_model = shifts_of(planned).delete()
    people = _people(event, begins, begins + len(planned.slots) * HALF_HOUR)
    shifts, without_anybody = [], 0
    for each in planned_shifts([[slot.by_station[n] for slot in planned.slots] for n in range(len(planned.stations))]):
        since, until = begins + each.first * HALF_HOUR, begins + each.until * HALF_HOUR
        free = [person for person in people if person.is_free(since, until)]
        if not free:
            without_anybody += each.until - each.first
            continue
        person = min(free, key=lambda person: person.half_hours)
        person.busy.append((since, until))
        person.half_hours += each.until - each.first
        shifts.append(Shift(station=planned.stations[each.station], user=person.user, starts_at=since, ends_at=until))
    Shift.objects.bulk_create(shifts)
    made = MadeShifts(len(shifts), replaced, without_anybody)
    record("made shifts", "plan", by=by, event=event.pk, day=str(planned.day), made=made.made, replaced=replaced)
    return made


def has_begun(planned: PlannedDay) -> bool:
    return planned.curve.begins <= timezone.now()


def shifts_of(planned: PlannedDay) -> models.QuerySet[Shift]:
    """Return the event's shifts that begin on the day and have an end. The earliest comes first."""
    event = planned.plan.event
    begins, ends = event.day_ends(planned.day - dt.timedelta(days=1)), event.day_ends(planned.day)
    of_day = Shift.objects.filter(
        station__event=event, starts_at__gte=begins, starts_at__lt=ends, ends_at__isnull=False
    )
    return of_day.select_related("user", "station").order_by("starts_at", "station__position", "pk")


def _people(event: Event, begins: dt.datetime, ends: dt.datetime) -> list[FreeBarista]:
    baristas = event.memberships.filter(role=Role.BARISTA, user__is_active=True).select_related("user")
    people = {each.user_id: FreeBarista(each.user) for each in baristas.order_by("user__first_name", "user__username")}
    elsewhere = Shift.objects.filter(user__in=people, starts_at__lt=ends, ends_at__gt=begins)
    for user, start, end in elsewhere.values_list("user", "starts_at", "ends_at"):
        if end is not None:
            people[user].busy.append((start, end))
    return list(people.values())
