"""Rules for an order: from its first words until it is placed, changed or dropped."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable
from dataclasses import replace

from orders.items import Item, with_owner
from orders.parser import Intent, Question, read
from orders.parser.atoms import Kind
from orders.parser.times import day_of, moment_of
from orders.refusals import TimePassed
from sms.conversation.actions import CancelOrders, ChangeOrder, PlaceOrder, RequestChange, SetName
from sms.conversation.asking import not_served, still_open, strange, which_to_drop
from sms.conversation.diet import states_diet, states_new_diet, warnings
from sms.conversation.diet_choices import diet_question, fit_for_diet
from sms.conversation.facts import TO_MAKE, OpenOrder
from sms.conversation.options import (
    answered_for_all,
    lacks,
    options_of,
    same_drinks,
    still_lacks,
    with_choices,
    with_left_out,
)
from sms.conversation.sayings import (
    AskDrink,
    AskOption,
    ConfirmCups,
    ItemsNoted,
    NameTaken,
    NoteKept,
    NothingChanged,
    OrderRefused,
    Phrase,
    Saying,
    TooLate,
)
from sms.conversation.second_thoughts import shrugs_off, taken_back
from sms.conversation.spoken import folded_text, in_roles
from sms.conversation.state import OrderDraft, Stage
from sms.conversation.turn import Heard, Turn

#: Orders of more cups than this are read back before they are placed, because a misread number would waste many drinks.
CUPS_UNCONFIRMED = 6
#: Maximum length of the remembered diets and allergies of a customer, in characters.
DIET_LENGTH = 120


def wanted_at(h: Heard) -> dt.datetime | None:
    """Return the moment for which the text wants the order.

    Return None if the text names no time, or means as soon as possible."""
    said, now = h.reading.time, h.facts.now
    if said is None:
        return None
    meant = h.state.unfinished.day
    if meant and said.hour is not None and day_of(said, now) is None:
        said = replace(said, days=(meant - now.date()).days)
    if (day_of(said, now) or 0) > 1:
        # Orders for two or more days ahead are always refused. So return any moment of this day, without asking for a
        # time.
        return now + dt.timedelta(days=day_of(said, now) or 0)
    return moment_of(said, now, h.facts.is_open)


def with_day(h: Heard, draft: OrderDraft) -> OrderDraft:
    """Return the draft with `needs_time` set if the text orders for later but gives no time of day ("tomorrow").

    `day` is then the day that the text names, or None after a mere "later". For any other text `needs_time` is False
    and `day` is None."""
    said = h.reading.time
    if said is None or draft.wanted_at or not said.lacks_clock:
        return replace(draft, needs_time=False, day=None)
    days = day_of(said, h.facts.now)
    return replace(draft, needs_time=True, day=None if days is None else h.facts.now.date() + dt.timedelta(days=days))


def for_later(h: Heard) -> bool:
    return wanted_at(h) is not None or (h.reading.time is not None and h.reading.time.lacks_clock)


def take_order(h: Heard) -> Turn:
    if h.facts.closed and not for_later(h):
        return h.turn(OrderRefused(h.facts.closed), state=h.settled())
    if not h.reading.items and (ready := changes_ready_order(h)):
        return h.turn(TooLate(ready), state=h.settled())
    draft = OrderDraft(h.reading.items, h.name, h.reading.note, wanted_at(h))
    return ask_or_commit(h, draft, h.reading.missing)


def changes_ready_order(h: Heard) -> OpenOrder | None:
    """Return the ready order that the text wants to change ("make it soy"). Return None if the text orders something
    new."""
    if h.order is not None or not h.facts.orders:
        return None
    # `h.order` is the order that is waiting or being made, if there is one. It is None, so all open orders are ready.
    # Take the newest.
    ready = h.facts.orders[-1]
    again = read(h.text, h.menu, order=ready.items, language=h.facts.language)
    changed = again.intent is Intent.CHANGE and not added(ready.items, again.items)
    return ready if changed else None


def amend_order(h: Heard) -> Turn:
    """Change a placed order, or ask a question first. While a question is open, the order stays as it is.

    A further drink is added to the same order, so that all drinks are made at one station and called by one name."""
    order = h.order
    if order is None:
        return take_order(h)
    if not h.reading.items:
        return cancel_orders(h)
    if back := taken_back(h, order):
        h = replace(h, reading=replace(h.reading, items=back, missing=()))
    if h.reading.items == order.wanted and h.name:
        strange_for = strange(h.reading) and h.state.stage is not Stage.NAMING
        return h.turn(*not_served(h), NothingChanged(order)) if strange_for else take_name(h)
    if h.facts.closed and added(order.wanted, h.reading.items):
        return h.turn(OrderRefused(h.facts.closed), state=h.settled())
    draft = OrderDraft(h.reading.items, h.name, h.reading.note, wanted_at(h), changes=order.pk, was=order.wanted)
    return ask_or_commit(h, draft, h.reading.missing)


def fill_draft(h: Heard) -> Turn:
    """Handle a text while an unfinished order has an open question. The text answers the question or changes the
    order."""
    draft, asked = h.state.unfinished, h.state.asked
    if not h.reading.items and not h.reading.missing:
        return drop_draft(h)
    items = with_left_out(draft.items, h.reading.items, h.menu)
    if not h.reading.picks:
        items = answered_for_all(draft.items, items, asked, h.menu)
    note = joined_notes(draft.note, h.reading.note)
    confirmed = h.state.asks("confirm") and same_drinks(items, draft.items)
    missing = h.reading.missing
    if asked and asked.about == "option" and added(draft.items, items):
        # The text added a drink but did not answer our question about an option, so ask the question again.
        missing = (*missing, asked)
    draft = replace(draft, items=items, name=h.name or draft.name, note=note, wanted_at=wanted_at(h) or draft.wanted_at)
    return ask_or_commit(h, draft, missing, confirmed=confirmed)


def ask_or_commit(h: Heard, draft: OrderDraft, missing: Iterable[Question], *, confirmed: bool = False) -> Turn:
    """Ask the next open question about the draft. If no question is left, place the order or carry out the change."""
    if said := h.reading.time:
        if said.is_past:
            moment = wanted_at(h)
            return h.turn(OrderRefused(TimePassed(moment)) if moment else Phrase.TIME_OVER, state=h.settled())
        draft = with_day(h, draft)
    h, draft, diets, new = with_diets(h, draft)
    kept = tuple(map(NoteKept, new[:1]))
    draft, again = fit_for_diet(h, draft, told=diets, news=bool(new) or any(note in h.reading.note for note in diets))
    asides = not_served(h)
    question = again or diet_question(h, draft) or next_question(h, draft, missing)
    if question is None and not confirmed and needs_confirming(h, draft):
        question = Question("confirm"), ConfirmCups(with_owner(draft.items, draft.name))
    if question is None and draft.needs_time:
        question = Question("time"), Phrase.ASK_TIME
    if question is not None:
        asked, saying = question
        return h.turn(
            *kept, *asides, *further(h, draft, saying), saying, state=replace(h.settled(), draft=draft, asked=asked)
        )
    turn = commit(h, draft)
    changed = tuple(item for item in draft.items if item not in draft.was) or draft.items
    return replace(turn, says=(*turn.says, *warnings(changed, h.state.diet, h.menu), *asides))


def with_diets(h: Heard, draft: OrderDraft) -> tuple[Heard, OrderDraft, list[str], list[str]]:
    """Remember the customer's diet in the state, and note it on every cup of the draft.

    Return both, the notes that state a diet, and those of these notes that are new."""
    notes = dict.fromkeys((draft.note, *(item.note for item in draft.items)))
    diets = [note for note in notes if states_diet(note, h.menu, h.facts.language)]

    def newly(known: str) -> list[str]:
        return [note for note in diets if states_new_diet(note, known, h.menu, h.facts.language)]

    others = own_diets(draft.items, diets)
    new = newly("; ".join((h.state.diet, *(item.note for item in (*draft.was, *h.state.unfinished.items)))))
    if shared := [note for note in newly(h.state.diet) if note not in others.values()]:
        h = replace(h, state=replace(h.state, diet=joined_notes(h.state.diet, shared[0])[:DIET_LENGTH]))
    # If one cup for Ben has a note about Ben's allergy, every cup for Ben gets this note.
    items = (replace(cup, note=joined_notes(cup.note, others.get(cup.name or "", ""))) for cup in draft.items)
    draft = replace(draft, items=tuple(items))
    if h.state.diet not in draft.note:
        # Add the diet to the note of every cup, so that the reply and each label show it.
        draft = replace(draft, items=with_note(draft.items, h.state.diet))
    return h, draft, diets, new


def own_diets(items: Iterable[Item], diets: Collection[str]) -> dict[str, str]:
    """Return notes that state the diet of another person ("Ben has a dairy allergy"), by the name on that person's cup.

    Only cups with this name get the note. The diet is not remembered as the customer's own."""
    items = tuple(items)
    return {
        item.name: item.note
        for item in items
        if item.name and item.note in diets and any(item.note not in other.note for other in items)
    }


def further(h: Heard, draft: OrderDraft, saying: Saying) -> tuple[ItemsNoted, ...]:
    """Return the part of the reply that confirms the drinks which this text adds while our question is about other
    drinks.

    Example: we asked for the size of a latte, and the customer texts "and an espresso". The reply notes the espresso,
    and asks for the size again. Return an empty tuple if there is nothing to note, or if the question names the added
    drinks."""
    before = h.state.unfinished.items
    if not before or not isinstance(saying, AskOption):
        return ()
    told = {replace(item, name=None) for item in saying.items}
    more = tuple(item for item in added(before, draft.items) if replace(item, name=None) not in told)
    return (ItemsNoted(more),) if more else ()


def next_question(h: Heard, draft: OrderDraft, missing: Iterable[Question]) -> tuple[Question, Saying] | None:
    for asked in missing:
        if asked.about == "drink":
            return asked, AskDrink(asked.choices, asked.offers)
        if asked.about == "drop":
            return asked, which_to_drop(asked, draft)
        if still_lacks(asked, draft, h.menu):
            named = with_owner(draft.items, draft.name)
            items = tuple(item for item in named if lacks(item, asked.group, h.menu))
            return asked, AskOption(items, asked.group, options_of(asked, h.menu))
    return None


def needs_confirming(h: Heard, draft: OrderDraft) -> bool:
    """Return whether the order is so large that it must be read back before it is placed.

    False for an order above the event's limit, because it is refused anyway."""
    cups, before = number_of_cups(draft.items), number_of_cups(draft.was)
    if cups > h.facts.most_cups:
        return False
    return before <= CUPS_UNCONFIRMED < cups or cups - before > CUPS_UNCONFIRMED


def number_of_cups(items: Iterable[Item]) -> int:
    return sum(item.quantity for item in items)


def commit(h: Heard, draft: OrderDraft) -> Turn:
    """Return the decision to place the order or to change a placed one.

    If the placed order is already being made, added drinks become a new order. For any other change the barista is
    asked."""
    name = draft.name or h.facts.name
    if draft.changes is None:
        state = replace(h.settled(), before=())
        return h.turn(act=PlaceOrder(draft.items, name, draft.note, draft.wanted_at), state=state)
    target = next((order for order in h.facts.orders if order.pk == draft.changes), None)
    items = with_note(draft.items, draft.note)
    if target and not draft.name and not draft.wanted_at and same_drinks(items, target.wanted):
        # This text changed nothing. "Undo that" in the next text must not undo an older change, so forget the items
        # from before it. If we have asked for a name, this question stays open.
        asked = h.state.asked if h.state.stage is Stage.NAMING else None
        return h.turn(NothingChanged(target), state=replace(h.settled(), before=(), asked=asked))
    more = added(draft.was, draft.items)
    if target and target.changeable:
        apart = PlaceOrder(more, name, draft.note, draft.wanted_at) if more else None
        state = replace(h.settled(), before=target.wanted)
        return h.turn(act=ChangeOrder(target, items, draft.name or None, apart, draft.wanted_at), state=state)
    if more:
        return h.turn(act=PlaceOrder(more, name, draft.note, draft.wanted_at), state=h.settled())
    if target and target.status in TO_MAKE:
        return h.turn(act=RequestChange(target, items, draft.name or None), state=h.settled())
    return h.turn(TooLate(target) if target else Phrase.NOTHING_OPEN, state=h.settled())


def added(before: tuple[Item, ...], after: tuple[Item, ...]) -> tuple[Item, ...]:
    """Return the items of `after` that are not in `before`.

    Return an empty tuple if an item of `before` was removed or changed."""
    rest = list(after)
    for item in before:
        if item not in rest:
            return ()
        rest.remove(item)
    return tuple(rest)


def with_note(items: tuple[Item, ...], note: str) -> tuple[Item, ...]:
    """Put the note on every cup, so that the barista sees it whichever cup is made."""
    return tuple(replace(item, note=joined_notes(item.note, note)) for item in items)


def joined_notes(note: str, more: str) -> str:
    return note if more in note else "; ".join(filter(None, (note, more)))


def take_name(h: Heard) -> Turn:
    """Store the name, and put it on the order that the conversation mentioned last."""
    target = next((o for o in h.facts.orders if o.pk == h.state.order), None) or h.order
    state = replace(h.settled(), nameless=False)
    return h.turn(NameTaken(h.name, target), *not_served(h), act=SetName(h.name, target), state=state)


def order_usual(h: Heard) -> Turn:
    if h.facts.closed and not for_later(h):
        return h.turn(OrderRefused(h.facts.closed), state=h.settled())
    if not h.facts.usual:
        return h.turn(Phrase.NO_USUAL, *still_open(h))
    items = tuple(with_choices(item, h.reading.choices, h.menu) for item in h.facts.usual)
    return ask_or_commit(h, OrderDraft(items, h.name, h.reading.note, wanted_at(h)), ())


def cancel_orders(h: Heard) -> Turn:
    """Cancel the order whose code the text contains.

    If the text has no code but says "everything", cancel all orders that are not ready. Otherwise cancel the order that
    the text is about (`h.order`)."""
    with_code = h.order is not None and re.search(rf"\b{re.escape(h.order.code)}\b", h.text, re.IGNORECASE)
    # Search words for "all" in the text's language only. French "je" ("I") is the same word as German "je" ("each").
    every = in_roles(Kind.ALL, code=h.reading.language or h.facts.reply_language).search(folded_text(h.text))
    if h.order is None:
        late = h.facts.orders[-1:]
        return h.turn(TooLate(late[0]) if late else Phrase.NOTHING_TO_CANCEL, state=h.settled())
    if shrugs_off(h):
        return h.turn(NothingChanged(h.order), state=h.settled())
    orders = (h.order,) if with_code or not every else tuple(o for o in h.facts.orders if o.status in TO_MAKE)
    if not any(order.status in TO_MAKE for order in orders):
        return h.turn(TooLate(orders[-1]), state=h.settled())
    before = orders[0].items if len(orders) == 1 and orders[0].changeable else ()
    return h.turn(act=CancelOrders(orders), state=replace(h.settled(), before=before))


def undo_change(h: Heard) -> Turn:
    """Undo the last change of the order. If the only order was cancelled, order the same items again."""
    before, order = h.state.before, h.order
    if order is None:
        if not before or h.facts.orders:
            return h.turn(Phrase.NOTHING_OPEN)
        return take_order(replace(h, reading=replace(h.reading, items=before)))
    if not before or h.state.order != order.pk:
        return h.turn(NothingChanged(order))
    return ask_or_commit(h, OrderDraft(before, changes=order.pk, was=order.wanted), ())


def drop_draft(h: Heard) -> Turn:
    """Drop the unfinished order or the unfinished change. Orders that were placed before stay as they are."""
    return h.turn(Phrase.NOT_ORDERED, state=h.settled())
