"""The API for managing API keys and for reading the audit log. Organizers use both."""

from __future__ import annotations

import pytest

from accounts.models import AuditEntry, Customer, User, record
from expresso.api.models import ApiKey, Scope, StoredAnswer
from expresso.api.tests.conftest import Caller
from orders.models import Order
from orders.tests import factory
from stations.models import Station

pytestmark = pytest.mark.django_db


def test_a_key_is_shown_once_works_and_is_revoked(bar: Station, organizer: Caller) -> None:
    path = f"events/{bar.event.slug}/api-keys/"

    made = organizer("POST", path, {"name": "Robot", "scopes": ["read"]}).json()
    robot = Caller(made["key"])
    before = robot("GET", "events/").status_code
    listed = organizer("GET", path).json()
    revoked = organizer("DELETE", f"{path}{made['id']}/")

    assert (before, revoked.status_code, robot("GET", "events/").status_code) == (200, 204, 401)
    assert listed[0] | {"used_at": None} == {name: value for name, value in made.items() if name != "key"}
    assert organizer("GET", path).json()[0]["revoked_at"]
    assert list(AuditEntry.objects.values_list("act", "subject")) == [
        ("revoked", f"API key Robot (…{made['hint']})"),
        ("added", f"API key Robot (…{made['hint']})"),
    ]


def test_a_repeated_request_makes_one_key_and_does_not_show_it_again(bar: Station, organizer: Caller) -> None:
    path, content = f"events/{bar.event.slug}/api-keys/", {"name": "Robot", "scopes": ["read"]}

    first, again = (organizer("POST", path, content, Idempotency_Key="1").json() for _ in range(2))

    assert again == first | {"key": None}
    assert first["key"] not in StoredAnswer.objects.get().body
    assert ApiKey.objects.count() == 1


def test_a_key_makes_no_key_whatever_its_scopes(bar: Station, organizer: Caller) -> None:
    path, content = f"events/{bar.event.slug}/api-keys/", {"name": "Robot", "scopes": list(Scope.values)}
    robot = Caller(organizer("POST", path, content).json()["key"])

    assert robot("POST", path, content).status_code == 403
    assert robot("GET", path).status_code == 403


def test_another_events_key_is_not_found(bar: Station, organizer: Caller) -> None:
    other = factory.cafe().event
    row = ApiKey(name="Robot", event=other, owner=User.objects.get(username="olga"), scopes=["read"])
    row.renew()
    row.save()

    assert organizer("DELETE", f"events/{bar.event.slug}/api-keys/{row.pk}/").status_code == 404
    row.refresh_from_db()
    assert row.revoked_at is None


@pytest.mark.parametrize("fault", [{"scopes": []}, {"scopes": ["everything"]}, {"name": ""}, {"event": 1}])
def test_a_key_that_cannot_be_is_refused(bar: Station, organizer: Caller, fault: dict[str, object]) -> None:
    content = {"name": "Robot", "scopes": ["read"]} | fault

    assert organizer("POST", f"events/{bar.event.slug}/api-keys/", content).status_code == 400
    assert not ApiKey.objects.exists()


def test_the_audit_is_read_page_by_page_with_filters(bar: Station, organizer: Caller) -> None:
    olga = User.objects.get(username="olga")
    for number in range(3):
        record("changed", f"station {number}", by=olga, event=bar.event.pk, changes={"baristas": (number, 9)})
    record("paused", "event", by=None, event=bar.event.pk)
    record("changed", "elsewhere", by=olga, event=factory.cafe().event.pk)
    path = f"events/{bar.event.slug}/audit/"

    first = organizer("GET", f"{path}?page_size=3").json()
    rest = organizer.client.get(first["next"], headers=organizer.headers).json()
    changed = organizer("GET", f"{path}?act=changed&by=olga").json()["results"]

    assert [entry["subject"] for entry in first["results"]] == ["event", "station 2", "station 1"]
    assert [entry["subject"] for entry in rest["results"]] == ["station 0"]
    assert [entry["subject"] for entry in changed] == ["station 2", "station 1", "station 0"]
    assert changed[0]["details"] == {"changes": {"baristas": [2, 9]}}
    assert organizer("GET", f"{path}?before=2020-01-01T00:00:00Z").json()["results"] == []
    assert organizer("GET", f"{path}?after=yesterday").status_code == 400


def test_baristas_read_no_audit_and_no_keys(bar: Station, barista: Caller) -> None:
    for path in ("audit", "api-keys"):
        assert barista("GET", f"events/{bar.event.slug}/{path}/").status_code == 403


def test_a_customer_is_forgotten_and_the_order_stays_without_a_person(bar: Station, organizer: Caller) -> None:
    zoe = Customer.objects.create(name="Zoe", phone="+15550004321")
    order = factory.order(bar, customer=zoe, name="Zoe")
    path = f"events/{bar.event.slug}/customers/{zoe.pk}/"

    answer = organizer("DELETE", path)

    assert (answer.status_code, organizer("GET", path).status_code) == (204, 404)
    order.refresh_from_db()
    assert (order.customer, order.name) == (None, "")
    entry = AuditEntry.objects.get()
    assert (entry.act, entry.subject, entry.by_name, entry.event) == (
        "forgotten",
        f"customer {zoe.pk}",
        "olga",
        bar.event,
    )


def test_a_customer_of_somebody_elses_event_is_forgotten_by_admins_alone(bar: Station, organizer: Caller) -> None:
    zoe = Customer.objects.create(name="Zoe", phone="+15550004321")
    factory.order(bar, customer=zoe)
    factory.order(factory.cafe(), customer=zoe)
    path = f"events/{bar.event.slug}/customers/{zoe.pk}/"

    refused = organizer("DELETE", path)

    assert (refused.status_code, refused.json()["code"]) == (409, "customer_elsewhere")
    assert Order.objects.filter(customer=zoe).count() == 2
