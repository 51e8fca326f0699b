"""Tests of the message that a launcher prints, and of when a launcher creates the demonstration event."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from pytest_django import Settings

from expresso import demo, full, prepare, web
from expresso.welcome import welcome
from stations.models import Event


@pytest.fixture(autouse=True)
def _own_var(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.VAR_DIR = tmp_path
    # Keep the connection open. Launchers close it when they are ready, but the test's transaction needs it.
    monkeypatch.setattr(connection, "close", lambda: None)


@pytest.mark.django_db
def test_an_empty_database_stays_empty_unless_the_demonstration_is_asked_for() -> None:
    assert prepare.prepare_database(demonstration=False) is False
    assert not Event.objects.exists()
    assert not get_user_model().objects.exists()
    assert "manage.py createsuperuser" in welcome(8000, show_logins=False)


@pytest.mark.django_db
def test_passwords_are_in_the_message_of_the_start_that_made_them() -> None:
    assert prepare.prepare_database(demonstration=True) is True
    assert prepare.prepare_database(demonstration=True) is False
    password = demo.logins()[0].password

    assert password in welcome(8000, show_logins=True)
    assert password not in welcome(8000, show_logins=False)
    assert str(demo.logins_file()) in welcome(8000, show_logins=False)


@pytest.mark.django_db
def test_with_https_only_the_public_address_is_named(settings: Settings) -> None:
    settings.HTTPS, settings.PUBLIC_URL = True, "https://coffee.example.org"

    message = welcome(8000, show_logins=False)

    assert "https://coffee.example.org/admin/\n" in message
    assert "http://" not in message


class Asked(Exception):
    pass


@pytest.mark.parametrize(("launcher", "default"), [(full.run_full, False), (web.main, True)], ids=["full", "run"])
@pytest.mark.parametrize("asked", ["", "1", "0"])
def test_the_full_deployment_makes_a_demonstration_only_when_asked(
    monkeypatch: pytest.MonkeyPatch, launcher: object, default: bool, asked: str
) -> None:
    def everything(*, demonstration: bool) -> bool:
        raise Asked(demonstration)

    for name, value in {"DEMO": asked, "DATABASE_URL": "postgres://x@localhost/x", "REDIS_URL": "redis://x"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("expresso.machine.environment", lambda: 8000)
    monkeypatch.setattr(prepare, "everything", everything)

    with pytest.raises(Asked) as called:
        launcher()  # type: ignore[operator]

    assert called.value.args == (bool(int(asked)) if asked else default,)
