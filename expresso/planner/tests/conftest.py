from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import Role
from orders.tests import factory
from stations.models import Station


@pytest.fixture
def boss(bar: Station) -> Client:
    client = Client()
    client.force_login(factory.user("boss", Role.ORGANIZER, bar.event), "django.contrib.auth.backends.ModelBackend")
    return client
