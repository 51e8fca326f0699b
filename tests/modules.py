"""The modules of the product, for tests that read its code."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parents[1]
APPS = ("accounts", "stations", "inventory", "orders", "sms", "expresso", "bench")


def product_modules() -> list[Path]:
    """Return every module of the apps, without tests and migrations."""
    return [
        file
        for app in APPS
        for file in sorted((ROOT / app).rglob("*.py"))
        if not {"tests", "migrations"} & set(file.relative_to(ROOT).parts)
    ]
