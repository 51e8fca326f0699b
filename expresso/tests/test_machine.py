from __future__ import annotations

import json
import os
import socket
import stat
import subprocess
import sys
import time
from pathlib import Path
from unittest.mock import patch

import pytest

from expresso import family as family_module
from expresso import machine
from expresso.family import Family, Spare


def test_a_tablet_may_use_every_address_of_this_machine_and_nobody_any_name() -> None:
    names = machine.host_names()

    assert {"localhost", "127.0.0.1", socket.gethostname().lower(), *machine.addresses()} <= set(names)
    assert "*" not in names


def test_no_address_is_loopback_or_twice() -> None:
    addresses = machine.addresses()

    assert len(set(addresses)) == len(addresses)
    assert not [address for address in addresses if address.startswith("127.")]


def test_settings_that_are_given_stay_and_the_others_are_filled_in(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("SECRET_KEY", "ENCRYPTION_KEYS", "ALLOWED_HOSTS", "LOG_FORMAT"):
        monkeypatch.setenv(name, "")
    monkeypatch.setenv("VAR_DIR", str(tmp_path))
    monkeypatch.setenv("PUBLIC_URL", "https://coffee.example.org")
    with socket.socket() as free:
        free.bind(("0.0.0.0", 0))
        port = free.getsockname()[1]
    monkeypatch.setenv("PORT", str(port))

    assert machine.environment() == port
    assert os.environ["PUBLIC_URL"] == "https://coffee.example.org"
    assert os.environ["ALLOWED_HOSTS"].split(",") == machine.host_names()
    assert os.environ["SECRET_KEY"] == (tmp_path / "secret_key").read_text()
    assert os.environ["ENCRYPTION_KEYS"] == (tmp_path / "encryption_key").read_text()


def test_phones_are_given_an_address_that_they_can_reach(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("PUBLIC_URL", "TWILIO_ACCOUNT_SID"):
        monkeypatch.setenv(name, "")
    monkeypatch.setenv("VAR_DIR", str(tmp_path))
    monkeypatch.setenv("PORT", "18001")
    monkeypatch.setattr(machine, "addresses", lambda: ["192.168.7.5", "10.0.0.1"])

    machine.environment_of_commands()

    assert os.environ["PUBLIC_URL"] == "http://192.168.7.5:18001"


def test_twilio_needs_an_address_on_the_internet(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PUBLIC_URL", "")
    monkeypatch.setenv("TWILIO_ACCOUNT_SID", "AC0")
    monkeypatch.setenv("VAR_DIR", str(tmp_path))

    with pytest.raises(machine.CannotStart, match="PUBLIC_URL is not set, so Twilio could not reach Expresso"):
        machine.environment()


def test_other_accounts_can_neither_enter_the_data_folder_nor_read_a_file_in_it(tmp_path: Path) -> None:
    folder = tmp_path / "var"
    folder.mkdir(mode=0o755)
    database = folder / "expresso.sqlite3"
    database.touch(0o644)

    made = manage("migrate", "--plan", VAR_DIR=str(folder))

    assert made.returncode == 0, made.stderr
    assert {path.name: stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {
        path.name: 0o700 if path.is_dir() else 0o600 for path in folder.iterdir()
    }
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    "live",
    [
        {"PUBLIC_URL": "https://coffee.example.org"},
        {
            "PUBLIC_URL": "http://localhost",
            "TWILIO_ACCOUNT_SID": "AC0",
            "TWILIO_AUTH_TOKEN": "t0ken",
            "TWILIO_NUMBER": "+15555550100",
        },
    ],
    ids=["https", "twilio"],
)
def test_debug_pages_are_refused_where_strangers_could_see_them(tmp_path: Path, live: dict[str, str]) -> None:
    ran = manage("check", VAR_DIR=str(tmp_path), DEBUG="1", **live)

    assert ran.returncode == 1
    assert ran.stderr.startswith("Expresso cannot start: DEBUG shows settings and code to strangers.")


@pytest.mark.parametrize(
    ("asked", "header"),
    [("", "(False, False)"), ("subdomains", "(True, False)"), ("preload", "(True, True)")],
)
def test_other_sites_of_the_domain_are_bound_to_https_only_if_asked(tmp_path: Path, asked: str, header: str) -> None:
    code = (
        "from django.conf import settings as s;"
        "assert s.SECURE_HSTS_SECONDS; print((s.SECURE_HSTS_INCLUDE_SUBDOMAINS, s.SECURE_HSTS_PRELOAD))"
    )

    ran = manage("shell", "-v", "0", "-c", code, VAR_DIR=str(tmp_path), HSTS=asked, PUBLIC_URL="https://example.org")

    assert ran.stdout.strip() == header, ran.stderr


@pytest.mark.parametrize(("asked", "mode"), [("", "2"), ("normal", "1")], ids=["default", "normal"])
def test_an_answered_text_is_on_the_disk_unless_speed_is_asked_for(tmp_path: Path, asked: str, mode: str) -> None:
    code = "from django.db import connection as c; print(c.cursor().execute('PRAGMA synchronous').fetchone()[0])"

    ran = manage("shell", "-v", "0", "-c", code, VAR_DIR=str(tmp_path), SQLITE_SYNCHRONOUS=asked)

    assert ran.stdout.strip() == mode, ran.stderr


def test_a_key_that_a_killed_start_left_empty_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "secret_key").touch(0o600)

    key = machine.secret_key(tmp_path / "secret_key")

    assert len(key) >= 50
    assert machine.secret_key(tmp_path / "secret_key") == key
    assert [file.name for file in tmp_path.iterdir()] == ["secret_key"]


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run manage.py with only PATH and these variables in its environment."""
    command = [sys.executable, str(machine.BASE_DIR / "manage.py"), *arguments]
    said = '{"text": "large oat latte"}\n'
    given = {"PATH": os.environ["PATH"], **environment}
    return subprocess.run(command, env=given, input=said, capture_output=True, text=True, check=False)


def test_a_command_needs_no_setting_where_make_run_needs_none(tmp_path: Path) -> None:
    menu = str(machine.BASE_DIR / "expresso" / "demo" / "menu.yaml")

    ran = manage("understand", "--menu", menu, VAR_DIR=str(tmp_path))

    assert (ran.returncode, ran.stderr) == (0, "")
    assert json.loads(ran.stdout)["items"][0]["drink"] == "Latte"
    assert not (tmp_path / "expresso.sqlite3").exists()


def test_a_command_of_a_deployment_names_the_setting_that_is_missing(tmp_path: Path) -> None:
    ran = manage("check", VAR_DIR=str(tmp_path), DATABASE_URL="postgres://expresso@localhost/expresso")

    assert ran.returncode == 1
    assert ran.stderr.startswith("Expresso cannot start: SECRET_KEY is not set.")


def test_a_member_that_ignores_the_request_to_end_is_made_to() -> None:
    deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True); time.sleep(600)"
    with Family() as family:
        member = family.start("deaf", [sys.executable, "-c", deaf], stdout=subprocess.PIPE)
        assert member.process.stdout
        member.process.stdout.readline()

        member.stop(patience=0.2)

        assert member.ended
        member.process.stdout.close()


def test_what_a_member_has_started_ends_with_the_family() -> None:
    forks = "import subprocess; print(subprocess.Popen(['sleep', '60']).pid, flush=True)"
    with Family() as family:
        member = family.start("forks", [sys.executable, "-c", forks], stdout=subprocess.PIPE)
        assert member.process.stdout
        orphan = int(member.process.stdout.readline())
        os.kill(orphan, 0)
        member.process.stdout.close()

    deadline = time.monotonic() + 5
    while _runs(orphan):
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_children_of_a_member_that_was_killed_have_ended_when_it_is_started_again() -> None:
    forks = "import subprocess; print(subprocess.Popen(['sleep', '60']).pid, flush=True); import time; time.sleep(600)"
    with Family() as family:
        other = family.start("other", ["sleep", "60"])
        member = family.start("forks", [sys.executable, "-c", forks], stdout=subprocess.PIPE)
        assert member.process.stdout
        orphan = int(member.process.stdout.readline())
        member.process.kill()
        member.process.wait()
        member.process.stdout.close()

        family.restart(member)

        assert not _runs(orphan)
        assert not member.ended
        assert not other.ended
        assert member.process.stdout.readline()
        member.process.stdout.close()


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    # On Linux an ended process remains as a zombie (state Z) until its parent waits for it.
    state = Path(f"/proc/{pid}/stat")
    return not state.exists() or state.read_text().rpartition(")")[2].split()[0] != "Z"


SPARE = "import sys, time; print('took', sys.stdin.readline().strip(), flush=True); time.sleep(600)"


def test_a_spare_takes_the_place_of_a_member_that_ends_and_is_followed_by_another() -> None:
    with patch.object(family_module, "SPARES_AFTER", -1.0), Family() as family:
        member = family.start("one", ["sleep", "60"])
        other = family.start("two", ["sleep", "60"])
        member.spare = other.spare = spare = Spare([sys.executable, "-c", SPARE], {"stdout": subprocess.PIPE})
        family.tend_spares()
        waiting = spare.process
        for each in (member, other):
            each.process.kill()
            each.process.wait()

        family.restart(member)
        family.restart(other)
        family.tend_spares()

        assert member.process is waiting
        assert member.process.stdout
        assert member.process.stdout.readline() == b"took one\n"
        # There was only one spare process, so the second member is started as a new process.
        assert other.process.args == ["sleep", "60"]
        assert spare.process is not None
        assert spare.process is not waiting
        for process in (member.process, spare.process):
            assert process.stdout
            process.stdout.close()


def test_a_spare_that_was_killed_takes_no_place() -> None:
    with patch.object(family_module, "SPARES_AFTER", -1.0), Family() as family:
        member = family.start("one", ["sleep", "60"])
        member.spare = Spare(["sleep", "60"], {})
        family.tend_spares()
        for process in (member.process, member.spare.process):
            assert process
            process.kill()
            process.wait()

        family.restart(member)

        assert not member.ended


def test_spares_are_loaded_when_members_have_had_the_machine_to_themselves() -> None:
    with Family() as family:
        member = family.start("one", ["sleep", "60"])
        member.spare = Spare(["sleep", "60"], {})

        family.tend_spares()
        at_once = member.spare.process
        member.started -= family_module.SPARES_AFTER
        family.tend_spares()

        assert at_once is None
        assert member.spare.process is not None
