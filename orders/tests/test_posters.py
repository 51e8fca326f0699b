"""Posters are drawn with whatever font is at hand, and nothing is cut at the edges of the sheet."""

from __future__ import annotations

import pytest
from django.test import Client
from playwright.sync_api import Page

from accounts.models import Role
from orders.tests import factory
from stations.models import Event

pytestmark = pytest.mark.django_db
OURS = "'Atkinson Hyperlegible Next', 'Helvetica Neue', Arial, sans-serif"
#: Widest first.
FONTS = ("DejaVu Sans", "DejaVu Sans Mono", "DejaVu Serif", "sans-serif")
NAMES = (
    "Café Fair",
    "The Annual International Conference on Quantum Information and Control 2026",
    "WWW MMM WWW MMM WWW MMM WWW",
    "Donaudampfschifffahrtsgesellschaftskapitänskongress",
)
#: The line and its left and right edge in millimetres, which are the drawing's own units.
MEASURE = """() => [...document.querySelectorAll("text")].map((text) => {
  const box = text.getBBox();
  return [text.textContent, box.x, box.x + box.width];
})"""


@pytest.fixture
def event() -> Event:
    return factory.cafe(whatsapp_number="+15550109999").event


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
