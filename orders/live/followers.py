"""Live tracking pages of orders, for thousands of customers at once.

In each round, the queue positions of all orders of an event are computed together. If an order itself has changed, its
page is rendered and sent to everybody who has it open. If only its position has changed, one line of the page is sent
with the next heartbeat. A page that connects is told only the order's version, and loads the order by HTTP if it shows
another version."""

from __future__ import annotations

import time
from collections import defaultdict
from typing import Protocol

from channels.db import database_sync_to_async

from orders.hints import crowd_of
from orders.live.frames import GATHER_FOR_CUSTOMERS
from orders.live.hub import Live, Viewer, pulse
from orders.live.tracking import Standing, ahead_of, page_of, standings, version_of
from orders.models import Order


class Follower(Viewer, Protocol):
    order: int
    language: str


class Crowd(Live[Follower]):
    #: Seconds between heartbeats. A page shows "not live" after three missed heartbeats.
    beat = 5.0
    gather = GATHER_FOR_CUSTOMERS

    def __init__(self, event_id: int) -> None:
        super().__init__(crowd_of(event_id))
        self.event_id = event_id
        #: For each followed order, by pk, what its open pages show; None if the order is closed.
        self._shown: dict[int, Standing | None] = {}
        self._versions: dict[int, str] = {}
        self._beat_at = 0.0

    async def join(self, viewer: Follower) -> None:
        if viewer.order not in self._versions:
            version, is_open = await database_sync_to_async(_version)(viewer.order)
            self._versions[viewer.order] = str(version)
            self._shown[viewer.order] = Standing(version) if is_open else None
        await super().join(viewer)
        await viewer.show(pulse(self._versions[viewer.order]))

    async def _round(self, *, hinted: bool) -> None:
        self._hinted.clear()
        now = await database_sync_to_async(standings)(self.event_id)
        followers = self._by_order()
        moved = {pk for pk in followers if _version_in(now.get(pk)) != _version_in(self._shown.get(pk))}
        for pk in moved:
            await self._show_page(pk, followers[pk])
            self._shown[pk] = now.get(pk)
        if time.monotonic() - self._beat_at >= self.beat:
            self._beat_at = time.monotonic()
            await self._show_beat(now, followers)

    async def _show_page(self, pk: int, followers: list[Follower]) -> None:
        frames = await database_sync_to_async(page_of)(pk, {follower.language for follower in followers})
        for follower in followers:
            frame = frames[follower.language]
            self._versions[pk] = frame.version
            await follower.show(frame.html + pulse(frame.version))

    async def _show_beat(self, now: dict[int, Standing], followers: dict[int, list[Follower]]) -> None:
        for pk, those in followers.items():
            standing, beat = now.get(pk), pulse(self._versions[pk])
            changed = standing is not None and standing != self._shown.get(pk) and bool(standing.latest)
            for follower in those:
                line = ahead_of(standing, follower.language) if standing and changed else ""
                await follower.show(line + beat)
            self._shown[pk] = standing

    def _by_order(self) -> dict[int, list[Follower]]:
        followers: dict[int, list[Follower]] = defaultdict(list)
        for viewer in self.viewers:
            followers[viewer.order].append(viewer)
        # Forget orders that no open page follows any more.
        self._shown = {pk: self._shown[pk] for pk in followers}
        self._versions = {pk: self._versions[pk] for pk in followers}
        return followers


def _version_in(standing: Standing | None) -> int | None:
    return standing.version if standing else None


def _version(pk: int) -> tuple[int, bool]:
    order = Order.objects.get(pk=pk)
    return version_of(order), order.is_open
