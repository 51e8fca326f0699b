"""`make mutants`: disables conditions at random, one at a time, and counts how many of them a test notices.

A condition is forced to be always true or always false, or loses one side of an `and` or `or`. Each mutant runs in a
copy of the repository, so the working tree stays as it is. The same seed picks the same mutants."""

from __future__ import annotations

import argparse
import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

ROOT = Path(__file__).parents[1]
#: What is mutated, and the tests that ought to notice; the quickest first, because the first failure ends a run.
ROOMS = {
    "orders/parser": (
        "orders/tests/test_parser_sets.py",
        "orders/tests/test_parser.py",
        "orders/tests/test_languages.py",
        "sms/tests/test_conversation.py",
        "orders/tests/test_parser_properties.py",
        "orders/tests/test_parser_work.py",
    ),
    "sms/conversation": ("sms/tests",),
    "orders/lifecycle.py": ("orders/tests", "inventory/tests", "sms/tests"),
    "orders/routing.py": ("orders/tests", "sms/tests"),
    "inventory/stock.py": ("inventory/tests", "orders/tests", "sms/tests"),
}
#: Seconds; a mutant that makes a loop endless has been noticed, too.
LONGEST = 300


@dataclass(frozen=True)
class Mutant:
    room: str
    file: str
    line: int
    was: str
    becomes: str
    source: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.was}  ->  {self.becomes}"


class Conditions(ast.NodeVisitor):
    """Collects (line, old code, new code, function that changes the tree and one that changes it back)."""

    def __init__(self) -> None:
        self.found: list[tuple[ast.AST, str, int | None, ast.expr, ast.expr]] = []

    def generic_visit(self, node: ast.AST) -> None:
        if isinstance(node, ast.If | ast.While | ast.IfExp):
            self._always(node, "test", None, node.test)
        if isinstance(node, ast.comprehension):
            for at, condition in enumerate(node.ifs):
                self._always(node, "ifs", at, condition)
        if isinstance(node, ast.BoolOp):
            # Always true drops a side of an "and", always false one of an "or".
            neutral = ast.Constant(isinstance(node.op, ast.And))
            for at, value in enumerate(node.values):
                self.found.append((node, "values", at, value, neutral))
        if isinstance(node, ast.Return) and isinstance(node.value, ast.Compare):
            self._always(node, "value", None, node.value)
        super().generic_visit(node)

    def _always(self, node: ast.AST, field: str, at: int | None, condition: ast.expr) -> None:
        if isinstance(condition, ast.Name) and condition.id == "TYPE_CHECKING":
            return
        self.found += [(node, field, at, condition, ast.Constant(value)) for value in (True, False)]


def mutants_of(room: str, file: Path) -> Iterator[Mutant]:
    tree = ast.parse(file.read_text())
    conditions = Conditions()
    conditions.visit(tree)
    for node, field, at, was, becomes in conditions.found:
        _put(node, field, at, becomes)
        source = ast.unparse(tree)
        _put(node, field, at, was)
        yield Mutant(room, str(file.relative_to(ROOT)), was.lineno, ast.unparse(was)[:90], ast.unparse(becomes), source)


def _put(node: ast.AST, field: str, at: int | None, value: ast.expr) -> None:
    if at is None:
        setattr(node, field, value)
    else:
        getattr(node, field)[at] = value


def every_mutant(rooms: list[str]) -> list[Mutant]:
    files = [
        (room, file)
        for room in rooms
        for file in ([ROOT / room] if room.endswith(".py") else sorted((ROOT / room).rglob("*.py")))
    ]
    return [mutant for room, file in files for mutant in mutants_of(room, file)]


def is_noticed(mutant: Mutant, copy: Path) -> bool:
    """Runs the room's tests on the copy with this one condition changed, and puts the file back."""
    target = copy / mutant.file
    original = target.read_text()
    target.write_text(mutant.source)
    tests = [test for test in ROOMS[mutant.room] if (copy / test).exists()]
    command = [sys.executable, "-m", "pytest", "-x", "-q", "--no-header", "-p", "no:cacheprovider", *tests]
    try:
        done = subprocess.run(command, cwd=copy, capture_output=True, timeout=LONGEST, check=False)
    except subprocess.TimeoutExpired:
        return True
    finally:
        target.write_text(original)
    return done.returncode != 0


def copy_into(folder: str) -> Path:
    copy = Path(folder)
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True)
    for name in listed.stdout.splitlines():
        if (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, copy / name)
    return copy


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("rooms", nargs="*", default=[*ROOMS], help="of these rooms only")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--count", type=int, default=100)
    asked = options.parse_args()
    drawn = random.Random(asked.seed).sample(every_mutant(asked.rooms), asked.count)
    workers = os.cpu_count() or 1
    noticed = 0
    with tempfile.TemporaryDirectory(prefix="expresso-mutants-") as folder, ThreadPoolExecutor(workers) as pool:
        free: SimpleQueue[Path] = SimpleQueue()
        for number in range(workers):
            free.put(copy_into(f"{folder}/{number}"))

        def run(mutant: Mutant) -> bool:
            copy = free.get()
            try:
                return is_noticed(mutant, copy)
            finally:
                free.put(copy)

        for mutant, seen in zip(drawn, pool.map(run, drawn), strict=True):
            noticed += seen
            if not seen:
                print(f"not noticed: {mutant}", flush=True)
    print(f"{noticed} of {len(drawn)} mutants noticed (seed {asked.seed})")
    return 0 if noticed >= 0.95 * len(drawn) else 1


if __name__ == "__main__":
    sys.exit(main())
