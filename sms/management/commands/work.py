"""Runs a worker. It sends texts, pushes and mails, and runs the regular jobs."""

from __future__ import annotations

import threading
import time
from argparse import ArgumentParser
from datetime import timedelta
from itertools import count
from pathlib import Path
from typing import Any

import structlog
from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import Error, connection
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks.base import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from orders.live import beats
from orders.printing import jobs
from orders.upkeep.rescheduling import release_due
from sms import metrics, rounds
from sms.follow_up import follow_up
from sms.tasks import recover

log = structlog.get_logger(__name__)

#: Seconds between two searches for messages whose worker died.
RECOVER_EVERY = 5
ROUNDS_BETWEEN_CLEARINGS = 720
#: How long the rows of finished tasks are kept, so that problems can be investigated.
KEEP = timedelta(days=1)


class Command(BaseCommand):
    help = "Run background tasks, and finish those of workers that were killed. Any number of workers may run."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--interval", type=float, default=0.2, help="seconds between two searches for tasks")
        parser.add_argument("--batch", action="store_true", help="run the tasks that are due, then end")

    def handle(self, *, interval: float, batch: bool, **_options: Any) -> None:
        worker = Worker(
            queue_names=["*"],
            interval=interval,
            batch=batch,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
            excluded_queue_names=[],
        )
        if batch:
            recover()
            follow_up()
            worker.run()
            return
        worker.configure_signals()
        if settings.METRICS_PORT:
            metrics.serve_metrics(settings.METRICS_PORT)
        threading.Thread(target=_tidy_for_ever, daemon=True).start()
        for act in rounds.FOR_EVER:
            threading.Thread(target=act, daemon=True).start()
        _work_for_ever(worker)
        beats.ended(beats.WORKERS)


def _work_for_ever(worker: Worker) -> None:
    while worker.running:
        try:
            worker.run()
        except Error as error:
            # The database cannot be reached. `recover` will find the message that this worker was sending.
            log.error("database_away", error=type(error).__name__)
            connection.close()
            time.sleep(1)


def _tidy_for_ever() -> None:
    for round_ in count():
        _sign_of_life()
        _tidy(clears=round_ % ROUNDS_BETWEEN_CLEARINGS == 0)
        time.sleep(RECOVER_EVERY)


def _sign_of_life() -> None:
    """Record that this worker is alive: for /health, and as a file for checks on this machine, such as a container's
    health check."""
    Path(settings.VAR_DIR, "worker.alive").touch()
    beats.beat(beats.WORKERS)


def _tidy(*, clears: bool) -> None:
    """Run the regular jobs. If a job fails, log the error and go on with the next job. An exception would end this
    thread, and no message of a dead worker would be recovered any more."""
    for act in (recover, follow_up, release_due, *rounds.FREQUENT, *((_clear, *rounds.HOURLY) if clears else ())):
        try:
            act()
        except Exception as error:
            log.error("recovery_failed", act=act.__name__, error=type(error).__name__)
        finally:
            connection.close()


def _clear() -> None:
    """Delete the rows of old tasks and of old label jobs.

    Old tasks are deleted even if they never finished, because their worker was killed. Only tasks that have not begun
    are kept."""
    jobs.delete_old_jobs()
    old = DBTaskResult.objects.filter(enqueued_at__lt=timezone.now() - KEEP)
    old.exclude(status=TaskResultStatus.READY).delete()
