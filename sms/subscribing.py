"""Views of the order's page: subscribe a device or a mailbox to notifications about the order, or end the
subscription."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_POST

from orders.display.page_language import language_of_order
from orders.models import Order
from orders.ordering.refusal_texts import refusal_text
from orders.refusals import TransitionError
from orders.statuses import TO_MAKE
from sms import mail, push
from sms.models import Subscription
from sms.subscriptions import MOST, keep


@require_POST
def subscribe(request: HttpRequest, token: str) -> HttpResponse:
    order = get_object_or_404(Order, token=token)
    given = {name: request.POST.get(name, "").replace("\0", "") for name in ("endpoint", "p256dh", "auth")}
    if settings.SENDS_MAIL and "mail" in request.POST:
        return _subscribe_mailbox(request, order)
    if not given["endpoint"]:
        # Only a browser without JavaScript sends the form without a device address. It cannot get a push. Show the
        # order's page again, which reloads by itself in such a browser.
        return redirect("tracking", token=token)
    if request.POST.get("stop"):
        Subscription.objects.filter(order=order, endpoint=given["endpoint"]).delete()
        return HttpResponse(status=204)
    if not order.is_open:
        return _refused(_too_late(order))
    try:
        push.check(**given)
    except push.NoPushService:
        return _refused(_("That is not a push service of a browser that is known here."))
    if not keep(order, **given, is_first=_text_is_second(request, order)):
        return _refused(_("This order is told to {count} devices already.").format(count=MOST))
    return HttpResponse(status=204)


def _subscribe_mailbox(request: HttpRequest, order: Order) -> HttpResponse:
    with override(language_of_order(order)):
        try:
            address = mail.check_address(request.POST["mail"].replace("\0", ""))
        except mail.NoMailAddress:
            messages.warning(request, _("Write a mail address such as sam@example.org; nothing was saved."))
        else:
            is_first = _text_is_second(request, order)
            if order.status not in TO_MAKE:
                messages.warning(request, _too_late(order))
            elif keep(order, endpoint=f"mailto:{address}", p256dh="", auth="", is_first=is_first):
                messages.success(request, _("You get a mail when it is ready."))
            else:
                messages.warning(request, _("This order is told to {count} devices already.").format(count=MOST))
    return redirect("tracking", token=order.token)


def _text_is_second(request: HttpRequest, order: Order) -> bool:
    """Return whether texts are sent only if this device or mailbox fails. False for a customer who left no number."""
    return "first" in request.POST and bool(order.customer_id or order.ready_text_to_id)


def _too_late(order: Order) -> str:
    """Return the sentence that refuses a subscription because no more notifications about the order will follow."""
    return refusal_text(TransitionError("tell", order.status), order.event)


def _refused(sentence: str) -> JsonResponse:
    return JsonResponse({"error": sentence}, status=422)
