"""The web process of `make run`. It prepares the data folder and the database, and then serves everything by Daphne.

Both happen in one process, because loading Django takes longer than the rest of the start."""

from __future__ import annotations

import sys

from expresso import env, machine, prepare
from expresso.daphne import serve
from expresso.welcome import welcome


def main() -> None:
    port = env.integer("PORT", machine.DEFAULT_PORT)
    made = prepare.everything(demonstration=env.flag("DEMO", True))
    # Make the message before the server runs, because the event loop's thread must not query the database.
    words = welcome(port, show_logins=made)
    serve(host=machine.EVERYWHERE, port=port, on_ready=lambda: print(words, flush=True))


if __name__ == "__main__":
    try:
        main()
    except machine.CannotStart as error:
        sys.exit(f"Expresso cannot start: {error}")
