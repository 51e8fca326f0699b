"""Reports errors to Sentry, or to another service with Sentry's protocol, if SENTRY_DSN is set.

A report contains only the types of the exceptions, where they were raised, the name of the logger, ids, and the names
of Expresso's own log events. Everything else can hold phone numbers, names, texts or tokens: messages, variables,
addresses, headers and bodies. So it is not sent."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import structlog

KEPT = ("event_id", "timestamp", "platform", "level", "logger", "release", "environment", "server_name")
KEPT_OF_FRAMES = ("filename", "module", "function", "lineno", "in_app", "context_line")
#: Ids that are kept in a report. The log lines of the same request contain them, too, so that one leads to the other.
IDS = ("request_id", "trace_id", "sid", "message")


def start_reporting(dsn: str, *, process: str, release: str) -> None:
    # Import the library only if it is used, because the import takes longer than the rest of the start.
    import sentry_sdk

    sentry_sdk.init(
        dsn=dsn,
        server_name=process,
        release=release,
        before_send=only_what_is_safe,  # type: ignore[arg-type]
        include_local_variables=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        auto_session_tracking=False,
        send_client_reports=False,
    )


def only_what_is_safe(event: dict[str, Any], hint: dict[str, Any]) -> dict[str, Any]:
    safe = {name: event[name] for name in KEPT if name in event}
    ids = structlog.contextvars.get_contextvars()
    safe["tags"] = {name: str(ids[name]) for name in IDS if name in ids}
    if record := hint.get("log_record"):
        # Expresso's own log messages are dictionaries, and their event names contain no personal data. A message of
        # another package can contain anything, so only the name of its logger is sent.
        said = record.msg.get("event", "") if isinstance(record.msg, dict) else record.name
        safe["logentry"] = {"message": str(said)}
    if raised := event.get("exception"):
        safe["exception"] = {"values": [_exception(each) for each in raised.get("values", ())]}
    return safe


def _exception(raised: dict[str, Any]) -> dict[str, Any]:
    frames: Iterable[dict[str, Any]] = (raised.get("stacktrace") or {}).get("frames", ())
    kept = [{name: frame[name] for name in KEPT_OF_FRAMES if name in frame} for frame in frames]
    handled = {"type": "generic", "handled": bool((raised.get("mechanism") or {}).get("handled", True))}
    return {
        "type": raised.get("type"),
        "module": raised.get("module"),
        "mechanism": handled,
        "stacktrace": {"frames": kept},
    }
