"""Close a staff member's sockets soon after the person signed out, was deactivated or lost the role.

One check covers all sockets of this process. It takes three SQL statements for any number of sockets."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol

import structlog
from channels.db import database_sync_to_async
from django.conf import settings
from django.utils import timezone

from accounts.access import Right, may
from accounts.models import User

log = structlog.get_logger(__name__)

SIGN_IN_AGAIN, NOT_ALLOWED = 4401, 4403
#: Seconds between two checks.
CHECK_EVERY = settings.PULSE


@dataclass(frozen=True, slots=True)
class Admission:
    """The conditions under which a socket stays open: the user, the session, and a right that the user has at an
    event."""

    user: int
    session: str
    #: Hash of the password. Django ends a session when this hash changes.
    auth_hash: str
    right: Right
    event: int


class Screen(Protocol):
    async def close(self, code: int) -> None: ...


class Doorkeeper:
    def __init__(self) -> None:
        self._screens: dict[Screen, Admission] = {}
        self._task: asyncio.Task[None] | None = None

    def watch(self, screen: Screen, admission: Admission) -> None:
        # In tests, the task may belong to the event loop of an earlier test, which does not run any more. Then start a
        # new task.
        if self._task is None or self._task.done() or self._task.get_loop() is not asyncio.get_running_loop():
            self._screens, self._task = {}, asyncio.create_task(self._check_for_ever())
        self._screens[screen] = admission

    def leave(self, screen: Screen) -> None:
        self._screens.pop(screen, None)
        if not self._screens and self._task:
            self._task.cancel()
            self._task = None

    async def _check_for_ever(self) -> None:
        while True:
            await asyncio.sleep(CHECK_EVERY)
            screens = dict(self._screens)
            try:
                over = await database_sync_to_async(refusals)(set(screens.values()))
            except Exception as error:
                # The sockets stay open. While the database fails, no board is rendered for them anyway.
                log.warning("admissions_not_checked", error=type(error).__name__)
                continue
            for screen, admission in screens.items():
                if admission in over:
                    await screen.close(over[admission])


def refusals(admissions: set[Admission]) -> dict[Admission, int]:
    """Return those admissions whose conditions are not met any more, each with the code with which to close its
    sockets."""
    sessions = import_module(settings.SESSION_ENGINE).SessionStore.get_model_class().objects
    alive = set(
        sessions.filter(pk__in={each.session for each in admissions}, expire_date__gt=timezone.now()).values_list(
            "pk", flat=True
        )
    )
    users = User.objects.filter(is_active=True).prefetch_related("memberships")
    known = users.in_bulk({each.user for each in admissions})
    found = {}
    for each in admissions:
        user = known.get(each.user)
        if user is None or each.session not in alive or user.get_session_auth_hash() != each.auth_hash:
            found[each] = SIGN_IN_AGAIN
        elif not may(user, each.right, each.event):
            found[each] = NOT_ALLOWED
    return found


doorkeeper = Doorkeeper()
