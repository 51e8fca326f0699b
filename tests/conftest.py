"""The running deployments that these tests share: each is started once, by the first test that asks for it."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests import deployment, servers
from tests.deployment import Deployment
from tests.pages import Visitors, visitors

# Its assertions are a test's own.
pytest.register_assert_rewrite("tests.journey")


@pytest.fixture(scope="session")
def default_deployment(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    with deployment.running(deployment.default(tmp_path_factory.mktemp("default"))) as running:
        yield running


@pytest.fixture(scope="session")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[servers.OwnRedis]:
    """A Redis that nobody else uses, for a test to stop and start."""
    with servers.own_redis(tmp_path_factory.mktemp("redis")) as own:
        yield own


@pytest.fixture(scope="session")
def full_deployment(tmp_path_factory: pytest.TempPathFactory, redis: servers.OwnRedis) -> Iterator[Deployment]:
    folder = tmp_path_factory.mktemp("full")
    with servers.fresh_database(os.environ["DATABASE_URL"]) as database:
        with deployment.running(deployment.full(folder, database=database, redis=redis.url)) as running:
            yield running


@pytest.fixture
def there(browser: Browser, default_deployment: Deployment) -> Iterator[Visitors]:
    with visitors(browser, default_deployment) as those:
        yield those


@pytest.fixture
def there_in_full(browser: Browser, full_deployment: Deployment) -> Iterator[Visitors]:
    with visitors(browser, full_deployment) as those:
        yield those
