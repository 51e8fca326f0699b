"""`make bench`: measures the default and the full deployment. Bad figures do not make the command fail.

    python -m bench [--json] [--only parser|default|full|pages|growth|events|machines] [--texts N] [--against FILE]

Prints a table, and stores the same figures in a new file in var/bench/. With --json it prints only JSON. With --against
it also prints each figure beside that of an earlier run. "growth", "events" and "machines" take minutes, so they run
only when they are named: "machines" on PostgreSQL, the others on SQLite and on PostgreSQL.

The speed of a machine varies, so compare figures of the same run. Above all compare the texts a second with the rate of
the same SQL statements without Django (`bench.statements`). If other programs run too, CPU time and counts of
statements and calls are more reliable than rates."""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import platform
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from itertools import count
from pathlib import Path
from typing import Any

from bench import table
from bench.against import comparison
from bench.ground import Ground, new_port
from bench.growth import SIZES, growing
from bench.machines import of_machines
from bench.pages import pages
from bench.rounds import loads, measure_screens, rushed
from bench.texts import Texts
from expresso.machine import BASE_DIR
from tests import servers

SENDERS = (1, 8, 32)
#: First 60 texts are sent while one tablet's WebSocket is open, then 40 texts while 100 are open.
WATCHED = ((1, 60), (100, 40))
WARMING = 40


#: `measure_events` sends texts to 1, 4 and 16 events, from 16 senders at the same time.
EVENTS, AT_ONCE = (1, 4, 16), (16,)


def measure(ground: Ground, arguments: argparse.Namespace) -> dict[str, Any]:
    facts = ground.python("bench.prepare")
    with ground.copy("taken-down") as one, ground.copy("replayed") as other:
        sql_alone = one.python("bench.statements", other.database)
    with ground.copy("in-parts") as one:
        parts = one.python("bench.parts")
    with ground.serving() as server:
        supply, process = Texts(ground.webhook(facts["number"])), server.process.pid
        loads(ground, supply, senders=[4], count=WARMING, server=process)
        measured = loads(
            ground,
            supply,
            senders=SENDERS,
            count=arguments.texts,
            server=process,
            database=ground.database_process,
        )
        return {
            "sql_alone": sql_alone,
            "parts": parts,
            "loads": [asdict(load) for load in measured],
            "shown": [
                asdict(measure_screens(ground, supply, sockets=sockets, count=count, facts=facts))
                for sockets, count in WATCHED
            ],
            "rush": asdict(rushed(ground, supply, facts=facts, seconds=15, per_second=20)),
        }


def measure_growth(ground: Ground, arguments: argparse.Namespace) -> dict[str, Any]:
    ground.python("bench.prepare")
    sizes = tuple(size for size in SIZES if size <= arguments.most)
    return {"growth": growing(ground, sizes=sizes, server=ground.database_process)}


def measure_events(ground: Ground, arguments: argparse.Namespace) -> dict[str, Any]:
    """Measure texts of new customers, first to a single event, then spread over several events."""
    facts = ground.python("bench.prepare")
    numbers = ground.python("bench.events", str(max(EVENTS)))
    supply, found = Texts(ground.webhook(facts["number"]), count(1, 2)), []
    with ground.serving() as server:
        for repetition in range(2):
            for events in EVENTS:
                [load] = loads(
                    ground,
                    supply,
                    senders=AT_ONCE,
                    count=arguments.texts if repetition else WARMING,
                    server=server.process.pid,
                    database=ground.database_process,
                    to=numbers[:events],
                )
                if repetition:
                    found.append({"events": events} | asdict(load))
    return {"events": found}


def measure_machines(ground: Ground, arguments: argparse.Namespace) -> dict[str, Any]:
    """Measure texts of new customers to one machine, then to two machines with the same database."""
    facts = ground.python("bench.prepare")
    numbers = ground.python("bench.events", str(max(EVENTS)))
    supply = Texts(ground.webhook(facts["number"]), count(1, 2))
    return {"machines": of_machines(ground, supply, count=2 * arguments.texts, events=numbers)}


@contextmanager
def default(folder: Path) -> Iterator[tuple[str, Ground]]:
    ground = Ground(folder / "default", new_port())
    ground.folder.mkdir()
    yield f"default: SQLite {sqlite3.sqlite_version}, one Daphne process, the worker", ground


@contextmanager
def full(folder: Path) -> Iterator[tuple[str, Ground]]:
    with (
        servers.postgres(durable=True) as postgres,
        servers.redis_server() as redis,
        servers.fresh_database(postgres.url) as database,
    ):
        ground = Ground(folder / "full", new_port(), database, redis.url, postgres.process)
        ground.folder.mkdir()
        yield f"full: {postgres.description}, {redis.description}, 2 WSGI workers, Daphne, 2 task workers", ground


DEPLOYMENTS = {"default": default, "full": full}
#: Measurements that run only when --only names them.
APART: dict[str, Callable[[Ground, argparse.Namespace], dict[str, Any]]] = {
    "growth": measure_growth,
    "events": measure_events,
    "machines": measure_machines,
}


def main() -> None:
    arguments = _arguments()
    wanted = [arguments.only] if arguments.only else ["parser", *DEPLOYMENTS, "pages"]
    figures: dict[str, Any] = {
        "machine": {"cores": os.cpu_count(), "python": platform.python_version(), "load": os.getloadavg()[0]}
    }
    with tempfile.TemporaryDirectory(prefix="expresso-bench-") as folder:
        if "parser" in wanted:
            figures["parser"] = _parser()
        figures["deployments"] = []
        for name, open_ground in DEPLOYMENTS.items():
            acts = [APART[arguments.only]] if arguments.only in APART else [measure] if name in wanted else []
            if arguments.on not in (None, name) or (arguments.only == "machines" and name == "default"):
                acts = []
            for act in acts:
                with open_ground(Path(folder)) as (what, ground):
                    _say(f"{what} ...")
                    figures["deployments"].append({"what": what} | act(ground, arguments))
        if "pages" in wanted:
            _say("the pages ...")
            figures["pages"] = pages(Path(folder))
    _keep(figures)
    print(json.dumps(figures) if arguments.json else "\n".join(table.table_lines(figures)))
    if arguments.against:
        print("\n".join(comparison(json.loads(arguments.against.read_text()), figures)))


def _keep(figures: dict[str, Any]) -> None:
    folder = BASE_DIR / "var" / "bench"
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{dt.datetime.now(dt.UTC):%Y-%m-%d-%H%M%S}.json"
    target.write_text(json.dumps(figures, indent=1))
    _say(f"kept in {target.relative_to(BASE_DIR)}")


def _parser() -> dict[str, Any]:
    _say("the parser ...")
    done = subprocess.run([sys.executable, "-m", "bench.parser", "--json"], stdout=subprocess.PIPE, check=True)
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bench", description="Measure how fast Expresso is. Bad figures do not make the command fail."
    )
    parser.add_argument("--json", action="store_true", help="print only JSON to standard output")
    parser.add_argument("--only", choices=["parser", *DEPLOYMENTS, "pages", *APART])
    parser.add_argument("--on", choices=[*DEPLOYMENTS], help="measure growth or events on this deployment only")
    parser.add_argument(
        "--most", type=int, default=SIZES[-1], help="largest number of stored orders to measure growth with"
    )
    parser.add_argument("--texts", type=int, default=150, help="number of texts in each round")
    parser.add_argument(
        "--against", type=Path, metavar="FILE", help="file of an earlier run in var/bench/ to compare the figures with"
    )
    return parser.parse_args()


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
