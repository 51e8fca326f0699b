"""The one module that knows web push: which services there are, the encryption, the signature, and their answers.

RFC 8030 (the request), 8188 and 8291 (the body, which only the browser can read), 8292 (VAPID: who sends it). The key
comes from SECRET_KEY: subscriptions are as short-lived as orders, so there is nothing more to keep or to configure."""

from __future__ import annotations

import base64
import os
import re
import time
from functools import cache
from urllib.parse import urlsplit

import jwt
import requests
import structlog
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

from sms.twilio import NotProcessed, Refused

log = structlog.get_logger(__name__)

#: The browsers' own services. Whoever subscribes names the address that we post to: no other may be named.
SERVICES = re.compile(
    r"fcm\.googleapis\.com|updates\.push\.services\.mozilla\.com|(\w[\w-]*\.)+(push\.apple\.com|notify\.windows\.com)"
)
LONGEST_ENDPOINT = 800
#: Seconds that a service may take.
PATIENCE = 10.0
#: The answers by which a service says that a subscription is over.
GONE = (404, 410)
_CURVE, _LIFE, _RECORD = ec.SECP256R1(), 12 * 3600, 4096


class NoPushService(ValueError):
    """Nobody's browser is told there, or the keys are none."""


def public_key() -> str:
    """What a browser subscribes with."""
    return _encoded(_point(_own_key().public_key()))


def check(*, endpoint: str, p256dh: str, auth: str) -> None:
    """Raises NoPushService."""
    try:
        parts = urlsplit(endpoint)
        known = parts.scheme == "https" and SERVICES.fullmatch(parts.netloc) and len(endpoint) <= LONGEST_ENDPOINT
        ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, _decoded(p256dh))
        if not known or len(_decoded(auth)) != 16:
            raise NoPushService
    except ValueError:
        raise NoPushService from None


def send(message: bytes, *, endpoint: str, p256dh: str, auth: str, ttl: int, topic: str) -> None:
    """Raises NotProcessed, or Refused with the status; GONE says that the subscription is over.

    What may have arrived may be sent again: a device shows the same notification once."""
    check(endpoint=endpoint, p256dh=p256dh, auth=auth)
    headers = {
        "TTL": str(max(0, ttl)),
        "Urgency": "high",
        "Topic": topic,
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "Authorization": _vapid(endpoint),
    }
    body = encrypted(message, p256dh=p256dh, auth=auth)
    try:
        # A redirect would lead wherever the service, or whoever answers in its place, likes.
        answer = requests.post(endpoint, data=body, headers=headers, timeout=PATIENCE, allow_redirects=False)
    except requests.RequestException as error:
        log.warning("push_broke_off", error=type(error).__name__)
        raise NotProcessed from None
    if answer.status_code == 429 or answer.status_code >= 500:
        raise NotProcessed
    if not 200 <= answer.status_code < 300:
        raise Refused(answer.status_code)


def encrypted(
    message: bytes,
    *,
    p256dh: str,
    auth: str,
    salt: bytes | None = None,
    key: ec.EllipticCurvePrivateKey | None = None,
) -> bytes:
    """RFC 8291 in one record; `salt` and `key` are drawn for each message."""
    salt, key = salt or os.urandom(16), key or ec.generate_private_key(_CURVE)
    theirs, ours = _decoded(p256dh), _point(key.public_key())
    shared = key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, theirs))
    secret = _derived(shared, salt=_decoded(auth), info=b"WebPush: info\0" + theirs + ours, length=32)
    content = _derived(secret, salt=salt, info=b"Content-Encoding: aes128gcm\0", length=16)
    nonce = _derived(secret, salt=salt, info=b"Content-Encoding: nonce\0", length=12)
    head = salt + _RECORD.to_bytes(4, "big") + bytes([len(ours)]) + ours
    # The 2 ends the last record.
    return head + AESGCM(content).encrypt(nonce, message + b"\x02", None)


def _vapid(endpoint: str) -> str:
    parts = urlsplit(endpoint)
    subject = settings.PUBLIC_URL if settings.HTTPS else "mailto:nobody@localhost"
    claims = {"aud": f"{parts.scheme}://{parts.netloc}", "exp": int(time.time()) + _LIFE, "sub": subject}
    return f"vapid t={jwt.encode(claims, _own_key(), algorithm='ES256')}, k={public_key()}"


def _own_key() -> ec.EllipticCurvePrivateKey:
    return _key_from(settings.SECRET_KEY)


@cache
def _key_from(secret: str) -> ec.EllipticCurvePrivateKey:
    number = int.from_bytes(_derived(secret.encode(), salt=b"", info=b"expresso web push", length=40), "big")
    # From 40 bytes every number below the curve's order is as likely as any other.
    return ec.derive_private_key(number % (_ORDER - 1) + 1, _CURVE)


#: The order of P-256, FIPS 186-5.
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def _derived(material: bytes, *, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=length, salt=salt, info=info).derive(material)


def _point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _decoded(text: str) -> bytes:
    """Raises ValueError."""
    if not re.fullmatch(r"[\w-]{1,200}={0,2}", text, re.ASCII):
        raise ValueError("not base64url")
    text = text.rstrip("=")
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
