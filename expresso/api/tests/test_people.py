"""The API for staff, shifts and customers. Organizers use it."""

from __future__ import annotations

import pytest

from accounts.models import AuditEntry, Customer, Membership, Role, User
from expresso.api.tests.conftest import Caller
from orders.models import Order
from orders.tests import factory
from stations.models import Station

pytestmark = pytest.mark.django_db


def test_staff_are_added_with_a_role_and_without_a_password(bar: Station, organizer: Caller) -> None:
    answer = organizer("POST", f"events/{bar.event.slug}/staff/", {"username": "nia", "name": "Nia", "role": "barista"})

    person = User.objects.get(username="nia")
    assert answer.status_code == 201
    assert answer.json() == {
        "id": person.pk,
        "username": "nia",
        "name": "Nia",
        "role": "barista",
        "is_active": True,
    }
    assert not person.has_usable_password()
    assert person.roles == {bar.event_id: Role.BARISTA}
    assert "nia" in [each["username"] for each in organizer("GET", f"events/{bar.event.slug}/staff/").json()]


def test_a_username_that_is_taken_changes_nobody(bar: Station, organizer: Caller) -> None:
    other = factory.user("zoe", at=factory.cafe(name="Other").event)

    answer = organizer("POST", f"events/{bar.event.slug}/staff/", {"username": "zoe", "name": "Zoe", "role": "barista"})

    assert (answer.status_code, answer.json()["code"]) == (409, "username_taken")
    assert not Membership.objects.filter(user=other, event=bar.event).exists()


@pytest.mark.parametrize("username", ["", "with space", "x" * 151, "a/b"])
def test_a_username_that_nobody_could_type_is_refused(bar: Station, organizer: Caller, username: str) -> None:
    body = {"username": username, "name": "Nia", "role": "barista"}

    assert organizer("POST", f"events/{bar.event.slug}/staff/", body).status_code == 400
    assert not User.objects.filter(first_name="Nia").exists()


def test_a_role_changes_and_ends_at_this_event_alone(bar: Station, maya: User, organizer: Caller) -> None:
    other = factory.cafe(name="Other").event
    Membership.objects.create(user=maya, event=other, role=Role.SUPPORT)
    address = f"events/{bar.event.slug}/staff/{maya.pk}/"

    changed = organizer("PATCH", address, {"role": "support"})

    assert changed.json()["role"] == "support"
    assert organizer("DELETE", address).status_code == 204
    assert {each.event_id: each.role for each in maya.memberships.all()} == {other.pk: Role.SUPPORT}
    assert organizer("PATCH", address, {"role": "barista"}).status_code == 404
    assert list(AuditEntry.objects.values_list("act", flat=True))[:2] == ["staff removed", "role changed"]


def test_nobody_takes_their_own_role(bar: Station, organizer: Caller) -> None:
    olga = User.objects.get(username="olga")
    address = f"events/{bar.event.slug}/staff/{olga.pk}/"

    assert organizer("DELETE", address).status_code == 409
    assert organizer("PATCH", address, {"role": "barista"}).json()["code"] == "own_role"
    assert olga.memberships.get().role == Role.ORGANIZER


def test_a_shift_is_added_listed_and_deleted(bar: Station, maya: User, organizer: Caller) -> None:
    shifts = f"events/{bar.event.slug}/shifts/"
    body = {
        "station": bar.slug,
        "user": maya.pk,
        "starts_at": "2026-11-29T08:00:00Z",
        "ends_at": "2026-11-29T12:00:00Z",
    }

    shift = organizer("POST", shifts, body).json()

    assert organizer("GET", shifts).json() == [shift]
    assert shift["starts_at"] == "2026-11-29T08:00:00Z"
    assert organizer("DELETE", f"{shifts}{shift['id']}/").status_code == 204
    assert organizer("GET", shifts).json() == []


@pytest.mark.parametrize(
    ("fault", "field"),
    [
        ({"ends_at": "2026-11-29T07:00:00Z"}, "ends_at"),
        ({"ends_at": "9999-12-31T23:59:59Z"}, "ends_at"),
        ({"starts_at": "0206-11-29T08:00:00Z"}, "starts_at"),
        ({"user": 999_999}, "user"),
        ({"station": "nowhere"}, "station"),
    ],
)
def test_a_shift_that_cannot_be_is_refused(
    bar: Station, maya: User, organizer: Caller, fault: dict[str, object], field: str
) -> None:
    body = {"station": bar.slug, "user": maya.pk, "starts_at": "2026-11-29T08:00:00Z"} | fault

    answer = organizer("POST", f"events/{bar.event.slug}/shifts/", body)

    assert answer.status_code == 400
    assert f"/{field}" in [each["pointer"] for each in answer.json()["errors"]]
    assert not bar.shifts.exists()


def test_a_customer_is_found_by_code_and_number_and_only_the_end_of_the_number_is_sent(
    bar: Station, organizer: Caller
) -> None:
    zoe = Customer.objects.create(name="Zoe", phone="+15550004321", language="en")
    order = factory.order(bar)
    Order.objects.filter(pk=order.pk).update(customer=zoe)
    stranger = Customer.objects.create(name="Eve", phone="+15559994321")
    shape = {"id": zoe.pk, "name": "Zoe", "phone_end": "4321", "language": "en", "vip": False}
    customers = f"events/{bar.event.slug}/customers/"

    for asked in (f"code={order.code.lower()}", "phone=4321", "phone=%2B15550004321"):
        assert organizer("GET", f"{customers}?{asked}").json() == [shape]

    assert organizer("GET", f"{customers}{zoe.pk}/").json() == shape
    assert organizer("GET", f"{customers}{stranger.pk}/").status_code == 404
    assert organizer("GET", customers).status_code == 400
    assert organizer("GET", f"{customers}?phone=%2B15559994321").json() == []
