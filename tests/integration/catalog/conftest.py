"""A ClickHouse for the tests of catalogs, started when the first asks for it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.builders.clickhouse import RunningClickHouse, running_clickhouse


@pytest.fixture(scope="session")
def clickhouse() -> Iterator[RunningClickHouse]:
    """The server; tests make a database of their own on it."""
    with running_clickhouse() as server:
        yield server
