from __future__ import annotations

import datetime as dt
from typing import Any
from unittest.mock import patch

import jwt
import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings

from accounts.models import Role, User
from expresso.api import tokens
from expresso.api.models import ApiKey, Scope, SignIn
from expresso.api.tests.conftest import Caller
from orders.tests import factory
from stations.models import Station

pytestmark = pytest.mark.django_db
NOBODY = Caller()


def sign_in(password: str = "a long enough one") -> Any:
    return NOBODY("POST", "token/", {"username": "maya", "password": password}).json()


def test_a_password_is_traded_for_a_token_that_says_who_calls(bar: Station, maya: User) -> None:
    pair = sign_in()

    me = Caller(pair["access"])("GET", "me/")

    assert (me.json()["username"], me.json()["roles"]) == ("maya", {bar.event.slug: "barista"})
    assert NOBODY("GET", "me/").status_code == 401
    assert Caller(pair["refresh"])("GET", "me/").status_code == 401


def test_after_too_many_wrong_passwords_the_right_one_answers_429(maya: User) -> None:
    for _ in range(10):
        wrong = NOBODY("POST", "token/", {"username": "maya", "password": "wrong"})

    right = NOBODY("POST", "token/", {"username": "maya", "password": "a long enough one"})

    assert wrong.json()["code"] in {"wrong_credentials", "locked"}
    assert (right.status_code, right.json()["code"], right["Retry-After"]) == (429, "locked", "600")


def test_a_refresh_token_works_once_and_its_reuse_ends_the_sign_in(maya: User) -> None:
    first = sign_in()
    second = NOBODY("POST", "token/refresh/", {"refresh": first["refresh"]}).json()

    reused = NOBODY("POST", "token/refresh/", {"refresh": first["refresh"]})
    after = NOBODY("POST", "token/refresh/", {"refresh": second["refresh"]})

    assert (reused.status_code, reused.json()["code"]) == (401, "token_reused")
    assert after.json()["code"] == "token_not_valid"
    assert Caller(second["access"])("GET", "me/").status_code == 401


def test_signing_out_ends_every_token_of_that_sign_in(maya: User) -> None:
    here, elsewhere = sign_in(), sign_in()

    NOBODY("POST", "token/revoke/", {"token": here["access"]})

    assert Caller(here["access"])("GET", "me/").status_code == 401
    assert NOBODY("POST", "token/refresh/", {"refresh": here["refresh"]}).status_code == 401
    assert Caller(elsewhere["access"])("GET", "me/").status_code == 200


def test_an_old_signing_key_is_good_until_it_is_dropped(maya: User, settings: Settings) -> None:
    old, new = "old-" * 10, "new-" * 10
    settings.API_SIGNING_KEYS = [old]
    pair = sign_in()

    settings.API_SIGNING_KEYS = [new, old]
    both = Caller(pair["access"])("GET", "me/").status_code
    settings.API_SIGNING_KEYS = [new]
    dropped = Caller(pair["access"])("GET", "me/").status_code

    assert (both, dropped) == (200, 401)


@pytest.mark.parametrize("claim", ["aud", "iss", "exp", "token_type", "sid", "sub"])
def test_a_token_lacking_a_claim_is_no_token(maya: User, settings: Settings, claim: str) -> None:
    access = sign_in()["access"]
    header = jwt.get_unverified_header(access)
    claims = jwt.decode(access, options={"verify_signature": False})
    del claims[claim]
    forged = jwt.encode(claims, settings.API_SIGNING_KEYS[0], "HS256", headers={"kid": header["kid"]})

    assert Caller(access)("GET", "me/").status_code == 200
    assert Caller(forged)("GET", "me/").status_code == 401


def test_a_token_expires(maya: User) -> None:
    access = sign_in()["access"]
    later = timezone.now() + dt.timedelta(minutes=16)

    with patch("rest_framework_simplejwt.tokens.aware_utcnow", return_value=later):
        assert Caller(access)("GET", "me/").status_code == 401


def test_a_person_who_is_let_go_is_out_at_once(maya: User) -> None:
    pair = sign_in()
    User.objects.filter(pk=maya.pk).update(is_active=False)

    assert Caller(pair["access"])("GET", "me/").status_code == 401
    assert NOBODY("POST", "token/refresh/", {"refresh": pair["refresh"]}).status_code == 401


def test_no_token_is_stored(maya: User) -> None:
    pair = sign_in()

    stored = " ".join(map(str, SignIn.objects.values_list()))

    assert stored
    assert pair["refresh"] not in stored


def a_key(event: object, owner: User, *scopes: str) -> str:
    row = ApiKey(name="Robot", event=event, owner=owner, scopes=list(scopes))  # type: ignore[misc]
    secret = row.renew()
    row.full_clean()
    row.save()
    return secret


def test_a_key_does_what_its_scopes_say_at_its_event(bar: Station, maya: User) -> None:
    other = factory.cafe()
    robot = Caller(a_key(bar.event, maya, Scope.READ))
    order = {"items": [{"drink": "Latte"}]}

    assert robot("GET", f"events/{bar.event.slug}/").status_code == 200
    assert robot("POST", f"events/{bar.event.slug}/orders/", order).status_code == 403
    assert robot("GET", f"events/{other.event.slug}/").status_code == 404
    assert [event["slug"] for event in robot("GET", "events/").json()] == [bar.event.slug]


def test_a_key_can_do_no_more_than_its_owner(bar: Station, maya: User) -> None:
    robot = Caller(a_key(bar.event, maya, Scope.EVENT))
    olgas = Caller(a_key(bar.event, factory.user("olga", Role.ORGANIZER), Scope.EVENT))

    assert robot("POST", f"events/{bar.event.slug}/pause/", {"minutes": 5}).status_code == 403
    assert olgas("POST", f"events/{bar.event.slug}/pause/", {"minutes": 5}).status_code == 200


def test_a_revoked_key_is_refused_and_no_key_is_stored(bar: Station, maya: User) -> None:
    secret = a_key(bar.event, maya, Scope.READ)
    robot = Caller(secret)
    before = robot("GET", "events/").status_code
    ApiKey.objects.update(revoked_at=timezone.now())

    assert (before, robot("GET", "events/").status_code) == (200, 401)
    assert secret not in " ".join(map(str, ApiKey.objects.values_list()))


def test_a_refresh_that_races_with_itself_wins_once(maya: User) -> None:
    refresh = tokens.sign_in(maya).refresh
    tokens.renew(refresh)

    with pytest.raises(tokens.Reused):
        tokens.renew(refresh)
