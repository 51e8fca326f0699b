"""A session that has ended lets nobody in, even if the cache failed when it ended."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

import pytest
from django.conf import settings
from django.core.cache import caches
from django.test import Client

from accounts.models import Membership, Role, User
from orders.tests import factory
from stations.models import Station

pytestmark = pytest.mark.django_db


@pytest.fixture
def bar() -> Station:
    return factory.cafe()


@pytest.fixture
def maya(bar: Station) -> User:
    return factory.user("maya", Role.BARISTA, bar.event)


def at_work(maya: User, bar: Station) -> Client:
    """Return a client that is signed in and has opened the station's board."""
    client = Client()
    client.force_login(maya)
    assert client.get(f"/stations/{bar.slug}/").status_code == 200
    return client


def without_cache() -> Any:
    """Let every call to the cache fail. Afterwards the cache still has its earlier content."""
    away: dict[str, Any] = dict.fromkeys(("get", "set", "add", "delete", "incr", "get_many", "delete_many"), _fail)
    return patch.multiple(type(caches["default"]), **away)


def _fail(*_args: Any, **_kwargs: Any) -> Any:
    raise ConnectionError


def test_whoever_signed_out_while_the_cache_was_away_stays_signed_out(bar: Station, maya: User) -> None:
    client = at_work(maya, bar)
    kept = client.cookies[settings.SESSION_COOKIE_NAME].value

    with without_cache():
        client.post("/accounts/logout/")
    client.cookies[settings.SESSION_COOKIE_NAME] = kept

    assert client.get(f"/stations/{bar.slug}/").status_code == 302


def test_whoever_was_let_go_lost_the_role_or_changed_the_password_meanwhile_is_out(bar: Station, maya: User) -> None:
    clients = [at_work(maya, bar) for _ in range(3)]
    page = f"/stations/{bar.slug}/"

    with without_cache():
        User.objects.filter(pk=maya.pk).update(is_active=False)
    deactivated = clients[0].get(page).status_code
    with without_cache():
        User.objects.filter(pk=maya.pk).update(is_active=True)
        Membership.objects.filter(user=maya).delete()
    roleless = clients[1].get(page).status_code
    with without_cache():
        Membership.objects.create(user=maya, event=bar.event, role=Role.BARISTA)
        maya.set_password("another-long-password")
        maya.save()

    assert (deactivated, roleless, clients[2].get(page).status_code) == (302, 403, 302)
