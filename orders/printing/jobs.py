"""Labels on their way to a printer: asked for by a start or a tap, offered until the printer has said how it went.

A job's labels are written when they are fetched, so a name that was changed meanwhile is right on the cup."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from orders.hints import announcer, name_of
from orders.models import OPEN, LabelJob, Order, OrderEvent, Status, new_token
from orders.printing.labels import labels_of
from orders.refusals import NoPrinter
from orders.signals import order_moved
from stations.models import Printer, Station
from stations.printers import State, in_trouble, in_words, needs_somebody, read_status, state_of

Job = LabelJob.State

#: Jobs are kept this long for those who ask what was printed.
KEEP = dt.timedelta(days=7)


def connect() -> None:
    order_moved.connect(follow, dispatch_uid="orders.printing.jobs.follow")


def follow(sender: Any, *, order: Order, event: OrderEvent, **_kwargs: Any) -> None:
    """Labels for whatever is begun; none for what was put back or is over, unless the printer has them already."""
    if event.was == event.status:
        if event.verb in CHANGES and event.status == Status.MAKING:
            _print_by_itself(order)
    elif event.status not in OPEN:
        LabelJob.objects.filter(order=order, state=Job.WAITING).update(state=Job.DROPPED)
    elif event.status == Status.WAITING and event.was:
        _drop_what_nobody_asked_for(order)
    elif event.was in (Status.WAITING, Status.CANCELLED):
        _print_by_itself(order)


#: What makes another drink of an order that is being made already, or puts another name on its cup.
CHANGES = frozenset({"accept", "rename"})


def _print_by_itself(order: Order) -> None:
    """Once an order, printer and wording: a start that was taken back and made again prints only what is new.

    What still waits is replaced: its labels would be written when they are fetched, and say the same."""
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
def ask(order: Order, *, by: User, key: str | None) -> LabelJob:
    """Print its labels (again). The same `key` asks once. Raises NoPrinter."""
    printer = Printer.objects.filter(station=order.station_id).order_by("-automatic", "name").first()
    if printer is None:
        raise NoPrinter
    job, _ = LabelJob.objects.get_or_create(
        key=f"{order.pk}:{key or new_token()}", defaults={"order": order, "printer": printer, "by": by}
    )
    # Somebody has seen what failed before, and this is the answer to it.
    LabelJob.objects.filter(order=order, state=Job.FAILED).exclude(pk=job.pk).update(state=Job.DROPPED)
    hint(order.station)
    return job


def _offered(printer: Printer) -> QuerySet[LabelJob]:
    """Oldest first. A printer that was away prints only what is for a cup still: labels of open orders."""
    return LabelJob.objects.filter(printer=printer, state__in=LabelJob.PENDING, order__status__in=OPEN).order_by("pk")


def next_token(printer: Printer) -> str | None:
    """The job to fetch now, the same one until it is settled: two polls at once are told of one job."""
    if needs_somebody(printer.code):
        return None
    return _offered(printer).values_list("token", flat=True).first()


def fetch(printer: Printer, *, token: str) -> LabelJob | None:
    """The job, from now on in the printer's hands; the next one where no token is given, as old printers do."""
    jobs = _offered(printer).select_related("order__event", "order__station")
    job = (jobs.filter(token=token) if token else jobs).first()
    if job is None:
        return None
    mine = LabelJob.objects.filter(pk=job.pk, state=Job.WAITING)
    if job.state == Job.WAITING and not mine.update(state=Job.FETCHED, fetched_at=timezone.now()):
        # The order was cancelled in between, or another request of the printer fetched it.
        job.refresh_from_db(fields=["state"])
        return job if job.state == Job.FETCHED else None
    return job


def settle(printer: Printer, *, token: str, said: str) -> None:
    """It was printed, or cannot be. Said twice, or of a job that nobody knows, it changes nothing.

    What failed for want of paper is offered again; what the printer cannot read, it would never print."""
    code, words = read_status(said)
    jobs = LabelJob.objects.filter(printer=printer)
    # Without a token it is about what the printer has, never about what it was not given yet.
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
        hint(printer.station)


@dataclass(frozen=True, slots=True)
class Shown:
    """A printer of the station, as its board has it."""

    name: str
    state: State
    #: Codes of open orders whose labels failed, with the reason.
    failed: tuple[tuple[str, str], ...] = ()

    @property
    def stands_out(self) -> bool:
        """One that is ready, and printed everything, is not mentioned."""
        return self.state.kind != "ready" or bool(self.failed)


def printers_at(station_id: int, now: dt.datetime) -> tuple[Shown, ...]:
    printers = list(Printer.objects.filter(station=station_id))
    if not printers:
        return ()
    rows = LabelJob.objects.filter(printer__in=printers, state=Job.FAILED, order__status__in=OPEN)
    failed: dict[int, list[tuple[str, str]]] = {}
    for printer_id, *about in rows.values_list("printer_id", "order__code", "outcome"):
        failed.setdefault(printer_id, []).append((about[0], about[1]))
    return tuple(Shown(p.name, state_of(p, now), tuple(failed.get(p.pk, ()))) for p in printers)


def forget() -> None:
    LabelJob.objects.filter(asked_at__lt=timezone.now() - KEEP).delete()


def hint(station: Station) -> None:
    """The station's board shows something else of its printer; no other page does."""
    transaction.on_commit(partial(announcer.hint, (name_of(station),)), robust=True)
