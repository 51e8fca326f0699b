"""Read and insert model instances by SQL that is written out, through the same field code as the ORM's.

For the few statements that every text waits for: Django takes longer to build them than the database to answer them.
Columns are those of the model, so a migration changes the statements too, and encrypted fields stay encrypted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from operator import attrgetter
from typing import Any, Generic, TypeVar

from django.db import connection, models
from django.db.models.expressions import DatabaseDefault

M = TypeVar("M", bound=models.Model)
Field = models.Field[Any, Any]
#: Makes Python's value of the driver's.
Convert = Callable[[Any], Any]


def fetch_all(sql: str, params: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall() if cursor.description else []


class Columns(Generic[M]):
    """All columns of a model in a SELECT, and the instance that their values make."""

    def __init__(self, model: type[M], *, alias: str) -> None:
        self.model = model
        self.fields = model._meta.concrete_fields
        self._names = [field.attname for field in self.fields]
        self._sql = ", ".join(f"{alias}.{field.column}" for field in self.fields)

    def __str__(self) -> str:
        return self._sql

    def __len__(self) -> int:
        return len(self.fields)

    def instance(self, values: Sequence[Any]) -> M:
        converted = list(values)
        for place, convert in self._converted:
            converted[place] = convert(converted[place])
        return self.model.from_db(connection.alias, self._names, converted)

    @cached_property
    def _converted(self) -> list[tuple[int, Convert]]:
        return [(place, convert) for place, field in enumerate(self.fields) if (convert := reader_of(field))]


def field_of(model: type[models.Model], name: str) -> Field:
    return next(field for field in model._meta.concrete_fields if field.name == name)


def reader_of(field: Field) -> Convert | None:
    """The function by which the ORM converts a value of this field from the database; None if it converts nothing."""
    expression = field.get_col(field.model._meta.db_table)
    converters = [*connection.ops.get_db_converters(expression), *field.get_db_converters(connection)]
    if not converters:
        return None

    def convert(value: Any) -> Any:
        for each in converters:
            value = each(value, expression, connection)
        return value

    return convert


#: The driver takes the values of these fields as they are.
_PLAIN = (
    *(models.BooleanField, models.CharField, models.TextField, models.ForeignKey),
    *(models.IntegerField, models.PositiveIntegerField, models.PositiveSmallIntegerField, models.BigIntegerField),
)


class Insert(Generic[M]):
    """The INSERT of whole rows of a model, whose primary key the database gives."""

    def __init__(self, model: type[M]) -> None:
        self.model = model
        self.fields = {str(field.column): field for field in model._meta.concrete_fields if not field.primary_key}
        self.into = f"INSERT INTO {model._meta.db_table} ({', '.join(self.fields)}) VALUES"
        self.row = self.row_with()
        self._sql = f"{self.into} {self.row}"

    def __str__(self) -> str:
        return self._sql

    def row_with(self, **expressions: str) -> str:
        """The placeholders of a row, with SQL in the place of some columns' values."""
        return f"({', '.join(expressions.get(column, '%s') for column in self.fields)})"

    def values(self, row: M, *, without: str = "") -> list[Any]:
        """The row's values, except that of one column."""
        return [prepare(row) for column, prepare in self._prepared if column != without]

    @cached_property
    def _prepared(self) -> list[tuple[str, Callable[[M], Any]]]:
        return [(column, _writer_of(field)) for column, field in self.fields.items()]


class Update(Generic[M]):
    """The UPDATE of some columns of a row, found by its primary key."""

    def __init__(self, model: type[M], *names: str) -> None:
        self.model = model
        self.fields = [field_of(model, name) for name in names]
        columns = ", ".join(f"{field.column} = %s" for field in self.fields)
        self._sql = f"UPDATE {model._meta.db_table} SET {columns} WHERE id = %s"

    def __str__(self) -> str:
        return self._sql

    def values(self, row: M) -> list[Any]:
        return [*(prepare(row) for prepare in self._prepared), row.pk]

    @cached_property
    def _prepared(self) -> list[Callable[[M], Any]]:
        return [_writer_of(field) for field in self.fields]


def _writer_of(field: Field) -> Callable[[Any], Any]:
    if field.has_db_default() and not field.has_default():
        # The ORM writes DEFAULT, and SQLite knows no DEFAULT among values.
        return lambda row: _or_default(getattr(row, field.attname), field)
    if type(field) in _PLAIN:
        return attrgetter(field.attname)
    return lambda row: field.get_db_prep_save(field.pre_save(row, add=True), connection)


def _or_default(value: Any, field: Field) -> Any:
    return field.db_default if isinstance(value, DatabaseDefault) else value
