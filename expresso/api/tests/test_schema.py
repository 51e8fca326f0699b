"""The API behaves as its schema says: every request, valid or not, gets a response that the schema documents."""

from __future__ import annotations

import copy
import os
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any
from unittest.mock import patch

import pytest
import schemathesis
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from accounts.models import Customer, Role, User
from expresso.api import tokens
from expresso.api.models import ApiKey, Webhook
from inventory.models import Drink, Option
from inventory.snapshot import forget_menus
from orders.models import Order
from orders.tests import factory
from stations.models import Shift, Station

pytestmark = pytest.mark.django_db

#: Factor for the number of requests. With 1, the default, the requests are the same in each run. `make fuzz` sets a
#: larger number, and then they are random.
TIMES = int(os.environ.get("API_FUZZ", "1"))
ROLES: list[str | None] = [factory.ADMIN, Role.ORGANIZER, Role.BARISTA, Role.SUPPORT, Role.DISPLAY, None]
#: Number of requests to try for each operation, by role; 1 for a role that is not listed.
EXAMPLES: dict[str | None, int] = {Role.ORGANIZER: 4}
#: How many chains of requests to try by role (1 for roles that are not here), and how many requests each chain has. In
#: a chain, each request follows a link from an earlier response.
CHAINS: dict[str | None, int] = {Role.ORGANIZER: 6, Role.BARISTA: 4}
LENGTH = 8
#: Checks of schemathesis that are not made. This one says that the API accepts everything that the schema allows. But
#: the API refuses a time in the past, for example, and a schema cannot express this rule.
NOT_CHECKED = [positive_data_acceptance]


@pytest.fixture
def app() -> Iterator[Any]:
    """Yield the WSGI application, changed so that its requests run within the test's transaction.

    Without the change, Django would close the database connection around each request, and so end the transaction."""
    django_app = get_wsgi_application()

    def answer(environ: Any, start_response: Any) -> Any:
        # Disconnect these handlers in each request, because Django's test client connects them again.
        for signal in (request_started, request_finished):
            signal.disconnect(close_old_connections)
        return django_app(environ, start_response)

    yield answer
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def bar(db: None) -> Station:
    return factory.cafe()


@pytest.mark.once
def test_the_schema_is_valid_and_complete(tmp_path: Any) -> None:
    call_command(
        "spectacular", "--validate", "--fail-on-warn", "--format", "openapi-json", "--file", str(tmp_path / "api.json")
    )


def test_the_documentation_runs_under_the_strict_policy() -> None:
    page = Client().get("/api/docs/")

    assert page.status_code == 200
    assert b"<script>" not in page.content.replace(b"\n", b"")
    assert "unsafe" not in page.headers["Content-Security-Policy"]


@cache
def document() -> Any:
    return Client().get("/api/v1/schema/?format=json").json()


def described(bar: Station) -> Any:
    """Return the API's schema, changed so that its path parameters can only be ids of rows that exist."""
    order = factory.order(bar)
    stock = factory.stock(bar, option="Oat", on_hand=5)
    webhook = Webhook.objects.create(
        event=bar.event, owner=factory.user("olga", Role.ORGANIZER), url="https://hooks.example.org/", kinds=["paused"]
    )
    worker = factory.user("worker", at=bar.event)
    shift = Shift.objects.create(station=bar, user=worker, starts_at=timezone.now())
    customer = Customer.objects.create(name="Zoe", phone="+15550000001")
    Order.objects.filter(pk=order.pk).update(customer=customer)
    key = ApiKey(event=bar.event, owner=webhook.owner, name="Robot", scopes=["read"])
    key.renew()
    key.save()
    there = {
        "item": {"enum": [order.items.values_list("pk", flat=True)[0]]},
        "key": {"enum": [key.pk]},
        "event": {"enum": [bar.event.slug]},
        "station": {"enum": [bar.slug]},
        "order": {"enum": [order.pk]},
        "stock": {"enum": [stock.pk]},
        "webhook": {"enum": [webhook.pk]},
        "user": {"enum": [worker.pk]},
        "shift": {"enum": [shift.pk]},
        "drink": {"enum": [Drink.objects.filter(event=bar.event).values_list("pk", flat=True)[0]]},
        "option": {"enum": [Option.objects.filter(group__event=bar.event).values_list("pk", flat=True)[0]]},
        "customer": {"enum": [customer.pk]},
        "table": {"enum": ["stations", "stock"]},
    }
    content = copy.deepcopy(document())
    for path in content["paths"].values():
        for method in path.values():
            for parameter in method.get("parameters", ()):
                if parameter["in"] == "path":
                    parameter["schema"] = there[parameter["name"]]
    return content


def likely(content: Any, bar: Station) -> Any:
    """Return the schema, changed so that request bodies have only values with which the request succeeds.

    Chains follow links, and only a successful response has links."""
    parts = content["components"]["schemas"]
    bodies: dict[str, dict[str, list[Any]]] = {
        "Credentials": {"username": ["worker"], "password": ["a long enough one"]},
        "NewOrder": {"name": ["Sam"], "note": [""], "phone": [""], "station": [bar.slug], "wanted_at": [None]},
        "PatchedChangedOrder": {"name": ["Max"], "wanted_at": [None]},
        "WantedItem": {"drink": ["Latte", "Tea"], "quantity": [1, 2], "options": [[]], "name": [None], "note": [""]},
        "NewStaff": {"username": [f"new-{n}" for n in range(50)], "name": ["Nia"]},
        "NewShift": {"station": [bar.slug], "starts_at": ["2026-11-29T08:00:00Z"], "ends_at": [None]},
        "NewDrink": {"name": [f"Drink {n}" for n in range(50)], "category": ["Coffee"], "option_groups": [["Milk"]]},
        "NewWebhook": {"url": ["https://hooks.example.org/"]},
        "NewApiKey": {"name": ["Robot"]},
        "Count": {"on_hand": ["5", "0.5"], "reason": ["counted"]},
        "Adjust": {"add": ["-5", "20"], "reason": ["delivered"]},
        "NewMessage": {"text": ["Oat is out. Soy?"]},
    }
    bodies["NewShift"]["user"] = [User.objects.get(username="worker").pk]
    for name, fields in bodies.items():
        for field, values in fields.items():
            assert field in parts[name]["properties"]
            parts[name]["properties"][field] = {"enum": values}
    return content


def bearer(role: str | None) -> dict[str, str]:
    if role is None:
        return {}
    return {"Authorization": f"Bearer {tokens.sign_in(factory.user(f'someone-{role}', role)).access}"}


def at_most(examples: int, **more: Any) -> settings:
    return settings(
        max_examples=examples * TIMES,
        derandomize=TIMES == 1,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        **more,
    )


@pytest.mark.timeout(300 * TIMES)
@pytest.mark.parametrize("role", ROLES)
def test_whatever_is_sent_gets_a_documented_answer(bar: Station, app: Any, role: str | None) -> None:
    schema = schemathesis.openapi.from_dict(described(bar))
    schema.app = app
    headers = bearer(role)
    tried = 0
    for operation in (result.ok() for result in schema.get_all_operations()):  # type: ignore[union-attr]
        send = _sender(operation, headers, EXAMPLES.get(role, 1))
        send()
        tried += 1

    assert tried > 40


def _sender(operation: Any, headers: dict[str, str], examples: int) -> Any:
    good, bad = (operation.as_strategy(generation_mode=mode) for mode in GenerationMode)

    @given(case=st.one_of(good, bad) if operation.body or operation.query else good)
    @at_most(examples)
    def send(case: Any) -> None:
        case.call_and_validate(headers=headers, excluded_checks=NOT_CHECKED)

    return send


@pytest.mark.timeout(300 * TIMES)
def test_whatever_follows_an_answer_gets_a_documented_one(bar: Station, app: Any) -> None:
    """Every response in a chain of requests is one that the schema documents.

    One test covers all roles, because loading the schema takes longer than the requests."""
    schema = schemathesis.openapi.from_dict(likely(described(bar), bar))
    schema.app = app
    machine = schema.as_state_machine()

    with patch.dict("expresso.api.throttle.Throttle.THROTTLE_RATES", {"api": "9999/s", "token": "9999/s"}):
        answers = {role: _follow(machine, bearer(role), CHAINS.get(role, 1)) for role in ROLES}

    assert all(answers.values())
    assert any(answer.endswith((" 200", " 201", " 204")) for answer in answers[Role.BARISTA])


def _follow(machine: Any, headers: dict[str, str], chains: int) -> Counter[str]:
    """Run chains of requests, in which each follows a link of an earlier response. Return how often each operation
    returned each status."""
    answers = Counter[str]()

    class Chain(machine):  # type: ignore[misc]
        """One chain of requests. Its changes are rolled back, so that hypothesis can repeat the chain on the same
        rows."""

        def setup(self) -> None:
            super().setup()
            forget_menus()
            self.undone = transaction.atomic()
            self.undone.__enter__()

        def teardown(self) -> None:
            transaction.set_rollback(True)
            self.undone.__exit__(None, None, None)
            super().teardown()

        def get_call_kwargs(self, case: Any) -> dict[str, Any]:
            return {"headers": headers}

        def validate_response(self, response: Any, case: Any, **_kwargs: Any) -> None:
            answers[f"{case.operation.definition.raw['operationId']} {response.status_code}"] += 1
            # `likely` has narrowed the schema, so the API rightly accepts bodies that this schema forbids. Do not check
            # that it refuses them.
            case.validate_response(response, excluded_checks=[*NOT_CHECKED, negative_data_rejection])

    Chain.run(settings=at_most(chains, stateful_step_count=LENGTH))
    return answers
