"""Makes backups of the database while Expresso runs, and restores them.

A backup is one folder: a copy of the database, and `backup.json`, which says what was copied and which keys it needs.
Keys are named by their fingerprint and are never part of a backup, so nobody can read personal data from it alone."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, cast

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from psycopg.pq import Conninfo

from expresso.family import find_program

ABOUT = "backup.json"
FILES = {"sqlite": "expresso.sqlite3", "postgresql": "expresso.dump"}
#: Drops all tables, views, sequences and functions, also those of a newer release, which the backup does not know.
#: Whatever an extension has made stays. `\gexec` is psql's: it runs each row as a statement.
DROP_EVERYTHING = r"""
SET client_min_messages = warning;
SELECT format('DROP %s IF EXISTS %I.%I CASCADE', kinds.name, current_schema(), relname)
FROM pg_class JOIN (
    VALUES ('r', 'TABLE'), ('p', 'TABLE'), ('v', 'VIEW'), ('m', 'MATERIALIZED VIEW'), ('S', 'SEQUENCE')
) AS kinds(kind, name) ON kinds.kind = relkind::text
WHERE relnamespace::regnamespace::text = quote_ident(current_schema()) AND NOT EXISTS (
    SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = pg_class.oid AND deptype IN ('e', 'i')
)
UNION ALL
SELECT format('DROP ROUTINE IF EXISTS %s CASCADE', oid::regprocedure)
FROM pg_proc
WHERE pronamespace::regnamespace::text = quote_ident(current_schema()) AND NOT EXISTS (
    SELECT FROM pg_depend WHERE classid = 'pg_proc'::regclass AND objid = pg_proc.oid AND deptype = 'e'
)
\gexec
"""


class BackupError(Exception):
    """The backup cannot be made or brought back; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class About:
    """The content of `backup.json`."""

    vendor: str
    made_at: str
    #: SHA-256 of the copy.
    sha256: str
    #: The migrations that were applied to the copied tables, as "app.name".
    migrations: tuple[str, ...]
    #: Fingerprints of the keys in ENCRYPTION_KEYS, the newest first.
    encryption_keys: tuple[str, ...]


def make_backup(folder: Path) -> About:
    """Write a backup into a new folder. Raise BackupError if the folder exists or the copy fails."""
    if folder.exists():
        raise BackupError(f"{folder} exists. Name a new folder, such as backups/{timezone.now():%Y-%m-%d-%H%M}.")
    # Written under another name and then renamed, so that a folder with the right name is always a whole backup.
    unfinished = folder.with_name(f"{folder.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True, mode=0o700)
    copy = unfinished / FILES[connection.vendor]
    _copy_sqlite(copy) if connection.vendor == "sqlite" else _dump_postgres(copy)
    copy.chmod(0o600)
    about = About(
        vendor=connection.vendor,
        made_at=timezone.now().isoformat(),
        sha256=_digest(copy),
        migrations=tuple(sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())),
        encryption_keys=tuple(map(fingerprint, settings.ENCRYPTION_KEYS)),
    )
    (unfinished / ABOUT).write_text(json.dumps(asdict(about), indent=2) + "\n")
    unfinished.rename(folder)
    return about


def restore_backup(folder: Path, *, replace: bool = False) -> About:
    """Put the backup in place of this deployment's database. Raise BackupError before anything is changed.

    `replace` allows this even if the database holds orders. Nothing else may use the database meanwhile."""
    about = read_backup(folder)
    copy = folder / FILES[about.vendor]
    if about.vendor != connection.vendor:
        raise BackupError(f"The backup is of {about.vendor}, this deployment uses {connection.vendor}.")
    if not copy.exists() or _digest(copy) != about.sha256:
        raise BackupError(f"{copy} is not the file that was backed up: it is damaged or was changed.")
    missing = set(about.encryption_keys) - set(map(fingerprint, settings.ENCRYPTION_KEYS))
    if missing:
        raise BackupError(
            f"ENCRYPTION_KEYS lacks the keys {', '.join(sorted(missing))}. Without them names and numbers in the"
            " backup cannot be read; add them behind the others."
        )
    if not replace and _has_orders():
        raise BackupError(
            "The database holds orders. Stop Expresso, and add --replace to put the backup in their place."
        )
    _restore_sqlite(copy) if about.vendor == "sqlite" else _restore_postgres(copy)
    return about


def read_backup(folder: Path) -> About:
    try:
        about = json.loads((folder / ABOUT).read_text())
        return About(**about | {name: tuple(about[name]) for name in ("migrations", "encryption_keys")})
    except (OSError, ValueError, TypeError, KeyError):
        raise BackupError(f"{folder} is no backup: {ABOUT} is missing or cannot be read.") from None


def fingerprint(key: str) -> str:
    """Return a name for a key. Keys have at least 32 random characters, so nobody can guess a key from its name."""
    return hashlib.sha256(f"expresso-backup:{key}".encode()).hexdigest()[:12]


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _has_orders() -> bool:
    if "orders_order" not in connection.introspection.table_names():
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM orders_order LIMIT 1")
        return cursor.fetchone() is not None


# SQLite ---------------------------------------------------------------------------------------------


def _copy_sqlite(to: Path) -> None:
    """Copy the database by SQLite's online backup, in one step.

    The application can write meanwhile, because the database has a write-ahead log. Between several steps SQLite would
    begin anew after each write, and never end."""
    with closing(sqlite3.connect(_sqlite_file())) as source, closing(sqlite3.connect(to)) as target:
        source.backup(target)
        # Makes the copy a single file, without a write-ahead log beside it.
        target.execute("PRAGMA journal_mode=DELETE")
        _check(target)


def _restore_sqlite(copy: Path) -> None:
    connection.close()
    with closing(sqlite3.connect(copy)) as source, closing(sqlite3.connect(_sqlite_file(), timeout=10)) as target:
        _check(source)
        source.backup(target)
        target.execute("PRAGMA journal_mode=WAL")


def _check(opened: sqlite3.Connection) -> None:
    [found] = opened.execute("PRAGMA integrity_check(1)").fetchone()
    if found != "ok":
        raise BackupError(f"SQLite found a fault in the database: {found}.")


def _sqlite_file() -> str:
    return str(connection.settings_dict["NAME"])


# PostgreSQL -----------------------------------------------------------------------------------------


def _dump_postgres(to: Path) -> None:
    _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={to}")


def _restore_postgres(copy: Path) -> None:
    """Replace the database's content in one transaction. If the restore fails, nothing has changed."""
    connection.close()
    contents = _run("pg_restore", "--list", str(copy)).splitlines(keepends=True)
    psql = [_postgres_program("psql"), "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1"]
    with tempfile.NamedTemporaryFile("w") as wanted, tempfile.TemporaryFile("w+") as errors:
        # Extensions stay as they are: Expresso uses none, and often another role has made them.
        wanted.writelines(line for line in contents if " EXTENSION " not in line)
        wanted.flush()
        with subprocess.Popen(
            psql, env=_environment(), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=errors, text=True
        ) as writer:
            sql = cast(IO[str], writer.stdin)
            sql.write(f"BEGIN;\n{DROP_EVERYTHING}")
            sql.flush()
            options = [
                "--clean",
                "--if-exists",
                "--no-owner",
                "--no-privileges",
                f"--use-list={wanted.name}",
                "--file=-",
            ]
            read = _result("pg_restore", *options, str(copy), stdout=sql)
            # Without COMMIT the server takes everything back.
            writer.communicate("COMMIT;\n" if read.returncode == 0 else "")
        errors.seek(0)
        # If psql fails, pg_restore is ended by a signal, because nobody reads its output any more.
        if writer.returncode and read.returncode <= 0:
            raise _failure("psql", errors.read(), writer.returncode)
        if read.returncode:
            raise _failure("pg_restore", read.stderr, read.returncode)


def _run(program: str, *arguments: str) -> str:
    """Run a program of PostgreSQL and return its output. Raise BackupError if it fails."""
    result = _result(program, *arguments, stdout=subprocess.PIPE)
    if result.returncode:
        raise _failure(program, result.stderr, result.returncode)
    return result.stdout


def _result(program: str, *arguments: str, stdout: int | IO[str]) -> subprocess.CompletedProcess[str]:
    command = [_postgres_program(program), *arguments]
    return subprocess.run(command, env=_environment(), stdout=stdout, stderr=subprocess.PIPE, text=True, check=False)


def _failure(program: str, errors: str, code: int) -> BackupError:
    lines = errors.strip().splitlines() or [f"it ended with code {code}"]
    # Hints may follow the line that says what is wrong.
    said = next((line for line in lines if "error:" in line.lower()), lines[-1])
    return BackupError(f"{program} failed, and the database is as it was: {said}")


def _environment() -> dict[str, str]:
    """Return an environment in which PostgreSQL's programs connect as Expresso does, with all options of DATABASE_URL.

    The password is passed by the environment only, because everybody on the machine can read a program's arguments."""
    given = connection.get_connection_params()
    names = {option.keyword.decode(): option.envvar.decode() for option in Conninfo.get_defaults() if option.envvar}
    return os.environ | {name: str(given[keyword]) for keyword, name in names.items() if given.get(keyword)}


def _postgres_program(name: str) -> str:
    installed: Sequence[Path] = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    if found := find_program(name, *installed):
        return found
    raise BackupError(
        f"{name} is not installed. Install PostgreSQL's client programs (apt-get install postgresql-client)."
    )
