"""What must stand before a server starts on this machine: settings, data folder, tables, static files."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import hashlib
import os
import secrets
import socket
import struct
from pathlib import Path

from expresso import env

BASE_DIR = Path(__file__).resolve().parent.parent
#: Linux: the address of a network interface.
SIOCGIFADDR = 0x8915


class CannotStart(Exception):
    """The message is one sentence for the person at the terminal: what is wrong and what to do."""


def environment() -> None:
    """Give every setting that is not set a value that works on this machine and its network."""
    port = env.integer("PORT", 8000, least=1)
    folder = data_folder()
    defaults = {
        "DJANGO_SETTINGS_MODULE": "expresso.settings",
        "VAR_DIR": str(folder),
        "LOG_FORMAT": "console",
        "PUBLIC_URL": f"http://localhost:{port}",
        "ALLOWED_HOSTS": ",".join(host_names()),
    }
    for name, value in defaults.items():
        os.environ[name] = env.text(name, value)
    if not env.text("SECRET_KEY", ""):
        os.environ["SECRET_KEY"] = secret_key(folder)


def data_folder() -> Path:
    folder = Path(env.text("VAR_DIR", str(BASE_DIR / "var"))).absolute()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f".writable-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise CannotStart(
            f"the data folder {folder} cannot be written ({error.strerror}). Make it writable or set VAR_DIR."
        ) from None
    return folder


def secret_key(folder: Path) -> str:
    """The key kept in the folder; made at the first start, readable by its owner alone."""
    file = folder / "secret_key"
    with contextlib.suppress(FileExistsError):
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as new:
            new.write(secrets.token_urlsafe(50))
    try:
        return file.read_text().strip()
    except OSError as error:
        raise CannotStart(f"{file} cannot be read ({error.strerror}).") from None


def host_names() -> list[str]:
    """What tablets in the same network may call this machine: its names and its addresses."""
    name = socket.gethostname()
    names = {"localhost", "127.0.0.1", "[::1]", name, name.split(".")[0] + ".local", *addresses()}
    return sorted(host.lower() for host in names if host)


def addresses() -> list[str]:
    """This machine's IPv4 addresses, the one of the default route first, loopback left out."""
    found = [_default_route(), *map(_interface_address, (name for _, name in socket.if_nameindex()))]
    return [address for address in dict.fromkeys(found) if address and not address.startswith("127.")]


def _default_route() -> str:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, contextlib.suppress(OSError):
        # Connecting a datagram socket sends nothing: it only picks the route.
        probe.connect(("192.0.2.1", 9))
        return str(probe.getsockname()[0])
    return ""


def _interface_address(name: str) -> str:
    request = struct.pack("256s", name.encode()[:15])
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, contextlib.suppress(OSError):
        return socket.inet_ntoa(fcntl.ioctl(probe.fileno(), SIOCGIFADDR, request)[20:24])
    return ""


def free_port(port: int, *, host: str = "0.0.0.0") -> int:  # noqa: S104 - tablets come by the network
    """The port, if it can be had.

    Raises CannotStart naming what to do."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OverflowError:
            raise CannotStart(f"PORT is {port}; give a number from 1 to 65535.") from None
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise CannotStart(
                    f"port {port} is taken by another program. Stop that one, or choose another: PORT={port + 10}."
                ) from None
            raise CannotStart(f"port {port} cannot be used ({error.strerror}). Choose another with PORT.") from None
    return port


def database() -> None:
    """Bring the tables up to date, and fill an empty database with the demonstration event."""
    from django.core.management import call_command
    from django.db import Error, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        # The command itself takes as long as everything else together, also with nothing to do.
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("migrate", verbosity=0, interactive=False)
        _demonstration()
    except Error as error:
        reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise CannotStart(f"the database cannot be used: {reason}") from None
    finally:
        connection.close()


def _demonstration() -> None:
    from django.core.management import call_command

    from accounts.models import User
    from stations.models import Event

    if not (Event.objects.exists() or User.objects.exists()):
        call_command("demo", verbosity=0)


def static_files() -> None:
    """Collect the static files, if any has changed since the last time."""
    from django.conf import settings
    from django.core.management import call_command

    stamp = settings.VAR_DIR / "static.stamp"
    now = _static_fingerprint()
    if not (stamp.exists() and stamp.read_text() == now and Path(settings.STATIC_ROOT).exists()):
        call_command("collectstatic", verbosity=0, interactive=False)
        stamp.write_text(now)


def _static_fingerprint() -> str:
    from django.contrib.staticfiles.finders import get_finders

    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            state = os.stat(storage.path(name))
            digest.update(f"{name} {state.st_size} {state.st_mtime_ns}\n".encode())
    return digest.hexdigest()
