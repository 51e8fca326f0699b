"""Which build of Expresso this process runs, so that a screen that hangs for days notices a new one."""

from __future__ import annotations

from functools import cache
from hashlib import blake2b
from pathlib import Path

from django.conf import settings

#: What pages are made of: the programs behind them, their templates, styles and scripts.
_FOLDERS = ("accounts", "expresso", "inventory", "orders", "sms", "stations", "static", "templates")
_KINDS = {".py", ".html", ".css", ".js", ".svg"}


@cache
def build() -> str:
    """The same in every process of one deployment, whenever it started."""
    digest = blake2b(digest_size=6)
    for folder in _FOLDERS:
        for path in sorted(Path(settings.BASE_DIR, folder).rglob("*")):
            if path.suffix in _KINDS and "tests" not in path.parts:
                digest.update(str(path.relative_to(settings.BASE_DIR)).encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()
