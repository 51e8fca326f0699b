"""Personal data is stored encrypted, a missing key raises one clear error, and keys can be rotated."""

from __future__ import annotations

import secrets
from io import StringIO
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.exceptions import FieldError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client

from accounts import encryption, rotation
from accounts.checks import keys_fit
from accounts.models import Customer
from accounts.sessions import SessionStore

pytestmark = pytest.mark.django_db
PHONE = "+12025550143"


def stored(column: str, table: str = "accounts_customer") -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table} ORDER BY 1")
        return [value for (value,) in cursor.fetchall()]


@pytest.fixture
def keys(settings: Any) -> list[str]:
    """Configure one encryption key. Tests can change this list of keys; the newest key must be the first."""
    configured = [secrets.token_urlsafe()]
    settings.ENCRYPTION_KEYS = configured
    return configured


def test_a_number_and_a_name_are_ciphertext_in_the_table_and_plain_in_the_model() -> None:
    Customer.objects.create(phone=PHONE, name="Zoë")

    [phone], [name] = stored("phone"), stored("name")

    assert phone.startswith("enc:")
    assert name.startswith("enc:")
    assert not {PHONE, "Zoë"} & {phone, name}
    assert Customer.objects.values_list("phone", "name").get() == (PHONE, "Zoë")


def test_the_same_name_is_stored_differently_each_time() -> None:
    Customer.objects.bulk_create([Customer(name="Sam"), Customer(name="Sam")])

    assert len(set(stored("name"))) == 2


def test_a_customer_is_found_by_the_number_and_exists_once() -> None:
    Customer.objects.create(phone=PHONE)

    assert Customer.objects.get(phone=PHONE)
    assert not Customer.objects.filter(phone="+12025550144").exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        Customer.objects.create(phone=PHONE)


def test_a_comparison_that_could_only_find_nothing_is_an_error() -> None:
    with pytest.raises(FieldError):
        Customer.objects.filter(name="Sam").exists()
    with pytest.raises(FieldError):
        Customer.objects.filter(name__icontains="Sam").exists()


def test_an_empty_name_stays_empty_and_can_be_looked_for() -> None:
    nobody, _sam = Customer.objects.create(), Customer.objects.create(name="Sam")

    assert Customer.objects.get(name="") == nobody


def test_a_value_whose_key_is_missing_is_an_error_that_names_the_key(keys: list[str]) -> None:
    Customer.objects.create(name="Sam")
    name = encryption.keys()[0].name
    keys[:] = [secrets.token_urlsafe()]

    with pytest.raises(encryption.DecryptionError, match=f"needs the key {name}, which ENCRYPTION_KEYS does not hold"):
        Customer.objects.get()


def test_a_value_that_was_changed_or_never_encrypted_is_an_error() -> None:
    customer = Customer.objects.create(name="Sam")
    for value in (stored("name")[0][:-4] + "AAAA", "Sam"):
        with connection.cursor() as cursor:
            cursor.execute("UPDATE accounts_customer SET name = %s", [value])

        with pytest.raises(encryption.DecryptionError) as error:
            customer.refresh_from_db()
        assert "Sam" not in str(error.value)


def test_rotation_brings_everything_under_the_first_key_and_the_old_one_may_go(keys: list[str]) -> None:
    old = Customer.objects.create(phone=PHONE, name="Sam")
    session = SessionStore()
    session["guest"] = "Sam"
    session.save()
    keys.insert(0, secrets.token_urlsafe())
    # Rows with either key must be found, because `rotate_keys` has not run yet.
    assert Customer.objects.get(phone=PHONE) == old

    call_command("rotate_keys", stdout=(said := StringIO()))
    del keys[1]

    assert "customers: 1 encrypted anew" in said.getvalue()
    assert Customer.objects.get(phone=PHONE).name == "Sam"
    assert SessionStore(session.session_key)["guest"] == "Sam"
    assert Customer.objects.get(phone_end_hash=encryption.lookup_hash(PHONE[-4:])) == old


def test_rotation_that_was_interrupted_is_continued(keys: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    Customer.objects.bulk_create([Customer(name=f"Guest {n}") for n in range(5)])
    keys.insert(0, secrets.token_urlsafe())
    update, seen = rotation._update, []

    def interrupted(*args: Any, **kwargs: Any) -> int:
        seen.append(args)
        if len(seen) == 3:
            raise KeyboardInterrupt
        return update(*args, **kwargs)

    monkeypatch.setattr(rotation, "_update", interrupted)
    with pytest.raises(KeyboardInterrupt):
        rotation.encrypt_anew(Customer)
    assert rotation.outdated(Customer)
    monkeypatch.undo()

    assert rotation.encrypt_anew(Customer) == 3
    assert not rotation.outdated(Customer)
    assert sorted(Customer.objects.values_list("name", flat=True)) == [f"Guest {n}" for n in range(5)]


def test_rotation_keeps_what_was_written_meanwhile(keys: list[str]) -> None:
    customer = Customer.objects.create(name="Sam")
    keys.insert(0, secrets.token_urlsafe())
    [row] = rotation._outdated(Customer)
    Customer.objects.update(name="Alex")

    assert rotation._update(Customer, row, plain_too=False) == 0
    customer.refresh_from_db()
    assert customer.name == "Alex"


def test_rotation_without_the_old_key_changes_nothing_and_says_which_is_missing(keys: list[str]) -> None:
    Customer.objects.create(name="Sam")
    before = stored("name")
    keys[:] = [secrets.token_urlsafe()]

    with pytest.raises(CommandError, match="Add it"):
        call_command("rotate_keys", stdout=StringIO())
    assert stored("name") == before


def test_rows_from_before_the_encryption_are_encrypted() -> None:
    customer = Customer.objects.create(phone=PHONE, name="Sam")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_customer SET name = 'Sam', phone = %s, phone_hash = NULL", [PHONE])

    assert rotation.encrypt_anew(Customer, plain_too=True) == 1

    assert not {"Sam", PHONE} & {*stored("name"), *stored("phone")}
    assert Customer.objects.get(phone=PHONE) == customer


def test_a_sessions_content_is_ciphertext_and_one_that_cannot_be_read_has_ended(keys: list[str]) -> None:
    session = SessionStore()
    session["guest"] = "Sam"
    session.save()

    assert Session.objects.get().session_data.startswith("enc:")
    assert SessionStore(session.session_key)["guest"] == "Sam"
    keys[:] = [secrets.token_urlsafe()]
    assert dict(SessionStore(session.session_key).items()) == {}


def test_two_customers_cannot_be_given_one_number_in_the_admin(admin_client: Client) -> None:
    Customer.objects.create(phone=PHONE)

    answer = admin_client.post("/admin/accounts/customer/add/", {"phone": PHONE, "name": "Sam", "language": ""})

    assert "Another customer has this number." in answer.content.decode()
    assert Customer.objects.count() == 1


def test_the_wrong_key_is_found_before_anything_is_served(keys: list[str]) -> None:
    Customer.objects.create(name="Sam")
    assert keys_fit(databases=["default"]) == []
    keys[:] = [secrets.token_urlsafe()]

    [error] = keys_fit(databases=["default"])

    assert "Add it" in error.msg


def test_rows_that_are_yet_to_be_encrypted_do_not_hold_up_the_migration() -> None:
    Customer.objects.create(name="Sam")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_customer SET name = 'Sam'")

    assert keys_fit(databases=["default"]) == []
