"""Fixtures every area shares: real stores, started once per test process and only when a test asks."""

from collections.abc import Callable, Iterator

import pytest

from cli.stores.valkey import ValkeyServer
from tests.builders.postgres import Database, PostgresCluster, running_postgres
from tests.builders.valkey import running_valkey


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresCluster]:
    """The server; tests that need a database take `control_plane` or `empty_database`."""
    with running_postgres() as cluster:
        yield cluster


@pytest.fixture
def control_plane(postgres: PostgresCluster) -> Iterator[Callable[..., Database]]:
    """`control_plane("chat")` → a fresh control-plane database with chat's tables; dropped after the test."""
    made: list[Database] = []

    def make(*migrated: str) -> Database:
        made.append(postgres.control_plane(*migrated))
        return made[-1]

    yield make
    for database in made:
        postgres.drop(database)


@pytest.fixture
def empty_database(postgres: PostgresCluster) -> Iterator[Database]:
    """A fresh database with nothing in it; dropped after the test."""
    database = postgres.empty_database()
    yield database
    postgres.drop(database)


@pytest.fixture(scope="session")
def valkey() -> Iterator[ValkeyServer]:
    """The server; `valkey.url("chat")` is what the chat service would get. Use keys of your own: it is shared."""
    with running_valkey() as server:
        yield server
