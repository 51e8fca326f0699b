"""A digest of the installed code. Screens that run for days compare it, and reload when a new version is installed."""

from __future__ import annotations

from functools import cache
from hashlib import blake2b
from pathlib import Path

from django.conf import settings

#: Folders and file types that decide how pages look and work.
_FOLDERS = ("accounts", "expresso", "inventory", "orders", "sms", "stations", "static", "templates")
_KINDS = {".py", ".html", ".css", ".js", ".svg"}


@cache
def build_id() -> str:
    """Return the digest of the installed code. Every process of one deployment returns the same digest."""
    digest = blake2b(digest_size=6)
    for folder in _FOLDERS:
        for path in sorted(Path(settings.BASE_DIR, folder).rglob("*")):
            if path.suffix in _KINDS and "tests" not in path.parts:
                digest.update(str(path.relative_to(settings.BASE_DIR)).encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()
