"""Tests that a poster fits on its sheet with every font, and that nothing is cut off at the edges."""

from __future__ import annotations

import pytest
from django.test import Client
from playwright.sync_api import Page

from accounts.models import Role
from inventory.models import Drink, touch_menu
from inventory.snapshot import menu_of
from orders.display.poster_parts import cups_on_poster
from orders.tests import factory
from stations.models import Event

pytestmark = pytest.mark.django_db
OURS = "'Atkinson Hyperlegible Next', 'Helvetica Neue', Arial, sans-serif"
#: Fonts that a computer could use instead of the poster's own font, from the widest to the narrowest.
FONTS = ("DejaVu Sans", "DejaVu Sans Mono", "DejaVu Serif", "sans-serif")
NAMES = (
    "Café Fair",
    "The Annual International Conference on Quantum Information and Control 2026",
    "WWW MMM WWW MMM WWW MMM WWW",
    "Donaudampfschifffahrtsgesellschaftskapitänskongress",
)
#: Script that returns each line of text with its left and right edge, in millimetres (the unit of the SVG file).
MEASURE = """() => [...document.querySelectorAll("text")].map((text) => {
  const box = text.getBBox();
  return [text.textContent, box.x, box.x + box.width];
})"""


@pytest.fixture
def event() -> Event:
    return factory.cafe(whatsapp_number="+15550109999").event


@pytest.mark.once
@pytest.mark.parametrize("language", ["en", "de", "fr", "es"])
def test_no_line_of_a_poster_leaves_the_sheet_in_any_font(event: Event, page: Page, language: str) -> None:
    client = Client()
    client.force_login(factory.user("olga", Role.ORGANIZER, event), "django.contrib.auth.backends.ModelBackend")
    outside = []
    for name in NAMES:
        Event.objects.filter(pk=event.pk).update(name=name, languages=[language])
        for kind in ("sms", "whatsapp", "web"):
            drawing = client.get(f"/events/{event.slug}/poster.svg?kind={kind}").content.decode()
            assert OURS in drawing
            for font in FONTS:
                page.set_content(drawing.replace(OURS, f"'{font}'"))
                measured = page.evaluate(MEASURE)
                assert len(measured) >= 6
                outside += [(text, font) for text, left, right in measured if left < 10 or right > 200]

    assert outside == []


def test_a_poster_carries_its_font_and_is_drawn_with_it_also_where_it_is_opened_as_a_page(
    event: Event, page: Page
) -> None:
    client = Client()
    client.force_login(factory.user("olga", Role.ORGANIZER, event), "django.contrib.auth.backends.ModelBackend")
    answer = client.get(f"/events/{event.slug}/poster.svg?kind=web")
    policy = answer.headers["Content-Security-Policy"]
    page.route("http://poster.test/", lambda route: route.fulfill(
        body=answer.content, content_type="image/svg+xml", headers={"Content-Security-Policy": policy}
    ))  # fmt: skip
    loads: list[str] = []
    page.on("request", lambda request: loads.append(request.url.partition(",")[0]))

    page.goto("http://poster.test/")

    # The font is split into two files. Only one is loaded, because it has all letters of "Order coffee here".
    assert page.evaluate("() => document.fonts.ready.then((all) => [...all].map((font) => font.status))") == [
        "unloaded",
        "loaded",
    ]
    assert {load for load in loads if not load.startswith("data:")} == {"http://poster.test/"}
    assert "unsafe" not in policy


def test_a_poster_shows_the_menus_cups_in_their_colours_beside_the_code(event: Event) -> None:
    for name, made_of in (("Latte", ["espresso", "milk", "foam"]), ("Mocha", ["chocolate", "milk"]), ("Tea", ["tea"])):
        Drink.objects.filter(event=event, name=name).update(made_of=made_of)
    touch_menu(event.pk)

    cups = cups_on_poster(menu_of(Event.objects.get(pk=event.pk)).menu)

    # A poster has as many cups left of the QR code as right of it. So the third of three cups is left out.
    assert [cup.x < 105 for cup in cups] == [True, False]
    assert [[colour for _path, colour in cup.layers] for cup in cups] == [
        ["#5c3521", "#fff1c2", "#fffaf0"],
        ["#8a4b38", "#fff1c2"],
    ]
    for cup in cups:
        assert cup.outline.startswith("M7 15h28")
        assert 10 <= cup.x <= 200 - 48 * cup.scale
        # The QR code with its white margin is between x = 40 and x = 170.
        assert cup.x + 42 * cup.scale <= 40 or cup.x >= 170


def test_a_menu_that_does_not_say_what_is_in_a_cup_has_posters_without_cups(event: Event) -> None:
    assert cups_on_poster(menu_of(event).menu) == []
