"""Runs a conversation without a database. Every order is accepted: nothing is sold out, and no other customer
orders."""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import dataclass, replace

from django.utils import timezone

from inventory.menu import Menu
from orders.items import Item, name_after, names_on
from orders.models import code_of
from orders.parser import Explanation, explain
from orders.parser.explain import missing_parts
from orders.parser.languages import DEFAULT
from orders.waits import Wait
from sms.conversation import as_read, conclude, ignore, language_after, respond
from sms.conversation.actions import (
    Act,
    Cancelled,
    CancelOrders,
    ChangeOrder,
    ChangeRequested,
    ChangeTime,
    CheckWaits,
    CountData,
    Done,
    ForgetCustomer,
    Ordered,
    OrderProgress,
    Outcome,
    PlaceOrder,
    ProgressReport,
    QuotedWait,
    RequestChange,
    SetName,
    StoredData,
)
from sms.conversation.facts import TO_MAKE, Facts, OpenOrder, OpenStatus
from sms.conversation.quoted import is_reaction, may_quote, without_our_words
from sms.conversation.state import ConversationState
from sms.conversation.turn import Turn
from sms.replies import answering
from stations.models import Station

#: Default time of the conversation: seven in the morning, so that "at 10:45" is still to come today.
MORNING = dt.datetime.combine(timezone.now().date(), dt.time(7), dt.UTC)
#: Time between two texts. Texts in faster succession would count as a machine's and get no reply.
BETWEEN_TEXTS = dt.timedelta(seconds=20)


@dataclass(frozen=True, slots=True)
class Rehearsed:
    turn: Turn
    reply: str
    #: The items of the customer's order after this text. If a question is open, these are the items of the unfinished
    #: order.
    items: tuple[Item, ...]
    #: CPU time that this text took, in milliseconds.
    ms: float


class Rehearsal:
    def __init__(
        self, menu: Menu, *, event: str = "", now: dt.datetime | None = None, languages: tuple[str, ...] = (DEFAULT,)
    ) -> None:
        self.menu = menu
        self.state = ConversationState()
        self.facts = Facts(now=now or MORNING, event=event or menu.name, languages=languages)
        self.taken = 0
        self.said: list[str] = []

    def text(self, text: str) -> Rehearsed:
        self.facts = replace(self.facts, now=self.facts.now + BETWEEN_TEXTS)
        started = time.thread_time()
        own = without_our_words(text, self.said) if may_quote(text) and not is_reaction(text) else text
        quoted = not own and bool(text)
        turn = ignore(self.state, self.facts) if quoted else respond(self.state, own, self.menu, self.facts)
        self.facts = replace(self.facts, language=language_after(turn.reading, self.facts))
        before = self.facts
        outcome = self.carry_out(turn.act)
        says, self.state = conclude(turn, outcome, self.menu, before)
        reply = answering.word(says, self.menu, before)
        self.said.append(reply)
        ms = (time.thread_time() - started) * 1000
        return Rehearsed(turn, reply, self.holds(), ms)

    def explain(self, text: str) -> Explanation:
        """Return what each stage of the parser finds in the text. Call this before `text`, which changes the state of
        the conversation."""
        own = without_our_words(text, self.said) if may_quote(text) else text
        words, _, context = as_read(self.state, own, self.menu, self.facts)
        explanation = explain(words, self.menu, **context)
        return replace(explanation, skipped=(*missing_parts(text, words), *explanation.skipped))

    def holds(self) -> tuple[Item, ...]:
        if self.state.draft:
            return self.state.draft.items
        return self.facts.orders[-1].items if self.facts.orders else ()

    def carry_out(self, act: Act) -> Outcome:
        match act:
            case PlaceOrder(items, name, _, wanted_at):
                self.taken += 1
                name = name or names_on(items)
                placed = OpenOrder(self.taken, code_of(self.taken), "waiting", items, name, "the bar")
                return self.ordered(replace(placed, wanted_at=wanted_at))
            case ChangeOrder(order, items, name, _, wanted_at):
                name = name_after(order.name, order.items, items) if name is None else name
                return self.ordered(replace(order, items=items, name=name, wanted_at=wanted_at or order.wanted_at))
            case ChangeTime(order, wanted_at):
                return self.ordered(replace(order, wanted_at=wanted_at))
            case RequestChange(order, items):
                return self.requested(order, items)
            case CancelOrders(orders):
                return self.cancelled(orders)
            case SetName(name, order):
                self.facts = replace(self.facts, name=name)
                if order:
                    self.ordered(replace(order, name=name))
            case CheckWaits():
                progress = tuple(OrderProgress(order, self.wait(order)) for order in self.facts.orders)
                return ProgressReport(progress, None if progress else QuotedWait(0, 0, 3))
            case CountData():
                return StoredData(self.taken, self.taken)
            case ForgetCustomer():
                self.facts = replace(self.facts, name="", orders=(), usual=())
        return Done()

    def ordered(self, order: OpenOrder) -> Ordered:
        others = [each for each in self.facts.orders if each.pk != order.pk]
        orders = tuple(sorted((*others, order), key=lambda each: each.pk))
        name = self.facts.name or order.own_name
        self.facts = replace(self.facts, orders=orders, usual=order.items, name=name)
        return Ordered(order, self.wait(order))

    def move(self, status: OpenStatus | None) -> None:
        """Set the status of the latest order, as a barista's tap does. None means that the order was collected."""
        *others, latest = self.facts.orders
        moved = (replace(latest, status=status),) if status else ()
        self.facts = replace(self.facts, orders=(*others, *moved))

    def requested(self, order: OpenOrder, items: tuple[Item, ...]) -> ChangeRequested:
        """Store the items that the customer requests. The order keeps its own items, because it is already being
        made."""
        asked = replace(order, wish=items)
        self.facts = replace(self.facts, orders=tuple(asked if o.pk == order.pk else o for o in self.facts.orders))
        return ChangeRequested(asked)

    def cancelled(self, orders: tuple[OpenOrder, ...]) -> Cancelled:
        gone = tuple(order for order in orders if order.changeable)
        late = tuple(order for order in orders if order.status not in TO_MAKE)
        wished = tuple(self.requested(order, ()).order for order in orders if order not in (*gone, *late))
        self.facts = replace(self.facts, orders=tuple(o for o in self.facts.orders if o not in gone))
        return Cancelled(gone, late, wished)

    def wait(self, order: OpenOrder) -> QuotedWait:
        """Return the waiting time for the order, as if only this customer had ordered."""
        ahead = [each for each in self.facts.orders if each.pk <= order.pk]
        drinks = self.menu.drink_by_name
        minutes = sum(drinks[item.drink].minutes * item.quantity for each in ahead for item in each.items)
        queue = Wait.at(Station(), minutes, position=len(ahead))
        return QuotedWait(queue.position, queue.earliest, queue.latest)
