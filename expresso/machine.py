"""Finds the addresses, the ports and the data folder of this machine, and derives default settings from them."""

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
#: Environment variables that hold secret keys. If one is not set, its value is read from this file in the data folder.
KEYS = {"SECRET_KEY": "secret_key", "API_SIGNING_KEYS": "api_signing_key", "ENCRYPTION_KEYS": "encryption_key"}
#: Linux's ioctl request number for the address of a network interface.
SIOCGIFADDR = 0x8915


class CannotStart(Exception):
    """Expresso cannot start on this machine. The message says in one sentence what is wrong and what to do."""


def environment() -> int:
    """Set each missing environment variable to a value that works on this machine, and return the port to serve on.

    Raise CannotStart or env.EnvError."""
    return require_free_port(_fill_in())


def environment_of_commands() -> None:
    """Set missing environment variables for `manage.py`, so that its commands use the same data as `make run`.

    Do nothing if DATABASE_URL is set. This is then a full deployment, which must set all variables itself, and the
    settings report those that are missing."""
    if not env.text("DATABASE_URL", ""):
        _fill_in()


def _fill_in() -> int:
    port = env.integer("PORT", DEFAULT_PORT, least=1)
    if env.text("TWILIO_ACCOUNT_SID", "") and not env.text("PUBLIC_URL", ""):
        raise CannotStart(
            "PUBLIC_URL is not set, so Twilio could not reach Expresso. Give its address on the internet,"
            " such as https://coffee.example.org, or unset the Twilio settings to use the phone simulator."
        )
    folder = data_folder()
    defaults = {
        "DJANGO_SETTINGS_MODULE": "expresso.settings",
        "VAR_DIR": str(folder),
        "LOG_FORMAT": "console",
        # Use the machine's address and not "localhost". Posters and wall displays show this URL to phones, and on a
        # phone "localhost" is the phone.
        "PUBLIC_URL": f"http://{next(iter(addresses()), 'localhost')}:{port}",
        "ALLOWED_HOSTS": ",".join(host_names()),
    }
    for name, value in defaults.items():
        os.environ[name] = env.text(name, value)
    for name, file in KEYS.items():
        if not env.text(name, ""):
            os.environ[name] = secret_key(folder / file)
    return port


def data_folder() -> Path:
    folder = Path(env.text("VAR_DIR", str(BASE_DIR / "var"))).absolute()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _keep_private(folder)
        probe = folder / f".writable-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise CannotStart(
            f"the data folder {folder} cannot be written ({error.strerror}). Make it writable or set VAR_DIR."
        ) from None
    return folder


def _keep_private(folder: Path) -> None:
    """Make the data folder and its files readable only for their owner. They hold customers' texts and secret keys."""
    for path in (folder, *filter(Path.is_file, folder.iterdir())):
        # Skip a path that belongs to another user, and a temporary file of SQLite that has gone in the meantime.
        with contextlib.suppress(PermissionError, FileNotFoundError):
            path.chmod(0o700 if path == folder else 0o600)


def secret_key(file: Path) -> str:
    """Return the secret key in this file. The first call creates the key. Only the file's owner can read it."""
    try:
        if not file.exists() or not file.stat().st_size:
            _write_key(file)
        return file.read_text().strip()
    except OSError as error:
        raise CannotStart(f"{file} cannot be used ({error.strerror}).") from None


def _write_key(file: Path) -> None:
    """Write a new key in one step, so that an interrupted start leaves no empty file behind."""
    fresh = file.with_suffix(f".{os.getpid()}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as new:
        new.write(secrets.token_urlsafe(50))
    fresh.replace(file)


def host_names() -> list[str]:
    """Return the host names and addresses by which tablets in the same network can reach this machine."""
    name = socket.gethostname()
    names = {"localhost", LOOPBACK, "[::1]", name, name.split(".")[0] + ".local", *addresses()}
    return sorted(host.lower() for host in names if host)


def addresses() -> list[str]:
    """Return this machine's IPv4 addresses except loopback. The address of the default route comes first."""
    found = [_default_route(), *map(_interface_address, (name for _, name in socket.if_nameindex()))]
    return [address for address in dict.fromkeys(found) if address and not address.startswith("127.")]


def _default_route() -> str:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, contextlib.suppress(OSError):
        # Connecting a datagram socket sends nothing. It only makes the system choose the address of the default route.
        probe.connect(("192.0.2.1", 9))
        return str(probe.getsockname()[0])
    return ""


def _interface_address(name: str) -> str:
    request = struct.pack("256s", name.encode()[:15])
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, contextlib.suppress(OSError):
        return socket.inet_ntoa(fcntl.ioctl(probe.fileno(), SIOCGIFADDR, request)[20:24])
    return ""


def require_free_port(port: int, *, host: str = EVERYWHERE) -> int:
    """Return the port if it is free. Otherwise raise CannotStart with a message that says what to do."""
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
