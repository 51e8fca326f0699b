"""Signing in with a password, and the lock after too many wrong passwords."""

from __future__ import annotations

from typing import Any

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.hashers import identify_hasher, make_password
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import Settings

from accounts.known_devices import COOKIE
from accounts.models import User
from expresso import settings as production

pytestmark = pytest.mark.django_db
RIGHT = "a long enough one"


@pytest.fixture(autouse=True)
def maya() -> User:
    return User.objects.create_user("maya", password=RIGHT)


def try_in(client: Client, password: str) -> int:
    return client.post(reverse("login"), {"username": "maya", "password": password}).status_code


def guess(client: Client, settings: Settings) -> None:
    for _ in range(settings.AXES_FAILURE_LIMIT):
        try_in(client, "guessed")


def test_a_lock_ends_when_it_said_so_however_often_somebody_tries_meanwhile(settings: Settings) -> None:
    guess(Client(), settings)
    locked_at = timezone.now() - settings.AXES_COOLOFF_TIME / 2
    AccessAttempt.objects.update(attempt_time=locked_at)

    assert try_in(Client(), "guessed") == 429
    assert try_in(Client(), RIGHT) == 429

    assert AccessAttempt.objects.get().attempt_time == locked_at
    AccessAttempt.objects.update(attempt_time=timezone.now() - settings.AXES_COOLOFF_TIME * 1.01)
    assert try_in(Client(), RIGHT) == 302


def test_a_stranger_behind_the_same_address_does_not_lock_a_device_where_one_has_signed_in(settings: Settings) -> None:
    tablet = Client()
    assert try_in(tablet, RIGHT) == 302
    tablet.post(reverse("logout"))

    guess(Client(), settings)

    assert try_in(Client(), RIGHT) == 429
    assert try_in(tablet, RIGHT) == 302


def test_guessing_on_a_known_device_locks_that_device_alone(settings: Settings) -> None:
    tablet, other = Client(), Client()
    try_in(tablet, RIGHT)
    try_in(other, RIGHT)

    guess(tablet, settings)

    assert (try_in(tablet, RIGHT), try_in(other, RIGHT)) == (429, 302)


@pytest.mark.parametrize("cookie", ["", "forged", "WyJ4IixbIm1heWEiXV0:1abcde:signature"])
def test_a_cookie_that_we_did_not_sign_is_a_stranger(cookie: str, settings: Settings) -> None:
    guess(Client(), settings)
    forger = Client()
    forger.cookies[COOKIE] = cookie

    assert try_in(forger, RIGHT) == 429


def test_a_device_knows_the_people_who_signed_in_there_and_nobody_else(settings: Settings) -> None:
    User.objects.create_user("ben", password=RIGHT)
    tablet = Client()
    tablet.post(reverse("login"), {"username": "ben", "password": RIGHT})
    tablet.post(reverse("logout"))

    guess(Client(), settings)

    assert try_in(tablet, RIGHT) == 429


def test_an_old_hash_is_replaced_by_bcrypt_at_sign_in(maya: User, settings: Settings) -> None:
    settings.PASSWORD_HASHERS = production.PASSWORD_HASHERS
    maya.password = make_password(RIGHT, hasher="pbkdf2_sha256")
    maya.save()

    answer: Any = try_in(Client(), RIGHT)

    maya.refresh_from_db()
    assert (answer, identify_hasher(maya.password).algorithm) == (302, "bcrypt_sha256")
    assert maya.check_password(RIGHT)
