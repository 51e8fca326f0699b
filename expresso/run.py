"""`make run`: runs everything on this machine in the foreground until Ctrl-C.

One web process answers pages, texts and sockets. One worker sends the texts that Expresso starts by itself."""

from __future__ import annotations

import sys

from expresso import machine
from expresso.family import Family
from expresso.launch import guarded, task_worker, wait_until_answering, watch


def run_expresso() -> None:
    port = machine.environment()
    with Family() as family:
        web = family.start("web process", [sys.executable, "-m", "expresso.web"])
        wait_until_answering(web, port)
        # The worker needs the tables, which the web process has made by now.
        family.start("task worker", task_worker())
        watch(family)


if __name__ == "__main__":
    guarded(run_expresso)
