from __future__ import annotations

import re
from pathlib import Path
from unittest.mock import patch

import pytest
from django.test import Client

import expresso.api
from expresso.api.problems import CODES, SENTENCES, refusal_code
from expresso.api.tests.conftest import Caller
from orders.refusals import Refusal
from stations.models import Station

pytestmark = pytest.mark.django_db


def test_an_address_without_a_view_answers_a_problem(barista: Caller) -> None:
    for path in ("nothing/", "../", "../v2/", "events/no-such-event/", "orders/99999/"):
        answer = barista("GET", path)

        assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
        assert answer.json()["code"] == "not_found"


@pytest.mark.parametrize("method", ["OPTIONS", "POST", "BREW"])
def test_the_documentation_is_only_read(method: str) -> None:
    assert Client().generic(method, "/api/docs/").status_code == 405


@pytest.mark.parametrize(("method", "status"), [("GET", 200), ("POST", 405)])
def test_the_documentation_asks_nobody_who_they_are(method: str, status: int) -> None:
    response = Client().generic(method, "/api/docs/", headers={"Authorization": "Bearer expresso_unknown"})

    assert response.status_code == status


def test_a_mistake_of_ours_answers_a_problem_with_a_request_id(barista: Caller, bar: Station) -> None:
    with patch("expresso.api.views.orders.lifecycle.place", side_effect=KeyError("secret")):
        answer = barista("POST", f"events/{bar.event.slug}/orders/", {"items": [{"drink": "Latte"}]})

    assert (answer.status_code, answer.json()["code"]) == (500, "server_error")
    assert answer["X-Request-ID"]
    assert b"secret" not in answer.content


@pytest.mark.parametrize(
    "body",
    [b"{", b"\xff", b"[]", b'"text"', b"null", b'{"items": "x"}', b'{"items": [1]}', b"[" * 5000, b"9" * 5000],
    ids=lambda body: body[:12].decode("latin-1"),
)
def test_a_body_that_is_no_order_is_refused(barista: Caller, bar: Station, body: bytes) -> None:
    answer = barista.client.post(
        f"/api/v1/events/{bar.event.slug}/orders/", body, content_type="application/json", headers=barista.headers
    )

    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")


def test_other_forms_than_json_are_refused(barista: Caller, bar: Station) -> None:
    answer = barista.client.post(f"/api/v1/events/{bar.event.slug}/orders/", {"a": "b"}, headers=barista.headers)

    assert (answer.status_code, answer.json()["code"]) == (415, "unsupported_media_type")


def test_too_many_requests_are_told_when_to_come_back(barista: Caller) -> None:
    with patch.dict("expresso.api.throttle.Throttle.THROTTLE_RATES", {"api": "2/min", "token": "2/min"}):
        answers = [barista("GET", "me/") for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert int(answers[2]["Retry-After"]) > 0
    assert answers[2].json()["code"] == "throttled"


def test_a_request_that_reaches_no_view_answers_a_problem(barista: Caller) -> None:
    strange = Client(raise_request_exception=False)
    answers = [
        strange.get("/api/v1/events/?x=%00"),
        strange.get("/api/v1/events/", headers={"Host": "evil.example.org"}),
        Client(enforce_csrf_checks=True).post("/api/v1/nothing/", "{}", content_type="application/json"),
        barista("GET", "events/", Accept="text/html"),
        barista("DELETE", "events/"),
    ]

    told = [(answer.status_code, answer["Content-Type"], answer.json()["code"]) for answer in answers]
    assert told == [
        (status, "application/problem+json", code)
        for status, code in (
            (400, "bad_request"),
            (400, "bad_request"),
            (404, "not_found"),
            (406, "not_acceptable"),
            (405, "method_not_allowed"),
        )
    ]
    assert all(answer["X-Request-ID"] for answer in answers)


def test_a_mistake_outside_the_views_answers_a_problem() -> None:
    client = Client(raise_request_exception=False)

    with patch("expresso.bad_input.RefuseOddInput.__call__", side_effect=KeyError("secret")):
        answer = client.get("/api/v1/events/")

    assert (answer.status_code, answer["Content-Type"]) == (500, "application/problem+json")
    assert b"secret" not in answer.content


@pytest.mark.parametrize("wrong", ["page_size=0", "page_size=201", "page_size=many", "cursor=x", "satus=open"])
def test_a_query_that_means_nothing_is_refused_by_its_name(barista: Caller, bar: Station, wrong: str) -> None:
    answer = barista("GET", f"events/{bar.event.slug}/orders/?{wrong}")

    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
    assert answer.json()["errors"][0]["pointer"] == "/" + wrong.partition("=")[0]


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", 5), ("name", True), ("items", [{"drink": "Latte", "quantity": "2"}]), ("wanted_at", 20261129)],
)
def test_a_value_of_another_type_is_refused(barista: Caller, bar: Station, field: str, value: object) -> None:
    content = {"items": [{"drink": "Latte"}]} | {field: value}

    answer = barista("POST", f"events/{bar.event.slug}/orders/", content)

    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
    assert answer.json()["errors"][0]["pointer"].startswith(f"/{field}")


def test_every_code_is_in_the_document_and_nothing_else() -> None:
    root = Path(expresso.api.__file__).parent
    written = {
        code
        for file in [*root.glob("*.py"), *root.glob("views/*.py")]
        for code in re.findall(r"[^0-9][1-5][0-9]{2},\s+\"([a-z_]+)\"", file.read_text(encoding="utf-8"))
    }
    refusals = {refusal_code(kind) for kind in Refusal.__subclasses__() if kind.__module__.startswith("orders.")}
    of_drf = {CODES.get(code, code) for code in SENTENCES} | {"authentication_failed", "too_large"}
    table = Path("docs/api.md").read_text(encoding="utf-8").partition("## Errors")[2].partition("## Sockets")[0]

    documented = {
        code for line in table.splitlines() if line.startswith("| ") for code in re.findall("`([a-z_]+)`", line)
    }

    assert documented - {"missing", "instead", "word"} == written | refusals | of_drf
