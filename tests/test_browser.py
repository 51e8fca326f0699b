"""Live pages in a real browser: with two tablets, a bad network, and a server that restarts."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import Route, WebSocket, WebSocketRoute, expect

from orders.live.hub import BEAT
from tests import servers
from tests.conftest import on_default, on_full
from tests.deployment import Deployment, until
from tests.pages import SCREEN, TABLET, LivePage, Tablet, Visitors, Wall

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]
#: Maximum seconds until a page shows that it is not live. It does so after 8 seconds without a message. It checks this
#: every second.
SILENCE = 10


def order(at: Deployment, name: str) -> str:
    """Place an order as a new customer, and return the slug of the station at which it waits."""
    [(customers,)] = at.rows("SELECT count(*) FROM accounts_customer")
    answer = at.text(f"large oat latte for {name}", sender=f"+1202556{customers:04}")
    assert answer.status == 200
    [(station,)] = at.rows(f"""SELECT slug FROM orders_order JOIN stations_station s ON s.id = station_id
                               WHERE orders_order.id IN ({", ".join(map(str, at.named(name)))})
                               AND status = 'waiting'""")
    return str(station)


def tap_and_hold_back(tablet: Tablet, label: str, name: str) -> Route:
    """Tap a button, stop the request in the browser, and return the request's route. `continue_()` then sends the
    request."""
    held: list[Route] = []
    tablet.page.route("**/orders/*/*/", lambda route: held.append(route))
    tablet.touch(label, name)
    tablet.waits_for(lambda: bool(held))
    return held[0]


def test_two_baristas_start_the_same_ticket_and_one_of_them_reads_who_was_first(there: Visitors) -> None:
    station = order(there.at, "Robin")
    tablets = {"Maya": there.tablet("maya", station), "Ben": there.tablet("ben", station)}
    code = tablets["Maya"].code_of("Robin")

    taps = [tap_and_hold_back(tablet, "Start", "Robin") for tablet in tablets.values()]
    for tap in taps:
        tap.continue_()

    for tablet in tablets.values():
        tablet.shows("Robin", "making")
        expect(tablet.said).to_contain_text("Robin")
    first, second = sorted(tablets, key=lambda name: "already" in tablets[name].said.inner_text())
    expect(tablets[first].said).to_contain_text(f"{code} Robin is being made.")
    expect(tablets[second].said).to_contain_text(f"{first} already started {code} Robin.")
    assert tablets[first].body == tablets[second].body
    assert there.at.verbs(code) == ["place", "start"]
    assert there.faults.seen == []


@on_default
def test_pages_say_that_they_are_not_live_and_come_back_with_the_server(there: Visitors) -> None:
    pages: list[LivePage] = [there.tablet(), there.wall()]

    there.at.kill()

    for page in pages:
        page.is_not_live(within=SILENCE * 1000)
        assert re.search(r"Not live since \d\d:\d\d", page.banner.inner_text())

    there.at.start()
    station = order(there.at, "Kim")

    assert station == "bar-1"
    for page in pages:
        page.is_live()
        expect(page.page.get_by_text("Kim", exact=True)).to_be_visible()
    assert there.faults.of_scripts() == []


@on_default
def test_a_socket_that_died_without_a_word_is_replaced_and_what_was_missed_is_shown(there: Visitors) -> None:
    """The page opens a new socket if the present one stays open but delivers nothing, as on bad Wi-Fi. The new socket
    shows the order that was missed."""
    page = there.signed_in("maya", **TABLET)
    page.clock.install()
    sockets: list[WebSocketRoute] = []
    deaf: set[int] = set()
    page.route_web_socket("**/ws/**", lambda socket: relay(socket, sockets, deaf))
    tablet = Tablet(page).open("/stations/bar-1/")

    deaf.add(0)
    assert order(there.at, "Lou") == "bar-1"
    tablet.passes(SILENCE)

    tablet.waits_for(lambda: len(sockets) > 1)
    tablet.is_live()
    tablet.shows("Lou", "waiting")
    assert there.faults.of_scripts() == []


@on_default
def test_while_the_server_is_silent_a_page_does_not_call_itself_live(there: Visitors) -> None:
    tablet = there.tablet(own_clock=True)

    with there.at.frozen("expresso.web"):
        tablet.passes(SILENCE)
        tablet.is_not_live()

    assert order(there.at, "Mia") == "bar-1"
    tablet.is_live()
    tablet.shows("Mia", "waiting")
    assert there.faults.of_scripts() == []


def relay(socket: WebSocketRoute, sockets: list[WebSocketRoute], deaf: set[int]) -> None:
    """Pass the server's messages on to the page, except for the sockets in `deaf`."""
    number = len(sockets)
    sockets.append(socket)
    server = socket.connect_to_server()
    server.on_message(lambda message: None if number in deaf else socket.send(message))


def test_a_tablet_that_was_offline_shows_what_it_missed_and_sends_what_was_tapped(there: Visitors) -> None:
    there.at.write("UPDATE stations_station SET is_open = (slug = 'bar-1')")
    order(there.at, "Liv")
    tablet = there.tablet(own_clock=True)
    code = tablet.code_of("Liv")

    tablet.page.context.set_offline(True)
    order(there.at, "Mo")
    tablet.touch("Start", "Liv")
    tablet.touch("Ready", "Liv")
    tablet.passes(SILENCE)
    tablet.is_not_live()
    tablet.shows_no("Mo")
    tablet.page.context.set_offline(False)

    tablet.is_live()
    tablet.shows("Mo", "waiting")
    until(lambda: there.at.verbs(code) == ["place", "start", "ready"], what="the end of what was kept")
    tablet.shows("Liv", "ready")


def test_whoever_was_signed_out_meanwhile_is_asked_to_sign_in_again_and_only_once(there: Visitors) -> None:
    station = order(there.at, "Ned")
    tablet = Tablet(there.signed_in("maya", **TABLET))
    sockets: list[WebSocket] = []
    tablet.page.on("websocket", lambda socket: sockets.append(socket))
    tablet.page.clock.install()
    tablet.open(f"/stations/{station}/")
    sign_out_elsewhere(tablet)

    tablet.tap("Start", "Ned")

    again = tablet.page.locator("#live-banner a")
    expect(again).to_be_visible()
    expect(tablet.banner).to_contain_text("You are signed out")
    expect(tablet.page.locator("#outbox")).to_contain_text("1 tap is kept on this tablet. Sign in again")
    tried = len(sockets)
    tablet.passes(120)
    assert len(sockets) == tried
    again.click()
    tablet.page.get_by_label("Name").fill("maya")
    tablet.page.get_by_label("Password").fill(there.at.password_of("maya"))
    tablet.page.get_by_role("button", name="Sign in").click()
    tablet.is_live()
    expect(tablet.said).to_contain_text("Ned is being made.")
    tablet.shows("Ned", "making")
    expect(tablet.page.locator("#outbox")).to_be_hidden()
    assert there.faults.of_scripts() == []


@on_default
def test_a_socket_that_is_refused_because_the_session_ended_is_not_tried_again(there: Visitors) -> None:
    wall = Wall(there.signed_in("wall", **SCREEN))
    sockets: list[WebSocket] = []
    wall.page.on("websocket", lambda socket: sockets.append(socket))
    wall.page.clock.install()
    wall.open("/events/demo/wall/")
    sign_out_elsewhere(wall)

    with there.at.frozen("expresso.web"):
        wall.passes(SILENCE)
        wall.is_not_live()
    expect(wall.page.locator("#live-banner a")).to_be_visible()

    expect(wall.banner).to_contain_text("You are signed out")
    tried = len(sockets)
    wall.passes(120)
    assert len(sockets) == tried
    assert there.faults.of_scripts() == []


def sign_out_elsewhere(page: LivePage) -> None:
    """Sign out in another tab of the same browser, which also ends this page's session."""
    other = page.page.context.new_page()
    other.goto("/")
    other.get_by_role("button", name=re.compile("Sign out")).click()
    expect(other.get_by_label("Password")).to_be_visible()
    other.close()


@on_default
def test_what_nobody_announced_is_found_by_the_heartbeat(there: Visitors) -> None:
    """The database changes without a message to the pages, as if this message had been lost. The server's next regular
    message (pulse) shows the change."""
    assert order(there.at, "Ida") == "bar-1"
    tablet, wall = there.tablet(), there.wall()
    tablet.shows("Ida", "waiting")
    wall.shows("Ida", "preparing")

    there.at.close_all_orders()

    tablet.shows_no("Ida")
    wall.shows_no("Ida")
    assert there.faults.seen == []


def test_a_change_is_pushed_and_does_not_wait_for_the_next_pulse(there: Visitors) -> None:
    wall = there.wall()
    names = iter(("Ada", "Bob", "Cleo", "Dora", "Emil"))

    until(lambda: is_pushed(there.at, wall, next(names)), what="a change that is pushed")


@on_full
def test_boards_go_on_without_redis_and_after_its_return(there: Visitors, redis: servers.OwnRedis) -> None:
    tablets, wall = {station: there.tablet("maya", station) for station in ("bar-1", "bar-2")}, there.wall()
    sockets: list[WebSocket] = []
    for page in (*tablets.values(), wall):
        page.page.on("websocket", lambda socket: sockets.append(socket))
    tablet = tablets[order(there.at, "Bea")]
    tablet.shows("Bea", "waiting")

    redis.kill()
    station = order(there.at, "Walt")

    # Without Redis other processes are not told about changes, so the pages show them only with the server's next
    # regular message (pulse).
    wall.shows("Walt", "preparing")
    tablets[station].shows("Walt", "waiting")
    tablet.tap("Start", "Bea")
    tablet.shows("Bea", "making")
    tablet.is_live()

    redis.start_again()

    names = iter(("Ada", "Bob", "Cleo", "Dora", "Emil"))
    until(lambda: is_pushed(there.at, wall, next(names)), what="a change that is pushed again")
    wall.is_live()
    tablet.is_live()
    # No page had to reconnect without Redis: boards are rendered from the database, and Redis only carries messages
    # that a board has changed.
    assert sockets == []
    assert there.faults.of_scripts() == []


def is_pushed(at: Deployment, wall: Wall, name: str) -> bool:
    """Return whether a new order shows before the server's next regular message (pulse), which shows changes even if
    they were not pushed."""
    wall.hears_a_beat()
    began = time.monotonic()
    order(at, name)
    wall.shows(name, "preparing")
    return time.monotonic() - began < BEAT - 0.5
