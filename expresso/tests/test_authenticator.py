"""Tests of the authenticator app as a second step of signing in."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from django.contrib.auth.tokens import default_token_generator
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils.http import urlsafe_base64_encode
from django_otp.oath import TOTP
from pytest_django.fixtures import Settings

from accounts import authenticator, cards, encryption
from accounts.known_devices import WrongTries
from accounts.models import AuditEntry, Authenticator, BackupCode, Role, SignInCard, User
from expresso.tests.signing_in import NEW, RIGHT, acts, sign_in, signed_in, who
from orders.tests import factory
from stations.models import Station
from tests.forms import act

pytestmark = pytest.mark.django_db
PAGE, APP = "/accounts/you/", "/accounts/you/authenticator/"


@pytest.fixture(autouse=True)
def bar() -> Station:
    cache.clear()
    return factory.cafe()


@pytest.fixture
def olivia(bar: Station) -> User:
    return factory.user("olivia", Role.ORGANIZER, at=bar.event)


def app_code(user: User, *, later: int = 0) -> str:
    """Return the code that the user's app shows now, or `later` steps of 30 seconds from now."""
    totp = TOTP(bytes.fromhex(Authenticator.objects.get(user=user).secret))
    totp.time = time.time() + 30 * later
    return f"{totp.token():06}"


def wrong_code(user: User) -> str:
    right = {app_code(user, later=step) for step in range(-3, 4)}
    return next(code for number in range(9) if (code := f"{number:06}") not in right)


def add_app(user: User) -> list[str]:
    """Add an authenticator app to the account and return the backup codes.

    The code of the previous 30 seconds is used for this, so the present code can still be used."""
    authenticator.begin(user)
    codes = authenticator.confirm(user, app_code(user, later=-1))
    assert codes
    return codes


def type_code(client: Client, code: str, **more: str) -> Any:
    return client.post("/accounts/code/", {"code": code} | more)


def half_way(user: User, **more: str) -> Client:
    """Return a browser in which the user's password was accepted and the app's code still has to be typed."""
    client = Client()
    answer = sign_in(client, user.username, **more)
    assert answer.headers["Location"].startswith("/accounts/code/")
    assert not who(client)
    return client


def test_an_organizer_adds_an_app_and_is_asked_for_its_code_from_then_on(olivia: User) -> None:
    client = signed_in("olivia")
    page = client.get(APP).content.decode()
    assert "<svg" in page
    assert "http" not in page.split('class="scan-code"')[1].split("</svg>")[0].replace("http://www.w3.org/2000/svg", "")

    answer = client.post(APP, {"password": RIGHT, "code": app_code(olivia)}).content.decode()

    codes = re.findall(r"<code>([a-z2-7-]{19})</code>", answer)
    assert len(set(codes)) == authenticator.BACKUP_CODES
    assert codes[0] not in client.get(APP).content.decode()
    browser = half_way(olivia, next="/admin/")
    assert browser.get("/").status_code == 302
    done = type_code(browser, app_code(olivia, later=1), next="/admin/")
    assert (done.status_code, done.headers["Location"], who(browser)) == (302, "/admin/", str(olivia.pk))
    assert acts()[-2:] == ["authenticator added", "signed in"]


def test_the_admin_asks_too_and_a_refused_code_opens_nothing(olivia: User) -> None:
    add_app(olivia)
    asked = Client().get("/admin/", follow=True)
    browser = half_way(olivia, next="/admin/")

    answer = type_code(browser, wrong_code(olivia))

    assert "Sign in" in asked.content.decode()
    assert "not right" in answer.content.decode()
    assert browser.get("/admin/").status_code == 302
    assert AuditEntry.objects.latest("pk").details == {"why": "wrong code"}


@pytest.mark.parametrize("fields", [{"password": "guessed"}, {"code": "000000x"}, {"code": ""}, {"password": ""}])
def test_an_app_is_not_added_without_password_and_code(fields: dict[str, str], olivia: User) -> None:
    client = signed_in("olivia")
    client.get(APP)

    client.post(APP, {"password": RIGHT, "code": app_code(olivia)} | fields)

    assert not authenticator.asks_for_code(olivia)
    assert sign_in(Client()).headers["Location"] == "/"


@pytest.mark.parametrize("later", [-1, 0, 1])
def test_a_code_works_once_also_when_clocks_differ_by_half_a_minute(later: int, olivia: User) -> None:
    add_app(olivia)
    Authenticator.objects.update(last_step=-1)
    code = app_code(olivia, later=later)
    first, second = half_way(olivia), half_way(olivia)

    type_code(first, f"{code[:3]} {code[3:]}")
    type_code(second, code)

    assert (who(first), who(second)) == (str(olivia.pk), "")


@pytest.mark.parametrize("code", ["", "12345", "１２３４５６", "1e5", "-00001", "0" * 5000, "None"])
def test_what_is_no_code_is_refused(code: str, olivia: User) -> None:
    add_app(olivia)
    browser = half_way(olivia)

    assert type_code(browser, code).status_code in (200, 400)
    assert not who(browser)


def test_a_backup_code_signs_in_once(olivia: User) -> None:
    codes = add_app(olivia)
    first, second = half_way(olivia), half_way(olivia)

    type_code(first, codes[3].upper())
    type_code(second, codes[3])

    assert (who(first), who(second)) == (str(olivia.pk), "")
    assert BackupCode.objects.count() == authenticator.BACKUP_CODES - 1


def test_the_database_holds_neither_secret_nor_backup_codes(olivia: User, monkeypatch: pytest.MonkeyPatch) -> None:
    codes = add_app(olivia)
    secret = Authenticator.objects.get().secret
    monkeypatch.setattr(encryption, "decrypt", lambda stored: stored)

    stored = str(list(Authenticator.objects.values())) + str(list(BackupCode.objects.values()))

    assert secret not in stored
    assert not [code for code in codes if code in stored or code.replace("-", "") in stored]
    assert Authenticator.objects.get().secret.startswith(encryption.MARK)


def test_wrong_codes_lock_but_not_the_device_where_one_has_signed_in(olivia: User, settings: Settings) -> None:
    add_app(olivia)
    own = half_way(olivia)
    type_code(own, app_code(olivia))
    own.post("/accounts/logout/")
    thief = half_way(olivia)

    answers = [type_code(thief, wrong_code(olivia)) for _ in range(settings.AXES_FAILURE_LIMIT)]

    assert answers[-1].status_code == 429
    assert "Too many wrong codes" in answers[-1].content.decode()
    type_code(thief, app_code(olivia, later=1))
    assert not who(thief)
    sign_in(own)
    type_code(own, app_code(olivia, later=1))
    assert who(own)


def test_wrong_codes_from_many_addresses_close_the_account_to_strangers(
    olivia: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(authenticator, "WRONG_CODES", WrongTries("code", an_hour=5))
    add_app(olivia)
    for number in range(5):
        far = Client(REMOTE_ADDR=f"198.51.100.{number}")
        sign_in(far)
        type_code(far, wrong_code(olivia))
    thief = Client(REMOTE_ADDR="203.0.113.9")
    sign_in(thief)

    type_code(thief, app_code(olivia))

    assert not who(thief)


def test_a_code_without_the_password_or_too_late_opens_nothing(olivia: User, monkeypatch: pytest.MonkeyPatch) -> None:
    add_app(olivia)
    stranger, slow = Client(), half_way(olivia)

    assert "Sign in with your name and password first" in type_code(stranger, app_code(olivia)).content.decode()
    now = time.time()
    monkeypatch.setattr("accounts.sign_in.time.time", lambda: now + 301)
    type_code(slow, app_code(olivia))

    assert (who(stranger), who(slow)) == ("", "")


@pytest.mark.parametrize("change", ["password", "retired"])
def test_the_second_step_ends_with_the_password_and_the_account(change: str, olivia: User) -> None:
    add_app(olivia)
    browser = half_way(olivia)
    olivia.set_password(NEW)
    olivia.save() if change == "password" else User.objects.update(is_active=False)

    type_code(browser, app_code(olivia))

    assert not who(browser)


def test_the_api_asks_for_the_code_and_says_how(olivia: User, settings: Settings) -> None:
    codes = add_app(olivia)

    def trade(**more: str) -> Any:
        body = {"username": "olivia", "password": RIGHT} | more
        return Client().post("/api/v1/token/", body, content_type="application/json")

    without, wrong = trade(), trade(code=wrong_code(olivia))
    assert (without.status_code, without.json()["code"], "`code`" in without.json()["detail"]) == (
        401,
        "code_needed",
        True,
    )
    assert (wrong.status_code, wrong.json()["code"]) == (401, "wrong_code")
    assert trade(password="guessed", code=app_code(olivia)).json()["code"] == "wrong_credentials"
    assert "access" in trade(code=app_code(olivia)).json()
    assert "access" in trade(code=codes[0]).json()
    assert trade(code=codes[0]).json()["code"] == "wrong_code"
    locked = [trade(code=wrong_code(olivia)) for _ in range(settings.AXES_FAILURE_LIMIT)][-1]
    assert (locked.status_code, locked.headers["Content-Type"]) == (429, "application/problem+json")


def test_new_backup_codes_and_removing_the_app_need_a_code(olivia: User) -> None:
    old = add_app(olivia)
    browser = half_way(olivia)
    type_code(browser, old[0])

    browser.post(APP, {"act": "remove", "code": wrong_code(olivia)})
    assert authenticator.asks_for_code(olivia)
    new = re.findall(
        r"<code>([a-z2-7-]{19})</code>", browser.post(APP, {"act": "codes", "code": old[1]}).content.decode()
    )
    assert len(new) == authenticator.BACKUP_CODES
    browser.post(APP, {"act": "remove", "code": old[2]})
    assert authenticator.asks_for_code(olivia)
    browser.post(APP, {"act": "remove", "code": new[0]})

    assert not authenticator.asks_for_code(olivia)
    assert acts()[-2:] == ["backup codes replaced", "authenticator removed"]
    assert sign_in(Client()).headers["Location"] == "/"


def test_an_admin_removes_the_app_of_a_person_and_an_organizer_does_not(bar: Station, olivia: User) -> None:
    colleague = factory.user("pia", Role.ORGANIZER, at=bar.event)
    add_app(colleague)
    people = reverse("admin:accounts_user_changelist")
    organizer, admin = Client(), Client()
    organizer.force_login(olivia, backend="django.contrib.auth.backends.ModelBackend")
    admin.force_login(factory.user("root", factory.ADMIN), backend="django.contrib.auth.backends.ModelBackend")

    act(organizer, people, "remove_authenticator", [colleague])
    assert authenticator.asks_for_code(colleague)
    act(admin, people, "remove_authenticator", [colleague])

    assert not authenticator.asks_for_code(colleague)
    entry = AuditEntry.objects.get(act="authenticator removed")
    assert (entry.by_name, entry.subject) == ("root", "user pia")


def test_a_card_does_not_open_an_account_with_an_app(bar: Station) -> None:
    """After a user has added an app, a sign-in card opens no session any more, and a session that it opened ends.

    Otherwise the card would be a way around the app's code."""
    maya, owner = factory.user("maya", at=bar.event), factory.user("owner", Role.ORGANIZER, at=bar.event)
    card = cards.make(maya, bar.event_id, by=owner)
    tablet = Client()
    tablet.post("/accounts/card/", {"card": card.code})
    assert tablet.get("/").status_code == 200

    add_app(maya)

    assert tablet.get("/").status_code == 302
    other = Client()
    other.post("/accounts/card/", {"card": card.code})
    other.post(f"/events/{bar.event.slug}/sign-in/", {"pin": card.pin})
    assert not who(other)


def test_no_card_is_made_for_an_account_with_an_app(bar: Station) -> None:
    maya, owner = factory.user("maya", at=bar.event), factory.user("owner", Role.ORGANIZER, at=bar.event)
    add_app(maya)
    desk = Client()
    desk.force_login(owner, backend="django.contrib.auth.backends.ModelBackend")
    address = f"/events/{bar.event.slug}/cards/"

    page = desk.post(address, {"act": "make", "person": [maya.pk]}).content.decode()

    assert not SignInCard.objects.exists()
    assert f'value="{maya.pk}"' not in page
    assert "authenticator app" in page


def test_an_app_that_was_never_confirmed_leaves_the_card(bar: Station) -> None:
    maya, owner = factory.user("maya", at=bar.event), factory.user("owner", Role.ORGANIZER, at=bar.event)
    authenticator.begin(maya)
    desk = Client()
    desk.force_login(owner, backend="django.contrib.auth.backends.ModelBackend")

    desk.post(f"/events/{bar.event.slug}/cards/", {"act": "make", "person": [maya.pk]})

    assert SignInCard.objects.get().user == maya


def test_baristas_are_offered_no_app(bar: Station) -> None:
    factory.user("maya", at=bar.event)
    client = signed_in("maya")

    assert "Authenticator" not in client.get(PAGE).content.decode()
    assert client.get(APP).status_code == 403


def test_a_secret_that_was_never_confirmed_asks_for_nothing(olivia: User) -> None:
    signed_in("olivia").get(APP)

    assert Authenticator.objects.get().confirmed_at is None
    assert sign_in(Client()).headers["Location"] == "/"


def test_a_new_password_by_mail_does_not_replace_the_code(olivia: User, settings: Settings) -> None:
    settings.SENDS_MAIL = True
    add_app(olivia)
    who_and_token = [urlsafe_base64_encode(str(olivia.pk).encode()), default_token_generator.make_token(olivia)]
    browser = Client()
    page = browser.get(reverse("new-password", args=who_and_token))
    browser.post(page.headers["Location"], {"new_password1": NEW, "new_password2": NEW})

    answer = sign_in(browser, password=NEW)

    assert answer.headers["Location"].startswith("/accounts/code/")
    assert not who(browser)
