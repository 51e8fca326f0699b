"""Views that send customers to Stripe's page, take them back from it, and receive Stripe's webhooks."""

from __future__ import annotations

from contextlib import suppress

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from expresso.payments import checkouts
from expresso.payments.stripe_checkout import NotFromStripe, StripeAway, StripeRefused, read_webhook
from orders.display.page_language import language_of_order
from orders.live.tracking import order_of


@never_cache
@require_POST
def to_checkout(request: HttpRequest, token: str) -> HttpResponse:
    """Redirect to Stripe's page, or to the order's own page if Stripe does not answer or nothing has to be paid."""
    order = order_of(token)
    try:
        if url := checkouts.way_to_pay(order):
            return HttpResponseRedirect(url)
    except (StripeAway, StripeRefused):
        with override(language_of_order(order)):
            messages.warning(
                request, _("The payment page cannot be reached. Your order is kept; try again in a minute.")
            )
    return redirect("tracking", token=token)


@never_cache
@require_GET
def from_checkout(request: HttpRequest, token: str) -> HttpResponse:
    """Ask Stripe whether the order is paid, and redirect the customer from Stripe's page back to the order's page."""
    # If Stripe does not answer now, the webhook or the worker records the payment later.
    with suppress(StripeAway, StripeRefused):
        checkouts.look_up(order_of(token))
    return redirect("tracking", token=token)


@csrf_exempt
@require_POST
def webhook(request: HttpRequest) -> HttpResponse:
    """Receive a webhook request of Stripe. Stripe repeats it until it gets a 2xx, so a failure loses no payment."""
    try:
        checkout = read_webhook(request.body, request.headers.get("Stripe-Signature", ""))
    except NotFromStripe:
        return HttpResponse(status=400)
    if checkout:
        checkouts.settle_checkout(checkout)
    return HttpResponse(status=204)
