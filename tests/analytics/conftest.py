"""A real ClickHouse: the embedded one, with a fresh database of analytics' own tables for each test."""

import secrets
from collections.abc import Iterator

import pytest

from meshkit.secrets import Secret
from services.analytics.migrating import migrate
from services.analytics.settings import StoreSettings
from tests.builders.clickhouse import RunningClickHouse, running_clickhouse


@pytest.fixture(scope="session")
def usage_clickhouse() -> Iterator[RunningClickHouse]:
    with running_clickhouse() as server:
        yield server


@pytest.fixture
def usage_store(usage_clickhouse: RunningClickHouse) -> Iterator[StoreSettings]:
    name = f"analytics_{secrets.token_hex(6)}"
    settings = StoreSettings(url=Secret(usage_clickhouse.url + name), timeout=60.0)
    migrate(settings)
    yield settings
    with usage_clickhouse.client() as client:
        client.command(f"DROP DATABASE {name} SYNC")
