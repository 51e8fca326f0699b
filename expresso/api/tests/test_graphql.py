"""GraphQL returns the same data as the REST API, checks the same rights, and limits the size of a query."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from expresso.api import tokens
from expresso.api.models import ApiKey, Scope
from orders import lifecycle
from orders.tests import factory
from stations.models import Station

pytestmark = pytest.mark.django_db

ORDERS = """
query Board($slug: String!, $first: Int) {
  event(slug: $slug) {
    name
    stations { slug isOpen }
    drinks { name price optionGroups }
    orders(first: $first, status: ["open"]) {
      id code status placedAt station { slug } items { drink choices { option amount } } maker
    }
  }
}
"""


def ask(credential: str, query: str, **variables: Any) -> Any:
    headers = {"Authorization": f"Bearer {credential}"} if credential else {}
    content = {"query": query, "variables": variables}
    return Client().post("/api/graphql/", content, content_type="application/json", headers=headers)


@pytest.fixture
def token(maya: User) -> str:
    return tokens.sign_in(maya).access


def test_a_board_is_read_in_one_query(bar: Station, token: str) -> None:
    order = factory.order(bar, factory.item("Latte", "Large", "Oat"))

    read = ask(token, ORDERS, slug=bar.event.slug).json()

    assert "errors" not in read
    event = read["data"]["event"]
    assert event["stations"] == [{"slug": bar.slug, "isOpen": True}]
    assert {drink["name"] for drink in event["drinks"]} == {"Latte", "Mocha", "Tea"}
    [row] = event["orders"]
    assert (row["id"], row["code"], row["status"], row["station"]["slug"]) == (
        str(order.pk),
        "A01",
        "waiting",
        bar.slug,
    )
    assert row["items"] == [
        {"drink": "Latte", "choices": [{"option": "Large", "amount": None}, {"option": "Oat", "amount": None}]}
    ]


def test_thirty_orders_take_as_many_statements_as_one(bar: Station, token: str) -> None:
    def statements() -> int:
        with CaptureQueriesContext(
            connection,
        ) as run:
            ask(token, ORDERS, slug=bar.event.slug)
        return len(run)

    bar.event.max_open_orders = 0
    factory.order(bar)
    one = statements()
    for _ in range(29):
        factory.order(bar)

    assert statements() == one


def test_orders_come_in_pages(bar: Station, token: str) -> None:
    pks = [factory.order(bar).pk for _ in range(3)]
    page = "query($slug: String!, $before: ID) { event(slug: $slug) { orders(first: 2, before: $before) { id } } }"

    first = ask(token, page, slug=bar.event.slug).json()["data"]["event"]["orders"]
    rest = ask(token, page, slug=bar.event.slug, before=first[-1]["id"]).json()["data"]["event"]["orders"]

    assert [int(row["id"]) for row in (*first, *rest)] == pks[::-1]


def test_open_is_asked_for_together_with_other_statuses(bar: Station, token: str) -> None:
    waiting, cancelled, collected = (factory.order(bar) for _ in range(3))
    lifecycle.cancel(cancelled)
    lifecycle.collect(lifecycle.mark_ready(collected, by=None), by=None)
    query = 'query($slug: String!) { event(slug: $slug) { orders(status: ["open", "cancelled"]) { id } } }'

    rows = ask(token, query, slug=bar.event.slug).json()["data"]["event"]["orders"]

    assert [int(row["id"]) for row in rows] == [cancelled.pk, waiting.pk]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ("first: 0", "give a number from 1 to 200"),
        ("first: 201", "give a number from 1 to 200"),
        ('before: "x"', "give the id of an order"),
        (f'before: "{"9" * 5000}"', "give the id of an order"),
        ('status: ["lost"]', "there is no lost"),
    ],
)
def test_odd_arguments_get_a_sentence(bar: Station, token: str, arguments: str, told: str) -> None:
    read = ask(token, f'{{ event(slug: "{bar.event.slug}") {{ orders({arguments}) {{ id }} }} }}').json()

    assert told in read["errors"][0]["message"]


@pytest.mark.parametrize(
    "query",
    [
        "{ a: " + "__schema { types { ofType " * 9 + "{ name }" + " } }" * 9 + " }",
        '{ event(slug: "x") { ' + " ".join(f"o{n}: orders(first: 200) {{ id code }}" for n in range(60)) + " } }",
        'query($n: Int) { event(slug: "x") { '
        + " ".join(f"o{n}: orders(first: $n) {{ id }}" for n in range(120))
        + " } }",
        '{ a: event(slug: "x") { orders(first: -9000) { id code } } b: event(slug: "x") { '
        + " ".join(f"o{n}: orders(first: 200) {{ id code }}" for n in range(60))
        + " } }",
        '{ event(slug: "x") { '
        + " ".join(f"o{n}: orders(first: {'9' * 4400}) {{ id code }}" for n in range(3))
        + " ".join(f"p{n}: orders(first: 200) {{ id code }}" for n in range(60))
        + " } }",
        "{ ...a } fragment a on Query { ...b ...b } fragment b on Query { ...a ...a }",
    ],
    ids=[
        "deep",
        "wide",
        "wide by a variable",
        "paid for by less than nothing",
        "a number without end",
        "a fragment in itself",
    ],
)
def test_a_query_that_could_answer_too_much_is_refused_before_it_runs(token: str, query: str) -> None:
    answer = ask(token, query)

    assert (answer.status_code, answer.json()["code"]) == (400, "query_too_large")


@pytest.mark.parametrize("query", ["{", "", "hello", "{ " * 5000])
def test_what_is_no_query_is_refused(token: str, query: str) -> None:
    assert ask(token, query).status_code == 400


def test_nothing_can_be_changed_and_only_post_is_answered(bar: Station, token: str) -> None:
    changed = ask(token, "mutation { cancel(order: 1) { id } }").json()

    assert changed["data"] is None
    assert changed["errors"]
    client, headers = Client(), {"Authorization": f"Bearer {token}"}
    assert client.get("/api/graphql/?query={events{slug}}", headers=headers).status_code == 405


def test_a_key_reads_its_own_event_with_the_scope_to_read(bar: Station) -> None:
    other = factory.cafe()
    boss = factory.user("boss", factory.ADMIN)

    def key(*scopes: str) -> str:
        row = ApiKey(event=bar.event, owner=boss, name="Program", scopes=list(scopes))
        made = row.renew()
        row.save()
        return made

    def name(credential: str, slug: str) -> Any:
        return ask(credential, "query($s: String!) { event(slug: $s) { slug } }", s=slug).json()["data"]["event"]

    own = {"slug": bar.event.slug}
    reads, writes = key(Scope.READ), key(Scope.ORDERS)
    assert [name(reads, at.event.slug) for at in (bar, other)] == [own, None]
    assert ask(writes, "{ events { slug } }").status_code == 403
    assert ask(reads, "{ events { slug } }").json()["data"]["events"] == [own]


def test_without_a_token_nothing_is_answered(bar: Station) -> None:
    assert ask("", "{ events { slug } }").status_code == 401


def test_a_failure_says_nothing_of_what_failed(bar: Station, token: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: Any, now: Any = None) -> bool:
        raise RuntimeError("+15550200001 wants a latte")

    monkeypatch.setattr("stations.models.Event.is_open", fail)

    answer = ask(token, f'{{ event(slug: "{bar.event.slug}") {{ isOpen }} }}')

    assert "latte" not in answer.content.decode()
    assert answer.json()["errors"][0]["message"] == "Expresso failed; it was logged. Send it again."
