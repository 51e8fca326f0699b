"""Template tags for all pages."""

from __future__ import annotations

from django import template
from django.contrib.auth.models import AnonymousUser

from accounts.access import Right, may
from accounts.models import User
from accounts.phones import grouped_number
from orders.live.build_id import build_id
from stations.models import Event

register = template.Library()
register.filter("grouped", grouped_number)
register.simple_tag(build_id)


@register.filter
def works_at(user: User | AnonymousUser, event: Event) -> bool:
    """True for somebody who may change orders at the event."""
    return may(user, Right.WORK, event.pk)
