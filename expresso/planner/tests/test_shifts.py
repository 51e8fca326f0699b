"""Tests of the shifts that are made from a plan, and of changing them.

Each half hour has its baristas, and nobody works at two stations at once."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEntry, Role
from expresso.planner.day import PlannedDay, planned_day
from expresso.planner.models import EventPlan
from expresso.planner.shifts import PlannedShift, make_shifts, planned_shifts
from expresso.setup.readiness import checks_of
from orders.tests import factory
from stations.models import Event, Shift, Station

MONDAY = dt.date(2030, 6, 3)


@pytest.mark.parametrize(
    ("counts", "shifts"),
    [
        ([[1, 1, 1]], [PlannedShift(0, 0, 3)]),
        ([[1, 2, 1]], [PlannedShift(0, 0, 3), PlannedShift(0, 1, 2)]),
        # An hour without work stays within one shift. After a longer gap a new shift begins.
        ([[1, 0, 0, 1]], [PlannedShift(0, 0, 4)]),
        ([[1, 0, 0, 0, 1]], [PlannedShift(0, 0, 1), PlannedShift(0, 4, 5)]),
        ([[0, 1], [1, 0]], [PlannedShift(1, 0, 1), PlannedShift(0, 1, 2)]),
        ([[1] * 18], [PlannedShift(0, 0, 9), PlannedShift(0, 9, 18)]),
        ([[0, 0]], []),
        ([], []),
    ],
)
def test_places_at_stations_follow_the_counts(counts: list[list[int]], shifts: list[PlannedShift]) -> None:
    assert planned_shifts(counts) == shifts


@pytest.fixture
def bar(db: None) -> Station:
    bar = factory.cafe(
        time_zone="Europe/Berlin", first_day=MONDAY, last_day=MONDAY, opens_at=dt.time(8), closes_at=dt.time(18)
    )
    factory.station(bar.event, "Bar 2")
    plan = EventPlan.objects.create(event=bar.event, attendees=150)
    for hour in (8, 13):
        starts = dt.datetime(2030, 6, 3, hour, 30, tzinfo=dt.UTC)
        plan.breaks.create(starts_at=starts, ends_at=starts + dt.timedelta(minutes=30))
    return bar


def staff(bar: Station, count: int) -> None:
    for number in range(count):
        factory.user(f"barista-{number}", at=bar.event)


def planned(bar: Station) -> PlannedDay:
    found = planned_day(EventPlan.objects.get(event=bar.event), MONDAY)
    assert found is not None
    return found


def act(boss: Client, bar: Station, day: str = "2030-06-03") -> Any:
    return boss.post(reverse("plan-act", args=[bar.event.slug, "make-shifts"]), {"day": day}, follow=True)


def test_one_tap_makes_shifts_with_which_the_event_is_ready(bar: Station, boss: Client) -> None:
    staff(bar, 30)

    page = act(boss, bar).content.decode()

    day = planned(bar)
    assert [row.by_station for row in day.slots if row.on_shift < row.needed] == []
    for n, station in enumerate(day.stations):
        for slot, row in enumerate(day.slots):
            begins = day.curve.begins + slot * dt.timedelta(minutes=30)
            there = Shift.objects.filter(station=station, starts_at__lte=begins, ends_at__gt=begins)
            assert there.count() >= row.by_station[n]
    [check] = [check for check in checks_of(bar.event) if check.title == "Shifts"]
    assert (check.is_fine, check.found) == (True, "Every hour has somebody.")
    assert f"{Shift.objects.count()} shifts are made." in page
    assert AuditEntry.objects.filter(act="made shifts", event=bar.event_id).exists()
    assert page.count(reverse("admin:stations_shift_changelist")) >= 1


def test_nobody_works_at_two_places_at_once_and_the_work_is_shared(bar: Station, boss: Client) -> None:
    staff(bar, 30)
    elsewhere = factory.cafe(time_zone="Europe/Berlin")
    begins = planned(bar).curve.begins
    away = bar.event.memberships.get(user__username="barista-3").user
    Shift.objects.create(station=elsewhere, user=away, starts_at=begins, ends_at=begins + dt.timedelta(hours=12))

    act(boss, bar)

    times: dict[int, list[tuple[dt.datetime, dt.datetime]]] = {}
    for shift in Shift.objects.order_by("starts_at"):
        assert shift.ends_at is not None
        times.setdefault(shift.user_id, []).append((shift.starts_at, shift.ends_at))
    assert all(one[1] <= two[0] for found in times.values() for one, two in pairwise(found))
    assert len(times[away.pk]) == 1
    hours = [sum((end - start).total_seconds() for start, end in found) / 3600 for found in times.values()]
    assert max(hours) <= 12


def test_making_them_anew_replaces_those_of_the_day_alone(bar: Station, boss: Client) -> None:
    staff(bar, 30)
    maya = factory.user("maya", at=bar.event)
    tuesday = dt.datetime(2030, 6, 4, 8, tzinfo=dt.UTC)
    kept = Shift.objects.create(station=bar, user=maya, starts_at=tuesday, ends_at=tuesday + dt.timedelta(hours=4))
    act(boss, bar)
    made = set(Shift.objects.values_list("pk", flat=True))

    page = act(boss, bar).content.decode()

    assert Shift.objects.count() == len(made)
    assert set(Shift.objects.values_list("pk", flat=True)) & made == {kept.pk}
    assert f"in place of {len(made) - 1}." in page


def test_too_few_baristas_are_said_in_hours(bar: Station, boss: Client) -> None:
    staff(bar, 1)

    page = act(boss, bar).content.decode()

    assert "Nobody is free for" in page
    [check] = [check for check in checks_of(bar.event) if check.title == "Shifts"]
    assert (check.is_fine, check.url) == (False, reverse("plan", args=[bar.event.slug]))


def test_a_day_that_has_begun_keeps_its_shifts(bar: Station, boss: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    staff(bar, 5)
    make_shifts(planned(bar), by=factory.user("ben"))
    made = list(Shift.objects.values_list("pk", flat=True))
    begun = planned(bar).curve.begins + dt.timedelta(minutes=1)
    monkeypatch.setattr("django.utils.timezone.now", lambda: begun)
    boss.force_login(bar.event.memberships.get(role=Role.ORGANIZER).user, "django.contrib.auth.backends.ModelBackend")

    page = act(boss, bar).content.decode()

    assert "the day has begun" in page
    assert list(Shift.objects.values_list("pk", flat=True)) == made
    assert "anew" not in page


@pytest.mark.parametrize("day", ["2030-06-04", "", "x"])
def test_a_day_without_a_plan_gets_no_shifts(bar: Station, boss: Client, day: str) -> None:
    assert act(boss, bar, day).status_code == 404


def test_a_barista_makes_no_shifts(bar: Station) -> None:
    client = Client()
    client.force_login(factory.user("maya", at=bar.event), "django.contrib.auth.backends.ModelBackend")

    assert act(client, bar).status_code == 403
    assert (Shift.objects.count(), Event.objects.count()) == (0, 1)
