"""Tests that admin pages keep the content security policy, and that 30 rows take as many queries as one."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib import admin
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts import search
from accounts.models import AuditEntry, Customer, Role, User
from expresso.api.models import ApiKey, Webhook, WebhookDelivery
from expresso.payments.models import Payment
from inventory.models import CannotMake, Drink, Ingredient, Option, OptionGroup, Stock, Use
from orders.models import Channel, LabelJob, Order, OrderEvent, OrderItem
from orders.tests import factory
from sms.models import Conversation, Feedback, FrequentQuestion, InboundMessage, OutboundMessage, Sender, Wording
from stations.models import Event, Printer, Shift, Station

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin_client(client: Client) -> Client:
    client.force_login(
        User.objects.create(username="root", is_superuser=True), backend="django.contrib.auth.backends.ModelBackend"
    )
    return client


def a_world(n: int) -> None:
    """Create one row of every model. Each call creates its own related rows, so a query per row would be noticed."""
    user = User.objects.create(username=f"user{n}")
    customer = Customer.objects.create(phone=f"+1555555{n:04}", name=f"Guest-{n}")
    event = Event.objects.create(name=f"Event {n}", slug=f"event-{n}")
    station = Station.objects.create(event=event, name="Bar", slug=f"bar-{n}")
    Shift.objects.create(station=station, user=user, starts_at=timezone.now())
    group = OptionGroup.objects.create(event=event, name="Milk")
    oat = Option.objects.create(group=group, name="Oat", aliases=["oatly"])
    group.default = oat
    group.save()
    latte = Drink.objects.create(event=event, name="Latte", category="Coffee", aliases=["late"])
    latte.groups.add(group)
    latte.defaults.add(oat)
    beans = Ingredient.objects.create(event=event, name="Beans", unit="g")
    Stock.objects.create(station=station, ingredient=beans, on_hand=100)
    Use.objects.create(ingredient=beans, **({"drink": latte} if n % 2 else {"option": oat}), amount=18)
    CannotMake.objects.create(station=station, **({"drink": latte} if n % 2 else {"option": oat}))
    order = Order.objects.create(
        event=event, station=station, customer=customer, channel=Channel.SMS, code="A1", cups=1, minutes=1
    )
    OrderItem.objects.create(order=order, drink=latte, drink_name="Latte", choices=[{"group": "Milk", "option": "Oat"}])
    moved = OrderEvent.objects.create(order=order, verb="place", status=order.status, by=user)
    printer = Printer.objects.create(station=station, name="Labels")
    LabelJob.objects.create(order=order, printer=printer, key=f"tap {n}", by=user)
    conversation = Conversation.objects.create(event=event, customer=customer)
    InboundMessage.objects.create(sid=f"SM{n}", conversation=conversation, body="secret words", order=order)
    OutboundMessage.objects.create(
        conversation=conversation,
        order=order,
        kind=OutboundMessage.Kind.READY,
        cause=moved,
        body="your latte",
        expires_at=timezone.now() + timedelta(hours=1),
    )
    Sender.objects.create(number=f"+1555555{n:04}")
    Feedback.objects.create(
        event=event, customer=customer, order=order, day=timezone.now(), score=5, answered_at=timezone.now()
    )
    Wording.objects.create(event=event, key="thanks", language="en", text="Any time!")
    FrequentQuestion.objects.create(event=event, words="wifi", answer="Guest, flatwhite")
    ApiKey.objects.create(event=event, owner=user, name="Robot", digest=f"digest {n}", scopes=["read"])
    webhook = Webhook.objects.create(event=event, owner=user, url="https://hooks.example.org/", kinds=["paused"])
    WebhookDelivery.objects.create(webhook=webhook, fact=f"order-event.{n}", kind="order.placed", body={})
    Payment.objects.create(order=order, amount=350, currency="EUR", session=f"cs_{n}")
    AuditEntry.objects.create(by=user, act="changed", subject="drink Latte")


def address(model: type[Model], page: str, *args: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


MODELS = sorted(admin.site._registry, key=lambda m: m._meta.label)
each_model = pytest.mark.parametrize("model", MODELS, ids=lambda m: m._meta.label)


def test_every_model_of_ours_has_its_admin_or_stands_inside_another_and_no_other_packages_has() -> None:
    assert {m._meta.object_name for m in MODELS} == {
        "ApiKey", "Webhook", "WebhookDelivery",
        "AuditEntry", "CannotMake", "Conversation", "Customer", "Drink", "Event", "Feedback",
        "FrequentQuestion", "InboundMessage",
        "Ingredient", "LabelJob", "Option", "OptionGroup", "Order", "OrderEvent", "OutboundMessage", "Payment",
        "Printer", "Sender", "Shift", "Station", "Stock", "Use", "User", "Wording",
    }  # fmt: skip


def test_a_list_takes_as_many_queries_for_30_rows_as_for_one(admin_client: Client) -> None:
    def read(model: type[Model]) -> int:
        with CaptureQueriesContext(connection) as captured:
            page = admin_client.get(address(model, "changelist"))
        assert len(page.context["cl"].result_list) == model._default_manager.count()
        return len(captured)

    a_world(1)
    read(User)
    for_one = {model: read(model) for model in MODELS}
    for n in range(2, 31):
        a_world(n)

    assert {model: read(model) for model in MODELS} == for_one


@pytest.mark.parametrize("model", [Order, OrderEvent, InboundMessage, OutboundMessage, Conversation])
def test_lists_that_grow_are_counted_once_and_searched_for_no_filter(admin_client: Client, model: type[Model]) -> None:
    a_world(1)

    with CaptureQueriesContext(connection) as captured:
        admin_client.get(address(model, "changelist"))

    read = [query["sql"] for query in captured]
    assert sum("COUNT(*)" in sql for sql in read) <= 1
    assert not [sql for sql in read if "DISTINCT" in sql or "MIN(" in sql]


INLINE = re.compile(
    r"""<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>|<style|\sstyle=|\son[a-z]+=|javascript:"""
)


@pytest.mark.once
@each_model
def test_pages_need_nothing_that_the_policy_forbids(admin_client: Client, model: type[Model]) -> None:
    a_world(1)
    row = model._default_manager.order_by("pk").last()
    assert row
    may_add = admin.site._registry[model].has_add_permission(
        admin_client.get(address(model, "changelist")).wsgi_request
    )
    pages = [address(model, "changelist"), address(model, "change", row.pk), address(model, "history", row.pk)]

    for page in pages + [address(model, "add")] * may_add:
        # The page of a wording (a text to customers) redirects to the list of all wordings, so follow redirects.
        answer = admin_client.get(page, follow=True)

        assert answer.status_code == 200
        assert "unsafe" not in answer.headers["Content-Security-Policy"]
        assert INLINE.findall(answer.content.decode()) == []


@each_model
def test_searching_finds_and_misses(admin_client: Client, model: type[Model]) -> None:
    a_world(1)
    if not admin.site._registry[model].search_fields:
        return

    missed = admin_client.get(address(model, "changelist"), {"q": "nothing-is-called-so"})

    assert missed.status_code == 200
    assert list(missed.context["cl"].result_list) == []


@pytest.mark.parametrize("query", ["guest-1", "5550001"])
def test_a_manager_finds_a_customer_by_name_and_by_number(admin_client: Client, query: str) -> None:
    a_world(1)
    a_world(2)

    for model in (Customer, Conversation, Order):
        found = admin_client.get(address(model, "changelist"), {"q": query}).context["cl"].result_list
        assert [getattr(row, "customer", row).name for row in found] == ["Guest-1"]


@pytest.mark.parametrize(
    ("model", "typed", "column", "count"),
    [
        (Order, "0001", '"phone_end_hash" IN', 1),
        (InboundMessage, "0001", '"phone_end_hash" IN', 1),
        (OutboundMessage, "0001", '"phone_end_hash" IN', 1),
        (OrderEvent, "a1", '"code"', 2),
    ],
)
def test_a_search_reads_related_rows_first_and_joins_no_whole_tables(
    admin_client: Client, model: type[Model], typed: str, column: str, count: int
) -> None:
    a_world(1)
    a_world(2)

    with CaptureQueriesContext(connection) as captured:
        found = admin_client.get(address(model, "changelist"), {"q": typed}).context["cl"].result_list

    assert len(found) == count
    [asked] = [query["sql"] for query in captured if column in query["sql"].partition(" WHERE ")[2]]
    assert f'"{model._meta.db_table}"' not in asked


@pytest.mark.parametrize("model", [Customer, Conversation, Order, InboundMessage])
def test_found_rows_are_counted_and_shown_without_searching_again(client: Client, model: type[Model]) -> None:
    a_world(1)
    a_world(2)
    organizer = factory.user("olivia", Role.ORGANIZER)
    client.force_login(organizer, backend="django.contrib.auth.backends.ModelBackend")

    def search_for(typed: str) -> tuple[int, list[str]]:
        with CaptureQueriesContext(connection) as captured:
            found = client.get(address(model, "changelist"), {"q": typed}).context["cl"].result_list
        return len(found), [query["sql"] for query in captured]

    search_for("guest")
    (few, first), (many, then) = search_for("guest-1"), search_for("guest")

    assert 0 < few < many
    assert len(then) == len(first)
    *_, counted, shown = [sql for sql in then if f'FROM "{model._meta.db_table}"' in sql]
    by_key = re.compile(r'WHERE "\w+"."id" IN \([\d, ]+\) (ORDER|LIMIT)')
    assert [bool(by_key.search(sql)) for sql in (counted, shown)] == [True, True]


def test_a_column_without_an_index_is_searched_in_the_newest_rows(
    admin_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_world(1)
    a_world(2)
    order = Order.objects.all()[0]
    OrderEvent.objects.bulk_create(OrderEvent(order=order, verb="start", by_name=f"maya{n}") for n in range(3))

    def found() -> list[str]:
        rows = admin_client.get(address(OrderEvent, "changelist"), {"q": "maya"}).context["cl"].result_list
        return [row.by_name for row in rows]

    assert found() == ["maya2", "maya1", "maya0"]
    monkeypatch.setattr(search, "MOST", 2)
    assert found() == ["maya2", "maya1"]


def test_a_text_is_found_by_its_whole_sid(admin_client: Client) -> None:
    a_world(1)
    sid = InboundMessage.objects.all()[0].sid

    def found(typed: str) -> int:
        listed = admin_client.get(address(InboundMessage, "changelist"), {"q": typed}).context["cl"]
        return int(listed.result_count)

    assert (found(sid), found(sid[:-1])) == (1, 0)


def test_texts_are_on_a_conversations_page_and_in_no_list(admin_client: Client) -> None:
    a_world(1)

    page = admin_client.get(address(Conversation, "change", Conversation.objects.get().pk)).content.decode()
    lists = [
        admin_client.get(address(m, "changelist")).content.decode()
        for m in (Conversation, InboundMessage, OutboundMessage)
    ]

    assert "secret words" in page
    assert "your latte" in page
    assert not any("secret words" in one or "your latte" in one for one in lists)


@pytest.mark.parametrize("role", [Role.BARISTA, Role.SUPPORT, Role.DISPLAY])
def test_who_does_not_manage_sees_no_admin_and_no_text(client: Client, role: Role) -> None:
    a_world(1)
    user = factory.user("somebody", role)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")

    for model in MODELS:
        answer = client.get(address(model, "changelist"))
        assert answer.status_code == 302
        assert "/login/" in answer.headers["Location"]
    # `is_staff`, Django's own flag for access to its admin, gives no access here.
    User.objects.filter(pk=user.pk).update(is_staff=True)
    page = client.get(address(Conversation, "change", Conversation.objects.get().pk), follow=True)
    assert page.status_code == 403


def test_who_has_not_signed_in_does_so_on_our_page_and_comes_back(client: Client) -> None:
    answer = client.get(address(Order, "changelist"), follow=True)

    assert answer.redirect_chain[-1] == (f"{reverse('login')}?next={address(Order, 'changelist')}", 302)


def test_who_may_not_come_here_is_told_so_and_is_not_asked_to_sign_in(client: Client) -> None:
    barista = factory.user("maya")
    client.force_login(barista, backend="django.contrib.auth.backends.ModelBackend")

    assert client.get(reverse("admin:index"), follow=True).status_code == 403


@pytest.mark.parametrize("role", [factory.ADMIN, Role.ORGANIZER])
def test_managers_open_every_list(client: Client, role: str) -> None:
    a_world(1)
    client.force_login(factory.user("boss", role), backend="django.contrib.auth.backends.ModelBackend")

    assert [client.get(address(model, "changelist")).status_code for model in MODELS] == [200] * len(MODELS)


def test_an_organizer_sees_who_ordered_or_texted_at_their_events_and_reads_no_other_orders_for_it(
    client: Client,
) -> None:
    mine, other = factory.cafe(), factory.cafe(name="Elsewhere")
    client.force_login(
        factory.user("olga", Role.ORGANIZER, at=mine.event), backend="django.contrib.auth.backends.ModelBackend"
    )
    ordered, texted, stranger = (factory.customer(name) for name in ("Ordered", "Texted", "Stranger"))
    factory.order(mine, customer=ordered)
    factory.order(other, customer=stranger)
    for event, customer in ((mine.event, texted), (other.event, stranger)):
        Conversation.objects.create(event=event, customer=customer)

    with CaptureQueriesContext(connection) as captured:
        listed = client.get(address(Customer, "changelist")).context["cl"].result_list

    assert list(listed) == [texted, ordered]
    # No statement contains "IN (SELECT". With one, PostgreSQL would read all orders again for each customer.
    assert not [query["sql"] for query in captured if "IN (SELECT" in query["sql"]]
