"""Encrypts personal data before the database stores it, and makes keyed hashes to look up encrypted values.

`ENCRYPTION_KEYS` in the environment lists the keys, the newest first. The first key encrypts; all keys decrypt. Each
stored value names its key. So a missing key raises an error with the key's name, and no page shows ciphertext.
`manage.py rotate_keys` moves stored values from older keys to the first.

The cipher is AES-256-GCM, which also notices a changed value. Hashes are HMAC-SHA256."""

from __future__ import annotations

import hmac
import os
from base64 import urlsafe_b64encode
from binascii import a2b_base64
from dataclasses import dataclass
from functools import cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

MARK = "enc:"
#: Recommended size of a GCM nonce in bytes (NIST SP 800-38D). Random nonces stay unique for 2^32 values of one key.
_NONCE = 12


class DecryptionError(Exception):
    """A stored value cannot be read. The message contains no part of the value."""


class NotEncryptedError(DecryptionError):
    """The value was stored before the migration that encrypts the table."""


@dataclass(frozen=True, slots=True)
class Key:
    name: str
    #: The beginning of every value that this key encrypted. It contains the key's name.
    prefix: str
    cipher: AESGCM
    lookup: bytes


def keys() -> tuple[Key, ...]:
    """Return all configured keys, the newest first."""
    return keys_of(tuple(settings.ENCRYPTION_KEYS))


@cache
def keys_of(secrets: tuple[str, ...]) -> tuple[Key, ...]:
    return tuple(_key(secret) for secret in secrets)


def _key(secret: str) -> Key:
    name = _derived(secret, b"name", 4).hex()
    cipher = AESGCM(_derived(secret, b"encryption", 32))
    return Key(name, f"{MARK}{name}:", cipher, _derived(secret, b"lookup", 32))


def _derived(secret: str, purpose: bytes, length: int) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=length, salt=None, info=b"expresso " + purpose).derive(
        secret.encode()
    )


def encrypt(text: str, *, among: tuple[Key, ...] | None = None) -> str:
    """Encrypt the text with the first key. "" stays "", because it is no secret that a field is empty.

    `among`: keys to use instead of the configured keys."""
    if not text:
        return ""
    key, nonce = (among or keys())[0], os.urandom(_NONCE)
    return key.prefix + urlsafe_b64encode(nonce + key.cipher.encrypt(nonce, text.encode(), None)).decode()


def decrypt(stored: str, *, among: tuple[Key, ...] | None = None) -> str:
    """Decrypt a stored value. Raises DecryptionError.

    `among`: keys to use instead of the configured keys. A search that decrypts ten thousand values passes `keys()`, so
    that the keys are looked up only once."""
    if not stored:
        return ""
    for key in among or keys():
        if stored.startswith(key.prefix):
            return _opened(stored[len(key.prefix) :], key)
    if not stored.startswith(MARK):
        raise NotEncryptedError("A stored value is not encrypted. Run `manage.py migrate`.")
    name, _, _ = stored[len(MARK) :].partition(":")
    raise DecryptionError(f"A stored value needs the key {name}, which ENCRYPTION_KEYS does not hold. Add it.")


def _opened(body: str, key: Key) -> str:
    try:
        # The result is that of `urlsafe_b64decode`, in a third of the time.
        raw = a2b_base64(body.replace("-", "+").replace("_", "/"))
        return key.cipher.decrypt(raw[:_NONCE], raw[_NONCE:], None).decode()
    except (InvalidTag, ValueError):
        raise DecryptionError(f"A stored value under the key {key.name} was changed or cut off.") from None


def lookup_hash(value: str) -> str:
    """Return the hash that is stored beside an encrypted value, to look the value up."""
    return _hash(keys()[0], value)


def lookup_hashes(value: str) -> list[str]:
    """Return the hash by each key. Rows that `rotate_keys` has not reached yet have the hash by an older key."""
    return [_hash(key, value) for key in keys()]


def _hash(key: Key, value: str) -> str:
    return urlsafe_b64encode(hmac.digest(key.lookup, value.encode(), "sha256")).decode().rstrip("=")
