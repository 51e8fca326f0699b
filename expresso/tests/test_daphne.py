"""The limits of the server that serves the sockets."""

from __future__ import annotations

import pytest

from expresso.daphne import MESSAGE
from orders.live.boards import MOST_TICKETS, station_board
from orders.tests import factory


@pytest.mark.django_db
def test_a_full_board_fits_into_one_message() -> None:
    station = factory.cafe()
    factory.order(station, factory.item("Latte", "Oat", note="n" * 200), factory.item("Mocha"), note="n" * 200)

    [ticket] = station_board(station).frame(oob=True).tickets.values()

    assert MOST_TICKETS * len(ticket.encode()) < MESSAGE
