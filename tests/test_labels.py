"""Cup labels as a browser prints them: in every size one sheet for each cup, however long the text is."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import Page, Route

from accounts.preferences import CHOICES
from orders.models import Order, OrderItem
from orders.tests import factory

pytestmark = [pytest.mark.browser, pytest.mark.django_db, pytest.mark.once]

SITE = "http://testserver"
#: Width and height of each label size in millimetres. Continuous rolls ("58", "80") are cut every 60 mm.
SHEETS = {"62x29": (62, 29), "57x32": (57, 32), "58": (58, 60), "80": (80, 60), "102x76": (102, 76)}


def longest(order: Order) -> None:
    """Give one cup the longest names and note, and another cup long texts in double-width letters."""
    choices = [
        {"group": "Milk", "option": "Lactose-free"},
        *({"group": f"Group {n}", "option": f"Extra option {n}"} for n in range(2)),
    ]
    words = {"drink_name": "Decaffeinated caramel macchiato supreme", "name": "Wolfeschlegelsteinhausenbergerdorff-Zoë"}
    order.items.update(**words, choices=choices, note=("SEVERE NUT ALLERGY, a clean jug please. " * 5)[:200])
    OrderItem.objects.filter(pk=order.items.last().pk).update(name="北京市" * 13, note="ナッツアレルギー" * 16)  # type: ignore[union-attr]


def serving(answers: dict[str, Any]) -> Callable[[Route], None]:
    """Return a Playwright route handler that serves the pages in `answers` and the static files.

    The pages are fetched beforehand with Django's test client, because a route runs outside of the test's
    transaction."""

    def serve(route: Route) -> None:
        path = route.request.url.removeprefix(SITE)
        if answer := answers.get(path):
            return route.fulfill(status=answer.status_code, headers=dict(answer.headers), body=answer.content)
        return route.fulfill(path=str(finders.find(path.removeprefix("/static/"))))

    return serve


def sheets_of(pdf: bytes) -> list[tuple[int, int]]:
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    return [(round(float(across) / 72 * 25.4), round(float(down) / 72 * 25.4)) for across, down in boxes]


def test_every_label_takes_one_sheet_and_opening_the_page_prints_once(page: Page) -> None:
    bar, client = factory.cafe(), Client()
    client.force_login(factory.user("maya"), backend="django.contrib.auth.backends.ModelBackend")
    order = factory.order(bar, factory.item("Tea"), factory.item("Latte", quantity=2), factory.item("Mocha"))
    longest(order)
    at = f"/stations/{bar.slug}/orders/{order.pk}/labels/"
    pages = {size: f"{at}?size={size}" for size in CHOICES["label_size"]}
    page.route(f"{SITE}/**/*", serving({path: client.get(path) for path in (at, *pages.values())}))
    page.add_init_script("window.printed = 0; window.print = () => window.printed++;")

    found = {}
    for size, path in pages.items():
        page.goto(SITE + path)
        page.locator("[data-labels=fit]").wait_for()
        found[size] = sheets_of(page.pdf(prefer_css_page_size=True))
    assert found == {size: [sheet] * 4 for size, sheet in SHEETS.items()}
    assert page.evaluate("window.printed") == 0

    page.goto(SITE + at)
    page.locator("[data-labels=fit]").wait_for()
    assert page.evaluate("window.printed") == 1
    page.get_by_role("button", name="Print").click()
    assert page.evaluate("window.printed") == 2
