"""Tests of refunds: a paid order that is never made is refunded, and only once."""

from __future__ import annotations

import pytest
from django.test import Client

from expresso.payments.models import Payment
from expresso.payments.refunds import refund_due
from expresso.payments.tests.paying import later, ordered, paid, pay_page, post_webhook, sent
from orders import lifecycle
from orders.models import Order
from orders.statuses import Status
from orders.tests import factory
from orders.tests.pages import words
from sms.models import OutboundMessage
from sms.tests.texting import text
from stations.models import Station
from tests.forms import act
from tests.stripe_edge import StripeEdge

State = Payment.State
LATTE = "large latte for Sam"


@pytest.mark.parametrize("ends", ["cancelled", "not paid in time"])
def test_a_payment_that_comes_too_late_is_given_back(bar: Station, stripe: StripeEdge, ends: str) -> None:
    order = ordered(bar, customer=factory.customer())
    pay_page(order)
    if ends == "cancelled":
        lifecycle.cancel(order)
    else:
        lifecycle.end_unpaid(order)

    post_webhook(stripe, stripe.pay())
    refund_due()

    order.refresh_from_db()
    assert (order.status, Payment.objects.get().state) == (Status.CANCELLED, State.REFUNDED)
    assert stripe.refunds == [stripe.last["payment_intent"]]


def test_a_cancelled_order_is_refunded_once_after_the_time_for_an_undo(bar: Station, stripe: StripeEdge) -> None:
    text(bar.event, LATTE)
    order = paid(stripe, Order.objects.get())
    lifecycle.cancel(order, by=factory.user("maya"))
    refund_due()
    assert stripe.refunds == []

    with later(2):
        refund_due()
        refund_due()

    order.refresh_from_db()
    assert (len(stripe.refunds), order.paid_at, Payment.objects.get().state) == (1, None, State.REFUNDED)
    assert sent()[-1] == f"Your money for {order.code} is on its way back. Banks take a few days to show it."


def test_an_undone_cancellation_is_not_refunded(bar: Station, stripe: StripeEdge) -> None:
    order = paid(stripe, ordered(bar))
    maya = factory.user("maya")
    lifecycle.cancel(order, by=maya)
    lifecycle.undo(order, by=maya)

    with later(2):
        refund_due()

    order.refresh_from_db()
    assert (stripe.refunds, Payment.objects.get().state) == ([], State.PAID)
    assert (order.status, order.held) == (Status.WAITING, False)


def test_a_refund_is_tried_until_stripe_takes_it(bar: Station, stripe: StripeEdge) -> None:
    order = paid(stripe, ordered(bar))
    lifecycle.cancel(order)
    stripe.is_away = True
    with later(2):
        refund_due()
    assert Payment.objects.get().state == State.REFUNDING

    stripe.is_away = False
    with later(3):
        refund_due()

    assert Payment.objects.get().state == State.REFUNDED


def test_a_refund_that_stripe_refuses_is_named_in_the_admin(bar: Station, stripe: StripeEdge, client: Client) -> None:
    order = paid(stripe, ordered(bar))
    lifecycle.cancel(order)
    stripe.refuses_refunds = "charge_disputed"
    with later(2):
        refund_due()

    client.force_login(factory.user("olga", "organizer"))
    page = client.get("/admin/payments/payment/")

    assert "charge_disputed" in page.content.decode()


def test_a_refund_that_stripe_refuses_calls_somebody_until_it_is_paid_back_by_hand(
    bar: Station, stripe: StripeEdge, client: Client
) -> None:
    text(bar.event, LATTE)
    order = paid(stripe, Order.objects.get())
    lifecycle.cancel(order)
    stripe.refuses_refunds = "charge_disputed"
    with later(2):
        refund_due()
    client.force_login(factory.user("olga", "organizer"))
    live, payments = f"/events/{bar.event.slug}/live/", "/admin/payments/payment/"

    assert f"Stripe refused to refund {order.code}." in words(client.get(live))

    shown = act(client, payments, "paid_back", [Payment.objects.get()])

    assert "1 was paid back." in words(shown)
    assert "Stripe refused" not in words(client.get(live))
    assert Payment.objects.get().state == State.REFUNDED
    assert OutboundMessage.objects.filter(kind="refunded").count() == 1


def test_refunds_are_asked_for_however_long_stripe_is_away(bar: Station, stripe: StripeEdge) -> None:
    lifecycle.cancel(paid(stripe, ordered(bar)))
    Payment.objects.update(tries=5000)

    with later(2):
        refund_due()

    assert Payment.objects.get().state == State.REFUNDED


def test_one_refunded_in_stripes_dashboard_counts_as_refunded(bar: Station, stripe: StripeEdge) -> None:
    order = paid(stripe, ordered(bar))
    stripe.refunds.append(stripe.last["payment_intent"])
    lifecycle.cancel(order)

    with later(2):
        refund_due()

    assert Payment.objects.get().state == State.REFUNDED
