"""Template filters and tags for the state machine of an order (`orders.steps`)."""

from __future__ import annotations

from typing import Any

from django import template

from orders import steps
from orders.statuses import STATUSES, StatusFacts

register = template.Library()


@register.filter(name="verb")
def verb_named(name: str) -> steps.Verb:
    return steps.VERBS[name]


@register.filter
def shown(status: str) -> StatusFacts:
    return STATUSES[status]


@register.filter
def allows(status: str, name: str) -> bool:
    """Return whether the verb is allowed in this status.

    With the status "", all are allowed: a board has one dialog with all buttons, which is used for every ticket."""
    return not status or status in steps.VERBS[name].of


@register.simple_tag
def step_tables() -> dict[str, Any]:
    return steps.as_json()


@register.simple_tag
def big_buttons() -> dict[str, steps.Verb]:
    """Return the verbs that a ticket can have as its big button, by name."""
    return {each.next: steps.VERBS[each.next] for each in STATUSES.values() if each.next}
