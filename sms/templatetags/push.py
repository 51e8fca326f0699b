from __future__ import annotations

from django import template

from sms import push

register = template.Library()
register.simple_tag(push.public_key, name="push_key")
