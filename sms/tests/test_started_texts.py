"""Texts that Expresso starts fit one SMS segment. New functions of `sms.replies.notifications` are included
automatically."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from django.conf import settings
from django.utils.translation import override

from orders.items import Item
from orders.models import Order
from orders.tests import factory
from sms.replies import notifications
from sms.segments import segments

#: Functions that are not checked. The first two only fill in templates for the others. A mail and a message in a
#: barista's own words can be longer than a segment.
NOT_CHECKED = {"addressed", "shortest_needed", "ready_by_mail", "from_the_bar"}
GIVEN = {"reason": "The oat milk ran out and the machine is broken. " * 4}
TEXTS: dict[str, Callable[..., str]] = {
    name: function
    for name, function in inspect.getmembers(notifications, inspect.isfunction)
    if function.__module__ == notifications.__name__
    if not name.startswith("_") and name not in NOT_CHECKED
}


def several() -> list[Item]:
    return [factory.item("Latte", "Large", "Full cream", quantity=2, name=f"Bartholomew {n}") for n in range(5)]


def one() -> list[Item]:
    return [factory.item("Latte", "Large", "Oat")]


@pytest.mark.once
@pytest.mark.django_db
@pytest.mark.parametrize("items", [several, one])
@pytest.mark.parametrize("language", [code for code, _ in settings.LANGUAGES])
@pytest.mark.parametrize("name", TEXTS)
def test_a_text_that_expresso_starts_fits_a_segment_in_every_language(
    name: str, language: str, items: Callable[[], Sequence[Item]]
) -> None:
    bar = factory.cafe()
    bar.name = "Coffee bar by the main entrance, left"
    bar.save()
    placed = factory.order(bar, *items(), name="Maria-Magdalena Freifrau von Hohenstein")
    given: dict[str, Any] = {"order": Order.objects.get(pk=placed.pk), **GIVEN}
    needed = inspect.signature(TEXTS[name]).parameters

    with override(language):
        text = TEXTS[name](**{word: given[word] for word in needed})

    assert text
    assert segments(text) == 1, f"{len(text)}: {text}"
