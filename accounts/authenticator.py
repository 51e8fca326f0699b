"""The second step of signing in: a code of an authenticator app (TOTP), or a backup code.

django-otp computes and compares the codes. Its own tables are not used, because they hold secrets and backup codes in
plain text: here the secret is encrypted, and of a backup code only a hash is stored."""

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
#: Bytes of random letters in a backup code, and of the app's secret (RFC 4226 recommends 20).
_CODE, _SECRET = 10, 20
#: A code is accepted for this many steps of 30 s before and after its own: clocks differ, and people type slowly.
_TOLERANCE = 1
#: Wrong codes of one account in an hour, from all unknown devices together. A random code is right once in 300 000.
WRONG_CODES = WrongTries("code", an_hour=30)


def asks_for_code(user: User) -> bool:
    """Whether signing in as this person needs a code."""
    return Authenticator.objects.filter(user=user).exclude(confirmed_at=None).exists()


def begin(user: User) -> Authenticator:
    """Get or make the person's unconfirmed authenticator. Signing in asks for no code until it is confirmed."""
    found, _made = Authenticator.objects.get_or_create(user=user, defaults={"secret": secrets.token_hex(_SECRET)})
    return found


def in_base32(authenticator: Authenticator) -> str:
    """The secret as apps take it, where the QR code cannot be scanned."""
    return b32encode(bytes.fromhex(authenticator.secret)).decode()


def link_for_app(authenticator: Authenticator) -> str:
    """What the QR code says (the Key URI format, which all apps read)."""
    name = quote(f"{ISSUER}:{authenticator.user.get_username()}")
    return f"otpauth://totp/{name}?{urlencode({'secret': in_base32(authenticator), 'issuer': ISSUER})}"


@transaction.atomic
def confirm(user: User, typed: str) -> list[str] | None:
    """Ask for codes from now on, if the app shows the right one. Returns the backup codes, which are shown once."""
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
    """Let the person sign in without a code again. True if one was needed."""
    gone, _rows = Authenticator.objects.filter(user=user).exclude(confirmed_at=None).delete()
    if gone:
        record("authenticator removed", f"user {user}", by=by)
    return bool(gone)


def passes(request: HttpRequest, user: User, typed: str) -> bool:
    """Whether this is a code of the person that was not used before. A wrong one counts like a wrong password."""
    name = codes_of(user)
    credentials = {"username": name}
    is_stranger = counted_as(request, name) == name
    if not AxesProxyHandler.is_allowed(request, credentials):
        # The backend of django-axes sets this, too; its middleware then answers 429.
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
    """The user name under which django-axes counts a person's wrong codes, apart from their wrong passwords."""
    return f"codes of {user.pk}"


@transaction.atomic
def _takes_any_code(user: User, typed: str) -> bool:
    # A code is good once. The lock makes a second request with the same code wait until the first has used it up.
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
    # `verify` moves the time to the step whose code was typed.
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
