from __future__ import annotations

from django import template
from django.conf import settings

from sms import push

register = template.Library()
register.simple_tag(push.public_key, name="push_key")


@register.simple_tag
def sends_mail() -> bool:
    return bool(settings.SENDS_MAIL)
