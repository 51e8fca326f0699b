"""What every worker does beside its tasks. Apps add their own in `AppConfig.ready`.

Several workers do these at the same time, so each of them must be safe to run twice."""

from __future__ import annotations

from collections.abc import Callable

#: Every few seconds.
FREQUENT: list[Callable[[], object]] = []
HOURLY: list[Callable[[], object]] = []
