"""Drinks, options and groups that are renamed, moved or removed while a customer is ordering them."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from inventory.models import Drink, Option, OptionGroup
from orders import lifecycle
from orders.messaging import change_requests, messages
from orders.messaging.quick_messages import to_say
from orders.models import Order
from orders.requirements import drinks_digest, items_of
from orders.tests import factory
from orders.tests.pages import chosen, page_of, press
from sms.models import Conversation
from sms.tests.texting import known, text
from stations.models import Event, Station

pytestmark = pytest.mark.django_db


def rename(row: Drink | Option | OptionGroup, to: str) -> None:
    row.name = to
    row.save()


def rename_all() -> None:
    rename(Option.objects.get(name="Oat"), "Oat barista")
    rename(OptionGroup.objects.get(name="Milk"), "Milks")
    rename(Drink.objects.get(name="Latte"), "Caffè latte")


def retire(row: Drink | Option | OptionGroup) -> None:
    row.retired_at = timezone.now()
    row.save()


def drinks(order: Order) -> list[tuple[str, list[tuple[str, str]]]]:
    fresh = Order.objects.get(pk=order.pk)
    return [(item.drink, [(choice.group, choice.option) for choice in item.choices]) for item in items_of(fresh)]


RENAMED = [("Caffè latte", [("Size", "Large"), ("Milks", "Oat barista")])]


@pytest.fixture
def talk(event: Event) -> Conversation:
    return known(event)


def order_latte(event: Event) -> Order:
    text(event, "large oat latte")
    return Order.objects.get()


def test_order_moves_to_another_station_under_its_new_names(bar: Station, event: Event, talk: Conversation) -> None:
    order = order_latte(event)
    rename_all()

    moved = lifecycle.move(Order.objects.get(), to=factory.station(event, "Bar 2"), by=None)

    assert moved.station.name == "Bar 2"
    assert drinks(order) == RENAMED


def test_customer_changes_a_drink_that_was_renamed(event: Event, talk: Conversation) -> None:
    order = order_latte(event)
    rename_all()

    reply = text(event, "make it small")

    assert "Changed: small caffè latte, oat barista" in reply
    assert drinks(order) == [("Caffè latte", [("Size", "Small"), ("Milks", "Oat barista")])]


def test_change_is_taken_back_to_what_was_renamed_meanwhile(event: Event, talk: Conversation) -> None:
    order = order_latte(event)
    text(event, "make it small")
    rename_all()

    reply = text(event, "undo that")

    assert "Changed: large caffè latte, oat barista" in reply
    assert drinks(order) == RENAMED


def test_option_that_moved_to_another_group_is_still_the_same(event: Event, talk: Conversation) -> None:
    order = order_latte(event)
    plants = OptionGroup.objects.create(event=event, name="Plants", position=3)
    Drink.objects.get(name="Latte").groups.add(plants)
    oat = Option.objects.get(name="Oat")
    oat.group = plants
    oat.save()

    text(event, "make it small")

    assert drinks(order) == [("Latte", [("Size", "Small"), ("Plants", "Oat")])]


def test_another_drink_that_took_the_old_name_is_not_made(event: Event, talk: Conversation) -> None:
    order = order_latte(event)
    rename_all()
    Drink.objects.create(event=event, name="Latte", category="Tea")

    text(event, "make it small")

    assert drinks(order) == [("Caffè latte", [("Size", "Small"), ("Milks", "Oat barista")])]


def test_step_of_a_renamed_drink_is_no_step_for_other_drinks(event: Event, talk: Conversation, maya: User) -> None:
    order = order_latte(event)
    seen = drinks_digest(order)
    rename_all()

    assert drinks_digest(Order.objects.get()) == seen


def test_change_request_means_the_same_drink(event: Event, talk: Conversation, maya: User) -> None:
    order = lifecycle.start(order_latte(event), by=maya)
    assert "asked" in text(event, "make it small").lower()
    rename_all()

    order = Order.objects.get()
    accepted = change_requests.accept(order, by=maya)

    assert drinks(accepted) == [("Caffè latte", [("Size", "Small"), ("Milks", "Oat barista")])]


def test_draft_means_the_same_drink(event: Event, talk: Conversation) -> None:
    assert "large" in text(event, "oat latte")
    rename_all()

    assert "Got it: large caffè latte, oat barista" in text(event, "large")
    assert drinks(Order.objects.get()) == RENAMED


def test_question_about_a_renamed_group_is_answered(event: Event, talk: Conversation) -> None:
    text(event, "oat latte")
    rename(OptionGroup.objects.get(name="Size"), "How big")

    assert "Got it: large oat latte" in text(event, "large")


def test_usual_means_the_same_drink(event: Event, talk: Conversation) -> None:
    lifecycle.collect(lifecycle.mark_ready(order_latte(event), by=None), by=None)
    rename_all()

    assert "Got it: large caffè latte, oat barista" in text(event, "the usual")


def test_yes_takes_the_renamed_drink_that_was_offered(
    bar: Station, event: Event, talk: Conversation, maya: User
) -> None:
    order = order_latte(event)
    rename(Option.objects.get(name="Soy"), "Bean")
    factory.cannot_make(bar, option="Oat")
    messages.write(order, to_say(order, choice="out:Milk:Oat", text=""), by=maya)
    rename(Option.objects.get(name="Full cream"), "Whole")

    text(event, "yes")

    assert drinks(order) == [("Latte", [("Size", "Large"), ("Milk", "Whole")])]


def test_basket_means_the_same_drinks(bar: Station) -> None:
    client = Client()
    said = {"option Size": "Large", "option Milk": "Oat", "name": "Sam"}
    page = press(client, chosen(client, page_of(bar), "Latte"), "add", **said)
    rename_all()

    press(client, page, "order")

    assert drinks(Order.objects.get()) == RENAMED


def test_form_sent_again_after_a_renaming_is_the_same_order(bar: Station) -> None:
    client = Client()
    said = {"option Size": "Large", "option Milk": "Oat", "name": "Sam"}
    page = press(client, chosen(client, page_of(bar), "Latte"), "add", **said)
    first = press(client, page, "order")
    rename_all()

    again = press(client, page, "order")

    assert again.headers["Location"] == first.headers["Location"]


@pytest.mark.parametrize("gone", ["drink", "option", "group"])
def test_draft_of_what_is_gone_is_refused_in_words(event: Event, talk: Conversation, gone: str) -> None:
    text(event, "oat latte")
    latte, oat = Drink.objects.get(name="Latte"), Option.objects.get(name="Oat")
    rows: dict[str, Drink | Option | OptionGroup] = {"drink": latte, "option": oat, "group": oat.group}
    retire(rows[gone])

    reply = text(event, "large")

    assert ("latte" if gone == "drink" else "oat") in reply.lower()
    assert "menu" in reply
    assert not Order.objects.exists()


def test_change_of_an_order_whose_option_is_gone_is_refused_in_words(event: Event, talk: Conversation) -> None:
    order = order_latte(event)
    retire(Option.objects.get(name="Oat"))

    reply = text(event, "make it small")

    assert "oat" in reply.lower()
    assert "menu" in reply
    assert drinks(order) == [("Latte", [("Size", "Large"), ("Milk", "Oat")])]


def test_change_of_an_order_whose_drink_lost_a_group_is_refused_in_words(event: Event, talk: Conversation) -> None:
    order = order_latte(event)
    latte, milk = Drink.objects.get(name="Latte"), OptionGroup.objects.get(name="Milk")
    latte.groups.remove(milk)
    latte.save()

    reply = text(event, "make it small")

    assert "oat" in reply.lower()
    assert "menu" in reply or "without" in reply or "come" in reply
    assert drinks(order) == [("Latte", [("Size", "Large"), ("Milk", "Oat")])]
