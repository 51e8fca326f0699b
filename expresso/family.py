"""Groups of child processes that end together, however their parent process ends."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

# Shell script that ends the servers when the parent process ends. It waits until its standard input closes, which the
# kernel does when the parent ends, even by SIGKILL. Then it sends SIGTERM, and after five seconds SIGKILL, to its
# process group. All servers, and the processes that they started, are in this group.
WATCHDOG = "trap '' TERM; read -r _; kill -TERM 0; sleep 5; kill -KILL 0"
PATIENCE = 10.0
#: If a server ends, its child processes get this many seconds to finish their requests.
ORPHANS_HAVE = 2.0
#: Missing spare processes are started only when no member was started for this many seconds. Otherwise the spares would
#: load at the same time as the members and slow them down.
SPARES_AFTER = 20.0


@dataclass
class Member:
    name: str
    command: Sequence[str]
    options: Mapping[str, Any]
    process: subprocess.Popen[bytes]
    stop_signal: int
    started: float = field(default_factory=time.monotonic)
    #: Loaded spare process that replaces this child process when it ends. Without one (None), its program is started
    #: again, which takes longer.
    spare: Spare | None = None

    @property
    def ended(self) -> bool:
        return self.process.poll() is not None

    def stop(self, *, patience: float = PATIENCE) -> None:
        """Send the stop signal, and SIGKILL if the process has not ended after `patience` seconds."""
        if self.ended:
            return
        self.process.send_signal(self.stop_signal)
        try:
            self.process.wait(patience)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


@dataclass(eq=False)
class Spare:
    """A process that stands by to replace a member (a child process of a Family) when the member ends.

    Loading the program takes many seconds on a busy machine, so the spare has loaded it in advance. It then waits on
    its standard input for the name of the member to replace. Several members can share one spare."""

    command: Sequence[str]
    options: Mapping[str, Any]
    process: subprocess.Popen[bytes] | None = None

    def tend(self, family: Family) -> None:
        if self.process is None or self.process.poll() is not None:
            self.process = family.open(self.command, dict(self.options) | {"stdin": subprocess.PIPE})

    def take(self, name: str) -> subprocess.Popen[bytes] | None:
        """Let the spare replace the member with this name. Return the spare's process; None if no spare is loaded."""
        process, self.process = self.process, None
        if process is None or process.stdin is None or process.poll() is not None:
            return None
        try:
            process.stdin.write(f"{name}\n".encode())
            process.stdin.close()
        except BrokenPipeError:
            return None
        return process


class Family:
    """Child processes, called members, in a process group of their own.

    The parent is not in that group. So Ctrl-C in the terminal reaches only the parent, which stops the members one
    after the other."""

    def __init__(self) -> None:
        self.members: list[Member] = []
        # Only this process holds the write end of the pipe, and children do not inherit it. So the pipe closes when
        # this process ends.
        self.watchdog = subprocess.Popen(["/bin/sh", "-c", WATCHDOG], stdin=subprocess.PIPE, process_group=0)

    def start(self, name: str, command: Sequence[str], *, stop_signal: int = signal.SIGTERM, **options: Any) -> Member:
        """Start a program as a member. `options` are passed to subprocess.Popen."""
        options.setdefault("env", os.environ | {"PROCESS_NAME": name})
        member = Member(name, command, options, self.open(command, options), stop_signal)
        self.members.append(member)
        return member

    def restart(self, member: Member) -> None:
        """Put a new process in the place of a member that has ended: its spare, or if none is loaded a new start of its
        program.

        End the child processes that the ended one has left behind."""
        spare = member.spare.take(member.name) if member.spare else None
        self._end_orphans(member.stop_signal)
        member.process = spare or self.open(member.command, member.options)
        member.started = time.monotonic()

    def tend_spares(self) -> None:
        """Start the spare processes that are missing. Do nothing if a member was started within the last SPARES_AFTER
        seconds."""
        if time.monotonic() - max((member.started for member in self.members), default=0.0) > SPARES_AFTER:
            for spare in {member.spare for member in self.members if member.spare}:
                spare.tend(self)

    def stop(self) -> None:
        """Stop all members, beginning with the one that was started last."""
        for member in reversed(self.members):
            member.stop()
        # Kill the whole process group. This ends the watchdog, and a process that was started but is not a member yet.
        os.killpg(self.watchdog.pid, signal.SIGKILL)
        self.watchdog.wait()
        if self.watchdog.stdin:
            self.watchdog.stdin.close()

    def _end_orphans(self, stop_signal: int) -> None:
        """End processes of the group whose parent process has ended. They would still hold the port of that parent."""
        deadline = time.monotonic() + ORPHANS_HAVE
        while orphans := self._orphans():
            for pid in orphans:
                with suppress(ProcessLookupError):
                    os.kill(pid, stop_signal if time.monotonic() < deadline else signal.SIGKILL)
            time.sleep(0.1)

    def _orphans(self) -> list[int]:
        ours = {pid: parent for pid, parent, group in _processes() if group == self.watchdog.pid}
        return [pid for pid, parent in ours.items() if parent not in ours and parent != os.getpid()]

    def open(self, command: Sequence[str], options: Mapping[str, Any]) -> subprocess.Popen[bytes]:
        """Start a process in the family's group without making it a member."""
        # No input, because servers read none. A background process that reads from the terminal would be stopped
        # (SIGTTIN).
        given: dict[str, Any] = {"stdin": subprocess.DEVNULL} | dict(options)
        return subprocess.Popen(command, process_group=self.watchdog.pid, **given)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def _processes() -> Iterator[tuple[int, int, int]]:
    """Yield (process id, parent's process id, process group) for each process that has not ended."""
    columns = ["ps", "-A", "-o", "stat=,pid=,ppid=,pgid="]
    for line in subprocess.run(columns, capture_output=True, text=True, check=True).stdout.splitlines():
        state, pid, parent, group = line.split()
        if not state.startswith("Z"):
            yield int(pid), int(parent), int(group)


class StopAsked(BaseException):
    """Raised on SIGTERM and SIGHUP, and when the `make` that started this process has ended."""


def raise_on_signals() -> None:
    def stop(number: int, frame: object) -> None:
        raise StopAsked

    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    # Set the handler of Ctrl-C explicitly, because a shell makes a program in the background ignore Ctrl-C.
    signal.signal(signal.SIGINT, signal.default_int_handler)


def find_program(name: str, *folders: Path | str) -> str | None:
    """Return the path of a program; None if it is not found. Searches PATH, `folders`, and usual folders of servers."""
    places = [*os.get_exec_path(), "/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin", *map(str, folders)]
    return shutil.which(name, path=os.pathsep.join(places))
