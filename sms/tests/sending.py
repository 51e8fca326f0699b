"""Helpers that run the worker's tasks within a test."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from sms import tasks
from sms.models import Sender


def work() -> None:
    """Run all tasks that are due now.

    Tests use this function instead of a real worker, which would close the database connection and so end the test's
    transaction."""
    tasks.recover()
    while task := DBTaskResult.objects.ready().first():
        task.claim("test")
        task.task.call(*task.args_kwargs["args"], **task.args_kwargs["kwargs"])
        task.set_successful(None)


def work_later(**after: float) -> None:
    """Simulate that this much time has passed, for example `seconds=5`, and run the tasks that are due then."""
    passed = dt.timedelta(**after)
    for task in DBTaskResult.objects.filter(status=TaskResultStatus.READY):
        if task.run_after.year < 9999:
            DBTaskResult.objects.filter(pk=task.pk).update(run_after=task.run_after - passed)
    for sender in Sender.objects.all():
        Sender.objects.filter(pk=sender.pk).update(free_at=sender.free_at - passed)
    work()


def fresh(row: Any) -> Any:
    return type(row).objects.get(pk=row.pk)
