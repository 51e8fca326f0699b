"""Finds out who calls the API: a person with an access token, or a program with an API key. Both send a bearer
token."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils import timezone
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request
from rest_framework_simplejwt.exceptions import TokenError

from accounts.models import User
from expresso.api import tokens
from expresso.api.models import ApiKey, digest_of

#: `ApiKey.used_at` is written at most once in this time, so that not every request writes to the database.
USE_NOTED_EVERY = dt.timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Caller:
    """The value of `request.auth`. `key` is the program's API key, or None if a person calls with an access token."""

    key: ApiKey | None = None


class BearerAuthentication(BaseAuthentication):
    def authenticate(self, request: Request) -> tuple[User, Caller] | None:
        scheme, _, credential = request.headers.get("Authorization", "").partition(" ")
        if not scheme:
            return None
        if scheme.lower() != "bearer" or not credential.strip():
            raise AuthenticationFailed("Write the header as 'Authorization: Bearer' and the token.")
        return identify(credential.strip())

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="api"'


def identify(credential: str) -> tuple[User, Caller]:
    """Return the user and the Caller that this bearer token belongs to. Raise AuthenticationFailed if it is not
    valid."""
    if credential.startswith(ApiKey.MARK):
        key = _key(credential)
        return key.owner, Caller(key)
    try:
        return tokens.owner(credential), Caller()
    except TokenError:
        raise AuthenticationFailed("This token has expired or is not ours. Refresh it or sign in again.") from None
    except tokens.Ended:
        raise AuthenticationFailed("This sign-in is over. Sign in again.") from None


def _key(credential: str) -> ApiKey:
    now = timezone.now()
    good = Q(revoked_at=None, owner__is_active=True)
    found = ApiKey.objects.filter(good, digest=digest_of(credential)).select_related("owner", "event").first()
    if found is None:
        raise AuthenticationFailed("This API key is unknown or was revoked. Ask an organizer for a new one.")
    if found.used_at is None or now - found.used_at > USE_NOTED_EVERY:
        ApiKey.objects.filter(pk=found.pk).update(used_at=now)
    return found


def caller_of(request: Request) -> Caller:
    auth: Any = request.auth
    return auth if isinstance(auth, Caller) else Caller()
