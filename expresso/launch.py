"""Helpers of the launchers: wait for a server, restart members that end, and report errors in one sentence."""

from __future__ import annotations

import http.client
import os
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path

from expresso import env, machine
from expresso.family import Family, Member, StopAsked, raise_on_signals

#: Seconds within which a server must answer. The first start creates all tables, which may take a minute.
READY_WITHIN = 180.0
TICK = 0.2


def task_worker() -> list[str]:
    return [sys.executable, str(machine.BASE_DIR / "manage.py"), "work"]


def wait_until_answering(member: Member, port: int) -> None:
    """Return once the member answers HTTP with any status.

    If the member ends instead, exit with its code. It has printed the reason by then."""
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline:
        if member.ended:
            sys.exit(member.process.returncode or 1)
        connection = http.client.HTTPConnection(machine.LOOPBACK, port, timeout=5)
        try:
            connection.request("GET", "/health/live")
            connection.getresponse()
            return
        except OSError:
            time.sleep(0.05)
        finally:
            connection.close()
    raise machine.CannotStart(f"the {member.name} did not answer on port {port} within {READY_WITHIN:.0f} s.")


def watch(family: Family) -> None:
    """Restart members that end, until this process is told to stop."""
    parent = os.getppid()
    while True:
        for member in family.members:
            if member.ended:
                print(f"The {member.name} ended (code {member.process.returncode}); it is started again.")
                if time.monotonic() - member.started < 5:
                    time.sleep(2)  # a member that fails at once must not keep the machine busy
                family.restart(member)
        family.tend_spares()
        # A `make` that was killed could not pass its signal on to this process.
        if env.text("MAKELEVEL", "") and os.getppid() != parent:
            raise StopAsked
        time.sleep(TICK)


def guarded(start: Callable[[], None]) -> None:
    """Run a launcher. If it cannot start, print one sentence and exit with 1. A signal to stop is no error."""
    raise_on_signals()
    # Files that Expresso writes can be read only by its own account.
    os.umask(0o077)
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    # Programs that are started with `python -m` find the project in the current folder.
    os.chdir(machine.BASE_DIR)
    try:
        start()
    except env.EnvError as error:
        env.refuse(error)
    except machine.CannotStart as error:
        sys.exit(f"Expresso cannot start: {error}")
    except (KeyboardInterrupt, StopAsked):
        print("\nExpresso has stopped.")
    finally:
        shutil.rmtree(env.metrics_folder(Path(env.text("VAR_DIR", str(machine.BASE_DIR / "var")))), ignore_errors=True)
