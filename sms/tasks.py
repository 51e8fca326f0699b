"""The worker's task that sends one text, push or mail to its customer exactly once."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator

import structlog
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max
from structlog.contextvars import bound_contextvars

from accounts import tracing
from sms import delivery, pace
from sms.carriers import Accepted, Ambiguous, NotProcessed, Refused
from sms.channels import NoticeChannel, channel_of
from sms.models import Delivery, OutboundMessage

log = structlog.get_logger(__name__)

#: Seconds to wait before asking Twilio whether it took a request. Twilio lists a message only some seconds after it
#: took the request.
ASK_AFTER = 5
LONGEST_PAUSE = 60
#: Maximum number of attempts at a push service or mail server before a text is sent instead. The attempts take 4 to 7
#: seconds.
FEW_ATTEMPTS = 3
#: A queued message that has no task and is older than this many seconds is lost: the worker of its task has died.
LOST_AFTER = 5


@task()
def deliver(message_id: int, paced: bool = False, trace: str = "") -> None:
    """Send the message, or record why it is not sent. Can safely be run twice, late, or in two workers at once.

    `paced` is True if the sender's sending slot was booked before and has come. `trace` is the tracing span that queued
    the message."""
    with bound_contextvars(message=message_id), tracing.span("deliver", parent=trace):
        _deliver(message_id, paced)


def _deliver(message_id: int, paced: bool) -> None:
    claim = delivery.claim_message(message_id)
    if claim is None:
        return
    message, unsure = claim.message, claim.unsure
    channel = channel_of(message)
    if unsure and not channel.shows_once:
        if _ask_and_settle(message, channel):
            return
        unsure = False
    if not delivery.is_true(message):
        _end(message, Delivery.EXPIRED, why="overtaken")
    elif message.expires_at <= timezone.now():
        _end(message, Delivery.EXPIRED, why="late")
    elif reason := channel.why_not(message):
        _end(message, Delivery.FAILED, why=reason[0], error_code=reason[1])
    elif paced or _is_its_turn(message, channel):
        _send(message, channel, unsure=unsure)


def _ask_and_settle(message: OutboundMessage, channel: NoticeChannel) -> bool:
    """Ask the carrier whether it has the message, and store the answer. This is needed after a crash, a status 500 or a
    timeout, when it is unknown whether the message was sent.

    Return False if the carrier does not have the message, so that it must be sent. Return True if the carrier has it,
    or does not answer."""
    try:
        found = channel.find(message)
    except NotProcessed:
        if message.expires_at <= timezone.now():
            _end(message, Delivery.FAILED, why="no_answer", unsure=True)
        else:
            _put_off(message, seconds=_pause(message, least=ASK_AFTER), unsure=True)
        return True
    if found is None:
        delivery.was_not_taken(message)
        return False
    _accept(message, found)
    return True


def _is_its_turn(message: OutboundMessage, channel: NoticeChannel) -> bool:
    """Book the sender's next sending slot. Return whether this slot is now.

    If the slot is later, the message goes back to the queue, so that this worker does not wait."""
    units = channel.units(message)
    if not units:
        return True
    conversation = message.talk
    slot = pace.book(conversation.sender, carrier=conversation.carrier, segments=units, before=message.expires_at)
    if slot is None:
        _end(message, Delivery.EXPIRED, why="late")
        return False
    wait = (slot - timezone.now()).total_seconds()
    if wait <= 0:
        return True
    _put_off(message, seconds=wait, unsure=False, paced=True)
    return False


def _send(message: OutboundMessage, channel: NoticeChannel, *, unsure: bool) -> None:
    """Send the message. `unsure` is True if an earlier attempt might have reached the customer."""
    try:
        if not delivery.count_attempt(message):
            return
    except delivery.SameWordsUnsure:
        _put_off(message, seconds=ASK_AFTER, unsure=False)
        return
    try:
        with tracing.span("send", channel=channel.name, attempt=message.attempts):
            accepted = channel.send(message)
    except NotProcessed:
        if _is_told_otherwise(message) and not unsure:
            _end(message, Delivery.FAILED, why="away")
        else:
            _put_off(message, seconds=_pause(message), unsure=unsure)
    except Ambiguous:
        _put_off(message, seconds=_pause(message, least=0 if channel.shows_once else ASK_AFTER), unsure=True)
    except Refused as refusal:
        _end(message, Delivery.FAILED, why="refused", error_code=refusal.code, unsure=unsure)
        if message.subscription and refusal.code in channel.gone:
            message.subscription.delete()
    else:
        _accept(message, accepted)


def _is_told_otherwise(message: OutboundMessage) -> bool:
    """Return whether to stop trying to send this push or mail, so that a text is sent instead.

    This is the case if the customer prefers this device or mailbox to texts, and FEW_ATTEMPTS attempts to reach its
    server have failed."""
    return message.subscription is not None and message.subscription.is_first and message.attempts >= FEW_ATTEMPTS


def _accept(message: OutboundMessage, accepted: Accepted) -> None:
    delivery.advance(message, to=accepted.status, sid=accepted.sid, error_code=accepted.error_code)
    log.info("text_sent", message=message.pk, sid=accepted.sid, attempts=message.attempts)


def _end(
    message: OutboundMessage, status: Delivery, *, why: str, error_code: int | None = None, unsure: bool = False
) -> None:
    delivery.advance(message, to=status, error_code=error_code, unsure=unsure)
    log.info("text_not_sent", message=message.pk, why=why, error_code=error_code)


def _put_off(message: OutboundMessage, *, seconds: float, unsure: bool, paced: bool = False) -> None:
    again = timezone.now() + dt.timedelta(seconds=seconds)
    with transaction.atomic():
        if delivery.let_go(message, unsure=unsure):
            deliver.using(run_after=again).enqueue(message.pk, paced=paced, **tracing.carried())
            log.info("text_put_off", message=message.pk, seconds=round(seconds, 1), unsure=unsure)


def _pause(message: OutboundMessage, *, least: float = 1) -> float:
    """Return the seconds until the next attempt, at least `least`.

    The pause doubles with each attempt. It is partly random, so that not all messages are tried again at the same
    moment."""
    return max(least, random.uniform(0.5, 1) * min(2.0**message.attempts, LONGEST_PAUSE))


def waiting_since() -> list[dt.datetime]:
    """Return, for each message that is not sent yet, the moment from which it can be sent.

    This moment can be in the future, because a message can wait for its own time or for the sender's rate limit."""
    texts = OutboundMessage.objects.filter(status__in=[Delivery.QUEUED, Delivery.SENDING]).order_by()
    at_once = get_date_max()
    later = {pk: run_after for pk, run_after in _tasks_ahead() if run_after != at_once}
    return [max(made, later.get(pk, made)) for pk, made in texts.values_list("pk", "created_at")]


def _tasks_ahead() -> Iterator[tuple[int, dt.datetime]]:
    """Yield a pair for each `deliver` task that has not begun: the primary key of its message, and the moment from
    which the task can begin."""
    tasks = DBTaskResult.objects.filter(status=TaskResultStatus.READY, task_path=deliver.module_path)
    for call, run_after in tasks.values_list("args_kwargs", "run_after"):
        yield call["args"][0], run_after


def recover() -> int:
    """Queue a task for every message whose worker died while sending it. Return the number of these messages.

    Several workers can do this at once: a second task for a message finds it claimed and ends."""
    now = timezone.now()
    unclaimed = Q(status=Delivery.QUEUED, created_at__lt=now - dt.timedelta(seconds=LOST_AFTER))
    candidates = set(
        OutboundMessage.objects.filter(unclaimed | delivery.where_abandoned(now)).values_list("pk", flat=True)
    )
    if not candidates:
        return 0
    lost = candidates - {pk for pk, _ in _tasks_ahead()}
    for pk in sorted(lost):
        deliver.enqueue(pk)
        log.warning("text_recovered", message=pk)
    return len(lost)
