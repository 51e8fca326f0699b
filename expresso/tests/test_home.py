from __future__ import annotations

import re
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import strip_tags

from accounts.models import Role
from orders import lifecycle
from orders.models import Order
from orders.tests import factory
from stations.models import Event

pytestmark = pytest.mark.django_db


def text_of(answer: Any) -> str:
    return re.sub(r"\s+", " ", strip_tags(answer.content.decode())).strip()


def test_home_leads_each_role_to_its_places() -> None:
    station = factory.cafe()
    board, wall = f"/stations/{station.slug}/", f"/events/{station.event.slug}/wall/"
    found = {}

    for role in (Role.BARISTA, Role.DISPLAY, Role.ORGANIZER):
        client = Client()
        client.force_login(factory.user(role, role))
        page = client.get("/").content.decode()
        found[role] = [place in page for place in (board, wall, "/simulator/", "/admin/")]

    assert found == {
        Role.BARISTA: [True, True, True, False],
        Role.DISPLAY: [False, True, False, False],
        Role.ORGANIZER: [True, True, True, True],
    }


def test_home_shows_an_organizer_how_each_station_stands_and_what_needs_somebody() -> None:
    station = factory.cafe()
    for _ in range(3):
        order = factory.order(station)
    now = timezone.now()
    ago = now - timedelta(minutes=20)
    Order.objects.filter(event=station.event).update(placed_at=ago, quoted_to=ago + timedelta(minutes=5))
    # Choose a time zone in which it is noon now, so that twenty minutes ago is the same day. Names of Etc/GMT zones
    # have the opposite sign.
    Event.objects.filter(pk=station.event_id).update(time_zone=f"Etc/GMT{now.hour - 12:+d}")
    lifecycle.start(order, by=None)
    client = Client()
    client.force_login(factory.user("olivia", Role.ORGANIZER))

    page = text_of(client.get("/"))

    assert f"{station.name} Open 2 waiting 1 making 0 ready" in page
    assert "3 drinks in 3 orders today" in page
    assert f"{station.name}: 2 orders wait for over 8 min, and nobody has started." in page
    assert text_of(client.get("/", headers={"HX-Request": "true"})) in page


def test_home_shows_the_event_that_was_asked_for_and_none_of_somebody_else() -> None:
    mine, other, foreign = (factory.cafe(slug=slug) for slug in ("mine", "other", "foreign"))
    Event.objects.filter(pk=mine.event_id).update(name="Mine")
    Event.objects.filter(pk=other.event_id).update(
        name="Other", closes_at=time(0, 0), opens_at=time(0, 0), last_day=date(2020, 1, 1)
    )
    Event.objects.filter(pk=foreign.event_id).update(name="Foreign")
    olivia = factory.user("olivia", Role.ORGANIZER, at=mine.event)
    olivia.memberships.create(event=other.event, role=Role.ORGANIZER)
    client = Client()
    client.force_login(olivia)

    asked = {slug: client.get(f"/?event={slug}").context["event"].name for slug in ("", "mine", "other", "foreign")}

    # If the URL names no event, the page shows an open event before one that is over. It never shows an event at which
    # the user has no role.
    assert asked == {"": "Mine", "mine": "Mine", "other": "Other", "foreign": "Mine"}
    assert "Foreign" not in client.get("/").content.decode()


def test_home_asks_who_you_are() -> None:
    assert Client().get("/").headers["Location"] == "/accounts/login/?next=/"


def test_after_ten_wrong_passwords_the_right_one_is_refused_for_a_while() -> None:
    factory.user("maya")
    client = Client()
    for _ in range(10):
        answer = client.post("/accounts/login/", {"username": "maya", "password": "wrong"})

    right = client.post("/accounts/login/", {"username": "maya", "password": "a long enough one"})

    assert (answer.status_code, right.status_code) == (429, 429)
    assert "Too many wrong tries" in right.content.decode()
