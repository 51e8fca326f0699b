from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import rotation
from expresso.api.models import StoredAnswer
from expresso.api.tests.conftest import Caller
from orders import lifecycle
from orders.models import Order
from orders.tests import factory
from stations.models import Event, Station

pytestmark = pytest.mark.django_db

LATTE = {"drink": "Latte", "options": [{"group": "Milk", "option": "Oat"}]}


def place(call: Caller, bar: Station, **fields: object) -> Any:
    answer = call("POST", f"events/{bar.event.slug}/orders/", {"items": [LATTE], "name": "Sam"} | fields)
    assert answer.status_code == 201, answer.content
    return answer.json()


def test_an_order_goes_from_placed_to_collected(barista: Caller, bar: Station) -> None:
    placed = barista("POST", f"events/{bar.event.slug}/orders/", {"items": [LATTE], "name": "Sam"})
    order, version, statuses = placed.json(), placed["ETag"], []
    for step in ("start", "ready", "collect"):
        answer = barista("POST", f"orders/{order['id']}/{step}/", If_Match=version)
        version = answer["ETag"]
        statuses.append(answer.json()["status"])

    assert placed.status_code == 201
    assert placed["Location"] == f"/api/v1/orders/{order['id']}/"
    assert (order["code"], order["status"], order["wait"]["position"]) == ("A01", "waiting", 1)
    assert order["items"][0]["options"] == [{"group": "Milk", "option": "Oat", "amount": None}]
    assert statuses == ["making", "ready", "collected"]


def test_the_same_request_with_the_same_key_is_done_once(barista: Caller, bar: Station) -> None:
    path, content = f"events/{bar.event.slug}/orders/", {"items": [LATTE]}

    first = barista("POST", path, content, Idempotency_Key="one")
    again = barista("POST", path, content, Idempotency_Key="one")
    other = barista("POST", path, {"items": [{"drink": "Tea"}]}, Idempotency_Key="one")

    assert (again.status_code, again.json(), again["ETag"]) == (201, first.json(), first["ETag"])
    assert again["Idempotency-Replayed"] == "true"
    assert (other.status_code, other.json()["code"]) == (422, "key_reused")
    assert Order.objects.count() == 1


def test_a_stored_answer_is_encrypted_also_when_it_was_stored_before(
    barista: Caller, bar: Station, settings: Any
) -> None:
    barista("POST", f"events/{bar.event.slug}/orders/", {"items": [LATTE]}, Idempotency_Key="one")
    settings.ENCRYPTION_KEYS = ["a new key for this test, as long as one must be", *settings.ENCRYPTION_KEYS]

    assert rotation.encrypt_anew(StoredAnswer) == 1

    assert not rotation.outdated(StoredAnswer)
    assert "Latte" in StoredAnswer.objects.get().body


def test_a_refused_request_may_come_again_with_its_key(barista: Caller, bar: Station) -> None:
    path = f"events/{bar.event.slug}/orders/"
    refused = barista("POST", path, {"items": [{"drink": "Beer"}]}, Idempotency_Key="two")
    taken = barista("POST", path, {"items": [LATTE]}, Idempotency_Key="two")

    assert (refused.status_code, refused.json()["code"], refused.json()["word"]) == (409, "not_on_menu", "Beer")
    assert taken.status_code == 201


def test_nobody_moves_an_order_as_it_no_longer_stands(barista: Caller, bar: Station) -> None:
    order = place(barista, bar)
    barista("PATCH", f"orders/{order['id']}/", {"name": "Max"}, If_Match='"1"')

    without = barista("POST", f"orders/{order['id']}/start/")
    stale = barista("POST", f"orders/{order['id']}/start/", If_Match='"1"')
    anyhow = barista("POST", f"orders/{order['id']}/start/", If_Match="*")

    assert (without.status_code, without.json()["code"]) == (428, "if_match_missing")
    assert (stale.status_code, stale.json()["code"]) == (412, "changed")
    assert anyhow.json()["status"] == "making"


def test_a_step_that_does_not_fit_says_why(barista: Caller, bar: Station) -> None:
    order = place(barista, bar)

    answer = barista("POST", f"orders/{order['id']}/collect/", If_Match="*")

    assert answer.status_code == 409
    assert answer["Content-Type"] == "application/problem+json"
    assert (answer.json()["code"], answer.json()["order_status"]) == ("wrong_status", "waiting")


def test_what_cannot_be_made_names_what_there_is(barista: Caller, bar: Station) -> None:
    factory.cannot_make(bar, option="Oat")

    answer = barista("POST", f"events/{bar.event.slug}/orders/", {"items": [LATTE]})

    problem = answer.json()
    assert (answer.status_code, problem["code"], problem["missing"]) == (409, "cannot_be_made", ["Oat"])
    assert problem["instead"] == ["Full cream", "Soy"]
    assert problem["detail"] == "Sold out just now: Oat. There is Full cream, Soy."


def test_an_unknown_field_is_refused_by_its_place(barista: Caller, bar: Station) -> None:
    wrong = {"items": [{"drink": "Latte", "sugar": 2}], "nmae": "Sam"}

    answer = barista("POST", f"events/{bar.event.slug}/orders/", wrong)
    deeper = barista("POST", f"events/{bar.event.slug}/orders/", {"items": wrong["items"]})

    assert answer.json()["errors"] == [{"pointer": "/nmae", "detail": "There is no such field."}]
    assert deeper.json()["errors"] == [{"pointer": "/items/0/sugar", "detail": "There is no such field."}]


def test_blanks_count_as_the_schema_counts_them(barista: Caller, bar: Station) -> None:
    answer = barista("POST", f"events/{bar.event.slug}/orders/", {"items": [LATTE], "name": "Sam" + " " * 100})

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "/name"


def test_orders_are_listed_by_pages_and_filters(barista: Caller, bar: Station) -> None:
    for name in ("A", "B", "C"):
        place(barista, bar, name=name)
    path = f"events/{bar.event.slug}/orders/"

    first = barista("GET", f"{path}?page_size=2").json()
    place(barista, bar, name="D")
    rest = barista.client.get(first["next"], headers=barista.headers).json()
    by_code = barista("GET", f"{path}?code=a02&status=open").json()
    wrong = barista("GET", f"{path}?status=lost")

    assert [order["name"] for order in first["results"]] == ["C", "B"]
    assert [order["name"] for order in rest["results"]] == ["A"]
    assert [order["name"] for order in by_code["results"]] == ["B"]
    assert (wrong.status_code, wrong.json()["errors"][0]["pointer"]) == (400, "/status")


def test_open_is_asked_for_together_with_other_statuses(barista: Caller, bar: Station) -> None:
    waiting, cancelled, collected = (factory.order(bar) for _ in range(3))
    lifecycle.cancel(cancelled)
    lifecycle.collect(lifecycle.mark_ready(collected, by=None), by=None)

    listed = barista("GET", f"events/{bar.event.slug}/orders/?status=open&status=cancelled").json()

    assert [order["id"] for order in listed["results"]] == [cancelled.pk, waiting.pk]


@pytest.mark.parametrize(
    ("moment", "status"),
    [("2328-02-06T22:47:26-18:33", 200), ("0001-01-01T00:00:00%2B18:00", 400), ("2026-11-29T08:00:00", 400)],
)
def test_orders_since_a_moment_in_any_zone(barista: Caller, bar: Station, moment: str, status: int) -> None:
    answer = barista("GET", f"events/{bar.event.slug}/orders/?placed_after={moment}")

    assert answer.status_code == status


def test_a_page_of_orders_takes_as_many_statements_as_one_order(barista: Caller, bar: Station) -> None:
    counts = []
    for _ in range(2):
        place(barista, bar)
        with CaptureQueriesContext(connection) as statements:
            barista("GET", f"events/{bar.event.slug}/orders/")
        counts.append(len(statements))

    assert counts[0] == counts[1]


def test_a_text_is_read_without_ordering(barista: Caller, bar: Station) -> None:
    answer = barista("POST", f"events/{bar.event.slug}/understand/", {"text": "large oat latte for Sam"})

    read = answer.json()
    assert (read["intent"], read["name"], read["items"][0]["drink"]) == ("order", "Sam", "Latte")
    assert not Order.objects.exists()


def test_an_order_that_comes_back_says_what_there_is_too_little_of(barista: Caller, bar: Station) -> None:
    factory.stock(bar, option="Oat", on_hand=1)
    first = place(barista, bar)
    barista("POST", f"orders/{first['id']}/cancel/", {"reason": "spilt"}, If_Match="*")
    Event.objects.update(max_drinks_per_window=1)
    place(barista, bar)

    back = barista("POST", f"orders/{first['id']}/undo/", If_Match="*").json()
    again = barista("POST", f"orders/{first['id']}/start/", If_Match="*")

    assert (back["status"], back["short_of"], back["over_limit"]) == ("waiting", ["Oat milk"], True)
    assert "short_of" not in again.json()
