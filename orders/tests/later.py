"""Helpers for tests of orders for later: set the present time, compute moments, and list the tickets of a board."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from django.utils import timezone

from orders.live.boards import station_look
from stations.models import Station


@contextmanager
def at(moment: dt.datetime) -> Iterator[None]:
    with patch("django.utils.timezone.now", return_value=moment):
        yield


def soon(minutes: float = 60) -> dt.datetime:
    return timezone.now() + dt.timedelta(minutes=minutes)


def on_board(station: Station) -> list[int]:
    return [ticket.pk for _, _, tickets in station_look(station.pk).context()["columns"] for ticket in tickets]
