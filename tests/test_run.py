"""`make run` as a user sees it: it starts, refuses bad settings with one sentence, and leaves no process behind."""

from __future__ import annotations

import os
import re
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from expresso.machine import BASE_DIR
from tests import deployment
from tests.deployment import Deployment, processes, until
from tests.run import DEPLOYMENT
from tests.servers import free_port

pytestmark = pytest.mark.timeout(120)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the data folder of all tests of this file. After the first start, later starts in it are faster."""
    return tmp_path_factory.mktemp("run")


@pytest.fixture
def site(folder: Path) -> Iterator[Deployment]:
    """Yield a running deployment that the test is allowed to stop and kill."""
    with deployment.running(deployment.default(folder)) as running:
        yield running


def launch(folder: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run the launcher until it exits, and return its exit code and output."""
    inherited = {name: value for name, value in os.environ.items() if name not in DEPLOYMENT}
    return subprocess.run(
        [sys.executable, "-m", "expresso.run"],
        cwd=BASE_DIR,
        env=inherited | {"PORT": str(free_port()), "VAR_DIR": str(folder)} | settings,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def refusal(result: subprocess.CompletedProcess[str]) -> str:
    """Return the sentence with which the launcher refused to start. Check that it printed nothing else."""
    assert result.returncode != 0
    assert result.stdout == ""
    (sentence,) = result.stderr.splitlines()
    return sentence.removeprefix("Expresso cannot start: ")


def test_it_says_where_to_go_and_who_to_be(default_deployment: Deployment) -> None:
    said = default_deployment.said()

    for page in ("/", "/stations/bar-1/", "/stations/bar-2/", "/events/demo/wall/", "/simulator/", "/admin/"):
        assert f"{default_deployment.url}{page}\n" in said
    assert not re.search("method=GET .*route=/simulator/phones/", said)
    logins = said.partition("Sign in as\n")[2].partition("\n\n")[0].splitlines()
    assert [line.split()[-1] for line in logins] == [
        "admin",
        "organizer",
        "barista",
        "barista",
        "support",
        "display",
    ]


def test_static_files_are_served_under_hashed_names_for_ever(default_deployment: Deployment) -> None:
    with urlopen(f"{default_deployment.url}/accounts/login/") as answer:
        page = answer.read().decode()
    name = page.partition('href="/static/css/')[2].partition('"')[0]

    with urlopen(f"{default_deployment.url}/static/css/{name}") as answer:
        assert answer.headers["Cache-Control"] == "max-age=315360000, public, immutable"


def test_a_second_web_process_on_the_same_data_refuses_to_start(default_deployment: Deployment) -> None:
    sentence = refusal(launch(default_deployment.folder))

    assert sentence.startswith("another web process already runs on")
    assert "set REDIS_URL" in sentence
    assert default_deployment.health() == 200


def test_a_taken_port_is_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("0.0.0.0", 0))
        other.listen()
        port = other.getsockname()[1]

        sentence = refusal(launch(tmp_path, PORT=str(port)))

    assert sentence.startswith(f"port {port} is taken by another program.")


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("PORT", "http", "PORT is 'http'; give a whole number from 1 up, such as 8000."),
        ("PORT", "70000", "PORT is 70000; give a number from 1 to 65535."),
        ("LOG_FORMAT", "xml", "LOG_FORMAT is 'xml'; give one of json, console."),
        ("SECRET_KEY", "short", "SECRET_KEY is too short; give at least 32 random characters."),
        (
            "TWILIO_AUTH_TOKEN",
            "t0ken",
            "TWILIO_ACCOUNT_SID, TWILIO_NUMBER not set; set TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN,"
            " TWILIO_NUMBER together, or none of them.",
        ),
    ],
)
def test_a_broken_setting_is_one_sentence(tmp_path: Path, name: str, value: str, sentence: str) -> None:
    assert refusal(launch(tmp_path, **{name: value})) == sentence


def test_a_data_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path) -> None:
    # Put a file where the folder should be. Permissions would not help, because root can write into any folder.
    var = tmp_path / "var"
    var.write_text("")

    assert refusal(launch(var)).startswith(f"the data folder {var} cannot be written")


def test_a_database_file_that_is_none_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "expresso.sqlite3").write_text("not a database " * 100)

    assert refusal(launch(tmp_path)) == "the database cannot be used: file is not a database"


def test_the_key_is_made_once_and_for_its_owner_alone(site: Deployment) -> None:
    file = site.folder / "secret_key"
    first = file.read_text()

    site.stop()
    site.start()

    assert len(first) >= 50
    assert file.read_text() == first
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_passwords_are_printed_at_the_first_start_alone(default_deployment: Deployment, site: Deployment) -> None:
    first, said = default_deployment, len(site.said())
    site.stop()
    site.start()

    passwords = [line.split()[1] for line in (site.folder / "demo-logins.txt").read_text().splitlines()]
    assert first.password_of("maya") in first.said()
    assert [password for password in passwords if password in site.said()[said:]] == []
    assert f"the passwords are in {site.folder / 'demo-logins.txt'}." in site.said()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_being_stopped_ends_everything_and_is_no_error(site: Deployment, number: int) -> None:
    launcher = launcher_of(site)
    assert worker_of(site)

    launcher.send_signal(number)

    assert launcher.wait(20) == 0
    assert processes(launcher.pid) == {}
    assert site.said().endswith("Expresso has stopped.\n")


def test_kill_9_of_the_launcher_leaves_no_process_and_the_next_start_works(site: Deployment) -> None:
    launcher = launcher_of(site)
    assert worker_of(site)

    launcher.kill()
    launcher.wait()

    until(lambda: not processes(launcher.pid), seconds=15, what="the end of all processes")
    site.start()
    assert site.health() == 200


def test_a_worker_that_dies_is_started_again(site: Deployment) -> None:
    first = worker_of(site)

    os.kill(first, signal.SIGKILL)

    assert worker_of(site, but=first)
    assert site.health() == 200


def launcher_of(site: Deployment) -> subprocess.Popen[bytes]:
    assert site.process
    return site.process


def worker_of(site: Deployment, *, but: int = 0) -> int:
    """Wait for a worker process other than `but`, and return its process id."""

    def find() -> int:
        running = processes(launcher_of(site).pid).items()
        return next((pid for pid, command in running if "manage.py work" in command and pid != but), 0)

    return until(find, what="a worker")
