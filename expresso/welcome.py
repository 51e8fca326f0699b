"""What a launcher prints once it answers: where to go, and who to be."""

from __future__ import annotations

from django.conf import settings
from django.db import connection

from expresso.machine import addresses


def welcome(port: int) -> str:
    here = f"http://localhost:{port}"
    lines = [("Home", f"{here}/"), *pages(here)]
    if settings.SIMULATOR:
        lines.append(("Phone simulator", f"{here}/simulator/"))
    lines += [("Admin", f"{here}/admin/"), ("Health", f"{here}/health")]
    lines += [("From a tablet", f"http://{address}:{port}/") for address in addresses()[:2]]
    width = max(len(name) for name, _ in lines)
    return "\n".join(["", "Expresso is running.", *(f"  {name:<{width}}  {url}" for name, url in lines), ""])


def pages(here: str) -> list[tuple[str, str]]:
    """Boards and walls of the events there are; the first few, for a terminal has few lines."""
    # Models can be imported only after django.setup().
    from stations.models import Event, Station

    try:
        boards = [(f"Barista, {s.name}", f"{here}/stations/{s.slug}/") for s in Station.objects.all()[:4]]
        walls = [(f"Wall, {e.name}", f"{here}/events/{e.slug}/wall/") for e in Event.objects.all()[:2]]
        return boards + walls
    finally:
        connection.close()
