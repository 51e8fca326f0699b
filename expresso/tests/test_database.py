from __future__ import annotations

import datetime as dt

import psycopg
import pytest
from django.db import connection
from psycopg.pq import Format

from stations.models import Event

TIMESTAMPTZ = psycopg.adapters.types["timestamptz"].oid
#: SQL that ends all other connections to this test's database. Databases of other pytest workers are not touched.
END_THE_OTHERS = """
SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


@pytest.mark.full
@pytest.mark.django_db
def test_statements_are_neither_compiled_nor_divided_among_processes() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('jit'), current_setting('max_parallel_workers_per_gather')")
        assert cursor.fetchone() == ("off", "0")


@pytest.mark.full
def test_options_of_the_deployment_count_and_pgbouncer_gets_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "options", "-c jit=on")
    assert connection.get_connection_params()["options"].endswith("_gather=0 -c jit=on")

    monkeypatch.delitem(connection.settings_dict["OPTIONS"], "options")
    monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", True)
    assert "options" not in connection.get_connection_params()


@pytest.mark.full
@pytest.mark.django_db(transaction=True)
def test_connections_that_died_in_the_pool_cost_no_request(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not Event.objects.exists()
    # Use a long timeout. The test checks that the request is answered, and a busy machine can take long to connect.
    monkeypatch.setattr(connection.pool, "timeout", 50)  # type: ignore[attr-defined]
    address, password = connection.connection.info.dsn, connection.settings_dict["PASSWORD"]
    connection.close()

    with psycopg.connect(address, password=password, autocommit=True) as other:
        assert other.execute(END_THE_OTHERS).fetchall()

    assert not Event.objects.exists()


@pytest.mark.full
@pytest.mark.django_db(transaction=True)
def test_requests_leave_no_classes_behind() -> None:
    assert connection.vendor == "postgresql"

    def loaders() -> set[type]:
        found = set()
        for _ in range(3):
            cursor = connection.prepared_cursor()  # type: ignore[attr-defined]
            found.add(cursor.adapters.get_loader(TIMESTAMPTZ, Format.TEXT))
            # Closing gives the connection back to the pool, as the end of a request does.
            connection.close()
        return found

    [loader] = loaders()
    assert loader.timezone == dt.UTC  # type: ignore[attr-defined]
