"""Fixtures for all tests, and hooks that choose which tests run on SQLite and which on PostgreSQL and Redis.

`make test` runs both choices."""

from __future__ import annotations

import shutil
from collections.abc import Generator, Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.conf import settings
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.management.commands import flush
from django.db.backends.postgresql.operations import DatabaseOperations as PostgresOperations
from django.db.backends.sqlite3.base import DatabaseWrapper
from playwright.sync_api import Browser, Page

from expresso.garbage import spare_what_is_loaded
from inventory import snapshot
from inventory.menu import Menu
from orders.live import kept
from orders.parser import lexicon
from orders.parser.lexicon import Lexicon
from tests import migrated
from tests.browser import SharedBrowser, chromium
from tests.settings import OWN_FOLDER

# hypothesis has no deadline, because any example can be slow on a busy machine. The examples are the same in every run,
# because a test that fails only now and then would block unrelated changes.
hypothesis.settings.register_profile(
    "steady", deadline=None, derandomize=True, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("steady")

DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup", "live_server", "django_user_model"}
#: Number of lexicons that `_equal_menus_share_their_lexicon` keeps.
LEXICONS = 32


def touches_a_server(item: pytest.Item) -> bool:
    if any(item.get_closest_marker(name) for name in ("django_db", "layer", "full")):
        return True
    return bool(DATABASE_FIXTURES & set(getattr(item, "fixturenames", ())))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep only the tests for the configured servers.

    On PostgreSQL and Redis these are the tests that use the database, the cache or channels. On SQLite these are all
    tests except those marked "full". So no test has to be skipped."""
    on_servers = bool(settings.REDIS_URL) and not _on_sqlite()

    def wanted(item: pytest.Item) -> bool:
        if on_servers:
            return touches_a_server(item) and not item.get_closest_marker("once")
        return not item.get_closest_marker("full")

    kept = [item for item in items if wanted(item)]
    if len(kept) < len(items):
        config.hook.pytest_deselected(items=[item for item in items if not wanted(item)])
        items[:] = kept
    # Run browser tests first. They take longest: if they ran last, one worker would be idle while another ends them.
    items.sort(key=lambda item: item.get_closest_marker("browser") is None)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Exclude all loaded modules and tests from garbage collection, as the servers do with their modules.

    Also create the migrated database now. On a busy machine this takes longer than the time limit of a test."""
    if not session.config.option.collectonly and any(map(_needs_migrated_database, session.items)):
        migrated.make()
    spare_what_is_loaded()


def _needs_migrated_database(item: pytest.Item) -> bool:
    in_process = _on_sqlite() and touches_a_server(item)
    return in_process or bool({"cafe", "default_deployment"} & set(getattr(item, "fixturenames", ())))


@pytest.fixture(scope="session")
def django_db_keepdb(request: pytest.FixtureRequest) -> bool:
    """On SQLite, let Django use the test database that exists: a copy of a database with all migrations applied."""
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
    """Switch off the one-second cache of rendered pages, so that pages show changes at once.
    `orders/tests/test_kept.py` tests this cache."""
    monkeypatch.setattr(kept, "KEPT", 0)
    kept._results.clear()


@pytest.fixture(scope="session", autouse=True)
def _flush_keeps_permissions() -> Iterator[None]:
    """Keep content types and permissions when a transactional test flushes the database. Django would delete these rows
    and write them again, which takes most of a flush's time."""
    kept = {ContentType._meta.db_table, Permission._meta.db_table}

    def sql_flush(style: Any, connection: Any, **options: Any) -> list[str]:
        tables = set(connection.introspection.django_table_names(only_existing=True, include_views=False)) - kept
        statements: list[str] = connection.ops.sql_flush(style, sorted(tables), **options)
        return statements

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flush, "sql_flush", sql_flush)
        patch.setattr(flush, "emit_post_migrate_signal", lambda *_args: None)
        yield


@pytest.fixture(scope="session", autouse=True)
def _flush_empties_append_only_tables() -> Iterator[None]:
    """Let SQLite's flush also empty the append-only tables. Their triggers forbid DELETE, so each flush drops them
    first and creates them again."""
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
    """Flush PostgreSQL by DELETE instead of Django's TRUNCATE, if the database user is a superuser.

    TRUNCATE is slow: it creates the files of all tables anew, which takes a third of a second. DELETE needs triggers to
    be switched off, which only a superuser can do. Like TRUNCATE, the flush waits for the end of other transactions."""
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
    """Drop PostgreSQL's test database even if a session is still connected, which Django's own DROP DATABASE cannot do.

    Connections of ended threads stay open until Python's garbage collection."""
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
    """Yield Chromium, which all files of browser tests share. Each test opens its own browser context."""
    if not request.node.get_closest_marker("whole_browser"):
        yield SHARED.open()
        return
    # Playwright can open only one browser at a time in a thread, so close the shared one first.
    SHARED.close()
    with chromium(whole=True) as opened:
        yield opened


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Generator[None]:
    """Close the shared browser before a file without browser tests. While it is open, Django allows queries in event
    loops, which would hide mistakes."""
    try:
        return (yield)
    finally:
        if nextitem is None or (nextitem.path != item.path and not nextitem.get_closest_marker("browser")):
            SHARED.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Yield a tab with its own cookies and storage, and a timeout of 10 seconds."""
    context = browser.new_context()
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


def pytest_unconfigure() -> None:
    if OWN_FOLDER:
        for folder in (settings.VAR_DIR, settings.METRICS_DIR):
            shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(autouse=True)
def _forget_menus() -> None:
    """Forget cached menus: after a rollback, the next test's events get the same primary keys."""
    snapshot.forget_menus()


@pytest.fixture(scope="session", autouse=True)
def _equal_menus_share_their_lexicon() -> Iterator[None]:
    """Build the lexicon of a menu only once for all events that have this menu under different names. The parser caches
    it by the menu's identity, and so would build it anew in each test with a text."""
    built: list[tuple[Menu, str, Lexicon]] = []

    def shared(menu: Menu, language: str) -> Lexicon:
        nameless = replace(menu, name="")
        for known, of, found in built:
            if of == language and known == nameless:
                return found
        found = Lexicon(menu, language)
        built.append((nameless, language, found))
        del built[:-LEXICONS]
        return found

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lexicon, "Lexicon", shared)
        yield
