"""`make bench`: measures the default and the full deployment. The figures are for comparison; none is a pass or a fail.

    python -m bench [--json] [--only parser|default|full|pages] [--texts N]

Prints a table and writes the same figures to var/bench.json. With --json it prints JSON only. Machines are noisy:
compare figures of one run, above all each rate with the rate of the same SQL alone."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench import table
from bench.ground import Ground, new_port
from bench.pages import pages
from bench.rounds import loads, measure_screens, rushed
from bench.texts import Texts
from expresso.machine import BASE_DIR
from tests import servers

SENDERS = (1, 8, 32)
#: Number of open sockets, and of texts sent while they are open.
WATCHED = ((1, 60), (100, 40))
WARMING = 40


def measure(ground: Ground, *, what: str, texts: int) -> dict[str, Any]:
    _say(f"{what} ...")
    facts = ground.python("bench.prepare")
    with ground.copy("taken-down") as one, ground.copy("replayed") as other:
        sql_alone = one.python("bench.statements", other.database)
    with ground.serving() as server:
        supply = Texts(ground.webhook(facts["number"]))
        loads(ground, supply, senders=[4], count=WARMING, server=server.process.pid)
        measured = loads(ground, supply, senders=SENDERS, count=texts, server=server.process.pid)
        return {
            "what": what,
            "sql_alone": sql_alone,
            "loads": [asdict(load) for load in measured],
            "shown": [
                asdict(measure_screens(ground, supply, sockets=sockets, count=count, facts=facts))
                for sockets, count in WATCHED
            ],
            "rush": asdict(rushed(ground, supply, facts=facts, seconds=5, per_second=20)),
        }


def default(folder: Path, texts: int) -> dict[str, Any]:
    ground = Ground(folder / "default", new_port())
    ground.folder.mkdir()
    return measure(
        ground, what=f"default: SQLite {sqlite3.sqlite_version}, one Daphne process, the worker", texts=texts
    )


def full(folder: Path, texts: int) -> dict[str, Any]:
    with (
        servers.postgres(durable=True) as postgres,
        servers.redis_server() as redis,
        servers.fresh_database(postgres.url) as database,
    ):
        ground = Ground(folder / "full", new_port(), database, redis.url)
        ground.folder.mkdir()
        what = f"full: {postgres.description}, {redis.description}, 2 WSGI workers, Daphne, 2 task workers"
        return measure(ground, what=what, texts=texts)


DEPLOYMENTS: dict[str, Callable[[Path, int], dict[str, Any]]] = {"default": default, "full": full}


def main() -> None:
    arguments = _arguments()
    wanted = [arguments.only] if arguments.only else ["parser", *DEPLOYMENTS, "pages"]
    figures: dict[str, Any] = {
        "machine": {"cores": os.cpu_count(), "python": platform.python_version(), "load": os.getloadavg()[0]}
    }
    with tempfile.TemporaryDirectory(prefix="expresso-bench-") as folder:
        if "parser" in wanted:
            figures["parser"] = _parser()
        places = [measured for name, measured in DEPLOYMENTS.items() if name in wanted]
        figures["deployments"] = [measured(Path(folder), arguments.texts) for measured in places]
        if "pages" in wanted:
            _say("the pages ...")
            figures["pages"] = pages(Path(folder))
    target = BASE_DIR / "var" / "bench.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(figures, indent=1))
    print(json.dumps(figures) if arguments.json else "\n".join(table.table_lines(figures)))


def _parser() -> dict[str, Any]:
    _say("the parser ...")
    done = subprocess.run([sys.executable, "-m", "bench.parser", "--json"], stdout=subprocess.PIPE, check=True)
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Figures, never a pass or a fail.")
    parser.add_argument("--json", action="store_true", help="JSON alone on standard output")
    parser.add_argument("--only", choices=["parser", *DEPLOYMENTS, "pages"])
    parser.add_argument("--texts", type=int, default=150, help="texts in a round")
    return parser.parse_args()


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
