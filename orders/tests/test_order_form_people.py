"""Tests of phone numbers and names on the order page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import Customer, Role
from orders import lifecycle
from orders.models import Order
from orders.tests import factory
from orders.tests.pages import chosen, order_latte, page_of, press, staff, words
from stations.models import Event, Station
from tests.forms import fields_of

pytestmark = pytest.mark.django_db
QueryCount = Callable[..., Any]


def test_number_is_optional_and_gets_the_ready_text_alone(bar: Station) -> None:
    order_latte(Client(), page_of(bar), phone="(555) 020-1234")

    order, owner = Order.objects.get(), Customer.objects.get(phone="+15550201234")
    assert (order.customer, order.ready_text_to, owner.name, owner.language) == (None, owner, "", "")


def test_number_that_is_none_is_refused_in_words(bar: Station) -> None:
    page = order_latte(Client(), page_of(bar), phone="call me")

    assert "with its country code" in words(page)
    assert not Order.objects.exists()


def test_number_without_country_code_is_of_the_events_country(bar: Station) -> None:
    Event.objects.update(sms_number="+4930123456")

    order_latte(Client(), page_of(bar), phone="0171 2345678")

    assert Order.objects.get().ready_text_to == Customer.objects.get(phone="+491712345678")


@pytest.mark.parametrize("phone", ["+33 6 12 34 56 78", "+49 900 1 234567"])
def test_number_that_the_event_does_not_pay_for_is_refused_in_words(bar: Station, phone: str) -> None:
    Event.objects.update(countries=["DE", "AT"])

    page = order_latte(Client(), page_of(bar), phone=phone)

    assert "We cannot text this number" in words(page)
    assert not Order.objects.exists()


def test_number_of_a_refused_order_is_not_kept(bar: Station) -> None:
    client = Client()
    page = chosen(client, page_of(bar), "Latte")
    factory.cannot_make(bar, option="Oat")
    said = {"option Size": "Large", "option Milk": "Oat", "name": "Sam", "phone": "+15550201234"}

    answer = press(client, page, "order", **said)

    assert not Customer.objects.exists()
    assert fields_of(answer)["phone"] == ["+15550201234"]


def test_number_is_not_asked_for_where_no_text_can_come_from(bar: Station) -> None:
    Event.objects.update(sms_number=None)

    assert "phone" not in fields_of(chosen(Client(), page_of(bar), "Latte"))


def test_name_is_shown_as_text_wherever_it_stands(bar: Station) -> None:
    name = '"><script>x()</script>'
    client = Client()
    order_latte(client, page_of(bar), note="<img src=x>")
    # The page refuses a name like this, but an order by text can have it.
    lifecycle.rename(Order.objects.get(), name=name)
    order = Order.objects.get()

    pages = [
        client.get(page_of(bar)),
        client.get(f"/orders/{order.token}/"),
        client.get(f"/orders/{order.token}/change/"),
        staff().get(f"/stations/{bar.slug}/"),
        staff(Role.DISPLAY).get(f"/events/{bar.event.slug}/wall/"),
    ]

    assert order.name == name
    assert all("<script>x" not in page.content.decode() and "<img src=x" not in page.content.decode() for page in pages)


@pytest.mark.parametrize("name", ["Sam 2", "claim prize at evil.com", "http://x", "@sam", "S" * 21, "a/b"])
def test_name_on_a_public_page_is_up_to_twenty_letters(bar: Station, name: str) -> None:
    page = order_latte(Client(), page_of(bar), name=name)

    assert "A name is up to 20 letters" in words(page)
    assert fields_of(page)["name"] == [name]
    assert not Order.objects.exists()


@pytest.mark.parametrize("name", ["Zoë", "Jean-Luc", "O’Neil", "Anna Maria", "李雷", "नेहा"])
def test_names_of_all_languages_are_letters(bar: Station, name: str) -> None:
    order_latte(Client(), page_of(bar), name=name)

    assert Order.objects.get().name == name


def test_name_of_a_single_cup_is_letters_too(bar: Station) -> None:
    page = order_latte(Client(), page_of(bar), **{"for": "visit evil.com"})

    assert "A name is up to 20 letters" in words(page)
    assert not Order.objects.exists()
