"""Runs Daphne without an access log, and ends it without waiting for stuck requests.

    python -m expresso.daphne --host 127.0.0.1 --port 8002

serves the sockets of the full deployment. In the default deployment `expresso.web` serves everything with it."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from functools import partial
from typing import NoReturn

import daphne.server
from daphne.endpoints import build_endpoint_description_strings
from daphne.server import Server

#: Bytes of a frame that a client sends over a socket.
RECEIVED_FRAME = 4 * 1024
#: Bytes of a message. Daphne counts those that it sends as well, and a whole board of 300 orders is nearly a megabyte.
MESSAGE = 4 * 1024 * 1024


def serve(*, host: str, port: int, on_ready: Callable[[], None] = lambda: None) -> NoReturn:
    """Serve until SIGTERM or Ctrl-C, then end this process."""
    from django.conf import settings

    from expresso.asgi import application
    from expresso.http_limits import Door

    # Daphne has no setting for the factory of its connections.
    daphne.server.HTTPFactory = partial(Door, proxies=settings.PROXIES)
    Server(
        application=application,
        endpoints=build_endpoint_description_strings(host=host, port=port),
        # Daphne's access log would carry paths, and with them customers' tracking tokens.
        action_logger=None,
        ready_callable=on_ready,
        server_name="expresso",
        verbosity=0,
        # Pages send nothing over their sockets.
        websocket_max_message_size=MESSAGE,
        websocket_max_frame_size=RECEIVED_FRAME,
    ).run()
    sys.stdout.flush()
    sys.stderr.flush()
    # A request that is still running waits in its thread for the event loop, which has stopped. A normal exit would
    # wait for that thread for ever. The request's transaction is rolled back, and Twilio repeats the text.
    os._exit(0)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m expresso.daphne")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8002)
    arguments = parser.parse_args()
    serve(host=arguments.host, port=arguments.port)
