"""WebSocket consumers for pages of the support desk."""

from __future__ import annotations

from accounts.access import Right
from expresso.support.conversations import conversation_board
from expresso.support.inbox import inbox
from orders.live.consumers import BoardConsumer
from orders.live.frames import Board
from sms.models import Conversation
from stations.models import Event


class InboxConsumer(BoardConsumer):
    right = Right.HELP

    def find(self, slug: str) -> tuple[Board, int] | None:
        event = Event.objects.filter(slug=slug).first()
        return (inbox(event), event.pk) if event else None


class TalkConsumer(BoardConsumer):
    right = Right.HELP

    def find(self, slug: str) -> tuple[Board, int] | None:
        talk = self.scope["url_route"]["kwargs"]["talk"]
        row = Conversation.objects.filter(pk=talk, event__slug=slug).first()
        return (conversation_board(row), row.event_id) if row else None
