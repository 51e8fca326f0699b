"""Jobs that every worker runs regularly, besides its tasks. Apps add their jobs in `AppConfig.ready`.

Several workers run a job at the same time, so the job must be safe to run twice."""

from __future__ import annotations

from collections.abc import Callable

#: Jobs that run every few seconds.
FREQUENT: list[Callable[[], object]] = []
HOURLY: list[Callable[[], object]] = []
#: Jobs that never end. Each has a thread of its own in every worker.
FOR_EVER: list[Callable[[], object]] = []
