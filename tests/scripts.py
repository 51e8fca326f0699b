"""Runs the tests of the pages' scripts (tests/js) on Node."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree

#: The virtual environment's programs come first, because `make` installs Node there if the machine has none.
PATH = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
MISSING = (
    "The scripts of the pages are tested on Node 20 or newer: run `make test`, which brings it, or install it"
    " (Debian, Ubuntu: apt-get install nodejs npm)."
)


def node() -> str | None:
    return shutil.which("node", path=PATH)


def run() -> tuple[int, int, int, int]:
    """Return the numbers of passed, failed and skipped tests, and Node's exit code."""
    tests = sorted(str(path) for path in Path(__file__).parent.glob("js/*.test.js"))
    with tempfile.TemporaryDirectory(prefix="expresso-scripts-") as folder:
        report = Path(folder) / "report.xml"
        reporters = ["--test-reporter=spec", "--test-reporter-destination=stdout"]
        reporters += ["--test-reporter=junit", f"--test-reporter-destination={report}"]
        code = subprocess.run([node() or "node", "--test", *reporters, *tests], check=False).returncode
        cases = list(ElementTree.parse(report).getroot().iter("testcase"))
    failed = sum(case.find("failure") is not None for case in cases)
    skipped = sum(case.find("skipped") is not None for case in cases)
    return len(cases) - failed - skipped, failed, skipped, code
