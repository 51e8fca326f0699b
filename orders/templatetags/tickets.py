"""The template tag that renders the tickets of a board."""

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
    """Render one column of tickets, without white space between the tickets.

    White space would become text nodes. When outbox.js moves a ticket, the text node beside it stays behind, and
    idiomorph (which updates the page) then removes and inserts all tickets after it."""
    return mark_safe("".join(_ticket(context, order) for order in orders))  # noqa: S308


def _ticket(context: Context, order: Ticket) -> SafeString:
    """Return the ticket's HTML.

    For a frame, put this HTML into the frame's `tickets` and return only the stub. An unchanged ticket is not rendered
    again."""
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
    # The digest is made from the HTML. So if two digests are equal, the tickets look the same.
    digest = blake2b(html.encode(), digest_size=6).hexdigest()
    return Rendered(
        mark_safe(stub_of(order.pk, digest)),  # noqa: S308
        mark_safe(html.replace("<li ", f'<li data-digest="{digest}" ', 1)),  # noqa: S308
    )
