"""The message that a launcher prints when it is ready: URLs and logins."""

from __future__ import annotations

from django.conf import settings
from django.db import connection

from expresso.machine import addresses

NOBODY = """\
Nobody can sign in yet. Make the first user:
  .venv/bin/python manage.py createsuperuser"""


def welcome(port: int, *, show_logins: bool) -> str:
    """Return the message with the site's URLs and logins. Passwords are included only with `show_logins`."""
    # With https, use the public URL: http://localhost would redirect to https://localhost, where nothing answers.
    here = settings.PUBLIC_URL if settings.HTTPS else f"http://localhost:{port}"
    try:
        places = [("Home", f"{here}/"), *_pages(here), ("Admin", f"{here}/admin/"), ("Health", f"{here}/health")]
        sign_in = _sign_in(show_logins=show_logins)
    finally:
        connection.close()
    if not settings.HTTPS:
        places += [("From a tablet", f"http://{address}:{port}/") for address in addresses()[:2]]
    return "\n".join(["", "Expresso is running. Ctrl-C stops it.", "", *_columns(places), *sign_in, ""])


def _columns(rows: list[tuple[str, ...]]) -> list[str]:
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    return ["  " + "  ".join(map(str.ljust, row, widths)).rstrip() for row in rows]


def _pages(here: str) -> list[tuple[str, ...]]:
    """Return titles and URLs of the first few boards and wall displays, because more would not fit a terminal."""
    # Import models only now, because they need django.setup().
    from stations.models import Event, Station

    boards = [(f"Barista, {s.name}", f"{here}/stations/{s.slug}/") for s in Station.objects.all()[:4]]
    walls = [(f"Wall, {e.name}", f"{here}/events/{e.slug}/wall/") for e in Event.objects.all()[:2]]
    simulator = [("Phone simulator", f"{here}/simulator/")] if settings.SIMULATOR else []
    return [*boards, *walls, *simulator]


def _sign_in(*, show_logins: bool) -> list[str]:
    from accounts.models import User
    from expresso import demo

    if not User.objects.exists():
        return ["", NOBODY]
    logins = demo.logins()
    if not logins:
        return []
    if show_logins:
        rows: list[tuple[str, ...]] = [(login.username, login.password, login.role) for login in logins]
        return ["", "Sign in as", *_columns(rows), "", f"Shown once; kept in {demo.logins_file()}."]
    names = ", ".join(login.username for login in logins)
    return ["", f"Sign in as {names}; the passwords are in {demo.logins_file()}."]
