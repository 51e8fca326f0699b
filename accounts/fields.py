"""Model fields whose values are encrypted in the database, and fields with keyed hashes to look these values up."""

from __future__ import annotations

import json
from typing import Any, ClassVar, TypeVar

from django.core.exceptions import FieldError
from django.db import models
from django.db.models.expressions import Col
from django.db.models.lookups import IsNull, Lookup

from accounts import encryption

#: Type variables for mypy: the type of a value that is assigned to a field, and of a value that is read from a field.
_Set = TypeVar("_Set")
_Get = TypeVar("_Get")


class IsEmpty(Lookup[Any]):
    """The lookup `name=""`. It finds the rows whose value is empty, because empty values are stored as plain text.

    Every other value is encrypted, and the same value is encrypted differently each time. A lookup of another value
    raises FieldError."""

    lookup_name = "exact"
    prepare_rhs = False

    def __init__(self, lhs: Any, rhs: Any) -> None:
        super().__init__(lhs, rhs)
        field = self.lhs.output_field
        if rhs is not None and field.stored(rhs) not in field.PLAIN:
            raise FieldError(f"{field} is encrypted: compare a keyed hash, or decrypt and compare in Python.")

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        sql, params = self.process_lhs(compiler, connection)
        return f"{sql} = %s", (*params, self.lhs.output_field.stored(self.rhs))


class HasHash(Lookup[Any]):
    """The lookup `phone="+15551234567"`. It hashes the number and searches for the hash, in the column that `hashed_in`
    names."""

    lookup_name = "exact"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        field = self.lhs.target
        column = Col(self.lhs.alias, field.model._meta.get_field(field.hashed_in))
        sql, params = compiler.compile(column)
        hashes = encryption.lookup_hashes(str(self.rhs))
        return f"{sql} IN ({', '.join(['%s'] * len(hashes))})", (*params, *hashes)


class Encrypted:
    """Mixin of encrypted model fields. The database cannot sort by their values or search them."""

    name: str
    #: Stored values that contain nothing personal, so they are not encrypted.
    PLAIN: ClassVar[frozenset[str]] = frozenset({""})
    #: Name of the KeyedHashField with the hashes of this field's values; "" if no rows are looked up by this field.
    hashed_in = ""

    def get_internal_type(self) -> str:
        # The column is a text without a maximum length, because encryption makes the value longer. `max_length` limits
        # only the typed text.
        return "TextField"

    def stored(self, value: Any) -> str:
        return encryption.encrypt(str(value))

    def loaded(self, stored: str) -> Any:
        """Decrypt a stored value. Raise encryption.DecryptionError if that fails."""
        return encryption.decrypt(stored)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        return None if value is None else self.loaded(value)

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        if value is None or hasattr(value, "as_sql"):
            return value
        return self.stored(value)

    def get_lookup(self, lookup_name: str) -> type[Lookup[Any]] | None:
        found: dict[str, type[Lookup[Any]]] = {"isnull": IsNull, "exact": HasHash if self.hashed_in else IsEmpty}
        return found.get(lookup_name)

    def get_transform(self, lookup_name: str) -> Any:
        return None


class EncryptedCharField(Encrypted, models.CharField[_Set, _Get]):
    """An encrypted CharField. `hashed_in` names the KeyedHashField that `filter(field=value)` compares."""

    def __init__(self, *args: Any, hashed_in: str = "", **kwargs: Any) -> None:
        self.hashed_in = hashed_in
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | ({"hashed_in": self.hashed_in} if self.hashed_in else {})


class EncryptedTextField(Encrypted, models.TextField[_Set, _Get]):
    pass


class EncryptedJSONField(Encrypted, models.JSONField):
    PLAIN = frozenset({"", "[]", "{}", "null"})

    def stored(self, value: Any) -> str:
        text = json.dumps(value, cls=self.encoder)
        return text if text in self.PLAIN else encryption.encrypt(text)

    def loaded(self, stored: str) -> Any:
        return json.loads(stored if stored in self.PLAIN else encryption.decrypt(stored), cls=self.decoder)


class KeyedHashField(models.CharField[Any, Any]):
    """The keyed hash of the value of the field `source`. `save`, `create` and `bulk_create` fill it in.

    If `last` is a number, only that many characters at the end of the value are hashed."""

    def __init__(self, *, source: str, last: int | None = None, **kwargs: Any) -> None:
        self.source, self.last = source, last
        super().__init__(**kwargs | {"max_length": 43, "null": True, "editable": False})

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"source": self.source, "last": self.last}

    def hash_of(self, value: str | None) -> str | None:
        return encryption.lookup_hash(value[-self.last :] if self.last else value) if value else None

    def pre_save(self, model_instance: models.Model, add: bool) -> str | None:
        hashed = self.hash_of(getattr(model_instance, self.source))
        setattr(model_instance, self.attname, hashed)
        return hashed
