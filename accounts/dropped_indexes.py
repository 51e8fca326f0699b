"""Drops indexes while the release before goes on reading and writing their tables. Migrations use it."""

from __future__ import annotations

from typing import Any

from django.db.migrations import RunPython


def drop_indexes(*names: str) -> RunPython:
    """Return a migration's operation that drops the indexes with these names. The migration must set `atomic = False`.

    An ordinary DROP INDEX would wait for every statement on the table, and make each text wait behind it. Indexes whose
    name ends in "_like" exist only on PostgreSQL, where Django makes them for searches by the beginning of a text."""

    def drop(apps: Any, schema_editor: Any) -> None:
        concurrently = "CONCURRENTLY " if schema_editor.connection.vendor == "postgresql" else ""
        for name in names:
            schema_editor.execute(f'DROP INDEX {concurrently}IF EXISTS "{name}"')

    # Undone, the migration leaves the indexes out: the release before works without them as well.
    return RunPython(drop, RunPython.noop)
