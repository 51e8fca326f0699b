"""The main job on real processes: what a text becomes, on the default and on the full deployment."""

from __future__ import annotations

import pytest

from tests.deployment import Deployment
from tests.journey import from_text_to_cup
from tests.pages import Visitors


@pytest.mark.browser
def test_one_text_becomes_a_coffee(there: Visitors, record_property) -> None:
    figures = from_text_to_cup(there)

    print(figures)
    record_property("journey", str(figures))
    assert max(figures.tablet, figures.wall, figures.ready_text) < 5
    assert there.faults.seen == []


@pytest.mark.full
@pytest.mark.browser
def test_one_text_becomes_a_coffee_in_the_full_deployment(there_in_full: Visitors, record_property) -> None:
    figures = from_text_to_cup(there_in_full)

    print(figures)
    record_property("journey", str(figures))
    assert max(figures.tablet, figures.wall, figures.ready_text) < 5
    assert there_in_full.faults.seen == []


@pytest.mark.parametrize("token", ["", "not-the-token"], ids=["missing", "wrong"])
def test_a_text_that_is_not_signed_is_refused(default_deployment: Deployment, token: str) -> None:
    assert default_deployment.text("flat white for Signed").status == 200
    before = default_deployment.orders()

    answer = default_deployment.text("flat white for Forged", token=token)

    assert answer.status == 403
    assert default_deployment.orders() == before
