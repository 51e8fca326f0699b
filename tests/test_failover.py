"""The primary database dies and its standby is promoted. Expresso then uses the standby, and no confirmed write is
lost."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import Error, IntegrityError, connection, connections

from expresso import env
from expresso.databases import pooled
from stations.models import Event
from tests import deployment, servers
from tests.deployment import Deployment, new_sid, until

pytestmark = [pytest.mark.full, pytest.mark.django_db(transaction=True, databases="__all__"), pytest.mark.timeout(120)]
MANY = 60
ALIAS = "failover"


def run(server: servers.OwnServer, statement: str) -> Any:
    with psycopg.connect(urlsplit(server.url)._replace(path="/postgres").geturl(), autocommit=True) as there:
        cursor = there.execute(statement)
        row = cursor.fetchone() if cursor.description else None
        return row[0] if row else None


def promote(server: servers.OwnServer) -> None:
    run(server, "SELECT pg_promote()")
    until(lambda: not run(server, "SELECT pg_is_in_recovery()"))


@contextmanager
def primary_and_standby() -> Iterator[tuple[servers.OwnServer, servers.OwnServer]]:
    """Start a primary as a copy of the test suite's server, and a standby for it. Each commit waits for both."""
    with servers.replica(os.environ["DATABASE_URL"], durable=True) as primary:
        promote(primary)
        with servers.replica(primary.url, durable=True) as standby:
            with psycopg.connect(urlsplit(primary.url)._replace(path="/postgres").geturl(), autocommit=True) as there:
                for setting in ("synchronous_standby_names = '*'", "synchronous_commit = remote_apply"):
                    there.execute(f"ALTER SYSTEM SET {setting}")
                there.execute("SELECT pg_reload_conf()")
            yield primary, standby


def address_of_both(primary: servers.OwnServer, standby: servers.OwnServer, name: str) -> str:
    hosts = ",".join(urlsplit(server.url).netloc.rpartition("@")[2] for server in (primary, standby))
    return f"postgres://expresso@{hosts}/{name}?target_session_attrs=read-write"


def fail_over(primary: servers.OwnServer, standby: servers.OwnServer) -> None:
    primary.member.process.kill()
    primary.member.process.wait()
    promote(standby)


@pytest.fixture(scope="module")
def two(django_db_setup: None) -> Iterator[tuple[servers.OwnServer, servers.OwnServer]]:
    """Yield the primary and the standby. Django's connection knows the addresses of both."""
    name = connection.settings_dict["NAME"]
    with primary_and_standby() as (primary, standby), pytest.MonkeyPatch.context() as patch:
        patch.setenv("BOTH", address_of_both(primary, standby, name))
        found = env.postgres("BOTH")
        assert found
        # As a "mirror" of the default database, this alias is not emptied by tests.
        rest = {"ATOMIC_REQUESTS": False, "AUTOCOMMIT": True, "TIME_ZONE": None, "CONN_MAX_AGE": 0}
        rest |= {"TEST": connection.settings_dict["TEST"] | {"MIRROR": "default"}}
        patch.setitem(connections.databases, ALIAS, pooled(found, connections=4, timeout=2) | rest)
        yield primary, standby
        wrapper: Any = connections[ALIAS]
        wrapper.close()
        wrapper.close_pool()


def write(slug: str) -> bool:
    """Write a row. Return True if it is committed for certain, or False if the caller has to try again."""
    try:
        Event.objects.using(ALIAS).create(slug=slug, name="Conf")
    except IntegrityError:
        return True  # The row exists: an earlier attempt was committed before its connection broke.
    except Error:
        connections[ALIAS].close()
        time.sleep(0.1)
        return False
    return True


def test_a_database_that_fails_over_loses_nothing_that_was_acknowledged(
    two: tuple[servers.OwnServer, servers.OwnServer],
) -> None:
    primary, standby = two
    for number in range(MANY):
        if number == MANY // 3:
            fail_over(primary, standby)
        until(partial(write, f"event-{number}"), what="a write")

    assert Event.objects.using(ALIAS).filter(slug__startswith="event-").count() == MANY


def reply_to(at: Deployment, customer: str) -> str:
    """Text an order, repeat the text until it is answered, as Twilio does, and return the reply."""
    sid = new_sid()

    def text() -> str:
        answer = at.text("large americano", sender=customer, sid=sid)
        return answer.reply if answer.status == 200 else ""

    return until(text, seconds=60, what="an answer")


def test_a_failover_costs_no_order(tmp_path: Path, redis: servers.OwnRedis) -> None:
    with primary_and_standby() as (primary, standby):
        run(primary, f'CREATE DATABASE conference TEMPLATE "{os.environ.get("MIGRATED_DATABASE", "template1")}"')
        site = deployment.full(tmp_path, database=address_of_both(primary, standby, "conference"), redis=redis.url)
        with deployment.running(site):
            replies = []
            for number in range(20):
                if number == 7:
                    fail_over(primary, standby)
                replies.append(reply_to(site, f"+120255501{number:02}"))

            assert [reply for reply in replies if "Got it" not in reply] == []
            assert site.rows("SELECT count(*), count(DISTINCT customer_id) FROM orders_order") == [(20, 20)]
