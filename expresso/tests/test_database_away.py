"""Tests that requests are answered soon while the database cannot be reached, and that they can be repeated."""

from __future__ import annotations

import time
from typing import Any
from unittest.mock import patch

import pytest
from django.db import DatabaseError, InterfaceError, OperationalError, connection, transaction
from django.test import Client, RequestFactory

from accounts.models import Role
from expresso import error_pages
from expresso.api import tokens
from expresso.postgres import base
from orders.tests import factory
from sms.tests.factory import form, signed_post

AWAY = "expresso.views.within"


@pytest.mark.django_db
@pytest.mark.parametrize("error", [OperationalError("server closed the connection"), InterfaceError("closed")])
def test_page_is_503_and_says_when_to_come_back(error: Exception) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(factory.user("maya", Role.BARISTA))

    with patch(AWAY, side_effect=error):
        response = client.get("/")

    assert (response.status_code, response["Retry-After"]) == (503, "3")
    assert "cannot reach its database" in response.content.decode()


@pytest.mark.django_db
def test_other_faults_are_500() -> None:
    client = Client(raise_request_exception=False)
    client.force_login(factory.user("maya", Role.BARISTA))

    with patch(AWAY, side_effect=KeyError("a bug")):
        response = client.get("/")

    assert response.status_code == 500


def reads_a_table_that_is_missing(*_: object) -> None:
    # Use a savepoint. Without one, PostgreSQL would refuse all further statements of the transaction after the error.
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM sms_gone")


@pytest.mark.django_db
def test_missing_table_is_a_fault_of_ours() -> None:
    client = Client(raise_request_exception=False)
    client.force_login(factory.user("maya", Role.BARISTA))

    with patch(AWAY, side_effect=reads_a_table_that_is_missing):
        response = client.get("/")

    assert response.status_code == 500


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("error", "code"), [(OperationalError("no server"), 503), (reads_a_table_that_is_missing, 500)]
)
def test_api_tells_a_database_that_is_away_from_a_fault_of_ours(error: Any, code: int) -> None:
    client = Client(raise_request_exception=False)
    token = tokens.sign_in(factory.user("maya", Role.BARISTA, factory.event())).access

    with patch("expresso.api.views.events.within", side_effect=error):
        response = client.get("/api/v1/events/", headers={"Authorization": f"Bearer {token}"})

    assert (response.status_code, response["Content-Type"]) == (code, "application/problem+json")
    assert response.json()["code"] == {503: "unavailable", 500: "server_error"}[code]


@pytest.mark.parametrize(("error", "status"), [(OperationalError("no server"), 503), (ValueError(), 500)])
def test_api_says_so_where_no_view_was_reached(error: Exception, status: int) -> None:
    request = RequestFactory().get("/api/v1/events/")

    try:
        raise error
    except type(error):
        response = error_pages.server_error(request)

    assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json")


@pytest.mark.django_db
def test_text_that_meets_a_missing_table_is_a_fault_of_ours_and_not_tried_again() -> None:
    with (
        patch("sms.inbound.receive", side_effect=reads_a_table_that_is_missing) as receive,
        pytest.raises(DatabaseError),
    ):
        signed_post("/sms", form())

    assert receive.call_count == 1


@pytest.mark.django_db
def test_server_that_is_away_is_asked_once_a_second() -> None:
    """While no server answers, only the first attempt to connect waits for the pool's timeout.

    Further attempts within a second fail at once. (No server listens on port 1.)"""
    url = {"HOST": "127.0.0.1", "PORT": "1", "NAME": "expresso", "USER": "expresso", "PASSWORD": ""}
    pool = {"min_size": 1, "max_size": 1, "timeout": 0.2}
    given = {"ENGINE": "expresso.postgres", "OPTIONS": {"pool": pool}, "TIME_ZONE": None, "AUTOCOMMIT": True}
    rest = {"CONN_HEALTH_CHECKS": True, "CONN_MAX_AGE": 0, "TEST": {}, "ATOMIC_REQUESTS": False}
    wrapper = base.DatabaseWrapper(given | rest | url, alias="away")
    waited = []

    try:
        for _ in range(4):
            began = time.monotonic()
            with pytest.raises(OperationalError):
                wrapper.ensure_connection()
            waited.append(time.monotonic() - began >= 0.2)
    finally:
        wrapper.close_pool()

    assert waited == [True, False, False, False]
