"""The message that a launcher prints once it serves: addresses and logins."""

from __future__ import annotations

from django.conf import settings
from django.db import connection

from expresso.machine import addresses


def welcome(port: int) -> str:
    here = f"http://localhost:{port}"
    try:
        places = [("Home", f"{here}/"), *_pages(here), ("Admin", f"{here}/admin/"), ("Health", f"{here}/health")]
        logins = _logins()
    finally:
        connection.close()
    places += [("From a tablet", f"http://{address}:{port}/") for address in addresses()[:2]]
    lines = ["", "Expresso is running. Ctrl-C stops it.", "", *_columns(places)]
    if logins:
        lines += ["", "Sign in as", *_columns(logins)]
    return "\n".join([*lines, ""])


def _columns(rows: list[tuple[str, ...]]) -> list[str]:
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    return ["  " + "  ".join(map(str.ljust, row, widths)).rstrip() for row in rows]


def _pages(here: str) -> list[tuple[str, ...]]:
    """Return the addresses of the first few boards and walls. More would not fit a terminal."""
    # Models can be imported only after django.setup().
    from stations.models import Event, Station

    boards = [(f"Barista, {s.name}", f"{here}/stations/{s.slug}/") for s in Station.objects.all()[:4]]
    walls = [(f"Wall, {e.name}", f"{here}/events/{e.slug}/wall/") for e in Event.objects.all()[:2]]
    simulator = [("Phone simulator", f"{here}/simulator/")] if settings.SIMULATOR else []
    return [*boards, *walls, *simulator]


def _logins() -> list[tuple[str, ...]]:
    from expresso import demo

    return [(login.username, login.password, login.role) for login in demo.logins()]
