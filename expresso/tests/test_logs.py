from __future__ import annotations

import io
import json
import logging
import logging.config
import threading
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import resolve

from expresso import logs


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """Capture log lines in the JSON format of production."""
    written = io.StringIO()
    monkeypatch.setattr("sys.stderr", written)
    logging.config.dictConfig(logs.config("json"))
    # Do not cache loggers. A cached one would bypass `capture_logs` in all later tests.
    structlog.configure(cache_logger_on_first_use=False)
    yield written
    monkeypatch.undo()
    logging.config.dictConfig(logs.config("console"))
    # Switch the caching off again, because `logs.config` has switched it on.
    structlog.configure(cache_logger_on_first_use=False)


def last(lines: io.StringIO) -> dict[str, Any]:
    line: dict[str, Any] = json.loads(lines.getvalue().splitlines()[-1])
    return line


def test_what_ends_a_thread_is_a_line_without_numbers(lines: io.StringIO) -> None:
    try:
        raise RuntimeError("+12025550123 is Wilhelmina's")
    except RuntimeError as error:
        failure = threading.ExceptHookArgs((type(error), error, error.__traceback__, None))

    threading.excepthook(failure)

    said = last(lines)
    assert (said["event"], said["level"]) == ("thread_failed", "error")
    assert "RuntimeError" in said["exception"]
    assert "2025550123" not in lines.getvalue()


@pytest.mark.parametrize(
    "number",
    [
        "+15551234567",
        "+1 (555) 123-4567",
        "%2B15551234567",
        "whatsapp:+4915112345678",
        "0015551234567",
        "15551234567",
    ],
)
def test_phone_number_in_any_form_is_not_written(lines: io.StringIO, number: str) -> None:
    logging.getLogger("some.package").error("could not send to %s today", number)

    assert "5551234567" not in lines.getvalue()
    assert last(lines)["event"].replace("whatsapp:", "") == "could not send to [number] today"


def test_phone_number_in_an_exception_and_in_nested_facts_is_not_written(lines: io.StringIO) -> None:
    try:
        raise ValueError("Key (phone)=(+15551234567) already exists.")
    except ValueError:
        structlog.get_logger("test").exception("kept", facts={"to": ["+15551234567"]})

    assert "5551234567" not in lines.getvalue()
    assert last(lines)["facts"] == {"to": ["[number]"]}
    assert "Key (phone)=([number]) already exists." in str(last(lines)["exception"])


@pytest.mark.parametrize(
    "kept",
    [
        "2026-11-23T06:41:16.123456Z",
        "SM0123456789abcdef0123456789abcdef",
        "order 1234567",
        "2.25.11.4",
        "9f1c2d3e-1234-4567-89ab-1234567890ab",
        "/stations/bar-1/orders/123/start/",
        "/admin/orders/order/12/change/",
        'File "/app/orders/parser/lexicon.py", line 59, in __init__',
        'File "/app/orders/models.py", line 7, in new_token',
        "a-request-id-from-proxy",
        "orders.views.attendee.order_of",
    ],
)
def test_times_message_sids_names_and_order_numbers_stay_readable(kept: str) -> None:
    assert logs.redact(kept) == kept


TOKEN = "abcDEF0123456789_-ghij"


@pytest.mark.parametrize(
    "line",
    [
        f"Forbidden (CSRF cookie not set.): /orders/{TOKEN}/drop/",
        f"Internal Server Error: /orders/{TOKEN}/",
        f"Error handling request /orders/{TOKEN}/?language=de",
        f"connection <WebRequest at 0x7f method=GET uri=/orders/{TOKEN}/ clientproto=HTTP/1.1> took too long",
        f"No route found for path 'ws/orders/{TOKEN}/en/'.",
        f"Not Found: /printers/{TOKEN}",
        f"DETAIL:  Key (token)=({TOKEN}) already exists.",
        "DETAIL:  Key (token)=(abcdef_short_-words-ij) already exists.",
        f"Order matching {{'token': '{TOKEN}'}} does not exist",
        f"job {TOKEN} is lost",
        "key xp_0123456789ABCDEFGHIJabcdefghijKLMNOPQRST-_ is unknown",
        "Forbidden: /orders/short/",
    ],
)
def test_a_token_is_not_written_whoever_logs_it(lines: io.StringIO, line: str) -> None:
    logging.getLogger("django.security.csrf").error("%s", line)

    assert "[token]" in last(lines)["event"]
    assert not any(part in lines.getvalue() for part in (TOKEN, "short", "0123456789ABCDEFGHIJ"))


@pytest.mark.django_db
def test_a_refused_form_and_a_fault_on_an_orders_page_do_not_write_its_token(
    lines: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(token: str) -> None:
        raise ValueError(f"cannot find {token}")

    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    monkeypatch.setattr("orders.views.attendee.order_of", fail)

    answers = client.post(f"/orders/{TOKEN}/drop/"), client.get(f"/orders/{TOKEN}/")

    assert [answer.status_code for answer in answers] == [403, 500]
    assert "cannot find [token]" in lines.getvalue()
    assert TOKEN not in lines.getvalue()


def test_request_line_names_the_route_and_never_the_path_or_query(lines: io.StringIO) -> None:
    def answer(request: object) -> HttpResponse:
        return HttpResponse("gone", status=404)

    request = RequestFactory().get("/orders/s3cr3t-token/", {"next": "s3cr3t-query"})
    logs.RequestIdMiddleware(answer)(request)

    assert "s3cr3t" not in lines.getvalue()
    assert last(lines) | {"ms": 0, "timestamp": "", "request_id": ""} == {
        "event": "request",
        "level": "info",
        "logger": "expresso.logs",
        "method": "GET",
        "route": "none",
        "status": 404,
        "ms": 0,
        "timestamp": "",
        "request_id": "",
    }


@pytest.mark.parametrize(("method", "status", "lines_written"), [("GET", 200, 0), ("GET", 404, 1), ("POST", 200, 1)])
def test_only_failures_of_what_is_asked_for_every_few_seconds_are_written(
    lines: io.StringIO, method: str, status: int, lines_written: int
) -> None:
    request = RequestFactory().generic(method, "/simulator/phones/1/")
    request.resolver_match = resolve("/simulator/phones/1/")

    logs.RequestIdMiddleware(lambda _: HttpResponse(status=status))(request)

    assert len(lines.getvalue().splitlines()) == lines_written


def test_a_message_id_bound_in_the_request_is_on_its_later_lines(lines: io.StringIO) -> None:
    def answer(request: object) -> HttpResponse:
        structlog.contextvars.bind_contextvars(message_id=17)
        return HttpResponse(status=404)

    logs.RequestIdMiddleware(answer)(RequestFactory().post("/sms"))

    assert last(lines)["message_id"] == 17


@pytest.mark.parametrize("given", ["proxy-4711-abc", "0123456789abcdef0123456789abcdef"])
def test_a_sane_request_id_is_echoed(given: str) -> None:
    request = RequestFactory().get("/", headers={"X-Request-ID": given})

    response = logs.RequestIdMiddleware(lambda _: HttpResponse())(request)

    assert response["X-Request-ID"] == given


@pytest.mark.parametrize("given", ["", "short", "two words here", "x" * 65, 'a"},{"forged":"line'])
def test_an_odd_request_id_is_replaced_by_a_new_one(given: str) -> None:
    request = RequestFactory().get("/", headers={"X-Request-ID": given})

    response = logs.RequestIdMiddleware(lambda _: HttpResponse())(request)

    assert response["X-Request-ID"] != given
    assert logs.SANE_ID.fullmatch(response["X-Request-ID"])


async def test_async_requests_have_ids_too() -> None:
    async def answer(request: object) -> HttpResponse:
        return HttpResponse(structlog.contextvars.get_contextvars()["request_id"])

    response = await logs.RequestIdMiddleware(answer)(RequestFactory().get("/"))

    assert response.content.decode() == response["X-Request-ID"]
