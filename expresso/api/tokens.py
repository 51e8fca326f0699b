"""JSON web tokens for people. An access token lasts 15 minutes. A refresh token lasts 7 days and works once.

The first key in API_SIGNING_KEYS signs tokens; all keys verify them. To replace a key, put the new one in front and
remove the old one after 7 days."""

from __future__ import annotations

import hashlib
from functools import cache
from typing import Any, NamedTuple, Self
from uuid import UUID

import jwt
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from rest_framework_simplejwt.backends import TokenBackend
from rest_framework_simplejwt.exceptions import TokenError
from rest_framework_simplejwt.tokens import Token

from accounts.cards import may_use_cards
from accounts.models import User
from expresso.api.models import SignIn

ALGORITHM = "HS256"
#: Issuer and audience in every token. If another program signs tokens with the same key, these name another issuer and
#: audience, and are refused.
ISSUER, AUDIENCE = "expresso", "expresso-api"


class Reused(Exception):
    """The refresh token was used before, so it may have been copied. Its sign-in is therefore over."""


class Ended(Exception):
    """The sign-in of this token is over, or its user is no longer allowed to sign in."""


class KeyRing(TokenBackend):
    """Signs tokens with the newest key. A token's `kid` header says which key verifies the token."""

    def __init__(self, keys: tuple[str, ...]) -> None:
        super().__init__(ALGORITHM, keys[0], audience=AUDIENCE, issuer=ISSUER)
        self.keys = {key_id(key): key for key in keys}

    def encode(self, payload: dict[str, Any]) -> str:
        claims = payload | {"aud": AUDIENCE, "iss": ISSUER}
        return jwt.encode(claims, self.signing_key or "", ALGORITHM, headers={"kid": key_id(self.signing_key or "")})

    def get_verifying_key(self, token: Any) -> Any:
        kid = jwt.get_unverified_header(token).get("kid", "")
        try:
            return self.keys[kid]
        except KeyError:
            raise jwt.InvalidTokenError("unknown key") from None


def key_id(key: str) -> str:
    """Return a short name for a signing key, from which the key cannot be guessed."""
    return hashlib.sha256(b"kid" + key.encode()).hexdigest()[:12]


@cache
def ring(keys: tuple[str, ...]) -> KeyRing:
    return KeyRing(keys)


class _Signed(Token):
    """A signed token of a sign-in (`sid`) of a user (`sub`).

    The claim `fit` is made from the user's password. Once the password changes, it does not fit, and the token is
    refused."""

    def get_token_backend(self) -> KeyRing:
        return ring(tuple(settings.API_SIGNING_KEYS))

    @classmethod
    def of(cls, sign_in: SignIn) -> Self:
        token = cls()
        token["sid"], token["sub"] = str(sign_in.pk), str(sign_in.user_id)
        token["fit"] = sign_in.user.get_session_auth_hash()
        return token


class Access(_Signed):
    token_type = "access"  # noqa: S105
    lifetime = settings.API_ACCESS_LIFETIME


class Refresh(_Signed):
    token_type = "refresh"  # noqa: S105
    lifetime = settings.API_REFRESH_LIFETIME


class Pair(NamedTuple):
    access: str
    refresh: str


def sign_in(user: User, *, by_card: bool = False) -> Pair:
    """Start a sign-in for the user, and return its first access and refresh token."""
    now = timezone.now()
    begun = SignIn(user=user, created_at=now, expires_at=now + Refresh.lifetime, by_card=by_card)
    refresh = Refresh.of(begun)
    begun.newest = refresh["jti"]
    begun.save()
    return Pair(str(Access.of(begun)), str(refresh))


def renew(refresh: str) -> Pair:
    """Use up a refresh token: return a new access token and a new refresh token.

    Raise TokenError if the token is not valid or has expired, or Ended if its sign-in is over. Raise Reused if the
    token was used before, which also ends its sign-in."""
    token = Refresh(refresh)  # type: ignore[arg-type]
    reused = False
    with transaction.atomic():
        found = _current(token, SignIn.objects.select_for_update(of=("self",)))
        if found.newest == token["jti"]:
            successor = Refresh.of(found)
            found.newest, found.expires_at = successor["jti"], timezone.now() + Refresh.lifetime
        else:
            reused, found.ended_at = True, timezone.now()
        found.save(update_fields=["newest", "expires_at", "ended_at"])
    if reused:
        raise Reused
    return Pair(str(Access.of(found)), str(successor))


def end(token: str) -> None:
    """End the sign-in of this access or refresh token. Ignore a token that is not valid."""
    for kind in (Refresh, Access):
        try:
            claims = kind(token)  # type: ignore[arg-type]
        except TokenError:
            continue
        SignIn.objects.filter(pk=_uuid(claims), ended_at=None).update(ended_at=timezone.now())
        return


def owner(access: str) -> User:
    """Return the user of an access token. Raise TokenError if the token is not valid, Ended if its sign-in is over."""
    return _current(Access(access), SignIn.objects.all()).user  # type: ignore[arg-type]


def _current(token: Token, sign_ins: QuerySet[SignIn]) -> SignIn:
    found = sign_ins.select_related("user").filter(pk=_uuid(token), ended_at=None).first()
    if found is None or str(found.user_id) != token.get("sub") or not found.user.is_active:
        raise Ended
    # Changing the password ends every earlier sign-in, as it ends Django's sessions.
    if not constant_time_compare(str(token.get("fit")), found.user.get_session_auth_hash()):
        raise Ended
    if found.by_card and not may_use_cards(found.user):
        raise Ended
    return found


def _uuid(token: Token) -> UUID:
    try:
        return UUID(str(token.get("sid")))
    except ValueError:
        raise TokenError("no sign-in") from None
