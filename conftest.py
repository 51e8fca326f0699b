"""Fixtures for every test, and the choice of tests for the two rounds of `make test`."""

from __future__ import annotations

import os
import shutil
from collections.abc import Generator, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import cache
from django.db.backends.postgresql.operations import DatabaseOperations as PostgresOperations
from django.db.backends.sqlite3.base import DatabaseWrapper
from playwright.sync_api import Browser, Page

from expresso.garbage import spare_what_is_loaded
from inventory import snapshot
from orders.live import kept
from tests import migrated
from tests.browser import SharedBrowser, chromium
from tests.settings import OWN_FOLDER

# No deadline for hypothesis: on a busy machine any example can be slow. `make bench` measures speed. The examples are
# the same at each run: a test that fails once in a hundred runs would stop somebody else's change.
hypothesis.settings.register_profile(
    "steady", deadline=None, derandomize=True, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("steady")

DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup", "live_server", "django_user_model"}


def touches_a_server(item: pytest.Item) -> bool:
    if any(item.get_closest_marker(name) for name in ("django_db", "layer", "full")):
        return True
    return bool(DATABASE_FIXTURES & set(getattr(item, "fixturenames", ())))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep the tests of this round: on PostgreSQL and Redis those that touch a server, otherwise all that need none.

    `make test` runs both rounds, so a test that touches no server runs once, and no test is skipped."""
    on_servers = bool(settings.REDIS_URL) and not _on_sqlite()

    def wanted(item: pytest.Item) -> bool:
        if on_servers:
            return touches_a_server(item) and not item.get_closest_marker("once")
        return not item.get_closest_marker("full")

    kept = [item for item in items if wanted(item)]
    if len(kept) < len(items):
        config.hook.pytest_deselected(items=[item for item in items if not wanted(item)])
        items[:] = kept
    # The tests in a browser are the longest: begun last, they would leave one of two cores waiting.
    items.sort(key=lambda item: item.get_closest_marker("browser") is None)


def pytest_collection_finish() -> None:
    """Leave all modules and tests out of Python's search for garbage, as the servers do with what they have loaded."""
    spare_what_is_loaded()


@pytest.fixture(scope="session")
def django_db_keepdb(request: pytest.FixtureRequest) -> bool:
    """On SQLite the test database begins as a copy with all migrations applied."""
    return _on_sqlite() or bool(request.config.getvalue("reuse_db"))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    if _on_sqlite():
        migrated.copy_to(Path(settings.DATABASES["default"]["TEST"]["NAME"]))


def _on_sqlite() -> bool:
    return "sqlite" in settings.DATABASES["default"]["ENGINE"]


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    cache.clear()


@pytest.fixture(autouse=True)
def _nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that is loaded right after a change shows it; `orders/tests/test_kept.py` tests what is kept."""
    monkeypatch.setattr(kept, "KEPT", 0)
    kept._results.clear()


@pytest.fixture(scope="session", autouse=True)
def _flush_empties_append_only_tables() -> Iterator[None]:
    """Let SQLite's flush between tests, a DELETE, empty append-only tables too."""
    audit: Any = import_module("accounts.migrations.0009_audit_append_only")
    events: Any = import_module("orders.migrations.0017_events_append_only")
    operations = DatabaseWrapper.ops_class
    flush = operations.sql_flush

    def without_guard(self: Any, *args: Any, **kwargs: Any) -> list[str]:
        undone = [*audit.SQLITE_UNDONE, *events.SQLITE_UNDONE]
        return [*undone, *flush(self, *args, **kwargs), *audit.SQLITE, *events.SQLITE]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(operations, "sql_flush", without_guard)
        yield


@pytest.fixture(scope="session", autouse=True)
def _flush_of_postgres_deletes() -> Iterator[None]:
    """Empty PostgreSQL's tables by DELETE between transactional tests; without a superuser, by Django's TRUNCATE.

    TRUNCATE creates the files of all tables anew, which takes a third of a second. DELETE needs triggers switched off,
    which only a superuser may. Both wait for other transactions to end."""
    truncate = PostgresOperations.sql_flush

    def delete(self: Any, style: Any, tables: list[str], **options: Any) -> list[str]:
        with self.connection.cursor() as cursor:
            cursor.execute("SHOW is_superuser")
            if cursor.fetchone() != ("on",):
                return truncate(self, style, tables, **options)
        names = [self.quote_name(table) for table in tables]
        lock = f"LOCK TABLE {', '.join(names)} IN ACCESS EXCLUSIVE MODE"
        return ["; ".join([lock, "SET LOCAL session_replication_role = replica", *map("DELETE FROM {}".format, names)])]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(PostgresOperations, "sql_flush", delete)
        yield


@pytest.fixture(scope="session", autouse=True)
def _drop_the_database_with_its_sessions() -> Iterator[None]:
    """Drop the test database although a session uses it: that of a thread which has ended is closed only when Python
    collects it."""
    if _on_sqlite():
        yield
        return
    creation: Any = import_module("django.db.backends.postgresql.creation").DatabaseCreation

    def destroy(self: Any, name: str, verbosity: int) -> None:
        self.connection.close_pool()
        with self._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE {self.connection.ops.quote_name(name)} WITH (FORCE)")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(creation, "_destroy_test_db", destroy)
        yield


SHARED = SharedBrowser()


@pytest.fixture(scope="module")
def browser(request: pytest.FixtureRequest) -> Iterator[Browser]:
    """Chromium, which the tests of the next file use too if they need it. Each opens contexts of its own."""
    if not request.node.get_closest_marker("whole_browser"):
        yield SHARED.open()
        return
    # Playwright opens one browser of one kind at a time in a thread.
    SHARED.close()
    with chromium(whole=True) as opened:
        yield opened


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Generator[None]:
    """Close the browser before a file that begins without one: while it is open, Django lets queries into loops."""
    try:
        return (yield)
    finally:
        if nextitem is None or (nextitem.path != item.path and not nextitem.get_closest_marker("browser")):
            SHARED.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A tab with its own cookies and storage."""
    context = browser.new_context()
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def pytest_unconfigure() -> None:
    if OWN_FOLDER:
        shutil.rmtree(os.environ["VAR_DIR"], ignore_errors=True)


@pytest.fixture(autouse=True)
def _forget_menus() -> None:
    """Drop cached menus: after a rollback the next test gets the same primary keys."""
    snapshot.forget_menus()
