from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from accounts.models import Role, User
from expresso.api import tokens
from orders.tests import factory
from stations.models import Station


class Caller:
    """A test client for the API that sends and reads JSON. One token or API key signs in all its requests."""

    def __init__(self, credential: str = "") -> None:
        self.client = Client(raise_request_exception=False)
        self.headers = {"Authorization": f"Bearer {credential}"} if credential else {}

    def __call__(self, method: str, path: str, content: Any = None, **headers: str) -> Any:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.generic(
            method,
            f"/api/v1/{path}",
            data=b"" if content is None else json.dumps(content),
            content_type="application/json",
            headers=self.headers | named,
        )


@pytest.fixture
def bar(db: None) -> Station:
    return factory.cafe()


@pytest.fixture
def maya(bar: Station) -> User:
    return factory.user("maya")


@pytest.fixture
def barista(maya: User) -> Caller:
    return Caller(tokens.sign_in(maya).access)


@pytest.fixture
def organizer(bar: Station) -> Caller:
    return Caller(tokens.sign_in(factory.user("olga", Role.ORGANIZER)).access)
