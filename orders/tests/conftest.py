from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from accounts.models import User
from orders.tests import factory, sockets
from stations.models import Station


@pytest.fixture
def bar(db: None) -> Station:
    return factory.cafe()


@pytest.fixture
def maya(bar: Station) -> User:
    return factory.user("maya")


@pytest_asyncio.fixture
async def close_sockets() -> AsyncIterator[None]:
    yield
    for socket in sockets.opened:
        await socket.communicator.disconnect()
    sockets.opened.clear()
