"""Configures logging: one line for each request and event. No line contains a phone number, a name, a text or a token.

Only numbers and tokens can be found and replaced in messages of other packages and of exceptions. Names and texts in
them cannot.

Code logs with `structlog.get_logger(__name__)` and passes facts as keyword arguments. Values bound with
`structlog.contextvars.bind_contextvars(message_id=...)` are added to every line until the request ends."""

from __future__ import annotations

import re
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any

import structlog
from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.http import HttpRequest, HttpResponseBase
from structlog.typing import EventDict, Processor, WrappedLogger

from accounts import tracing

# Matches phone numbers. After a plus sign or 00 a number can contain spaces and brackets. Otherwise 10 to 15 digits in
# a row count as a phone number.
PHONE_NUMBER = re.compile(r"(?:\+|%2B|\b00)[1-9](?:[\s().-]{0,2}\d){6,14}|(?<![\w.-])\d{10,15}(?![\w.-])", re.I)
# Matches tokens in the paths of orders, printers and password resets, because frameworks log paths. Three things can
# stand where a token stands and are left alone: a primary key in the path of a staff page, the placeholder in a route
# (<token>), and a file name in a traceback (orders/views.py).
TOKEN_IN_PATH = re.compile(
    r"(?<!admin)(/(?:orders|printers|accounts/reset/[^\s/]+)/)(?!\d+\b|<|[a-z_/]+\.py\b)[^\s/?\"'\\]+"
)
# These two match tokens elsewhere: the word after "token=" or "key=", and a random word that is as long as the token of
# an order (22 characters) or an API key (40 or more).
NAMED_TOKEN = re.compile(r"(\b(?:token|key)\)?['\"]?\s?[=:]\s?[('\"]?)[\w-]{16,}")
RANDOM_WORD = re.compile(
    r"(?<![\w-])(?=[\w-]*[a-z])(?=[\w-]*[A-Z])(?=[\w-]*[0-9])(?:[\w-]{22}|[\w-]{40,})(?![\w-])", re.ASCII
)
SANE_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")

#: Routes that are requested every few seconds. At level INFO only their failures are logged.
POLLED = ("/health", "/metrics", "/simulator/phones/")
NOT_TRACED = ("/static/", *POLLED)
#: HTTP methods that are logged by name. Others are logged as OTHER, because a client can send any word as its method.
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})

log = structlog.get_logger(__name__)


def redact(value: Any) -> Any:
    """Return the value with all phone numbers and tokens replaced, also those inside lists and dictionaries."""
    if isinstance(value, str):
        value = TOKEN_IN_PATH.sub(r"\1[token]", NAMED_TOKEN.sub(r"\1[token]", value))
        return PHONE_NUMBER.sub("[number]", RANDOM_WORD.sub("[token]", value))
    if isinstance(value, dict):
        return {redact(key): redact(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [redact(inner) for inner in value]
    if value is None or isinstance(value, bool | int | float):
        return value
    return redact(str(value))


def without_secrets(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Replace phone numbers and tokens in a log line. Expresso logs none, but other packages and exceptions do."""
    return {key: value if key.startswith("_") else redact(value) for key, value in event.items()}


def _say_what_ended_a_thread(failure: threading.ExceptHookArgs) -> None:
    """Log the exception that ended a thread. Python's own hook would print it with the phone numbers in it."""
    if failure.exc_value is not None:
        log.error("thread_failed", exc_info=failure.exc_value)


def config(form: str) -> dict[str, Any]:
    """Return Django's LOGGING setting. Logs are JSON objects, one per line, or readable lines with `form` "console".

    Logs go to standard error, because standard output is for the results of commands such as `understand`."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
        # Format exceptions before secrets are replaced, because a traceback contains the message of its exception.
        structlog.processors.format_exc_info,
        without_secrets,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    threading.excepthook = _say_what_ended_a_thread
    people = structlog.dev.ConsoleRenderer(
        colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": shared,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    people if form == "console" else structlog.processors.JSONRenderer(),
                ],
            }
        },
        "handlers": {"standard error": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["standard error"], "level": "INFO"},
        "loggers": {
            # Remove Django's own handlers. They would write each line a second time, with phone numbers and tokens.
            "django": {"handlers": [], "propagate": True},
            "django.server": {"handlers": [], "propagate": True},
            # Log only status 5xx here. For a 4xx, Expresso's own line of the request is enough. Unlike Django's line,
            # it does not contain the path.
            "django.request": {"level": "ERROR"},
            # Do not log unknown host names. Scanners try many, and the line of the request already says 400.
            "django.security.DisallowedHost": {"level": "CRITICAL"},
            "daphne": {"level": "WARNING"},
            "axes": {"level": "WARNING"},
            # Log only warnings, because at level INFO the Twilio client would log recipients and texts.
            "twilio": {"level": "WARNING"},
        },
    }


def request_id(request: HttpRequest) -> str:
    """Return the id in the request's header X-Request-ID, so that our log lines have the same id as a proxy's.

    If the header is missing, or is not one word of 8 to 64 plain characters, return a new id."""
    given = request.headers.get("X-Request-ID", "")
    return given if SANE_ID.fullmatch(given) else uuid.uuid4().hex


@dataclass(frozen=True)
class RequestStart:
    """Id of a request, and the time at which it began (in seconds of `time.perf_counter`)."""

    id: str
    at: float


def write_line(request: HttpRequest, response: HttpResponseBase, asked: RequestStart) -> None:
    """Log one line for a request. It contains the route and not the path, because paths contain tracking tokens."""
    match = request.resolver_match
    seconds = time.perf_counter() - asked.at
    method = request.method if request.method in METHODS else "OTHER"
    if match is not None:
        # Import this module only now. Its import creates metrics, for which the settings must have set a folder. But
        # the settings import `logs` before they set it.
        from expresso import request_times

        request_times.count(method, f"/{match.route}", response.status_code, seconds)
    if match is None and response.status_code < 400:
        return  # a static file, which is not logged
    route = f"/{match.route}" if match else "none"
    facts: dict[str, int | str] = {"http.response.status_code": response.status_code}
    tracing.describe(f"{method} {route}", **facts | {"http.request.method": method, "http.route": route})
    is_poll = request.method == "GET" and route.startswith(POLLED) and response.status_code < 400
    level = log.debug if is_poll else log.info
    milliseconds = round(seconds * 1000, 1)
    level("request", method=method, route=route, status=response.status_code, ms=milliseconds)


class RequestIdMiddleware:
    """Middleware that gives each request an id, which its log lines and its response (X-Request-ID) contain."""

    sync_capable = async_capable = True

    def __init__(self, get_response: Callable[[HttpRequest], Any]) -> None:
        self.get_response = get_response
        self.is_async = iscoroutinefunction(get_response)
        if self.is_async:
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> Any:
        """Return the response; if the rest of the middleware is asynchronous, return a coroutine of the response."""
        if self.is_async:
            return self.answer_later(request)
        with self.begin(request) as asked:
            return self.end(request, self.get_response(request), asked)

    async def answer_later(self, request: HttpRequest) -> HttpResponseBase:
        with self.begin(request) as asked:
            return self.end(request, await self.get_response(request), asked)

    @contextmanager
    def begin(self, request: HttpRequest) -> Iterator[RequestStart]:
        asked = RequestStart(id=request_id(request), at=time.perf_counter())
        structlog.contextvars.bind_contextvars(request_id=asked.id)
        try:
            with nullcontext() if request.path.startswith(NOT_TRACED) else tracing.span("request"):
                yield asked
        finally:
            structlog.contextvars.clear_contextvars()

    def end(self, request: HttpRequest, response: HttpResponseBase, asked: RequestStart) -> HttpResponseBase:
        response["X-Request-ID"] = asked.id
        write_line(request, response, asked)
        return response
