"""Code that has to list order statuses itself, such as SQL, style sheets and JSON schemas, lists all of them.

Each test names the place to which a new status must be added. `orders/tests/test_steps.py` checks the pages."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import get_args

import pytest
from django.conf import settings
from django.test import Client

from expresso.api.links import FOLLOWING
from expresso.api.models import VERBS_TOLD
from expresso.api.serializers import QueueSerializer
from expresso.api.urls import steps as api_steps
from expresso.reports.figures import SUMS, TIMES
from inventory.menu import Menu
from orders.refusals import TransitionError
from orders.statuses import DROPPED, MADE, NOT_STARTED, OPEN, TO_COLLECT, TO_MAKE, Status
from orders.steps import STEPS, VERBS
from orders.views.board_actions import _was_first
from orders.views.order_detail import _FACTS
from sms.conversation import facts
from sms.conversation.actions import OrderProgress, QuotedWait
from sms.conversation.facts import Facts, OpenOrder, OpenStatus
from sms.replies.orders import standing

ROOT = Path(settings.BASE_DIR)
#: Verbs that change an order's status, but about which no webhook is sent.
UNTOLD = {"not_collected"}


def test_a_cup_is_still_to_be_made_or_made_or_dropped() -> None:
    assert sorted((*TO_MAKE, *MADE, *DROPPED)) == sorted(Status)


@pytest.mark.parametrize("status", Status)
def test_a_barista_who_was_too_late_reads_what_became_of_the_order(status: Status) -> None:
    assert "A01 Sam" in _was_first(TransitionError("start", status, "Maya"), "A01 Sam")


@pytest.mark.parametrize("status", OPEN)
def test_an_order_that_nobody_ended_can_be_closed(status: Status) -> None:
    closes = VERBS["cancel" if status in TO_MAKE else "not_collected"]

    assert status in closes.of, "orders/steps.py: orders/upkeep/left_over.py closes every open order by a verb"


def test_the_conversation_distinguishes_the_open_statuses() -> None:
    assert get_args(OpenStatus) == OPEN, "sms/conversation/facts.py: OpenStatus"
    assert facts.TO_MAKE == TO_MAKE, "sms/conversation/facts.py: TO_MAKE"
    assert facts.TO_COLLECT == TO_COLLECT, "sms/conversation/facts.py: TO_COLLECT"
    changeable = [status for status in get_args(OpenStatus) if OpenOrder(1, "A01", status, ()).changeable]
    assert changeable == list(NOT_STARTED), "sms/conversation/facts.py: OpenOrder.changeable"


def test_the_conversation_has_a_sentence_for_every_open_status() -> None:
    now = dt.datetime(2026, 6, 1, 10, tzinfo=dt.UTC)
    wait = QuotedWait(1, 1, 2)

    said = {
        standing(OrderProgress(OpenOrder(1, "A01", status, ()), wait), Menu("Menu", ()), Facts(now), 0)
        for status in get_args(OpenStatus)
    }

    assert len(said) == len(OPEN), "sms/replies/orders.py: standing"


@pytest.mark.django_db
def test_every_step_has_its_words_in_the_history_and_its_call_of_the_api() -> None:
    calls = {step.replace("_", "-") for step in STEPS}
    paths = Client().get("/api/v1/schema/?format=json").json()["paths"]

    assert set(STEPS) - set(_FACTS) == set(), "orders/views/order_detail.py: _FACTS"
    assert calls - set(api_steps) == set(), "expresso/api/urls.py: steps"
    operations = {paths[f"/api/v1/orders/{{order}}/{call}/"]["post"]["operationId"] for call in calls}
    assert operations - set(FOLLOWING) == set(), "expresso/api/links.py: _STEPS"
    assert set(STEPS) - set(VERBS_TOLD) == UNTOLD, "expresso/api/models.py: VERBS_TOLD, or UNTOLD in this file"


def test_the_queue_of_a_station_counts_every_open_status() -> None:
    assert set(OPEN) - set(QueueSerializer().fields) == set(), "expresso/api/serializers.py: QueueSerializer"


def test_the_stream_may_say_every_status() -> None:
    order, *_others = json.loads((ROOT / "docs" / "facts.v1.schema.json").read_text(encoding="utf-8"))["allOf"]
    moved = order["then"]["properties"]["data"]["properties"]

    assert moved["status"]["enum"] == list(Status), "docs/facts.v1.schema.json"
    assert moved["was"]["enum"] == ["", *Status], "docs/facts.v1.schema.json"


def test_the_reports_count_every_status_but_collected() -> None:
    assert set(Status) - {*OPEN, Status.COLLECTED} - set(SUMS) == set(), "expresso/reports/figures.py: SUMS"


def test_the_reports_time_every_open_status_and_count_it_as_open() -> None:
    timed = {f"{status}_{of}" for status in OPEN for of in ("seconds", "orders")}
    sql = import_module("expresso.reports.migrations.0006_outcomes").OUTCOMES
    views = "a migration that makes the reports' views anew, named in this test"

    assert timed - set(TIMES) == set(), "expresso/reports/figures.py: TIMES, and these columns in the reports' views"
    assert re.findall(r"'(\w+)'", sql["still_open"]) == list(OPEN), views
    assert re.findall(r"'(\w+)'", sql["cups"]) == list(DROPPED), views


@pytest.mark.parametrize(("page", "distinguished"), [("_board", OPEN), ("_tracking", Status)])
def test_a_page_that_distinguishes_statuses_has_words_for_each(page: str, distinguished: Iterable[str]) -> None:
    template = (ROOT / "templates" / "orders" / f"{page}.html").read_text(encoding="utf-8")

    named = re.findall(r'(?:status|key) == "(\w+)"', template)

    assert set(distinguished) - set(named) == set(), f"templates/orders/{page}.html"


def test_no_script_names_a_status() -> None:
    scripts = [*(ROOT / "static" / "js").rglob("*.js"), *(ROOT / "templates").rglob("*.js")]
    names = re.compile(rf"""(["'`=])({"|".join(Status)})["'`\]]""")
    comments = re.compile(r"^\s*(?://|/?\*).*", re.MULTILINE)

    named = [script.name for script in scripts if names.search(comments.sub("", script.read_text(encoding="utf-8")))]

    assert len(scripts) > 40
    assert named == [], "ask STEPS.statuses of static/js/steps.js, or the page for an attribute, what the status means"


@pytest.mark.parametrize("sheet", ["board", "detail", "support", "tracking"])
def test_every_open_status_has_its_colour(sheet: str) -> None:
    found = re.findall(r'data-status="(\w+)"', (ROOT / "static" / "css" / f"{sheet}.css").read_text())

    # Without its own colour, an open status would have the colour of a waiting order on these pages.
    assert set(OPEN) - {Status.WAITING, *found} == set(), f"static/css/{sheet}.css"


def test_a_board_has_a_column_for_every_open_status() -> None:
    sheet = (ROOT / "static" / "css" / "board.css").read_text(encoding="utf-8")

    assert re.findall(r"grid-template-columns: repeat\((\d+)", sheet)[0] == str(len(OPEN)), (
        "static/css/board.css: .board"
    )
