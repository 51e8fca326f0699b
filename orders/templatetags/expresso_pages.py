"""Template tags for all pages."""

from __future__ import annotations

from django import template

from accounts.phones import grouped
from orders.live.build_id import build_id

register = template.Library()
register.filter("grouped", grouped)
register.simple_tag(build_id)
