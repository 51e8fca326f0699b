from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from unittest.mock import patch

import pytest
import requests
from django.test import Client as TestClient
from pytest_django.fixtures import Settings
from twilio.rest import Client

from accounts.models import Role, User
from orders.parser import Intent, Reading
from orders.tests import factory as rows
from sms import twilio
from sms.conversation import answers, respond, table
from sms.conversation.facts import Facts
from sms.conversation.pace import Pace
from sms.conversation.state import ConversationState
from sms.conversation.turn import Turn
from sms.incoming import IncomingText
from sms.models import Conversation
from sms.tests import factory
from sms.tests.decisions import FACTS, MENU, NOW, Hear
from sms.tests.devices import Services
from sms.tests.factory import FakeTwilio
from stations.models import Event, Station


@pytest.fixture
def fake_twilio(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> FakeTwilio:
    """Configure a Twilio account whose HTTP API is a fake. Everything else of Twilio's library is real."""
    settings.SIMULATOR = False
    fake = FakeTwilio()
    client = Client("AC" + "0" * 32, "token", http_client=fake)
    monkeypatch.setattr(twilio, "client", lambda: client)
    return fake


@pytest.fixture
def services(monkeypatch: pytest.MonkeyPatch) -> Services:
    fake = Services()
    monkeypatch.setattr(requests, "post", fake.post)
    return fake


@pytest.fixture
def bar(db: None) -> Station:
    return rows.cafe()


@pytest.fixture
def event(bar: Station) -> Event:
    return bar.event


@pytest.fixture
def maya(db: None) -> User:
    return rows.user("maya")


@pytest.fixture
def organizer(client: TestClient, event: Event) -> User:
    user = rows.user("olivia", Role.ORGANIZER)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user


@pytest.fixture
def talk(bar: Station) -> Conversation:
    return factory.conversation(bar)


@pytest.fixture
def received() -> Iterator[list[IncomingText]]:
    """Collect the texts that the webhook view accepts. Each of them is answered "Hello"."""
    texts: list[IncomingText] = []

    def receive(text: IncomingText) -> str:
        texts.append(text)
        return "Hello"

    with patch("sms.inbound.receive", receive):
        yield texts


@pytest.fixture
def hear(monkeypatch: pytest.MonkeyPatch) -> Hear:
    """Return a function that calls `respond` for a text, with a parser result that the test gives.

    For example, `hear("hm", intent=Intent.CANCEL)` decides as if the parser had read "hm" as a cancellation."""

    def respond_to(
        text: str = "…",
        *,
        state: ConversationState | None = None,
        facts: Facts = FACTS,
        intent: Intent = Intent.ORDER,
        **reading: Any,
    ) -> Turn:
        for module in (table, answers):
            monkeypatch.setattr(module, "read", lambda *_args, **_kwargs: Reading(intent, **reading))
        turn = respond(state or ConversationState(at=NOW.timestamp()), text, MENU, facts)
        return replace(turn, state=replace(turn.state, pace=Pace()))

    return respond_to
