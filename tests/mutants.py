"""`make mutants`: disables conditions of the code at random, one at a time, and counts how many of them a test notices.

A condition becomes always true or always false, or an `and` or `or` loses one side. No file is changed: each mutant is
tested in a forked process, which imports the changed code. A seed always picks the same mutants of the same code. Do
not edit code meanwhile, because each process imports it again."""

from __future__ import annotations

import argparse
import ast
import contextlib
import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from multiprocessing import get_context
from pathlib import Path
from types import CodeType, ModuleType

ROOT = Path(__file__).parents[1]
_PARSER = [
    f"orders/tests/test_{name}.py"
    for name in (
        "parser",
        "languages",
        "parser_new_language",
        "parser_names",
        "parser_moments",
        "parser_kept",
        "parser_sets",
        "parser_soup",
    )
]
_TALK = (
    "after_a_change",
    "allergen_questions",
    "conversation",
    "conversation_changes",
    "conversation_commits",
    "conversation_orders",
    "conversation_state",
    "talks",
    "dialogues",
    "diet",
    "machines_and_quotes",
    "names_on_cups",
    "one_text",
    "open_questions",
    "options_of_cups",
    "outcomes",
    "second_thoughts",
    "smalltalk",
    "ways",
    "whose_answer",
)
_CONVERSATION = [f"sms/tests/test_{name}.py" for name in _TALK]
_STEPS = ("routing", "lifecycle", "placing", "changing", "later", "waits")
_ORDERS = [f"orders/tests/test_{name}.py" for name in _STEPS]
_PAYMENTS = ["expresso/payments/tests"]
#: For each part of the code, the tests that should notice a disabled condition. Each list is a step, i.e. one run of
#: pytest. The first failure ends the steps, so the quickest tests come first.
ROOMS: dict[str, tuple[list[str], ...]] = {
    "orders/parser": (
        _PARSER,
        _CONVERSATION,
        ["orders/tests/test_parser_properties.py", "orders/tests/test_parser_work.py"],
        ["orders/tests"],
        ["sms/tests"],
    ),
    "sms/conversation": (_CONVERSATION, ["sms/tests"]),
    "orders/lifecycle": (_ORDERS, _PAYMENTS, ["orders/tests"], ["sms/tests"]),
    "orders/routing.py": (_ORDERS, _PAYMENTS, ["orders/tests"], ["sms/tests"]),
    "inventory/stock.py": (["inventory/tests"], _ORDERS, ["orders/tests"], ["sms/tests"]),
}
#: Maximum seconds for a step. A mutant that takes longer, for example in an endless loop, counts as noticed.
LONGEST = 900


@dataclass(frozen=True)
class Mutant:
    room: str
    file: str
    #: Index of the condition in `Conditions.found`.
    number: int
    line: int
    was: str
    becomes: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.was}  ->  {self.becomes}"

    def code(self) -> CodeType:
        tree = ast.parse((ROOT / self.file).read_text())
        conditions = Conditions()
        conditions.visit(tree)
        node, field, at, was, becomes = conditions.found[self.number]
        _put(node, field, at, ast.copy_location(becomes, was))
        return compile(tree, str(ROOT / self.file), "exec")


class Conditions(ast.NodeVisitor):
    """Collects the conditions in a file. Each is a tuple: AST node, field of the node, index in this field, condition,
    replacement."""

    def __init__(self) -> None:
        self.found: list[tuple[ast.AST, str, int | None, ast.expr, ast.expr]] = []

    def generic_visit(self, node: ast.AST) -> None:
        if isinstance(node, ast.If | ast.While | ast.IfExp):
            self._always(node, "test", None, node.test)
        if isinstance(node, ast.comprehension):
            for at, condition in enumerate(node.ifs):
                self._always(node, "ifs", at, condition)
        if isinstance(node, ast.BoolOp):
            # The constant True removes a side of an "and", and False removes a side of an "or".
            neutral = ast.Constant(isinstance(node.op, ast.And))
            for at, value in enumerate(node.values):
                # Leave out constant sides such as 0, "" or None: they are defaults, and False in their place would
                # change nothing.
                if not (isinstance(value, ast.Constant) and not value.value):
                    self.found.append((node, "values", at, value, neutral))
        if isinstance(node, ast.Return) and isinstance(node.value, ast.Compare):
            self._always(node, "value", None, node.value)
        super().generic_visit(node)

    def _always(self, node: ast.AST, field: str, at: int | None, condition: ast.expr) -> None:
        if isinstance(condition, ast.Name) and condition.id == "TYPE_CHECKING":
            return
        self.found += [(node, field, at, condition, ast.Constant(value)) for value in (True, False)]


def mutants_of(room: str, file: Path) -> Iterator[Mutant]:
    conditions = Conditions()
    conditions.visit(ast.parse(file.read_text()))
    for number, (_node, _field, _at, was, becomes) in enumerate(conditions.found):
        name = str(file.relative_to(ROOT))
        yield Mutant(room, name, number, was.lineno, ast.unparse(was)[:90], ast.unparse(becomes))


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


class Changed(SourceFileLoader):
    """Import hook that loads one module with a disabled condition. It stands first in sys.meta_path, so that Python
    does not load the module's unchanged file."""

    def __init__(self, mutant: Mutant) -> None:
        self.module = mutant.file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        super().__init__(self.module, str(ROOT / mutant.file))
        self.mutant = mutant

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        return spec_from_file_location(name, self.path, loader=self) if name == self.module else None

    def get_code(self, fullname: str) -> CodeType:
        return self.mutant.code()


def is_noticed(mutant: Mutant) -> bool:
    return any(fails(tests, mutant) for tests in ROOMS[mutant.room])


def fails(tests: list[str], mutant: Mutant | None) -> bool:
    """Return whether a test fails or the tests take too long. They run in a forked process, which has not imported
    Expresso."""
    child = os.fork()
    if child == 0:
        _run_and_exit(tests, mutant)
    until = time.monotonic() + LONGEST
    while time.monotonic() < until:
        pid, status = os.waitpid(child, os.WNOHANG)
        if pid:
            return status != 0
        time.sleep(0.05)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return True


def _run_and_exit(tests: list[str], mutant: Mutant | None) -> None:
    import pytest

    os.setsid()
    _be_silent()
    if mutant:
        sys.meta_path.insert(0, Changed(mutant))
    code: int = 1
    try:
        code = pytest.main(["-x", "-q", "--no-header", "-p", "no:cacheprovider", *tests])
    finally:
        if folder := os.environ.get("VAR_DIR"):
            shutil.rmtree(folder, ignore_errors=True)
        os._exit(code)


def _be_silent() -> None:
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in range(3):
        os.dup2(nowhere, stream)


def warm_up() -> None:
    """Import all packages that the tests need, but not Expresso. The forked processes then save most of their time."""
    reader, writer = os.pipe()
    if os.fork() == 0:
        import pytest

        _be_silent()
        pytest.main(["--collect-only", "-q", "orders/tests", "sms/tests", "inventory/tests", *_PAYMENTS])
        ours = {path.name for path in ROOT.iterdir()} | {"conftest", "__main__"}
        names = [name for name in sys.modules if name.partition(".")[0] not in ours]
        os.write(writer, "\n".join(names).encode())
        os._exit(0)
    os.close(writer)
    with open(reader) as sent:
        names = sent.read().split("\n")
    os.wait()
    for name in names:
        # Some modules of Django and of REST framework cannot be imported without configured settings. Leave them out.
        with contextlib.suppress(Exception):
            import_module(name)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("rooms", nargs="*", default=[*ROOMS], help="of these rooms only")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--count", type=int, default=100)
    asked = options.parse_args()
    os.chdir(ROOT)
    os.environ.pop("VAR_DIR", None)
    warm_up()
    steps = {tuple(tests) for room in asked.rooms for tests in ROOMS[room]}
    drawn = random.Random(asked.seed).sample(every_mutant(asked.rooms), asked.count)
    noticed = 0
    with get_context("fork").Pool(os.cpu_count()) as pool:
        unchanged = pool.starmap_async(fails, [([*tests], None) for tests in sorted(steps)], chunksize=1)
        for mutant, seen in zip(drawn, pool.imap(is_noticed, drawn), strict=True):
            noticed += seen
            if not seen:
                print(f"not noticed: {mutant}", flush=True)
        if any(unchanged.get()):
            print("A test fails without a mutant, too: the figure says nothing.")
            return 1
    print(f"{noticed} of {len(drawn)} mutants noticed (seed {asked.seed})")
    return 0 if noticed >= 0.95 * len(drawn) else 1


if __name__ == "__main__":
    sys.exit(main())
