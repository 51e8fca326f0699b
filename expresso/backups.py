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
#: psql script that drops all tables, views, sequences and functions, including those of a newer release, which
#: pg_restore would not drop. It spares objects that belong to a PostgreSQL extension. `\gexec` makes psql execute each
#: row of the result as a statement.
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
    """The backup cannot be made or restored. The message says why and what to do."""


@dataclass(frozen=True, slots=True)
class About:
    """The content of `backup.json`."""

    vendor: str
    made_at: str
    #: SHA-256 of the copied database.
    sha256: str
    #: Names of the migrations that the copied database has, as "app.name".
    migrations: tuple[str, ...]
    #: Fingerprints of the keys in ENCRYPTION_KEYS, the newest key first.
    encryption_keys: tuple[str, ...]


def make_backup(folder: Path) -> About:
    """Write a backup into a new folder. Raise BackupError if the folder exists or the copy fails."""
    if folder.exists():
        raise BackupError(f"{folder} exists. Name a new folder, such as backups/{timezone.now():%Y-%m-%d-%H%M}.")
    # Write the backup under another name first and rename it at the end, so that an interrupted backup never looks
    # complete.
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
    """Replace the content of the database by the backup.

    Raise BackupError and change nothing if the backup is of another kind of database, is damaged, or needs a key that
    ENCRYPTION_KEYS lacks, or if the database holds orders and `replace` is false. No other process must use the
    database during the call."""
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
    """Return the fingerprint of a key. Keys are random and long, so nobody can guess a key from its fingerprint."""
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


def _copy_sqlite(to: Path) -> None:
    """Copy the database in one step, by SQLite's online backup.

    The application can write during the copy, because the database has a write-ahead log. A copy in several steps would
    start again after each write, and might never end."""
    with closing(sqlite3.connect(_sqlite_file())) as source, closing(sqlite3.connect(to)) as target:
        source.backup(target)
        # Switch the copy to another journal mode, so that it is a single file without a write-ahead log.
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


def _dump_postgres(to: Path) -> None:
    _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={to}")


def _restore_postgres(copy: Path) -> None:
    """Replace the database's content in one transaction, so that a failed restore changes nothing."""
    connection.close()
    contents = _run("pg_restore", "--list", str(copy)).splitlines(keepends=True)
    psql = [_postgres_program("psql"), "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1"]
    with tempfile.NamedTemporaryFile("w") as wanted, tempfile.TemporaryFile("w+") as errors:
        # Do not restore extensions. Expresso uses none, and often only another role is allowed to create them.
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
            # If pg_restore failed, send no COMMIT. The server then rolls everything back.
            writer.communicate("COMMIT;\n" if read.returncode == 0 else "")
        errors.seek(0)
        # If psql fails, nobody reads pg_restore's output, and SIGPIPE ends pg_restore. Its exit code is then negative,
        # and psql's error is the one to report.
        if writer.returncode and read.returncode <= 0:
            raise _failure("psql", errors.read(), writer.returncode)
        if read.returncode:
            raise _failure("pg_restore", read.stderr, read.returncode)


def _run(program: str, *arguments: str) -> str:
    """Run one of PostgreSQL's programs and return its output. Raise BackupError if the program fails."""
    result = _result(program, *arguments, stdout=subprocess.PIPE)
    if result.returncode:
        raise _failure(program, result.stderr, result.returncode)
    return result.stdout


def _result(program: str, *arguments: str, stdout: int | IO[str]) -> subprocess.CompletedProcess[str]:
    command = [_postgres_program(program), *arguments]
    return subprocess.run(command, env=_environment(), stdout=stdout, stderr=subprocess.PIPE, text=True, check=False)


def _failure(program: str, errors: str, code: int) -> BackupError:
    lines = errors.strip().splitlines() or [f"it ended with code {code}"]
    # Report the line with "error:" and not the last line, because PostgreSQL can print hints after the error.
    said = next((line for line in lines if "error:" in line.lower()), lines[-1])
    return BackupError(f"{program} failed, and the database is as it was: {said}")


def _environment() -> dict[str, str]:
    """Return environment variables with which PostgreSQL's programs connect as Expresso does.

    They contain all options of DATABASE_URL. The password is passed in the environment and not as an argument, because
    every user of the machine can read a program's arguments."""
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
