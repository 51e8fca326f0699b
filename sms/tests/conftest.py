from __future__ import annotations

from typing import Any

import pytest
from pytest_django.fixtures import Settings
from twilio.rest import Client

from orders.parser import Intent, Reading
from sms import twilio
from sms.conversation import answers, ordering, respond, table
from sms.conversation.facts import Facts
from sms.conversation.state import State
from sms.conversation.turn import Turn
from sms.tests.decisions import FACTS, MENU, NOW, Hear
from sms.tests.factory import FakeTwilio


@pytest.fixture
def fake_twilio(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> FakeTwilio:
    """An account is configured; only its HTTP edge is not Twilio's."""
    settings.SIMULATOR = False
    fake = FakeTwilio()
    client = Client("AC" + "0" * 32, "token", http_client=fake)
    monkeypatch.setattr(twilio, "client", lambda: client)
    return fake


@pytest.fixture
def hear(monkeypatch: pytest.MonkeyPatch) -> Hear:
    """Respond to a text that was read as given."""

    def respond_to(
        text: str = "…",
        *,
        state: State | None = None,
        facts: Facts = FACTS,
        intent: Intent = Intent.ORDER,
        **reading: Any,
    ) -> Turn:
        for module in (table, ordering, answers):
            monkeypatch.setattr(module, "read", lambda *_args, **_kwargs: Reading(intent, **reading))
        return respond(state or State(at=NOW.timestamp()), text, MENU, facts)

    return respond_to
