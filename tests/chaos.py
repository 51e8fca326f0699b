"""`make chaos`: breaks a full deployment under load, again and again. Then it checks in the database that nothing was
lost.

Customers text and a barista makes their drinks. Every few seconds a process is killed or frozen, Redis is emptied or
killed, PostgreSQL is killed, or a fake Twilio refuses texts, fails or does not respond. A customer's text that gets no
response is sent to Expresso again, as Twilio does."""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import redis
import requests

from expresso.machine import LOOPBACK
from orders import statuses
from tests import deployment, servers
from tests.carrier import Carrier, carrier
from tests.deployment import Deployment, among, new_sid, processes, until

#: Number of customers who text at the same time; seconds between two faults.
CUSTOMERS, PAUSE = 4, 3.0
#: Seconds to wait, after the last fault, until all texts are sent.
CALM_WITHIN = 120
#: Size in bytes of the disk that one fault fills. It has to hold the deployment's data folder, mostly static files.
DISK = 100 << 20
#: SQL for the orders to make next and the orders to hand out, and how many of each are moved at a time.
TO_MAKE = f"SELECT id FROM orders_order WHERE status IN {among(statuses.TO_MAKE)} ORDER BY id"
TO_HAND_OUT = (
    f"SELECT id FROM orders_order WHERE status IN {among(statuses.TO_COLLECT)}"
    " AND NOT EXISTS (SELECT FROM sms_outboundmessage WHERE order_id = orders_order.id"
    " AND status IN ('queued', 'sending')) ORDER BY id"
)
AT_ONCE = 10
OPEN = f"SELECT count(*) FROM orders_order WHERE status IN {among(statuses.OPEN)}"
#: Customers wait while more orders than this are open. At 1,683 open orders all codes would be in use.
MOST_OPEN = 300
#: A worker claims a text before sending it. A worker that is alive sends it at most this many seconds later.
ANSWERED_WITHIN = 15


@dataclass
class World:
    site: Deployment
    database: servers.OwnServer
    redis: servers.OwnRedis
    twilio: Carrier
    random: random.Random
    ended: threading.Event = field(default_factory=threading.Event)
    #: Reply to each acknowledged order, by the customer's phone number.
    placed: dict[str, str] = field(default_factory=dict)
    #: How often orders were refused, by the text of the reply.
    refused: Counter[str] = field(default_factory=Counter)
    #: How often a text had to be sent again, by the HTTP status of the response; 0 stands for no response.
    repeated: Counter[int] = field(default_factory=Counter)
    #: Number of open orders when the barista last counted them.
    open_orders: int = 0

    def kill_one(self, program: str) -> None:
        assert self.site.process
        found = [pid for pid, command in processes(self.site.process.pid).items() if program in command]
        with suppress(ProcessLookupError):
            os.kill(self.random.choice(found), signal.SIGKILL)

    def freeze(self, program: str) -> None:
        with self.site.frozen(program):
            time.sleep(PAUSE)

    def empty_redis(self) -> None:
        with redis.Redis.from_url(self.redis.url) as client:
            client.flushall()

    def restart_redis(self) -> None:
        self.redis.kill()
        time.sleep(PAUSE)
        self.redis.start_again()

    def restart_database(self) -> None:
        self.database.kill()
        time.sleep(PAUSE)
        self.database.start_again()

    def carrier_says(self, status: int) -> None:
        self.twilio.status = status
        time.sleep(PAUSE)
        self.twilio.status = 201

    def silence_carrier(self) -> None:
        self.twilio.answers.clear()
        time.sleep(PAUSE)
        self.twilio.answers.set()

    def freeze_redis(self) -> None:
        self.redis.member.process.send_signal(signal.SIGSTOP)
        time.sleep(PAUSE)
        self.redis.member.process.send_signal(signal.SIGCONT)

    def restart_everything(self) -> None:
        self.site.kill()
        self.site.start()

    def fill_disk(self) -> None:
        """Fill the disk of the data folder for a moment. Without `small_disk` only a large file is written."""
        filling = self.site.folder / "filling"
        with suppress(OSError), filling.open("wb", buffering=0) as file:
            while file.tell() < DISK:
                file.write(bytes(1 << 20))
        time.sleep(PAUSE)
        filling.unlink()


FAULTS: dict[str, Callable[[World], None]] = {
    "a web process is killed": lambda world: world.kill_one("gunicorn"),
    "a socket server is killed": lambda world: world.kill_one("expresso.daphne"),
    "a task worker is killed": lambda world: world.kill_one("manage.py work"),
    "nginx is killed": lambda world: world.kill_one("nginx"),
    "the task workers are frozen": lambda world: world.freeze("manage.py work"),
    "the web processes are frozen": lambda world: world.freeze("gunicorn"),
    "the socket servers are frozen": lambda world: world.freeze("expresso.daphne"),
    "everything is killed": World.restart_everything,
    "the disk is full": World.fill_disk,
    "Redis is emptied": World.empty_redis,
    "Redis is frozen": World.freeze_redis,
    "Redis is killed": World.restart_redis,
    "PostgreSQL is killed": World.restart_database,
    "the carrier says 429": lambda world: world.carrier_says(429),
    "the carrier says 500": lambda world: world.carrier_says(500),
    "the carrier says nothing": World.silence_carrier,
}


@contextmanager
def small_disk(folder: Path) -> Iterator[None]:
    """Mount a small disk in memory at this folder. If mounting is not permitted, the folder stays on the machine's
    disk, and the fault "the disk is full" only writes a large file."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK}", "expresso-chaos", str(folder)]
    mounted = os.geteuid() == 0 and subprocess.run(mount, capture_output=True, check=False).returncode == 0
    try:
        yield
    finally:
        if mounted:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)


@contextmanager
def world(folder: Path, seed: int) -> Iterator[World]:
    with (
        small_disk(folder / "var"),
        servers.own_postgres() as database,
        servers.own_redis(folder) as own_redis,
        carrier(folder) as twilio,
        servers.fresh_database(database.url) as url,
    ):
        site = deployment.full(folder, database=url, redis=own_redis.url)
        site.environment |= twilio.environment
        twilio.answers.set()
        with deployment.running(site):
            # Let this number send 999 segments a second. At the usual one a second, sending all texts would take
            # minutes.
            site.write(
                f"INSERT INTO sms_sender (number, segments_per_second, free_at) VALUES ('{site.number}', 999, now())"
            )
            yield World(site, database, own_redis, twilio, random.Random(seed))


def order_for_ever(world: World, number: int) -> None:
    """Text one order after another, each from a new number, until the test ends. Pause while too many orders are
    open."""
    for count in range(10_000):
        while world.open_orders > MOST_OPEN and not world.ended.is_set():
            time.sleep(0.2)
        if world.ended.is_set():
            return
        customer = f"+1202{557 + number}{count:04}"
        answer = text_until_answered(world, customer)
        if "Got it" in answer.reply:
            world.placed[customer] = answer.reply
        else:
            world.refused[answer.reply] += 1
        time.sleep(0.2)


def text_until_answered(world: World, customer: str) -> deployment.Answer:
    sid = new_sid()
    while True:
        try:
            answer = world.site.text("large americano for Ada", sender=customer, sid=sid)
        except OSError:
            answer = deployment.Answer(0, "")
        if answer.status == 200:
            return answer
        world.repeated[answer.status] += 1
        time.sleep(0.3)


def make_for_ever(world: World) -> None:
    """Make every order through the API, as a barista's program would. Hand an order out once its customer was texted;
    otherwise all order codes would soon be in use."""
    token = ""
    while not world.ended.is_set():
        time.sleep(0.3)
        try:
            token = (
                token
                or ask(world, "token/", {"username": "maya", "password": world.site.password_of("maya")})["access"]
            )
            [(world.open_orders,)] = world.site.rows(OPEN)
            for (pk,) in world.site.rows(f"{TO_MAKE} LIMIT {AT_ONCE}"):
                for step in ("start", "ready"):
                    ask(world, f"orders/{pk}/{step}/", {}, token=token, key=f"{pk}-{step}")
            for (pk,) in world.site.rows(f"{TO_HAND_OUT} LIMIT {AT_ONCE}"):
                ask(world, f"orders/{pk}/collect/", {}, token=token, key=f"{pk}-collect")
        except Exception:
            continue


def ask(world: World, path: str, body: dict[str, str], *, token: str = "", key: str = "") -> dict[str, str]:
    headers = {"Content-Type": "application/json", "Host": f"localhost:{world.site.port}", "If-Match": "*"}
    headers |= {"Authorization": f"Bearer {token}", "Idempotency-Key": key} if token else {}
    with closing(http.client.HTTPConnection(LOOPBACK, world.site.port, timeout=10)) as connection:
        connection.request("POST", f"/api/v1/{path}", json.dumps(body), headers)
        response = connection.getresponse()
        content = response.read()
    if response.status >= 500:
        raise OSError(response.status)
    answer: dict[str, str] = json.loads(content) if content else {}
    return answer


def run(world: World, *, faults: list[str]) -> list[str]:
    """Break the deployment in these ways under load. Return a sentence for each thing that is wrong afterwards."""
    crowd = [threading.Thread(target=order_for_ever, args=(world, number), daemon=True) for number in range(CUSTOMERS)]
    crowd.append(threading.Thread(target=make_for_ever, args=(world,), daemon=True))
    for thread in crowd:
        thread.start()
    for name in faults:
        time.sleep(PAUSE)
        print(name, flush=True)
        FAULTS[name](world)
    time.sleep(PAUSE)
    world.ended.set()
    for thread in crowd:
        thread.join(60)
    until(lambda: world.site.health() == 200, seconds=60, what="health")
    until(lambda: all_sent(world), seconds=CALM_WITHIN, what="the end of all sending")
    return [*wrongs(world), *wrong_boards(world)]


def wrong_boards(world: World) -> Iterator[str]:
    """Yield a sentence for each station whose board shows other orders than the database has."""
    site, visitor = world.site, requests.Session()
    sign_in = f"{site.url}/accounts/login/"
    visitor.get(sign_in, timeout=20)
    form = {
        "username": "maya",
        "password": site.password_of("maya"),
        "csrfmiddlewaretoken": visitor.cookies["csrftoken"],
    }
    visitor.post(sign_in, data=form, timeout=20).raise_for_status()
    time.sleep(PAUSE)
    on_board = f"status IN {among(statuses.OPEN)} AND station_id = stations_station.id ORDER BY 1"
    for slug, stored in site.rows(
        f"SELECT slug, ARRAY(SELECT id FROM orders_order WHERE {on_board}) FROM stations_station"
    ):
        shown = re.findall(r'id="order-(\d+)"', visitor.get(f"{site.url}/stations/{slug}/", timeout=20).text)
        if sorted(map(int, shown)) != stored:
            yield f"the board of {slug} shows {len(shown)} orders, {len(stored)} are stored"


def all_sent(world: World) -> bool:
    """Return whether no text is left to send.

    A worker claims a text before sending it. Claims by killed workers are made older, so that they expire sooner. A
    claim of the last few seconds is not changed, because its worker can still be sending."""
    world.site.write(
        "UPDATE sms_outboundmessage SET claimed_at = claimed_at - interval '1 minute'"
        f" WHERE status = 'sending' AND claimed_at < now() - interval '{ANSWERED_WITHIN} seconds'"
    )
    return world.site.is_idle()


def wrongs(world: World) -> Iterator[str]:
    """Yield a sentence for each fault in the database, such as orders that were moved twice by the same verb."""
    site = world.site
    orders = site.rows("SELECT id, code, status, reserved FROM orders_order")
    events = site.rows("SELECT order_id, verb, count(*) FROM orders_orderevent GROUP BY 1, 2")
    if len(orders) != len(world.placed):
        yield f"{len(world.placed)} orders were acknowledged, {len(orders)} are stored"
    for reply, count in world.refused.items():
        yield f"{count} orders were refused: {reply}"
    twice = [pk for pk, verb, count in events if count > 1]
    if twice:
        yield f"{len(twice)} orders were moved twice by one step"
    unknown = site.rows("SELECT id, status FROM sms_outboundmessage WHERE status IN ('queued', 'sending')")
    if unknown:
        yield f"{len(unknown)} texts are in no known state"
    bodies = Counter(message["body"] for message in world.twilio.taken)
    texts = site.rows("SELECT id FROM sms_outboundmessage WHERE status IN ('sent', 'delivered')")
    if sum(bodies.values()) != len(texts):
        yield f"the carrier took {sum(bodies.values())} texts, {len(texts)} are known to be sent"
    if [body for body, count in bodies.items() if count > 1]:
        yield "a customer was texted twice"
    held: dict[int, Decimal] = {}
    for _, _, status, reserved in orders:
        for ingredient, amount in reserved if status in statuses.NOT_STARTED else ():
            held[int(ingredient)] = held.get(int(ingredient), Decimal(0)) + Decimal(amount)
    stock = site.rows("SELECT ingredient_id, sum(reserved) FROM inventory_stock GROUP BY 1")
    if any(held.get(ingredient, Decimal(0)) != reserved for ingredient, reserved in stock):
        yield "the stock does not equal what is open"


def main() -> int:
    parser = argparse.ArgumentParser(prog="make chaos")
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    arguments = parser.parse_args()
    chance = random.Random(arguments.seed)
    names = list(FAULTS)
    faults = [chance.choice(names) for _ in range(max(1, int(arguments.minutes * 60 / (2 * PAUSE))))]
    with tempfile.TemporaryDirectory(prefix="expresso-chaos-") as folder, world(Path(folder), arguments.seed) as broken:
        wrong = run(broken, faults=faults)
    print(f"{len(faults)} faults, {len(broken.placed)} orders; texts that came again: {dict(broken.repeated)}")
    print("\n".join(wrong) or f"nothing was lost or doubled (seed {arguments.seed})")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
