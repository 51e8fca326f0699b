"""A system check: the encryption keys can decrypt the database. `manage.py migrate` and each launcher run it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DatabaseError

from accounts import encryption, rotation


@register(Tags.database)
def keys_fit(*, databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Return an error if any table's newest encrypted row cannot be decrypted."""
    if not databases:
        return []
    try:
        for model in rotation.encrypted_models():
            model._default_manager.order_by("-pk").first()
    except (encryption.NotEncryptedError, DatabaseError):
        # This check also runs before `migrate`. Tables can then be missing, outdated or not encrypted yet, which is no
        # error.
        return []
    except encryption.DecryptionError as error:
        return [Error(str(error), id="accounts.E001")]
    return []
