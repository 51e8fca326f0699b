"""Tickets in a board's fragment."""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.safestring import SafeString, mark_safe

from orders.display.tickets import Ticket
from orders.live.boards import MOST_TICKETS
from orders.live.frames import stub_of

register = template.Library()
_SPACES = re.compile(r"\s{2,}")


class Rendered(NamedTuple):
    stub: SafeString
    html: SafeString


@register.simple_tag(takes_context=True)
def tickets(context: Context, orders: list[Ticket]) -> SafeString:
    """A column of them, and not a space between two.

    Where outbox.js moves a ticket its space stays behind, and idiomorph takes all tickets after it out and in again."""
    return mark_safe("".join(_ticket(context, order) for order in orders))  # noqa: S308


def _ticket(context: Context, order: Ticket) -> SafeString:
    """One ticket of a whole page; in a frame its stub, and the ticket into the frame's `tickets`.

    What has not changed since it was last shown is not rendered again."""
    zone, language = timezone.get_current_timezone_name(), translation.get_language()
    rendered = _rendered(order, context["here"], context["icons"], zone, language)
    tickets: dict[str, str] | None = context.get("tickets")
    if tickets is None:
        return rendered.html
    tickets[rendered.stub] = rendered.html
    return rendered.stub


@lru_cache(maxsize=4 * MOST_TICKETS)
def _rendered(order: Ticket, here: str, icons: str, *_shown_in: str | None) -> Rendered:
    shown = {"at": f"{here}orders/{order.pk}/", "icons": icons, "order": order}
    html = _SPACES.sub(" ", render_to_string("orders/_ticket.html", shown)).strip()
    # Of the very bytes: two tickets with the same one look the same, whatever it is that they depend on.
    digest = blake2b(html.encode(), digest_size=6).hexdigest()
    return Rendered(
        mark_safe(stub_of(order.pk, digest)),  # noqa: S308
        mark_safe(html.replace("<li ", f'<li data-digest="{digest}" ', 1)),  # noqa: S308
    )
