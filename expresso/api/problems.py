"""Errors as problem+json (RFC 9457): a stable `code` for programs, and a sentence that tells people what to do."""

from __future__ import annotations

import re
from typing import Any

import structlog
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.signals import got_request_exception
from django.http import Http404, HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from rest_framework import exceptions
from rest_framework.response import Response

from accounts.database_away import database_is_away
from orders.messaging.messages import NothingToSay, Unreachable
from orders.ordering.refusal_texts import refusal_text
from orders.refusals import CannotBeMade, NotOnMenu, Refusal, TransitionError
from stations.models import Event

CONTENT_TYPE = "application/problem+json"

log = structlog.get_logger(__name__)


class Problem(Exception):
    """An error that the API itself raises, for example if the If-Match header is missing."""

    def __init__(self, status: int, code: str, detail: str, **members: Any) -> None:
        super().__init__(detail)
        self.status, self.code, self.detail, self.members = status, code, detail, members


class RefusedForEvent(Exception):
    """A Refusal together with the event at which it happened. The event's menu and time zone are needed to explain
    it."""

    def __init__(self, refusal: Refusal, event: Event) -> None:
        super().__init__(str(refusal))
        self.refusal, self.event = refusal, event


def body(status: int, code: str, detail: str, **members: Any) -> dict[str, Any]:
    return {"type": f"urn:expresso:{code}", "title": _title(code), "status": status, "code": code, "detail": detail} | {
        name: value for name, value in members.items() if value not in (None, (), [], "")
    }


def _title(code: str) -> str:
    return code.replace("_", " ").capitalize()


def problem(status: int, code: str, detail: str, *, headers: dict[str, str] | None = None, **members: Any) -> Response:
    return Response(body(status, code, detail, **members), status=status, headers=headers, content_type=CONTENT_TYPE)


def handle(error: Exception, context: dict[str, Any]) -> Response:
    """Exception handler of Django REST framework. Return every exception as problem+json.

    An unexpected exception is logged and returned with status 500."""
    match error:
        case Problem():
            # Here, 429 always means that the sign-in is locked after wrong passwords. If a caller exceeds a rate limit,
            # Django REST framework raises Throttled instead.
            headers = {"Retry-After": _lock_seconds()} if error.status == 429 else {}
            return problem(error.status, error.code, error.detail, headers=headers, **error.members)
        case RefusedForEvent(refusal=refusal, event=event):
            return _refused(refusal, event)
        case exceptions.ValidationError():
            return problem(
                400, "invalid", "Some fields are not valid. Correct them and send again.", errors=faults(error)
            )
        case Http404():
            return problem(404, "not_found", "There is nothing at this address, or you may not see it.")
        case PermissionDenied():
            return problem(403, "forbidden", SENTENCES["permission_denied"])
        case _ if database_is_away(error):
            log.error("api_database", error=type(error).__name__)
            return problem(
                503,
                "unavailable",
                AWAY,
                headers={"Retry-After": "3"},
            )
        case exceptions.APIException():
            return _from_drf(error)
    got_request_exception.send(sender=None, request=context["request"])
    log.error("api_error", exc_info=error)
    return problem(500, "server_error", FAILED)


AWAY = "The database cannot be reached. Send it again in a few seconds."
FAILED = "Expresso failed; it was logged. Send it again, or report the request id."
SENTENCES = {
    "not_authenticated": "Sign in: send a token as 'Authorization: Bearer …'. Get one at /api/v1/token/.",
    "permission_denied": "You may not do this. Ask an organizer of the event for the role or scope it needs.",
    "method_not_allowed": "This address does not take that method.",
    "unsupported_media_type": "Send JSON, with 'Content-Type: application/json'.",
    "not_acceptable": "Only application/json is answered.",
    "parse_error": "The body is not valid JSON.",
    "throttled": "Too many requests. Wait as many seconds as Retry-After says.",
}
CODES = {"not_authenticated": "unauthorized", "permission_denied": "forbidden"}


def _from_drf(error: exceptions.APIException) -> Response:
    headers = {}
    if auth := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = auth
    if isinstance(error, exceptions.Throttled):
        headers["Retry-After"] = str(int(getattr(error, "wait", None) or 1) + 1)
    codes = error.get_codes()
    code = codes if isinstance(codes, str) else error.default_code
    detail = SENTENCES.get(code) or str(error.detail)
    return problem(error.status_code, CODES.get(code, code), detail, headers=headers)


def refusal_code(kind: type[Refusal]) -> str:
    """Return the refusal class's name in snake case, such as too_many_drinks. A TransitionError is "wrong_status"."""
    return "wrong_status" if kind is TransitionError else re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower()


def _refused(refusal: Refusal, event: Event) -> Response:
    members: dict[str, Any] = {}
    match refusal:
        case TransitionError(verb, status, by, changed):
            members = {"verb": verb, "order_status": status, "changed": changed, "by": by}
        case CannotBeMade(missing, instead):
            members = {"missing": missing, "instead": instead}
        case NotOnMenu(_item, word):
            members = {"word": word}
        case Unreachable():
            return problem(409, "unreachable", "This customer left no number and has no page: they cannot be told.")
        case NothingToSay():
            return problem(400, "nothing_to_say", "The message is empty.")
    return problem(409, refusal_code(type(refusal)), refusal_text(refusal, event), **members)


def faults(error: exceptions.ValidationError) -> list[dict[str, str]]:
    """Return the validation errors as a list, each with its message and the JSON pointer (RFC 6901) to its field."""
    return list(_faults(error.detail, ""))


def _faults(detail: Any, at: str) -> Any:
    if isinstance(detail, dict):
        for name, inner in detail.items():
            yield from _faults(inner, at if name == "non_field_errors" else f"{at}/{name}")
    elif isinstance(detail, list):
        for number, inner in enumerate(detail):
            yield from _faults(inner, f"{at}/{number}" if isinstance(inner, dict | list) else at)
    else:
        yield {"pointer": at, "detail": str(detail)}


LOCKED = "Too many wrong passwords. Wait ten minutes and try again."


def locked() -> JsonResponse:
    """Return the response to the attempt that was one too many and locks the sign-in.

    django-axes sends it in place of the view's response. While the sign-in is locked, the view itself refuses
    attempts."""
    return plain_problem(429, "locked", LOCKED, **{"Retry-After": _lock_seconds()})


def _lock_seconds() -> str:
    return str(int(settings.AXES_COOLOFF_TIME.total_seconds()))


def plain_problem(status: int, code: str, detail: str, **headers: str) -> JsonResponse:
    """Return a problem+json response. Only for code outside of Django REST framework's views, whose errors `handle`
    turns into responses."""
    return JsonResponse(body(status, code, detail), status=status, content_type=CONTENT_TYPE, headers=headers)


@csrf_exempt
def no_such_address(request: HttpRequest, **_kwargs: Any) -> JsonResponse:
    """Return 404 for every address below /api/ that has no view."""
    return plain_problem(404, "not_found", f"There is nothing at this address. See {settings.PUBLIC_URL}/api/docs/.")


def outside_views(request: HttpRequest, status: int) -> JsonResponse | None:
    """Return problem+json for a request below /api/ that failed before any view ran; None for requests to other
    paths."""
    if not request.path.startswith("/api/"):
        return None
    match status:
        case 503:
            return plain_problem(503, "unavailable", AWAY, **{"Retry-After": "3"})
        case 500:
            return plain_problem(500, "server_error", FAILED)
    return plain_problem(400, "bad_request", "This request cannot be read. Check its address and its headers.")
