"""The suite's environment: production's settings, with what only a test needs.

DATABASE_URL and REDIS_URL decide what it runs on, as everywhere; without them SQLite and memory."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

import structlog

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "gw0")


def _own_redis_database(url: str) -> str:
    """Every pytest worker empties its own numbered database, never its neighbour's."""
    server, number = url.rsplit("/", 1) if url.rsplit("/", 1)[-1].isdigit() else (url.rstrip("/"), "0")
    return f"{server}/{int(number) + int(WORKER.removeprefix('gw'))}"


# A pytest worker inherits its parent's environment, and would share its folder.
OWN_FOLDER = "VAR_DIR" not in os.environ or "PYTEST_XDIST_WORKER" in os.environ
if OWN_FOLDER:
    os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="expresso-tests-")
    # For mypy, which reads the settings too; conftest.py removes it for pytest, whose workers end without this.
    atexit.register(shutil.rmtree, os.environ["VAR_DIR"], ignore_errors=True)
if os.environ.get("REDIS_URL"):
    os.environ["REDIS_URL"] = _own_redis_database(os.environ["REDIS_URL"])
os.environ.setdefault("SECRET_KEY", "only-for-tests-only-for-tests-only-for-tests")
os.environ.setdefault("PUBLIC_URL", "http://testserver")
os.environ.setdefault("ALLOWED_HOSTS", "testserver,localhost,127.0.0.1")

from expresso.settings import *  # noqa: E402, F403
from expresso.settings import DATABASES, STORAGES  # noqa: E402

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # In memory SQLite locks whole tables and ignores the timeout: races would not be production's.
    DATABASES["default"]["TEST"] = {"NAME": str(Path(os.environ["VAR_DIR"]) / "test.sqlite3")}

# Pages must render without a collectstatic first.
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# A logger that is remembered cannot be listened to by a later test.
structlog.configure(cache_logger_on_first_use=False)
