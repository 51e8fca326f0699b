"""Answers Twilio's requests without the middleware that pages need.

The middleware would take longer than the SQL of such a request."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from io import BytesIO
from typing import Any, cast

from django.conf import settings
from django.core import signals
from django.core.handlers.asgi import ASGIRequest
from django.core.handlers.exception import convert_exception_to_response
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import ResolverMatch, resolve

from expresso.logs import RequestIdMiddleware

Application = Callable[[Any, Any, Any], Awaitable[None]]

#: Paths of the webhooks, with and without a slash. A redirect would make Twilio's signature invalid.
PATHS = frozenset({"/sms", "/sms/", "/sms/status", "/sms/status/"})


@cache
def _match(path: str) -> ResolverMatch:
    return resolve(path)


def _view(request: HttpRequest) -> HttpResponseBase:
    request.resolver_match = match = _match(request.path_info)
    response: HttpResponse = match.func(request)
    return response


class WebhookHandler(WSGIHandler):
    """Django's handler without middleware, except for a request id and a log line for each request.

    The view checks Twilio's signature. It needs no host, session or user, and sets no cookie."""

    def load_middleware(self, is_async: bool = False) -> None:
        chain = RequestIdMiddleware(convert_exception_to_response(_view))
        self._middleware_chain = convert_exception_to_response(chain)

    def get_response(self, request: HttpRequest) -> HttpResponse:
        response = cast(HttpResponse, super().get_response(request))
        # Set the length of the response, as CommonMiddleware does for pages. Otherwise the client waits until the
        # connection closes.
        response.headers["Content-Length"] = str(len(response.content))
        return response


def wsgi(pages: WSGIHandler) -> Callable[..., Any]:
    """Return a WSGI application that passes webhooks to `WebhookHandler` and all other requests to `pages`."""
    webhooks = WebhookHandler()

    def application(environ: dict[str, Any], start_response: Any) -> Any:
        handler = webhooks if environ["PATH_INFO"] in PATHS else pages
        return handler(environ, start_response)

    return application


def asgi(pages: Application) -> Application:
    """Return an ASGI application that answers webhooks in threads of their own and passes other requests to `pages`.

    With SQLite there is only one such thread, because SQLite admits one writer. Several writers sleep and try again,
    for more than a second when many texts arrive at once. On one thread, a text waits only for those before it. Pages
    do not use this thread: a slow page must not delay texts, and the page that sends a test text waits for the response
    to that text."""
    handler = WebhookHandler()
    threads = ThreadPoolExecutor(1 if connection.vendor == "sqlite" else settings.DB_POOL_SIZE, "webhooks")

    async def application(scope: Any, receive: Any, send: Any) -> None:
        if scope["path"] not in PATHS:
            await pages(scope, receive, send)
            return
        body = await _body(receive)
        if body is None:
            return
        status, headers, content = await asyncio.get_running_loop().run_in_executor(
            threads, _respond, handler, scope, body
        )
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": content})

    return application


async def _body(receive: Any) -> bytes | None:
    """Return the body of the request; None if the client has disconnected.

    If the body exceeds the size limit, return one byte more than the limit, so that Django refuses it."""
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        if len(body) <= settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            body += message.get("body", b"")
        if not message.get("more_body", False):
            return bytes(body[: settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1])


def _respond(handler: WebhookHandler, scope: Any, body: bytes) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
    signals.request_started.send(handler.__class__, scope=scope)
    response = handler.get_response(ASGIRequest(scope, BytesIO(body)))
    headers = [(name.encode("ascii"), value.encode("latin-1")) for name, value in response.items()]
    content = response.content
    # End the request here, so that its PostgreSQL connection goes back to the pool.
    response.close()
    return response.status_code, headers, content
