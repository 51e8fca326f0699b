"""The curl commands in the README place an order and move it on until it is collected. Collected only where curl is
installed."""

from __future__ import annotations

import json
import subprocess
import textwrap
from pathlib import Path

import pytest

from tests.deployment import Deployment

README = Path(__file__).parent.parent / "README.md"

pytestmark = pytest.mark.timeout(120)


def curl_lines() -> str:
    block = (
        README.read_text(encoding="utf-8").partition("## The API\n")[2].partition("    API=")[2].partition("\n\n")[0]
    )
    return textwrap.dedent(f"    API={block}")


def test_the_lines_of_the_readme_make_a_coffee(default_deployment: Deployment) -> None:
    said = default_deployment.said().partition("Sign in as\n")[2]
    password = next(line.split()[1] for line in said.splitlines() if line.split()[:1] == ["maya"])
    lines = curl_lines().replace("localhost:8000", default_deployment.url).replace("…", password)

    run = subprocess.run(["bash", "-euo", "pipefail", "-c", lines], capture_output=True, text=True, check=True)

    head, *steps = run.stdout.replace("}{", "}\n{").replace("\r", "").partition("\n\n")[2].splitlines()
    assert [json.loads(answer)["status"] for answer in (head, *steps)] == ["waiting", "making", "ready", "collected"]
    assert 'ETag: "1"' in run.stdout or 'etag: "1"' in run.stdout.lower()
