from __future__ import annotations

import pytest

from accounts.models import User
from orders.tests import factory
from stations.models import Station


@pytest.fixture
def bar(db: None) -> Station:
    return factory.cafe()


@pytest.fixture
def maya(bar: Station) -> User:
    return factory.user("maya")
