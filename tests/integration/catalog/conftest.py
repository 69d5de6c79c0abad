"""A ClickHouse for the tests of catalogs, started when the first asks for it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.builders.clickhouse import RunningClickHouse, running_clickhouse
from tests.integration.catalog.building import SERVERS, Build, builder


@pytest.fixture(scope="session")
def clickhouse() -> Iterator[RunningClickHouse]:
    """The server; tests make a database of their own on it."""
    with running_clickhouse() as server:
        yield server


@pytest.fixture
def build(request: pytest.FixtureRequest) -> Build:
    """Builds databases; of a dialect with a server only where the test's parameter `dialect` names it."""
    dialect = request.node.callspec.params.get("dialect") if hasattr(request.node, "callspec") else None
    return builder(request.getfixturevalue(SERVERS[dialect]) if dialect in SERVERS else None)
