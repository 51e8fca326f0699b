"""Prepares the data folder and the database before a server starts."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core import checks
from django.core.management import call_command
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor

from expresso import single
from expresso.machine import CannotStart


def everything(*, demonstration: bool) -> bool:
    """Load Django, and bring the data folder and database up to date. Return True if the demonstration event was made.

    With `demonstration`, an empty database gets the demonstration event. Raise CannotStart if the database cannot be
    used. Exit if another web process runs on the same data folder without Redis."""
    django.setup()
    if not settings.REDIS_URL:
        # Take the lock before anything is written, so that two launchers do not prepare the same folder.
        single.hold_single_process_lock(settings.VAR_DIR)
    made = prepare_database(demonstration=demonstration)
    static_files()
    return made


def prepare_database(*, demonstration: bool) -> bool:
    """Apply missing migrations. Return True if the demonstration event was made.

    The event is made if `demonstration` is true and the database is empty. Raise CannotStart if the database cannot be
    used."""
    try:
        executor = MigrationExecutor(connection)
        # Run `migrate` only if a migration is missing, because the command takes long even if it has nothing to do.
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("migrate", verbosity=0, interactive=False)
        for problem in checks.run_checks(tags=[checks.Tags.database], databases=[connection.alias]):
            raise CannotStart(problem.msg)
        return demonstration and _make_demonstration()
    except Error as error:
        reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise CannotStart(f"the database cannot be used: {reason}") from None
    finally:
        connection.close()


def _make_demonstration() -> bool:
    # Import models only now, because they need django.setup().
    from accounts.models import User
    from expresso import demo
    from stations.models import Event

    if Event.objects.exists() or User.objects.exists():
        return False
    return demo.load()


def static_files() -> None:
    """Collect the static files if one of them has changed since they were last collected."""
    stamp = settings.VAR_DIR / "static.stamp"
    now = _static_fingerprint()
    if not (stamp.exists() and stamp.read_text() == now and Path(settings.STATIC_ROOT).exists()):
        call_command("collectstatic", verbosity=0, interactive=False)
        stamp.write_text(now)


def _static_fingerprint() -> str:
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            state = os.stat(storage.path(name))
            digest.update(f"{name} {state.st_size} {state.st_mtime_ns}\n".encode())
    return digest.hexdigest()
