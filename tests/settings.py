"""Settings of the test suite: the production settings with a few changes for tests.

DATABASE_URL and REDIS_URL name the servers, as in production. Without them tests run on SQLite and in memory."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

import structlog

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "gw0")


def _own_redis_database(url: str) -> str:
    """Return the URL of a Redis database for this pytest worker alone, because each test empties its database."""
    server, number = url.rsplit("/", 1) if url.rsplit("/", 1)[-1].isdigit() else (url.rstrip("/"), "0")
    return f"{server}/{int(number) + int(WORKER.removeprefix('gw'))}"


# Each pytest worker creates a data folder of its own, and ignores the VAR_DIR that it inherits from its parent process.
OWN_FOLDER = "VAR_DIR" not in os.environ or "PYTEST_XDIST_WORKER" in os.environ
if OWN_FOLDER:
    os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="expresso-tests-")
    os.environ.pop("PROMETHEUS_MULTIPROC_DIR", None)
    # mypy imports these settings, too, so remove the folder at exit. pytest workers do not call functions of atexit;
    # conftest.py removes their folders.
    atexit.register(shutil.rmtree, os.environ["VAR_DIR"], ignore_errors=True)
if os.environ.get("REDIS_URL"):
    os.environ["REDIS_URL"] = _own_redis_database(os.environ["REDIS_URL"])
os.environ.setdefault("SECRET_KEY", "only-for-tests-only-for-tests-only-for-tests")
os.environ.setdefault("API_SIGNING_KEYS", "only-for-tests-of-tokens-only-for-tests-of-tokens")
os.environ.setdefault("ENCRYPTION_KEYS", "only-for-tests-of-encryption-only-for-tests")
# Let SQLite not wait for the disk, which is faster. Test data need not survive a power cut.
os.environ.setdefault("SQLITE_SYNCHRONOUS", "normal")
os.environ.setdefault("PUBLIC_URL", "http://testserver")
os.environ.setdefault("ALLOWED_HOSTS", "testserver,localhost,127.0.0.1")

from expresso.settings import *  # noqa: E402, F403
from expresso.settings import DATABASES, STORAGES  # noqa: E402

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Use a file: in memory, SQLite locks whole tables and ignores the timeout, so concurrent requests would behave
    # differently than in production.
    DATABASES["default"]["TEST"] = {"NAME": str(Path(os.environ["VAR_DIR"]) / "test.sqlite3")}
elif "MIGRATED_DATABASE" in os.environ:
    DATABASES["default"]["TEST"] = {"TEMPLATE": os.environ["MIGRATED_DATABASE"]}

# With these settings pages can be rendered without running collectstatic first.
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Do not cache loggers, because a cached logger would ignore handlers that a later test installs.
structlog.configure(cache_logger_on_first_use=False)
# Store sessions only in the database. Production also stores copies in Redis, and reads the database only if a copy is
# missing, so tests that count SQL statements would vary. `expresso/tests/test_sessions.py` tests the copies.
SESSION_ENGINE = "accounts.sessions"
