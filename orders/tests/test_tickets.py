"""Tests that a ticket is not rendered again if it has not changed."""

from __future__ import annotations

from typing import Any

import pytest
from django.template.loader import render_to_string

from orders import lifecycle
from orders.live.boards import station_board
from orders.templatetags import tickets
from orders.tests import factory

pytestmark = pytest.mark.django_db


def test_only_the_changed_ticket_is_rendered_again(monkeypatch: pytest.MonkeyPatch) -> None:
    station = factory.cafe(max_open_orders=0)
    orders = [factory.order(station, name=name) for name in ("Ana", "Ben", "Cy")]
    board = station_board(station)
    tickets._rendered.cache_clear()
    before = board.frame(oob=True).html
    rendered: list[str] = []

    def counted(name: str, context: dict[str, Any]) -> str:
        rendered.append(context["order"].name)
        return render_to_string(name, context)

    monkeypatch.setattr(tickets, "render_to_string", counted)
    same = board.frame(oob=True).html
    lifecycle.start(orders[1], by=None)
    after = board.frame(oob=True).html

    assert same == before
    assert rendered == ["Ben"]
    assert after != before
    assert 'data-status="making"' in after


def test_another_event_shows_the_same_ticket_in_its_own_time_zone() -> None:
    station = factory.cafe()
    factory.order(station, name="Ana")
    here = station_board(station).frame(oob=True).html

    station.event.time_zone = "Asia/Kathmandu"
    station.event.save()

    assert station_board(station).frame(oob=True).html.count("+05:45") > here.count("+05:45") == 0
