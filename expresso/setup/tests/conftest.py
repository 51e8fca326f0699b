from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import Role, User
from orders.tests import factory
from stations.models import Station


@pytest.fixture
def bar() -> Station:
    return factory.cafe(name="Last year")


@pytest.fixture
def olga(bar: Station) -> User:
    return factory.user("olga", Role.ORGANIZER, bar.event)


@pytest.fixture
def client(olga: User) -> Client:
    client = Client()
    client.force_login(olga, backend="django.contrib.auth.backends.ModelBackend")
    return client
