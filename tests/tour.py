"""A tour of every page in every important state, for screenshots and for the checks of all pages. Each page is a
`Stop`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from playwright.sync_api import Page, expect

from tests.deployment import Deployment
from tests.morning import post
from tests.pages import HANDSET, SCREEN, TABLET, Tablet
from tests.stops import BAR, DESK, EVENT, NARROW, UPRIGHT, UPRIGHT_SCREEN, Steps, Stop, opens_all
from tests.tour_organizers import LOGO, organizers


def tour(at: Deployment) -> Iterator[Stop]:
    """Yield all stops (pages to check) in order. A stop can leave the event in the state that the next stop needs."""
    yield from attendees(at)
    yield from baristas(at)
    yield from screens()
    yield from organizers(at)
    yield from apart(at)
    yield from surprises(at)
    yield from afterwards(at)


# Pages of attendees


def attendees(at: Deployment) -> Iterator[Stop]:
    yield Stop("order", EVENT, HANDSET)
    yield Stop("order-drink", f"{EVENT}?drink=Latte", HANDSET, steps=opens_all)
    # Use German, which has the longest words. The session keeps a language until another one is chosen.
    yield Stop("order-german", f"{EVENT}?drink=Latte&language=de", HANDSET, steps=opens_all)
    yield Stop("order-slip", f"{EVENT}?language=en", HANDSET, steps=writes("large oat latte and two espressos for Sam"))
    yield Stop("order-unclear", EVENT, HANDSET, steps=writes("a unicorn frappe and a large mocha for Jo"))
    yield Stop("privacy", "/privacy/?event=demo", HANDSET)
    for status, name in at.rows("SELECT status, min(decrypted(name)) FROM orders_order GROUP BY status ORDER BY 1"):
        yield Stop(f"tracking-{status}", tracking(at, name), HANDSET, steps=opens_all)
    [(name,)] = at.rows("SELECT min(decrypted(name)) FROM orders_order WHERE status = 'making'")
    yield Stop("change", f"{tracking(at, name)}change/", HANDSET)


def tracking(at: Deployment, name: str) -> str:
    [(token,)] = at.rows(f"SELECT token FROM orders_order WHERE decrypted(name) = '{name}' ORDER BY id DESC LIMIT 1")
    return f"/orders/{token}/"


def writes(text: str) -> Steps:
    def steps(page: Page) -> None:
        page.locator("#text").fill(text)
        page.get_by_role("button", name="Continue").click()
        expect(page.locator(".desk-slip")).to_be_visible()

    return steps


# Pages of baristas


def baristas(at: Deployment) -> Iterator[Stop]:
    yield Stop("shift", BAR, TABLET, "maya", shows_dialog("#shift"))
    yield Stop("board", BAR, TABLET, "maya", starts)
    yield Stop("board-upright", BAR, UPRIGHT, "maya", starts)
    yield Stop("board-more", BAR, TABLET, "maya", opens_more)
    yield Stop("board-keys", BAR, TABLET, "maya", shows_keys)
    yield Stop("board-offline", BAR, TABLET, "maya", taps_offline)
    yield Stop("walk-in", f"{BAR}new/", TABLET, "maya")
    yield Stop("walk-in-drink", f"{BAR}new/?drink=Latte", TABLET, "maya", opens_all)
    [(pk,)] = at.rows(
        "SELECT min(o.id) FROM orders_order o JOIN stations_station s ON s.id = station_id"
        " WHERE slug = 'bar-1' AND status = 'waiting'"
    )
    yield Stop("edit", f"{BAR}orders/{pk}/edit/", TABLET, "maya")
    yield Stop("one-order", f"{BAR}orders/{pk}/", TABLET, "maya", tells)
    [(token,)] = at.rows(f"SELECT token FROM orders_order WHERE id = {pk}")
    yield Stop("tracking-written-to", f"/orders/{token}/", HANDSET)
    yield Stop("labels", f"{BAR}orders/{pk}/labels/", TABLET, "maya")
    yield Stop("history", f"{BAR}history/", TABLET, "maya", searches)
    yield Stop("history-upright", f"{BAR}history/", UPRIGHT, "maya")
    yield Stop("supplies", f"{BAR}supplies/", TABLET, "maya")
    yield Stop("page-orders", f"{BAR}pages/", TABLET, "maya")
    yield Stop("kiosk", f"{EVENT}kiosk/", TABLET, "wall")
    yield Stop("kiosk-drink", f"{EVENT}kiosk/?drink=Latte", TABLET, "wall", opens_all)
    yield Stop("kiosk-done", f"{EVENT}kiosk/?drink=Espresso", TABLET, "wall", orders)


def shows_dialog(dialog: str) -> Steps:
    return lambda page: expect(page.locator(dialog)).to_be_visible()


def starts(page: Page) -> None:
    board = Tablet(page)
    board.is_live()
    board.starts_shift()


def opens_more(page: Page) -> None:
    starts(page)
    page.locator("#recent > summary").click()
    page.locator(".more").first.click()
    expect(page.locator("#more")).to_be_visible()


def shows_keys(page: Page) -> None:
    starts(page)
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()


def tells(page: Page) -> None:
    page.get_by_role("button", name="It takes a little longer").click()
    expect(page.locator(".detail-said")).to_have_text("Sent.")
    expect(page.locator(".story > li").first).to_contain_text("Sorry, your order takes a little longer than we said.")


def searches(page: Page) -> None:
    """Search by typing, then undo an order that was found. The tap moves the focus out of the search field. This must
    not start a new search."""
    undo = page.get_by_role("button", name=re.compile("^Undo "))
    code = page.locator(".past", has=undo).first.locator(".code").inner_text()
    page.get_by_label("Search").fill(code)
    expect(page.locator(".past")).to_have_count(1)
    undo.click()
    expect(page.locator(".past .detail-said")).to_contain_text("is back:")


def taps_offline(page: Page) -> None:
    starts(page)
    page.context.set_offline(True)
    page.locator('.column[data-status="waiting"] .go').first.click()
    expect(page.locator("#outbox")).to_be_visible()
    page.clock.install()
    page.clock.fast_forward("00:10")
    expect(page.locator("#live-banner")).to_be_visible()


def orders(page: Page) -> None:
    page.get_by_label("Your name").fill("Kim")
    page.locator(".desk-acts").get_by_role("button", name="Order", exact=True).click()
    expect(page.get_by_text("Thank you, Kim.")).to_be_visible()


# Wall displays


def screens() -> Iterator[Stop]:
    wall = f"{EVENT}wall/"
    yield Stop("wall", wall, SCREEN, "wall")
    yield Stop("wall-upright", wall, UPRIGHT_SCREEN, "wall")
    yield Stop("wall-station", f"{BAR}wall/", SCREEN, "wall")


def apart(at: Deployment) -> Iterator[Stop]:
    yield Stop("login", "/accounts/login/", HANDSET)
    yield Stop("login-refused", "/accounts/login/?next=/simulator/", HANDSET, steps=signs_in_wrongly)
    yield Stop("account", "/accounts/you/", HANDSET, "organizer")
    yield Stop("account-narrow", "/accounts/you/", NARROW, "maya", mistypes_the_password, pictured=False)
    yield Stop("authenticator", "/accounts/you/authenticator/", HANDSET, "organizer", pictured=False)
    yield Stop("code", "/accounts/code/", HANDSET, pictured=False)
    yield Stop("reset", "/accounts/reset/", HANDSET, status=404, pictured=False)
    yield Stop("signed-out", "/", HANDSET, "ben", signs_out, pictured=False)
    yield Stop("error", "/nothing-here/", HANDSET, status=404)
    yield Stop("error-forbidden", "/simulator/", HANDSET, "wall", status=403)
    yield Stop("no-connection", "/offline/", TABLET, pictured=False)
    yield Stop("error-stale", "/accounts/login/", HANDSET, steps=signs_in_without_cookies, pictured=False)
    yield Stop("error-address", at.url.replace("localhost", "elsewhere.localhost"), HANDSET, status=400, pictured=False)
    # Rename a table, so that this page fails. No other page reads the table.
    at.write("ALTER TABLE sms_ignored RENAME TO sms_gone")
    yield Stop("error-ours", "/admin/sms/inboundmessage/not-understood/", DESK, "admin", status=500, pictured=False)
    at.write("ALTER TABLE sms_gone RENAME TO sms_ignored")


def mistypes_the_password(page: Page) -> None:
    page.get_by_label("Present password").fill("guessed")
    page.get_by_label("New password", exact=True).fill("123")
    page.get_by_label("New password again").fill("123")
    page.get_by_role("button", name="Change password").click()
    expect(page.locator(".fault").first).to_be_visible()


def signs_out(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^Sign out")).click()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()


def signs_in_without_cookies(page: Page) -> None:
    """Sign in on a page without cookies, as if the page had been open for too long."""
    page.context.clear_cookies()
    page.get_by_label("Name").fill("maya")
    page.get_by_label("Password").fill("anything")
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_title(re.compile("The form was too old"))


def signs_in_wrongly(page: Page) -> None:
    page.get_by_label("Name").fill("maya")
    page.get_by_label("Password").fill("guessed")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_be_visible()


#: A name of the maximum length.
LONG = "Wilhelmina-Alexandrina von Hohenzollern"


def surprises(at: Deployment) -> Iterator[Stop]:
    """Yield pages to check in unusual states: change requests, an answer to a barista, a failed text, long names, a
    sold-out drink."""
    (declined, first), (wishing, second), *_ = mine(at, "making")
    (waiting, phone), *_ = mine(at, "waiting")
    (ready, _phone), *_ = mine(at, "ready")
    for sender in (first, second):
        answer = at.text("make it large, please", sender=sender)
        if "stays" in answer.reply:
            at.text("make it soy, please", sender=sender)
    yield Stop("one-order-asked", f"{BAR}orders/{waiting}/", TABLET, "maya", asks, pictured=False)
    at.text("yes that is fine", sender=phone)
    at.write(
        f"UPDATE orders_order SET name = encrypted('{LONG}'), vip = 1, version = version + 1"
        f" WHERE id IN ({ready}, {waiting})"
    )
    at.write(f"UPDATE orders_order SET call_name = 1 WHERE id = {ready}")
    at.write(f"INSERT INTO stations_logo VALUES ('a1b2c3', 'image/svg+xml', X'{LOGO.hex()}')")
    at.write(
        "UPDATE stations_event SET colour = '#5b2a86', message = 'Order before the keynote.', menu_name = 'The fair',"
        " logo_id = 'a1b2c3'"
    )
    yield Stop("posters-own", f"{EVENT}posters/", DESK, "organizer")
    yield Stop("one-order-answered", f"{BAR}orders/{waiting}/", TABLET, "maya")
    yield Stop("board-surprised", BAR, TABLET, "maya", refuses_a_wish)
    yield Stop("board-narrow", BAR, NARROW, "maya", starts)
    yield Stop("wall-own", f"{EVENT}wall/", SCREEN, "wall")
    yield Stop("wall-own-upright", f"{EVENT}wall/", UPRIGHT_SCREEN, "wall")
    yield Stop("order-own", EVENT, NARROW)
    yield Stop("tracking-own", tracking_of(at, waiting), HANDSET)
    yield Stop("kiosk-own", f"{EVENT}kiosk/", TABLET, "wall", pictured=False)
    yield Stop("tracking-wish", tracking_of(at, wishing), HANDSET)
    yield Stop("tracking-declined", tracking_of(at, declined), NARROW, pictured=False)
    yield Stop("labels-narrow", f"{BAR}orders/{waiting}/labels/", HANDSET, "maya", pictured=False)
    [(drink,)] = at.rows("SELECT id FROM inventory_drink WHERE name = 'Latte'")
    yield Stop("supplies-sold-out", f"{BAR}supplies/", TABLET, "maya", sells_out(drink))
    yield Stop("order-sold-out", EVENT, HANDSET)
    at.write("UPDATE stations_event SET paused_until = datetime('now', '+20 minutes')")
    yield Stop("tracking-paused", tracking_of(at, waiting), HANDSET)
    yield Stop("kiosk-paused", f"{EVENT}kiosk/", TABLET, "wall")
    at.write(f"DELETE FROM inventory_cannotmake WHERE drink_id = {drink}")
    # A new menu version is needed, because the server caches the menu with its sold-out drinks.
    at.write(
        "UPDATE stations_event SET menu_version = menu_version + 1,"
        " paused_until = NULL, colour = '', logo_id = NULL, message = '', menu_name = ''"
    )


def mine(at: Deployment, status: str) -> list[tuple[Any, ...]]:
    """Return (order id, phone number) for each order at the first bar with this status that a customer placed."""
    return at.rows(
        "SELECT o.id, phone FROM orders_order o JOIN stations_station s ON s.id = station_id"
        f" JOIN accounts_customer c ON c.id = customer_id WHERE slug = 'bar-1' AND status = '{status}' ORDER BY o.id"
    )


def tracking_of(at: Deployment, order: int) -> str:
    [(token,)] = at.rows(f"SELECT token FROM orders_order WHERE id = {order}")
    return f"/orders/{token}/"


def asks(page: Page) -> None:
    page.get_by_role("button", name="It takes a little longer").click()
    expect(page.locator(".detail-said")).to_have_text("Sent.")


def refuses_a_wish(page: Page) -> None:
    """Decline the first of two change requests, and leave the other open."""
    starts(page)
    expect(page.locator(".wish")).to_have_count(2)
    page.locator(".wish").first.get_by_role("button", name="Too late").click()
    expect(page.locator(".wish")).to_have_count(1)


def sells_out(drink: int) -> Steps:
    def steps(page: Page) -> None:
        post(page, f"{BAR}supplies/sold-out/", kind="drink", part=drink, until="today", where="everywhere")
        page.reload()

    return steps


def afterwards(at: Deployment) -> Iterator[Stop]:
    """Yield pages to check while the event has no open orders, then is paused, and then is closed."""
    at.close_all_orders()
    yield Stop("board-empty", BAR, TABLET, "maya", starts)
    yield Stop("wall-empty", f"{EVENT}wall/", SCREEN, "wall")
    at.write("UPDATE stations_event SET paused_until = datetime('now', '+20 minutes') WHERE slug = 'demo'")
    yield Stop("board-paused", BAR, TABLET, "maya", starts)
    yield Stop("wall-paused", f"{EVENT}wall/", SCREEN, "wall")
    yield Stop("order-paused", EVENT, HANDSET)
    at.write("UPDATE stations_event SET paused_until = NULL")
    at.write("UPDATE stations_station SET is_open = 0")
    yield Stop("wall-closed", f"{EVENT}wall/", SCREEN, "wall")
    yield Stop("order-closed", EVENT, HANDSET)
