"""Tests of the indexes on the tables that grow with every order and text."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import connection, models

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("app", ["orders", "sms"])
def test_no_index_begins_like_another_one_of_its_table(app: str) -> None:
    """No index has the same columns as the beginning of another index of the table.

    Such an index is useless: queries can use the longer one, and each new row has to be written to both."""
    found = [name for model in apps.get_app_config(app).get_models() for name in _needless(model)]

    assert found == []


def _needless(model: type[models.Model]) -> Iterator[str]:
    table = model._meta.db_table
    # Leave out partial indexes. They are smaller, and so can be quicker than an index of all rows with the same
    # columns.
    partial = {each.name for each in (*model._meta.indexes, *model._meta.constraints) if getattr(each, "condition", 0)}
    with connection.cursor() as cursor:
        constraints = connection.introspection.get_constraints(cursor, table)
    indexes = {
        name: each
        for name, each in constraints.items()
        if name not in partial and (each["index"] or each["unique"]) and all(each["columns"] or [None])
    }
    for name, each in indexes.items():
        columns = each["columns"]
        for other, longer in indexes.items():
            if name != other and not each["unique"] and longer["columns"][: len(columns)] == columns:
                yield f"{table}: {name} begins like {other}"
