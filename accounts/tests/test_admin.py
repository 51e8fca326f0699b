from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.hashers import check_password
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from accounts.models import AuditEntry, Customer, Role, User
from tests.forms import act, send

pytestmark = pytest.mark.django_db

USERS = "admin:accounts_user_changelist"
ADD = "admin:accounts_user_add"


def user(username: str, role: Role) -> User:
    return User.objects.create(username=username, role=role)


@pytest.fixture
def organizer(client: Client) -> User:
    return signed_in(client, user("olivia", Role.ORGANIZER))


def signed_in(client: Client, who: User) -> User:
    client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")
    return who


def change(who: User) -> str:
    return reverse("admin:accounts_user_change", args=[who.pk])


def add(client: Client, **fields: Any) -> Any:
    secret = {"password1": "a long enough one", "password2": "a long enough one"}
    return send(client, reverse(ADD), username="new", **secret, **fields)


def test_an_organizer_adds_a_barista_who_can_sign_in(client: Client, organizer: User) -> None:
    add(client, role=Role.BARISTA)

    new = User.objects.get(username="new")
    assert (new.role, new.is_staff, new.is_superuser) == (Role.BARISTA, False, False)
    assert check_password("a long enough one", new.password)


def test_an_organizer_can_make_no_admin(client: Client, organizer: User) -> None:
    answer = add(client, role=Role.ADMIN)

    assert answer.status_code == 200
    assert "role" in answer.context["adminform"].form.errors
    assert not User.objects.filter(username="new").exists()


def test_an_organizer_cannot_become_an_admin(client: Client, organizer: User) -> None:
    send(client, change(organizer), role=Role.ADMIN, is_superuser="on")

    organizer.refresh_from_db()
    assert (organizer.role, organizer.is_superuser) == (Role.ORGANIZER, False)


def test_an_organizer_can_neither_change_nor_delete_an_admin(client: Client, organizer: User) -> None:
    boss = user("boss", Role.ADMIN)
    root = User.objects.create_superuser("root", password="x")
    before = list(User.objects.order_by("pk").values())

    for one in (boss, root):
        assert client.post(change(one), {"username": "gone", "role": Role.BARISTA}).status_code == 403
        password = reverse("admin:auth_user_password_change", args=[one.pk])
        assert (
            client.post(password, {"password1": "mine now, really", "password2": "mine now, really"}).status_code == 403
        )
        assert client.post(reverse("admin:accounts_user_delete", args=[one.pk]), {"post": "yes"}).status_code == 403
    act(client, reverse(USERS), "delete_selected", [boss, root], post="yes")

    assert list(User.objects.order_by("pk").values()) == before


def test_an_organizer_sets_a_baristas_password(client: Client, organizer: User) -> None:
    maya = user("maya", Role.BARISTA)

    send(
        client,
        reverse("admin:auth_user_password_change", args=[maya.pk]),
        usable_password="true",
        password1="espresso every day",
        password2="espresso every day",
    )

    maya.refresh_from_db()
    assert check_password("espresso every day", maya.password)


def test_an_admin_makes_and_unmakes_admins(client: Client) -> None:
    signed_in(client, user("boss", Role.ADMIN))
    add(client, role=Role.ADMIN)
    new = User.objects.get(username="new")
    assert (new.is_staff, new.is_superuser) == (True, True)

    send(client, change(new), role=Role.SUPPORT)

    new.refresh_from_db()
    assert (new.role, new.is_staff, new.is_superuser) == (Role.SUPPORT, False, False)


def test_nobody_deletes_themselves(client: Client) -> None:
    boss = signed_in(client, user("boss", Role.ADMIN))

    act(client, reverse(USERS), "delete_selected", [boss], post="yes")

    assert User.objects.filter(pk=boss.pk).exists()


def test_createsuperuser_makes_an_admin() -> None:
    call_command("createsuperuser", "--noinput", "--username", "root", "--email", "")

    root = User.objects.get(username="root")
    assert (root.role, root.is_staff) == (Role.ADMIN, True)


def test_a_manager_who_was_locked_out_may_nothing() -> None:
    boss = user("boss", Role.ADMIN)
    boss.is_active = False

    assert not boss.has_perm("orders.view_order")
    assert not boss.has_module_perms("orders")


def test_the_audit_says_who_changed_which_fields_and_no_values(client: Client, organizer: User) -> None:
    maya = user("maya", Role.BARISTA)

    send(client, change(maya), email="maya@example.org")

    entry = AuditEntry.objects.get()
    assert (entry.by, entry.act, entry.subject) == (organizer, "changed", "user maya")
    assert entry.details == {"changes": [{"changed": {"fields": ["Email address"]}}]}


def test_saving_without_a_change_leaves_no_trace(client: Client, organizer: User) -> None:
    send(client, change(user("maya", Role.BARISTA)))

    assert not AuditEntry.objects.exists()


def test_the_audit_of_a_customer_holds_no_personal_data(client: Client, organizer: User) -> None:
    sam = Customer.objects.create(name="Sam", phone="+15555550123")

    send(client, reverse("admin:accounts_customer_change", args=[sam.pk]), name="Samuel")

    sam.refresh_from_db()
    entry = AuditEntry.objects.get()
    assert sam.name == "Samuel"
    assert entry.subject == f"customer {sam.pk}"
    assert "Sam" not in str(entry.details)


def test_two_customers_without_a_number_can_stand_side_by_side(client: Client, organizer: User) -> None:
    for name in ("Ann", "Bo"):
        send(client, reverse("admin:accounts_customer_add"), name=name, phone="")

    assert list(Customer.objects.order_by("pk").values_list("name", "phone")) == [("Ann", None), ("Bo", None)]


def test_audit_entries_are_read_only(client: Client, organizer: User) -> None:
    entry = AuditEntry.objects.create(act="changed", subject="user maya", by=organizer)
    page = reverse("admin:accounts_auditentry_change", args=[entry.pk])

    assert client.get(page).status_code == 200
    assert client.post(page, {"subject": "nothing"}).status_code == 403
    assert client.post(reverse("admin:accounts_auditentry_delete", args=[entry.pk]), {"post": "yes"}).status_code == 403
    assert AuditEntry.objects.get().subject == "user maya"


def test_an_organizer_lets_in_whoever_guessed_their_password_too_often(
    client: Client, organizer: User, settings: Settings
) -> None:
    boss, maya = user("boss", Role.ADMIN), user("maya", Role.BARISTA)
    for one in (boss, maya):
        one.set_password("a long enough one")
        one.save()
        for _ in range(settings.AXES_FAILURE_LIMIT):
            sign_in(one, "guessed")
        assert sign_in(one, "a long enough one") == 429

    act(client, reverse(USERS), "let_in", [boss, maya])

    assert sign_in(maya, "a long enough one") == 302
    assert sign_in(boss, "a long enough one") == 429
    assert [(entry.act, entry.subject) for entry in AuditEntry.objects.all()] == [("let in again", "user maya")]


def sign_in(who: User, password: str) -> int:
    return Client().post(reverse("login"), {"username": who.username, "password": password}).status_code


def test_a_guest_without_a_name_can_be_opened_from_the_list(client: Client, organizer: User) -> None:
    guest = Customer.objects.create()

    page = client.get(reverse("admin:accounts_customer_changelist")).content.decode()

    assert f">Guest {guest.pk}</a>" in page
