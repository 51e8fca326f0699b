"""Signing in with an authenticator app, in a real browser."""

from __future__ import annotations

import re
import time
from base64 import b32decode

import pytest
from django_otp.oath import TOTP
from playwright.sync_api import Page, expect

from tests.conftest import on_default
from tests.pages import Visitors

pytestmark = [pytest.mark.browser, pytest.mark.timeout(120)]


def app_code(secret: str, *, later: int = 0) -> str:
    """Return the code that an authenticator app with this secret shows, `later` steps of 30 s from now."""
    totp = TOTP(b32decode(secret))
    totp.time = time.time() + 30 * later
    return f"{totp.token():06}"


def sign_in_again(page: Page, password: str) -> None:
    page.get_by_role("button", name="Sign out").click()
    page.get_by_label("Name").fill("organizer")
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


@on_default
def test_an_organizer_adds_an_app_signs_in_with_it_and_removes_it(there: Visitors) -> None:
    password = there.at.password_of("organizer")
    page = there.signed_in("organizer")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.locator(".page-person a").click()
    page.get_by_role("link", name="Add an app").click()
    secret = "".join(page.locator(".scan-secret").inner_text().split())
    page.get_by_label("Your password").fill(password)
    page.get_by_label("Code of your app").fill(app_code(secret))
    page.get_by_role("button", name="Add the app").click()
    backup = page.locator(".backup-codes code").all_inner_texts()
    page.get_by_role("link", name="I have them").click()

    sign_in_again(page, password)
    page.get_by_label("Code of your app, or a backup code").fill(app_code(secret, later=1))
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("link", name="Live overview")).to_be_visible()

    page.goto("/accounts/you/authenticator/")
    page.get_by_label("Code of your app, or a backup code").fill(backup[0])
    page.get_by_role("button", name="Remove the app").click()
    expect(page.get_by_text("Your password alone signs you in.")).to_be_visible()
    sign_in_again(page, password)
    expect(page.get_by_role("link", name="Live overview")).to_be_visible()
    assert {re.sub(r"^(\w+://[^/]+).*", r"\1", url) for url in asked} == {there.at.url}
    assert there.faults.seen == []
