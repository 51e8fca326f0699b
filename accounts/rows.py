"""Model instances read by SQL that is written out, through the same field code as the ORM's.

For the few statements that every text waits for: Django takes longer to build them than the database to answer them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db import connection, models

M = TypeVar("M", bound=models.Model)
Convert = Callable[[Any, Any, Any], Any]


class Columns(Generic[M]):
    """All columns of a model in a SELECT, and the instance that their values make.

    A column that a migration adds is in the next statement, and converted like the ORM converts it."""

    def __init__(self, model: type[M], *, alias: str) -> None:
        self.model, self.alias = model, alias
        self.fields = model._meta.concrete_fields
        self._names = [field.attname for field in self.fields]

    def __str__(self) -> str:
        return ", ".join(f"{self.alias}.{field.column}" for field in self.fields)

    def __len__(self) -> int:
        return len(self.fields)

    def instance(self, values: Sequence[Any]) -> M:
        converted = list(values)
        for place, expression, converters in self._converted:
            for convert in converters:
                converted[place] = convert(converted[place], expression, connection)
        return self.model.from_db(connection.alias, self._names, converted)

    @cached_property
    def _converted(self) -> list[tuple[int, Any, list[Convert]]]:
        """Place, expression and converters of each column that the driver does not return as Python's value."""
        found = []
        for place, field in enumerate(self.fields):
            expression = field.get_col(self.model._meta.db_table)
            converters = [*connection.ops.get_db_converters(expression), *field.get_db_converters(connection)]
            if converters:
                found.append((place, expression, converters))
        return found
