"""This machine: its addresses, ports and data folder, and the settings that follow from them."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import secrets
import socket
import struct
from pathlib import Path

from expresso import env

BASE_DIR = Path(__file__).resolve().parent.parent
DEFAULT_PORT = 8000
LOOPBACK = "127.0.0.1"
EVERYWHERE = "0.0.0.0"  # noqa: S104 - tablets and phones come by the local network
#: Linux: the address of a network interface.
SIOCGIFADDR = 0x8915


class CannotStart(Exception):
    """The message is one sentence for the person at the terminal: what is wrong and what to do."""


def environment() -> int:
    """Give every setting that is not set a value that works on this machine; return the port to serve on.

    Raises CannotStart or env.EnvError."""
    return free_port(_fill_in())


def environment_of_commands() -> None:
    """The same for `manage.py`: what `make run` serves can be looked after without setting anything.

    Whoever named a database runs a deployment: there a setting that is missing stays missing, and is told."""
    if not env.text("DATABASE_URL", ""):
        _fill_in()


def _fill_in() -> int:
    port = env.integer("PORT", DEFAULT_PORT, least=1)
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
    return port


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
    try:
        if not file.exists() or not file.stat().st_size:
            _write_key(file)
        return file.read_text().strip()
    except OSError as error:
        raise CannotStart(f"{file} cannot be used ({error.strerror}).") from None


def _write_key(file: Path) -> None:
    """As a whole or not at all: a start that is killed in the middle leaves no empty key behind."""
    fresh = file.with_suffix(f".{os.getpid()}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as new:
        new.write(secrets.token_urlsafe(50))
    fresh.replace(file)


def host_names() -> list[str]:
    """What tablets in the same network may call this machine: its names and its addresses."""
    name = socket.gethostname()
    names = {"localhost", LOOPBACK, "[::1]", name, name.split(".")[0] + ".local", *addresses()}
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


def free_port(port: int, *, host: str = EVERYWHERE) -> int:
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
