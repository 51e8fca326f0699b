"""Helpers that load pages and send their forms."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client

from accounts.models import Role
from orders.tests import factory
from stations.models import Station
from tests.forms import fields_of


def staff(role: str = Role.BARISTA) -> Client:
    client = Client()
    client.force_login(factory.user(f"{role}-person", role))
    return client


def press(client: Client, page: Any, step: str, **changes: Any) -> Any:
    """Submit a page's form with the button `step`. `changes` replaces values of fields; None leaves a field out."""
    fields = {name: value for name, value in (fields_of(page) | changes).items() if value is not None}
    return client.post(page.request["PATH_INFO"], fields | {"step": step})


def chosen(client: Client, address: str, drink: str) -> Any:
    return client.get(address, {"drink": drink})


def words(page: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())


def order_latte(client: Client, address: str, **changes: Any) -> Any:
    fields = {"option Size": "Large", "option Milk": "Oat", "name": "Sam"} | changes
    return press(client, chosen(client, address, "Latte"), "order", **fields)


def page_of(bar: Station) -> str:
    return f"/events/{bar.event.slug}/"
