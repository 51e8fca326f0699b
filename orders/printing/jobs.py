"""Print jobs for cup labels.

A job is made when an order is started, or by a tap. The job is offered to the printer until the printer reports the
outcome. Labels are rendered when the printer fetches them, so that a name that was changed meanwhile is printed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.utils import timezone

from accounts.models import User
from orders.display.tickets import VoidLabels
from orders.hints import announcer, name_of
from orders.models import LabelJob, Order, OrderEvent, new_token
from orders.printing.labels import labels_of
from orders.refusals import NoPrinter
from orders.statuses import BEING_MADE, DROPPED, NOT_STARTED, OPEN, TO_MAKE
from orders.verbs import order_moved
from stations.models import Printer, Station
from stations.printers import State, in_trouble, in_words, needs_somebody, read_status, state_of

Job = LabelJob.State

#: How long finished jobs are kept, so that staff can look up what was printed.
KEEP = dt.timedelta(days=7)


def connect() -> None:
    order_moved.connect(follow, dispatch_uid="orders.printing.jobs.follow")


def follow(sender: Any, *, order: Order, event: OrderEvent, **_kwargs: Any) -> None:
    """Make a print job when an order is started, and when its drinks or name change while it is being made.

    Jobs that still wait are dropped if the order is closed. If an undo puts the order back to waiting, only the jobs
    that nobody tapped for are dropped."""
    if event.was == event.status:
        if event.verb in CHANGES and event.status in BEING_MADE:
            _print_by_itself(order)
    elif event.status not in OPEN:
        LabelJob.objects.filter(order=order, state=Job.WAITING).update(state=Job.DROPPED)
    elif event.status in NOT_STARTED and event.was:
        _drop_what_nobody_asked_for(order)
    elif event.was in (*NOT_STARTED, *DROPPED):
        _print_by_itself(order)


#: Verbs that change the labels of an order that is being made, because they change its drinks or its name.
CHANGES = frozenset({"accept", "rename"})


def _print_by_itself(order: Order) -> None:
    """Make a print job that nobody tapped for, unless there was one for exactly these labels of the order.

    If an order is started, put back and started again, its labels are the same, and are not printed twice. A job for
    earlier labels that still waits is dropped. It would print the new labels too, because they are rendered when they
    are fetched."""
    printer = Printer.objects.filter(station=order.station_id, automatic=True).first()
    if printer is None:
        return
    _drop_what_nobody_asked_for(order)
    key = f"start:{order.pk}:{printer.pk}:{_digest(order)}"
    job, is_new = LabelJob.objects.get_or_create(key=key, defaults={"order": order, "printer": printer})
    if not is_new:
        LabelJob.objects.filter(pk=job.pk, state=Job.DROPPED).update(state=Job.WAITING)


def _drop_what_nobody_asked_for(order: Order) -> None:
    LabelJob.objects.filter(order=order, state=Job.WAITING, by=None).update(state=Job.DROPPED)


def _digest(order: Order) -> str:
    return blake2b(repr(labels_of(order)).encode(), digest_size=8).hexdigest()


@transaction.atomic
def request_labels(order: Order, *, by: User, key: str | None) -> LabelJob:
    """Make a job that prints the order's labels, even if they were printed before. Requests with the same `key` make
    only one.

    Raises NoPrinter if the station has no printer."""
    printer = Printer.objects.filter(station=order.station_id).order_by("-automatic", "name").first()
    if printer is None:
        raise NoPrinter
    job, _ = LabelJob.objects.get_or_create(
        key=f"{order.pk}:{key or new_token()}", defaults={"order": order, "printer": printer, "by": by}
    )
    # Whoever prints a label again knows that the order's earlier jobs failed, so the board need not report these jobs
    # any more.
    LabelJob.objects.filter(order=order, state=Job.FAILED).exclude(pk=job.pk).update(state=Job.DROPPED)
    hint_board(order.station)
    return job


def _offered(printer: Printer) -> QuerySet[LabelJob]:
    """Return the printer's unfinished jobs, the oldest first.

    Jobs of closed orders are left out: when a printer is switched on again, nobody needs labels for drinks handed out
    long ago."""
    return LabelJob.objects.filter(printer=printer, state__in=LabelJob.PENDING, order__status__in=OPEN).order_by("pk")


def next_token(printer: Printer) -> str | None:
    """Return the token of the job that the printer should fetch now; None if there is none, or if somebody has to help
    the printer first, for example with new paper.

    Until the job is finished, every poll gets the same token."""
    if needs_somebody(printer.code):
        return None
    return _offered(printer).values_list("token", flat=True).first()


def fetch(printer: Printer, *, token: str) -> LabelJob | None:
    """Mark the job as fetched and return it; None if the job is not offered any more.

    Old printers send no token. They get the next job."""
    jobs = _offered(printer).select_related("order__event", "order__station")
    job = (jobs.filter(token=token) if token else jobs).first()
    if job is None:
        return None
    mine = LabelJob.objects.filter(pk=job.pk, state=Job.WAITING)
    if job.state == Job.WAITING and not mine.update(state=Job.FETCHED, fetched_at=timezone.now()):
        # The job is not waiting any more: the order was cancelled, or another request of the printer has fetched the
        # job.
        job.refresh_from_db(fields=["state"])
        return job if job.state == Job.FETCHED else None
    return job


def settle(printer: Printer, *, token: str, said: str) -> None:
    """Save what the printer reports about a job. If it reports twice, or about a job that is not known, nothing
    changes.

    If somebody has to help the printer first, for example with new paper, the job is offered to it again. After any
    other fault it is not, because the printer would fail on the same job again and again."""
    code, words = read_status(said)
    jobs = LabelJob.objects.filter(printer=printer)
    # A report without a token is about the job that the printer has fetched, never about a job that still waits.
    jobs = jobs.filter(token=token, state__in=LabelJob.PENDING) if token else jobs.filter(state=Job.FETCHED)
    pks = jobs.order_by("pk").values_list("pk", flat=True)[:1]
    job = LabelJob.objects.filter(pk__in=list(pks), state__in=LabelJob.PENDING)
    outcome = in_words(code, words)[:80] if in_trouble(code) else ""
    if needs_somebody(code):
        job.update(state=Job.WAITING, outcome=outcome)
        return
    failed = bool(outcome)
    settled = job.update(state=Job.FAILED if failed else Job.PRINTED, outcome=outcome, done_at=timezone.now())
    if settled and failed:
        hint_board(printer.station)


@dataclass(frozen=True, slots=True)
class PrinterStatus:
    """A label printer as the board of its station shows it."""

    name: str
    state: State
    #: The open orders whose labels failed, each as (order code, reason).
    failed: tuple[tuple[str, str], ...] = ()

    @property
    def stands_out(self) -> bool:
        """Whether the board shows the printer: it is not ready, or labels have failed."""
        return self.state.kind != "ready" or bool(self.failed)


def printers_at(station_id: int, now: dt.datetime) -> tuple[PrinterStatus, ...]:
    printers = list(Printer.objects.filter(station=station_id))
    if not printers:
        return ()
    rows = LabelJob.objects.filter(printer__in=printers, state=Job.FAILED, order__status__in=OPEN)
    failed: dict[int, list[tuple[str, str]]] = {}
    for printer_id, *about in rows.values_list("printer_id", "order__code", "outcome"):
        failed.setdefault(printer_id, []).append((about[0], about[1]))
    return tuple(PrinterStatus(p.name, state_of(p, now), tuple(failed.get(p.pk, ()))) for p in printers)


def void_labels_at(station_id: int) -> dict[int, VoidLabels]:
    """Return, by the order's pk, VoidLabels for orders that changed after their labels were printed and are still to be
    made.

    They say whether newer labels replace the printed ones."""
    changes = OrderEvent.objects.filter(order=OuterRef("order"), verb__in=(*CHANGES, "change")).order_by("-pk")
    later = LabelJob.objects.filter(order=OuterRef("order"), asked_at__gt=OuterRef("changed_at"))
    printed = (
        LabelJob.objects.filter(order__station=station_id, order__status__in=TO_MAKE)
        .filter(state__in=(Job.FETCHED, Job.PRINTED))
        .annotate(changed_at=Subquery(changes.values("at")[:1]))
        .filter(asked_at__lt=F("changed_at"))
        .annotate(are_replaced=Exists(later.exclude(state__in=(Job.DROPPED, Job.FAILED))))
    )
    return {order: VoidLabels(replaced) for order, replaced in printed.values_list("order", "are_replaced")}


def delete_old_jobs() -> None:
    LabelJob.objects.filter(asked_at__lt=timezone.now() - KEEP).delete()


def hint_board(station: Station) -> None:
    """Have the board of the station rendered again after the commit. No other page shows printers."""
    transaction.on_commit(partial(announcer.hint, (name_of(station),)), robust=True)
