"""A check of `make lint`: with a new migration applied, the previous release must still work until it is replaced.

django-migration-linter checks the SQL for PostgreSQL. It refuses, for example, a NOT NULL column without a default in
the database, because the old code's inserts would fail. `db_default=` adds such a default."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests import servers

#: The first migration that is checked, by app. Earlier migrations were released before this check existed.
CHECKED_FROM = {
    "accounts": "0010",
    "expresso/api": "0005",
    "expresso/facts": "0002",
    "expresso/payments": "0002",
    "expresso/planner": "0002",
    "expresso/reports": "0002",
    "inventory": "0008",
    "orders": "0013",
    "sms": "0013",
    "stations": "0013",
}
#: Migrations that are allowed although the linter refuses them, each with the reason.
EXCUSED = {
    "0005_encrypted_secrets": "a text column takes what the old code writes, and each read meets one code or the other",
    "0002_longer_stripe_ids": "longer columns take what the old code writes",
    "0016_rcs_senders": "a longer column takes what the old code writes",
    "0013_support_desk": "its unique columns are new, so the old code writes none of them",
    "0019_subscriptions": "its unique constraint allows all that the one before it allowed",
}


def new_migrations() -> list[str]:
    return sorted(
        file.stem
        for app, first in CHECKED_FROM.items()
        for file in Path(app, "migrations").glob("[0-9]*.py")
        if file.name >= first and file.stem not in EXCUSED
    )


def main() -> int:
    options = [
        "--settings",
        "tests.migration_settings",
        "--project-root-path",
        ".",
        "--no-cache",
        "--quiet",
        "ok",
        "ignore",
    ]
    with servers.postgres() as server, servers.fresh_database(server.url) as database:
        settings = {"DATABASE_URL": database, "REDIS_URL": "redis://nobody-asks"}
        command = [sys.executable, "manage.py", "lintmigrations", *options, "--include-name", *new_migrations()]
        return subprocess.run(command, env=os.environ | settings, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
