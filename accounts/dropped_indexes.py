"""A migration operation that drops indexes while the previous release still reads and writes their tables."""

from __future__ import annotations

from typing import Any

from django.db.migrations import RunPython


def drop_indexes(*names: str) -> RunPython:
    """Return a migration operation that drops these indexes. The migration must set `atomic = False`.

    The indexes are dropped concurrently. An ordinary DROP INDEX waits for every statement on the table, and makes later
    statements wait. Indexes with names in "_like" exist only on PostgreSQL, where Django adds them for searches by
    prefix."""

    def drop(apps: Any, schema_editor: Any) -> None:
        concurrently = "CONCURRENTLY " if schema_editor.connection.vendor == "postgresql" else ""
        for name in names:
            schema_editor.execute(f'DROP INDEX {concurrently}IF EXISTS "{name}"')

    # Reversing the migration does not restore the indexes, because the previous release also works without them.
    return RunPython(drop, RunPython.noop)
