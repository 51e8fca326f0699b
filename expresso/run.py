"""Starts Expresso on this machine and runs it in the foreground until Ctrl-C (`make run`).

One web process serves pages, texts and WebSockets. One worker sends the texts that Expresso starts by itself, such as
"ready"."""

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
        # Start the worker after the web process has created the tables, which the worker needs.
        family.start("task worker", task_worker())
        watch(family)


if __name__ == "__main__":
    guarded(run_expresso)
