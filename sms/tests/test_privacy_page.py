"""The page /privacy/ shows visitors what is stored about the orders that they placed with this browser. They can have
this data deleted, but not the data of other people."""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from accounts import encryption
from accounts.models import AuditEntry, Customer
from orders import lifecycle
from orders.models import Channel, Order
from orders.tests import factory
from orders.tests.pages import chosen, order_latte, page_of, staff, words
from sms.models import Conversation, InboundMessage, OutboundMessage
from sms.tests import personal_day
from sms.tests.texting import PHONE, known, text
from stations.models import Event, Station

pytestmark = pytest.mark.django_db


@pytest.fixture
def readable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encryption, "encrypt", lambda text: text)
    monkeypatch.setattr(encryption, "decrypt", lambda stored: stored)


def ordered(bar: Station, *, phone: str = "", name: str = "Quentina", **fields: str) -> tuple[Client, Order]:
    browser = Client()
    order_latte(browser, page_of(bar), name=name, phone=phone, **fields)
    return browser, Order.objects.get(channel=Channel.WEB)


def test_page_says_until_when_each_event_keeps_what(bar: Station, event: Event) -> None:
    Event.objects.update(last_day=dt.date(2031, 5, 2), keep_days=3)
    page = words(Client().get("/privacy/", {"event": event.slug}))
    assert "Everything about you is deleted after 5 May 2031." in page

    Event.objects.update(last_day=None, keep_days=1)
    assert "deleted 1 day after your order" in words(Client().get("/privacy/", {"event": event.slug}))


@pytest.mark.parametrize(
    ("language", "title"), [("en", "Your data"), ("de", "Deine Daten"), ("es", "Tus datos"), ("fr", "Vos données")]
)
def test_page_speaks_the_language_of_the_browser(language: str, title: str) -> None:
    assert title in words(Client().get("/privacy/", headers={"Accept-Language": language}))
    assert title in words(Client().get("/privacy/", {"language": language}))


def test_no_cache_keeps_the_page_or_takes_one_language_for_another() -> None:
    page = Client().get("/privacy/", headers={"Accept-Language": "de"})

    assert {"Accept-Language", "Cookie"} <= set(page["Vary"].split(", "))
    assert "no-store" in page["Cache-Control"]


@pytest.mark.parametrize("event", ["", "unknown", "x" * 5000])
def test_page_opens_for_any_event_in_its_address(event: str) -> None:
    assert Client().get("/privacy/", {"event": event}).status_code == 200


def test_order_page_and_the_orders_own_page_link_to_it(bar: Station) -> None:
    browser, order = ordered(bar)

    for page in (page_of(bar), f"/orders/{order.token}/"):
        assert f'href="/privacy/?event={bar.event.slug}"' in browser.get(page).content.decode()


def test_whoever_ordered_without_a_number_is_forgotten_with_the_session(bar: Station, readable: None) -> None:
    text(bar.event, "small mocha for Sam", sender=PHONE)
    browser, order = ordered(bar, note="zebrafish allergy", name="Wolfgangina")
    lifecycle.mark_ready(order, by=None)
    lifecycle.collect(Order.objects.get(pk=order.pk), by=None)
    assert "Wolfgangina" in words(browser.get("/privacy/"))

    page = browser.post("/privacy/")

    assert "without a name and a number now" in words(page)
    assert not {"Wolfgangina", "zebrafish"} & set(personal_day.traces())
    assert not Session.objects.exists()
    assert Order.objects.get(pk=order.pk).token != order.token
    assert AuditEntry.objects.get(act="forgotten").subject == f"order {order.pk}"
    assert Customer.objects.get().phone == PHONE


def test_open_order_is_made_without_a_name_and_keeps_its_allergy(bar: Station) -> None:
    browser, order = ordered(bar, phone=PHONE, note="zebrafish allergy")

    page = words(browser.post("/privacy/"))

    assert "These orders are still made." in page
    assert order.code in page
    left = Order.objects.get()
    assert (left.name, left.ready_text_to, left.is_open, left.token) == ("", None, True, order.token)
    assert left.items.get().note or left.note
    lifecycle.mark_ready(left, by=None)
    assert not OutboundMessage.objects.exists()


def test_stranger_forgets_nobody(bar: Station) -> None:
    known(bar.event, name="Sam")
    text(bar.event, "small mocha")
    _, order = ordered(bar, phone=PHONE)

    page = words(Client().post("/privacy/"))

    assert order.code not in page
    order.refresh_from_db()
    assert (order.name, order.erased_at) == ("Quentina", None)
    assert Customer.objects.get().name == "Sam"
    assert not AuditEntry.objects.filter(act="forgotten").exists()


@pytest.mark.parametrize("said", ["small mocha for Sam", "STOP"])
def test_number_that_was_only_typed_reveals_and_forgets_nothing_of_its_owner(bar: Station, said: str) -> None:
    text(bar.event, said)
    browser, order = ordered(bar, phone=PHONE)
    before = browser.get("/privacy/")

    browser.post("/privacy/")

    texted = list(Order.objects.exclude(pk=order.pk).values_list("code", "name"))
    assert not any(code in words(before) for code, _ in texted)
    assert all(name == "Sam" for _, name in texted)
    owner = Customer.objects.get(phone=PHONE)
    assert owner.conversations.get().inbound.get().body == said
    assert Order.objects.get(pk=order.pk).ready_text_to is None


def test_vip_whose_number_was_typed_stays(bar: Station) -> None:
    factory.customer("", phone=PHONE, vip=True)
    browser, _ = ordered(bar, phone=PHONE)

    browser.post("/privacy/")

    assert Customer.objects.get().phone == PHONE


def test_number_that_is_also_on_the_order_of_somebody_else_stays(bar: Station) -> None:
    browser, order = ordered(bar, phone=PHONE)
    order_latte(Client(), page_of(bar), name="Ben", phone=PHONE)

    browser.post("/privacy/")

    assert Customer.objects.get().phone == PHONE
    assert Order.objects.exclude(pk=order.pk).get().name == "Ben"


def test_number_of_which_nothing_else_is_known_is_deleted_with_the_texts_it_got(bar: Station, readable: None) -> None:
    browser, order = ordered(bar, phone=personal_day.PHONE)
    lifecycle.mark_ready(order, by=None)
    assert Conversation.objects.exists()
    lifecycle.collect(Order.objects.get(pk=order.pk), by=None)

    browser.post("/privacy/")

    assert personal_day.traces() == {}


def test_owner_who_texted_the_code_of_somebody_elses_order_is_not_forgotten_by_that_browser(bar: Station) -> None:
    text(bar.event, "small mocha for Sam", sender=personal_day.PHONE)
    browser, order = ordered(bar, phone=personal_day.PHONE)
    text(bar.event, order.code, sender=personal_day.PHONE)
    assert Order.objects.get(pk=order.pk).customer

    page = words(browser.post("/privacy/"))

    assert order.code in page
    assert "FORGET ME" in page
    erased = Order.objects.get(pk=order.pk)
    assert (erased.name, erased.customer, erased.ready_text_to) == ("", None, None)
    owner = Customer.objects.get(phone=personal_day.PHONE)
    assert (owner.name, owner.orders.get().name) == ("Sam", "Sam")
    assert "small mocha for Sam" in [each.body for each in InboundMessage.objects.all()]


def test_forget_me_by_text_leaves_no_name_in_the_browser_that_ordered(bar: Station, readable: None) -> None:
    browser, order = ordered(bar, phone=personal_day.PHONE, name="Wolfgangina")
    text(bar.event, order.code, sender=personal_day.PHONE)
    lifecycle.mark_ready(Order.objects.get(), by=None)
    lifecycle.collect(Order.objects.get(), by=None)
    assert 'value="Wolfgangina"' in chosen(browser, page_of(bar), "Latte").content.decode()

    text(bar.event, "FORGET ME", sender=personal_day.PHONE)

    assert personal_day.traces() == {}
    assert Session.objects.exists()
    assert not any("Wolfgangina" in row for row in Session.objects.values_list("session_data", flat=True))
    assert "Wolfgangina" not in chosen(browser, page_of(bar), "Latte").content.decode()
    assert order.code not in words(browser.get("/privacy/"))


def test_staff_who_ordered_for_themselves_stay_signed_in(bar: Station) -> None:
    browser = staff()
    order_latte(browser, page_of(bar), name="Quentina")

    browser.post("/privacy/")

    assert browser.get("/").status_code == 200
    assert "orders" not in browser.session
    assert Order.objects.get().name == ""
