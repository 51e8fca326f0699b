"""Keeps the static files that one deployment has collected, and copies them into the data folders of later deployments,
because collecting takes three seconds.

A deployment's launcher collects them again if its stamp file says that a file has changed."""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.migrated import CACHE

KEPT = CACHE / "collected"
STAMP, FILES = "static.stamp", "static"


def bring(folder: Path) -> None:
    """Copy the kept files into a deployment's new data folder. Do nothing if none are kept."""
    with _alone():
        if (KEPT / STAMP).exists() and not (folder / STAMP).exists():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            shutil.copytree(KEPT / FILES, folder / FILES, dirs_exist_ok=True)
            shutil.copy2(KEPT / STAMP, folder / STAMP)


def keep(folder: Path) -> None:
    """Keep this data folder's files for later deployments, unless the same files are already kept."""
    stamp = (folder / STAMP).read_text()
    with _alone():
        if not (KEPT / STAMP).exists() or (KEPT / STAMP).read_text() != stamp:
            shutil.rmtree(KEPT, ignore_errors=True)
            shutil.copytree(folder / FILES, KEPT / FILES)
            (KEPT / STAMP).write_text(stamp)


@contextmanager
def _alone() -> Iterator[None]:
    CACHE.mkdir(exist_ok=True)
    with (CACHE / "collected.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
