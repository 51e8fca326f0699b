"""Tests of the barista's page of one order, and of messages to the customer that are sent from this page."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Role
from inventory.models import Drink
from orders import lifecycle
from orders.live import boards
from orders.messaging import messages
from orders.messaging.texting import ToSay
from orders.models import Channel, Message, Order
from orders.tests import factory
from stations.models import Event

pytestmark = pytest.mark.django_db


def signed_in(role: str = Role.BARISTA, name: str = "maya") -> Client:
    client = Client()
    client.force_login(factory.user(name, role))
    return client


def web_order(**fields: Any) -> Order:
    """Create an order from the web page. Its customer can read messages on the order's page."""
    return factory.order(factory.cafe(), factory.item("Latte", "Oat"), **{"channel": Channel.WEB} | fields)


def url(order: Order, verb: str = "") -> str:
    return f"/stations/{order.station.slug}/orders/{order.pk}/{verb and verb + '/'}"


def fragment(client: Client, order: Order) -> str:
    return words(client.get(url(order), headers={"HX-Request": "true"}).content)


def talk(client: Client, order: Order, **data: str) -> str:
    return words(client.post(url(order, "talk"), data, headers={"HX-Request": "true"}).content)


def words(page: bytes) -> str:
    return " ".join(page.decode().split())


def story(html: str) -> list[str]:
    """Return the lines of the order's history without their times, newest first."""
    lines = re.findall(r"<li class=\"(?:fact|said-\w+)\">(.*?)</li>", html)
    return [" ".join(re.sub(r"<time.*?</time>|<[^>]+>", " ", line).split()) for line in lines]


def test_the_story_says_what_happened_and_by_whom_the_newest_first() -> None:
    order = web_order()
    maya, ben = factory.user("maya"), factory.user("ben")
    lifecycle.start(order, by=maya)
    messages.write(order, ToSay("come"), by=ben)
    messages.hear(order, "on my way")
    lifecycle.cancel(order, by=ben, reason="we could not find you")
    lifecycle.undo(order, by=maya)
    client = Client()
    client.force_login(ben)

    html = fragment(client, order)

    assert story(html) == [
        "Back: making Maya",
        "Cancelled: we could not find you Ben",
        "The customer: on my way",
        f"To the customer: {order.code}: Could you come to Bar 1, please? It&#x27;s about your order.",
        "Started Maya",
        "Ordered: Web page",
    ]


def test_a_dialog_gets_the_fragment_alone_and_a_browser_the_page() -> None:
    order, client = web_order(name="Ana"), signed_in()

    page = words(client.get(url(order)).content)

    assert fragment(client, order).startswith('<div id="order-detail"')
    assert page.startswith("<!DOCTYPE html>")
    assert (page.count('id="order-detail"'), "Ana" in page, 'data-milk="2"' in page) == (1, True, True)
    verbs = ("undo", "edit", "cancel", "take_over", "not_collected")
    assert [verb for verb in verbs if url(order, verb) in page] == ["edit", "cancel"]


def test_no_phone_number_is_on_it() -> None:
    guest = factory.customer(phone="+15550102030")
    order = web_order(customer=guest)
    client = signed_in()
    talk(client, order, choice="come")

    page = words(client.get(url(order)).content)

    assert "It&#x27;s about your order." in page
    assert "5550102030" not in page.replace(" ", "")


def test_a_tap_tells_the_customer_and_answers_with_the_fragment_as_it_is_now() -> None:
    order = web_order()

    html = talk(signed_in(), order, choice="out:Milk:Oat", key="form")

    message = Message.objects.get()
    assert (message.event.by and message.event.by.username, message.missing) == ("maya", "Oat")
    assert "It stands on the customer&#x27;s page." in html
    assert story(html)[0].startswith(f"To the customer: {order.code}: Sorry, no oat right now.")


def test_the_same_form_sent_twice_says_it_once_and_changed_it_says_both() -> None:
    order, client = web_order(), signed_in()

    for text in ("Hello?", "Hello?", "Hello, you there?"):
        talk(client, order, text=text, key="form")

    assert [message.text for message in order.messages.all()] == [
        f"{order.code}: Hello?",
        f"{order.code}: Hello, you there?",
    ]


def test_without_a_script_one_is_led_back_to_the_page_with_the_sentence() -> None:
    order = web_order()

    page = signed_in().post(url(order, "talk"), {"text": "Hello?"}, follow=True)

    assert page.redirect_chain == [(url(order), 302)]
    assert "It stands on the customer&#x27;s page." in page.content.decode()


@pytest.mark.parametrize(
    "given", [{}, {"text": "   "}, {"choice": "dance", "text": "typed"}, {"choice": "out:Milk:Hemp"}]
)
def test_nothing_is_sent_where_there_is_nothing_to_say(given: dict[str, str]) -> None:
    order = web_order()

    html = talk(signed_in(), order, **given)

    assert "Nothing was sent: there was nothing to say." in html
    assert f'value="{given.get("text", "").strip()}"' in html
    assert not Message.objects.exists()


def test_a_customer_who_cannot_be_told_is_called_by_name() -> None:
    order, client = web_order(channel=Channel.WALK_IN), signed_in()

    assert "This customer left no number: call the name." in fragment(client, order)
    assert 'name="text"' not in fragment(client, order)
    assert "Nothing was sent: this customer cannot be reached any more." in talk(client, order, choice="come")


def test_answers_stand_there_until_one_tap_takes_them_as_seen() -> None:
    order, client = web_order(), signed_in()
    messages.hear(order, "the blue one")
    newest = messages.hear(order, "by the door").pk

    before = fragment(client, order)
    after = talk(client, order, upto=str(newest))

    assert ("the blue one" in before, f'name="upto" value="{newest}"' in before) == (True, True)
    assert "The customer answers" not in after
    assert story(after)[0] == "Answer seen Maya"


@pytest.mark.parametrize("given", ["", "-1", "x", "9" * 30, "²"])
def test_a_spoilt_seen_changes_nothing(given: str) -> None:
    order = web_order()
    messages.hear(order, "the blue one")

    html = talk(signed_in(), order, upto=given)

    assert "The customer answers" in html


def test_what_was_taken_off_the_menu_since_can_still_be_looked_at_and_told() -> None:
    station = factory.cafe()
    order = factory.order(station, factory.item("Mocha"), factory.item("Latte"), channel=Channel.WEB)
    Drink.objects.filter(name="Mocha").update(retired_at=timezone.now())
    Event.objects.filter(pk=station.event_id).update(menu_version=station.event.menu_version + 1)
    client = signed_in()

    assert "Nothing was sent" not in talk(client, order, choice="which:Milk")
    assert "Nothing was sent" not in talk(client, order, choice="out:Mocha")


def test_support_looks_and_writes_nothing() -> None:
    order, client = web_order(), signed_in(Role.SUPPORT)

    page = words(client.get(url(order)).content)

    assert ("Ordered: Web page" in page, 'name="choice"' in page, "undo/" in page) == (True, False, False)
    assert client.post(url(order, "talk"), {"choice": "come"}).status_code == 403
    assert not Message.objects.exists()


@pytest.mark.parametrize("role", [Role.DISPLAY])
def test_others_see_nothing_of_it(role: str) -> None:
    assert signed_in(role).get(url(web_order())).status_code == 403


def test_an_order_of_another_event_is_not_found() -> None:
    elsewhere = factory.cafe()

    response = signed_in().get(f"/stations/{elsewhere.slug}/orders/{web_order().pk}/")

    assert response.status_code == 404


def test_a_long_story_asks_as_many_questions_as_a_short_one(django_assert_num_queries: Any) -> None:
    order, client = web_order(), signed_in()
    messages.hear(order, "first")
    fragment(client, order)
    with django_assert_num_queries(13, exact=False) as short:
        fragment(client, order)

    maya = factory.user("ann")
    for n in range(10):
        messages.write(order, ToSay(text=f"message {n}"), by=maya)
        messages.hear(order, f"answer {n}")

    with django_assert_num_queries(len(short)):
        fragment(client, order)


# messages on the ticket ---------------------------------------------------------------------------


def board(client: Client, order: Order) -> str:
    return words(client.get(f"/stations/{order.station.slug}/", headers={"HX-Request": "true"}).content)


def digest(order: Order) -> str:
    """Return the digest that is part of the board's version. It changes when the board has to show something else."""
    return boards.station_look(order.station_id).version.split(".")[1]


def test_an_answer_stands_on_the_ticket_until_it_is_seen_and_every_board_renews_itself() -> None:
    order, client = web_order(), signed_in()
    versions = [digest(order)]
    talk(client, order, choice="come")
    versions.append(digest(order))
    assert "Message sent" in board(client, order)

    answer = messages.hear(order, "the <blue> one")
    versions.append(digest(order))
    shown = board(client, order)
    after = words(client.post(url(order, "seen"), {"upto": answer.pk}, headers={"HX-Request": "true"}).content)
    versions.append(digest(order))

    assert "the &lt;blue&gt; one" in shown
    assert (f'name="upto" value="{answer.pk}"' in shown, url(order, "seen") in shown) == (True, True)
    assert "the &lt;blue&gt; one" not in after
    assert f"The answer of {order.code} Sam is seen." in after
    assert all(before != after for before, after in pairwise(versions))


def test_the_same_seen_sent_again_is_answered_again_and_takes_no_newer_answer() -> None:
    order, client = web_order(), signed_in()
    first = messages.hear(order, "the blue one")
    headers = {"HX-Request": "true", "Idempotency-Key": "a tap"}
    for _ in range(2):
        html = words(client.post(url(order, "seen"), {"upto": first.pk}, headers=headers).content)
        assert "is seen." in html
        messages.hear(order, "or the red one")

    assert "or the red one" in board(client, order)
    assert order.events.filter(verb="seen").count() == 1


def test_a_message_that_did_not_arrive_stands_on_the_ticket_until_another_is_written() -> None:
    order, client = web_order(), signed_in()
    talk(client, order, choice="come")
    messages.not_delivered(order.messages.get().event)

    failed = board(client, order)
    talk(client, order, choice="longer")

    assert "Message failed: call the name" in failed
    assert "Message failed" not in board(client, order)


def test_a_message_holds_up_no_tap_on_a_ticket_that_was_seen_before() -> None:
    order, client = web_order(), signed_in()
    seen = order.version
    talk(client, order, choice="come")
    messages.hear(order, "no thanks")

    client.post(url(order, "cancel"), {"reason": "it was a duplicate"}, headers={"Seen-Version": str(seen)})

    order.refresh_from_db()
    assert order.status == "cancelled"
