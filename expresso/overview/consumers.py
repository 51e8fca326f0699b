"""WebSocket consumers of the live overview and of the home page."""

from __future__ import annotations

from accounts.access import Right
from expresso.overview.home import home_board
from expresso.overview.queries import overview
from orders.live.consumers import BoardConsumer
from orders.live.frames import Board
from stations.models import Event


class OverviewConsumer(BoardConsumer):
    right = Right.HELP

    def find(self, slug: str) -> tuple[Board, int] | None:
        event = Event.objects.filter(slug=slug).first()
        return (overview(event), event.pk) if event else None


class HomeConsumer(BoardConsumer):
    right = Right.HELP

    def find(self, slug: str) -> tuple[Board, int] | None:
        event = Event.objects.filter(slug=slug).first()
        return (home_board(event), event.pk) if event else None
