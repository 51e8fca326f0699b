"""Tests that every page answers unusable input without a server error."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axes.models import AccessAttempt
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.models import Role
from inventory.models import Drink
from orders.tests import factory
from stations.models import Station
from tests.forms import send

pytestmark = pytest.mark.django_db

#: A value for each kind of URL parameter. The slugs are those of this test's event and station.
PARTS = {"int": "9" * 30, "slug": "demo-bar", "str": "no-such-token", "path": "a/b", "uuid": "0" * 32}


@pytest.fixture
def bar() -> Station:
    return factory.cafe()


def addresses(patterns: list[URLPattern | URLResolver] | None = None, before: str = "/") -> Iterator[str]:
    """Yield a URL for every URL pattern of the site, including those of the admin."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = str(pattern.pattern)
        for name, converter in pattern.pattern.converters.items():
            kind = type(converter).__name__.removesuffix("Converter").lower().replace("string", "str")
            route = route.replace(f"<{kind}:{name}>", PARTS[kind]).replace(f"<{name}>", PARTS["str"])
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, before + route)
        elif "(" not in route:
            yield before + route


def visitors(bar: Station) -> dict[str, Client]:
    found = {"nobody": Client(raise_request_exception=False)}
    for role in (factory.ADMIN, Role.BARISTA):
        found[role] = Client(raise_request_exception=False)
        found[role].force_login(factory.user(role, role=role), backend="django.contrib.auth.backends.ModelBackend")
    return found


@pytest.mark.timeout(240)
def test_a_nul_anywhere_and_numbers_beyond_any_row_are_no_error(bar: Station) -> None:
    fields = {"name": "a\0b", "username": "a\0b", "text": "latte\0", "key": "\0", "q": "\0", "id\0": "1"}
    failed = []
    for who, client in visitors(bar).items():
        for address in addresses():
            address = address.replace(PARTS["slug"], bar.slug if "/stations/" in address else bar.event.slug)
            asked = {
                "number": client.get(address),
                "query": client.get(f"{address}?q=%00&drink=a%00b&next=%00"),
                "form": client.post(address, fields),
                "files": client.post(address, {**fields, "file": "a\0b"}, content_type="text/plain"),
            }
            if PARTS["str"] in address:
                asked["path"] = client.get(address.replace(PARTS["str"], "a%00b"))
            failed += [(who, kind, address) for kind, answer in asked.items() if answer.status_code >= 500]

    assert failed == []


@pytest.mark.parametrize("address", ["/?q=%00", "/orders/a%00b/", "/accounts/login/?next=a%00"])
def test_an_address_with_a_nul_is_refused(address: str) -> None:
    assert Client().get(address).status_code == 400


def test_a_form_with_a_nul_is_refused_and_a_text_is_not(bar: Station) -> None:
    assert Client().post(f"/events/{bar.event.slug}/", {"words": "latte\0"}).status_code == 400
    # The response is 403 because the request is not signed. It is not 400, because NUL bytes are allowed in texts.
    assert Client().post("/sms", "Body=latte%00", content_type="application/x-www-form-urlencoded").status_code == 403


def test_a_username_longer_than_any_is_a_wrong_one() -> None:
    answer = Client().post("/accounts/login/", {"username": "a" * 5000, "password": "guessed"})

    assert answer.status_code == 200
    assert [len(attempt.username) for attempt in AccessAttempt.objects.all()] == [150]


@pytest.mark.parametrize("field", ["groups", "defaults"])
def test_a_number_beyond_any_row_in_a_form_is_refused_and_changes_nothing(bar: Station, field: str) -> None:
    client = Client()
    client.force_login(factory.user("owner", Role.ORGANIZER), backend="django.contrib.auth.backends.ModelBackend")
    drink = Drink.objects.filter(event=bar.event).earliest("pk")
    before = list(drink.groups.values_list("pk", flat=True))
    page = reverse("admin:inventory_drink_change", args=[drink.pk])

    answer = send(client, page, name="Flat white", **{field: ["9" * 30]})

    # PostgreSQL finds no row with this primary key, so the form shows an error. SQLite cannot compare with so large a
    # number, so the response is 400.
    assert answer.status_code == 400 or "Select a valid choice" in answer.content.decode()
    drink.refresh_from_db()
    assert (drink.name, list(drink.groups.values_list("pk", flat=True))) == ("Latte", before)
