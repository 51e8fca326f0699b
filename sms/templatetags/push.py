from __future__ import annotations

from django import template
from django.conf import settings

from orders.models import Order
from sms import push
from sms.models import Subscription

register = template.Library()
register.simple_tag(push.public_key, name="push_key")


@register.simple_tag
def sends_mail() -> bool:
    return bool(settings.SENDS_MAIL)


@register.simple_tag
def text_is_second(order: Order) -> bool:
    """Return whether the order's customer is notified by push or mail first, and by text only if that fails."""
    return Subscription.objects.filter(order=order, is_first=True).exists()
