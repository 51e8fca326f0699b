"""Starts the full deployment on this machine without containers (`make run-full`).

WSGI workers answer HTTP, Daphne serves WebSockets, and task workers send texts. nginx is in front of them if it is
installed. PostgreSQL (DATABASE_URL) and Redis (REDIS_URL) must already run. `deploy/compose.yaml` starts the same
programs in containers."""

from __future__ import annotations

import os
import signal
import socket
import string
import sys
from pathlib import Path
from typing import Any

from expresso import env, machine, outside_pages
from expresso.family import Family, Member, Spare, find_program
from expresso.launch import guarded, task_worker, wait_until_answering, watch
from expresso.machine import EVERYWHERE, LOOPBACK

#: Default of the setting PROXIES, the number of proxies in front of the servers: one, nginx.
PROXIES = 1
NO_NGINX = """\
nginx is not installed, so nothing splits the traffic: Daphne answers everything on port {port}, and the
WSGI workers answer HTTP on port {http}. Install nginx (apt-get install nginx) for one address."""


def gunicorn(*, host: str, port: int) -> list[str]:
    workers = env.integer("WEB_WORKERS", max(2, os.cpu_count() or 2), least=1)
    config = str(machine.BASE_DIR / "deploy" / "gunicorn.conf.py")
    options = ["--config", config, "--bind", f"{host}:{port}", "--workers", str(workers)]
    return [sys.executable, "-m", "gunicorn", *options]


class SocketServers:
    """Processes that serve WebSockets on one port. They share a listening socket, which the launcher keeps open.

    When one server ends, the others serve its pages, and a spare process that is already loaded takes its place. So
    pages are live again soon even if all servers end at once."""

    def __init__(self, *, host: str, port: int) -> None:
        self.fd = socket.create_server((host, port), backlog=512).detach()
        self.started = 0
        self.command = [sys.executable, "-m", "expresso.daphne", "--fd", str(self.fd)]
        # A spare process has this name only as long as it waits. It takes over the name of the server that it replaces.
        options = {"pass_fds": (self.fd,), "env": os.environ | {"PROCESS_NAME": "spare socket server"}}
        self.spare = Spare([*self.command, "--spare"], options)

    def start(self, family: Family) -> Member:
        self.started += 1
        member = family.start(f"socket server {self.started}", self.command, pass_fds=(self.fd,))
        member.spare = self.spare
        return member

    def start_the_rest(self, family: Family) -> None:
        while self.started < env.integer("SOCKET_SERVERS", 2, least=1):
            self.start(family)


def nginx_config(folder: Path, *, listen: str, http: str, live: str) -> Path:
    """Write nginx.conf into the folder. Replace the placeholders of deploy/nginx.conf, as the nginx image does."""
    folder.mkdir(parents=True, exist_ok=True)
    template = string.Template((machine.BASE_DIR / "deploy" / "nginx.conf").read_text())
    config = folder / "nginx.conf"
    names = {
        "LISTEN": listen,
        "HTTP_UPSTREAM": http,
        "LIVE_UPSTREAM": live,
        "NGINX_DIR": str(folder),
        # nginx logs failures to a file, because the standard error of a service is often a socket, which nginx cannot
        # open.
        "FAILURE_LOG": str(folder / "failures.log"),
        "ERROR_PAGES": str(outside_pages.FOLDER),
        "PROXIES": str(env.integer("PROXIES", PROXIES)),
    }
    config.write_text(template.safe_substitute(names))
    return config


def require_servers() -> None:
    missing = [name for name in ("DATABASE_URL", "REDIS_URL") if not env.text(name, "")]
    if missing:
        raise machine.CannotStart(
            f"{' and '.join(missing)} not set. The full deployment runs on PostgreSQL and Redis, such as"
            " DATABASE_URL=postgres://user:password@localhost/expresso REDIS_URL=redis://localhost:6379/0."
            " `make run` needs neither."
        )


def behind_nginx(family: Family, nginx: str, *, port: int) -> SocketServers:
    """Start nginx on the port. Start the web server and the first socket server on the next two ports, on loopback."""
    http, live = machine.require_free_port(port + 1), machine.require_free_port(port + 2)
    os.environ.setdefault("PROXIES", str(PROXIES))
    config = nginx_config(
        machine.data_folder() / "nginx",
        listen=str(port),
        http=f"{LOOPBACK}:{http}",
        live=f"{LOOPBACK}:{live}",
    )
    web = family.start("WSGI server", gunicorn(host=LOOPBACK, port=http))
    sockets = SocketServers(host=LOOPBACK, port=live)
    first = sockets.start(family)
    wait_until_answering(web, http)
    wait_until_answering(first, live)
    wait_until_answering(start_nginx(family, nginx, config), port)
    return sockets


def start_nginx(family: Family, program: str, config: Path, **options: Any) -> Member:
    command = [program, "-e", "stderr", "-c", str(config), "-g", "daemon off;"]
    # Stop nginx by SIGQUIT, which lets it finish its requests. SIGTERM would cut them off.
    return family.start("nginx", command, stop_signal=signal.SIGQUIT, **options)


def without_nginx(family: Family, *, port: int) -> SocketServers:
    http = machine.require_free_port(port + 1)
    web = family.start("WSGI server", gunicorn(host=EVERYWHERE, port=http))
    sockets = SocketServers(host=EVERYWHERE, port=port)
    first = sockets.start(family)
    wait_until_answering(web, http)
    wait_until_answering(first, port)
    print(NO_NGINX.format(port=port, http=http))
    return sockets


def run_full() -> None:
    require_servers()
    port = machine.environment()
    # Import these modules only now. They read Django's settings, which need the environment variables set above.
    from expresso import prepare
    from expresso.welcome import welcome

    made = prepare.everything(demonstration=env.flag("DEMO"))
    nginx = find_program("nginx")
    with Family() as family:
        # Start the servers for pages first. Loading all processes at the same time would delay each of them.
        sockets = behind_nginx(family, nginx, port=port) if nginx else without_nginx(family, port=port)
        sockets.start_the_rest(family)
        for number in range(env.integer("TASK_WORKERS", 2, least=1)):
            family.start(f"task worker {number + 1}", task_worker())
        print(welcome(port, show_logins=made))
        watch(family)


if __name__ == "__main__":
    guarded(run_full)
