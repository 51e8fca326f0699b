"""Reads and writes model instances by hand-written SQL. Values are converted by the ORM's own field code.

Only the few statements that every incoming text needs are written by hand, because Django takes longer to build them
than the database takes to run them. The columns come from the model, so a migration also changes these statements, and
encrypted fields stay encrypted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from operator import attrgetter
from typing import Any, Final, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from django.db.models.expressions import DatabaseDefault

M = TypeVar("M", bound=models.Model)
Field = models.Field[Any, Any]
#: A function that converts a value from the database driver to its Python value.
Convert = Callable[[Any], Any]
#: A function that returns a field's value for the database driver, given a model instance and a database connection.
Writer = Callable[[Any, Any], Any]


#: Whether the database is PostgreSQL. Determined once, because each access to Django's `connection` proxy makes six
#: function calls.
IS_POSTGRES: Final = connection.vendor == "postgresql"


def execute(sql: str, params: Any) -> Any:
    """Run a statement, and return the cursor. On PostgreSQL the statement is prepared once for each connection."""
    database: Any = connections[DEFAULT_DB_ALIAS]
    # On SQLite nothing has to be prepared, because its driver itself caches compiled statements.
    cursor = database.prepared_cursor() if IS_POSTGRES else database.cursor()
    cursor.execute(sql, params)
    return cursor


def fetch_all(sql: str, params: Any) -> list[tuple[Any, ...]]:
    """Run a statement that returns rows, and return all of them."""
    rows: list[tuple[Any, ...]] = execute(sql, params).fetchall()
    return rows


class Columns(Generic[M]):
    """The columns of a model, for a SELECT statement. `instance` makes a model instance from a selected row."""

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
        return self.model.from_db(DEFAULT_DB_ALIAS, self._names, converted)

    @cached_property
    def _converted(self) -> list[tuple[int, Convert]]:
        return [(place, convert) for place, field in enumerate(self.fields) if (convert := reader_of(field))]


def field_of(model: type[models.Model], name: str) -> Field:
    return next(field for field in model._meta.concrete_fields if field.name == name)


def reader_of(field: Field) -> Convert | None:
    """Return a function that converts this field's values from the database to Python, as the ORM does; None if they
    need no conversion."""
    expression = field.get_col(field.model._meta.db_table)
    converters = [*connection.ops.get_db_converters(expression), *field.get_db_converters(connection)]
    if not converters:
        return None

    def convert(value: Any) -> Any:
        for each in converters:
            value = each(value, expression, connection)
        return value

    return convert


#: Types of fields whose values need no conversion for the database driver.
_PLAIN = (
    *(models.BooleanField, models.CharField, models.TextField, models.ForeignKey),
    *(models.IntegerField, models.PositiveIntegerField, models.PositiveSmallIntegerField, models.BigIntegerField),
)


class Insert(Generic[M]):
    """An INSERT statement for complete rows of a model. The database assigns the primary key."""

    def __init__(self, model: type[M]) -> None:
        self.model = model
        self.fields = {str(field.column): field for field in model._meta.concrete_fields if not field.primary_key}
        self.into = f"INSERT INTO {model._meta.db_table} ({', '.join(self.fields)}) VALUES"
        self.row = self.row_with()
        self._sql = f"{self.into} {self.row}"

    def __str__(self) -> str:
        return self._sql

    def row_with(self, **expressions: str) -> str:
        """Return the placeholders of one row, such as "(%s, %s)".

        `expressions` has SQL for some columns, which is used instead of a placeholder:
        `row_with(order_id="(SELECT id FROM placed)")`."""
        return f"({', '.join(expressions.get(column, '%s') for column in self.fields)})"

    def values(self, row: M, *, without: str = "") -> list[Any]:
        """Return the values for the placeholders of a row. `without` is a column that has SQL instead of a
        placeholder."""
        database = connections[DEFAULT_DB_ALIAS]
        return [
            write(row, database) if write else get(row) for column, get, write in self._prepared if column != without
        ]

    @cached_property
    def _prepared(self) -> list[tuple[str, Convert, Writer | None]]:
        return [(column, attrgetter(field.attname), _writer_of(field)) for column, field in self.fields.items()]


class Update(Generic[M]):
    """An UPDATE statement for some columns of one row. The row is found by its primary key."""

    def __init__(self, model: type[M], *names: str) -> None:
        self.model = model
        self.fields = [field_of(model, name) for name in names]
        columns = ", ".join(f"{field.column} = %s" for field in self.fields)
        self._sql = f"UPDATE {model._meta.db_table} SET {columns} WHERE id = %s"

    def __str__(self) -> str:
        return self._sql

    def values(self, row: M) -> list[Any]:
        database = connections[DEFAULT_DB_ALIAS]
        return [*[write(row, database) if write else get(row) for get, write in self._prepared], row.pk]

    @cached_property
    def _prepared(self) -> list[tuple[Convert, Writer | None]]:
        return [(attrgetter(field.attname), _writer_of(field)) for field in self.fields]


def _writer_of(field: Field) -> Writer | None:
    """Return a function that takes a model instance and a database connection, and returns this field's value for the
    database driver. Return None if the attribute's value can be used as it is."""
    if field.has_db_default() and not field.has_default():
        # If the attribute was not set, write the value of `db_default`. The ORM would write the word DEFAULT, which
        # SQLite does not accept in VALUES.
        return lambda row, _database: _or_default(getattr(row, field.attname), field)
    if type(field) in _PLAIN:
        return None
    if type(field) is models.DateTimeField and not (field.auto_now or field.auto_now_add):
        # This gives the same result as the field's own conversion, which makes a dozen calls for each of an order's
        # eight datetimes.
        return None if IS_POSTGRES else lambda row, db: db.ops.adapt_datetimefield_value(getattr(row, field.attname))
    return lambda row, database: field.get_db_prep_save(field.pre_save(row, add=True), database)


def _or_default(value: Any, field: Field) -> Any:
    return field.db_default if isinstance(value, DatabaseDefault) else value
