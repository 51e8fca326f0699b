"""Builds the container image if a container engine runs. Otherwise the Dockerfile's steps are run on a copy of the
code."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from expresso.family import find_program
from expresso.machine import BASE_DIR
from tests.run import DEPLOYMENT

pytestmark = [pytest.mark.once, pytest.mark.timeout(900)]
DOCKERFILE = BASE_DIR / "deploy" / "Dockerfile"


def steps() -> list[str]:
    """Return the instructions of the Dockerfile, each on one line."""
    lines = [line for line in DOCKERFILE.read_text().splitlines(keepends=True) if not line.lstrip().startswith("#")]
    joined = "".join(lines).replace("\\\n", " ")
    return [line for line in joined.splitlines() if line and not line.startswith("#")]


def has_engine() -> bool:
    docker = find_program("docker")
    return docker is not None and subprocess.run([docker, "info"], capture_output=True, check=False).returncode == 0


def run(command: list[str], tree: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if name not in DEPLOYMENT}
    return subprocess.run(
        command, cwd=tree, env=clean | settings, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )


def test_the_image_is_built_or_its_steps_succeed(tmp_path: Path) -> None:
    if has_engine():
        subprocess.run(["docker", "build", "--quiet", "--file", str(DOCKERFILE), str(BASE_DIR)], check=True)
        return
    left_out = [line.removeprefix("**/") for line in (BASE_DIR / ".dockerignore").read_text().split()]
    tree = shutil.copytree(BASE_DIR, tmp_path / "app", ignore=shutil.ignore_patterns(*left_out))
    copied = [word for step in steps() if step.startswith("COPY") for word in step.split()[1:-1]]
    collects = next(step for step in steps() if "collectstatic" in step)
    given = dict(re.findall(r"([A-Z_]+)=(\S+)", collects))
    starts = [shlex.split(word)[0] for word in re.findall(r'"([^"]+)"', steps()[-1])]
    settings = given | {"VAR_DIR": str(tree / "var"), "PYTHONDONTWRITEBYTECODE": "1"}

    collected = run([sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"], tree, **settings)
    compiles = re.search(r"python (-m compileall [\w -]+)", collects)
    assert compiles
    compiled = run([sys.executable, *compiles[1].split()], tree)
    checked = run([sys.executable, *starts[1:], "--check-config"], tree, **settings)
    without = run(
        [sys.executable, "manage.py", "check"], tree, VAR_DIR=str(tree / "var"), DATABASE_URL="postgres://d/x"
    )

    assert [name for name in copied if not (tree / name).exists()] == []
    assert (collected.returncode, collected.stderr) == (0, "")
    assert (tree / "var" / "static" / "staticfiles.json").exists()
    assert (compiled.returncode, compiled.stdout) == (0, "")
    assert {path.parent.name for path in tree.glob("*/apps.py")} <= {
        path.parents[1].name for path in tree.glob("*/__pycache__/apps.*.pyc")
    }
    assert (checked.returncode, starts[0]) == (0, "python"), checked.stderr
    # Without settings the container refuses to start.
    assert without.returncode == 1
    assert "SECRET_KEY is not set" in without.stderr
