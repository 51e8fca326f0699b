"""A template tag for translated sentences on attendees' pages. It uses the same catalogs as texts to customers."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext

register = template.Library()


@register.simple_tag
def say(one: str, many: str = "", **words: Any) -> SafeString:
    """Translate a sentence and insert words, as in `{% say "Ready at {station}" station=order.station.name %}`.

    `many` is the plural of the sentence. If it is given, the number `count` decides between singular and plural."""
    count = words.get("count", 1)
    text = ngettext(one, many, count) if many and isinstance(count, int) else gettext(one)
    escaped = {name: conditional_escape(word) for name, word in words.items()}
    return mark_safe(conditional_escape(text).format(**escaped))  # noqa: S308 - every part is escaped
