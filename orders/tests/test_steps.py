"""Tests that the tables of statuses and verbs (`STATUSES`, `VERBS`) and the pages agree, and that no status is left
out."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from orders import steps
from orders.statuses import STATUSES, Status
from orders.tests import factory
from orders.views.board_actions import VERBS

SPRITE = Path(settings.STATICFILES_DIRS[0]) / "icons.svg"
TEMPLATES = Path(settings.BASE_DIR) / "templates" / "orders"


def test_every_status_has_its_row() -> None:
    assert list(STATUSES) == list(Status), "orders/statuses.py: STATUSES"


def test_every_order_on_a_board_has_a_big_button_that_its_status_allows() -> None:
    buttons = {status: shown.next for status, shown in STATUSES.items() if shown.next}
    refused = [status for status, verb in buttons.items() if status not in steps.VERBS[verb].of]
    assert refused == [], "orders/steps.py: the verb that STATUSES names as `next` is not allowed in this status"


def test_every_verb_is_a_tap_or_a_form_of_its_own() -> None:
    assert set(steps.VERBS) == {*VERBS, "edit"}, "orders/views/board_actions.py: VERBS"


def test_every_verb_has_its_button() -> None:
    pages = "".join(page.read_text(encoding="utf-8") for page in TEMPLATES.glob("*.html"))
    taps = {*re.findall(r'verb="(\w+)"', pages), *re.findall(r"%\}(\w+)\{%", pages)}
    buttons = taps | {shown.next for shown in STATUSES.values()}

    assert set(steps.VERBS) - buttons == set(), "templates/orders/_verbs.html, or another of these templates"


def test_every_icon_is_drawn() -> None:
    icons = {shown.icon for shown in STATUSES.values()} | {verb.icon for verb in steps.VERBS.values()}

    assert icons - set(re.findall(r'id="([\w-]+)"', SPRITE.read_text())) == set()


@pytest.mark.django_db
def test_a_board_gives_its_scripts_every_status_and_verb() -> None:
    station = factory.cafe()
    client = Client()
    client.force_login(factory.user("maya"))

    page = client.get(f"/stations/{station.slug}/").content.decode()

    found = re.search(r'<script id="step-tables" type="application/json">(.*?)</script>', page)
    assert found
    tables = json.loads(found[1])
    assert set(tables["statuses"]) == set(Status)
    assert set(tables["verbs"]) == set(steps.VERBS)
    assert all(shown["word"] for shown in tables["statuses"].values())


@pytest.mark.django_db
@pytest.mark.parametrize("status", Status)
def test_the_page_of_an_order_has_a_word_for_every_status(status: Status) -> None:
    order = factory.order(factory.cafe())
    type(order).objects.filter(pk=order.pk).update(status=status, ready_at=order.placed_at)

    page = Client().get(f"/orders/{order.token}/").content.decode()

    word = re.search(r'<p class="tracking-word">(.*?)</p>', page, re.DOTALL)
    assert word
    assert re.sub(r"<[^>]+>", "", word[1]).strip()
