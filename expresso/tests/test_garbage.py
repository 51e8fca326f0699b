"""Tests that Python's garbage collector skips all objects that the servers load when they start."""

from __future__ import annotations

import gc
import runpy
from collections.abc import Iterator

import pytest
import structlog

from expresso.garbage import OFTEN, spare_what_is_loaded
from expresso.machine import BASE_DIR


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    before, logging = gc.get_threshold(), structlog.get_config()
    gc.unfreeze()
    yield
    gc.set_threshold(*before)
    # The settings of gunicorn switch the caching of loggers on. A cached logger would bypass `capture_logs` in all
    # later tests.
    structlog.configure(**logging)


def test_what_is_loaded_is_looked_at_no_more() -> None:
    loaded = len(gc.get_objects())

    spare_what_is_loaded()

    assert gc.get_freeze_count() > loaded / 2
    assert len(gc.get_objects()) < loaded / 100
    assert gc.get_threshold() == OFTEN


def test_each_wsgi_worker_spares_what_it_has_loaded() -> None:
    settings = runpy.run_path(str(BASE_DIR / "deploy" / "gunicorn.conf.py"))

    settings["post_worker_init"](None)

    assert gc.get_freeze_count()
