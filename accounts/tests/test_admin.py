from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.hashers import check_password
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django.fixtures import Settings

from accounts import pages
from accounts.models import AuditEntry, Customer, Membership, Role, User
from stations.models import Event
from tests.forms import act, send

pytestmark = pytest.mark.django_db

ADMIN = "admin"
USERS = "admin:accounts_user_changelist"
ADD = "admin:accounts_user_add"


def user(username: str, role: str, *events: Event) -> User:
    """Create an admin, or a user with this role at each of these events."""
    made = User.objects.create(username=username, is_superuser=role == ADMIN)
    for event in events:
        Membership.objects.create(user=made, event=event, role=role)
    return made


@pytest.fixture
def pycon() -> Event:
    return Event.objects.create(name="Pycon", slug="pycon")


@pytest.fixture
def foreign() -> Event:
    return Event.objects.create(name="Web summit", slug="web-summit")


@pytest.fixture
def organizer(client: Client, pycon: Event) -> User:
    return signed_in(client, user("olivia", Role.ORGANIZER, pycon))


def signed_in(client: Client, who: User) -> User:
    client.force_login(who, backend="django.contrib.auth.backends.ModelBackend")
    return who


def change(who: User) -> str:
    return reverse("admin:accounts_user_change", args=[who.pk])


def add(client: Client, *, at: Event | None = None, role: str = "", **fields: Any) -> Any:
    secret = {"password1": "a long enough one", "password2": "a long enough one"}
    member = {"memberships-TOTAL_FORMS": "1", "memberships-0-event": at.pk, "memberships-0-role": role} if at else {}
    return send(client, reverse(ADD), username="new", **secret, **member, **fields)


def test_an_organizer_adds_a_barista_who_can_sign_in(client: Client, organizer: User, pycon: Event) -> None:
    add(client, at=pycon, role=Role.BARISTA)

    new = User.objects.get(username="new")
    assert (new.roles, new.is_superuser) == ({pycon.pk: Role.BARISTA}, False)
    assert check_password("a long enough one", new.password)


@pytest.mark.parametrize("role", list(Role))
def test_an_organizer_gives_no_role_at_a_foreign_event(
    client: Client, organizer: User, foreign: Event, role: Role
) -> None:
    answer = add(client, at=foreign, role=role)

    assert answer.status_code == 200
    assert not User.objects.filter(username="new").exists()


def test_an_organizer_adds_nobody_without_a_role(client: Client, organizer: User) -> None:
    assert add(client).status_code == 200
    assert not User.objects.filter(username="new").exists()


def test_an_organizer_can_make_no_admin(client: Client, organizer: User, pycon: Event) -> None:
    add(client, at=pycon, role=Role.BARISTA, is_superuser="on")
    send(client, change(organizer), is_superuser="on")

    assert list(User.objects.filter(is_superuser=True)) == []
    assert User.objects.filter(username="new").exists()


def test_an_organizer_can_neither_see_nor_change_nor_delete_an_admin_or_a_stranger(
    client: Client, organizer: User, foreign: Event
) -> None:
    boss, stranger = user("boss", ADMIN), user("stranger", Role.BARISTA, foreign)
    before = list(User.objects.order_by("pk").values())

    for one in (boss, stranger):
        assert client.get(change(one)).status_code == 302
        assert client.post(change(one), {"username": "gone"}).status_code == 302
        password = reverse("admin:auth_user_password_change", args=[one.pk])
        new = {"password1": "mine now, really", "password2": "mine now, really"}
        assert client.post(password, new).status_code in (302, 403, 404)
        assert client.post(reverse("admin:accounts_user_delete", args=[one.pk]), {"post": "yes"}).status_code != 200
    assert [row.username for row in client.get(reverse(USERS)).context["cl"].result_list] == ["olivia"]

    assert list(User.objects.order_by("pk").values()) == before


def test_an_organizer_only_looks_at_somebody_who_works_at_a_foreign_event_too(
    client: Client, organizer: User, pycon: Event, foreign: Event
) -> None:
    both = user("both", Role.BARISTA, pycon, foreign)
    new = {"usable_password": "true", "password1": "mine now, really", "password2": "mine now, really"}

    page = client.get(change(both))

    assert page.status_code == 200
    assert "Web summit" not in page.content.decode()
    assert client.post(change(both), {"username": "gone"}).status_code == 403
    assert client.post(reverse("admin:auth_user_password_change", args=[both.pk]), new).status_code == 403


def test_an_organizer_sets_a_baristas_password(client: Client, organizer: User, pycon: Event) -> None:
    maya = user("maya", Role.BARISTA, pycon)

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
    signed_in(client, user("boss", ADMIN))
    add(client, is_superuser="on")
    new = User.objects.get(username="new")
    assert new.is_superuser

    send(client, change(new), is_superuser=None)

    new.refresh_from_db()
    assert not new.is_superuser


def test_nobody_is_deleted(client: Client) -> None:
    boss, maya = signed_in(client, user("boss", ADMIN)), user("maya", Role.BARISTA)

    act(client, reverse(USERS), "delete_selected", [boss, maya], post="yes")
    client.post(reverse("admin:accounts_user_delete", args=[maya.pk]), {"post": "yes"})

    assert User.objects.count() == 2


def test_createsuperuser_makes_an_admin(client: Client) -> None:
    call_command("createsuperuser", "--noinput", "--username", "root", "--email", "")

    signed_in(client, User.objects.get(username="root"))
    assert client.get(reverse(USERS)).status_code == 200


def test_a_manager_who_was_locked_out_may_nothing() -> None:
    boss = user("boss", ADMIN)
    boss.is_active = False

    assert not boss.has_perm("orders.view_order")
    assert not boss.has_module_perms("orders")


def test_saving_without_a_change_leaves_no_trace(client: Client, organizer: User, pycon: Event) -> None:
    send(client, change(user("maya", Role.BARISTA, pycon)))

    assert not AuditEntry.objects.exists()


def test_the_audit_of_a_customer_holds_no_personal_data(client: Client) -> None:
    signed_in(client, user("boss", ADMIN))
    sam = Customer.objects.create(name="Sam", phone="+15555550123")

    send(client, reverse("admin:accounts_customer_change", args=[sam.pk]), name="Samuel")

    sam.refresh_from_db()
    entry = AuditEntry.objects.get()
    assert sam.name == "Samuel"
    assert entry.subject == f"customer {sam.pk}"
    assert "Sam" not in str(entry.details)


def test_two_customers_without_a_number_can_stand_side_by_side(client: Client) -> None:
    signed_in(client, user("boss", ADMIN))
    for name in ("Ann", "Bo"):
        send(client, reverse("admin:accounts_customer_add"), name=name, phone="")

    assert list(Customer.objects.order_by("pk").values_list("name", "phone")) == [("Ann", None), ("Bo", None)]


def test_a_customers_language_is_one_that_there_are_sentences_in(client: Client) -> None:
    sam = Customer.objects.create(name="Sam")
    admin = User.objects.create_superuser("root")
    client.force_login(admin, backend="django.contrib.auth.backends.ModelBackend")
    page = reverse("admin:accounts_customer_change", args=[sam.pk])

    for typed, kept in (("german", ""), ("de", "de"), ("", "")):
        send(client, page, language=typed)
        sam.refresh_from_db()
        assert sam.language == kept


def test_a_long_list_is_counted_up_to_a_bound(
    client: Client, organizer: User, pycon: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "MOST_ROWS", 3)
    for number in range(5):
        user(f"barista {number}", Role.BARISTA, pycon)

    with CaptureQueriesContext(connection) as statements:
        listed = client.get(reverse(USERS)).text

    assert "3+ users" in listed
    counts = [each["sql"] for each in statements if "COUNT(" in each["sql"] and "accounts_user" in each["sql"]]
    assert counts
    assert all("LIMIT 4" in sql for sql in counts)


def test_a_list_sorts_by_a_column_only_the_newest_rows(
    client: Client, organizer: User, pycon: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("anna", "bob", "cleo"):
        user(name, Role.BARISTA, pycon)

    def sorted_by(**query: str) -> list[str]:
        return [row.username for row in client.get(reverse(USERS), query).context["cl"].result_list]

    everybody = sorted_by()
    assert len(everybody) == 4
    assert sorted_by(o="1") == sorted(everybody)
    monkeypatch.setattr(pages, "MOST_ROWS", 2)
    assert sorted_by(o="1") == ["bob", "cleo"]
    assert sorted_by(o="-1") == ["cleo", "bob"]
    assert sorted_by() == everybody


def test_a_short_list_is_counted_to_its_end(client: Client, organizer: User, pycon: Event) -> None:
    user("bob", Role.BARISTA, pycon)

    assert "2 users" in client.get(reverse(USERS)).text


def test_audit_entries_are_read_only(client: Client, organizer: User) -> None:
    entry = AuditEntry.objects.create(act="changed", subject="user maya", by=organizer)
    page = reverse("admin:accounts_auditentry_change", args=[entry.pk])

    assert client.get(page).status_code == 200
    assert client.post(page, {"subject": "nothing"}).status_code == 403
    assert client.post(reverse("admin:accounts_auditentry_delete", args=[entry.pk]), {"post": "yes"}).status_code == 403
    assert AuditEntry.objects.get(pk=entry.pk).subject == "user maya"


def test_an_organizer_lets_in_whoever_guessed_their_password_too_often(
    client: Client, organizer: User, pycon: Event, settings: Settings
) -> None:
    boss, maya = user("boss", ADMIN), user("maya", Role.BARISTA, pycon)
    for one in (boss, maya):
        one.set_password("a long enough one")
        one.save()
        for _ in range(settings.AXES_FAILURE_LIMIT):
            sign_in(one, "guessed")
        assert sign_in(one, "a long enough one") == 429

    act(client, reverse(USERS), "let_in", [boss, maya])

    assert sign_in(maya, "a long enough one") == 302
    assert sign_in(boss, "a long enough one") == 429
    let_in = AuditEntry.objects.filter(act="let in again")
    assert [(entry.by, entry.subject) for entry in let_in] == [(organizer, "user maya")]


def test_who_works_for_others_too_is_let_in_by_an_admin(
    client: Client, organizer: User, pycon: Event, foreign: Event
) -> None:
    maya, zoe = user("maya", Role.BARISTA, pycon), user("zoe", Role.BARISTA, pycon, foreign)

    told = [act(client, reverse(USERS), "let_in", people).context["messages"] for people in ([maya, zoe], [zoe])]

    refused = ("warning", "Only an admin can let these in: zoe.")
    assert [[(each.level_tag, each.message) for each in page] for page in told] == [
        [("info", "May try again: maya."), refused],
        [refused],
    ]
    assert AuditEntry.objects.get().subject == "user maya"


def sign_in(who: User, password: str) -> int:
    return Client().post(reverse("login"), {"username": who.username, "password": password}).status_code


def test_a_guest_without_a_name_can_be_opened_from_the_list(client: Client) -> None:
    signed_in(client, user("boss", ADMIN))
    guest = Customer.objects.create()

    page = client.get(reverse("admin:accounts_customer_changelist")).content.decode()

    assert f">Guest {guest.pk}</a>" in page


@pytest.mark.parametrize("rewrite", [lambda rows: rows.update(act="nothing"), lambda rows: rows.delete()])
def test_the_database_refuses_to_rewrite_the_audit(rewrite: Callable[[Any], Any]) -> None:
    AuditEntry.objects.create(act="changed", subject="user maya")

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rewrite(AuditEntry.objects.all())

    assert AuditEntry.objects.get().act == "changed"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("round", [1, 2])
def test_a_test_after_another_finds_an_empty_audit_and_its_guard(round: int) -> None:
    AuditEntry.objects.create(act="changed", subject="user maya")

    with pytest.raises(DatabaseError, match="append-only"):
        AuditEntry.objects.all().delete()

    assert AuditEntry.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_pages_that_save_nothing_take_a_post_outside_of_a_transaction() -> None:
    admin, maya = Client(), User.objects.create_user("maya", password="a long enough one")
    root = User.objects.create_superuser("root", password="a long enough one")
    admin.force_login(root, backend="django.contrib.auth.backends.ModelBackend")
    new = {"password1": "another long one", "password2": "another long one", "usable_password": "true"}

    history = admin.post(reverse("admin:accounts_user_history", args=[maya.pk]))
    changed = admin.post(reverse("admin:auth_user_password_change", args=[maya.pk]), new)

    assert (history.status_code, changed.status_code) == (200, 302)
    maya.refresh_from_db()
    assert maya.check_password("another long one")
