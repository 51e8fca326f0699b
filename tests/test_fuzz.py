"""Sends odd requests as every role. None causes a server error, and none opens a forbidden page. `make fuzz` sends 3000
requests for each role."""

from __future__ import annotations

import os

import pytest

from tests.fuzz import Fuzz
from tests.roles import WHO

REQUESTS = int(os.environ.get("FUZZ_REQUESTS", "60"))
SEED = int(os.environ.get("FUZZ_SEED", "1"))


@pytest.mark.django_db(transaction=True)
@pytest.mark.timeout(120 + REQUESTS)
@pytest.mark.parametrize("who", WHO)
def test_odd_requests_are_no_fault_of_ours_and_no_way_in(who: str) -> None:
    fuzz = Fuzz(who, SEED)

    fuzz.run(REQUESTS)

    print(f"{who}: {sum(fuzz.statuses.values())} requests, {dict(sorted(fuzz.statuses.items()))}")
    assert fuzz.findings == [], "\n".join(fuzz.findings)
