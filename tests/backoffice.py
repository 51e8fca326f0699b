"""The list and one form of each model in the admin, for the checks of all pages. New models are included automatically.

Each is a `Stop` (see `tests.stops`), i.e. a page to check. docs/screenshots has no pictures of these pages, because
they look alike."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib import admin
from django.db.models import Model
from django.test import RequestFactory
from playwright.sync_api import Page, expect

from accounts.models import User
from tests.deployment import Deployment
from tests.pages import HANDSET
from tests.stops import DESK, Stop

#: A request of an admin user. ModelAdmin.has_add_permission needs a request.
ADMINS = RequestFactory().get("/")
ADMINS.user = User(username="admin", is_superuser=True)


def backoffice(at: Deployment) -> Iterator[Stop]:
    for model in admin.site._registry:
        yield from pages_of(model, at)
    yield from beside(at)


def pages_of(model: type[Model], at: Deployment) -> Iterator[Stop]:
    """Yield the model's list and one form, each as a page to check.

    The form shows the latest row if the model has inlines or allows no new rows. Otherwise an empty form is submitted,
    so that it shows its errors. The screen is a phone's, because most faults show on a narrow screen."""
    models_admin, named = admin.site.get_model_admin(model), model._meta
    base = f"/admin/{named.app_label}/{named.model_name}/"
    yield Stop(f"{named.model_name}-list", base, HANDSET, "admin")
    [(latest,)] = at.rows(f"SELECT max({named.pk.column}) FROM {named.db_table}")
    if latest and (models_admin.inlines or not models_admin.has_add_permission(ADMINS)):
        yield Stop(f"{named.model_name}-form", f"{base}{latest}/change/", HANDSET, "admin")
    elif models_admin.has_add_permission(ADMINS):
        yield Stop(f"{named.model_name}-form", f"{base}add/", HANDSET, "admin", saves)


def beside(at: Deployment) -> Iterator[Stop]:
    [(user,)] = at.rows("SELECT id FROM accounts_user WHERE username = 'maya'")
    yield Stop("app", "/admin/stations/", DESK, "admin")
    yield Stop("password", "/admin/password_change/", DESK, "admin")
    yield Stop("password-of", f"/admin/accounts/user/{user}/password/", DESK, "admin")
    yield Stop("sentence", "/admin/sms/wording/add/?event=1&language=en&key=greeting", DESK, "admin", saves)
    yield Stop("history", "/admin/stations/event/1/history/", DESK, "admin")
    yield Stop("delete", "/admin/stations/event/1/delete/", DESK, "admin")
    yield Stop("delete-some", "/admin/inventory/ingredient/", DESK, "admin", asks_to_delete)
    yield Stop("found", "/admin/orders/order/?q=o&status__exact=waiting&o=2.-8", DESK, "admin")
    yield Stop("list-with-faults", "/admin/inventory/stock/", DESK, "admin", saves_more_than_there_can_be)
    yield Stop("form-on-a-desk", "/admin/stations/event/1/change/", DESK, "admin", adds_a_row)


def saves(page: Page) -> None:
    """Submit the form unchanged, so that the page shows the errors of required fields."""
    save = page.locator('.submit-row input[type="submit"]').first
    if save.count():
        with page.expect_navigation():
            save.click()


def asks_to_delete(page: Page) -> None:
    page.locator(".action-select").first.check()
    page.locator("select[name=action]").select_option("delete_selected")
    with page.expect_navigation():
        page.locator(".actions button").click()


def saves_more_than_there_can_be(page: Page) -> None:
    page.locator('[name="form-0-on_hand"]').fill("99999999999999")
    with page.expect_navigation():
        page.locator("[name=_save]").click()
    expect(page.locator(".errorlist")).to_be_visible()


def adds_a_row(page: Page) -> None:
    page.get_by_role("button", name="Add another Station").click()
