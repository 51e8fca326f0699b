"""Runs Daphne without an access log. Before it stops, it tells the browsers on its WebSockets to connect again.

    python -m expresso.daphne --host 127.0.0.1 --port 8002

serves the WebSockets of the full deployment. With `--fd 7` it serves on a socket that the launcher has opened, and
which several of these processes can share. With `--spare` it loads everything and then waits to take the place of a
process that ends. In the default deployment `expresso.web` uses this module to serve HTTP, too."""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import sys
from collections.abc import Callable
from functools import partial
from typing import Any, NoReturn

import daphne.server
import structlog
from daphne.endpoints import build_endpoint_description_strings
from daphne.server import Server
from django.template.loader import get_template
from django.urls import get_resolver

from expresso import garbage

log = structlog.get_logger(__name__)

#: Maximum size in bytes of a WebSocket frame that a client sends.
RECEIVED_FRAME = 4 * 1024
#: Maximum size in bytes of a WebSocket message, sent or received. The limit is this large because a barista's board
#: with 300 orders is nearly a megabyte.
MESSAGE = 4 * 1024 * 1024
#: Templates of the fragments that are sent over WebSockets.
BOARDS = (
    "orders/_board.html",
    "orders/_wall.html",
    "overview/_home.html",
    "overview/_overview.html",
    "support/_inbox.html",
    "support/_talk.html",
)


def serve(*, on_ready: Callable[[], None] = lambda: None, is_spare: bool = False, **address: Any) -> NoReturn:
    """Serve on `host` and `port`, or on the open socket `file_descriptor`, until SIGTERM or Ctrl-C. Then end this
    process.

    With `is_spare`, this process loads everything but serves only when it has to replace another one that has ended."""
    from django.conf import settings

    from accounts import tracing
    from expresso.asgi import application
    from expresso.http_limits import Door
    from orders.live import beats

    _load_what_boards_need()
    if is_spare:
        settings.PROCESS_NAME = _wait_until_needed()
    # Replace Daphne's connection factory here, because Daphne has no setting for it.
    daphne.server.HTTPFactory = partial(Door, proxies=settings.PROXIES)
    server: Server = Server(
        application=application,
        endpoints=build_endpoint_description_strings(**address),
        # No access log, because it would contain paths, and customers' paths contain tracking tokens.
        action_logger=None,
        ready_callable=lambda: _ready(server, on_ready),
        # Do not use Twisted's signal handler, which would close all sockets at once. `_ready` installs another one.
        signal_handlers=False,
        server_name="expresso",
        verbosity=0,
        # Received frames can have a small limit, because pages send nothing over their sockets.
        websocket_max_message_size=MESSAGE,
        websocket_max_frame_size=RECEIVED_FRAME,
    )
    server.run()
    beats.ended(beats.SOCKETS)
    # End tracing and flush the output here, because `os._exit` below skips what Python does at exit.
    tracing.end_tracing()
    sys.stdout.flush()
    sys.stderr.flush()
    # Exit without waiting for threads. A request that is still running waits in its thread for the event loop, which
    # has stopped, so a normal exit would wait for ever. The request's transaction is rolled back, and Twilio sends its
    # text again.
    os._exit(0)


def _load_what_boards_need() -> None:
    """Load the URLs and the templates of the boards at the start. Otherwise the first board to be sent would wait for
    them."""
    _ = get_resolver().url_patterns
    for template in BOARDS:
        get_template(template)


def _wait_until_needed() -> str:
    """Wait until this spare process is needed, and return the name of the process that it replaces.

    The launcher writes that name to standard input. If the launcher closes standard input instead, this process
    exits."""
    name = sys.stdin.readline().strip()
    if not name:
        sys.exit(0)
    log.info("spare_takes_over", process=name)
    return name


def _ready(server: Server, on_ready: Callable[[], None]) -> None:
    loop = asyncio.get_event_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, _stop, server, loop)
    server.signs_of_life = loop.create_task(_give_signs_of_life())
    garbage.spare_what_is_loaded()
    on_ready()


def _stop(server: Server, loop: asyncio.AbstractEventLoop) -> None:
    """Accept no new connections, tell the browsers on open sockets one after the other to connect again, then stop."""
    from orders.live.hub import hub

    server.signs_of_life.cancel()
    for listener in server.listeners:
        listener.addCallback(lambda port: port and port.stopListening())
    loop.call_later(hub.send_away(), server.stop)


async def _give_signs_of_life() -> None:
    from django.conf import settings

    from orders.live import beats

    # A sign of life in the cache tells other processes that this one still works. Without Redis the cache is not
    # shared, so nobody could read it.
    while settings.REDIS_URL:
        await asyncio.to_thread(beats.beat, beats.SOCKETS)
        await asyncio.sleep(beats.EVERY)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m expresso.daphne")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8002)
    parser.add_argument("--fd", type=int, help="file descriptor of an open socket to serve on instead of host and port")
    parser.add_argument(
        "--spare",
        action="store_true",
        help="wait, and serve once a line of standard input names the process to replace",
    )
    arguments = parser.parse_args()
    if arguments.fd is not None:
        serve(file_descriptor=arguments.fd, is_spare=arguments.spare)
    serve(host=arguments.host, port=arguments.port)
