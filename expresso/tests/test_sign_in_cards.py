"""Tests of sign-in cards: their PIN and code, who can have one, and the limits on guessing."""

from __future__ import annotations

import re
from typing import Any

import pytest
from axes.models import AccessAttempt
from django.test import Client
from pytest_django.fixtures import Settings

from accounts import cards
from accounts.known_devices import WrongTries
from accounts.models import AuditEntry, Membership, Role, SignInCard, User
from orders.tests import factory
from stations.models import Event, Station

pytestmark = pytest.mark.django_db


@pytest.fixture
def bar() -> Station:
    return factory.cafe()


@pytest.fixture
def maya(bar: Station) -> User:
    return factory.user("maya", at=bar.event)


@pytest.fixture
def owner(bar: Station) -> User:
    return factory.user("owner", Role.ORGANIZER, at=bar.event)


def type_pin(client: Client, event: Event, pin: str, **data: str) -> Any:
    return client.post(f"/events/{event.slug}/sign-in/", {"pin": pin} | data)


def scan(client: Client, code: str) -> Any:
    return client.post("/accounts/card/", {"card": code})


def who(client: Client) -> str:
    return str(client.session.get("_auth_user_id", ""))


def wrong(card: cards.NewCard) -> str:
    return f"{(int(card.pin) + 1) % 10**6:06}"


def test_a_pin_opens_the_board_that_was_wanted(bar: Station, maya: User, owner: User) -> None:
    card = cards.make(maya, bar.event_id, by=owner)
    tablet = Client()
    board = f"/stations/{bar.slug}/"
    sign_in = tablet.get(board, follow=True).content.decode()
    link = re.search(r'href="(/events/[^"]+sign-in/[^"]*)"', sign_in)
    assert link
    assert tablet.get(link[1]).status_code == 200

    answer = type_pin(tablet, bar.event, f"{card.pin[:3]} {card.pin[3:]}", next=board)

    assert (answer.status_code, answer.url) == (302, board)
    assert tablet.get(board).status_code == 200
    assert tablet.session.get_expiry_age() <= cards.SESSION.total_seconds()


def test_a_scanned_code_signs_in_and_works_again(bar: Station, maya: User, owner: User) -> None:
    card = cards.make(maya, bar.event_id, by=owner)

    for _ in range(2):
        tablet = Client()
        assert scan(tablet, card.code).status_code == 302
        assert who(tablet) == str(maya.pk)


@pytest.mark.parametrize("pin", ["", "12345", "1234567", "abcdef", "１２３４５６", "0" * 5000])
def test_what_is_no_pin_signs_nobody_in_and_says_what_to_do(bar: Station, pin: str) -> None:
    tablet = Client()

    answer = type_pin(tablet, bar.event, pin)

    assert answer.status_code == 200
    assert "Type the six digits of your card again" in answer.content.decode()
    assert not who(tablet)


def test_a_pin_of_one_event_is_worth_nothing_at_another(bar: Station, maya: User, owner: User) -> None:
    other = factory.cafe(name="Other").event
    card = cards.make(maya, bar.event_id, by=owner)
    tablet = Client()

    type_pin(tablet, other, card.pin)

    assert not who(tablet)


def test_the_database_holds_neither_pin_nor_code(bar: Station, maya: User, owner: User) -> None:
    card = cards.make(maya, bar.event_id, by=owner)

    stored = str(SignInCard.objects.values().get()) + str(list(AuditEntry.objects.values()))

    assert card.pin not in stored
    assert card.code not in stored


def test_a_new_card_ends_the_one_before_and_a_revoked_one_is_worthless(bar: Station, maya: User, owner: User) -> None:
    first = cards.make(maya, bar.event_id, by=owner)
    second = cards.make(maya, bar.event_id, by=owner)
    tablet = Client()
    scan(tablet, first.code)
    assert not who(tablet)

    assert cards.revoke(maya, bar.event_id, by=owner)

    scan(tablet, second.code)
    type_pin(tablet, bar.event, second.pin)
    assert not who(tablet)
    assert not cards.revoke(maya, bar.event_id, by=owner)


@pytest.mark.parametrize("change", ["retired", "admin", "organizer there", "organizer elsewhere", "left the event"])
def test_a_card_ends_with_what_it_was_made_for(change: str, bar: Station, maya: User, owner: User) -> None:
    card = cards.make(maya, bar.event_id, by=owner)
    match change:
        case "retired":
            User.objects.filter(pk=maya.pk).update(is_active=False)
        case "admin":
            User.objects.filter(pk=maya.pk).update(is_superuser=True)
        case "organizer there":
            Membership.objects.filter(user=maya).update(role=Role.ORGANIZER)
        case "organizer elsewhere":
            Membership.objects.create(user=maya, event=factory.cafe(name="Other").event, role=Role.ORGANIZER)
        case _:
            Membership.objects.filter(user=maya).delete()
    tablet = Client()

    scan(tablet, card.code)
    type_pin(tablet, bar.event, card.pin)

    assert not who(tablet)


def test_guessing_pins_is_locked_and_the_barista_at_a_known_tablet_is_not(
    bar: Station, maya: User, owner: User, settings: Settings
) -> None:
    card = cards.make(maya, bar.event_id, by=owner)
    tablet, stranger = Client(), Client()
    type_pin(tablet, bar.event, card.pin)
    tablet.post("/accounts/logout/")

    answers = [type_pin(stranger, bar.event, wrong(card)) for _ in range(settings.AXES_FAILURE_LIMIT)]

    assert answers[-1].status_code == 429
    assert "Wait ten minutes" in answers[-1].content.decode()
    assert type_pin(stranger, bar.event, card.pin).status_code == 429
    assert type_pin(tablet, bar.event, card.pin).status_code == 302


def test_a_device_that_knows_a_pin_knows_its_owners_password_too(
    bar: Station, maya: User, owner: User, settings: Settings
) -> None:
    card = cards.make(maya, bar.event_id, by=owner)
    tablet, stranger = Client(), Client()
    type_pin(tablet, bar.event, card.pin)
    tablet.post("/accounts/logout/")
    given = {"username": "maya", "password": "a long enough one"}

    for _ in range(settings.AXES_FAILURE_LIMIT):
        stranger.post("/accounts/login/", given | {"password": "guessed"})

    answers = [client.post("/accounts/login/", given).status_code for client in (stranger, tablet)]
    assert answers == [429, 302]


def test_guesses_from_many_addresses_close_the_pins_to_strangers(
    bar: Station, maya: User, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cards, "WRONG_PINS", WrongTries("pin", an_hour=6))
    card = cards.make(maya, bar.event_id, by=owner)
    tablet = Client()
    type_pin(tablet, bar.event, card.pin)
    tablet.post("/accounts/logout/")
    for number in range(6):
        type_pin(Client(REMOTE_ADDR=f"198.51.100.{number}"), bar.event, wrong(card))
    # Act as if ten minutes had passed, after which django-axes forgets wrong attempts.
    AccessAttempt.objects.all().delete()
    stranger = Client(REMOTE_ADDR="203.0.113.9")

    type_pin(stranger, bar.event, card.pin)

    assert not who(stranger)
    assert type_pin(tablet, bar.event, card.pin).status_code == 302


@pytest.mark.parametrize("becomes", ["admin", "organizer"])
def test_a_session_and_a_token_of_a_card_end_when_their_owner_may_change_others_access(
    becomes: str, bar: Station, maya: User, owner: User
) -> None:
    card = cards.make(maya, bar.event_id, by=owner)
    tablet = Client()
    scan(tablet, card.code)
    body = {"event": bar.event.slug, "pin": card.pin}
    pair = Client().post("/api/v1/token/pin/", body, content_type="application/json").json()
    assert tablet.get("/").status_code == 200

    if becomes == "admin":
        User.objects.filter(pk=maya.pk).update(is_superuser=True)
    else:
        Membership.objects.filter(user=maya).update(role=Role.ORGANIZER)

    assert tablet.get("/").headers["Location"] == "/accounts/login/?next=/"
    headers = {"Authorization": f"Bearer {pair['access']}"}
    assert Client().get("/api/v1/me/", headers=headers).status_code == 401
    renewed = Client().post("/api/v1/token/refresh/", {"refresh": pair["refresh"]}, content_type="application/json")
    assert renewed.status_code == 401


def test_scanning_wrong_codes_is_locked(bar: Station, settings: Settings) -> None:
    stranger = Client()

    answers = [scan(stranger, f"guess {number}") for number in range(settings.AXES_FAILURE_LIMIT)]

    assert answers[-1].status_code == 429


def test_a_wrong_pin_is_written_down_nowhere(bar: Station, maya: User, owner: User) -> None:
    card = cards.make(maya, bar.event_id, by=owner)

    type_pin(Client(), bar.event, wrong(card))

    assert wrong(card) not in str(list(AccessAttempt.objects.values()))


def test_an_organizer_makes_prints_and_revokes_cards(bar: Station, maya: User, owner: User) -> None:
    desk = Client()
    desk.force_login(owner)
    address = f"/events/{bar.event.slug}/cards/"
    assert "Choose at least one person" in desk.post(address, {"act": "make"}).content.decode()

    page = desk.post(address, {"act": "make", "person": [maya.pk]}).content.decode()

    pin = re.search(r'class="card-pin">(\d{3}) (\d{3})<', page)
    assert pin
    assert "<svg" in page
    assert type_pin(Client(), bar.event, pin[1] + pin[2]).status_code == 302
    assert pin[0] not in desk.get(address).content.decode()
    desk.post(address, {"act": "revoke", "person": [maya.pk]})
    tablet = Client()
    type_pin(tablet, bar.event, pin[1] + pin[2])
    assert not who(tablet)
    assert {"sign-in card made", "sign-in card revoked"} <= set(AuditEntry.objects.values_list("act", flat=True))


def test_no_card_is_made_for_organizers_admins_or_people_of_other_events(bar: Station, owner: User) -> None:
    others = [owner, factory.user("root", factory.ADMIN), factory.user("zoe", at=factory.cafe(name="Other").event)]
    desk = Client()
    desk.force_login(owner)

    desk.post(f"/events/{bar.event.slug}/cards/", {"act": "make", "person": [person.pk for person in others]})

    assert not SignInCard.objects.exists()


def test_the_api_trades_a_pin_for_tokens(bar: Station, maya: User, owner: User, settings: Settings) -> None:
    card = cards.make(maya, bar.event_id, by=owner)
    client = Client()

    def trade(pin: str) -> Any:
        body = {"event": bar.event.slug, "pin": pin}
        return client.post("/api/v1/token/pin/", body, content_type="application/json")

    given = trade(card.pin)
    me = client.get("/api/v1/me/", headers={"Authorization": f"Bearer {given.json()['access']}"})
    refused = [trade(wrong(card)) for _ in range(settings.AXES_FAILURE_LIMIT + 1)]

    assert me.json()["username"] == "maya"
    assert refused[0].json()["code"] == "wrong_pin"
    assert refused[-1].status_code == 429
