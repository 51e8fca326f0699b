"""Encrypts stored values again with the first key. `manage.py rotate_keys` and data migrations use this module.

Each row has its own UPDATE, which changes nothing if the row was changed since it was read. So orders can come in
meanwhile, and the work can be interrupted and started again."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast

from accounts import encryption
from accounts.fields import Encrypted, KeyedHashField

BATCH = 500


def encrypted_fields(model: type[models.Model]) -> list[Encrypted]:
    return [field for field in model._meta.concrete_fields if isinstance(field, Encrypted)]


def encrypted_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if encrypted_fields(model)]


def encrypt_anew(model: type[models.Model], *, plain_too: bool = False) -> int:
    """Encrypt the model's values again with the first key if they have an older key. Return the number of changed rows.

    Raise DecryptionError for a value whose key is missing. With `plain_too`, values that are still plain text are
    encrypted as well; without it, they raise DecryptionError."""
    changed, last = 0, 0
    while batch := list(_outdated(model).filter(pk__gt=last).order_by("pk")[:BATCH]):
        for row in batch:
            last = row["pk"]
            changed += _update(model, row, plain_too=plain_too)
    return changed


def outdated(model: type[models.Model]) -> bool:
    """Return whether any value of the model is encrypted with an older key, or not encrypted at all."""
    return bool(_outdated(model)[:1])


def _outdated(model: type[models.Model]) -> Any:
    """Return the rows to encrypt again, as dictionaries: "pk", and stored values under names such as "phone_stored"."""
    current = encryption.keys()[0].prefix
    stored = {f"{field.name}_stored": Cast(field.name, models.TextField()) for field in encrypted_fields(model)}
    old = [
        Q(**{f"{field.name}__isnull": False})
        & ~Q(**{f"{field.name}_stored__startswith": current})
        & ~Q(**{f"{field.name}_stored__in": sorted(field.PLAIN)})
        for field in encrypted_fields(model)
    ]
    return model._default_manager.annotate(**stored).filter(reduce(or_, old)).values("pk", *stored)


def _update(model: type[models.Model], row: dict[str, Any], *, plain_too: bool) -> int:
    unchanged = model._default_manager.annotate(
        **{f"{field.name}_stored": Cast(field.name, models.TextField()) for field in encrypted_fields(model)}
    ).filter(**row)
    values: dict[str, Any] = {}
    for field in encrypted_fields(model):
        stored = row[f"{field.name}_stored"]
        if stored is not None:
            values[field.name] = field.loaded(_encrypted(stored) if plain_too else stored)
    for column in model._meta.concrete_fields:
        if isinstance(column, KeyedHashField):
            values[column.name] = column.hash_of(values.get(column.source))
    return int(unchanged.update(**values))


def _encrypted(stored: str) -> str:
    return stored if stored.startswith(encryption.MARK) else encryption.encrypt(stored)


def encrypt_sessions_anew() -> int:
    """Encrypt every session again with the first key, and return the number of changed sessions.

    A session whose key is missing is deleted, because it cannot be read any more."""
    changed = 0
    for session in _outdated_sessions().iterator(BATCH):
        same = Session.objects.filter(pk=session.pk, session_data=session.session_data)
        try:
            changed += same.update(session_data=encryption.encrypt(encryption.decrypt(session.session_data)))
        except encryption.DecryptionError:
            same.delete()
    return changed


def _outdated_sessions() -> models.QuerySet[Session]:
    return Session.objects.exclude(session_data__startswith=encryption.keys()[0].prefix)


def is_done() -> bool:
    return not any(map(outdated, encrypted_models())) and not _outdated_sessions().exists()
