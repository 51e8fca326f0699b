"""Sign-in cards: a PIN of six digits, and a printed code, for people who share a tablet.

A card signs one person in at one event. Baristas, support staff and displays can have cards. Organizers, admins and
users of an authenticator app must sign in with their password.

PINs are hashed with a key from `ENCRYPTION_KEYS`. Somebody who has a copy of the database but not this key cannot find
a PIN by trying all million PINs. If the key is lost, new cards must be printed."""

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
#: A session that was started with a card ends after this time: one long shift.
SESSION = dt.timedelta(hours=14)
#: Maximum number of wrong PINs for one event in an hour, counted over all devices where nobody has signed in with this
#: event's PINs before. After that, PINs of the event work only on the other, known devices. With 50 cards at an event,
#: one random PIN in 20 000 is right.
WRONG_PINS = WrongTries("pin", an_hour=100)
_ROLES = (Role.BARISTA, Role.SUPPORT, Role.DISPLAY)


@dataclass(frozen=True, slots=True)
class NewCard:
    """What is printed on a new card. PIN and code cannot be shown again, because only hashes are stored."""

    name: str
    pin: str
    code: str


def holders(event_id: int) -> list[User]:
    """Return the people who can have a card at the event, sorted by name. The rules are those of `may_use_cards`."""
    members = (
        User.objects.filter(
            is_active=True, is_superuser=False, memberships__event=event_id, memberships__role__in=_ROLES
        )
        .exclude(memberships__role=Role.ORGANIZER)
        .exclude(authenticator__confirmed_at__isnull=False)
    )
    return list(members.order_by("first_name", "username"))


@transaction.atomic
def make(user: User, event_id: int, *, by: User) -> NewCard:
    """Create a card for the person at the event, and delete the person's previous card."""
    SignInCard.objects.filter(user=user, event_id=event_id).delete()
    pin, code = _free_pin(event_id), secrets.token_urlsafe(24)
    SignInCard.objects.create(
        user=user, event_id=event_id, pin_hash=lookup_hash(_keyed(event_id, pin)), code_hash=lookup_hash(code)
    )
    record("sign-in card made", f"user {user}", by=by, event=event_id)
    return NewCard(user.get_short_name() or user.username, pin, code)


@transaction.atomic
def revoke(user: User, event_id: int, *, by: User) -> bool:
    """Delete the person's card at the event. Return True if there was one."""
    gone, _rows = SignInCard.objects.filter(user=user, event_id=event_id).delete()
    if gone:
        record("sign-in card revoked", f"user {user}", by=by, event=event_id)
    return bool(gone)


def person_of_pin(request: HttpRequest, event_id: int, pin: str) -> User | None:
    """Return the person whose card at the event has this PIN. Return None if there is none, or after too many wrong
    PINs."""
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
    """Return the person whose card has this printed code, or None if there is none."""
    user = authenticate(request, username="sign-in cards", card=code)
    return user if isinstance(user, User) else None


def pins_of(event_id: int) -> str:
    """Return the name under which django-axes and WRONG_PINS count wrong PINs of this event."""
    return f"PINs of event {event_id}"


class CardBackend(ModelBackend):
    """Authentication backend for cards: by an event and a PIN (`card_event`, `pin`), or by the printed code
    (`card`)."""

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
        """Return the user of a session that was started with a card.

        Return None, which ends the session, if the user now needs a password, for example after becoming an
        organizer."""
        user = super().get_user(user_id)
        return user if isinstance(user, User) and may_use_cards(user) else None


def may_use_cards(user: User) -> bool:
    """Return whether this person is allowed to sign in with a card.

    Organizers and admins, who can change others' access, need a password. So does everybody with an authenticator
    app."""
    return (
        user.is_active
        and not user.is_superuser
        and Role.ORGANIZER not in user.roles.values()
        and not authenticator.asks_for_code(user)
    )


def _may_hold(card: SignInCard) -> bool:
    """Return whether the card's owner is allowed to use cards, and still has a role with cards at the card's event."""
    return may_use_cards(card.user) and card.user.roles.get(card.event_id) in _ROLES


def _free_pin(event_id: int) -> str:
    while True:
        pin = f"{secrets.randbelow(10**PIN_DIGITS):0{PIN_DIGITS}}"
        if not SignInCard.objects.filter(event=event_id, pin_hash__in=lookup_hashes(_keyed(event_id, pin))).exists():
            return pin


def _keyed(event_id: int, pin: str) -> str:
    """Return the text that is hashed for a PIN. It contains the event, so equal PINs at two events have different
    hashes."""
    return f"pin {event_id} {pin}"
