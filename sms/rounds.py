"""Jobs that every worker runs regularly, besides its tasks. Apps add their jobs in `AppConfig.ready`.

Several workers can run a job at the same time, so running it twice must do no harm."""

from __future__ import annotations

from collections.abc import Callable

#: Jobs that run every few seconds.
FREQUENT: list[Callable[[], object]] = []
HOURLY: list[Callable[[], object]] = []
#: Jobs that never end. Every worker runs each of them in a thread of its own.
FOR_EVER: list[Callable[[], object]] = []
