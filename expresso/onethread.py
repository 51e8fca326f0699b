"""Answers texts one after the other on one thread, which is faster on SQLite than several writers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from asgiref.sync import SyncToAsync, ThreadSensitiveContext

Application = Callable[[Any, Any, Any], Awaitable[None]]


def on_one_thread(application: Application, *, path: str) -> Application:
    """Run the synchronous part of every request to `path` and below it on the same thread.

    Django would give each request its own thread. SQLite admits one writer; the others sleep and try again, for a
    second and more when many texts arrive at once. In a queue each request waits only for those before it. Other pages
    are not queued: a slow page must not delay texts, and the simulator's page waits for the response to a text."""
    line = ThreadSensitiveContext()

    async def in_line(scope: Any, receive: Any, send: Any) -> None:
        if f"{scope['path']}/".startswith(f"{path}/"):
            # Django's handler uses an existing context. The variable is set for the task of this request only.
            SyncToAsync.thread_sensitive_context.set(line)
        await application(scope, receive, send)

    return in_line
