"""Tests of the wall display, of the QR codes and of the posters."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any
from xml.etree import ElementTree

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Role
from orders import lifecycle
from orders.hints import announcer, crowd_of, home_of, overview_of, stream_of
from orders.live.boards import station_board, wall
from orders.live.build_id import build_id
from orders.live.frames import Board
from orders.live.hub import pulse
from orders.tests import factory
from orders.views.posters import address_of, posters_of
from stations.colours import contrast, hex_colour, writing_on
from stations.models import Event, Station

pytestmark = pytest.mark.django_db


@pytest.fixture
def bar() -> Station:
    return factory.cafe(sms_number="+15555550100", whatsapp_number="+4915123456789")


def signed_in(role: str = Role.DISPLAY) -> Client:
    client = Client()
    client.force_login(factory.user(f"{role}-person", role))
    return client


def page(address: str, client: Client | None = None) -> str:
    answer = (client or signed_in()).get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize("board", [wall, lambda event: station_board(event.stations.get())])
def test_a_board_of_many_orders_takes_as_many_statements_as_one_of_few(
    bar: Station, board: Callable[[Event], Board]
) -> None:
    shown, taken = board(bar.event), []
    for _ in range(2):
        lifecycle.text_failed(lifecycle.mark_ready(factory.order(bar), by=None))
        factory.order(bar)
        with CaptureQueriesContext(connection) as asked:
            shown.frame(oob=True)
        taken.append(len(asked))
        for _ in range(4):
            factory.order(bar)

    assert taken[0] == taken[1]


# the wall display ---------------------------------------------------------------------------------


def test_wall_says_how_to_order_in_groups_of_figures_and_by_a_code(bar: Station) -> None:
    shown = page(f"/events/{bar.event.slug}/wall/")

    assert "+1 555-555-0100" in shown
    assert f"/events/{bar.event.slug}/qr.svg" in shown


def test_no_customers_number_stands_on_a_wall(bar: Station) -> None:
    sam = factory.customer(phone="+15550209876")
    factory.order(bar, customer=sam, name="")
    lifecycle.text_failed(lifecycle.mark_ready(factory.order(bar, customer=sam), by=None))

    shown = page(f"/events/{bar.event.slug}/wall/")

    assert "Sam" in shown
    assert "0209876" not in shown.replace(" ", "")


def test_station_has_a_wall_of_its_own(bar: Station) -> None:
    other = factory.station(bar.event, "Bar 2", baristas=2)
    here, there = factory.order(bar, name="Ana", at=bar), factory.order(bar, name="Bo", at=other)

    shown = page(f"/stations/{other.slug}/wall/")

    assert (here.station, there.station) == (bar, other)
    assert "Bo" in shown
    assert "Ana" not in shown
    assert f"/ws/stations/{other.slug}/wall/" in shown


def test_stations_wall_renews_itself_by_its_own_orders_alone(bar: Station) -> None:
    other = factory.station(bar.event, "Bar 2")
    own, everybodys = wall(bar.event, other), wall(bar.event)
    before = own.look().version.partition(".")[2], everybodys.look().version.partition(".")[2]

    factory.order(bar, at=bar)
    after = own.look().version.partition(".")[2], everybodys.look().version.partition(".")[2]

    assert (before[0] == after[0], before[1] == after[1]) == (True, False)
    assert own.name != everybodys.name


def test_every_screen_that_shows_an_order_hears_of_it(
    bar: Station, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    heard: set[str] = set()
    monkeypatch.setattr(announcer, "hint", heard.update)

    with django_capture_on_commit_callbacks(execute=True):
        factory.order(bar)

    boards = {board.name for board in (station_board(bar), wall(bar.event), wall(bar.event, bar))}
    of_event = {name(bar.event.pk) for name in (crowd_of, stream_of, overview_of, home_of)}
    assert heard == boards | of_event


@pytest.mark.parametrize(("role", "status"), [(Role.DISPLAY, 200), (Role.BARISTA, 200), (None, 302)])
def test_walls_are_for_staff(bar: Station, role: str | None, status: int) -> None:
    client = signed_in(role) if role else Client()

    assert client.get(f"/stations/{bar.slug}/wall/").status_code == status


def test_events_colour_logo_and_line_stand_on_the_wall_and_the_order_page(bar: Station) -> None:
    Event.objects.update(colour="#5b2a86", logo_url="https://cdn.example.org/logo.png", message="Keynote at ten <b>")
    client = signed_in()

    for address in (f"/events/{bar.event.slug}/wall/", f"/events/{bar.event.slug}/"):
        answer = client.get(address)
        shown = answer.content.decode()
        assert f"/events/{bar.event.slug}/look.css?5b2a86" in shown
        assert 'src="https://cdn.example.org/logo.png"' in shown
        assert "Keynote at ten &lt;b&gt;" in shown
        policy = dict(part.strip().split(" ", 1) for part in answer.headers["Content-Security-Policy"].split(";"))
        assert policy["img-src"] == "'self' data: https://cdn.example.org"
    assert "cdn.example.org" not in client.get("/").headers["Content-Security-Policy"]


def test_colour_is_a_stylesheet_that_anybody_may_read(bar: Station) -> None:
    Event.objects.update(colour="#ffd400")

    answer = Client().get(f"/events/{bar.event.slug}/look.css")

    assert answer.headers["Content-Type"].startswith("text/css")
    assert answer.content == b":root{--event:#ffd400;--on-event:#000000}"


def test_whatever_the_colour_what_is_written_on_it_can_be_read() -> None:
    shades = ("00", "33", "66", "77", "99", "cc", "ff")

    colours = ["#" + "".join(parts) for parts in product(shades, repeat=3)]
    worst = min(contrast(colour, writing_on(colour)) for colour in colours)

    assert worst >= 4.5


@pytest.mark.parametrize("given", ["red", "#fff", "#12345g", "#123456}", "#123456\n", "url(x)"])
def test_what_is_no_colour_is_refused(given: str) -> None:
    with pytest.raises(ValidationError):
        hex_colour(given)


@pytest.mark.parametrize(
    "given",
    ["http://example.org/a.png", "javascript:alert(1)", "data:image/png,A", "logo", "https://example.org:99999/a.png"],
)
def test_logo_has_an_https_address(bar: Station, given: str) -> None:
    bar.event.logo_url = given

    with pytest.raises(ValidationError) as refused:
        bar.event.full_clean()
    assert set(refused.value.message_dict) == {"logo_url"}


def test_a_logo_at_an_impossible_port_is_left_out_of_the_policy(bar: Station) -> None:
    Event.objects.update(logo_url="https://cdn.example.org:99999/logo.png")

    answer = Client().get(f"/events/{bar.event.slug}/")

    assert answer.status_code == 200
    assert "cdn.example.org" not in answer.headers["Content-Security-Policy"]


def test_heartbeat_names_the_build_so_that_old_pages_renew_themselves(bar: Station) -> None:
    assert f'data-build="{build_id()}"' in pulse("1.a")
    assert f'data-build="{build_id()}"' in page(f"/events/{bar.event.slug}/wall/")


# QR codes and posters -----------------------------------------------------------------------------


def test_code_of_the_order_page_is_an_image_for_everybody(bar: Station) -> None:
    answer = Client().get(f"/events/{bar.event.slug}/qr.svg")

    assert answer.headers["Content-Type"].startswith("image/svg+xml")
    assert ElementTree.fromstring(answer.content).tag.endswith("svg")


def test_each_way_to_order_has_its_link(bar: Station) -> None:
    links = {poster.kind: poster.link for poster in posters_of(bar.event)}

    assert links == {
        "sms": "sms:+15555550100?&body=menu",
        "whatsapp": "https://wa.me/4915123456789?text=menu",
        "web": f"http://testserver/events/{bar.event.slug}/",
    }


def test_event_without_numbers_has_a_poster_of_its_page() -> None:
    event = factory.event(sms_number=None)

    assert [poster.kind for poster in posters_of(event)] == ["web"]


@pytest.mark.parametrize("kind", ["sms", "whatsapp", "web"])
def test_poster_is_svg_in_the_events_colours_with_what_to_do_by_hand(bar: Station, kind: str) -> None:
    Event.objects.update(name="Ink & <Paper>", colour="#5b2a86")

    answer = signed_in(Role.ORGANIZER).get(f"/events/{bar.event.slug}/poster.svg", {"kind": kind})

    drawing = ElementTree.fromstring(answer.content)
    texts = [element.text for element in drawing.iter("{http://www.w3.org/2000/svg}text")]
    by_hand = {"sms": "+1 555-555-0100", "whatsapp": "+49 1512 3456789", "web": address_of(bar.event)[7:-1]}
    assert "Ink & <Paper>" in texts
    assert by_hand[kind] in texts
    assert 'fill="#5b2a86"' in answer.content.decode()


def test_there_is_no_poster_for_a_way_that_the_event_does_not_have(bar: Station) -> None:
    Event.objects.update(whatsapp_number=None)
    client = signed_in(Role.ORGANIZER)

    answers = [client.get(f"/events/{bar.event.slug}/poster.svg", {"kind": kind}) for kind in ("whatsapp", "fax")]

    assert [answer.status_code for answer in answers] == [404, 404]


@pytest.mark.parametrize(("role", "status"), [(Role.ORGANIZER, 200), (Role.BARISTA, 403), (Role.DISPLAY, 403)])
def test_posters_are_for_managers(bar: Station, role: str, status: int) -> None:
    client = signed_in(role)

    for address in ("posters/", "poster.svg"):
        assert client.get(f"/events/{bar.event.slug}/{address}").status_code == status
        assert Client().get(f"/events/{bar.event.slug}/{address}").status_code == 302
