"""Tickets in a board's fragment."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django import template
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.safestring import SafeString

from orders.boards import MOST_TICKETS, Ticket

register = template.Library()


@register.simple_tag(takes_context=True)
def ticket(context: Context, order: Ticket) -> SafeString:
    """One ticket of the board. In a fragment, what has not changed since it was last shown is not rendered again.

    A whole page is: each of its forms carries the visitor's own token."""
    if context.get("csrf_token"):
        page: dict[Any, Any] = context.flatten()
        return render_to_string("orders/_ticket.html", page | {"order": order})
    elsewhere = tuple((station.slug, station.name) for station in context["elsewhere"])
    zone, language = timezone.get_current_timezone_name(), translation.get_language()
    return _rendered(order, context["here"], elsewhere, context["cancel_reasons"], context["icons"], zone, language)


@lru_cache(maxsize=4 * MOST_TICKETS)
def _rendered(
    order: Ticket, here: str, elsewhere: tuple[tuple[str, str], ...], cancel_reasons: Any, icons: str, *_shown_in: Any
) -> SafeString:
    stations = [{"slug": slug, "name": name} for slug, name in elsewhere]
    shown = {"here": here, "elsewhere": stations, "cancel_reasons": cancel_reasons, "icons": icons}
    return render_to_string("orders/_ticket.html", shown | {"order": order})
