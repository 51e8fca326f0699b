"""The bar's page of one order: its history, and the messages to and from its customer."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from django.contrib import messages as sentences
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from accounts.access import Right, may, user_of
from accounts.models import User
from accounts.typed_input import whole_number
from inventory.snapshot import menu_of
from orders.display.tickets import lines_from, lines_of
from orders.live.boards import CANCEL_REASONS
from orders.messaging import messages
from orders.messaging.change_requests import wished
from orders.messaging.messages import MOST, NothingToSay, can_be_told, talk_of
from orders.messaging.quick_messages import quick_messages, to_say
from orders.messaging.texting import OrderText, Reach, correspondence, texting
from orders.models import Channel, Order, OrderEvent
from orders.refusals import Refusal
from orders.statuses import Status
from orders.views.board_actions import TapResult
from orders.views.htmx import by_htmx
from stations.access import at_station
from stations.models import Station


@dataclass(frozen=True, slots=True)
class Happened:
    at: dt.datetime
    text: str
    by: str = ""


@at_station(Right.WATCH)
@require_safe
def detail(request: HttpRequest, station: Station, pk: int) -> HttpResponse:
    """Show the order's page to staff. For the dialog on the board, return only the page's fragment."""
    return _shown(request, station, _found(station, pk))


@at_station(Right.WORK)
@require_POST
def talk(request: HttpRequest, station: Station, pk: int) -> HttpResponse:
    """Send a message to the customer (`choice` or `text`), or mark the customer's answers up to `upto` as seen."""
    order = _found(station, pk)
    said = _see(request, order) if "upto" in request.POST else _write(request, order)
    if by_htmx(request):
        return _shown(request, station, order, said)
    sentences.add_message(request, sentences.WARNING if said.problem else sentences.SUCCESS, said.text)
    return redirect("detail", slug=station.slug, pk=pk)


def _found(station: Station, pk: int) -> Order:
    """Find the order at the event of the station, because it may have moved to another station."""
    orders = Order.objects.select_related("event", "station", "customer", "maker").prefetch_related("items")
    return get_object_or_404(orders, pk=pk, event=station.event_id)


def _see(request: HttpRequest, order: Order) -> TapResult:
    upto = whole_number(request.POST["upto"])
    if upto is not None:
        messages.see(order, upto=upto, by=user_of(request))
    return TapResult(_("Seen."))


def _write(request: HttpRequest, order: Order) -> TapResult:
    choice, text = request.POST.get("choice", ""), request.POST.get("text", "")
    try:
        messages.write(order, to_say(order, choice=choice, text=text), by=user_of(request), key=_key(request))
    except NothingToSay:
        return TapResult(_("Nothing was sent: there was nothing to say."), problem=True)
    except Refusal:
        return TapResult(_("Nothing was sent: this customer cannot be reached any more."), problem=True)
    return TapResult(_("Sent.") if texting().reach(order).by_text else _("It stands on the customer's page."))


def _key(request: HttpRequest) -> str | None:
    """Return an idempotency key made from the form's key and its content; None if the form has no key.

    If a form is sent twice, both have the same key, and only one message is sent."""
    form = request.POST
    if not form.get("key"):
        return None
    content = "\n".join(form.get(name, "") for name in ("key", "choice", "text"))
    return blake2b(content.encode(), digest_size=16).hexdigest()


def _shown(request: HttpRequest, station: Station, order: Order, said: TapResult | None = None) -> HttpResponse:
    page = "orders/_detail.html" if by_htmx(request) else "orders/detail.html"
    # Keep the typed text in the field unless exactly this text was sent.
    typed = request.POST.get("text", "").strip() if said and (said.problem or request.POST.get("choice")) else ""
    context = {"station": station, "said": said, "typed": typed}
    return render(request, page, detail_context(order, user_of(request)) | context)


def detail_context(order: Order, user: User) -> dict[str, Any]:
    snapshot, wish = menu_of(order.event), wished(order)
    reach = texting().reach(order)
    told = can_be_told(order, reach)
    return {
        "event": order.event,
        "order": order,
        "lines": lines_of(order, snapshot),
        "wish": None if wish is None else lines_from(wish, snapshot),
        "talk": talk_of(order.messages.all()),
        "story": story(order),
        "choices": quick_messages(order) if told and may(user, Right.WORK, order.event_id) else None,
        "why_not": "" if told else _WHY_NOT[reach],
        "on_page": told and not reach.by_text,
        "longest": MOST,
        "key": get_random_string(16),
        "mine": order.maker_id == user.pk,
        "elsewhere": [other for other in order.event.stations.all() if other.pk != order.station_id],
        "cancel_reasons": CANCEL_REASONS,
    }


_WHY_NOT = {
    Reach.NO_NUMBER: gettext_lazy("This customer left no number: call the name."),
    Reach.STOPPED: gettext_lazy("This customer wants no texts (STOP): call the name."),
    Reach.DAY_OVER: gettext_lazy("WhatsApp takes no message a day after the customer's last one: call the name."),
}


def story(order: Order) -> list[Happened | OrderText]:
    """Return the order's history: its events, and the texts and messages about it, newest first."""
    facts = [_happened(event) for event in order.events.all() if event.verb not in _SAID]
    told: list[Happened | OrderText] = [*facts, *correspondence(order)]
    # A reply has the same time as the text before it. `sorted` keeps the sequence of equal times, so the reply stays
    # behind.
    return sorted(told, key=lambda each: each.at)[::-1]


#: Verbs of events that get no line in the history, because the history already shows the message of the event.
_SAID = {"message", "answer", "undelivered"}
_FACTS = {
    "place": gettext_lazy("Ordered"),
    "change": gettext_lazy("Changed"),
    "rename": gettext_lazy("Another name"),
    "start": gettext_lazy("Started"),
    "release": gettext_lazy("Time to make it: now on the board"),
    "retime": gettext_lazy("Another time"),
    "ready": gettext_lazy("Ready"),
    "collect": gettext_lazy("Collected"),
    "not_collected": gettext_lazy("Nobody came for it"),
    "cancel": gettext_lazy("Cancelled"),
    "lapse": gettext_lazy("Closed: left over from the day before"),
    "take_over": gettext_lazy("Taken over"),
    "tick": gettext_lazy("One drink made"),
    "untick": gettext_lazy("One drink to be made again"),
    "first": gettext_lazy("Put first"),
    "in_turn": gettext_lazy("Back in turn"),
    "move": gettext_lazy("Moved to another station"),
    "wish": gettext_lazy("The customer would rather have something else"),
    "accept": gettext_lazy("Made as wished"),
    "decline": gettext_lazy("Too late for the wish"),
    "seen": gettext_lazy("Answer seen"),
    "pay": gettext_lazy("Paid"),
    "unpaid": gettext_lazy("Cancelled: not paid in time"),
    "refund": gettext_lazy("Refunded"),
}


def _happened(event: OrderEvent) -> Happened:
    text = str(_FACTS.get(event.verb, event.verb))
    if event.verb == "undo":
        text = _("Back: {status}").format(status=Status(event.status).label.lower())
    elif event.verb == "place":
        text = _("Ordered: {channel}").format(channel=Channel(event.order.channel).label)
    elif event.reason:
        text = f"{text}: {event.reason}"
    return Happened(event.at, text, event.by_name)
