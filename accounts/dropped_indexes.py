"""A migration operation that drops indexes while the previous release still reads and writes their tables."""

from __future__ import annotations

from typing import Any

from django.db.migrations import RunPython


def drop_indexes(*names: str) -> RunPython:
    """Return a migration operation that drops these indexes. The migration must set `atomic = False`.

    On PostgreSQL they are dropped CONCURRENTLY. A plain DROP INDEX would wait for every running statement on the table,
    and all later statements would wait behind it.

    Indexes that do not exist are skipped. For example, only PostgreSQL has the indexes whose names contain "_like",
    which Django adds for searches by prefix."""

    def drop(apps: Any, schema_editor: Any) -> None:
        concurrently = "CONCURRENTLY " if schema_editor.connection.vendor == "postgresql" else ""
        for name in names:
            schema_editor.execute(f'DROP INDEX {concurrently}IF EXISTS "{name}"')

    # Reversing the migration does not restore the indexes, because the previous release also works without them.
    return RunPython(drop, RunPython.noop)
