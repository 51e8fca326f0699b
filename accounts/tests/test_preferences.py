"""A user's preferences, such as the color theme, are stored with the user."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.models import User

pytestmark = pytest.mark.django_db
URL = "/accounts/preferences/"


def signed_in(**preferences: str) -> tuple[Client, User]:
    user = User.objects.create_user("maya", password=None, preferences=preferences)
    client = Client()
    client.force_login(user)
    return client, user


def kept(user: User) -> dict[str, str]:
    user.refresh_from_db()
    return dict(user.preferences)


def test_what_the_form_names_is_kept_and_the_rest_stays() -> None:
    client, maya = signed_in(theme="dark", label_size="62x29")

    response = client.post(URL, {"theme": "light", "sound": "knock", "shortcuts": "off", "colour": "red"})

    assert response.status_code == 204
    assert kept(maya) == {"theme": "light", "sound": "knock", "shortcuts": "off", "label_size": "62x29"}


@pytest.mark.parametrize("form", [{"theme": "pink"}, {"sound": "horn"}, {"shortcuts": ""}])
def test_a_choice_that_is_none_changes_nothing(form: dict[str, str]) -> None:
    client, maya = signed_in(theme="dark")

    response = client.post(URL, {"theme": "light"} | form)

    assert response.status_code == 400
    assert kept(maya) == {"theme": "dark"}


def test_a_page_has_the_theme_that_was_chosen() -> None:
    client, _maya = signed_in(theme="light")

    assert 'data-theme="light"' in client.get("/").content.decode()


def test_only_who_is_signed_in_and_posts_has_preferences() -> None:
    client, _maya = signed_in()

    assert client.get(URL).status_code == 405
    assert Client().post(URL, {"theme": "light"}).status_code == 302
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(User.objects.get())
    assert strict.post(URL, {"theme": "light"}).status_code == 403
