"""The same shop in every dialect gives the same catalog."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import duckdb
import pytest

from services.integration.catalog.document import from_document, to_document, versioned
from services.integration.catalog.model import Catalog, Column, ColumnRole, ColumnType, Table
from services.integration.catalog.reader import Dial, Reader
from services.integration.catalog.reading import read_catalog
from services.integration.executors import mysql_connection, postgres_connection
from services.integration.executors.mysql_connection import MysqlConnection
from services.integration.executors.mysql_reader import MysqlReader
from services.integration.executors.postgres_reader import PostgresReader
from tests.builders.clickhouse import RunningClickHouse
from tests.builders.mariadb import MariaServer
from tests.builders.postgres import PostgresCluster
from tests.integration import executors, mysql
from tests.integration.catalog.readers import dial_to
from tests.integration.catalog.shop import FOREIGN, ORDERS, PRIMARY, Types, statements

NOW = datetime(2026, 1, 1, tzinfo=UTC)
DECLARING = ("postgres", "mysql", "duckdb", "sqlite")
DIALECTS = (*DECLARING, "clickhouse")
_SERVERS = {"postgres": "postgres", "mysql": "mariadb", "clickhouse": "clickhouse"}
Shops = Callable[[str, bool], AbstractAsyncContextManager[Dial]]
_CLICKHOUSE = Types(
    code="String", text="String", integer="Int64", decimal="Decimal(10, 2)", number="Float64", date="Date32",
    timestamp="DateTime", boolean="Bool", required="{}", optional="Nullable({})",
    table="CREATE TABLE {name} ({columns}) ENGINE = MergeTree ORDER BY tuple()",
)  # fmt: skip


@pytest.fixture
def shops(request: pytest.FixtureRequest) -> Shops:
    """Builds the shop in a dialect, its keys declared or not, and dials Readers of it."""
    dialect = request.node.callspec.params.get("dialect") if hasattr(request.node, "callspec") else None
    server = request.getfixturevalue(_SERVERS[dialect]) if dialect in _SERVERS else None

    @asynccontextmanager
    async def postgres(keys: bool) -> AsyncIterator[Dial]:
        assert isinstance(server, PostgresCluster)
        database = server.empty_database("shop")
        database.run(";".join([*statements(Types(), keys=keys), "ANALYZE"]))

        async def dial() -> Reader:
            return PostgresReader(await postgres_connection.dial(executors.target(database), 5.0))

        yield dial
        server.drop(database)

    @asynccontextmanager
    async def maria(keys: bool) -> AsyncIterator[Dial]:
        assert isinstance(server, MariaServer)
        database = server.empty_database("shop")
        database.run(*statements(Types(number="double", timestamp="datetime", boolean="tinyint(1)"), keys=keys))

        async def connect() -> MysqlConnection:
            return await mysql_connection.dial(mysql.target(database), 5.0)

        async def dial() -> Reader:
            return MysqlReader(await connect(), connect)

        yield dial

    @asynccontextmanager
    async def clickhouse(keys: bool) -> AsyncIterator[Dial]:
        assert isinstance(server, RunningClickHouse)
        with server.database("shop") as name:
            client = server.client(database=name)
            for statement in statements(_CLICKHOUSE, keys=False):
                client.command(statement)
            yield dial_to(client)
            client.close()

    @asynccontextmanager
    async def inside(dialect: str, keys: bool) -> AsyncIterator[Dial]:
        connection: Any = sqlite3.connect(":memory:") if dialect == "sqlite" else duckdb.connect()
        for statement in statements(Types(), keys=keys):
            connection.execute(statement)
        yield dial_to(connection)
        connection.close()

    def build(dialect: str, keys: bool) -> AbstractAsyncContextManager[Dial]:
        made = {"postgres": postgres, "mysql": maria, "clickhouse": clickhouse}
        return made[dialect](keys) if dialect in made else inside(dialect, keys)

    return build


async def read(shops: Shops, dialect: str, *, keys: bool = True) -> Catalog:
    async with shops(dialect, keys) as dial:
        return versioned(await read_catalog(dialect, dial, now=NOW))


def table(catalog: Catalog, name: str) -> Table:
    (found,) = (one for one in catalog.tables if one.name == name)
    return found


def column(catalog: Catalog, of: str, name: str) -> Column:
    (found,) = (one for one in table(catalog, of).columns if one.name == name)
    return found


def links(catalog: Catalog) -> set[tuple[str, tuple[str, ...], str, tuple[str, ...], bool]]:
    return {
        (one.from_table, one.from_columns, one.to_table, one.to_columns, one.inferred) for one in catalog.relationships
    }


def traits(catalog: Catalog) -> dict[tuple[str, str], object]:
    """All that must not depend on the dialect."""
    found: dict[tuple[str, str], object] = {}
    for one in catalog.tables:
        counts = (one.row_count, one.row_count_exact)
        found[one.name, ""] = (counts, one.default_time_column, one.latest_time, one.display_column)
        for c in one.columns:
            values = (c.samples, c.samples_complete, c.distinct_count, c.min_value, c.max_value)
            found[one.name, c.name] = (c.type, c.nullable, values, c.role, c.sensitive)
    return found


@pytest.mark.parametrize("dialect", DECLARING)
async def test_declared_keys_are_read(shops: Shops, dialect: str) -> None:
    catalog = await read(shops, dialect)
    assert links(catalog) == {(start, (name,), end, (key,), False) for start, name, end, key in FOREIGN}
    assert {one.name: one.primary_key for one in catalog.tables} == PRIMARY
    assert all(one.confidence == 1.0 for one in catalog.relationships)


@pytest.mark.parametrize("dialect", DIALECTS)
async def test_undeclared_keys_are_inferred(shops: Shops, dialect: str) -> None:
    catalog = await read(shops, dialect, keys=False)
    assert links(catalog) == {(start, (name,), end, (key,), True) for start, name, end, key in FOREIGN}
    assert all(0.6 <= one.confidence <= 1.0 for one in catalog.relationships)
    keys = {one.name: one.primary_key for one in catalog.tables}
    assert keys == PRIMARY | {"order_items": ()}  # of several columns: only where it is declared


@pytest.mark.parametrize("dialect", DIALECTS)
async def test_the_same_shop_gives_the_same_catalog(shops: Shops, dialect: str) -> None:
    reference = await read(shops, "duckdb", keys=False)
    catalog = await read(shops, dialect, keys=False)
    mine, theirs = traits(catalog), traits(reference)
    assert mine.keys() == theirs.keys()
    assert [(name, mine[name], theirs[name]) for name in mine if mine[name] != theirs[name]] == []
    assert from_document(to_document(catalog)) == catalog


async def test_what_the_catalog_of_the_shop_says(shops: Shops) -> None:
    catalog = await read(shops, "duckdb")
    orders = table(catalog, "orders")
    assert (orders.row_count, orders.row_count_exact) == (ORDERS, True)
    assert (table(catalog, "products").display_column, table(catalog, "customers").display_column) == (
        "name",
        "full_name",
    )
    status = column(catalog, "orders", "status")
    assert (status.samples, status.samples_complete) == (("cancelled", "paid", "shipped"), True)
    roles = {(one.name, c.name): c.role for one in catalog.tables for c in one.columns}
    assert {name for name, role in roles.items() if role is ColumnRole.KEY} == {
        ("countries", "code"), ("customers", "id"), ("customers", "country"), ("categories", "id"),
        ("categories", "parent_id"), ("products", "id"), ("products", "category_id"), ("orders", "id"),
        ("orders", "customer_id"), ("order_items", "order_id"), ("order_items", "line_no"),
        ("order_items", "product_id"),
    }  # fmt: skip
    assert {name for name, role in roles.items() if role is ColumnRole.MEASURE} == {
        ("products", "price"), ("products", "weight"), ("orders", "total"), ("order_items", "quantity"),
        ("order_items", "discount_rate"),
    }  # fmt: skip
    assert roles["orders", "note"] is ColumnRole.TEXT
    assert roles["orders", "ordered_at"] is ColumnRole.TIME
    assert roles["orders", "status"] is ColumnRole.DIMENSION
    total = column(catalog, "orders", "total")
    assert (total.type, total.min_value, total.max_value) == (ColumnType.DECIMAL, "1.25", f"{ORDERS}.25")


@pytest.mark.parametrize("dialect", DIALECTS)
async def test_nothing_personal_is_kept_whatever_its_column_is_called(shops: Shops, dialect: str) -> None:
    catalog = await read(shops, dialect, keys=False)
    flagged = {(one.name, c.name) for one in catalog.tables for c in one.columns if c.sensitive}
    assert flagged == {("customers", "email"), ("customers", "contact"), ("customers", "full_name")}
    assert "@example" not in to_document(catalog)
    assert "Customer 1" not in to_document(catalog)
