"""Tests of a user's own account: changing the password, and setting a new one by a mailed link."""

from __future__ import annotations

import re
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.core import mail
from django.core.cache import cache
from django.test import Client
from pytest_django.fixtures import Settings

from accounts.access import Right
from accounts.models import Role, User
from expresso import password_reset
from expresso.tests.signing_in import NEW, RIGHT, acts, sign_in, signed_in, who
from orders.live.doorkeeper import SIGN_IN_AGAIN, Admission, refusals
from orders.tests import factory
from stations.models import Station

pytestmark = pytest.mark.django_db
PAGE = "/accounts/you/"


@pytest.fixture(autouse=True)
def bar() -> Station:
    cache.clear()
    return factory.cafe()


@pytest.fixture
def olivia(bar: Station) -> User:
    return factory.user("olivia", Role.ORGANIZER, at=bar.event)


def change(client: Client, old: str = RIGHT, new: str = NEW) -> Any:
    return client.post(PAGE, {"old_password": old, "new_password1": new, "new_password2": new})


@pytest.mark.parametrize("role", [*Role.values, factory.ADMIN])
def test_everybody_changes_the_own_password_and_is_signed_out_everywhere_else(role: str, bar: Station) -> None:
    person = factory.user("kim", role, at=bar.event)
    here, elsewhere = signed_in("kim"), signed_in("kim")
    assert f'href="{PAGE}"' in here.get("/").content.decode()
    body = {"username": "kim", "password": RIGHT}
    pair = Client().post("/api/v1/token/", body, content_type="application/json").json()
    screen = Admission(
        person.pk, str(elsewhere.session.session_key), person.get_session_auth_hash(), Right.WALL, bar.event_id
    )
    assert refusals({screen}) == {}

    answer = here.post(PAGE, {"old_password": RIGHT, "new_password1": NEW, "new_password2": NEW}, follow=True)

    assert "Your password is changed" in answer.content.decode()
    assert refusals({screen}) == {screen: SIGN_IN_AGAIN}
    assert (here.get("/").status_code, elsewhere.get("/").status_code) == (200, 302)
    headers = {"Authorization": f"Bearer {pair['access']}"}
    assert Client().get("/api/v1/me/", headers=headers).status_code == 401
    renewed = Client().post("/api/v1/token/refresh/", {"refresh": pair["refresh"]}, content_type="application/json")
    assert renewed.status_code == 401
    assert acts()[-1] == "own password changed"
    assert sign_in(Client(), "kim", RIGHT).status_code == 200
    assert sign_in(Client(), "kim", NEW).status_code == 302


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"old_password": "guessed"}, "not your present password"),
        ({"new_password2": "something else here"}, "two password fields"),
        ({"new_password1": "123", "new_password2": "123"}, "too short"),
        ({"old_password": ""}, "required"),
    ],
)
def test_a_password_that_is_refused_changes_nothing_and_says_why(
    fields: dict[str, str], says: str, olivia: User
) -> None:
    client = signed_in("olivia")

    answer = client.post(PAGE, {"old_password": RIGHT, "new_password1": NEW, "new_password2": NEW} | fields)

    assert says in answer.content.decode()
    olivia.refresh_from_db()
    assert olivia.check_password(RIGHT)


def test_wrong_present_passwords_are_counted_and_locked_like_sign_ins(olivia: User, settings: Settings) -> None:
    client = signed_in("olivia")

    answers = [change(client, old="guessed") for _ in range(settings.AXES_FAILURE_LIMIT)]

    assert answers[-1].status_code == 429
    assert "Wait ten minutes" in answers[-1].content.decode()
    assert change(client).status_code == 429
    olivia.refresh_from_db()
    assert olivia.check_password(RIGHT)
    assert "sign-in refused" in acts()
    written = str(list(AccessAttempt.objects.values()))
    assert not [word for word in ("guessed", NEW, RIGHT) if word in written]


@pytest.fixture
def mails(settings: Settings) -> None:
    settings.SENDS_MAIL = True
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


def ask(address: str, client: Client | None = None) -> Any:
    return (client or Client()).post("/accounts/reset/", {"email": address})


def mailed_link() -> str:
    found = re.search(r"http://testserver(/accounts/reset/\S+)", str(mail.outbox[-1].body))
    assert found
    return found[1]


def set_password(client: Client, link: str) -> Any:
    page = client.get(link, follow=True)
    address = page.redirect_chain[-1][0] if page.redirect_chain else link
    return client.post(address, {"new_password1": NEW, "new_password2": NEW})


def test_a_mailed_link_sets_a_new_password_once(mails: None, olivia: User) -> None:
    User.objects.update(email="olivia@example.org")
    before = signed_in("olivia")
    assert "Forgot your password" in Client().get("/accounts/login/").content.decode()

    ask("OLIVIA@example.org")
    link, browser = mailed_link(), Client()
    answer = set_password(browser, link)

    assert (answer.status_code, answer.headers["Location"]) == (302, "/accounts/login/")
    assert not who(browser)
    assert before.get("/").status_code == 302
    assert sign_in(browser, password=NEW).status_code == 302
    again = Client().get(link, follow=True).content.decode()
    assert "used before or is too old" in again
    assert set_password(Client(), link).status_code == 200
    assert {"password reset mailed", "password reset by mail"} <= set(acts())


def test_the_answer_says_nothing_about_who_has_an_account(mails: None, olivia: User) -> None:
    User.objects.update(email="olivia@example.org")
    retired = factory.user("rita")
    User.objects.filter(pk=retired.pk).update(email="rita@example.org", is_active=False)

    answers = [ask(address) for address in ("olivia@example.org", "nobody@example.org", "rita@example.org")]

    pages = {re.sub(r'value="[^"]{30,}"', "", answer.content.decode()) for answer in answers}
    assert (len(pages), {answer.status_code for answer in answers}) == (1, {200})
    assert [each.to for each in mail.outbox] == [["olivia@example.org"]]


def test_mails_are_throttled_by_account_and_by_network(mails: None, olivia: User) -> None:
    User.objects.update(email="olivia@example.org")

    for _ in range(3):
        ask("olivia@example.org")
    assert len(mail.outbox) == 1

    answers = [ask("nobody@example.org").status_code for _ in range(password_reset.ASKED_AN_HOUR)]
    assert (answers[0], answers[-1]) == (200, 429)
    assert ask("nobody@example.org", Client(REMOTE_ADDR="203.0.113.9")).status_code == 200


def test_a_link_leads_to_our_own_address_whatever_host_was_asked(mails: None, olivia: User, settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    User.objects.update(email="olivia@example.org")

    ask("olivia@example.org", Client(HTTP_HOST="evil.example.org"))

    assert "evil" not in str(mail.outbox[-1].body)
    assert mailed_link()


@pytest.mark.parametrize("address", ["/accounts/reset/", "/accounts/reset/MQ/set-password/"])
def test_without_mail_the_link_is_not_shown_and_the_address_says_so(address: str, olivia: User) -> None:
    answer = Client().get(address)

    assert (answer.status_code, "Ask the organizer for a new one" in answer.content.decode()) == (404, True)
    assert "/accounts/reset/" not in Client().get("/accounts/login/").content.decode()
