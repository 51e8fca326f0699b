"""Runs Daphne without an access log, and ends it without waiting for stuck requests.

    python -m expresso.daphne --host 127.0.0.1 --port 8002

serves the sockets of the full deployment. In the default deployment `expresso.web` serves everything with it."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from typing import NoReturn

from daphne.endpoints import build_endpoint_description_strings
from daphne.server import Server


def serve(*, host: str, port: int, on_ready: Callable[[], None] = lambda: None) -> NoReturn:
    """Serve until SIGTERM or Ctrl-C, then end this process."""
    from expresso.asgi import application

    Server(
        application=application,
        endpoints=build_endpoint_description_strings(host=host, port=port),
        # Daphne's access log would carry paths, and with them customers' tracking tokens.
        action_logger=None,
        ready_callable=on_ready,
        server_name="expresso",
        verbosity=0,
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
