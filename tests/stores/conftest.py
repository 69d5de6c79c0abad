"""One server for the tests that don't hurt it; databases begin with `org_`, as in the mesh."""

from collections.abc import Iterator

import pytest
from clickhouse_connect.driver.client import Client

from tests.builders.clickhouse import RunningClickHouse, running_clickhouse


@pytest.fixture(scope="session")
def store() -> Iterator[RunningClickHouse]:
    with running_clickhouse(INFINURE_STORE_DATABASES="org_*") as server:
        yield server


@pytest.fixture
def client(store: RunningClickHouse) -> Iterator[Client]:
    """A client of a fresh database."""
    with store.database("org") as name, store.client(database=name) as client:
        yield client
