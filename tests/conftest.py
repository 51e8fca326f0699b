"""Fixtures for running deployments. The first test that needs a deployment starts it, and later tests share it."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests import deployment, migrated, servers
from tests.bar import Crew
from tests.deployment import Deployment
from tests.pages import Tablet, Visitors, visitors
from tests.programs import left_out

collect_ignore = [file for files in left_out().values() for file in files]
# Let pytest show the values of failed assertions in this helper module, as it does in test files.
pytest.register_assert_rewrite("tests.journey")


@pytest.fixture(scope="session")
def default_deployment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    fresh = deployment.default(tmp_path_factory.mktemp("default"))
    migrated.copy_to(fresh.folder / "expresso.sqlite3")
    with deployment.running(fresh) as running:
        yield running


@pytest.fixture(scope="session")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[servers.OwnRedis]:
    """Yield a Redis that no other test session uses. Tests are allowed to stop and start it."""
    with servers.own_redis(tmp_path_factory.mktemp("redis")) as own:
        yield own


@pytest.fixture(scope="session")
def full_deployment(tmp_path_factory: pytest.TempPathFactory, redis: servers.OwnRedis) -> Iterator[Deployment]:
    migrated_before = os.environ.get("MIGRATED_DATABASE", "template1")
    with servers.fresh_database(os.environ["DATABASE_URL"], template=migrated_before) as database:
        full = deployment.full(tmp_path_factory.mktemp("full"), database=database, redis=redis.url)
        with deployment.running(full) as running:
            yield running


@pytest.fixture(params=["default", pytest.param("full", marks=pytest.mark.full)])
def cafe(request: pytest.FixtureRequest) -> Deployment:
    """Run each test on both deployments, "default" and "full". No order is open, all stations are open, and nothing is
    paused."""
    running: Deployment = request.getfixturevalue(f"{request.param}_deployment")
    if running.process is None:
        # Start the deployment again if an earlier test killed it.
        running.start()
    running.close_all_orders()
    running.write("UPDATE stations_station SET is_open = (1 = 1), paused_until = NULL, extra_minutes = 0")
    running.write("UPDATE stations_event SET paused_until = NULL")
    return running


@pytest.fixture
def there(browser: Browser, cafe: Deployment) -> Iterator[Visitors]:
    with visitors(browser, cafe) as those:
        yield those


@pytest.fixture(scope="module")
def crew(browser: Browser, default_deployment: Deployment) -> Iterator[Crew]:
    with visitors(browser, default_deployment) as there:
        yield Crew(there)


@pytest.fixture
def maya(crew: Crew, cafe: Deployment) -> Tablet:
    return crew.at_work("maya")


@pytest.fixture
def ben(crew: Crew, cafe: Deployment) -> Tablet:
    return crew.at_work("ben")


#: pytest marks for tests that run on only one of the two deployments.
on_default = pytest.mark.parametrize("cafe", ["default"], indirect=True)
on_full = pytest.mark.parametrize("cafe", [pytest.param("full", marks=pytest.mark.full)], indirect=True)
