"""Prevents a second web process when there is no Redis, because it would not notice changes by the first one."""

from __future__ import annotations

import fcntl
import sys
from pathlib import Path
from typing import IO

_held: IO[str] | None = None


def hold_single_process_lock(folder: Path) -> None:
    """Lock the file `web.lock` until this process ends. If another process holds the lock, exit with a message.

    The kernel releases the lock when the process ends, even after a crash, so nothing has to be cleaned up."""
    global _held
    if _held:
        return
    folder.mkdir(parents=True, exist_ok=True)
    handle = (folder / "web.lock").open("w")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        sys.exit(
            f"Expresso cannot start: another web process already runs on {folder}. Without Redis there can be"
            " only one, or its boards would miss orders. Stop the other one, or set REDIS_URL."
        )
    _held = handle
