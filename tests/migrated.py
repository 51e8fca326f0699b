"""An SQLite database with all migrations applied. It is made once for each version of the migrations, and then copied.

Applying a hundred migrations takes ten seconds. Without copies, every test process and most deployments would do
this."""

from __future__ import annotations

import fcntl
import hashlib
import os
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from expresso.machine import BASE_DIR
from tests.run import DEPLOYMENT

#: Folder for the migrated database. `make clean` deletes it.
CACHE = BASE_DIR / ".pytest_cache"


def copy_to(file: Path) -> None:
    """Copy the migrated database to this file, which only its owner can read."""
    made = make()
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    file.touch(mode=0o600)
    with closing(sqlite3.connect(made)) as source, closing(sqlite3.connect(file)) as target:
        source.backup(target)


def make() -> Path:
    """Return the path of the migrated database. Make it first if there is none for the present migrations."""
    CACHE.mkdir(exist_ok=True)
    with (CACHE / "migrated.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        made = CACHE / f"migrated-{_digest()}.sqlite3"
        if not made.exists():
            for old in CACHE.glob("migrated-*.sqlite3"):
                old.unlink()
            _migrate(made)
    return made


def _digest() -> str:
    """Return a digest of all migrations: Expresso's files, and the versions of the installed packages."""
    digest = hashlib.sha256((BASE_DIR / "requirements.txt").read_bytes())
    for file in sorted(BASE_DIR.glob("*/**/migrations/*.py")):
        if ".venv" not in file.parts:
            digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def _migrate(made: Path) -> None:
    inherited = {name: value for name, value in os.environ.items() if name not in DEPLOYMENT}
    with tempfile.TemporaryDirectory(dir=CACHE) as folder:
        subprocess.run(
            [sys.executable, "manage.py", "migrate", "--verbosity=0"],
            cwd=BASE_DIR,
            env=inherited | {"VAR_DIR": folder},
            check=True,
        )
        (Path(folder) / "expresso.sqlite3").rename(made)
