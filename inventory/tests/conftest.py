"""Fixtures: a signed-in organizer, and an event with a small menu."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import Membership, Role, User
from inventory.models import Drink, Option, OptionGroup
from stations.models import Event, Station


@pytest.fixture
def organizer(client: Client, event: Event) -> User:
    user = User.objects.create(username="olivia")
    Membership.objects.create(user=user, event=event, role=Role.ORGANIZER)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


@pytest.fixture
def event() -> Event:
    """Create an event with one station, the drinks latte and mocha, and the milks "full cream" and "oat"."""
    event = Event.objects.create(name="Pycon", slug="pycon")
    Station.objects.create(event=event, name="Bar 1", slug="bar-1")
    milk = OptionGroup.objects.create(event=event, name="Milk")
    for name in ("Full cream", "Oat"):
        Option.objects.create(group=milk, name=name)
    for name in ("Latte", "Mocha"):
        Drink.objects.create(event=event, name=name, category="Coffee")
    return event
