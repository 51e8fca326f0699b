"""Reads settings from environment variables and converts them to Python types.

A function raises EnvError if its variable is missing or has a wrong value."""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import urlsplit

import environ

_TRUE, _FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}


#: Folder in which Linux keeps files in memory. Every user can write there, so `metrics_folder` checks who owns a folder
#: in it.
IN_MEMORY = Path("/dev/shm")  # noqa: S108


class EnvError(ValueError):
    """An environment variable is missing or wrong. The message names the variable and says which value to give."""


def text(name: str, default: str | None = None, *, hint: str = "") -> str:
    value = os.environ.get(name, "").strip()
    if value:
        return value
    if default is None:
        raise EnvError(f"{name} is not set. {hint}".strip())
    return default


def integer(name: str, default: int, *, least: int = 0) -> int:
    value = text(name, str(default))
    if not value.lstrip("-").isdigit() or int(value) < least:
        raise EnvError(f"{name} is {value!r}; give a whole number from {least} up, such as {default}.")
    return int(value)


def flag(name: str, default: bool = False) -> bool:
    value = text(name, str(default)).lower()
    if value in _TRUE | _FALSE:
        return value in _TRUE
    raise EnvError(f"{name} is {value!r}; give 1 or 0.")


def choice(name: str, default: str, *, among: tuple[str, ...]) -> str:
    value = text(name, default)
    if value not in among:
        raise EnvError(f"{name} is {value!r}; give one of {', '.join(among)}.")
    return value


def words(name: str, *, hint: str) -> list[str]:
    return [word.strip() for word in text(name, hint=hint).split(",") if word.strip()]


def secret_keys(name: str, *, hint: str) -> list[str]:
    """Read secret keys that are separated by commas. The newest key comes first."""
    values = words(name, hint=hint)
    if any(len(value) < 32 for value in values):
        raise EnvError(f"A key in {name} is too short; give at least 32 random characters. {hint}")
    return values


def origins(name: str, *, hint: str) -> list[str]:
    """Read web origins that are separated by commas. Return an empty list if the variable is not set."""
    return [_origin(name, value.strip(), hint) for value in text(name, "").split(",") if value.strip()]


def origin(name: str, *, hint: str) -> str:
    """Read a web origin: scheme, host and optional port, such as https://coffee.example.org.

    Raise EnvError if it has a path. Expresso adds its own paths to the origin, and the result must be exactly the URL
    that Twilio calls, because Twilio signs it."""
    return _origin(name, text(name, hint=hint), hint)


def _origin(name: str, value: str, hint: str) -> str:
    value = value.rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path or parts.query:
        raise EnvError(f"{name} is {value!r}; give scheme and host alone. {hint}")
    return value


def url(name: str, *, schemes: tuple[str, ...], example: str) -> str:
    """Read a URL that has one of these schemes. Return "" if the variable is not set."""
    value = text(name, "")
    if value and urlsplit(value).scheme not in schemes:
        raise EnvError(f"{name} must start with {' or '.join(s + '://' for s in schemes)}, such as {example}.")
    return value


def mail(name: str) -> dict[str, Any]:
    """Read the URL of a mail server and return Django's EMAIL_* settings; {} if the variable is not set."""
    schemes = ("smtp", "smtps", "smtp+tls", "smtp+ssl", "filemail")
    value = url(name, schemes=schemes, example="smtp+tls://user:password@mail.example.org:587")
    return dict(environ.Env.email_url_config(value)) if value else {}


def postgres(name: str) -> dict[str, Any] | None:
    """Read a PostgreSQL URL and return Django's settings of a database; None if the variable is not set."""
    value = url(name, schemes=("postgres", "postgresql"), example="postgres://user:password@host:5432/expresso")
    if not value:
        return None
    settings: dict[str, Any] = environ.Env.db_url_config(value)
    if not settings.get("NAME"):
        raise EnvError(f"{name} names no database; end it with one, such as /expresso.")
    return settings


def postgres_list(name: str) -> list[dict[str, Any]]:
    """Read PostgreSQL URLs that are separated by commas. Return an empty list if the variable is not set."""
    found = []
    for value in text(name, "").split(","):
        if value.strip():
            if urlsplit(value.strip()).scheme not in ("postgres", "postgresql"):
                raise EnvError(f"{name} must list URLs like DATABASE_URL, separated by commas.")
            found.append(environ.Env.db_url_config(value.strip()))
    return found


def share_metrics(var_dir: Path) -> Path:
    """Set PROMETHEUS_MULTIPROC_DIR, and return the folder that it names.

    With it, all processes of a data folder write their metrics into one folder."""
    folder = metrics_folder(var_dir)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Overwrite an inherited value, because a parent process can have set it for another data folder.
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)
    return folder


def metrics_folder(var_dir: Path) -> Path:
    """Return the folder for the metrics of a data folder. The folder is in memory if the system can keep files there.

    Metrics are written by mmap, and writing to a full disk by mmap would kill the process. A restarted container finds
    an empty folder in memory, so a new process never continues the gauges of a dead process with the same id."""
    name = f"expresso-{hashlib.sha256(str(var_dir.absolute()).encode()).hexdigest()[:16]}"
    folder = IN_MEMORY / name
    # Use a folder in memory only if this user owns it. Another user can have made a folder of the same name.
    ours = folder.stat().st_uid == os.getuid() if folder.exists() else os.access(IN_MEMORY, os.W_OK)
    return folder if ours else var_dir / "metrics"


def together(*names: str) -> tuple[str, ...] | None:
    """Read variables that have to be set together. Return None if none is set, and raise EnvError if only some are."""
    values = tuple(text(name, "") for name in names)
    if not any(values):
        return None
    missing = [name for name, value in zip(names, values, strict=True) if not value]
    if missing:
        raise EnvError(f"{', '.join(missing)} not set; set {', '.join(names)} together, or none of them.")
    return values


def refuse(error: EnvError) -> NoReturn:
    """Exit with the error's message and without a traceback, in which the message would be hard to find."""
    sys.exit(f"Expresso cannot start: {error}")
