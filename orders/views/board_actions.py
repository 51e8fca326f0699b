"""Taps on a ticket: the verb that each tap carries out, and the message about its result."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from accounts.typed_input import whole_number
from orders import lifecycle
from orders.display.tickets import drinks_in_words
from orders.messaging import change_requests, messages
from orders.models import Order
from orders.ordering.availability import oversold
from orders.printing import jobs
from orders.refusals import CannotBeMade, CodeTaken, DrinksChanged, NoPrinter, Refusal, TransitionError
from orders.requirements import drinks_digest
from orders.statuses import BEING_MADE, NOT_STARTED, STATUSES, TO_MAKE, Status
from orders.steps import STEPS
from orders.verbs import already_done, conflict
from stations.models import Station


@dataclass(frozen=True, slots=True)
class TapResult:
    """The message about a tap, and how the tap can be undone. `problem` is True if something was refused."""

    text: str
    #: Pk of the order that the Undo button is for; None if the tap cannot be undone. `undo_by` is the verb of that
    #: button.
    undo: int | None = None
    undo_by: str = "undo"
    #: The order's version after the tap. If it has another version when Undo is tapped, Undo is refused.
    seen: int | None = None
    problem: bool = False


@dataclass(frozen=True, slots=True)
class Tap:
    order: Order
    by: User
    #: Idempotency key of the request.
    key: str | None
    form: Mapping[str, str]
    #: The order's version that the tablet showed; None if the request does not state it.
    seen: int | None = None
    #: Digest of the drinks that the tablet showed; "" if the request does not state it.
    seen_drinks: str = ""

    @property
    def who(self) -> str:
        return f"{self.order.code} {self.order.name}".strip()

    @property
    def reason(self) -> str:
        return (self.form.get("reason_text") or self.form.get("reason") or "").strip()[:120]

    @property
    def line(self) -> int:
        """Pk of the item that was tapped; 0 if none was."""
        return self._number("item")

    @property
    def upto(self) -> int:
        """Pk of the last answer that the barista has read; 0 if none is given."""
        return self._number("upto")

    def _number(self, name: str) -> int:
        return whole_number(self.form.get(name)) or 0

    @property
    def to(self) -> Station:
        """The station to move the order to.

        Raises CannotBeMade if the event has no such station, or if the order is already at this station."""
        found = Station.objects.filter(slug=self.form.get("to", ""), event=self.order.event).first()
        if found is None or found.pk == self.order.station_id:
            raise CannotBeMade
        return found

    def signed(self) -> dict[str, Any]:
        return {"by": self.by, "key": self.key}


#: For each verb in the URL, the function that carries it out and the message after it. {who} is replaced by the order's
#: code and name.
VERBS: dict[str, tuple[Callable[[Tap], object], Any]] = {
    "start": (lambda tap: lifecycle.start(tap.order, **tap.signed()), gettext_lazy("{who} is being made.")),
    "ready": (lambda tap: lifecycle.mark_ready(tap.order, **tap.signed()), gettext_lazy("{who} is ready.")),
    "collect": (lambda tap: lifecycle.collect(tap.order, **tap.signed()), gettext_lazy("{who} was collected.")),
    "not_collected": (
        lambda tap: lifecycle.not_collected(tap.order, **tap.signed()),
        gettext_lazy("{who} was not collected."),
    ),
    "cancel": (
        lambda tap: lifecycle.cancel(tap.order, reason=tap.reason, **tap.signed()),
        gettext_lazy("{who} was cancelled."),
    ),
    "undo": (
        lambda tap: lifecycle.undo(tap.order, seen=tap.seen, **tap.signed()),
        gettext_lazy("{who} is back: {status}."),
    ),
    "take_over": (lambda tap: lifecycle.take_over(tap.order, **tap.signed()), gettext_lazy("You make {who} now.")),
    "tick": (
        lambda tap: lifecycle.tick(tap.order, item=tap.line, made=True, **tap.signed()),
        gettext_lazy("One drink of {who} is made."),
    ),
    "untick": (
        lambda tap: lifecycle.tick(tap.order, item=tap.line, made=False, **tap.signed()),
        gettext_lazy("One drink of {who} is to be made again."),
    ),
    "first": (lambda tap: lifecycle.put_first(tap.order, **tap.signed()), gettext_lazy("{who} is first now.")),
    "in_turn": (lambda tap: lifecycle.put_in_turn(tap.order, **tap.signed()), gettext_lazy("{who} is back in turn.")),
    "move": (
        lambda tap: lifecycle.move(tap.order, to=tap.to, **tap.signed()),
        gettext_lazy("{who} is made at {station} now."),
    ),
    "print": (
        lambda tap: jobs.request_labels(tap.order, by=tap.by, key=tap.key),
        gettext_lazy("Labels of {who} go to the printer."),
    ),
    "accept": (lambda tap: change_requests.accept(tap.order, **tap.signed()), gettext_lazy("{who} is made as wished.")),
    "decline": (
        lambda tap: change_requests.decline(tap.order, **tap.signed()),
        gettext_lazy("{who} is made as ordered."),
    ),
    "seen": (
        lambda tap: messages.see(tap.order, upto=tap.upto, **tap.signed()),
        gettext_lazy("The answer of {who} is seen."),
    ),
}


#: Verbs for which anything on the ticket can matter. They are refused if the order has another version than the barista
#: saw, perhaps minutes ago. `lifecycle.undo` checks this itself.
OF_WHAT_WAS_SEEN = {"cancel", "move", "accept", "decline"}


#: Verbs that do not change the status but can be taken back, each with the verb that does this.
UNDONE_BY = {"first": "in_turn", "in_turn": "first"}


def carry_out(verb: str, tap: Tap) -> TapResult:
    """Carry out the tap. Return its result, or why it was refused, for example because another barista was first."""
    act, sentence = VERBS[verb]
    short: list[str] = []
    try:
        _check_seen(verb, tap)
        if verb == "accept":
            short = change_requests.short_of(tap.order)
        act(tap)
    except DrinksChanged as refused:
        changed = _("{who} was changed before you tapped. It is now: {drinks}. Nothing was done.")
        return TapResult(changed.format(who=tap.who, drinks=refused.now), problem=True)
    except TransitionError as refused:
        return TapResult(_lost(refused, tap.who), problem=True)
    except CannotBeMade as refused:
        missing = ", ".join(refused.missing) or _("it is closed, or no station of this event")
        return TapResult(_("{who} cannot be made there: {missing}.").format(who=tap.who, missing=missing), problem=True)
    except CodeTaken:
        return TapResult(
            _("{who} cannot come back: another order has its code now. Take it as a new order.").format(who=tap.who),
            problem=True,
        )
    except NoPrinter:
        return TapResult(_("This bar has no label printer: print from the tablet, under More."), problem=True)
    except Refusal:
        return TapResult(_("{who} cannot be made like that any more.").format(who=tap.who), problem=True)
    order = tap.order
    status = Status(order.status).label.lower()
    text = str(sentence).format(who=tap.who, status=status, station=order.station)
    if verb == "undo" and order.status in NOT_STARTED:
        text = " ".join([text, *_too_much(order)])
    elif short:
        text = " ".join([text, _not_enough(short)])
    goes_back = verb in STEPS or verb in UNDONE_BY
    return TapResult(
        text, undo=order.pk if goes_back else None, undo_by=UNDONE_BY.get(verb, "undo"), seen=order.version
    )


def _too_much(order: Order) -> list[str]:
    """Return messages about stock or limits that are exceeded because an undo put the order back into the queue."""
    over = oversold(order)
    said = []
    if over.ingredients:
        said.append(_not_enough(over.ingredients))
    if over.window:
        said.append(_("It goes beyond the limit of drinks."))
    return said


def _not_enough(ingredients: Sequence[str]) -> str:
    return _("There is not enough for it any more: {names}.").format(names=", ".join(ingredients))


#: Verbs for which only the drinks and notes matter. They are refused if these have changed since the barista saw them.
OF_DRINKS_SEEN = {"start", "ready", "collect", "tick", "untick"}


def _check_seen(verb: str, tap: Tap) -> None:
    is_of_other_drinks = tap.seen_drinks and tap.seen_drinks != drinks_digest(tap.order)
    if verb in OF_DRINKS_SEEN and is_of_other_drinks and not already_done(tap.order, tap.key):
        raise DrinksChanged(drinks_in_words(tap.order))
    seen = tap.order.version if verb not in OF_WHAT_WAS_SEEN or tap.seen is None else tap.seen
    if tap.order.version != seen and not already_done(tap.order, tap.key):
        raise conflict(tap.order, verb)


def _lost(refused: TransitionError, who: str) -> str:
    if refused.verb == "undo":
        return _undo_lost(refused, who)
    if refused.verb in OF_WHAT_WAS_SEEN and refused.changed and refused.status in TO_MAKE and not refused.by:
        return _("{who} changed since you saw it: look again.").format(who=who)
    if refused.verb in {"accept", "decline"} and refused.status in BEING_MADE:
        return _("The wish for {who} was already answered.").format(who=who)
    if refused.verb == "take_over" and refused.status in BEING_MADE:
        return _("{who} is yours already, or just changed: look again.").format(who=who)
    return _was_first(refused, who)


def _undo_lost(refused: TransitionError, who: str) -> str:
    if not refused.changed:
        return _("{who} cannot be taken back any more.").format(who=who)
    changed = _was_first(refused, who) if refused.by else _("{who} changed since you saw it.").format(who=who)
    return _("{changed} Nothing was taken back.").format(changed=changed)


def _was_first(refused: TransitionError, who: str) -> str:
    by = refused.by or _("Somebody else")
    return str(STATUSES[refused.status].too_late).format(by=by, who=who)
