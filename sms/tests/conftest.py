from __future__ import annotations

import pytest
from pytest_django.fixtures import Settings
from twilio.rest import Client

from sms import twilio
from sms.tests.factory import FakeTwilio


@pytest.fixture
def fake_twilio(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> FakeTwilio:
    """An account is configured; only its HTTP edge is not Twilio's."""
    settings.SIMULATOR = False
    fake = FakeTwilio()
    client = Client("AC" + "0" * 32, "token", http_client=fake)
    monkeypatch.setattr(twilio, "client", lambda: client)
    return fake
