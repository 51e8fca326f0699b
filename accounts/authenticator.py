"""The second step of a sign-in: a code of an authenticator app (TOTP), or a backup code.

django-otp computes and compares the codes. Its models are not used, because they store secrets and backup codes as
plain text. Expresso encrypts the secret, and stores only a hash of each backup code."""

from __future__ import annotations

import secrets
import time
from base64 import b32encode
from hashlib import sha256
from urllib.parse import quote, urlencode

from axes.handlers.proxy import AxesProxyHandler
from django.contrib.auth.signals import user_login_failed
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django_otp.oath import TOTP

from accounts.known_devices import WrongTries, counted_as
from accounts.models import Authenticator, BackupCode, User, record

ISSUER = "Expresso"
DIGITS = 6
BACKUP_CODES = 10
#: Number of random bytes in a backup code, and in the secret of an app (RFC 4226 recommends 20).
_CODE, _SECRET = 10, 20
#: Number of 30-second steps by which a code can be early or late, because clocks differ and people type slowly.
_TOLERANCE = 1
#: Maximum number of wrong codes for one account in an hour. Tries on devices where the user has signed in before are
#: not counted. Three codes are valid at any time, so one guess in about 300 000 is right.
WRONG_CODES = WrongTries("code", an_hour=30)


def asks_for_code(user: User) -> bool:
    """Return whether this person needs a code to sign in."""
    return Authenticator.objects.filter(user=user).exclude(confirmed_at=None).exists()


def begin(user: User) -> Authenticator:
    """Return the person's authenticator, or create one. Sign-ins ask for no code until `confirm` has confirmed it."""
    found, _made = Authenticator.objects.get_or_create(user=user, defaults={"secret": secrets.token_hex(_SECRET)})
    return found


def in_base32(authenticator: Authenticator) -> str:
    """Return the secret in base32. People type it into an app that cannot scan the QR code."""
    return b32encode(bytes.fromhex(authenticator.secret)).decode()


def link_for_app(authenticator: Authenticator) -> str:
    """Return the content of the QR code, in the Key URI format that authenticator apps read."""
    name = quote(f"{ISSUER}:{authenticator.user.get_username()}")
    return f"otpauth://totp/{name}?{urlencode({'secret': in_base32(authenticator), 'issuer': ISSUER})}"


@transaction.atomic
def confirm(user: User, typed: str) -> list[str] | None:
    """Confirm the authenticator if the typed code is right. From then on sign-ins ask for a code.

    Return the backup codes, which are shown only once. Return None if the code is wrong, or if the person has no
    authenticator that waits to be confirmed."""
    found = Authenticator.objects.select_for_update().filter(user=user, confirmed_at=None).first()
    if found is None or not _takes_app_code(found, typed):
        return None
    found.confirmed_at = timezone.now()
    found.save(update_fields=["confirmed_at"])
    record("authenticator added", f"user {user}", by=user)
    return _new_backup_codes(found)


@transaction.atomic
def replace_backup_codes(user: User) -> list[str]:
    found = Authenticator.objects.select_for_update().get(user=user)
    record("backup codes replaced", f"user {user}", by=user)
    return _new_backup_codes(found)


@transaction.atomic
def remove(user: User, *, by: User) -> bool:
    """Remove the person's authenticator, so that sign-ins ask for no code. Return True if there was a confirmed one."""
    gone, _rows = Authenticator.objects.filter(user=user).exclude(confirmed_at=None).delete()
    if gone:
        record("authenticator removed", f"user {user}", by=by)
    return bool(gone)


def passes(request: HttpRequest, user: User, typed: str) -> bool:
    """Return whether `typed` is a valid and unused code of the person.

    A wrong code counts as a failed sign-in, like a wrong password."""
    name = codes_of(user)
    credentials = {"username": name}
    is_stranger = counted_as(request, name) == name
    if not AxesProxyHandler.is_allowed(request, credentials):
        # With this attribute, the middleware of django-axes responds with 429 (too many attempts). For a wrong
        # password, django-axes sets the attribute itself.
        request.axes_locked_out = True  # type: ignore[attr-defined]
        return False
    if is_stranger and WRONG_CODES.are_too_many(name):
        return False
    if _takes_any_code(user, typed):
        return True
    if is_stranger:
        WRONG_CODES.count(name)
    user_login_failed.send(sender=__name__, credentials=credentials, request=request)
    return False


def codes_of(user: User) -> str:
    """Return the name under which wrong codes of the person are counted, such as "codes of 7". Wrong passwords are
    counted under the username instead."""
    return f"codes of {user.pk}"


@transaction.atomic
def _takes_any_code(user: User, typed: str) -> bool:
    # Each code works once. If the same code is sent twice at once, the row lock makes the second request wait until the
    # first has used up the code.
    found = Authenticator.objects.select_for_update().filter(user=user).exclude(confirmed_at=None).first()
    if found is None:
        return False
    return _takes_app_code(found, typed) or _takes_backup_code(found, typed)


def _takes_app_code(authenticator: Authenticator, typed: str) -> bool:
    code = "".join(typed.split())
    if len(code) != DIGITS or not (code.isascii() and code.isdigit()):
        return False
    totp = TOTP(bytes.fromhex(authenticator.secret), digits=DIGITS)
    totp.time = time.time()
    if not totp.verify(int(code), _TOLERANCE, authenticator.last_step + 1):
        return False
    # `verify` has set the time of `totp` to the 30-second step that the typed code belongs to.
    authenticator.last_step = totp.t()
    authenticator.save(update_fields=["last_step"])
    return True


def _takes_backup_code(authenticator: Authenticator, typed: str) -> bool:
    gone, _rows = BackupCode.objects.filter(authenticator=authenticator, digest=_digest(typed)).delete()
    return bool(gone)


def _new_backup_codes(authenticator: Authenticator) -> list[str]:
    authenticator.backup_codes.all().delete()
    codes = [b32encode(secrets.token_bytes(_CODE)).decode().lower() for _ in range(BACKUP_CODES)]
    BackupCode.objects.bulk_create(BackupCode(authenticator=authenticator, digest=_digest(code)) for code in codes)
    return ["-".join(code[at : at + 4] for at in range(0, len(code), 4)) for code in codes]


def _digest(typed: str) -> str:
    return sha256("".join(letter for letter in typed.lower() if letter.isalnum()).encode()).hexdigest()
