"""A client that knows nothing but the schema takes an order from placing to collected."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from accounts.models import Role
from orders.tests import factory
from stations.models import Station

pytestmark = pytest.mark.django_db


class SchemaClient:
    """Calls operations by the names in the schema, and builds their addresses from it."""

    def __init__(self) -> None:
        self.http = Client()
        self.schema = self.http.get("/api/v1/schema/?format=json").json()
        self.operations = {
            operation["operationId"]: (path, method)
            for path, methods in self.schema["paths"].items()
            for method, operation in methods.items()
        }
        self.headers: dict[str, str] = {}

    def call(self, operation: str, content: Any = None, *, headers: dict[str, str] | None = None, **where: Any) -> Any:
        path, method = self.operations[operation]
        return self.http.generic(
            method.upper(),
            path.format(**where),
            json.dumps(content) if content is not None else b"",
            content_type="application/json",
            headers=self.headers | (headers or {}),
        )


def test_a_client_written_from_the_schema_makes_a_coffee(db: None) -> None:
    bar: Station = factory.cafe()
    factory.user("maya", Role.BARISTA)
    client = SchemaClient()

    signed_in = client.call("sign_in", {"username": "maya", "password": "a long enough one"}).json()
    client.headers = {"Authorization": f"Bearer {signed_in['access']}"}
    event = client.call("list_events").json()[0]["slug"]
    drinks = [drink["name"] for drink in client.call("list_drinks", event=event).json()]
    answer = client.call("place_an_order", {"items": [{"drink": drinks[0]}], "name": "Sam"}, event=event)
    order, statuses = answer.json()["id"], [answer.json()["status"]]
    for step in ("start_making_an_order", "mark_an_order_ready", "hand_an_order_over"):
        answer = client.call(step, headers={"If-Match": answer["ETag"]}, order=order)
        statuses.append(answer.json()["status"])

    assert event == bar.event.slug
    assert statuses == ["waiting", "making", "ready", "collected"]
