"""Lists the modules of the product, for tests that read the code."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parents[1]
APPS = ("accounts", "stations", "inventory", "orders", "sms", "expresso", "bench")


def product_modules() -> list[Path]:
    """Return the paths of all apps' modules, without tests and migrations."""
    return [
        file
        for app in APPS
        for file in sorted((ROOT / app).rglob("*.py"))
        if not {"tests", "migrations"} & set(file.relative_to(ROOT).parts)
    ]
