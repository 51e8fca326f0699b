"""Part of `make lint`: while a new migration is applied, the release before must go on working until it is
replaced.

django-migration-linter reads the SQL that PostgreSQL would get. It refuses, for example, a column that is NOT
NULL and has no default in the database, because rows that the old code inserts would be refused. `db_default=`
adds a default."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests import servers

#: The first migration of each app that is checked. Earlier ones were released before this check existed.
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
#: Migrations that the linter refuses and that are allowed nevertheless, each with the reason.
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
