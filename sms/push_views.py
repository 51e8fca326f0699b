"""Subscribe a device to web pushes about an order, from the order's page, or end the subscription."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from orders.models import Order
from sms import push
from sms.models import PushSubscription

#: Most devices of one order. Everybody who was shown the order's page can subscribe one.
MOST = 5


@require_POST
def push_subscription(request: HttpRequest, token: str) -> HttpResponse:
    order = get_object_or_404(Order, token=token)
    given = {name: request.POST.get(name, "").replace("\0", "") for name in ("endpoint", "p256dh", "auth")}
    if not given["endpoint"]:
        # Without JavaScript the form has no subscription. The order's page reloads by itself instead.
        return redirect("tracking", token=token)
    if request.POST.get("stop"):
        PushSubscription.objects.filter(order=order, endpoint=given["endpoint"]).delete()
        return HttpResponse(status=204)
    try:
        push.check(**given)
    except push.NoPushService:
        return _refused(_("That is not a push service of a browser that is known here."))
    if not _keep(order, **given):
        return _refused(_("This order is told to {count} devices already.").format(count=MOST))
    return HttpResponse(status=204)


def _keep(order: Order, *, endpoint: str, p256dh: str, auth: str) -> bool:
    with transaction.atomic():
        # The lock makes two devices that subscribe at once be counted one after the other.
        Order.objects.select_for_update(no_key=True).filter(pk=order.pk).values_list("pk").get()
        kept = PushSubscription.objects.filter(order=order)
        if kept.exclude(endpoint=endpoint).count() >= MOST:
            return False
        kept.update_or_create(order=order, endpoint=endpoint, defaults={"p256dh": p256dh, "auth": auth})
    return True


def _refused(sentence: str) -> JsonResponse:
    return JsonResponse({"error": sentence}, status=422)
