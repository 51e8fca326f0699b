"""Web push: the push services, the request to them (RFC 8030), and their answers. No other module knows these.

http_ece encrypts the body so that only the browser can read it (RFC 8188, 8291). PyJWT signs the token that names the
sender (VAPID, RFC 8292). The signing key is derived from SECRET_KEY, so no other key has to be stored. If SECRET_KEY is
changed, all subscriptions end. This does little harm, because each lasts only as long as its order."""

from __future__ import annotations

import base64
import re
import time
from functools import cache
from urllib.parse import urlsplit

import http_ece
import jwt
import requests
import structlog
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

from sms.carriers import PATIENCE, Ambiguous, NotProcessed, Refused, never_connected

log = structlog.get_logger(__name__)

#: The hosts of the browsers' push services. A subscription contains the address to post to, so an address on any other
#: host is refused.
SERVICES = re.compile(
    r"fcm\.googleapis\.com|updates\.push\.services\.mozilla\.com|(\w[\w-]*\.)+(push\.apple\.com|notify\.windows\.com)"
)
LONGEST_ENDPOINT = 800
#: HTTP statuses that mean that the subscription no longer exists.
GONE = (404, 410)
#: Lifetime of a VAPID token, in seconds.
_LIFE = 12 * 3600
_CURVE = ec.SECP256R1()


class NoPushService(ValueError):
    """The address is not of a known push service, or the keys are not valid."""


def public_key() -> str:
    """Return the public key that a browser needs to subscribe."""
    return _encoded(_point(_own_key().public_key()))


def check(*, endpoint: str, p256dh: str, auth: str) -> None:
    """Check a subscription's address and keys. Raises NoPushService."""
    try:
        parts = urlsplit(endpoint)
        known = parts.scheme == "https" and SERVICES.fullmatch(parts.netloc) and len(endpoint) <= LONGEST_ENDPOINT
        ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, _decoded(p256dh))
        if not known or len(_decoded(auth)) != 16:
            raise NoPushService
    except ValueError:
        raise NoPushService from None


def send(message: bytes, *, endpoint: str, p256dh: str, auth: str, ttl: int, topic: str) -> None:
    """Post the message to the device's push service.

    Raises NotProcessed, Ambiguous, or Refused with the HTTP status."""
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
        # Do not follow redirects, because a redirect could lead to any host.
        answer = requests.post(endpoint, data=body, headers=headers, timeout=PATIENCE, allow_redirects=False)
    except requests.RequestException as error:
        log.warning("push_broke_off", error=type(error).__name__)
        raise (NotProcessed if never_connected(error) else Ambiguous) from None
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
    """Encrypt a message by RFC 8291. `salt` and `key` are random unless given."""
    body: bytes = http_ece.encrypt(
        message,
        salt=salt,
        private_key=key or ec.generate_private_key(_CURVE),
        dh=_decoded(p256dh),
        auth_secret=_decoded(auth),
        version="aes128gcm",
    )
    return body


def _vapid(endpoint: str) -> str:
    parts = urlsplit(endpoint)
    subject = settings.PUBLIC_URL if settings.HTTPS else "mailto:nobody@localhost"
    claims = {"aud": f"{parts.scheme}://{parts.netloc}", "exp": int(time.time()) + _LIFE, "sub": subject}
    return f"vapid t={jwt.encode(claims, _own_key(), algorithm='ES256')}, k={public_key()}"


def _own_key() -> ec.EllipticCurvePrivateKey:
    return _key_from(settings.SECRET_KEY)


@cache
def _key_from(secret: str) -> ec.EllipticCurvePrivateKey:
    seed = HKDF(algorithm=hashes.SHA256(), length=40, salt=b"", info=b"expresso web push").derive(secret.encode())
    # Derive 8 bytes more than `_ORDER` has. With fewer bytes, the remainder of the division would make some keys
    # clearly more likely than others.
    return ec.derive_private_key(int.from_bytes(seed, "big") % (_ORDER - 1) + 1, _CURVE)


#: The order of the curve P-256 (the number of its points), FIPS 186-5.
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


def _point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def _decoded(text: str) -> bytes:
    """Return the bytes of a base64url text. Raises ValueError."""
    if not re.fullmatch(r"[\w-]{1,200}={0,2}", text, re.ASCII):
        raise ValueError("not base64url")
    text = text.rstrip("=")
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
