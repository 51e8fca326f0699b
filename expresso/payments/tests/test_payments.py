"""Tests of orders that must be paid before they are made: held back, paid, or ended unpaid. Stripe's API is faked."""

from __future__ import annotations

import datetime as dt
import time
from typing import Any
from unittest.mock import patch

import pytest
from django.test import Client
from django.utils import timezone

from expresso.payments.checkouts import end_overdue
from expresso.payments.models import Payment
from expresso.payments.refunds import refund_due
from expresso.payments.tests.paying import later, on_board, ordered, paid, pay_page, post_webhook, sent
from orders import lifecycle
from orders.models import Channel, Order
from orders.refusals import PaidAlready, TransitionError
from orders.routing import wait_of
from orders.statements import workload_of
from orders.statuses import Status
from orders.tests import factory
from orders.tests.pages import order_latte, words
from orders.upkeep.rescheduling import release_due
from sms.tests.texting import text
from stations.models import Event, Station
from tests.stripe_edge import StripeEdge

State = Payment.State
LATTE = "large latte for Sam"


def test_a_texted_order_is_held_until_it_is_paid(bar: Station, stripe: StripeEdge) -> None:
    reply = text(bar.event, "2 large oat lattes for Sam")

    order = Order.objects.get()
    assert "Pay 8.00 EUR here, and we make it: " in reply
    assert f"http://testserver/orders/{order.token}/" in reply
    assert (on_board(bar), workload_of(bar.event).queues[0].orders_ahead, wait_of(order).latest) == ([], 0, 0)

    answer = pay_page(order)
    assert (answer.status_code, answer["Location"]) == (302, stripe.last["url"])
    assert (stripe.last["amount_total"], stripe.last["currency"]) == (800, "eur")
    with later(5):
        post_webhook(stripe, stripe.pay())

    [ticket] = on_board(bar)
    assert (ticket.pk, ticket.is_paid, ticket.due) == (order.pk, True, "")
    order.refresh_from_db()
    assert order.placed_at > timezone.now() + dt.timedelta(minutes=4)
    assert sent() == [f"Thanks, that is paid. Your 2x large oat latte ({order.code}) is in line at Bar 1."]


def test_the_page_shows_prices_takes_the_order_and_leads_to_the_payment(bar: Station, stripe: StripeEdge) -> None:
    client = Client()
    menu = client.get(f"/events/{bar.event.slug}/")
    assert "3.50 EUR" in words(menu)

    page = client.get(order_latte(client, f"/events/{bar.event.slug}/")["Location"])

    assert "Not paid yet" in words(page)
    assert "Pay 4.00 EUR" in words(page)
    assert "form-action 'self' https://checkout.stripe.com" in page["Content-Security-Policy"]
    order = Order.objects.get()
    pay_page(order)
    stripe.pay()
    back = client.get(stripe.last["success_url"], follow=True)
    assert "Paid: 4.00 EUR" in words(back)
    assert [ticket.pk for ticket in on_board(bar)] == [order.pk]


@pytest.mark.parametrize("how", ["webhook twice", "return and webhook", "two kinds of webhook"])
def test_a_payment_is_recorded_once(bar: Station, stripe: StripeEdge, how: str) -> None:
    order = ordered(bar)
    pay_page(order)
    session = stripe.pay()
    if how == "return and webhook":
        Client().get(session["success_url"])
    else:
        post_webhook(stripe, session)

    kind = {"kind": "checkout.session.async_payment_succeeded"} if how == "two kinds of webhook" else {}
    assert post_webhook(stripe, session, **kind) == 204

    assert list(order.events.values_list("verb", flat=True)) == ["place", "pay"]
    assert Payment.objects.get().state == State.PAID


@pytest.mark.parametrize("signature", ["t=1,v1=00", "nothing", "t=1700000000,v1=" + "0" * 64])
def test_a_webhook_that_stripe_did_not_sign_changes_nothing(bar: Station, stripe: StripeEdge, signature: str) -> None:
    order = ordered(bar)
    pay_page(order)

    assert post_webhook(stripe, stripe.pay(), signature=signature) == 400

    order.refresh_from_db()
    assert order.paid_at is None


def test_a_signed_webhook_that_somebody_kept_changes_nothing_later(bar: Station, stripe: StripeEdge) -> None:
    order = ordered(bar)
    pay_page(order)
    body, signed = stripe.webhook(stripe.pay())

    with patch("time.time", return_value=time.time() + 600):
        answer = Client().post("/payments/stripe/", body, "application/json", headers={"Stripe-Signature": signed})

    order.refresh_from_db()
    assert (answer.status_code, order.paid_at) == (400, None)


def test_tapping_pay_twice_opens_one_checkout(bar: Station, stripe: StripeEdge) -> None:
    order = ordered(bar)

    assert pay_page(order)["Location"] == pay_page(order)["Location"]

    assert len(stripe.sessions) == 1


def test_an_order_that_is_not_paid_in_time_ends_and_its_customer_is_told(bar: Station, stripe: StripeEdge) -> None:
    stock = factory.stock(bar, option="Oat", on_hand=5)
    text(bar.event, "large oat latte for Sam")
    order = Order.objects.get()
    pay_page(order)

    with later(16):
        end_overdue()
        end_overdue()

    order.refresh_from_db()
    stock.refresh_from_db()
    assert (order.status, stripe.last["status"]) == (Status.CANCELLED, "expired")
    assert not stock.reserved
    assert sent() == [
        f"Your large oat latte ({order.code}) was not paid in time, so we let it go. "
        "Text it again if you still want it."
    ]
    assert "It was not paid in time." in words(Client().get(f"/orders/{order.token}/"))
    assert pay_page(order)["Location"] == f"/orders/{order.token}/"


def test_a_payment_whose_webhook_is_lost_is_found_before_the_order_would_end(bar: Station, stripe: StripeEdge) -> None:
    order = ordered(bar)
    pay_page(order)
    stripe.pay()

    with later(16):
        end_overdue()

    order.refresh_from_db()
    assert (order.status, order.held, Payment.objects.get().state) == (Status.WAITING, False, State.PAID)


def test_a_checkout_of_another_accounts_key_is_replaced_and_holds_up_nobody(bar: Station, stripe: StripeEdge) -> None:
    first, second, gone = ordered(bar), ordered(bar), ordered(bar)
    for order in (first, second, gone):
        pay_page(order)
    # Rename the fake Stripe's sessions, so that it finds none of them. The same happens after STRIPE_SECRET_KEY was
    # changed to the key of another Stripe account.
    for session in list(stripe.sessions):
        stripe.sessions[f"other-{session}"] = stripe.sessions.pop(session)

    assert paid(stripe, second).paid_at
    with later(16):
        end_overdue()

    statuses = [Order.objects.get(pk=order.pk).status for order in (first, second, gone)]
    assert statuses == [Status.CANCELLED, Status.WAITING, Status.CANCELLED]


def test_while_stripe_is_away_no_order_is_lost(bar: Station, stripe: StripeEdge) -> None:
    order = ordered(bar)
    pay_page(order)
    stripe.is_away = True

    client = Client()
    page = client.post(f"/orders/{order.token}/pay/", follow=True)
    assert "The payment page cannot be reached. Your order is kept; try again in a minute." in words(page)
    with later(16):
        end_overdue()
    order.refresh_from_db()
    assert (order.status, order.held) == (Status.WAITING, True)

    stripe.is_away = False
    paid(stripe, order)
    assert [ticket.pk for ticket in on_board(bar)] == [order.pk]


def test_an_order_that_is_changed_before_it_is_paid_costs_what_it_is_now(bar: Station, stripe: StripeEdge) -> None:
    order = ordered(bar)
    pay_page(order)
    old = stripe.last

    lifecycle.change(order, items=[factory.item("Mocha", "Small", "Oat")])
    pay_page(order)

    assert (old["status"], stripe.last["amount_total"], order.price) == ("expired", 450, 450)


def test_a_payment_of_the_old_price_is_given_back_and_the_order_waits_on(bar: Station, stripe: StripeEdge) -> None:
    order = ordered(bar)
    pay_page(order)
    lifecycle.change(order, items=[factory.item("Mocha", "Small")])

    post_webhook(stripe, stripe.pay())
    refund_due()

    order.refresh_from_db()
    assert (order.held, order.paid_at, Payment.objects.get().state) == (True, None, State.REFUNDED)


def test_an_order_changed_to_a_free_drink_joins_the_queue(bar: Station) -> None:
    order = ordered(bar)

    lifecycle.change(order, items=[factory.item("Tea", "Small")])

    order.refresh_from_db()
    assert (order.price, order.pay_by, order.held) == (0, None, False)


def test_an_unpaid_order_was_placed_when_it_was_placed_until_it_joins_the_queue(bar: Station) -> None:
    Event.objects.update(features=["payments", "order_for_later"])
    bar.event.refresh_from_db()
    unpaid, joins = ordered(bar), ordered(bar)
    for_later = ordered(bar, wanted_at=timezone.now() + dt.timedelta(minutes=60))
    placed_at, pay_by = unpaid.placed_at, unpaid.pay_by
    was = for_later.placed_at

    with later(5):
        lifecycle.change(unpaid, items=[factory.item("Mocha", "Small")])
        lifecycle.change(for_later, items=[factory.item("Tea", "Small")])
        lifecycle.change(joins, items=[factory.item("Tea", "Small")])

    assert (unpaid.placed_at, unpaid.pay_by, for_later.placed_at) == (placed_at, pay_by, was)
    assert (for_later.held, joins.held) == (True, False)
    assert joins.placed_at > timezone.now() + dt.timedelta(minutes=4)


def test_a_drink_that_a_barista_puts_in_is_paid_at_the_bar(bar: Station) -> None:
    order = ordered(bar, factory.item("Tea", "Small"))

    lifecycle.change(order, items=[factory.item("Latte", "Small")], by=factory.user("maya"))

    assert (order.price, order.pay_by, order.held) == (350, None, False)


def test_an_unpaid_order_that_is_called_back_or_made_early_needs_no_payment_and_teaches_nothing(bar: Station) -> None:
    called_back, made_early = ordered(bar), ordered(bar)

    lifecycle.undo(lifecycle.cancel(called_back), by=None)
    lifecycle.mark_ready(made_early, by=None)

    assert {ticket.pk for ticket in on_board(bar)} == {called_back.pk, made_early.pk}
    bar.refresh_from_db()
    assert bar.orders_learnt == 0


def test_the_wait_after_a_payment_is_that_of_the_orders_own_bar(bar: Station, stripe: StripeEdge) -> None:
    factory.station(bar.event, "Bar 2", position=1)
    for _ in range(3):
        ordered(bar, factory.item("Mocha", "Small", quantity=4), channel=Channel.WALK_IN, at=bar)
    order = ordered(bar)

    paid(stripe, order)

    assert order.station.name == "Bar 2"
    assert order.quoted_to is not None
    assert order.quoted_to < timezone.now() + dt.timedelta(minutes=8)


def test_what_is_paid_is_not_paid_again_and_does_not_end_unpaid(bar: Station, stripe: StripeEdge) -> None:
    order = paid(stripe, ordered(bar))

    with pytest.raises(TransitionError):
        lifecycle.pay(order)
    with pytest.raises(TransitionError):
        lifecycle.end_unpaid(order)

    order.refresh_from_db()
    assert (order.status, order.events.filter(verb="pay").count()) == (Status.WAITING, 1)


def test_a_rehearsal_costs_nothing(bar: Station) -> None:
    order = ordered(bar, practice=True)

    assert (order.price, order.pay_by, order.held) == (0, None, False)


def test_a_free_drink_changed_to_one_with_a_price_is_paid_first(bar: Station) -> None:
    order = ordered(bar, factory.item("Tea", "Small"))

    lifecycle.change(order, items=[factory.item("Latte", "Small")])

    assert (order.price, order.held) == (350, True)
    assert order.pay_by


def test_a_paid_order_changes_to_drinks_of_the_same_price_only(bar: Station, stripe: StripeEdge) -> None:
    order = paid(stripe, ordered(bar))

    lifecycle.change(order, items=[factory.item("Latte", "Large")])
    with pytest.raises(PaidAlready):
        lifecycle.change(order, items=[factory.item("Mocha", "Large")])

    order.refresh_from_db()
    assert (order.price, order.held, order.items.get().drink_name) == (350, False, "Latte")


def test_an_order_for_later_that_is_paid_waits_for_its_time(bar: Station, stripe: StripeEdge) -> None:
    Event.objects.update(features=["payments", "order_for_later"])
    bar.event.refresh_from_db()
    order = ordered(bar, wanted_at=timezone.now() + dt.timedelta(minutes=60))
    with later(58):
        release_due()
    order.refresh_from_db()
    assert order.held

    paid(stripe, order)
    assert order.held
    with later(58):
        release_due()

    order.refresh_from_db()
    assert not order.held


@pytest.mark.parametrize("channel", [Channel.WALK_IN, Channel.KIOSK])
def test_an_order_at_the_bar_is_made_at_once_and_its_ticket_says_what_to_ask_for(bar: Station, channel: str) -> None:
    ordered(bar, channel=channel)

    [ticket] = on_board(bar)
    assert (ticket.is_paid, ticket.due) == (False, "3.50 EUR")


def test_without_the_feature_or_the_keys_nothing_is_paid(bar: Station, settings: Any) -> None:
    settings.STRIPE_SECRET_KEY = ""
    assert ordered(bar).price == 0

    settings.STRIPE_SECRET_KEY = "sk_test_0123456789"
    Event.objects.update(features=[])
    bar.event.refresh_from_db()
    assert (ordered(bar).price, "3.50" in words(Client().get(f"/events/{bar.event.slug}/"))) == (0, False)


@pytest.mark.parametrize(
    ("language", "asked", "told"),
    [
        ("en", "Pay 3.50 EUR here", "is not paid yet. Pay 3.50 EUR here"),
        ("de", "Bezahle 3.50 EUR hier", "ist noch nicht bezahlt. Bezahle 3.50 EUR hier"),
        ("es", "Paga 3.50 EUR aqui", "aun no esta pagado. Paga 3.50 EUR aqui"),
        ("fr", "Payez 3.50 EUR ici", "n'est pas encore payé. Payez 3.50 EUR ici"),
    ],
)
def test_who_asks_how_it_stands_reads_that_it_is_to_be_paid(bar: Station, language: str, asked: str, told: str) -> None:
    Event.objects.update(languages=[language])
    bar.event.refresh_from_db()

    assert asked in text(bar.event, LATTE)
    assert told in text(bar.event, "status")


def test_a_payment_is_no_step_of_an_unpaid_orders_pace(bar: Station, stripe: StripeEdge) -> None:
    order = paid(stripe, ordered(bar))

    assert order.hands_on_minutes
