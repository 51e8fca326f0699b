"""A check of the settings against the database: `manage.py migrate` runs it, and so does each launcher."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DatabaseError

from accounts import encryption, rotation


@register(Tags.database)
def keys_fit(*, databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Whether the newest row of each table with encrypted values can be read."""
    if not databases:
        return []
    try:
        for model in rotation.encrypted_models():
            model._default_manager.order_by("-pk").first()
    except (encryption.NotEncryptedError, DatabaseError):
        # The tables are yet to be made, changed or encrypted, by the command that runs this check.
        return []
    except encryption.DecryptionError as error:
        return [Error(str(error), id="accounts.E001")]
    return []
