"""A new release runs beside the old one, on the same database and Redis. The proxy changes to the new release, back to
the old one, and to the new one again.

Meanwhile customers text and follow their orders. The new release is a copy of this one with one more migration, and a
model that uses it. This file is collected only where nginx is installed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from websockets.exceptions import ConnectionClosed, InvalidHandshake
from websockets.sync.client import connect
from websockets.typing import Origin

from expresso.family import Family, Member, find_program
from expresso.full import nginx_config
from expresso.machine import BASE_DIR, LOOPBACK
from tests import deployment, servers
from tests.deployment import Deployment, new_sid, until
from tests.servers import free_port

pytestmark = [pytest.mark.full, pytest.mark.timeout(300)]

LEFT_OUT = (".git", ".venv", "node_modules", "var", "docs", "tests", "bench", "__pycache__", ".*_cache")
FIELD = '    shelf = models.CharField(max_length=8, default="left", db_default="")\n'
MIGRATION = """
from django.db import migrations, models

class Migration(migrations.Migration):
    dependencies = [("orders", "{last}")]
    operations = [
        migrations.AddField("order", "shelf", models.CharField(max_length=8, default="left", db_default="")),
        migrations.AddIndex("order", models.Index(fields=["event", "shelf"], name="order_on_shelf")),
    ]
"""


def next_release(folder: Path) -> Path:
    """Copy this release into the folder as the next release, which adds a NOT NULL column "shelf" to orders. The next
    release writes "left" by default; orders that this release inserts get ""."""
    shutil.copytree(BASE_DIR, folder, ignore=shutil.ignore_patterns(*LEFT_OUT))
    models = folder / "orders" / "models.py"
    before, after = models.read_text().split("class Order(models.Model):", 1)
    doc, rest = after.split("    event = ", 1)
    models.write_text(f"{before}class Order(models.Model):{doc}{FIELD}    event = {rest}")
    last = max(file.stem for file in (folder / "orders" / "migrations").glob("[0-9]*.py"))
    (folder / "orders" / "migrations" / "9999_shelf.py").write_text(MIGRATION.format(last=last))
    # A new file in static/ changes the build id, so open pages reload themselves.
    (folder / "static" / "next.css").write_text("/* next */")
    return folder


@dataclass
class Front:
    """The nginx proxy, which passes requests to one of the two releases."""

    port: int
    folder: Path
    member: Member | None = None

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def point_to(self, release: Deployment) -> None:
        there = f"{LOOPBACK}:{release.port}"
        nginx_config(self.folder, listen=str(self.port), http=there, live=there)
        if self.member:
            os.kill(self.member.process.pid, signal.SIGHUP)

    def start(self, family: Family) -> None:
        command = [str(find_program("nginx")), "-e", "stderr", "-c", str(self.folder / "nginx.conf")]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.member = family.start("front", [*command, "-g", "daemon off;"], stop_signal=signal.SIGQUIT, **quiet)


@dataclass
class Crowd:
    """Customers who text without a pause, and one customer who follows an order on a phone."""

    front: Front
    cafe: Deployment
    ended: threading.Event = field(default_factory=threading.Event)
    answers: Counter[int] = field(default_factory=Counter)
    placed: list[str] = field(default_factory=list)
    #: How many times the phone has connected.
    connections: int = 0
    threads: list[threading.Thread] = field(default_factory=list)

    def text(self, number: int) -> None:
        for count in range(9000):
            if self.ended.is_set():
                return
            sender, sid = f"+1202{557 + number}{count:04}", new_sid()
            try:
                answer = self.cafe.text("large americano for Ada", sender=sender, sid=sid)
            except OSError:
                answer = deployment.Answer(0, "")
            self.answers[answer.status] += 1
            if "Got it" in answer.reply:
                self.placed.append(sender)
            time.sleep(0.3)

    def follow(self, token: str) -> None:
        while not self.ended.is_set():
            try:
                address = f"ws://{LOOPBACK}:{self.front.port}/ws/orders/{token}/en/"
                with connect(address, origin=Origin(self.front.url), open_timeout=5) as phone:
                    phone.recv(8)
                    self.connections += 1
                    while not self.ended.is_set():
                        phone.recv(8)
            except (ConnectionClosed, InvalidHandshake, OSError, TimeoutError):
                time.sleep(0.2)

    def order_ten(self, where: str) -> None:
        """Wait until ten more orders are placed."""
        enough = len(self.placed) + 10
        until(lambda: len(self.placed) >= enough, seconds=60, what=f"ten orders, {where}")

    def end(self) -> None:
        self.ended.set()
        for thread in self.threads:
            thread.join(20)


@contextmanager
def crowd(front: Front, cafe: Deployment) -> Iterator[Crowd]:
    people = Crowd(front, cafe)
    cafe.text("large latte for Robin")
    [(token,)] = cafe.rows("SELECT token FROM orders_order ORDER BY id DESC LIMIT 1")
    people.threads = [threading.Thread(target=people.text, args=(number,), daemon=True) for number in range(2)]
    people.threads.append(threading.Thread(target=people.follow, args=(token,), daemon=True))
    for thread in people.threads:
        thread.start()
    try:
        yield people
    finally:
        people.end()


def release(folder: Path, tree: Path, **environment: str) -> Deployment:
    few = {"WEB_WORKERS": "2", "SOCKET_SERVERS": "1", "TASK_WORKERS": "1", "PROXIES": "2"}
    return Deployment("full", folder, environment | few, tree=tree)


def test_a_release_takes_over_and_gives_back_without_a_gap(tmp_path: Path) -> None:
    front = Front(free_port(), tmp_path / "front")
    migrated = os.environ.get("MIGRATED_DATABASE", "template1")
    names = "SECRET_KEY", "API_SIGNING_KEYS", "ENCRYPTION_KEYS"
    keys = {name: f"{name}-of-both-releases-0123456789" for name in names}
    with (
        servers.fresh_database(os.environ["DATABASE_URL"], template=migrated) as database,
        servers.own_redis(tmp_path) as redis,
        Family() as family,
    ):
        shared = keys | {"DATABASE_URL": database, "REDIS_URL": redis.url, "PUBLIC_URL": front.url}
        blue = release(tmp_path / "blue", BASE_DIR, **shared)
        green = release(tmp_path / "green", next_release(tmp_path / "next"), **shared)
        with deployment.running(blue):
            front.point_to(blue)
            front.start(family)
            cafe = Deployment("full", tmp_path / "blue", shared)
            cafe.port = front.port
            until(cafe.accepts, what="the front")
            with crowd(front, cafe) as people:
                # The new release migrates the tables at its start, while the old release uses them.
                green.start()
                try:
                    old = len(cafe.rows("SELECT id FROM orders_order WHERE shelf = ''"))
                    for turn, to in enumerate((green, blue, green)):
                        front.point_to(to)
                        people.order_ten(f"turn {turn}")
                        time.sleep(4)  # Wait, because the proxy closes sockets to the previous release after 3 s.
                    blue.stop()
                    people.order_ten("the new release alone")
                    people.end()
                    until(cafe.is_idle, seconds=60, what="the end of all sending")
                finally:
                    green.stop()
        shelves = dict(cafe.rows("SELECT shelf, count(*) FROM orders_order GROUP BY 1"))
        orders = cafe.rows("SELECT phone FROM accounts_customer c JOIN orders_order ON customer_id = c.id")

    # Every text got a response, and became exactly one order.
    assert dict(people.answers) == {200: sum(people.answers.values())}
    assert len(set(orders)) == len(orders) == len(people.placed) + 1
    # Both releases took orders. The new column has its default in orders of the old release.
    assert old > 0
    assert shelves[""] > old
    assert shelves["left"] > 20
    # The phone connected at the beginning, and after each change of the proxy to the other release.
    assert people.connections >= 4
