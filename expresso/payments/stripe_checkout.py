"""Calls to Stripe: Checkout Sessions, refunds and webhooks. No other module uses Stripe's library.

Customers type their cards on Stripe's own page. Stripe gets the amount, the event's name and the order's code, but not
the customer's name or phone number. The library is imported by the first call, because the import takes two seconds and
most events take no payments."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

import structlog
from django.conf import settings

log = structlog.get_logger(__name__)
T = TypeVar("T")

#: Maximum seconds to wait for an answer of Stripe. It is short because a customer is waiting for the page.
PATIENCE = 8
_PAID = ("checkout.session.completed", "checkout.session.async_payment_succeeded")


class StripeAway(Exception):
    """Stripe did not answer, or had an error of its own. The same call can succeed later."""


@dataclass(eq=False)
class StripeRefused(Exception):
    """Stripe refused the call for good, and would refuse it again.

    `code` is Stripe's error code, such as charge_already_refunded."""

    code: str


class NotFromStripe(Exception):
    """The signature of a webhook request is not Stripe's, or is too old."""


@dataclass(frozen=True, slots=True)
class Checkout:
    """A Checkout Session of Stripe: a page on which the customer pays one amount."""

    session: str
    #: Our own id of the checkout, which Stripe got when the checkout was opened.
    reference: str
    is_open: bool
    is_paid: bool
    #: URL of Stripe's page; "" once the checkout is closed.
    url: str
    #: Stripe's id of the payment, which a refund needs; "" until the checkout is paid.
    intent: str


def open_checkout(*, reference: str, amount: int, currency: str, what: str, paid_url: str, back_url: str) -> Checkout:
    """Open a checkout, or return the one that was opened earlier with the same reference.

    Raise StripeAway or StripeRefused."""
    price = {"currency": currency.lower(), "unit_amount": amount, "product_data": {"name": what}}
    wanted: Any = {
        "mode": "payment",
        # Allow only cards. Other payment methods can take days, which is too long for a coffee.
        "payment_method_types": ["card"],
        "client_reference_id": reference,
        "line_items": [{"price_data": price, "quantity": 1}],
        # "auto" shows Stripe's page in the browser's language.
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
        # The checkout belongs to another Stripe account, because the key was changed. So nobody can pay it here.
        return Checkout(session, reference="", is_open=False, is_paid=False, url="", intent="")


def close_checkout(session: str) -> Checkout:
    """Close the checkout, so that nobody can pay it any more, and return it.

    If the customer was quicker and has paid, `is_paid` of the result is True."""
    try:
        return _checkout(_ask(lambda: _client().v1.checkout.sessions.expire(session)))
    except StripeRefused:
        # Stripe refuses to close a checkout that is closed already.
        return find_checkout(session)


def refund_payment(intent: str, *, reference: str) -> None:
    """Refund the whole payment. Repeated calls refund it only once."""
    try:
        _ask(
            lambda: _client().v1.refunds.create({"payment_intent": intent}, {"idempotency_key": f"refund-{reference}"})
        )
    except StripeRefused as refusal:
        # "charge_already_refunded" is no failure: staff have refunded the payment in Stripe's dashboard.
        if refusal.code != "charge_already_refunded":
            raise


def read_webhook(body: bytes, signature: str) -> Checkout | None:
    """Return the checkout that a webhook reports as paid; None if it reports something else. Raise NotFromStripe."""
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
