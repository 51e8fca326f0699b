"""The lock files contain the packages that the .in files name, each with a hash."""

from __future__ import annotations

import re

import pytest

from expresso.machine import BASE_DIR

LOCKS = ["requirements.txt", "requirements-dev.txt", "requirements-uv.txt"]


def pins(file: str) -> dict[str, str]:
    """Return the version of each package in an .in file or a lock file."""
    found = re.findall(r"^([\w.-]+)(?:\[[\w,]+\])?==([\w.]+)", (BASE_DIR / file).read_text(), re.M)
    return {re.sub(r"[-_.]+", "-", name).lower(): version for name, version in found}


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_the_lock_holds_every_named_package_in_its_version(name: str) -> None:
    named, locked = pins(f"{name}.in"), pins(f"{name}.txt")

    assert {package: locked.get(package) for package in named} == named


def test_what_is_tested_is_what_is_run() -> None:
    run, tested = pins("requirements.txt"), pins("requirements-dev.txt")

    assert {package: tested.get(package) for package in run} == run


@pytest.mark.parametrize("lock", LOCKS)
def test_every_locked_package_has_hashes_and_no_address_to_fetch_it_from(lock: str) -> None:
    text = (BASE_DIR / lock).read_text()
    packages = re.split(r"\n(?=\S)", re.sub(r"^#.*\n", "", text, flags=re.M).strip())

    assert [package for package in packages if "--hash=sha256:" not in package] == []
    assert [line for line in text.splitlines() if "://" in line or "index-url" in line] == []
