"""The ASGI application of Expresso. It serves WebSockets and, in the default deployment, HTTP as well."""

from __future__ import annotations

import os
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "expresso.settings")

from channels.auth import AuthMiddleware
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator
from channels.sessions import CookieMiddleware
from django.conf import settings
from django.core.asgi import get_asgi_application
from django.urls import re_path

pages = get_asgi_application()

from accounts.sessions import SessionStore
from expresso import webhooks
from expresso.single import hold_single_process_lock
from expresso.websocket_urls import of_programs, urlpatterns

if not settings.REDIS_URL:
    hold_single_process_lock(settings.VAR_DIR)


def by_path(apart: dict[str, Any], otherwise: Any) -> Any:
    """Return an ASGI application that passes each request to one of several applications, by its path.

    `apart` maps the beginning of a path, such as "/ws/api/", to an application. All other requests go to
    `otherwise`."""

    async def choose(scope: Any, receive: Any, send: Any) -> None:
        chosen = next((app for start, app in apart.items() if scope["path"].startswith(start)), otherwise)
        await chosen(scope, receive, send)

    return choose


async def refuse_socket(scope: Any, receive: Any, send: Any) -> None:
    """Close a WebSocket whose path is unknown. Without this route, the router would raise an error."""
    await receive()
    await send({"type": "websocket.close"})


def with_session(app: Any) -> Any:
    """Return an ASGI application that calls `app` with the session that belongs to the browser's cookie.

    The session is read from the database and not from its copy in Redis. The copy can outlive a sign-out for a moment,
    and a user who has signed out could still open a socket with it."""

    async def call(scope: Any, receive: Any, send: Any) -> None:
        session = SessionStore(scope["cookies"].get(settings.SESSION_COOKIE_NAME))
        await app(scope | {"session": session}, receive, send)

    return call


programs = URLRouter([*of_programs, re_path("", refuse_socket)])  # type: ignore[arg-type]
sockets = URLRouter([*urlpatterns, re_path("", refuse_socket)])  # type: ignore[arg-type]
signed_in = CookieMiddleware(with_session(AuthMiddleware(sockets)))
application = ProtocolTypeRouter(
    {
        "http": webhooks.asgi(pages),
        "websocket": by_path({"/ws/api/": programs}, AllowedHostsOriginValidator(signed_in)),
    }
)
