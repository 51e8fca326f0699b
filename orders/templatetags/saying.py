"""Translated sentences on attendees' pages, from the same catalogs as the texts."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext

register = template.Library()


@register.simple_tag
def say(one: str, many: str = "", **words: Any) -> SafeString:
    """Translate a sentence and insert words: `{% say "Ready at {station}" station=order.station.name %}`.

    With a second text, which is the plural, `count` chooses between the two."""
    count = words.get("count", 1)
    text = ngettext(one, many, count) if many and isinstance(count, int) else gettext(one)
    escaped = {name: conditional_escape(word) for name, word in words.items()}
    return mark_safe(conditional_escape(text).format(**escaped))  # noqa: S308 - every part is escaped
