"""The one module that knows Stripe: its Checkout Sessions, refunds and webhooks.

Customers type their cards on Stripe's own page. Stripe gets an amount, the event's name and the order's code, and
nothing that says who ordered. The library is imported at the first call, because the import takes two seconds and most
events take no payments."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

import structlog
from django.conf import settings

log = structlog.get_logger(__name__)
T = TypeVar("T")

#: Maximum seconds to wait for Stripe, because a customer is waiting for the page.
PATIENCE = 8
_PAID = ("checkout.session.completed", "checkout.session.async_payment_succeeded")


class StripeAway(Exception):
    """Stripe did not answer, or answered with an error of its own. Repeating the same call may help."""


@dataclass(eq=False)
class StripeRefused(Exception):
    """Stripe refused the call for good; repeating it does not help.

    `code` is Stripe's error code, such as charge_already_refunded."""

    code: str


class NotFromStripe(Exception):
    """The webhook's signature is not Stripe's or is too old."""


@dataclass(frozen=True, slots=True)
class Checkout:
    """A Checkout Session: Stripe's page on which one amount is paid."""

    session: str
    #: Our own name for the checkout, which Stripe got when it was opened.
    reference: str
    is_open: bool
    is_paid: bool
    #: Address of Stripe's page; "" once the checkout is closed.
    url: str
    #: Stripe's id of the payment, by which it is refunded; "" until the checkout is paid.
    intent: str


def open_checkout(*, reference: str, amount: int, currency: str, what: str, paid_url: str, back_url: str) -> Checkout:
    """Open a checkout, or return the checkout that was opened before with this reference. Raise StripeAway or
    StripeRefused."""
    price = {"currency": currency.lower(), "unit_amount": amount, "product_data": {"name": what}}
    wanted: Any = {
        "mode": "payment",
        # Cards only, because other ways to pay may take days, and a coffee is cold by then.
        "payment_method_types": ["card"],
        "client_reference_id": reference,
        "line_items": [{"price_data": price, "quantity": 1}],
        # Stripe's page uses the browser's language.
        "locale": "auto",
        "success_url": paid_url,
        "cancel_url": back_url,
    }
    return _checkout(
        _ask(lambda: _client().v1.checkout.sessions.create(wanted, {"idempotency_key": f"open-{reference}"}))
    )


def find_checkout(session: str) -> Checkout:
    try:
        return _checkout(_ask(lambda: _client().v1.checkout.sessions.retrieve(session)))
    except StripeRefused as refusal:
        if refusal.code != "resource_missing":
            raise
        # The checkout was opened with the key of another Stripe account, so nobody can pay it here.
        return Checkout(session, reference="", is_open=False, is_paid=False, url="", intent="")


def close_checkout(session: str) -> Checkout:
    """Close the checkout, so that nobody can pay it any more. `is_paid` tells whether somebody had paid it before."""
    try:
        return _checkout(_ask(lambda: _client().v1.checkout.sessions.expire(session)))
    except StripeRefused:
        # Stripe refuses to close a checkout that is not open any more.
        return find_checkout(session)


def refund_payment(intent: str, *, reference: str) -> None:
    """Refund the whole payment. Repeated calls refund it only once."""
    try:
        _ask(
            lambda: _client().v1.refunds.create({"payment_intent": intent}, {"idempotency_key": f"refund-{reference}"})
        )
    except StripeRefused as refusal:
        # A payment that somebody has refunded in Stripe's dashboard needs no second refund.
        if refusal.code != "charge_already_refunded":
            raise


def read_webhook(body: bytes, signature: str) -> Checkout | None:
    """Return the checkout that a webhook reports as paid, or None for any other report. Raise NotFromStripe."""
    import stripe

    try:
        event = stripe.Webhook.construct_event(body, signature, settings.STRIPE_WEBHOOK_SECRET)
    except (ValueError, stripe.SignatureVerificationError):
        raise NotFromStripe from None
    return _checkout(event.data.object) if event.type in _PAID else None


@cache
def _client_of(key: str, address: str) -> Any:
    import stripe

    return stripe.StripeClient(
        key,
        base_addresses={"api": address},
        http_client=stripe.RequestsClient(timeout=PATIENCE),
        max_network_retries=0,
    )


def _client() -> Any:
    return _client_of(settings.STRIPE_SECRET_KEY, settings.STRIPE_API)


def _ask(call: Callable[[], T]) -> T:
    import stripe

    try:
        return call()
    except stripe.InvalidRequestError as error:
        log.warning("stripe_refused", code=error.code)
        raise StripeRefused(error.code or "") from None
    except stripe.StripeError as error:
        log.warning("stripe_away", error=type(error).__name__, status=error.http_status)
        raise StripeAway from None


def _checkout(session: Any) -> Checkout:
    return Checkout(
        session=session["id"],
        reference=session["client_reference_id"] or "",
        is_open=session["status"] == "open",
        is_paid=session["payment_status"] == "paid",
        url=session["url"] or "",
        intent=session["payment_intent"] or "",
    )
