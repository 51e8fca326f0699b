from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import Role
from orders.tests import factory

pytestmark = pytest.mark.django_db


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
