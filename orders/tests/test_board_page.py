"""Tests of a station's board page and of the responses to taps."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Role
from orders import lifecycle
from orders.items import Choice, Item
from orders.live import boards
from orders.models import Order
from orders.tests import factory
from stations.models import Station

pytestmark = pytest.mark.django_db


def signed_in(role: str = Role.BARISTA, name: str = "maya") -> Client:
    client = Client()
    client.force_login(factory.user(name, role))
    return client


def url(order: Order, verb: str) -> str:
    return f"/stations/{order.station.slug}/orders/{order.pk}/{verb}/"


def tap(client: Client, order: Order, verb: str, *, key: str = "", **data: Any) -> str:
    headers = {"HX-Request": "true"} | ({"Idempotency-Key": key} if key else {})
    response = client.post(url(order, verb), data, headers=headers)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def status_of(order: Order) -> str:
    return Order.objects.get(pk=order.pk).status


def test_a_ticket_shows_only_what_differs_with_the_milk_first() -> None:
    station = factory.cafe()
    full_cream, extra_oat = Choice("Milk", "Full cream"), Choice("Milk", "Oat", "extra")
    factory.order(
        station,
        Item("Latte", 2, (Choice("Size", "Large"), extra_oat)),
        Item("Mocha", 1, (full_cream,), name="Ana", note="allergic to nuts"),
        name="Sam",
        note="in a hurry",
    )

    page = signed_in().get(f"/stations/{station.slug}/").content.decode()

    assert "Sam" in page
    assert page.index("extra Oat") < page.index("Large")
    assert 'data-milk="2"' in page
    assert "Full cream" not in page
    assert "allergic to nuts" in page
    assert "in a hurry" in page
    assert "for Ana" in page


def test_nothing_stands_between_two_tickets() -> None:
    """A space between two tickets stays behind when a ticket moves.

    idiomorph, which updates the page, then removes and inserts again every ticket that follows the space."""
    station = factory.cafe()
    waiting = [str(factory.order(station).pk) for _ in range(3)]
    client = signed_in()

    page = client.get(f"/stations/{station.slug}/").content.decode()
    frame = client.get(f"/stations/{station.slug}/", headers={"HX-Request": "true"}).content.decode()

    for html in (page, frame):
        assert re.findall(r'</li><li [^>]*id="order-(\d+)"', html) == waiting[1:]


def test_one_tap_moves_the_ticket_and_the_answer_is_the_board() -> None:
    order = factory.order(factory.cafe())

    answer = tap(signed_in(), order, "start")

    assert status_of(order) == "making"
    assert f'id="order-{order.pk}" data-status="making"' in answer
    assert f"{order.code} Sam is being made." in answer


def test_a_lost_race_answers_with_the_fresh_board_and_who_was_first() -> None:
    order = factory.order(factory.cafe())
    lifecycle.mark_ready(order, by=factory.user("ben"))

    answer = tap(signed_in(), order, "start")

    assert f"Ben already marked {order.code} Sam ready." in answer
    assert f'id="order-{order.pk}" data-status="ready"' in answer
    assert order.events.count() == 2


def test_the_same_tap_sent_again_gets_the_same_answer_and_moves_nothing() -> None:
    order = factory.order(factory.cafe())
    lifecycle.mark_ready(order, by=None)
    client = signed_in()

    answers = [tap(client, order, "undo", key="a tap") for _ in range(2)]

    assert status_of(order) == "making"
    assert [f"{order.code} Sam is back: making." in answer for answer in answers] == [True, True]


def test_a_cancellation_keeps_the_reason_in_the_baristas_words() -> None:
    order = factory.order(factory.cafe())

    tap(signed_in(), order, "cancel", reason="the machine is down", reason_text=" the grinder broke ")

    cancelled = order.events.get(verb="cancel")
    assert (cancelled.reason, cancelled.by and cancelled.by.username) == ("the grinder broke", "maya")


def test_without_javascript_a_tap_leads_back_to_the_board_with_the_sentence() -> None:
    order = factory.order(factory.cafe())

    page = signed_in().post(url(order, "start"), follow=True)

    assert page.redirect_chain == [(f"/stations/{order.station.slug}/", 302)]
    assert f"{order.code} Sam is being made." in page.content.decode()


def test_finished_orders_can_be_called_back_for_half_an_hour() -> None:
    station = factory.cafe()
    lately, long_ago = factory.order(station, name="Lately"), factory.order(station, name="Long ago")
    for order in (lately, long_ago):
        lifecycle.cancel(order)
    Order.objects.filter(pk=long_ago.pk).update(closed_at=timezone.now() - dt.timedelta(minutes=31))

    page = signed_in().get(f"/stations/{station.slug}/").content.decode()

    assert "Lately" in page
    assert "Long ago" not in page


def test_on_a_full_board_what_is_over_makes_room_for_what_is_to_be_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boards, "MOST_TICKETS", 3)
    station = factory.cafe(max_open_orders=0)
    for _ in range(2):
        lifecycle.cancel(factory.order(station))
    waiting = [factory.order(station).code for _ in range(3)]

    (_, _, tickets), *_rest = boards.station_look(station.pk).context()["columns"]

    assert [ticket.code for ticket in tickets] == waiting


def test_another_stations_order_is_not_moved_from_here() -> None:
    order = factory.order(factory.cafe())
    elsewhere = factory.cafe()

    response = signed_in().post(f"/stations/{elsewhere.slug}/orders/{order.pk}/start/")

    assert (response.status_code, status_of(order)) == (404, "waiting")


def test_a_verb_that_is_none_is_not_found() -> None:
    order = factory.order(factory.cafe())

    assert signed_in().post(url(order, "drink")).status_code == 404


@pytest.mark.parametrize(
    ("role", "board", "wall", "act"),
    [
        (None, 302, 302, 302),
        (Role.BARISTA, 200, 200, 302),
        (Role.ORGANIZER, 200, 200, 302),
        (factory.ADMIN, 200, 200, 302),
        (Role.SUPPORT, 200, 200, 403),
        (Role.DISPLAY, 403, 200, 403),
    ],
)
def test_each_role_sees_and_does_what_it_may(role: str | None, board: int, wall: int, act: int) -> None:
    order = factory.order(factory.cafe())
    client = signed_in(role) if role else Client()

    answers = [
        client.get(f"/stations/{order.station.slug}/").status_code,
        client.get(f"/events/{order.event.slug}/wall/").status_code,
        client.post(url(order, "start")).status_code,
    ]

    assert answers == [board, wall, act]
    assert status_of(order) == ("making" if role and act == 302 else "waiting")


def test_an_act_without_the_csrf_token_is_refused() -> None:
    order = factory.order(factory.cafe())
    client = Client(enforce_csrf_checks=True)
    client.force_login(factory.user("maya"))

    assert client.post(url(order, "start")).status_code == 403
    assert status_of(order) == "waiting"


def test_an_act_by_get_is_refused() -> None:
    order = factory.order(factory.cafe())

    assert signed_in().get(url(order, "start")).status_code == 405


@pytest.mark.parametrize("page", ["/stations/{station}/", "/events/{event}/wall/"])
def test_a_page_asks_as_many_questions_for_30_orders_as_for_one(page: str, django_assert_num_queries: Any) -> None:
    station = factory.cafe(max_open_orders=0)
    client = signed_in()
    factory.order(station, factory.item("Latte", "Oat"), factory.item("Tea"))
    path = page.format(station=station.slug, event=station.event.slug)
    client.get(path)
    with django_assert_num_queries(18, exact=False) as one:
        client.get(path)
    for_one = len(one)

    for _ in range(29):
        factory.order(station, factory.item("Latte", "Oat"), factory.item("Tea"))
    client.get(path)

    with django_assert_num_queries(for_one):
        client.get(path)


def test_names_are_shown_as_text_never_as_markup() -> None:
    order = factory.order(factory.cafe(), factory.item(note="<i>hot</i>"), name="<script>x</script>")

    page = signed_in().get(f"/stations/{order.station.slug}/").content.decode()

    assert "<script>x" not in page
    assert "&lt;script&gt;x" in page
    assert "&lt;i&gt;hot" in page


def test_no_phone_number_is_on_board_or_wall() -> None:
    station = factory.cafe()
    sam = factory.customer("Sam", phone="+15550009999")
    lifecycle.mark_ready(factory.order(station, customer=sam), by=None)
    client = signed_in()

    pages = [
        client.get(path).content.decode()
        for path in (f"/stations/{station.slug}/", f"/events/{station.event.slug}/wall/")
    ]

    assert [("Sam" in page, "5550009999" in page) for page in pages] == [(True, False)] * 2


def test_the_wall_shows_newest_ready_first_and_drops_what_was_collected() -> None:
    station = factory.cafe()
    first, second, third = (factory.order(station, name=name) for name in ("First", "Second", "Third"))
    for order in (first, second, third):
        lifecycle.mark_ready(order, by=None)
    lifecycle.collect(third, by=None)
    factory.order(station, name="Fourth")

    wall = signed_in(Role.DISPLAY).get(f"/events/{station.event.slug}/wall/").content.decode()

    assert "Third" not in wall
    assert wall.index("Fourth") < wall.index("Second") < wall.index("First")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "at most 3 min"),
        ({"is_open": False}, "Closed"),
        ({"paused_until": dt.timedelta(minutes=9)}, "No new orders"),
    ],
)
def test_the_wall_says_the_wait_or_why_there_is_none(fields: dict[str, Any], words: str) -> None:
    station = factory.cafe()
    factory.order(station, factory.item("Tea"))
    for name, value in fields.items():
        setattr(station, name, timezone.now() + value if isinstance(value, dt.timedelta) else value)
    station.save()

    wall = signed_in(Role.DISPLAY).get(f"/events/{station.event.slug}/wall/").content.decode()

    assert words in wall


def test_the_attendees_page_needs_the_token_alone_and_shows_no_other_order() -> None:
    station = factory.cafe()
    factory.order(station, name="Ana")
    mine = factory.order(station, factory.item("Latte", "Oat"), name="Sam")

    page = Client().get(f"/orders/{mine.token}/").content.decode()

    assert "Sam" in page
    assert "Oat" in page
    assert "1 order before yours" in page
    assert "Ana" not in page
    assert Client().get("/orders/guessed/").status_code == 404


def test_orders_beyond_what_a_board_shows_are_counted_on_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boards, "MOST_TICKETS", 2)
    station = factory.cafe()
    for _ in range(3):
        factory.order(station)

    page = signed_in().get(f"/stations/{station.slug}/").content.decode()

    assert page.count('class="ticket"') == 2
    assert "And 1 more that came later" in page
    assert '<span class="count" data-more="1">3</span>' in page


def test_on_a_full_board_an_order_in_hand_stays_though_older_ones_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(boards, "MOST_TICKETS", 2)
    station = factory.cafe()
    older = [lifecycle.cancel(factory.order(station)) for _ in range(2)]
    started = lifecycle.start(factory.order(station), by=None)

    for order in older:
        lifecycle.undo(order, by=None)

    waiting, making, _ready = boards.station_look(station.pk).context()["columns"]
    assert [ticket.pk for ticket in making[2]] == [started.pk]
    assert [ticket.pk for ticket in waiting[2]] == [older[0].pk]


def test_a_closed_station_says_so_on_its_board() -> None:
    station = factory.cafe()
    Station.objects.update(is_open=False)

    page = signed_in().get(f"/stations/{station.slug}/").content.decode()

    assert "This station is closed" in page


@pytest.mark.parametrize("paused", ["station", "event"])
def test_a_pause_stands_on_the_board_with_the_moment_it_ends_by_itself(paused: str) -> None:
    station = factory.cafe(time_zone="UTC")
    until = timezone.now().replace(microsecond=0) + dt.timedelta(minutes=12)
    row = station if paused == "station" else station.event
    row.paused_until = until
    row.save()

    html = " ".join(boards.station_board(station).frame(oob=False).html.split())

    assert "No new orders. Resumes by itself at <time" in html
    assert f'datetime="{until.isoformat()}" data-until="in {{wait}}"' in html


@pytest.mark.parametrize(
    ("waiting", "making", "rush"),
    [(6, 0, None), (7, 4, "wide"), (7, 5, "dense")],
)
def test_the_tickets_of_a_rush_stand_denser_and_wider_while_little_is_made(
    waiting: int, making: int, rush: str | None
) -> None:
    station = factory.cafe()
    for _ in range(waiting):
        factory.order(station)
    for _ in range(making):
        lifecycle.start(factory.order(station), by=None)

    page = signed_in().get(f"/stations/{station.slug}/").content.decode()

    found = re.search(r'data-rush="(\w+)"', page)
    assert (found and found[1]) == rush
