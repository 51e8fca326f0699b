"""Pages of organizers and of the support desk, as part of the tour of all pages (`tests.tour`). `tests/backoffice.py`
has the admin's pages."""

from __future__ import annotations

from collections.abc import Iterator

from playwright.sync_api import Page, expect

from tests.deployment import Deployment
from tests.pages import HANDSET
from tests.stops import DESK, EVENT, NARROW, Stop, opens_all


def organizers(at: Deployment) -> Iterator[Stop]:
    yield Stop("home", "/", DESK, "organizer")
    yield Stop("home-narrow", "/", NARROW, "organizer", pictured=False)
    yield Stop("home-barista", "/", HANDSET, "maya")
    yield Stop("simulator", "/simulator/", DESK, "maya")
    yield Stop("plan-empty", f"{EVENT}plan/", NARROW, "organizer", opens_all, pictured=False)
    yield Stop("plan", f"{EVENT}plan/", DESK, "organizer", plans)
    yield Stop("plan-narrow", f"{EVENT}plan/", NARROW, "organizer", opens_all, pictured=False)
    yield from support(at)
    yield Stop("posters", f"{EVENT}posters/", DESK, "organizer")
    yield Stop("setup", f"{EVENT}setup/", DESK, "organizer")
    yield Stop("setup-basics", f"{EVENT}setup/basics/", NARROW, "organizer", opens_all, pictured=False)
    yield Stop("setup-stations", f"{EVENT}setup/stations/", DESK, "organizer", opens_all)
    yield Stop("setup-menu", f"{EVENT}setup/menu/", NARROW, "organizer", pictured=False)
    yield Stop("setup-look", f"{EVENT}setup/branding/", DESK, "organizer", chooses_colour)
    yield Stop("setup-staff", f"{EVENT}setup/staff/", NARROW, "organizer", pictured=False)
    yield Stop("setup-cards", f"{EVENT}setup/staff/", DESK, "organizer", adds_people)
    yield Stop("setup-ready", f"{EVENT}setup/ready/", HANDSET, "organizer")
    yield Stop("event-new", "/setup/new/", DESK, "organizer")
    yield Stop("reports", f"{EVENT}reports/?price=0.0079&compare=before", DESK, "organizer")
    yield Stop("reports-narrow", f"{EVENT}reports/?first=x", NARROW, "organizer", pictured=False)
    yield Stop("report-sheet", f"{EVENT}reports/sheet/", DESK, "organizer")
    yield Stop("sign-in-cards", f"{EVENT}cards/", DESK, "organizer", makes_cards)
    yield Stop("pin", f"{EVENT}sign-in/", HANDSET)
    yield Stop("admin", "/admin/", DESK, "admin")
    yield Stop("admin-event", "/admin/stations/event/1/change/", DESK, "admin")
    yield Stop("admin-orders", "/admin/orders/order/", DESK, "admin")
    yield Stop("admin-read", "/admin/sms/inboundmessage/read/", DESK, "admin")


#: An SVG image as a logo: a circle, and three bars that look like lines of text.
LOGO = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40"><style>.a{fill:#ffd23f}</style>
<circle class="a" cx="20" cy="20" r="16"/><path d="M46 8h66v6H46zM46 20h50v6H46zM46 32h30v4H46z" fill="#ffffff"/>
</svg>"""


def chooses_colour(page: Page) -> None:
    page.get_by_label("Logo").set_input_files({"name": "logo.svg", "mimeType": "image/svg+xml", "buffer": LOGO})
    expect(page.locator(".setup-band img").first).to_be_visible()
    page.get_by_label("Colour", exact=True).fill("#5b2a86")
    expect(page.locator(".setup-band").first).to_have_css("background-color", "rgb(91, 42, 134)")


def plans(page: Page) -> None:
    page.get_by_label("Attendees a day").fill("240")
    page.get_by_text("Paste or upload a programme").click()
    page.get_by_label("Breaks, one a line").fill(
        "8:30-9:30 Registration 50%\n10:30-11:00 Morning tea\n12:30-13:30 Lunch\n15:30-16:00 Afternoon tea"
    )
    page.get_by_role("button", name="Save and plan").click()
    expect(page.get_by_role("heading", name="Each half hour")).to_be_visible()


def adds_people(page: Page) -> None:
    page.get_by_label("People, one a line").fill("Toni\nKai, support")
    page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_role("heading", name="Sign-in cards")).to_be_visible()


def support(at: Deployment) -> Iterator[Stop]:
    """Yield pages of the support desk. One customer waits for a person, and another customer's text was not
    understood."""
    at.text("large oat latte for Robin", sender="+12025550177")
    at.text("I want to talk to a person, this is the wrong coffee", sender="+12025550177")
    at.text("flurble gnax please", sender="+12025550178")
    yield Stop("live", f"{EVENT}live/", DESK, "organizer", opens_all)
    yield Stop("live-narrow", f"{EVENT}live/", NARROW, "organizer", opens_all, pictured=False)
    yield Stop("broadcast", f"{EVENT}broadcast/", DESK, "organizer", previews)
    yield Stop("support", f"{EVENT}support/?q=latte", DESK, "support")
    yield Stop("support-narrow", f"{EVENT}support/", NARROW, "support", pictured=False)
    [(talk, text)] = at.rows(
        "SELECT conversation_id, max(m.id) FROM sms_inboundmessage m JOIN sms_conversation c ON c.id = conversation_id"
        " JOIN accounts_customer p ON p.id = customer_id WHERE decrypted(phone) = '+12025550177'"
        " GROUP BY conversation_id"
    )
    yield Stop("support-talk", f"{EVENT}support/{talk}/", DESK, "support", opens_all)
    yield Stop("support-talk-narrow", f"{EVENT}support/{talk}/", NARROW, "support", opens_all, pictured=False)
    yield Stop("support-reading", f"{EVENT}support/texts/{text}/", DESK, "support", pictured=False)
    [(pk,)] = at.rows("SELECT max(id) FROM orders_order WHERE decrypted(name) = 'Robin'")
    yield Stop("support-order", f"{EVENT}support/orders/{pk}/", DESK, "support", opens_all, pictured=False)


def previews(page: Page) -> None:
    page.get_by_role("button", name="Preview").click()
    expect(page.get_by_role("heading", name="Preview")).to_be_visible()


def makes_cards(page: Page) -> None:
    for person in page.locator("[name=person]").all():
        person.check()
    page.get_by_role("button", name="Make cards").click()
    expect(page.locator(".card").first).to_be_visible()
