from __future__ import annotations

from unittest.mock import patch

import pytest

from expresso.api.tests.conftest import Caller
from stations.models import Station

pytestmark = pytest.mark.django_db


def test_an_address_without_a_view_answers_a_problem(barista: Caller) -> None:
    for path in ("nothing/", "../", "../v2/", "events/no-such-event/", "orders/99999/"):
        answer = barista("GET", path)

        assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
        assert answer.json()["code"] == "not_found"


def test_a_mistake_of_ours_answers_a_problem_with_a_request_id(barista: Caller, bar: Station) -> None:
    with patch("expresso.api.views.orders.lifecycle.place", side_effect=KeyError("secret")):
        answer = barista("POST", f"events/{bar.event.slug}/orders/", {"items": [{"drink": "Latte"}]})

    assert (answer.status_code, answer.json()["code"]) == (500, "server_error")
    assert answer["X-Request-ID"]
    assert b"secret" not in answer.content


@pytest.mark.parametrize("body", [b"{", b"\xff", b"[]", b'"text"', b"null", b'{"items": "x"}', b'{"items": [1]}'])
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
