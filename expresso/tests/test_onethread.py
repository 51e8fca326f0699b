"""Texts are answered one after the other on one thread."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from typing import Any

from asgiref.sync import ThreadSensitiveContext, sync_to_async

from expresso.onethread import Application, on_one_thread


async def test_texts_share_one_thread_and_never_overlap() -> None:
    threads: list[int] = []
    inside: list[int] = []

    def view() -> None:
        inside.append(1)
        threads.append(threading.get_ident())
        assert len(inside) == 1
        time.sleep(0.005)
        inside.pop()

    served = on_one_thread(django_with(view), path="/sms")
    await asyncio.gather(*(asyncio.ensure_future(served({"path": "/sms"}, None, None)) for _ in range(8)))

    assert len(threads) == 8
    assert len(set(threads)) == 1


async def test_a_page_may_wait_for_a_text_to_be_answered() -> None:
    """The phone simulator's page posts to the webhook of the process that serves it."""
    answered = threading.Event()
    text = django_with(answered.set)
    page = django_with(lambda: seen.append(answered.wait(timeout=5)))
    seen: list[bool] = []

    async def django(scope: Any, receive: Any, send: Any) -> None:
        await (text if scope["path"] == "/sms/" else page)(scope, receive, send)

    served = on_one_thread(django, path="/sms")
    waiting: asyncio.Future[None] = asyncio.ensure_future(served({"path": "/simulator/"}, None, None))
    await asyncio.sleep(0.01)
    await asyncio.ensure_future(served({"path": "/sms/"}, None, None))
    await waiting

    assert seen == [True]


def django_with(view: Callable[[], object]) -> Application:
    """Return an application that runs the view as Django's handler would."""

    async def django(scope: Any, receive: Any, send: Any) -> None:
        async with ThreadSensitiveContext():
            await sync_to_async(view)()

    return django
