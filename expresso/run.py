"""`make run`: everything on this machine with one command, in the foreground until Ctrl-C.

One Daphne process answers pages, texts and sockets; one worker sends the texts that Expresso starts."""

from __future__ import annotations

import http.client
import os
import sys
import time
from collections.abc import Callable

from expresso import env, prepare, single
from expresso.family import Family, Member, StopAsked, raise_on_signals
from expresso.prepare import CannotStart

EVERYWHERE = "0.0.0.0"  # noqa: S104 - tablets and phones come by the local network
READY_WITHIN = 60.0
TICK = 0.2


def daphne(*, host: str, port: int) -> list[str]:
    # Its own access log would carry paths, and with them customers' tracking tokens.
    quiet = ["--verbosity", "0"]
    return [sys.executable, "-m", "daphne", *quiet, "-b", host, "-p", str(port), "expresso.asgi:application"]


def task_worker() -> list[str]:
    manage = str(prepare.BASE_DIR / "manage.py")
    return [sys.executable, manage, "db_worker", "--interval", "0.2", "--no-startup-delay", "--no-reload"]


def wait_until_answering(member: Member, port: int) -> None:
    """Return once HTTP is answered, whatever the answer: /health says how things stand."""
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline:
        if member.ended:
            raise CannotStart(f"the {member.name} ended before it answered; what it said stands above.")
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", "/health/live")
            connection.getresponse()
            return
        except OSError:
            time.sleep(0.05)
        finally:
            connection.close()
    raise CannotStart(f"the {member.name} did not answer on port {port} within {READY_WITHIN:.0f} s.")


def watch(family: Family) -> None:
    """Start again whatever ends, for as long as nobody says stop."""
    parent = os.getppid()
    while True:
        for member in family.members:
            if member.ended:
                print(f"The {member.name} ended (code {member.process.returncode}); it is started again.")
                if time.monotonic() - member.started < 5:
                    time.sleep(2)  # it fails at once: do not burn the machine
                family.restart(member)
        # A killed `make` cannot pass the signal on.
        if env.text("MAKELEVEL", "") and os.getppid() != parent:
            raise StopAsked
        time.sleep(TICK)


def guarded(start: Callable[[], None]) -> None:
    """Run a launcher: a refusal is one sentence and exit code 1, being stopped is no error."""
    raise_on_signals()
    sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    # `python -m` puts the current folder on the path; the programs started here look in it, too.
    os.chdir(prepare.BASE_DIR)
    try:
        start()
    except env.EnvError as error:
        env.refuse(error)
    except CannotStart as error:
        sys.exit(f"Expresso cannot start: {error}")
    except (KeyboardInterrupt, StopAsked):
        print("\nExpresso has stopped.")


def start() -> None:
    prepare.environment()
    port = prepare.free_port(env.integer("PORT", 8000))
    import django

    django.setup()
    from django.conf import settings

    if not settings.REDIS_URL:
        single.hold_single_process_lock(settings.VAR_DIR)
    prepare.database()
    prepare.static_files()
    # From here on the web process holds it.
    single.release_single_process_lock()
    with Family() as family:
        family.start("task worker", task_worker())
        web = family.start("web process", daphne(host=EVERYWHERE, port=port))
        wait_until_answering(web, port)
        from expresso.welcome import welcome

        print(welcome(port))
        watch(family)


if __name__ == "__main__":
    guarded(start)
