"""`make lint`: runs all checks that need no running server. After a failed check the others still run."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests import scripts
from tests.run import DEPLOYMENT

BIN = Path(sys.executable).parent
NODE_BIN = Path("node_modules/.bin")
#: Settings as in production, for checks of the deployment. Their keys are used nowhere else.
PRODUCTION = {
    "API_SIGNING_KEYS": "checked-in-the-open-and-used-nowhere-else-0123456789-qrstuvwxyz",
    "SECRET_KEY": "checked-in-the-open-and-used-nowhere-else-0123456789-abcdefghijklmnop",
    "ENCRYPTION_KEYS": "checked-in-the-open-and-used-nowhere-else-0123456789-bcdefghijkl",
    "PUBLIC_URL": "https://coffee.example.org",
    "ALLOWED_HOSTS": "coffee.example.org",
    "DATABASE_URL": "postgres://expresso@localhost/expresso",
    "REDIS_URL": "redis://localhost:6379/0",
    "TWILIO_ACCOUNT_SID": "AC00000000000000000000000000000000",
    "TWILIO_AUTH_TOKEN": "0123456789abcdef0123456789abcdef",
    "TWILIO_NUMBER": "+15555550100",
}
# `makemigrations --check` needs no database, because it compares models with migration files.
NEEDED = ("SECRET_KEY", "API_SIGNING_KEYS", "ENCRYPTION_KEYS", "PUBLIC_URL", "ALLOWED_HOSTS")
DEVELOPMENT = {name: PRODUCTION[name] for name in NEEDED}


def checks(folder: str) -> list[tuple[str, list[str], dict[str, str]]]:
    """Return the checks, each with its name, its command and its environment variables."""
    manage = [sys.executable, "manage.py"]
    here = DEVELOPMENT | {"VAR_DIR": folder}
    return [
        # Start the longest check first. Started last, it would run alone at the end, while the other core is idle.
        ("types", [f"{BIN}/mypy", "--no-error-summary"], {}),
        ("style", [f"{BIN}/ruff", "check", "--quiet", "."], {}),
        ("form", [f"{BIN}/ruff", "format", "--check", "--quiet", "."], {}),
        ("templates' style", [f"{BIN}/djlint", "templates", "--lint", "--quiet"], {}),
        ("templates' form", [f"{BIN}/djlint", "templates", "--check", "--quiet"], {}),
        ("scripts' style", [f"{NODE_BIN}/biome", "check", "--error-on-warnings", "."], {}),
        ("scripts' types", [f"{NODE_BIN}/tsc", "--project", "tests/js"], {}),
        ("workers' types", [f"{NODE_BIN}/tsc", "--project", "tests/js/tsconfig.workers.json"], {}),
        ("arrows", [f"{BIN}/lint-imports", "--no-cache"], {}),
        ("sentences", [sys.executable, "-m", "tests.catalogs", "--check"], {}),
        ("migrations", [*manage, "makemigrations", "--check", "--dry-run"], here),
        ("old code's tables", [sys.executable, "-m", "tests.migrations"], here),
        (
            "deployment",
            [*manage, "check", "--deploy", "--fail-level", "WARNING"],
            PRODUCTION | {"VAR_DIR": folder},
        ),
    ]


def main() -> int:
    inherited = {name: value for name, value in os.environ.items() if name not in DEPLOYMENT}
    inherited["PATH"] = scripts.PATH
    failed = []

    def run(check: tuple[str, list[str], dict[str, str]]) -> tuple[str, subprocess.CompletedProcess[str], float]:
        name, command, settings = check
        began = time.monotonic()
        result = subprocess.run(command, env=inherited | settings, capture_output=True, text=True, check=False)
        return name, result, time.monotonic() - began

    with tempfile.TemporaryDirectory(prefix="expresso-lint-") as folder, ThreadPoolExecutor(os.cpu_count()) as pool:
        for name, result, seconds in pool.map(run, checks(folder)):
            print(f"{name:<18}{'FAILED' if result.returncode else 'ok':<8}{seconds:5.1f} s", flush=True)
            if result.returncode:
                failed.append(name)
                print(result.stdout + result.stderr, flush=True)
    print(f"lint: {', '.join(failed)} failed" if failed else "lint: all well")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
