"""Stores which devices and mailboxes are notified about an order, besides texts or instead of texts."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from orders.models import Order
from sms import mail
from sms.models import Subscription

#: Maximum number of devices and mailboxes of one order. A limit is needed because all who have the page's link can
#: subscribe.
MOST = 5


def keep(order: Order, *, endpoint: str, p256dh: str, auth: str, is_first: bool) -> bool:
    """Subscribe the address, or update its subscription.

    Return False if the order already has the maximum number of subscriptions."""
    with transaction.atomic():
        # Lock the order. Otherwise two devices that subscribe at the same moment could exceed the maximum.
        Order.objects.select_for_update(no_key=True).filter(pk=order.pk).values_list("pk").get()
        kept = Subscription.objects.filter(order=order)
        if kept.exclude(endpoint=endpoint).count() >= MOST:
            return False
        kept.update_or_create(
            order=order, endpoint=endpoint, defaults={"p256dh": p256dh, "auth": auth, "is_first": is_first}
        )
    return True


def choose_mailbox(orders: Iterable[Order], *, mailbox: str) -> None:
    """Notify about these orders by mail to this mailbox first, in place of earlier mailboxes. If `mailbox` is "",
    notify by text again.

    Raises NoMailAddress if the mailbox is not valid."""
    address = mail.check_address(mailbox) if mailbox else ""
    for order in orders:
        kept = Subscription.objects.filter(order=order)
        kept.filter(p256dh="").delete()
        kept.update(is_first=False)
        if address:
            kept.create(order=order, endpoint=f"mailto:{address}", p256dh="", auth="", is_first=True)
