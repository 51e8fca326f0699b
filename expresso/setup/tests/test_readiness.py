"""Tests of the readiness checks. Each check finds what is missing, says what to do, and passes once that is done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from urllib.parse import urlencode

import pytest
import requests
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from accounts.models import Role, SignInCard, User
from expresso import health
from expresso.planner.models import EventPlan
from expresso.setup import webhook_trial
from expresso.setup.readiness import Check, checks_of
from expresso.tests.plans import plans_of
from inventory.models import Drink, Stock
from orders.hints import name_of
from orders.live import presence
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
    presence._noted.clear()
    presence.note_screen(name_of(bar.event))
    return bar


def faulty(event: Event) -> dict[str, Check]:
    event = Event.objects.get(pk=event.pk)
    return {check.title: check for check in checks_of(event) if not check.is_fine}


def test_an_event_with_everything_is_ready(bar: Station) -> None:
    assert faulty(bar.event) == {}


def test_the_last_text_is_found_by_the_conversation_that_was_texted_last(bar: Station) -> None:
    plan = plans_of(lambda: checks_of(bar.event))

    assert "conversation_heard_lately" in plan
    assert "inbound_of_conversation" in plan


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


def _without_wall(bar: Station) -> None:
    cache.clear()


def _planned(bar: Station) -> None:
    """Plan a break for tomorrow morning, in which a hundred drinks are expected."""
    plan = EventPlan.objects.create(event=bar.event, attendees=100, between_share=0)
    starts = dt.datetime.combine(timezone.now().date() + dt.timedelta(days=1), dt.time(9), dt.UTC)
    plan.breaks.create(starts_at=starts, ends_at=starts + dt.timedelta(minutes=30), share=100)


def _too_little_for_the_plan(bar: Station) -> None:
    factory.stock(bar, option="Oat", on_hand=5)
    _planned(bar)


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
        (_without_wall, "Wall", "No screen shows the wall."),
        (_too_little_for_the_plan, "Stock for the plan", "takes more than there is: Oat milk (5 cups of 18 cups)"),
        (_planned, "Shifts", "The plan needs 13 baristas on"),
    ],
)
def test_what_is_missing_is_named_with_what_to_do(
    bar: Station, break_it: Callable[[Station], None], title: str, found: str
) -> None:
    break_it(bar)

    check = faulty(bar.event)[title]

    assert found in check.found
    assert check.todo


def test_a_cache_that_forgets_is_named(bar: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    def forgets() -> dict[str, object]:
        raise health.Down("forgot a value at once")

    monkeypatch.setattr(health, "cache_round_trip", forgets)

    assert faulty(bar.event)["Live pages"].found == "The cache forgot a value at once."


def test_a_card_is_a_way_in(bar: Station) -> None:
    maya = User.objects.get(username="maya")
    maya.set_unusable_password()
    maya.save()
    assert "Cannot sign in: Maya" in faulty(bar.event)["Sign-in"].found

    SignInCard.objects.create(user=maya, event=bar.event, pin_hash="x", code_hash="x")

    assert "Sign-in" not in faulty(bar.event)


class Wire:
    """Replaces `requests.post`: it passes the request to Django's test client and returns the answer.

    It can simulate a fault: raise `error`, change the status of the answer, or add a query string to the URL."""

    def __init__(self, *, query: str = "", status: int = 0, error: Exception | None = None) -> None:
        self.query, self.status, self.error = query, status, error

    def post(self, url: str, *, data: dict[str, str], headers: dict[str, str], **options: object) -> requests.Response:
        if self.error:
            raise self.error
        path = f"/{url.split('/', 3)[3]}{self.query}"
        answer = Client().post(path, urlencode(data), "application/x-www-form-urlencoded", headers=headers)
        response = requests.Response()
        response.status_code, response._content = self.status or answer.status_code, answer.content
        return response


def test_a_test_text_through_the_webhook_proves_that_it_is_reached_and_signed(
    bar: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    InboundMessage.objects.all().delete()
    monkeypatch.setattr(requests, "post", Wire().post)
    client = Client()
    client.force_login(User.objects.get(username="olga"), "django.contrib.auth.backends.ModelBackend")
    assert faulty(bar.event)["Webhook"].act == "test-webhook"

    page = client.post(f"/events/{bar.event.slug}/setup/do/test-webhook/", follow=True).content.decode()

    assert "The test text was signed and answered." in page
    assert "Webhook" not in faulty(bar.event)
    # The webhook does not store a test text.
    assert not InboundMessage.objects.exists()


@pytest.mark.parametrize(
    ("wire", "sentence"),
    [
        (Wire(query="?via=proxy"), "refused the signature"),
        (Wire(status=502), "The webhook answered 502"),
        (Wire(error=requests.ConnectionError()), "was not reached (ConnectionError)"),
    ],
)
def test_a_webhook_that_does_not_work_is_named(
    bar: Station, monkeypatch: pytest.MonkeyPatch, wire: Wire, sentence: str
) -> None:
    monkeypatch.setattr(requests, "post", wire.post)

    assert sentence in webhook_trial.send_test_text(bar.event)
    assert webhook_trial.last_test(bar.event) is None
