"""Metrics of texts and tasks for Prometheus, served at /metrics (docs/operate/monitor.md)."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_tasks.signals import task_started
from prometheus_client import CollectorRegistry, Counter, Histogram, Metric, start_http_server
from prometheus_client.mmap_dict import MmapedDict
from prometheus_client.multiprocess import MultiProcessCollector

from sms.models import OutboundMessage

texts_received = Counter("sms_texts_received", "Texts of customers.", ["result"])
reply_seconds = Histogram(
    "sms_reply_seconds", "Time to answer a text.", buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15)
)
messages_sent = Counter("sms_messages_sent", "Replies, and texts that Expresso started.", ["kind", "outcome"])
delivery_failures = Counter("sms_delivery_failures", "Texts that did not arrive, by Twilio's error.", ["code"])
task_lag = Histogram(
    "task_lag_seconds", "How late a task began.", buckets=(0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 120, 300)
)


def connect() -> None:
    task_started.connect(_task_began, dispatch_uid="sms.metrics.task_began")


def count_text(result: str, *, replied: bool) -> None:
    """Count a received text and its reply, once the transaction is committed."""
    transaction.on_commit(partial(_text, result, replied), robust=True)


def _text(result: str, replied: bool) -> None:
    texts_received.labels(result).inc()
    if replied:
        messages_sent.labels("reply", "sent").inc()


def count_delivery(message: OutboundMessage, outcome: str, error_code: int | None) -> None:
    """Count the outcome of sending a text, once the transaction is committed."""
    transaction.on_commit(partial(_move, str(message.kind), str(outcome), error_code), robust=True)


def _move(kind: str, outcome: str, error_code: int | None) -> None:
    messages_sent.labels(kind, outcome).inc()
    if outcome == "failed":
        delivery_failures.labels(str(error_code or "none")).inc()


def _task_began(sender: Any, *, task_result: Any, **_kwargs: Any) -> None:
    due = max(filter(None, (task_result.enqueued_at, task_result.task.run_after)))
    task_lag.observe(max((timezone.now() - due).total_seconds(), 0))


class Processes:
    """Collects the metrics of all Expresso processes of this machine."""

    def collect(self) -> Iterator[Metric]:
        folder = Path(settings.METRICS_DIR)
        with (folder / "lock").open("w") as lock:
            # Hold a lock. Otherwise two scrapes at the same moment would both add the counts of an ended process to the
            # total.
            fcntl.flock(lock, fcntl.LOCK_EX)
            _bury_the_dead(folder)
            collector: Any = MultiProcessCollector(None, path=str(folder))  # type: ignore[no-untyped-call]
            found = [*collector.collect()]
        yield from found


def serve_metrics(port: int) -> None:
    """Serve the metrics from a thread, in a process that serves no web pages."""
    registry = CollectorRegistry()
    registry.register(Processes())
    start_http_server(port, registry=registry)


def _bury_the_dead(folder: Path) -> None:
    """Remove the metric files of processes that have ended.

    Their counts must not get lost, so they are added to the files of process 0, which stands for all ended processes.
    Their gauges are dropped."""
    for file in folder.glob("*_*.db"):
        kind, _, pid = file.stem.rpartition("_")
        if int(pid) == 0 or _lives(int(pid)):
            continue
        if not kind.startswith("gauge"):
            total = MmapedDict(str(folder / f"{kind}_0.db"))  # type: ignore[no-untyped-call]
            for key, value, at, _ in MmapedDict.read_all_values_from_file(str(file)):  # type: ignore[no-untyped-call]
                total.write_value(key, total.read_value(key)[0] + value, at)  # type: ignore[no-untyped-call]
            total.close()  # type: ignore[no-untyped-call]
        file.unlink()


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass  # The process exists, but under another account.
    return True
