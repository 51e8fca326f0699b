"""Functions of the launchers (`make run`, `make run-full`): wait for a server, restart processes, report errors."""

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

#: Seconds within which a server must answer. Its first start creates all tables, which can take a minute.
READY_WITHIN = 180.0
TICK = 0.2


def task_worker() -> list[str]:
    return [sys.executable, str(machine.BASE_DIR / "manage.py"), "work"]


def wait_until_answering(member: Member, port: int) -> None:
    """Wait until the member, a server process, answers an HTTP request. Raise CannotStart if this takes too long.

    If the member ends instead, exit with its exit code. The member has printed the reason by then."""
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
    """Restart each member that ends, until this process is asked to stop."""
    parent = os.getppid()
    while True:
        for member in family.members:
            if member.ended:
                print(f"The {member.name} ended (code {member.process.returncode}); it is started again.")
                if time.monotonic() - member.started < 5:
                    time.sleep(2)  # otherwise a process that fails at its start would be started without a pause
                family.restart(member)
        family.tend_spares()
        # Stop if `make` has ended, because a `make` that was killed could not pass its signal on to this process.
        if env.text("MAKELEVEL", "") and os.getppid() != parent:
            raise StopAsked
        time.sleep(TICK)


def guarded(start: Callable[[], None]) -> None:
    """Run a launcher until it ends or is stopped by a signal. A signal is a normal end.

    If the launcher cannot start, print one sentence about the reason and exit with code 1."""
    raise_on_signals()
    # Make files that Expresso writes readable only for its own account.
    os.umask(0o077)
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    # Change the folder, because programs started with `python -m` find the project in the current folder.
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
