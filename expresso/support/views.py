"""Views of the support desk: the inbox with its search, a conversation, an order, and how a text was read."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.views.decorators.http import require_POST, require_safe

from accounts.access import Right, user_of
from accounts.models import User, record
from accounts.phones import grouped_number
from accounts.typed_input import whole_number
from expresso.support.conversations import conversation_board, shown_order
from expresso.support.customer_search import MOST_FOUND, find_customers
from expresso.support.inbox import inbox
from expresso.support.shared import helper_name, masked
from orders import lifecycle
from orders.live.boards import CANCEL_REASONS
from orders.messaging.messages import NothingToSay, Unreachable
from orders.models import Order
from orders.ordering.refusal_texts import refusal_text
from orders.refusals import Refusal
from orders.requirements import items_of
from orders.views.board_actions import Tap, carry_out
from orders.views.htmx import by_htmx
from orders.views.order_detail import story
from sms import helping
from sms.insight.admin_pages import texts_before
from sms.insight.reading_stages import read_out
from sms.models import Conversation, InboundMessage, OutboundMessage
from stations.access import at_event, at_station
from stations.models import Event, Station


@at_event(Right.HELP)
@require_safe
def support_inbox(request: HttpRequest, event: Event) -> HttpResponse:
    board = inbox(event)
    if by_htmx(request):
        return HttpResponse(board.frame(oob=False).html)
    typed = request.GET.get("q", "")
    found = find_customers(event, typed) if typed.strip() else None
    searched = {"typed": typed, "found": found, "most": MOST_FOUND}
    return render(request, "support/inbox.html", board.page_context() | searched)


@at_event(Right.HELP)
@require_safe
def support_talk(request: HttpRequest, event: Event, talk: int) -> HttpResponse:
    row = _talk(event, talk)
    if by_htmx(request):
        return HttpResponse(conversation_board(row).frame(oob=False).html)
    _note_read(request, row.pk, event)
    return _talk_page(request, row)


def _note_read(request: HttpRequest, talk: int | None, event: Event) -> None:
    """Record in the audit log that the user read a customer's texts.

    This is recorded when a page is opened. Texts that arrive while the page is open cause no further record."""
    record("read", f"conversation {talk}", by=user_of(request), event=event.pk)


def _talk(event: Event, pk: int) -> Conversation:
    return get_object_or_404(Conversation.objects.select_related("event", "customer", "helper"), pk=pk, event=event)


def _talk_page(request: HttpRequest, row: Conversation, *, number: str = "", typed: str = "") -> HttpResponse:
    board = conversation_board(row)
    context = {
        "masked": masked(row.customer.phone),
        "number": number,
        "typed": typed,
        "key": get_random_string(16),
        "longest": helping.LONGEST_ANSWER,
    }
    return render(request, "support/talk.html", board.page_context() | context)


@at_event(Right.HELP)
@require_POST
def uncover_number(request: HttpRequest, event: Event, talk: int) -> HttpResponse:
    """Show the page with the customer's whole phone number. Other responses hide most of its digits."""
    row = _talk(event, talk)
    return _talk_page(request, row, number=grouped_number(helping.uncover(row, by=user_of(request))))


#: For each action: the function that carries it out, and the sentence that confirms it. The key is the action's name in
#: the URL.
ACTS: dict[str, tuple[Callable[..., None], str]] = {
    "claim": (helping.claim, "You take care of {who}."),
    "take-over": (helping.take_over, "You answer {who} now. The robot is silent until you hand back."),
    "hand-back": (helping.hand_back, "The robot answers {who} again."),
    "solve": (helping.solve, "Solved: {who} is out of the inbox."),
    "mark": (helping.mark_for_person, "{who} waits for a person."),
    "put-aside": (helping.put_aside, "Put aside."),
    "block": (helping.block, "{who} gets no more answers at this event."),
    "unblock": (helping.unblock, "{who} is answered again."),
}


@at_event(Right.HELP)
@require_POST
def support_act(request: HttpRequest, event: Event, talk: int, act: str) -> HttpResponse:
    """Carry out the action of a button, then show the inbox or the conversation.

    The inbox is shown if the button was there (`from` is "inbox"), or if the action removed the customer from it."""
    if act != "answer" and act not in ACTS:
        raise Http404
    row = _talk(event, talk)
    if act == "answer":
        return _answer(request, row)
    change, sentence = ACTS[act]
    try:
        change(row, by=user_of(request))
    except helping.HasHelper as refused:
        messages.warning(request, f"{helper_name(refused.helper)} takes care of {row.customer.called} already.")
    else:
        messages.success(request, sentence.format(who=row.customer.called))
    to_inbox = act in ("solve", "put-aside") or request.POST.get("from") == "inbox"
    return redirect("support", event.slug) if to_inbox else redirect("support-talk", event.slug, talk)


@at_station(Right.WORK)
@require_POST
def see_to_call(request: HttpRequest, station: Station, talk: int) -> HttpResponse:
    """Mark a customer's request to talk to a person as solved, because a barista is going to talk to them.

    The customer then leaves the list on the station's board."""
    row = _talk(station.event, talk)
    helping.solve(row, by=user_of(request))
    messages.success(request, f"{row.customer.called} is off the list: please talk to them at the bar.")
    return redirect("board", station.slug)


def _answer(request: HttpRequest, row: Conversation) -> HttpResponse:
    text = request.POST.get("text", "")
    try:
        helping.answer(row, text, by=user_of(request), key=_key(request, text))
    except NothingToSay:
        messages.warning(request, "Nothing was sent: write something first.")
    except Unreachable:
        messages.warning(request, "Nothing was sent: this customer cannot be texted now. Call the name at the bar.")
    except helping.HasHelper as refused:
        who = helper_name(refused.helper)
        messages.warning(request, f"Nothing was sent: {who} answers here. Take over first, then send it again.")
    else:
        messages.success(request, "Sent. The robot is silent until you hand back.")
        return redirect("support-talk", row.event.slug, row.pk)
    # Show the page again with the typed text, so that the text is not lost.
    return _talk_page(request, _talk(row.event, row.pk), typed=text)


def _key(request: HttpRequest, *content: str) -> str | None:
    """Return an idempotency key made from the form's key and its content; None if the form has no key."""
    if not request.POST.get("key"):
        return None
    return blake2b("\n".join([request.POST["key"], *content]).encode(), digest_size=16).hexdigest()


@at_event(Right.HELP)
@require_POST
def resend_failed(request: HttpRequest, event: Event, text: int) -> HttpResponse:
    rows = OutboundMessage.objects.select_related("conversation__customer", "conversation__event", "order")
    message = get_object_or_404(rows, pk=text, conversation__event=event)
    try:
        helping.resend(message, by=user_of(request))
    except helping.NotFailed:
        messages.warning(request, "That text was sent again already, or has arrived meanwhile.")
    except Unreachable:
        messages.warning(request, "This customer cannot be texted now. Call the name at the bar.")
    else:
        messages.success(request, "The text is sent once more.")
    return redirect("support-talk", event.slug, message.conversation_id)


@at_event(Right.HELP)
@require_safe
def reading_page(request: HttpRequest, event: Event, text: int) -> HttpResponse:
    """Show step by step how a customer's text is read with the present menu."""
    rows = InboundMessage.objects.select_related("conversation__customer")
    heard = get_object_or_404(rows, pk=text, conversation__event=event)
    _note_read(request, heard.conversation_id, event)
    language = heard.conversation.customer.language if heard.conversation else ""
    readout = read_out(heard.body, event, after=texts_before(heard), language=language) if heard.body else None
    return render(request, "support/reading.html", {"event": event, "heard": heard, "readout": readout})


def _order(event: Event, pk: int) -> Order:
    rows = Order.objects.select_related("event", "station", "customer", "maker").prefetch_related("items")
    return get_object_or_404(rows, pk=pk, event=event)


@at_event(Right.HELP)
@require_safe
def support_order(request: HttpRequest, event: Event, order: int) -> HttpResponse:
    row = _order(event, order)
    context = {
        "event": event,
        "order": shown_order(row, list(event.stations.all())),
        "story": story(row),
        "talk": _talk_of(row),
        "key": get_random_string(16),
        "cancel_reasons": CANCEL_REASONS,
    }
    return render(request, "support/order.html", context)


def _talk_of(order: Order) -> Conversation | None:
    customer = order.customer_id or order.ready_text_to_id
    return Conversation.objects.filter(event=order.event_id, customer=customer).first() if customer else None


@at_event(Right.HELP)
@require_POST
def order_act(request: HttpRequest, event: Event, order: int, act: str) -> HttpResponse:
    """Carry out an action on an order: cancel, move, call back, place again, or mark the customer as VIP.

    Cancelling, moving and calling back follow the same rules as on the barista's board."""
    row, by = _order(event, order), user_of(request)
    if act in ("cancel", "move", "undo"):
        tap = Tap(row, by, _key(request, act, request.POST.get("to", "")), request.POST, seen=_seen(request, row))
        result = carry_out(act, tap)
        (messages.warning if result.problem else messages.success)(request, result.text)
    elif act == "again":
        _again(request, row, by)
    elif act in ("vip", "no-vip"):
        helping.set_vip(row, vip=act == "vip", by=by)
        messages.success(request, f"{row.called} is marked VIP." if act == "vip" else f"{row.called} is no VIP.")
    else:
        raise Http404
    if talk := _talk_of(row):
        return redirect("support-talk", event.slug, talk.pk)
    return redirect("support-order", event.slug, row.pk)


def _seen(request: HttpRequest, order: Order) -> int | None:
    """Return the version that the order had when the page was shown; None if the form does not contain it."""
    return whole_number(request.POST.get(f"seen-{order.pk}"))


def _again(request: HttpRequest, order: Order, by: User) -> None:
    """Place an order with the same drinks again. The same rules and limits apply as for any order."""
    given: dict[str, Any] = {"customer": order.customer, "ready_text_to": order.ready_text_to, "name": order.name}
    given |= {"note": order.note, "language": order.language, "channel": order.channel, "by": by}
    try:
        quoted = lifecycle.place(order.event, items=items_of(order), key=_key(request, "again", str(order.pk)), **given)
    except Refusal as refused:
        messages.warning(request, f"Not ordered. {refusal_text(refused, order.event)}")
        return
    if quoted.order.pay_by:
        link = settings.PUBLIC_URL + reverse("tracking", args=[quoted.order.token])
        said = f"Ordered again: {quoted.order.code}. It is made once it is paid: send the customer its page, {link}"
        messages.warning(request, said)
        return
    wait = f"{quoted.wait.earliest} to {quoted.wait.latest} min"
    messages.success(request, f"Ordered again: {quoted.order.code} at {quoted.order.station}, ready in {wait}.")
