"""On SQLite the web process answers texts on one thread, one after the other."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from asgiref.sync import SyncToAsync, ThreadSensitiveContext

Application = Callable[[Any, Any, Any], Awaitable[None]]


def on_one_thread(application: Application, *, path: str) -> Application:
    """Run the synchronous part of every request to `path` and below it on the same thread.

    Django would give each a thread of its own. SQLite lets one writer in; the others sleep and look again, for a
    second and more when many text at once. In a line each waits its turn and no longer. Pages stay out of it: one
    that is slow must not hold up texts, and the phone simulator's waits for the answer to a text."""
    line = ThreadSensitiveContext()

    async def in_line(scope: Any, receive: Any, send: Any) -> None:
        if f"{scope['path']}/".startswith(f"{path}/"):
            # Django's handler keeps a context that is there already; this one holds for this request's task alone.
            SyncToAsync.thread_sensitive_context.set(line)
        await application(scope, receive, send)

    return in_line
