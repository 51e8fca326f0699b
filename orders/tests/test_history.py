"""Tests of a station's history: searching, going from page to page, and putting closed orders back on the board."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import search
from accounts.models import Role
from orders import lifecycle
from orders.models import Channel, Order
from orders.statuses import Status
from orders.tests import factory
from orders.views.history import PAGE
from stations.models import Station

pytestmark = pytest.mark.django_db


@pytest.fixture
def bar() -> Station:
    return factory.cafe(max_open_orders=0)


@pytest.fixture
def maya(bar: Station) -> Client:
    return signed_in()


def signed_in(role: str = Role.BARISTA, name: str = "maya") -> Client:
    client = Client()
    client.force_login(factory.user(name, role))
    return client


def url(bar: Station) -> str:
    return f"/stations/{bar.slug}/history/"


def fragment(client: Client, bar: Station, **given: Any) -> str:
    response = client.get(url(bar), given, headers={"HX-Request": "true"})
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def names(html: str) -> list[str]:
    return re.findall(r'<span class="code">\w+</span> (.*?) <time', html)


def found(client: Client, bar: Station, **given: Any) -> list[str]:
    return names(fragment(client, bar, **given))


def closed(bar: Station, *, ago: dt.timedelta = dt.timedelta(0), **fields: Any) -> Order:
    order = lifecycle.collect(lifecycle.mark_ready(factory.order(bar, **fields), by=None), by=None)
    Order.objects.filter(pk=order.pk).update(closed_at=timezone.now() - ago)
    return order


def recall(client: Client, order: Order, **given: Any) -> str:
    path = f"{url(order.station)}{order.pk}/recall/"
    return " ".join(client.post(path, given, headers={"HX-Request": "true"}).content.decode().split())


# searching ----------------------------------------------------------------------------------------


def test_every_order_is_there_open_or_over_the_newest_first(bar: Station, maya: Client) -> None:
    closed(bar, name="Ana", ago=dt.timedelta(hours=3))
    factory.order(bar, name="Ben")
    lifecycle.cancel(factory.order(bar, name="Chi"))

    assert found(maya, bar) == ["Chi", "Ben", "Ana"]


def test_it_is_searched_by_code_name_drink_and_status(bar: Station, maya: Client) -> None:
    ana = closed(bar, name="Ana María")
    factory.order(bar, factory.item("Mocha"), name="Ben")
    factory.order(bar, factory.item("Tea"), factory.item("Mocha"), name="Mo")

    assert found(maya, bar, q=ana.code.lower()) == ["Ana María"]
    assert found(maya, bar, q="ana") == ["Ana María"]
    assert found(maya, bar, q="moch") == ["Mo", "Ben"]
    assert found(maya, bar, q="mocha ben") == ["Ben"]
    assert found(maya, bar, q="latte mocha") == []
    assert found(maya, bar, status="collected") == ["Ana María"]
    assert found(maya, bar, status="waiting", q="tea") == ["Mo"]


@pytest.mark.parametrize("given", ["%", "_", "a_a", "\\", "'", '" OR 1=1', "%%", "A%"])
def test_a_wildcard_is_only_itself(bar: Station, maya: Client, given: str) -> None:
    factory.order(bar, name="Ana")
    factory.order(bar, name=f"so {given} so")

    assert len(found(maya, bar, q=given)) == 1


@pytest.mark.parametrize(
    "given", [{"q": "\x1f"}, {"status": "burnt"}, {"before": "x"}, {"before": "²"}, {"where": "mars"}]
)
def test_what_no_form_sends_is_left_out(bar: Station, maya: Client, given: dict[str, str]) -> None:
    factory.order(bar, name="Ana")

    assert found(maya, bar, **given) == ["Ana"]


def test_another_station_is_found_where_the_whole_event_is_searched_and_another_event_never(
    bar: Station, maya: Client
) -> None:
    other = factory.station(bar.event, "Bar 2")
    factory.order(bar, name="Ana")
    lifecycle.move(Order.objects.latest("pk"), to=other, by=None)
    factory.order(factory.cafe(), name="Zoe")

    assert (found(maya, bar), found(maya, bar, where="event")) == ([], ["Ana"])
    assert "Bar 2" in fragment(maya, bar, where="event")


def test_an_empty_history_says_what_will_stand_there(bar: Station, maya: Client) -> None:
    assert "Each one stands here from the moment it is taken." in fragment(maya, bar)
    assert "No order here is like that." in fragment(maya, bar, q="zzz")


# going from page to page --------------------------------------------------------------------------


def test_pages_follow_each_other_without_gaps_whatever_is_ordered_meanwhile(bar: Station, maya: Client) -> None:
    for n in range(2 * PAGE + 1):
        factory.order(bar, name=f"G{n}")
    # All orders have the same time, so that only their primary keys can distinguish them.
    Order.objects.update(placed_at=timezone.now() - dt.timedelta(minutes=1))

    page, seen = fragment(maya, bar, q="G"), []
    while True:
        seen += names(page)
        factory.order(bar, name="G new")
        after = re.search(r'hx-get="/stations/[\w-]+/history/\?q=G&amp;before=(\d+)"', page)
        if after is None:
            break
        assert f'href="?q=G&amp;before={after[1]}"' in page
        page = fragment(maya, bar, q="G", before=after[1])

    assert seen == [f"G{n}" for n in reversed(range(2 * PAGE + 1))]


def test_a_page_of_many_asks_as_many_questions_as_one_order(
    bar: Station, maya: Client, django_assert_num_queries: Any
) -> None:
    factory.order(bar, factory.item("Latte", "Oat"), factory.item("Tea"))
    fragment(maya, bar, q="latte")
    with django_assert_num_queries(9, exact=False) as one:
        fragment(maya, bar, q="latte")

    for _ in range(PAGE + 4):
        closed(bar)

    with django_assert_num_queries(len(one)):
        fragment(maya, bar, q="latte")


def test_a_search_reads_the_newest_orders_only(bar: Station, maya: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "MOST", 2)
    for name in ("Ana", "Bo", "Cy"):
        factory.order(bar, factory.item("Latte"), name=name)

    found = fragment(maya, bar, q="latte")

    assert [name for name in ("Ana", "Bo", "Cy") if name in found] == ["Bo", "Cy"]


def test_a_search_finds_the_orders_before_it_sorts_them_by_time(bar: Station, maya: Client) -> None:
    factory.order(bar, name="Sam")

    with CaptureQueriesContext(connection) as captured:
        assert found(maya, bar, q="latte sam") == ["Sam"]

    [by_time] = [each["sql"] for each in captured if 'ORDER BY "orders_order"."placed_at"' in each["sql"]]
    assert "drink_name" not in by_time


def test_a_browser_gets_the_page_with_links_to_each_order(bar: Station, maya: Client) -> None:
    order = factory.order(bar, customer=factory.customer(phone="+15550102030"), name="Ana")

    page = maya.get(url(bar)).content.decode().strip()

    assert page.startswith("<!DOCTYPE html>")
    assert f'href="/stations/{bar.slug}/orders/{order.pk}/"' in page
    assert "5550102030" not in page
    assert f'href="{url(bar)}"' in maya.get(f"/stations/{bar.slug}/").content.decode()


# putting closed orders back on the board ----------------------------------------------------------


def test_what_was_over_within_the_last_half_hour_is_called_back_by_one_tap(bar: Station, maya: Client) -> None:
    lately, long_ago = closed(bar, ago=dt.timedelta(minutes=29)), closed(bar, ago=dt.timedelta(minutes=31))
    page = fragment(maya, bar)
    assert f"/history/{lately.pk}/recall/" in page
    assert f"/history/{long_ago.pk}/recall/" not in page

    row = recall(maya, lately, seen=lately.version)

    lately.refresh_from_db()
    assert lately.status == Status.READY
    assert row.startswith(f'<li id="past-{lately.pk}"')
    assert f"{lately.code} Sam is back: ready." in row
    assert "/recall/" not in row


def test_the_same_tap_twice_goes_one_step_back(bar: Station, maya: Client) -> None:
    order = closed(bar)

    rows = [recall(maya, order, seen=order.version) for _ in range(2)]

    order.refresh_from_db()
    assert (order.status, order.events.filter(verb="undo").count()) == (Status.READY, 1)
    assert all("is back: ready." in row for row in rows)


def test_what_changed_since_it_was_seen_is_not_called_back(bar: Station, maya: Client) -> None:
    order = closed(bar)
    seen = order.version
    lifecycle.collect(lifecycle.undo(order, by=factory.user("ben")), by=None)

    row = recall(maya, order, seen=seen)

    order.refresh_from_db()
    assert order.status == Status.COLLECTED
    assert "Nothing was taken back." in row


def test_too_late_is_said_and_changes_nothing(bar: Station, maya: Client) -> None:
    order = closed(bar, ago=dt.timedelta(minutes=31))

    row = recall(maya, order, seen=order.version)

    order.refresh_from_db()
    assert order.status == Status.COLLECTED
    assert "cannot be taken back any more." in row


def test_without_a_script_one_is_led_back_to_the_same_search(bar: Station, maya: Client) -> None:
    order = closed(bar)

    page = maya.post(f"{url(bar)}{order.pk}/recall/?q=sam", {"seen": order.version}, follow=True)

    assert page.redirect_chain == [(f"{url(bar)}?q=sam", 302)]
    assert "is back: ready." in page.content.decode()


def test_support_looks_and_calls_nothing_back(bar: Station) -> None:
    order, client = closed(bar, channel=Channel.WEB), signed_in(Role.SUPPORT)

    assert found(client, bar) == ["Sam"]
    assert "/recall/" not in fragment(client, bar)
    assert client.post(f"{url(bar)}{order.pk}/recall/").status_code == 403
    assert signed_in(Role.DISPLAY, "wall").get(url(bar)).status_code == 403
    assert client.get(f"/stations/{bar.slug}/history/?before={closed(factory.cafe()).pk}").status_code == 404
