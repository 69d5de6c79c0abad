"""Connectors of servers elsewhere: what is asked of a source, at which address, judged before every connect."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest

from meshkit.hosts import HostNotAllowed, HostRules
from meshkit.secrets import Secret
from services.integration.adapters.clickhouse_sources import ClickhouseConnector
from services.integration.adapters.mysql_sources import MysqlConnector
from services.integration.adapters.postgres_sources import PostgresConnector
from services.integration.catalog.profile import ProfileLimits
from services.integration.executors.tls import Tls
from services.integration.model import ClickhouseConfiguration, MysqlConfiguration, PostgresConfiguration, Source
from tests.builders.clickhouse import USER, RunningClickHouse
from tests.builders.mariadb import PASSWORD, SUPERUSER, MariaServer
from tests.integration.executors import rows

NOW = datetime(2026, 1, 1, tzinfo=UTC)


class Names:
    """A DNS whose answers change with time."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self._answers = list(answers)
        self.asked = 0

    async def resolve(self, host: str) -> Sequence[str]:
        self.asked += 1
        return self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]


@pytest.fixture(params=["postgres", "mysql", "clickhouse"])
def source(request: pytest.FixtureRequest) -> tuple[Any, Any, str]:
    """A connector's class, the configuration of a shop, and its password."""
    if request.param == "postgres":
        shop = request.getfixturevalue("postgres").empty_database("shop")
        shop.run(
            "CREATE TABLE orders (id INT PRIMARY KEY, amount DECIMAL(10,2)); INSERT INTO orders VALUES (1, 2); ANALYZE"
        )
        return (
            PostgresConnector,
            PostgresConfiguration("shop.example.test", shop.port, shop.name, "postgres", Tls.DISABLE, ("public",)),
            shop.superuser_password,
        )
    if request.param == "mysql":
        server: MariaServer = request.getfixturevalue("mariadb")
        database = server.empty_database("shop")
        database.run(
            "CREATE TABLE orders (id INT PRIMARY KEY, amount DECIMAL(10,2))", "INSERT INTO orders VALUES (1, 2)"
        )
        found = MysqlConfiguration("shop.example.test", database.port, database.name, SUPERUSER, Tls.DISABLE)
        return MysqlConnector, found, PASSWORD
    store: RunningClickHouse = request.getfixturevalue("clickhouse")
    name = f"shop_{uuid4().hex}"
    with store.client() as client:
        client.command(f"CREATE DATABASE {name}")
        client.command(f"CREATE TABLE {name}.orders (id Int32, amount Decimal(10,2)) ENGINE = MergeTree ORDER BY id")
        client.command(f"INSERT INTO {name}.orders VALUES (1, 2)")
    return (
        ClickhouseConnector,
        ClickhouseConfiguration("shop.example.test", store.port, name, USER, Tls.DISABLE),
        store.password,
    )


def connector(kind: Any, names: Names, *, private: bool = True) -> Any:
    return kind(HostRules(allow_private=private), names, profile_limits=ProfileLimits(), clock=lambda: NOW)


async def test_a_source_is_inspected_and_asked_at_its_address(source: tuple[Any, Any, str]) -> None:
    kind, configuration, password = source
    reach = connector(kind, Names(["127.0.0.1"]))
    inspection = await reach.inspect(configuration, Secret(password))
    assert inspection.server_version.split()[0] in ("PostgreSQL", "MariaDB", "ClickHouse")
    assert inspection.warnings

    async def opened() -> Secret:
        return Secret(password)

    place = Source(uuid4(), uuid4(), "shop", configuration, NOW, "1", NOW, 1)
    runner = reach.executor(place, opened)
    schema = "public" if isinstance(configuration, PostgresConfiguration) else configuration.database
    found = await rows(runner, f"SELECT id, amount FROM {schema}.orders")
    await runner.end()
    assert [(row["id"], int(row["amount"])) for row in found] == [(1, 2)]


async def test_its_catalog_is_read(source: tuple[Any, Any, str]) -> None:
    kind, configuration, password = source
    told: list[tuple[str, float]] = []
    reach = connector(kind, Names(["127.0.0.1"]))
    catalog = await reach.read_catalog(configuration, Secret(password), lambda stage, part: told.append((stage, part)))
    assert [(table.name, [column.name for column in table.columns]) for table in catalog.tables] == [
        ("orders", ["id", "amount"])
    ]
    assert {stage for stage, _ in told} == {"structure", "profile", "keys"}
    assert told[-1] == ("keys", 1.0)


async def test_a_name_that_moves_inside_is_refused_at_the_next_connect(source: tuple[Any, Any, str]) -> None:
    kind, configuration, password = source
    names = Names(["127.0.0.1"], ["169.254.169.254"])
    reach = connector(kind, names)
    await reach.inspect(configuration, Secret(password))
    with pytest.raises(HostNotAllowed):
        await reach.inspect(configuration, Secret(password))
    assert names.asked == 2


async def test_a_private_host_is_refused_unless_allowed(source: tuple[Any, Any, str]) -> None:
    kind, configuration, password = source
    with pytest.raises(HostNotAllowed):
        await connector(kind, Names(["127.0.0.1"]), private=False).inspect(configuration, Secret(password))
