from __future__ import annotations

import sqlite3

from django.db import InterfaceError, OperationalError


def database_is_away(error: BaseException | None) -> bool:
    """Return whether the error means that the database cannot be reached, or is locked by another process.

    SQLite also raises OperationalError for a wrong statement or a missing table. For these, return False."""
    wrong = getattr(error.__cause__, "sqlite_errorcode", None) == sqlite3.SQLITE_ERROR if error else False
    return isinstance(error, OperationalError | InterfaceError) and not wrong
