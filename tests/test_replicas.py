"""A real streaming replica of the test database: which requests read from it, which do not, and what happens when it is
down."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from django.core.cache import cache
from django.db import connection, connections
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from accounts.models import Role, User
from expresso import env, health, replicas
from expresso.api import tokens
from expresso.databases import pooled
from expresso.reports import sources
from orders.models import Order
from orders.tests import factory
from stations.models import Station
from tests import servers
from tests.deployment import until

pytestmark = [pytest.mark.full, pytest.mark.django_db(transaction=True, databases="__all__")]


@pytest.fixture(scope="module")
def server(django_db_setup: None) -> Iterator[servers.OwnServer]:
    """Start the replica. In this file Django knows it as the database "replica1"."""
    with servers.replica(os.environ["DATABASE_URL"]) as started, pytest.MonkeyPatch.context() as patch:
        patch.setenv("A_REPLICA", started.url)
        [found] = env.postgres_list("A_REPLICA")
        ours = connection.settings_dict
        # As a "mirror" of the default database, the replica is not emptied by tests.
        rest = {"ATOMIC_REQUESTS": False, "AUTOCOMMIT": True, "TIME_ZONE": None, "CONN_MAX_AGE": 0}
        rest |= {"NAME": ours["NAME"], "TEST": ours["TEST"] | {"MIRROR": "default"}}
        patch.setitem(connections.databases, "replica1", pooled(found, connections=4, timeout=2) | rest)
        yield started


@pytest.fixture
def replica(server: servers.OwnServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[replicas.Replica]:
    """Yield the object with which the code chooses this replica and remembers its state. No other replica is used."""
    seen = replicas.Replica("replica1")
    monkeypatch.setattr(replicas, "replicas", [seen])
    monkeypatch.setattr(health, "replicas", [seen])
    yield seen
    wrapper: Any = connections["replica1"]
    wrapper.close()
    wrapper.close_pool()


def caught_up(server: servers.OwnServer) -> None:
    """Wait until the replica has everything that was written to the primary."""
    with connection.cursor() as cursor:
        # Use the insert position in the log: test servers do not flush the log to disk at once.
        cursor.execute("SELECT pg_current_wal_insert_lsn()")
        [written] = cursor.fetchone()
    address = urlsplit(server.url)._replace(path="/postgres").geturl()
    with psycopg.connect(address, autocommit=True) as there:

        def has_all() -> Any:
            row = there.execute("SELECT pg_last_wal_replay_lsn() >= %s::pg_lsn", [written]).fetchone()
            return row and row[0]

        until(has_all)


def on_replica(server: servers.OwnServer, sql: str) -> None:
    address = urlsplit(server.url)._replace(path="/postgres").geturl()
    with psycopg.connect(address, autocommit=True) as there:
        there.execute(sql)


def barista_of(bar: Station) -> Client:
    client = Client()
    client.force_login(factory.user("maya", Role.BARISTA))
    return client


def asked(client: Client, path: str) -> tuple[int, int, int]:
    """Return the response's status, and the number of statements on the replica and on the primary."""
    with CaptureQueriesContext(connections["replica1"]) as there, CaptureQueriesContext(connection) as here:
        response = through(client, path)
    looks = sum("pg_stat_wal_receiver" in query["sql"] for query in there.captured_queries)
    return response.status_code, len(there.captured_queries) - looks, len(here.captured_queries)


def readers_of(table: str, client: Client, path: str) -> set[str]:
    """Load the page, and return which databases are asked for rows of this table: "replica", "primary" or both."""
    with CaptureQueriesContext(connections["replica1"]) as there, CaptureQueriesContext(connection) as here:
        assert through(client, path).status_code == 200
    first = f'FROM "{table}"'
    of_table = [any(first == _first_from(row["sql"]) for row in rows) for rows in (there, here)]
    return {name for name, asked in zip(("replica", "primary"), of_table, strict=True) if asked}


def _first_from(sql: str) -> str:
    """Return the first table in the statement's FROM. Tables of subqueries are skipped."""
    found = re.search(r'FROM "\w+"', sql)
    return found[0] if found else ""


def through(client: Client, path: str, method: str = "GET") -> Any:
    """Load the page through the middleware of read replicas, which the test settings leave out.

    The middleware sees a request with this path and `method`; the page itself is loaded by GET."""

    def get_response(_request: HttpRequest) -> Any:
        return client.get(path)

    return replicas.ReadReplicas(get_response)(request_of(client, path, method))


def request_of(client: Client, path: str, method: str) -> HttpRequest:
    request = RequestFactory().generic(method, path)
    request.COOKIES = {name: morsel.value for name, morsel in client.cookies.items()}
    return request


@pytest.fixture
def everybody(replica: replicas.Replica, server: servers.OwnServer) -> Client:
    """Create an event "fair" with an order. Return the browser of an admin, who can open every page and call the
    API."""
    order = factory.order(factory.cafe(slug="fair"), name="Sam")
    Order.objects.update(code="A07")
    Station.objects.filter(pk=order.station_id).update(slug="bar")
    admin = factory.user("root", factory.ADMIN)
    User.objects.update(is_staff=True)
    client = Client(headers={"Authorization": f"Bearer {tokens.sign_in(admin).access}"})
    client.force_login(admin)
    caught_up(server)
    return client


#: For each database, pairs (page, table): the page reads rows of this table only from this database. Reports, the
#: history, searches and lists are read from a replica; boards, users and rights are read from the primary.
READ_FROM = {
    "replica": [
        ("/stations/bar/history/", "orders_order"),
        ("/events/fair/reports/", "orders_order"),
        ("/events/fair/reports/orders.csv", "orders_order"),
        ("/events/fair/support/?q=Sam", "accounts_customer"),
        ("/admin/orders/order/", "orders_order"),
        ("/admin/accounts/customer/", "accounts_customer"),
        ("/admin/accounts/auditentry/", "accounts_auditentry"),
        ("/admin/payments/payment/", "payments_payment"),
        ("/admin/sms/inboundmessage/", "sms_inboundmessage"),
        ("/api/v1/events/", "stations_event"),
        ("/api/v1/events/fair/audit/", "accounts_auditentry"),
        ("/api/v1/events/fair/customers/?code=A07", "accounts_customer"),
        ("/api/v1/events/fair/drinks/", "inventory_drink"),
        ("/api/v1/events/fair/items/", "orders_orderitem"),
        ("/api/v1/events/fair/option-groups/", "inventory_optiongroup"),
        ("/api/v1/events/fair/orders/", "orders_order"),
        ("/api/v1/events/fair/reports/", "orders_order"),
        ("/api/v1/events/fair/reports/drinks/", "orders_orderitem"),
        ("/api/v1/events/fair/stations/", "stations_station"),
    ],
    "primary": [
        ("/stations/bar/", "orders_order"),
        ("/events/fair/wall/", "orders_order"),
        ("/events/fair/support/", "sms_conversation"),
        ("/stations/bar/history/", "accounts_user"),
        ("/admin/accounts/user/", "accounts_user"),
        ("/admin/api/apikey/", "api_apikey"),
        ("/api/v1/events/fair/staff/", "accounts_membership"),
        ("/api/v1/stations/bar/queue/", "orders_order"),
    ],
}


@pytest.mark.parametrize(
    ("reader", "path", "table"), [(reader, *page) for reader, pages in READ_FROM.items() for page in pages]
)
def test_pages_are_read_from_the_replica_unless_they_must_be_fresh(
    everybody: Client, reader: str, path: str, table: str
) -> None:
    assert readers_of(table, everybody, path) == {reader}


def test_report_of_a_large_event_is_read_from_the_replica(everybody: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "MANY", 0)

    assert readers_of("reports_ordersums", everybody, "/events/fair/reports/") == {"replica"}


def test_whoever_wrote_reads_their_own_write(replica: replicas.Replica, server: servers.OwnServer) -> None:
    bar = factory.cafe()
    client, other = barista_of(bar), Client()
    other.force_login(factory.user("ben", Role.BARISTA))
    caught_up(server)
    path = f"/stations/{bar.slug}/history/"

    through(client, "/", "POST")
    after_writing = asked(client, path)[1], asked(other, path)[1]
    # For some seconds the cache stores that this user has written and must read from the primary. Emptying the cache
    # has the same effect as waiting.
    cache.clear()
    later = asked(client, path)[1]

    assert after_writing[0] == 0
    assert after_writing[1] > 0
    assert later > 0


def test_writes_go_to_the_primary_wherever_they_were_read(replica: replicas.Replica, server: servers.OwnServer) -> None:
    factory.order(factory.cafe(), name="Ada")
    caught_up(server)
    token = replicas._reads.set(True)
    try:
        order = Order.objects.get()
        order.name = "Grace"
        order.save(update_fields=["name"])
    finally:
        replicas._reads.reset(token)

    assert order._state.db == "default"
    assert Order.objects.get().name == "Grace"


def test_replica_that_is_behind_is_left_out(
    replica: replicas.Replica, server: servers.OwnServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replicas, "MOST_BEHIND", 0.5)
    bar = factory.cafe()
    client = barista_of(bar)
    caught_up(server)
    replica.look()
    assert replica.is_usable()

    on_replica(server, "SELECT pg_wal_replay_pause()")
    try:
        factory.order(bar)
        until(lambda: not _looked(replica).is_usable())
        paused = asked(client, f"/stations/{bar.slug}/history/")
    finally:
        on_replica(server, "SELECT pg_wal_replay_resume()")
    caught_up(server)
    replica.look()
    resumed = asked(client, f"/stations/{bar.slug}/history/")

    assert paused[:2] == (200, 0)
    assert (resumed[0], resumed[1] > 0) == (200, True)


def _looked(replica: replicas.Replica) -> replicas.Replica:
    replica.look()
    return replica


def test_replica_that_is_down_is_left_out_and_named(replica: replicas.Replica, server: servers.OwnServer) -> None:
    """While the replica is down, its pages are read from the primary, and the health check names the replica.

    This must be the last test of the file, because the replica stays down."""
    bar = factory.cafe()
    client = barista_of(bar)
    client.raise_request_exception = False
    caught_up(server)
    replica.look()
    server.member.stop()

    status, _, here = asked(client, f"/stations/{bar.slug}/history/")
    with pytest.raises(health.Degraded, match="replica1"):
        health.replica_state()

    assert (status, here > 0) == (200, True)
    assert not replica.is_usable()
