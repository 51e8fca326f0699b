"""Starts, stops and kills real deployments of Expresso. Each has its own port and its own data folder.

Tests use a deployment over HTTP. They read its database, and change it only to prepare a test or to move times into the
past. `kill` sends kill -9 to every process."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, TypeVar
from urllib.parse import urlencode
from uuid import uuid4
from xml.etree import ElementTree

import psycopg
from twilio.request_validator import RequestValidator

from accounts import encryption
from expresso.family import find_program
from expresso.machine import BASE_DIR, LOOPBACK
from orders.statuses import OPEN
from tests import collected
from tests.run import DEPLOYMENT
from tests.servers import free_port

#: Phone number of the demonstration event, and a fictional customer's number.
DEMO_NUMBER, SOMEBODY = "+15555550100", "+12025550199"
T = TypeVar("T")


def until(ask: Callable[[], T], *, seconds: float = 20, what: str = "") -> T:
    """Call `ask` until it returns a true value, and return this value. Raise TimeoutError after `seconds`."""
    deadline = time.monotonic() + seconds
    while not (answer := ask()):
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what or ask} did not come true within {seconds:g} s; at last: {answer!r}")
        time.sleep(0.02)
    return answer


def free_ports(count: int) -> int:
    """Return the first of `count` consecutive free ports, which the servers of a full deployment need."""
    while True:
        first = free_port()
        with suppress(OSError, OverflowError):
            for port in range(first, first + count):
                with socket.socket() as probe:
                    probe.bind(("0.0.0.0", port))
            return first


def among(statuses: Iterable[str]) -> str:
    """Return these order statuses as a list for an IN condition in SQL."""
    return "(" + ", ".join(f"'{status}'" for status in statuses) + ")"


class Answer(NamedTuple):
    status: int
    #: The text of the reply; "" if Expresso replied nothing.
    reply: str


@dataclass
class Deployment:
    """A deployment of Expresso with all its processes. `launcher` is "run" or "full". `environment` has the environment
    variables that the user sets."""

    launcher: str
    folder: Path
    environment: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=lambda: free_ports(3))
    process: subprocess.Popen[bytes] | None = None
    #: The folder with the code of the deployment.
    tree: Path = BASE_DIR
    #: The cookies of users who signed in, by name (`tests.pages.Visitors`).
    cookies: dict[str, list[Any]] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return self.environment.get("PUBLIC_URL", f"http://localhost:{self.port}")

    @property
    def http_port(self) -> int | None:
        """Return the port of the WSGI workers for a full deployment without nginx. There, HTTP requests must go to this
        port. Otherwise return None, because `port` answers all requests."""
        return self.port + 1 if self.launcher == "full" and not find_program("nginx") else None

    @property
    def log(self) -> Path:
        return self.folder.parent / f"{self.folder.name}.log"

    # Methods that start and stop the deployment

    def start(self) -> None:
        """Start the launcher. Return when it has printed that Expresso is running."""
        said = len(self.said())
        collected.bring(self.folder)
        with self.log.open("ab") as output:
            # The new session lets `processes` find every process that the launcher starts.
            self.process = subprocess.Popen(
                [sys.executable, "-m", f"expresso.{self.launcher}"],
                cwd=self.tree,
                env=self._environment(),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        until(lambda: "Expresso is running" in self.said()[said:] or self._ended(), seconds=180, what="the start")
        if self._ended():
            raise RuntimeError(f"it did not start:\n{self.said()[said:]}")
        collected.keep(self.folder)

    def stop(self) -> None:
        """End the launcher by SIGTERM. If it has not ended after 20 s, kill all processes."""
        if self.process and not self._ended():
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()
        self.process = None

    def kill(self) -> None:
        """Send kill -9 to all processes of the deployment at once."""
        launcher = self._launcher()
        # Freeze the launcher first. A frozen launcher starts no process again. It also keeps the watchdog's pipe open,
        # so no process notices and shuts down properly.
        launcher.send_signal(signal.SIGSTOP)
        for pid in processes(launcher.pid):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        launcher.wait()
        until(lambda: not self.accepts(), what="the end of the killed server")
        self.process = None

    @contextmanager
    def frozen(self, program: str) -> Iterator[None]:
        """Freeze (SIGSTOP) all processes whose command contains `program`, until the block ends."""
        session = self._launcher().pid

        def found() -> list[int]:
            return [pid for pid, command in processes(session).items() if program in command]

        # Wait for the processes: the worker, for example, starts only when the web process answers.
        pids = until(found, what=f"a process that runs {program}")
        for pid in pids:
            os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            for pid in pids:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGCONT)

    def accepts(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex((LOOPBACK, self.port)) == 0

    def said(self) -> str:
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    def _ended(self) -> bool:
        return self._launcher().poll() is not None

    def _launcher(self) -> subprocess.Popen[bytes]:
        if self.process is None:
            raise RuntimeError("it is not running")
        return self.process

    def _environment(self) -> dict[str, str]:
        # Use the environment of a new user, without the variables of the test suite.
        own = DEPLOYMENT | {"DJANGO_ALLOW_ASYNC_UNSAFE", "MAKELEVEL", "PYTHONDONTWRITEBYTECODE"}
        inherited = {name: value for name, value in os.environ.items() if name not in own}
        given = {"PORT": str(self.port), "VAR_DIR": str(self.folder), "PUBLIC_URL": self.url, "DEMO": "1"}
        return inherited | given | self.environment

    # Methods that do what users do

    def password_of(self, username: str) -> str:
        rows = (line.split() for line in (self.folder / "demo-logins.txt").read_text().splitlines())
        return next(password for name, password, _ in rows if name == username)

    @property
    def token(self) -> str:
        """Return the token with which Twilio, or the phone simulator in its place, signs requests."""
        secret = self.environment.get("SECRET_KEY") or (self.folder / "secret_key").read_text().strip()
        return self.environment.get("TWILIO_AUTH_TOKEN", f"simulator-{secret}")

    def text(
        self, body: str, *, sender: str = SOMEBODY, sid: str | None = None, token: str | None = None, to: str = ""
    ) -> Answer:
        """Post a text as Twilio does, signed for the public URL.

        `token` replaces the right token; with "" the request has no signature."""
        sid = sid or new_sid()
        form = {"MessageSid": sid, "From": sender, "To": to or self.number, "Body": body, "NumMedia": "0"}
        return self.webhook("/sms", form, token=token)

    def webhook(self, path: str, form: dict[str, str], *, token: str | None = None) -> Answer:
        """Post a form as Twilio does, with a signature. `token` replaces the right token; with "" there is no
        signature."""
        headers = {"Host": f"localhost:{self.port}", "Content-Type": "application/x-www-form-urlencoded"}
        signs = self.token if token is None else token
        if signs:
            headers["X-Twilio-Signature"] = RequestValidator(signs).compute_signature(f"{self.url}{path}", form)
        with closing(http.client.HTTPConnection(LOOPBACK, self.http_port or self.port, timeout=15)) as connection:
            connection.request("POST", path, urlencode(form), headers)
            response = connection.getresponse()
            return Answer(response.status, _said_in(response.read()))

    @property
    def number(self) -> str:
        return self.environment.get("TWILIO_NUMBER", DEMO_NUMBER)

    def health(self) -> int:
        with closing(http.client.HTTPConnection(LOOPBACK, self.port, timeout=5)) as connection:
            connection.request("GET", "/health/ready", headers={"Host": "localhost"})
            return connection.getresponse().status

    # Methods that read or change the database

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Return the rows of an SQL query, with encrypted values decrypted. The SQL itself sees only encrypted
        values."""
        return [tuple(map(self._decrypted, row)) for row in self._stored(sql)]

    def _decrypted(self, value: Any) -> Any:
        encrypted = isinstance(value, str) and value.startswith(encryption.MARK)
        return encryption.decrypt(value, among=self._keys()) if encrypted else value

    def _encrypted(self, text: str) -> str:
        return encryption.encrypt(text, among=self._keys())

    def _keys(self) -> tuple[encryption.Key, ...]:
        kept = self.folder / "encryption_key"
        return encryption.keys_of((self.environment.get("ENCRYPTION_KEYS") or kept.read_text().strip(),))

    def _sqlite(self) -> sqlite3.Connection:
        """Open the SQLite file. SQL on this connection can call the functions `encrypted(text)` and
        `decrypted(column)`."""
        connection = sqlite3.connect(self.folder / "expresso.sqlite3", timeout=10)
        connection.create_function("encrypted", 1, self._encrypted)
        connection.create_function("decrypted", 1, self._decrypted)
        return connection

    def _stored(self, sql: str) -> list[tuple[Any, ...]]:
        if url := self.environment.get("DATABASE_URL"):
            with psycopg.connect(url, autocommit=True) as postgres:
                return postgres.execute(sql).fetchall()
        with closing(self._sqlite()) as sqlite:
            return sqlite.execute(sql).fetchall()

    def write(self, sql: str) -> None:
        """Change the database directly. Use this only to prepare a test or to move times into the past."""
        if url := self.environment.get("DATABASE_URL"):
            with psycopg.connect(url, autocommit=True) as postgres:
                postgres.execute(sql)
            return
        with closing(self._sqlite()) as sqlite, sqlite:
            sqlite.execute(sql)

    def close_all_orders(self) -> None:
        """Mark all open orders as collected in the past, so that only the test's own orders are open."""
        self.write(
            "UPDATE orders_order SET status = 'collected', closed_at = '2020-01-01 00:00:00+00:00'"
            f" WHERE status IN {among(OPEN)}"
        )

    def orders(self) -> list[tuple[Any, ...]]:
        """Return (code, name, status) of every order, oldest first."""
        return self.rows("SELECT code, name, status FROM orders_order ORDER BY id")

    def named(self, name: str) -> list[int]:
        """Return the primary keys of the orders with this name, oldest first."""
        return [pk for pk, given in self.rows("SELECT id, name FROM orders_order ORDER BY id") if given == name]

    def verbs(self, code: str) -> list[str]:
        """Return the verbs of the order's events, oldest first. A verb that occurred twice is listed twice."""
        sql = f"""SELECT verb FROM orders_orderevent JOIN orders_order ON orders_order.id = order_id
                  WHERE code = '{code}' ORDER BY orders_orderevent.id"""
        return [verb for (verb,) in self.rows(sql)]

    def texts(self, code: str) -> list[tuple[Any, ...]]:
        """Return (kind, status) of each text about the order, whether it was sent or is queued."""
        sql = f"""SELECT kind, sms_outboundmessage.status FROM sms_outboundmessage
                  JOIN orders_order ON orders_order.id = order_id
                  WHERE code = '{code}' ORDER BY sms_outboundmessage.id"""
        return self.rows(sql)

    def is_idle(self) -> bool:
        """Return whether no text and no task is waiting. Tasks that a killed worker left as "running" do not count."""
        tasks = "SELECT count(*) FROM django_tasks_database_dbtaskresult WHERE status = 'READY'"
        texts = "SELECT count(*) FROM sms_outboundmessage WHERE status IN ('queued', 'sending')"
        return self.rows(f"{tasks} UNION ALL {texts}") == [(0,), (0,)]


def new_sid() -> str:
    return f"SM{uuid4().hex}"


def _said_in(twiml: bytes) -> str:
    try:
        return ElementTree.fromstring(twiml).findtext("Message") or ""
    except ElementTree.ParseError:
        return ""


def processes(session: int) -> dict[int, str]:
    """Return the commands of the launcher and of all processes in its session, by process id.

    Zombie processes, which have ended already, are left out."""
    found = {}
    for pid, command in _everybody():
        with suppress(ProcessLookupError, PermissionError):
            if command and os.getsid(pid) == session:
                found[pid] = command
    return found


def _everybody() -> Iterator[tuple[int, str]]:
    proc = Path("/proc/self")
    if not proc.exists():
        listing = subprocess.run(["ps", "-A", "-o", "pid=,command="], capture_output=True, text=True, check=True)
        for line in listing.stdout.splitlines():
            pid, _, command = line.strip().partition(" ")
            yield int(pid), "" if command == "<defunct>" else command
        return
    for entry in proc.parent.iterdir():
        if entry.name.isdigit():
            with suppress(OSError):
                yield int(entry.name), (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")


def default(folder: Path, **environment: str) -> Deployment:
    """Return a deployment like that of `make run`, with a new data folder. The caller has to start it."""
    return Deployment("run", folder / "var", environment)


def full(folder: Path, *, database: str, redis: str) -> Deployment:
    """Return a deployment like that of `make run-full`: two WSGI workers, Daphne, two task workers, and nginx if it is
    installed. The caller has to start it."""
    servers = {"DATABASE_URL": database, "REDIS_URL": redis, "WEB_WORKERS": "2", "TASK_WORKERS": "2"}
    return Deployment("full", folder / "var", servers)


@contextmanager
def running(deployment: Deployment) -> Iterator[Deployment]:
    try:
        deployment.start()
        yield deployment
    finally:
        deployment.stop()


def at_once(acts: Sequence[Callable[[], T]]) -> list[T]:
    """Call all functions at once, each in its own thread, and return their results."""
    from concurrent.futures import ThreadPoolExecutor
    from threading import Barrier

    barrier = Barrier(len(acts))

    def begin(act: Callable[[], T]) -> T:
        barrier.wait(10)
        return act()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(begin, acts))
