"""Tests of taps on a ticket that shows an old version of the order.

A tap names the version of the order that the barista saw, so it does not undo a change that the barista has not
seen."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from orders import lifecycle
from orders.messaging import change_requests
from orders.models import Order
from orders.requirements import drinks_digest
from orders.tests import factory
from stations.models import Station

pytestmark = pytest.mark.django_db


def tap(order: Order, verb: str, *, seen: int | str | None = None, key: str = "", drinks: str = "") -> Any:
    client = Client()
    client.force_login(User.objects.filter(username="maya").first() or factory.user("maya"))
    headers = {"HX-Request": "true"} | ({"Seen-Version": str(seen)} if seen is not None else {})
    headers |= {"Idempotency-Key": key} if key else {}
    headers |= {"Seen-Drinks": f"{order.pk}={drinks}"} if drinks else {}
    path = f"/stations/{order.station.slug}/orders/{order.pk}/{verb}/"
    response = client.post(path, headers=headers)
    assert response.status_code == 200
    return response


def words(response: Any) -> str:
    return " ".join(response.content.decode().split())


def statuses(order: Order) -> list[str]:
    return list(order.events.order_by("pk").values_list("status", flat=True))


def test_an_undo_of_what_was_seen_goes_one_step_back() -> None:
    order = lifecycle.start(factory.order(factory.cafe()), by=None)

    answer = tap(order, "undo", seen=order.version)

    assert f"{order.code} Sam is back: waiting." in words(answer)
    assert answer.headers["Act"] == "done"
    assert statuses(order) == ["waiting", "making", "waiting"]


def test_an_undo_of_something_that_changed_since_it_was_seen_is_refused_in_words() -> None:
    order = lifecycle.start(factory.order(factory.cafe()), by=None)
    seen = order.version
    lifecycle.mark_ready(order, by=factory.user("ben"))

    answer = tap(order, "undo", seen=seen)

    assert f"Ben already marked {order.code} Sam ready. Nothing was taken back." in words(answer)
    assert answer.headers["Act"] == "refused"
    assert statuses(order) == ["waiting", "making", "ready"]


def test_an_undo_after_the_customer_changed_something_says_so() -> None:
    order = lifecycle.start(factory.order(factory.cafe()), by=None)
    seen = order.version
    lifecycle.rename(order, name="Samantha")

    answer = tap(order, "undo", seen=seen)

    assert f"{order.code} Samantha changed since you saw it. Nothing was taken back." in words(answer)
    assert statuses(order) == ["waiting", "making", "making"]


def test_an_undo_sent_again_is_answered_as_before_whatever_happened_since() -> None:
    order = lifecycle.start(factory.order(factory.cafe()), by=None)
    seen = order.version
    tap(order, "undo", seen=seen, key="a tap")
    order.refresh_from_db()
    lifecycle.start(order, by=None)

    answer = tap(order, "undo", seen=seen, key="a tap")

    assert answer.headers["Act"] == "done"
    assert statuses(order) == ["waiting", "making", "waiting", "making"]


def test_a_step_forward_goes_by_the_status_and_not_by_what_was_seen() -> None:
    order = lifecycle.start(factory.order(factory.cafe()), by=None)
    lifecycle.rename(order, name="Samantha")

    answer = tap(order, "ready", seen=1)

    assert f"{order.code} Samantha is ready." in words(answer)


@pytest.mark.parametrize("nonsense", ["", "-1", "1.5", "x", "9" * 40, "²"])
def test_a_version_that_is_none_counts_as_not_said(nonsense: str) -> None:
    order = lifecycle.start(factory.order(factory.cafe()), by=None)

    answer = tap(order, "undo", seen=nonsense.encode().decode("latin-1"))

    assert answer.headers["Act"] == "done"


def test_tickets_and_what_was_finished_name_their_version() -> None:
    station = factory.cafe()
    order = lifecycle.start(factory.order(station), by=None)
    done = lifecycle.cancel(factory.order(station, name="Ana"))

    bo = factory.order(station, name="Bo")

    answer = words(tap(bo, "start"))

    # The response has only the tapped ticket in full, because the page already has the other tickets.
    assert f'id="order-{bo.pk}" data-status="making" data-seen="2"' in answer
    assert f'id="order-{order.pk}" data-status' not in answer
    assert f'id="recent-{done.pk}" data-status="cancelled" data-seen="{done.version}"' in answer
    assert 'data-seen="2" formaction' in answer
    assert f'id="order-{order.pk}" data-status="making" data-seen="{order.version}"' in board_of(station)


def board_of(station: Station) -> str:
    client = Client()
    client.force_login(User.objects.get(username="maya"))
    return words(client.get(f"/stations/{station.slug}/", headers={"HX-Request": "true"}))


def test_who_was_first_is_who_moved_it_not_who_ticked_off_a_drink_since() -> None:
    order = factory.order(factory.cafe(), factory.item("Latte"), factory.item("Tea"))
    lifecycle.start(order, by=factory.user("ben"))
    item = order.items.all()[0]
    lifecycle.tick(order, item=item.pk, made=True, by=factory.user("ada"))

    assert f"Ben already started {order.code} Sam." in words(tap(order, "start"))


def test_a_cancellation_of_an_order_that_changed_since_it_was_seen_is_refused_and_a_repeated_one_answered() -> None:
    order = factory.order(factory.cafe())
    lifecycle.start(order, by=factory.user("ben"))

    late = tap(order, "cancel", seen=0)
    done = tap(order, "cancel", seen=order.version, key="k" * 32)
    again = tap(order, "cancel", seen=order.version, key="k" * 32)

    assert f"Ben already started {order.code} Sam." in words(late)
    assert [answer.headers["Act"] for answer in (late, done, again)] == ["refused", "done", "done"]
    assert statuses(order) == ["waiting", "making", "cancelled"]


def test_an_answer_to_a_wish_that_was_replaced_since_it_was_seen_is_refused() -> None:
    order = lifecycle.start(factory.order(factory.cafe()), by=None)
    change_requests.wish(order, items=(factory.item("Latte", "Oat"),))
    seen = order.version
    change_requests.wish(order, items=(factory.item("Latte", "Soy"),))

    answer = tap(order, "accept", seen=seen)

    assert f"{order.code} Sam changed since you saw it: look again." in words(answer)
    assert [item.drink for item in change_requests.wished(order) or ()] == ["Latte"]
    assert statuses(order)[-1] == "making"


# taps after the drinks were changed ---------------------------------------------------------------


@pytest.mark.parametrize("verb", ["start", "ready"])
def test_no_step_is_taken_for_drinks_that_were_changed_since_they_were_seen(verb: str) -> None:
    order = factory.order(factory.cafe())
    seen = drinks_digest(order)
    lifecycle.change(order, items=[factory.item("Latte", "Soy", note="lactose intolerant")])

    answer = tap(order, verb, drinks=seen)

    sentence = "Sam was changed before you tapped. It is now: Latte, Soy (lactose intolerant). Nothing was done."
    assert f"{order.code} {sentence}" in words(answer)
    assert answer.headers["Act"] == "refused"
    assert statuses(order) == ["waiting", "waiting"]


def test_a_step_for_the_drinks_that_were_seen_is_taken_whatever_else_changed() -> None:
    order = factory.order(factory.cafe())
    seen = drinks_digest(order)
    lifecycle.rename(order, name="Samantha")

    answer = tap(order, "start", seen=1, drinks=seen)

    assert answer.headers["Act"] == "done"


def test_a_tick_for_drinks_that_were_changed_is_refused() -> None:
    order = lifecycle.start(factory.order(factory.cafe()), by=None)
    seen = drinks_digest(order)
    change_requests.wish(order, items=(factory.item("Latte", "Soy"),))
    change_requests.accept(order, by=factory.user("ben"))

    answer = tap(order, "tick", drinks=seen)

    assert "It is now: Latte, Soy." in words(answer)


def test_a_step_that_was_taken_is_answered_as_before_though_the_drinks_changed_since() -> None:
    order = factory.order(factory.cafe())
    seen = drinks_digest(order)
    tap(order, "start", drinks=seen, key="a tap")
    order.refresh_from_db()
    change_requests.wish(order, items=(factory.item("Latte", "Soy"),))
    change_requests.accept(order, by=None)

    answer = tap(order, "start", drinks=seen, key="a tap")

    assert answer.headers["Act"] == "done"


def test_a_batch_leaves_out_what_was_changed_and_says_so() -> None:
    station = factory.cafe()
    one, two = factory.order(station, name="Ana"), factory.order(station, name="Bo")
    seen = ",".join(f"{order.pk}={drinks_digest(order)}" for order in (one, two))
    lifecycle.change(two, items=[factory.item("Tea")])
    client = Client()
    client.force_login(factory.user("maya"))

    answer = client.post(
        f"/stations/{station.slug}/batch/",
        {"orders": f"{one.pk},{two.pk}"},
        headers={"HX-Request": "true", "Seen-Drinks": seen},
    )

    assert "1 order started." in words(answer)
    assert f"{two.code} Bo was changed before you tapped. It is now: Tea. Nothing was done." in words(answer)
    assert (statuses(one)[-1], statuses(two)[-1]) == ("making", "waiting")
