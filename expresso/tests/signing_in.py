"""Helpers for tests that sign in on the sign-in page."""

from __future__ import annotations

from typing import Any

from django.test import Client

from accounts.models import AuditEntry

#: The password of users made by `orders.tests.factory.user`, and a password to change it to.
RIGHT, NEW = "a long enough one", "another quite long one"


def sign_in(client: Client, name: str = "olivia", password: str = RIGHT, **more: str) -> Any:
    return client.post("/accounts/login/", {"username": name, "password": password} | more)


def signed_in(name: str, password: str = RIGHT) -> Client:
    client = Client()
    assert sign_in(client, name, password).status_code == 302
    return client


def who(client: Client) -> str:
    return str(client.session.get("_auth_user_id", ""))


def acts() -> list[str]:
    return list(AuditEntry.objects.order_by("pk").values_list("act", flat=True))
