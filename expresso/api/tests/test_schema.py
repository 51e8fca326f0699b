"""The API and its own description agree: whatever is sent, the answer is one that the schema documents."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from accounts.models import Customer, Role
from expresso.api import tokens
from expresso.api.models import ApiKey, Webhook
from inventory.models import Drink, Option
from orders.models import Order
from orders.tests import factory
from stations.models import Shift, Station

pytestmark = pytest.mark.django_db

#: Requests to each operation, by each role. What a role may do is checked first, so the others need few.
EXAMPLES: dict[str | None, int] = {Role.ORGANIZER: 4}
#: A schema cannot say that a time lies ahead, or that a menu's default is one of its options.
NOT_CHECKED = [positive_data_acceptance]


@pytest.fixture
def app() -> Iterator[Any]:
    """The WSGI application within the test's transaction: Django would close its connection after each request."""
    django_app = get_wsgi_application()

    def answer(environ: Any, start_response: Any) -> Any:
        # The test client connects them again.
        for signal in (request_started, request_finished):
            signal.disconnect(close_old_connections)
        return django_app(environ, start_response)

    yield answer
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def bar(db: None) -> Station:
    return factory.cafe()


def test_the_schema_is_valid_and_complete(tmp_path: Any) -> None:
    call_command("spectacular", "--validate", "--fail-on-warn", "--file", str(tmp_path / "schema.yaml"))


def test_the_documentation_runs_under_the_strict_policy() -> None:
    page = Client().get("/api/docs/")

    assert page.status_code == 200
    assert b"<script>" not in page.content.replace(b"\n", b"")
    assert "unsafe" not in page.headers["Content-Security-Policy"]


def described(bar: Station) -> Any:
    """The schema, with addresses that exist put into its paths."""
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
    content = Client().get("/api/v1/schema/?format=json").json()
    for path in content["paths"].values():
        for method in path.values():
            for parameter in method.get("parameters", ()):
                if parameter["in"] == "path":
                    parameter["schema"] = there[parameter["name"]]
    return schemathesis.openapi.from_dict(content)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("role", [factory.ADMIN, Role.ORGANIZER, Role.BARISTA, Role.SUPPORT, Role.DISPLAY, None])
def test_whatever_is_sent_gets_a_documented_answer(bar: Station, app: Any, role: str | None) -> None:
    schema = described(bar)
    schema.app = app
    headers = {}
    if role:
        headers["Authorization"] = f"Bearer {tokens.sign_in(factory.user(f'someone-{role}', role)).access}"
    tried = 0
    for operation in (result.ok() for result in schema.get_all_operations()):
        send = _sender(operation, headers, EXAMPLES.get(role, 1))
        send()
        tried += 1

    assert tried > 40


def _sender(operation: Any, headers: dict[str, str], examples: int) -> Any:
    @given(case=operation.as_strategy())
    @settings(
        max_examples=examples,
        derandomize=True,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def send(case: Any) -> None:
        case.call_and_validate(headers=headers, excluded_checks=NOT_CHECKED)

    return send
