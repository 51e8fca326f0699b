"""Reads from docs/access.md which roles are allowed to open which addresses, and signs a browser in with a role."""

from __future__ import annotations

import re
from pathlib import Path

from django.test import Client

from accounts.models import Role
from orders.tests import factory
from stations.models import Event

DOC = Path(__file__).parent.parent / "docs" / "access.md"
WHO = ("guest", *reversed(Role.values), factory.ADMIN)


def table() -> dict[str, set[str]]:
    """Return for each address in docs/access.md the roles that are allowed to open it."""
    allowed: dict[str, set[str]] = {}
    for line in DOC.read_text().splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| ") and cells[0] != "what":
            may_open = {who for who, cell in zip(WHO, cells[2:], strict=True) if cell == "yes"}
            allowed |= dict.fromkeys(re.findall(r"`(.+?)`", cells[1]), may_open)
    return allowed


TABLE = table()


def browser_of(who: str, at: Event) -> Client:
    client = Client()
    if who != "guest":
        client.force_login(factory.user(f"the-{who}", who, at), backend="django.contrib.auth.backends.ModelBackend")
    return client
