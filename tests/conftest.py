"""Fixtures every area shares: real stores, started once per test process and only when a test asks."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from cli.stores.valkey import ValkeyServer
from services.auth.adapters.signing_keys import open_keyring
from tests.builders.clickhouse import RunningClickHouse, running_clickhouse
from tests.builders.mariadb import MariaServer, running_mariadb
from tests.builders.postgres import Database, PostgresCluster, running_postgres
from tests.builders.valkey import running_valkey

# How long an example takes says how busy the machine is, and nothing of the code.
settings.register_profile("infinure", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("infinure")


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresCluster]:
    """The server; tests that need a database take `control_plane` or `empty_database`."""
    with running_postgres() as cluster:
        yield cluster


@pytest.fixture(scope="session")
def mariadb() -> Iterator[MariaServer]:
    """The server, without encryption; tests take a database of their own from it."""
    with running_mariadb() as server:
        yield server


@pytest.fixture(scope="session")
def clickhouse() -> Iterator[RunningClickHouse]:
    """The embedded server; tests that need a database of their own take `clickhouse.database()`."""
    with running_clickhouse() as server:
        yield server


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


@pytest.fixture(scope="session")
def signing_keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one key, made once: making one takes a tenth of a second."""
    folder = tmp_path_factory.mktemp("signing-keys")
    open_keyring(folder, datetime.now(UTC))
    return folder
