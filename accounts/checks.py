"""A system check that the encryption keys fit the database. `manage.py migrate` and each launcher run it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DatabaseError

from accounts import encryption, rotation


@register(Tags.database)
def keys_fit(*, databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Return an error if the newest row of a table with encrypted values cannot be decrypted."""
    if not databases:
        return []
    try:
        for model in rotation.encrypted_models():
            model._default_manager.order_by("-pk").first()
    except (encryption.NotEncryptedError, DatabaseError):
        # The tables are missing, old or not encrypted yet: this check runs before `migrate` changes them.
        return []
    except encryption.DecryptionError as error:
        return [Error(str(error), id="accounts.E001")]
    return []
