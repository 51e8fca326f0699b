from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from inventory.models import Drink, Option, touch_menu
from orders.tests import factory
from stations.models import Station
from tests.stripe_edge import KEY, WEBHOOK_SECRET, StripeEdge, stripe_edge


@pytest.fixture(scope="session")
def _edge() -> Iterator[StripeEdge]:
    with stripe_edge() as edge:
        yield edge


@pytest.fixture
def stripe(_edge: StripeEdge, settings: Settings) -> StripeEdge:
    settings.STRIPE_API, settings.STRIPE_SECRET_KEY, settings.STRIPE_WEBHOOK_SECRET = _edge.address, KEY, WEBHOOK_SECRET
    _edge.sessions, _edge.refunds, _edge.done, _edge.is_away, _edge.refuses_refunds = {}, [], {}, False, ""
    return _edge


@pytest.fixture
def bar(stripe: StripeEdge, db: Any) -> Station:
    """Return a station of an event that takes payments: a latte costs 3.50, a mocha 4.00, oat milk 0.50 more, tea
    nothing."""
    station = factory.cafe(features=["payments"], currency="EUR", languages=["en", "de", "es", "fr"])
    Drink.objects.filter(name="Latte").update(price=350)
    Drink.objects.filter(name="Mocha").update(price=400)
    Option.objects.filter(name="Oat").update(price=50)
    touch_menu(station.event.pk)
    station.event.refresh_from_db()
    return station
