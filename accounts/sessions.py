"""Sessions in the database, with encrypted content, because an attendee's session has a name and links to orders."""

from __future__ import annotations

import json
from typing import Any

import structlog
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from accounts import encryption

log = structlog.get_logger(__name__)


class SessionStore(DatabaseStore):
    def encode(self, session_dict: dict[str, Any]) -> str:
        return encryption.encrypt(json.dumps(session_dict))

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        try:
            return dict(json.loads(encryption.decrypt(str(session_data))))
        except encryption.DecryptionError as error:
            # The session cannot be decrypted. Return an empty one, so that the user has to sign in again.
            log.warning("session_not_readable", error=str(error))
            return {}
