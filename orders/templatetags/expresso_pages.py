"""Template tags that every page can use."""

from __future__ import annotations

import re

from django import template
from django.contrib.auth.models import AnonymousUser
from django.template.base import NodeList, Parser, Token
from django.template.context import Context
from django.utils.safestring import SafeString, mark_safe

from accounts.access import Right, may
from accounts.models import User
from accounts.phones import grouped_number
from orders.live.build_id import build_id
from stations.models import Event

register = template.Library()
_SPACES = re.compile(r"\s{2,}")
#: Matches the white space around the <option> tags of a list. Browsers never show this white space.
_AROUND_CHOICES = re.compile(r"\s+(?=<option)|(?<=</option>)\s+")
register.filter("grouped", grouped_number)
register.simple_tag(build_id)


class _TightNode(template.Node):
    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        html = self.nodelist.render(context)
        return mark_safe(_SPACES.sub(" ", _AROUND_CHOICES.sub("", html)))  # noqa: S308 - only white space changes


@register.tag
def tight(parser: Parser, _token: Token) -> template.Node:
    """Replace indentation by one space within `{% tight %}…{% endtight %}`.

    Indentation would be a third of the bytes of a page with a long menu."""
    nodelist = parser.parse(("endtight",))
    parser.delete_first_token()
    return _TightNode(nodelist)


@register.filter
def works_at(user: User | AnonymousUser, event: Event) -> bool:
    """Return whether the user is allowed to change orders at the event."""
    return may(user, Right.WORK, event.pk)


@register.filter
def manages(user: User | AnonymousUser, event: Event) -> bool:
    """Return whether the user is an organizer of the event."""
    return may(user, Right.MANAGE, event.pk)
