"""Each check finds what is missing, says what to do, and is content once it is done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.utils import timezone

from accounts.models import Role, User
from expresso.setup.readiness import Check, checks_of
from inventory.models import Drink, Stock
from orders.tests import factory
from sms.models import Conversation, InboundMessage
from stations.models import Event, Shift, Station

pytestmark = pytest.mark.django_db


@pytest.fixture
def bar() -> Station:
    today = timezone.now().date()
    bar = factory.cafe(
        first_day=today, last_day=today + dt.timedelta(days=1), opens_at=dt.time(0), closes_at=dt.time(23, 59)
    )
    Drink.objects.filter(name="Tea").update(aliases=["cuppa"])
    maya = factory.user("maya", at=bar.event)
    factory.user("olga", Role.ORGANIZER, bar.event)
    start = dt.datetime.combine(today, dt.time.min, dt.UTC)
    Shift.objects.create(station=bar, user=maya, starts_at=start, ends_at=start + dt.timedelta(days=2))
    talk = Conversation.objects.create(event=bar.event, customer=factory.customer())
    InboundMessage.objects.create(sid="SM1", conversation=talk, body="menu", reply="Latte …")
    return bar


def faulty(event: Event) -> dict[str, Check]:
    event = Event.objects.get(pk=event.pk)
    return {check.title: check for check in checks_of(event) if not check.is_fine}


def test_an_event_with_everything_is_ready(bar: Station) -> None:
    assert faulty(bar.event) == {}


def _ended(bar: Station) -> None:
    Event.objects.filter(pk=bar.event.pk).update(first_day="2020-01-01", last_day="2020-01-02")


def _without_days(bar: Station) -> None:
    Event.objects.filter(pk=bar.event.pk).update(first_day=None)


def _closed(bar: Station) -> None:
    Station.objects.update(is_open=False)


def _no_menu(bar: Station) -> None:
    for drink in Drink.objects.all():
        drink.delete()


def _only_exact_names(bar: Station) -> None:
    for drink in Drink.objects.all():
        drink.aliases = []
        drink.save()


def _nobody_makes_tea(bar: Station) -> None:
    factory.cannot_make(bar, drink="Tea")


def _used_up(bar: Station) -> None:
    Stock.objects.filter(pk=factory.stock(bar, option="Oat", on_hand=1).pk).update(on_hand=0)


def _nobody_works(bar: Station) -> None:
    bar.event.memberships.all().delete()


def _shut_out(bar: Station) -> None:
    User.objects.filter(username="maya").update(is_active=False)


def _short_shift(bar: Station) -> None:
    shift = Shift.objects.get()
    Shift.objects.update(ends_at=shift.starts_at + dt.timedelta(hours=5))


def _without_number(bar: Station) -> None:
    Event.objects.filter(pk=bar.event.pk).update(sms_number=None)


def _untested(bar: Station) -> None:
    InboundMessage.objects.update(received_at=timezone.now() - dt.timedelta(days=2))


def _archived(bar: Station) -> None:
    Event.objects.filter(pk=bar.event.pk).update(archived_at=timezone.now())


@pytest.mark.parametrize(
    ("break_it", "title", "found"),
    [
        (_ended, "Days", "The last day is over."),
        (_without_days, "Days", "No days are given"),
        (_closed, "Stations", "No station is open."),
        (_no_menu, "Menu", "The menu is empty."),
        (_only_exact_names, "Words for drinks", "Only the exact names of drinks are understood"),
        (_nobody_makes_tea, "Drinks that nobody makes", "No open station can make: Tea"),
        (_used_up, "Stock", "Oat milk"),
        (_nobody_works, "Staff", "Nobody has a role."),
        (_shut_out, "Sign-in", "Cannot sign in: Maya"),
        (_short_shift, "Shifts", "Nobody is down for 43 of the hours, first on"),
        (_without_number, "Numbers", "nobody can text"),
        (_untested, "Webhook", "The last text came on"),
        (_archived, "Archive", "takes no orders"),
    ],
)
def test_what_is_missing_is_named_with_what_to_do(
    bar: Station, break_it: Callable[[Station], None], title: str, found: str
) -> None:
    break_it(bar)

    check = faulty(bar.event)[title]

    assert found in check.found
    assert check.todo
