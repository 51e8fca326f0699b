"""Sign-in cards: a PIN of six digits, and a printed code, for people who share a tablet.

A card opens one person's account at one event. It serves baristas, support and displays; organizers and admins, who can
change other people's access, sign in with their password, and so does who uses an authenticator app. PINs are hashed
with the lookup key of `ENCRYPTION_KEYS`, so that a copy of the database alone does not give a million guesses away;
without that key, cards are printed anew."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import authenticate
from django.contrib.auth.backends import ModelBackend
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from accounts import authenticator
from accounts.encryption import lookup_hash, lookup_hashes
from accounts.known_devices import WrongTries, counted_as
from accounts.models import Role, SignInCard, User, record

PIN_DIGITS = 6
#: A session of a shared tablet ends after a long shift.
SESSION = dt.timedelta(hours=14)
#: After this many wrong PINs in an hour, from all addresses together, an event's PINs work on known devices only. At an
#: event with 50 cards, one random PIN in 20 000 is somebody's.
WRONG_PINS = WrongTries("pin", an_hour=100)
_ROLES = (Role.BARISTA, Role.SUPPORT, Role.DISPLAY)


@dataclass(frozen=True, slots=True)
class NewCard:
    """What is printed on a card. It cannot be shown again."""

    name: str
    pin: str
    code: str


def holders(event_id: int) -> list[User]:
    """The people at the event who may have a card, by name."""
    members = User.objects.filter(
        is_active=True, is_superuser=False, memberships__event=event_id, memberships__role__in=_ROLES
    ).exclude(memberships__role=Role.ORGANIZER)
    return list(members.order_by("first_name", "username"))


@transaction.atomic
def make(user: User, event_id: int, *, by: User) -> NewCard:
    """Make a card, in place of the one that the person has at the event."""
    SignInCard.objects.filter(user=user, event_id=event_id).delete()
    pin, code = _free_pin(event_id), secrets.token_urlsafe(24)
    SignInCard.objects.create(
        user=user, event_id=event_id, pin_hash=lookup_hash(_keyed(event_id, pin)), code_hash=lookup_hash(code)
    )
    record("sign-in card made", f"user {user}", by=by, event=event_id)
    return NewCard(user.get_short_name() or user.username, pin, code)


@transaction.atomic
def revoke(user: User, event_id: int, *, by: User) -> bool:
    """Make the person's card worthless. True if there was one."""
    gone, _rows = SignInCard.objects.filter(user=user, event_id=event_id).delete()
    if gone:
        record("sign-in card revoked", f"user {user}", by=by, event=event_id)
    return bool(gone)


def person_of_pin(request: HttpRequest, event_id: int, pin: str) -> User | None:
    """The owner of the PIN at the event; None where there is none, or after too many wrong ones."""
    name = pins_of(event_id)
    is_stranger = counted_as(request, name) == name
    if is_stranger and WRONG_PINS.are_too_many(name):
        return None
    user = authenticate(request, username=name, card_event=event_id, pin=pin)
    if isinstance(user, User):
        return user
    if is_stranger:
        WRONG_PINS.count(name)
    return None


def person_of_code(request: HttpRequest, code: str) -> User | None:
    """The owner of the printed code."""
    user = authenticate(request, username="sign-in cards", card=code)
    return user if isinstance(user, User) else None


def pins_of(event_id: int) -> str:
    """The name under which wrong PINs of an event are counted."""
    return f"PINs of event {event_id}"


class CardBackend(ModelBackend):
    """Authenticates by `card_event` and `pin`, or by `card`."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        *,
        card_event: int | None = None,
        pin: str = "",
        card: str = "",
        **kwargs: Any,
    ) -> User | None:
        if card:
            found = SignInCard.objects.filter(code_hash__in=lookup_hashes(card))
        elif card_event is not None and pin:
            found = SignInCard.objects.filter(event=card_event, pin_hash__in=lookup_hashes(_keyed(card_event, pin)))
        else:
            return None
        its = found.select_related("user").first()
        if its is None or not _may_hold(its):
            return None
        SignInCard.objects.filter(pk=its.pk).update(used_at=timezone.now())
        return its.user

    def get_user(self, user_id: int) -> User | None:
        """The user of a session that began with a card. The session ends when the person needs a password, as after a
        promotion."""
        user = super().get_user(user_id)
        return user if isinstance(user, User) and may_use_cards(user) else None


def may_use_cards(user: User) -> bool:
    """Whether a card is enough: people who can change others' access, or who use an authenticator, need a password."""
    return (
        user.is_active
        and not user.is_superuser
        and Role.ORGANIZER not in user.roles.values()
        and not authenticator.asks_for_code(user)
    )


def _may_hold(card: SignInCard) -> bool:
    """Whether the card still opens its owner's account: they may have left, or run an event by now."""
    return may_use_cards(card.user) and card.user.roles.get(card.event_id) in _ROLES


def _free_pin(event_id: int) -> str:
    while True:
        pin = f"{secrets.randbelow(10**PIN_DIGITS):0{PIN_DIGITS}}"
        if not SignInCard.objects.filter(event=event_id, pin_hash__in=lookup_hashes(_keyed(event_id, pin))).exists():
            return pin


def _keyed(event_id: int, pin: str) -> str:
    """What is hashed: the same PIN at two events has two hashes."""
    return f"pin {event_id} {pin}"
