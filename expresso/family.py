"""Processes that are started together, kept alive, and end together, however their parent ends."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

# Waits for its standard input to close, which the kernel does even for a parent that got kill -9,
# then ends its whole process group: servers, and the processes that they have started.
WATCHDOG = "trap '' TERM; read -r _; kill -TERM 0; sleep 5; kill -KILL 0"
PATIENCE = 10.0


@dataclass
class Member:
    name: str
    command: Sequence[str]
    options: Mapping[str, Any]
    process: subprocess.Popen[bytes]
    stop_signal: int
    started: float = field(default_factory=time.monotonic)

    @property
    def ended(self) -> bool:
        return self.process.poll() is not None

    def stop(self, *, patience: float = PATIENCE) -> None:
        """Ask, wait up to `patience` seconds, then insist."""
        if self.ended:
            return
        self.process.send_signal(self.stop_signal)
        try:
            self.process.wait(patience)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Family:
    """A process group of its own, so that Ctrl-C reaches the parent alone and it stops them in order."""

    def __init__(self) -> None:
        self.members: list[Member] = []
        # The write end stays with this process alone: no child inherits it.
        self.watchdog = subprocess.Popen(["/bin/sh", "-c", WATCHDOG], stdin=subprocess.PIPE, process_group=0)

    def start(self, name: str, command: Sequence[str], *, stop_signal: int = signal.SIGTERM, **options: Any) -> Member:
        """Start a program; `options` are those of subprocess.Popen."""
        member = Member(name, command, options, self._open(command, options), stop_signal)
        self.members.append(member)
        return member

    def restart(self, member: Member) -> None:
        member.process = self._open(member.command, member.options)
        member.started = time.monotonic()

    def stop(self) -> None:
        """Stop everything, the last started first."""
        for member in reversed(self.members):
            member.stop()
        # The watchdog, and a process whose start a signal interrupted before it became a member.
        os.killpg(self.watchdog.pid, signal.SIGKILL)
        self.watchdog.wait()
        if self.watchdog.stdin:
            self.watchdog.stdin.close()

    def _open(self, command: Sequence[str], options: Mapping[str, Any]) -> subprocess.Popen[bytes]:
        # Nobody types into a server, and one that held the terminal would be stopped for trying.
        return subprocess.Popen(command, stdin=subprocess.DEVNULL, process_group=self.watchdog.pid, **options)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


class StopAsked(BaseException):
    """SIGTERM or SIGHUP came, or the `make` that started this process is gone."""


def raise_on_signals() -> None:
    def stop(number: int, frame: object) -> None:
        raise StopAsked

    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    # A shell script starts what it puts in the background with Ctrl-C ignored.
    signal.signal(signal.SIGINT, signal.default_int_handler)


def find_program(name: str, *folders: Path | str) -> str | None:
    """Where a program is: on PATH, or in the folders that systems keep servers in."""
    places = [*os.get_exec_path(), "/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin", *map(str, folders)]
    return shutil.which(name, path=os.pathsep.join(places))
