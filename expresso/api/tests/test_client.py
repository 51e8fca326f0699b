"""A client that knows the API only from its schema places an order and moves it on until it is collected."""

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
    """Calls operations by their ids in the schema, builds their URLs from the schema, and follows its links."""

    def __init__(self) -> None:
        self.http = Client()
        self.schema = self.http.get("/api/v1/schema/?format=json").json()
        self.operations = {
            operation["operationId"]: (path, method, operation)
            for path, methods in self.schema["paths"].items()
            for method, operation in methods.items()
        }
        self.headers: dict[str, str] = {}

    def call(self, name: str, content: Any = None, **parameters: Any) -> Any:
        path, method, operation = self.operations[name]
        of_header = [each["name"] for each in operation.get("parameters", ()) if each["in"] == "header"]
        given = {each: str(parameters.pop(each)) for each in of_header if each in parameters}
        answer: Any = self.http.generic(
            method.upper(),
            path.format(**parameters),
            json.dumps(content) if content is not None else b"",
            content_type="application/json",
            headers=self.headers | given,
        )
        assert str(answer.status_code) in operation["responses"]
        return answer

    def follow(self, done: str, answer: Any, name: str) -> Any:
        """Call the operation that the schema links to this response. The link says which parameters to take from the
        response."""
        link = self.operations[done][2]["responses"][str(answer.status_code)]["links"][name]
        found = {parameter: _found(expression, answer) for parameter, expression in link["parameters"].items()}
        return self.call(link["operationId"], **found)


def _found(expression: str, answer: Any) -> Any:
    source, _, place = expression.removeprefix("$response.").partition("#/" if "#/" in expression else ".")
    return answer[place] if source == "header" else answer.json()[place]


def test_a_client_written_from_the_schema_makes_a_coffee(db: None) -> None:
    bar: Station = factory.cafe()
    factory.user("maya", Role.BARISTA)
    client = SchemaClient()

    signed_in = client.call("sign_in", {"username": "maya", "password": "a long enough one"}).json()
    client.headers = {"Authorization": f"Bearer {signed_in['access']}"}
    event = client.call("list_events").json()[0]["slug"]
    drinks = [drink["name"] for drink in client.call("list_drinks", event=event).json()]
    done, answer = "place_an_order", client.call("place_an_order", {"items": [{"drink": drinks[0]}]}, event=event)
    statuses = [answer.json()["status"]]
    for step in ("start_making_an_order", "mark_an_order_ready", "hand_an_order_over"):
        done, answer = step, client.follow(done, answer, step)
        statuses.append(answer.json()["status"])

    assert event == bar.event.slug
    assert statuses == ["waiting", "making", "ready", "collected"]
