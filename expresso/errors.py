"""Sends errors to a service that speaks Sentry's protocol, if SENTRY_DSN names one.

Only the following is sent: the kinds of the exceptions, where they were raised, the name of the logger, Expresso's
own event, and ids. Other messages, variables, addresses, headers and bodies are not sent, because they can hold
numbers, names, texts and tokens."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import structlog

KEPT = ("event_id", "timestamp", "platform", "level", "logger", "release", "environment", "server_name")
KEPT_OF_FRAMES = ("filename", "module", "function", "lineno", "in_app", "context_line")
#: Ids that log lines have as well.
IDS = ("request_id", "trace_id", "sid", "message")


def start_reporting(dsn: str, *, process: str, release: str) -> None:
    # Imported only if it is used, because the import takes longer than the rest of the start.
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
        # Expresso's own messages are dictionaries, whose event names nobody. A message of another package can quote an
        # exception or be a text with all values in it, so only its logger is named.
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
