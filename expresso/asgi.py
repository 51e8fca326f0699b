"""The ASGI application: WebSockets, and in the default deployment HTTP as well."""

from __future__ import annotations

import os
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "expresso.settings")

from channels.auth import AuthMiddlewareStack
from channels.routing import ProtocolTypeRouter, URLRouter
from channels.security.websocket import AllowedHostsOriginValidator
from django.conf import settings
from django.core.asgi import get_asgi_application
from django.urls import re_path

pages = get_asgi_application()

from expresso import webhooks
from expresso.single import hold_single_process_lock
from expresso.websocket_urls import of_programs, urlpatterns

if not settings.REDIS_URL:
    hold_single_process_lock(settings.VAR_DIR)


def by_path(apart: dict[str, Any], otherwise: Any) -> Any:
    """Return an ASGI application that calls the one in `apart` whose key begins the path, else `otherwise`."""

    async def choose(scope: Any, receive: Any, send: Any) -> None:
        chosen = next((app for start, app in apart.items() if scope["path"].startswith(start)), otherwise)
        await chosen(scope, receive, send)

    return choose


async def refuse_socket(scope: Any, receive: Any, send: Any) -> None:
    """Close a WebSocket with an unknown path, for which the router alone would raise an error."""
    await receive()
    await send({"type": "websocket.close"})


programs = URLRouter([*of_programs, re_path("", refuse_socket)])  # type: ignore[arg-type]
sockets = URLRouter([*urlpatterns, re_path("", refuse_socket)])  # type: ignore[arg-type]
application = ProtocolTypeRouter(
    {
        "http": webhooks.asgi(pages),
        "websocket": by_path({"/ws/api/": programs}, AllowedHostsOriginValidator(AuthMiddlewareStack(sockets))),
    }
)
