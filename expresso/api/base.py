"""Base class of the API's views. It checks permissions, answers repeated requests, and handles ETags and paging."""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar, TypeVar, cast

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Model, QuerySet
from django.http import Http404
from django.utils.functional import cached_property
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.exceptions import NotAuthenticated, NotFound, ValidationError
from rest_framework.pagination import CursorPagination
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.access import Right, may
from accounts.audit import record_once_a_minute
from accounts.models import User
from expresso.api.authentication import Caller, caller_of
from expresso.api.models import ApiKey, Scope, StoredAnswer
from expresso.api.problems import Problem, RefusedForEvent
from orders.models import Order
from orders.refusals import Refusal
from stations.models import Event

#: Maximum number of characters of an Idempotency-Key.
LONGEST_KEY = 100


@dataclass(frozen=True, slots=True)
class Need:
    """What a caller needs to use an HTTP method: the user needs `right`, and an API key needs `scope` as well.

    If `right` is None, every signed-in user is allowed. If `scope` is None, API keys are refused, so only a person who
    has signed in can call."""

    right: Right | None
    scope: Scope | None = Scope.READ


READ = Need(Right.WATCH)
WORK = Need(Right.WORK, Scope.ORDERS)


class ApiView(APIView):
    """Base of the views of one event.

    `needs` has the permissions for each HTTP method. `find_event` finds the event in the URL. Callers without a role at
    that event get 404, as if the event did not exist. A POST with an Idempotency-Key runs only once."""

    needs: ClassVar[dict[str, Need]] = {"GET": READ}
    #: Query parameters that GET accepts; any other is refused. If a mistyped filter were ignored, all rows would be
    #: returned.
    asks: ClassVar[tuple[OpenApiParameter, ...]] = ()
    #: Fields that the response has only once, such as a new API key. They are not stored, so they are null in the
    #: response to a repeated request.
    shown_once: ClassVar[tuple[str, ...]] = ()
    throttle_scope = "api"

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if "post" in vars(cls):
            cls.post = _answered_once(cls.post)  # type: ignore[attr-defined]

    def find_event(self) -> Event | None:
        """Return the event that the URL names, or None for a view without an event. Raise Http404 if there is no such
        event."""
        slug = self.kwargs.get("event")
        return None if slug is None else one(Event.objects.filter(slug=slug))

    @cached_property
    def event(self) -> Event:
        event = self.find_event()
        if event is None:
            raise Http404
        return event

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        # A HEAD request needs the same permissions as GET: it runs the same code, and its response shows whether a row
        # exists.
        method = "GET" if request.method == "HEAD" else request.method
        if method not in self.needs:
            return
        if not isinstance(request.user, User):
            raise NotAuthenticated
        event = self.find_event()
        if event is not None:
            self.event = event
        try:
            admit(request.user, self.caller.key, self.needs[method], event)
        except PermissionDenied:
            subject = f"API {request.method} {type(self).__name__}"
            record_once_a_minute("refused", subject, user=request.user, event=event.pk if event else None)
            raise
        known = {each.name for each in self.asks} if method == "GET" else set()
        if unknown := sorted(set(request.query_params) - known):
            raise ValidationError({name: ["There is no such parameter here."] for name in unknown})

    def handle_exception(self, exc: Exception) -> Response:
        if isinstance(exc, Refusal):
            exc = RefusedForEvent(exc, self.event)
        return super().handle_exception(exc)

    @property
    def caller(self) -> Caller:
        return caller_of(self.request)

    @property
    def by(self) -> User:
        return cast(User, self.request.user)

    def read(self, serializer: type[serializers.Serializer[Any]]) -> dict[str, Any]:
        """Return the request's body, validated by the serializer. Raise ValidationError if it is not valid."""
        given = serializer(data=self.request.data)
        given.is_valid(raise_exception=True)
        validated: dict[str, Any] = given.validated_data
        return validated

    def page(self, rows: Any, serializer: type[serializers.BaseSerializer[Any]], *, by: str) -> Response:
        """Return one page of the rows, sorted by the column `by` ("-pk": newest first)."""
        pages = Pages(by)
        try:
            found: Any = pages.paginate_queryset(rows, self.request, view=self)
        except NotFound:
            raise ValidationError({"cursor": ["Take a cursor from next or previous of another page."]}) from None
        return pages.get_paginated_response(serializer(found, many=True).data)


def admit(user: User, key: ApiKey | None, need: Need, event: Event | None) -> None:
    """Check that this person, or the program with this key, has the permissions of `need` at this event.

    Raise Http404 if the person has no role at the event or the key is for another event. Raise PermissionDenied if any
    other permission is missing."""
    if event is not None:
        has_a_role = user.is_superuser or event.pk in user.roles
        if not has_a_role or (key is not None and key.event_id != event.pk):
            raise Http404
    if key is not None and need.scope not in key.scopes:
        raise PermissionDenied
    if need.right and not may(user, need.right, event.pk if event else None):
        raise PermissionDenied


Row = TypeVar("Row", bound=Model)


def one(rows: QuerySet[Row]) -> Row:
    """Return the first row. Raise Http404 if there is none."""
    row = rows.first()
    if row is None:
        raise Http404
    return row


class Pages(CursorPagination):
    """Cursor pagination: rows that are added or deleted between two requests are neither skipped nor shown twice."""

    page_size = 50
    max_page_size = 200
    page_size_query_param = "page_size"

    def __init__(self, ordering: str = "-pk") -> None:
        self.ordering = ordering

    def get_page_size(self, request: Request) -> int:
        asked = request.query_params.get(self.page_size_query_param, f"{self.page_size}")
        if not (asked.isascii() and asked.isdigit() and len(asked) < 4 and 1 <= int(asked) <= self.max_page_size):
            raise ValidationError({"page_size": [f"Give a number from 1 to {self.max_page_size}."]})
        return int(asked)


# ETags of orders


def etag(order: Order) -> str:
    return f'"{order.version}"'


def check_match(request: Request, order: Order) -> None:
    """Raise a Problem unless the request's If-Match header is the order's ETag or `*`."""
    wanted = request.headers.get("If-Match", "")
    if not wanted:
        raise Problem(428, "if_match_missing", "Send If-Match with the order's ETag, or * for whatever stands there.")
    if wanted.strip() != "*" and etag(order) not in {each.strip() for each in wanted.split(",")}:
        raise Problem(412, "changed", "Somebody changed the order since you read it. Read it again.")


# Repeated requests with the same Idempotency-Key


def _answered_once(post: Callable[..., Response]) -> Callable[..., Response]:
    """Decorator of `post`: carry out requests with the same Idempotency-Key only once.

    For 24 hours, a repeated request gets the stored response of the first. If the first request was refused, nothing is
    stored, so the client can correct it and send it with the same key."""

    @functools.wraps(post)
    def answer(view: ApiView, request: Request, *args: Any, **kwargs: Any) -> Response:
        given = request.headers.get("Idempotency-Key", "")
        if not given:
            return post(view, request, *args, **kwargs)
        if len(given) > LONGEST_KEY:
            raise Problem(400, "key_too_long", f"An Idempotency-Key has at most {LONGEST_KEY} characters.")
        with transaction.atomic():
            stored, fresh = _stored(request, given)
            if not fresh:
                return _again(stored)
            response = post(view, request, *args, **kwargs)
            stored.status = response.status_code
            stored.headers = {name: response[name] for name in ("ETag", "Location") if response.has_header(name)}
            stored.body = _without(response.data, view.shown_once)
            stored.save()
            return response

    return answer


def _without(content: Any, hidden: tuple[str, ...]) -> str:
    if content is None:
        return ""
    return JSONRenderer().render(content | dict.fromkeys(hidden) if hidden else content).decode()


def _stored(request: Request, key: str) -> tuple[StoredAnswer, bool]:
    """Return the StoredAnswer of this Idempotency-Key, and True if it was created now, i.e. the request is not a
    repetition.

    Raise a Problem if the caller used the key before for a request with another method, path or body."""
    who = caller_of(request).key
    whose = f"key {who.pk}" if who else f"user {request.user.pk}"
    body: bytes = request._request.body
    fingerprint = _digest(f"{request.method} {request.get_full_path()}".encode(), body)
    row = StoredAnswer(key=_digest(whose.encode(), key.encode()), fingerprint=fingerprint)
    try:
        # If the same request is being handled in another transaction, the database makes this insert wait for its end.
        with transaction.atomic():
            row.save(force_insert=True)
        return row, True
    except IntegrityError:
        found = StoredAnswer.objects.get(pk=row.pk)
    if found.fingerprint != fingerprint:
        raise Problem(422, "key_reused", "This Idempotency-Key came with another request. Take a new key for each.")
    return found, False


def _again(stored: StoredAnswer) -> Response:
    content = json.loads(stored.body) if stored.body else None
    return Response(content, status=stored.status, headers=stored.headers | {"Idempotency-Replayed": "true"})


def _digest(*parts: bytes) -> str:
    return hashlib.sha256(b"\0".join(parts)).hexdigest()
