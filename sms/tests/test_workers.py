"""Several workers at once, and workers that are killed, with real threads, processes and a real database."""

from __future__ import annotations

import datetime as dt
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import pairwise
from unittest.mock import Mock, patch

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connection, transaction
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from orders.models import LabelJob, Order
from orders.tests import factory as rows
from sms import delivery, pace, tasks
from sms.management.commands import work
from sms.models import Delivery, OutboundMessage, Sender
from sms.tests import factory
from sms.tests.factory import FakeTwilio, message
from stations.models import Printer

pytestmark = pytest.mark.django_db(transaction=True)

AT_ONCE = 6

#: The program of a worker process. Arguments: the name of the test database, and a carrier. The carrier "hangs" prints
#: "sending" for the first text and never answers.
WORKER = """
import sys, time
import django
from django.conf import settings
settings.DATABASES["default"]["NAME"] = sys.argv[1]
django.setup()
from django.core.management import call_command
from sms import twilio

def never_answers(**text):
    print("sending", flush=True)
    time.sleep(60)

if sys.argv[2] == "hangs":
    twilio.send = never_answers
print("started", flush=True)
call_command("work")
"""


def at_once(act: Callable[[], object]) -> None:
    """Call `act` in AT_ONCE threads that start together, each with its own database connection."""
    gate = threading.Barrier(AT_ONCE)
    failures: list[Exception] = []

    def run() -> None:
        gate.wait()
        try:
            act()
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def meanwhile(act: Callable[[], object]) -> Callable[[], list[object]]:
    """Start `act` in another thread, and go on after half a second at most.

    Return a function that waits for the end of the thread and returns a list with the result of `act`."""
    results: list[object] = []

    def run() -> None:
        try:
            results.append(act())
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(timeout=0.5)

    def end() -> list[object]:
        thread.join()
        return results

    return end


@contextmanager
def worker_process(carrier: str = "simulator") -> Iterator[subprocess.Popen[str]]:
    arguments = [sys.executable, "-c", WORKER, str(connection.settings_dict["NAME"]), carrier]
    process = subprocess.Popen(arguments, cwd=settings.BASE_DIR, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "started\n"
        yield process
    finally:
        process.kill()
        process.wait()


def queued_text() -> tuple[Order, OutboundMessage]:
    bar = rows.cafe()
    order = factory.ready_order(bar, factory.conversation(bar))
    return order, OutboundMessage.objects.get(order=order)


def wait_for(condition: Callable[[], bool]) -> None:
    moment = threading.Event()
    for _ in range(200):
        if condition():
            return
        moment.wait(0.05)
    raise AssertionError("it did not come to pass within 10 s")


def test_text_that_many_workers_take_at_once_is_sent_once(fake_twilio: FakeTwilio) -> None:
    _, text = queued_text()

    at_once(lambda: tasks.deliver.call(text.pk))

    assert len(fake_twilio.sent) == 1


def test_claim_that_another_worker_is_just_taking_is_not_taken() -> None:
    _, text = queued_text()

    with transaction.atomic():
        mine = delivery.claim_message(text.pk)
        theirs = meanwhile(lambda: delivery.claim_message(text.pk))

    assert mine is not None
    assert theirs() == [None]


def test_slot_that_another_worker_is_just_booking_is_not_booked() -> None:
    before = timezone.now() + dt.timedelta(minutes=1)
    book = partial(pace.book, "+15550100001", carrier="sms", segments=5, before=before)
    book()

    with transaction.atomic():
        mine = book()
        theirs = meanwhile(book)

    [slot] = theirs()
    assert mine is not None
    assert slot == mine + dt.timedelta(seconds=5)


def test_many_workers_send_every_text_once(fake_twilio: FakeTwilio) -> None:
    bar = rows.cafe()
    Sender.objects.create(number=bar.event.sms_number or "", segments_per_second=999)
    for _ in range(20):
        factory.ready_order(bar, factory.conversation(bar))

    at_once(lambda: call_command("work", batch=True))
    # Send the texts that had to wait for a sending slot.
    wait_for(lambda: not DBTaskResult.objects.filter(run_after__gt=timezone.now(), run_after__year__lt=9999).exists())
    call_command("work", batch=True)

    assert len(fake_twilio.sent) == 20
    assert len({sent["To"] for sent in fake_twilio.sent}) == 20
    assert set(OutboundMessage.objects.values_list("status", flat=True)) == {Delivery.SENT}


def test_abandoned_text_that_many_workers_take_over_at_once_is_sent_once(fake_twilio: FakeTwilio) -> None:
    _, text = queued_text()
    OutboundMessage.objects.update(status=Delivery.SENDING, claimed_at=timezone.now() - dt.timedelta(minutes=1))

    at_once(lambda: tasks.deliver.call(text.pk))

    assert [method for method, _ in fake_twilio.asked] == ["GET", "POST"]


def test_slots_booked_at_once_do_not_overlap() -> None:
    slots: list[dt.datetime] = []
    before = timezone.now() + dt.timedelta(minutes=1)

    def book() -> None:
        slot = pace.book("+15550100001", carrier="sms", segments=2, before=before)
        assert slot is not None
        slots.append(slot)

    at_once(book)

    slots.sort()
    gaps = {(later - earlier).total_seconds() for earlier, later in pairwise(slots)}
    assert len(slots) == AT_ONCE
    assert min(gaps) >= 2


def test_text_of_a_worker_killed_while_sending_is_found_at_twilio(fake_twilio: FakeTwilio) -> None:
    _, text = queued_text()

    with worker_process("hangs") as worker:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "sending\n"
        worker.kill()
        worker.wait()
    early = tasks.recover()
    OutboundMessage.objects.update(claimed_at=timezone.now() - dt.timedelta(minutes=1))
    fake_twilio.messages = [message("SMfound", {"Body": text.body})]
    call_command("work", batch=True)

    text.refresh_from_db()
    assert early == 0
    assert [method for method, _ in fake_twilio.asked] == ["GET"]
    assert (text.status, text.sid, text.attempts) == (Delivery.SENT, "SMfound", 1)


def test_text_of_a_worker_killed_while_sending_is_sent_by_the_next_one() -> None:
    _, text = queued_text()
    with worker_process("hangs") as worker:
        assert worker.stdout is not None
        assert worker.stdout.readline() == "sending\n"
        worker.kill()
        worker.wait()
    OutboundMessage.objects.update(claimed_at=timezone.now() - dt.timedelta(minutes=1))

    with worker_process():
        wait_for(lambda: OutboundMessage.objects.filter(pk=text.pk, status=Delivery.DELIVERED).exists())

    text.refresh_from_db()
    assert text.attempts == 2


def test_worker_sends_what_comes_in_and_ends_when_asked() -> None:
    with worker_process() as worker:
        _, text = queued_text()
        wait_for(lambda: OutboundMessage.objects.filter(pk=text.pk, status=Delivery.DELIVERED).exists())
        worker.send_signal(signal.SIGTERM)
        ended = worker.wait(timeout=5)

    assert ended == 0


def test_worker_outlives_a_lost_database() -> None:
    worker = Mock(running=True)

    def run() -> None:
        if worker.run.call_count == 1:
            raise OperationalError("terminating connection due to administrator command")
        worker.running = False

    worker.run.side_effect = run
    with patch("time.sleep"):
        work._work_for_ever(worker)

    assert worker.run.call_count == 2


def test_old_tasks_are_forgotten_and_waiting_ones_kept() -> None:
    queued_text()
    queued_text()
    done = DBTaskResult.objects.first()
    assert done is not None
    DBTaskResult.objects.filter(pk=done.pk).update(status=TaskResultStatus.RUNNING)
    DBTaskResult.objects.update(enqueued_at=timezone.now() - dt.timedelta(days=2))

    work._clear()

    assert list(DBTaskResult.objects.values_list("status", flat=True)) == [TaskResultStatus.READY]


def test_what_labels_were_asked_for_long_ago_is_forgotten_with_them() -> None:
    order, _ = queued_text()
    printer = Printer.objects.create(station=order.station, name="Labels")
    LabelJob.objects.create(order=order, printer=printer, key="tap", asked_at=timezone.now() - dt.timedelta(days=8))

    work._clear()

    assert not LabelJob.objects.exists()


def test_reminders_that_fail_hold_up_no_recovery(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    monkeypatch.setattr(work, "follow_up", Mock(side_effect=KeyError("sentence"), __name__="follow_up"))
    monkeypatch.setattr(work, "_clear", lambda: done.append("cleared"))

    work._tidy(clears=True)

    assert done == ["cleared"]
