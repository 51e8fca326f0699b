"""A fake browser that subscribes to web push, and a fake of the push services' HTTP API."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

import requests
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from sms.push import _encoded, _point

FCM = "https://fcm.googleapis.com/fcm/send/"


@dataclass
class Device:
    """A browser's subscription to web push, with the keys that the browser holds."""

    endpoint: str = FCM + "one"
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    auth: bytes = b"0123456789abcdef"

    @property
    def subscription(self) -> dict[str, str]:
        own = _encoded(_point(self.key.public_key()))
        return {"endpoint": self.endpoint, "p256dh": own, "auth": _encoded(self.auth)}

    def reads(self, body: bytes) -> Any:
        """Return the decrypted push message, as the browser does (RFC 8291, section 3.4)."""
        salt, theirs, sealed = body[:16], body[21:86], body[86:]
        shared = self.key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), theirs))
        info = b"WebPush: info\0" + _point(self.key.public_key()) + theirs
        secret = HKDF(hashes.SHA256(), 32, self.auth, info).derive(shared)
        content = HKDF(hashes.SHA256(), 16, salt, b"Content-Encoding: aes128gcm\0").derive(secret)
        nonce = HKDF(hashes.SHA256(), 12, salt, b"Content-Encoding: nonce\0").derive(secret)
        return json.loads(AESGCM(content).decrypt(nonce, sealed, None).removesuffix(b"\x02"))


@dataclass
class Services:
    """Fakes all push services, and records each request in `posts`.

    A request is answered with the first of `answers`, which is then removed: an HTTP status, or an exception to raise.
    If `answers` is empty, the status is 201."""

    posts: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    answers: list[int | Exception] = field(default_factory=list)

    def post(self, endpoint: str, **request: Any) -> requests.Response:
        self.posts.append((endpoint, request))
        answer = self.answers.pop(0) if self.answers else 201
        if isinstance(answer, Exception):
            raise answer
        response = requests.Response()
        response.status_code = answer
        return response
