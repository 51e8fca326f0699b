"""Several texts at once over real HTTP: signatures are checked, and each text is handled once and in order."""

from __future__ import annotations

from functools import partial

import pytest

from tests.deployment import Deployment, at_once, new_sid

pytestmark = pytest.mark.timeout(120)
CUSTOMER = "+12025550150"


@pytest.mark.parametrize("token", ["", "not-the-token"], ids=["missing", "wrong"])
def test_a_text_with_a_missing_or_wrong_signature_is_refused_and_orders_nothing(cafe: Deployment, token: str) -> None:
    assert cafe.text("large oat latte for Sid").status == 200
    before = cafe.orders()

    answer = cafe.text("large oat latte for Finn", token=token)

    assert answer == (403, "")
    assert cafe.orders() == before


def test_the_same_text_eight_times_at_once_is_one_order_and_one_reply(cafe: Deployment) -> None:
    before = cafe.orders()
    sid = new_sid()

    answers = at_once([partial(cafe.text, "large oat latte for Olive", sid=sid, sender=CUSTOMER)] * 8)
    later = cafe.text("large oat latte for Olive", sid=sid, sender=CUSTOMER)

    [(code, name, status)] = cafe.orders()[len(before) :]
    assert (name, status) == ("Olive", "waiting")
    assert set(answers) == {later}
    assert later.status == 200
    assert code in later.reply


def test_answers_of_one_customer_at_once_are_taken_one_after_the_other(cafe: Deployment) -> None:
    """A customer sends the same answer several times. The first one answers the question; the others find no open
    question."""
    asked = cafe.text("oat latte for Toby", sender=CUSTOMER)
    assert "What size" in asked.reply
    before = cafe.orders()

    answers = at_once([partial(cafe.text, "large", sender=CUSTOMER)] * 8)

    assert [name for _, name, _ in cafe.orders()[len(before) :]] == ["Toby"]
    assert {answer.status for answer in answers} == {200}


def test_two_drinks_of_one_customer_texted_at_once_stand_on_one_ticket(cafe: Deployment) -> None:
    before = cafe.orders()

    orders = ("large oat latte for Theo", "small soy mocha for Theo")
    answers = at_once([partial(cafe.text, body, sender=CUSTOMER) for body in orders])

    placed = cafe.orders()[len(before) :]
    assert [name for _, name, _ in placed] == ["Theo"]
    # The reply to the second text names both drinks.
    assert any("latte" in answer.reply and "mocha" in answer.reply for answer in answers)
