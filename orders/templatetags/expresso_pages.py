"""What templates need to know that is in no context."""

from __future__ import annotations

from django import template

from accounts.phones import grouped
from orders.live.build_id import build as which_build

register = template.Library()
register.filter("grouped", grouped)


@register.simple_tag
def build() -> str:
    return which_build()
