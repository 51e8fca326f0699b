"""Every place that distinguishes the statuses of orders knows all of them. `orders/tests/test_steps.py` checks the
pages."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import get_args

import pytest
from django.conf import settings

from expresso.api.urls import steps as api_steps
from expresso.reports.cup_tables import MADE
from inventory.menu import Menu
from orders import verbs
from orders.models import OPEN, TO_MAKE, Status
from orders.refusals import TransitionError
from orders.steps import STEPS
from orders.views.board_actions import _was_first
from orders.views.order_detail import _FACTS
from sms.conversation.actions import OrderProgress, QuotedWait
from sms.conversation.facts import Facts, OpenOrder, OpenStatus
from sms.replies.orders import standing

SCHEMA = Path(settings.BASE_DIR) / "docs" / "facts.v1.schema.json"


def test_a_cup_is_still_to_be_made_or_made_or_cancelled() -> None:
    assert sorted((*TO_MAKE, *MADE, Status.CANCELLED)) == sorted(Status)


def test_stock_is_reserved_or_used_or_free_in_every_status() -> None:
    assert sorted((*verbs._HELD, *verbs._USED, Status.CANCELLED)) == sorted(Status)


@pytest.mark.parametrize("status", Status)
def test_a_barista_who_was_too_late_reads_what_became_of_the_order(status: Status) -> None:
    assert "A01 Sam" in _was_first(TransitionError("start", status, "Maya"), "A01 Sam")


def test_the_conversation_has_a_sentence_for_every_open_status() -> None:
    assert get_args(OpenStatus) == OPEN
    now = dt.datetime(2026, 6, 1, 10, tzinfo=dt.UTC)
    wait = QuotedWait(1, 1, 2)

    said = {
        standing(OrderProgress(OpenOrder(1, "A01", status, ()), wait), Menu("Menu", ()), Facts(now), 0)
        for status in get_args(OpenStatus)
    }

    assert len(said) == len(OPEN)


def test_every_step_has_its_words_in_the_history_and_its_call_of_the_api() -> None:
    assert set(STEPS) - set(_FACTS) == set()
    assert {step.replace("_", "-") for step in STEPS} - set(api_steps) == set()


def test_the_stream_may_say_every_status() -> None:
    order, *_others = json.loads(SCHEMA.read_text(encoding="utf-8"))["allOf"]
    moved = order["then"]["properties"]["data"]["properties"]

    assert moved["status"]["enum"] == list(Status)
    assert moved["was"]["enum"] == ["", *Status]
