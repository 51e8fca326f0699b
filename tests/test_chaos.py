"""A short version of `make chaos`, with four faults under load."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import chaos

pytestmark = [pytest.mark.full, pytest.mark.timeout(300)]

FAULTS = ["the carrier says 500", "a task worker is killed", "the disk is full", "PostgreSQL is killed"]


def test_nothing_is_lost_or_doubled_whatever_breaks(tmp_path: Path) -> None:
    with chaos.world(tmp_path, seed=1) as world:
        assert chaos.run(world, faults=FAULTS) == []
        assert len(world.placed) > 10
        assert world.site.rows("SELECT id FROM orders_order WHERE status = 'collected' LIMIT 1")
