"""The one web process of `make run`: Daphne, in the process that has prepared the data.

Loading Django takes longer than all the rest of a start, so it is done once."""

from __future__ import annotations

import sys

from expresso import env, machine, prepare
from expresso.daphne import serve
from expresso.welcome import welcome


def main() -> None:
    port = env.integer("PORT", machine.DEFAULT_PORT)
    prepare.everything()
    # Written now: once the server runs, this thread may not query.
    words = welcome(port)
    serve(host=machine.EVERYWHERE, port=port, on_ready=lambda: print(words, flush=True))


if __name__ == "__main__":
    try:
        main()
    except machine.CannotStart as error:
        sys.exit(f"Expresso cannot start: {error}")
