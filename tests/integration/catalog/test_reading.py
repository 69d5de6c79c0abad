"""Readings that go wrong, take long, or are told of; and what people say over what was read."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import pytest

from services.integration.catalog.descriptions import Description, with_descriptions
from services.integration.catalog.document import from_document, to_document, versioned
from services.integration.catalog.meaning import with_meaning
from services.integration.catalog.model import Catalog, ColumnRole
from services.integration.catalog.profile import ProfileLimits
from services.integration.catalog.reader import Dial, Reader
from services.integration.catalog.reading import read_catalog
from services.integration.executors.errors import TimedOut, Unreachable
from tests.integration.catalog.readers import SqliteReader, dial_to
from tests.integration.catalog.shop import Types, statements

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@asynccontextmanager
async def shop(*, keys: bool = False) -> AsyncIterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:")
    for statement in statements(Types(), keys=keys):
        connection.execute(statement)
    yield connection
    connection.close()


async def read(*, keys: bool = False) -> Catalog:
    async with shop(keys=keys) as connection:
        return versioned(await read_catalog("sqlite", dial_to(connection), now=NOW))


class Failing(SqliteReader):
    """Fails with `error` on every statement that holds `on`."""

    def __init__(self, connection: sqlite3.Connection, on: str, error: Exception) -> None:
        super().__init__(connection)
        self._on = on
        self._error = error
        self.asked: list[str] = []

    async def rows(self, sql: str, *, timeout_seconds: float) -> Sequence[tuple[Any, ...]]:
        self.asked.append(sql)
        if self._on in sql:
            raise self._error
        return await super().rows(sql, timeout_seconds=timeout_seconds)


def failing(connection: sqlite3.Connection, on: str, error: Exception) -> Dial:
    async def dial() -> Reader:
        return Failing(connection, on, error)

    return dial


async def test_a_table_that_takes_too_long_costs_no_other() -> None:
    async with shop() as connection:
        catalog = await read_catalog("sqlite", failing(connection, '"orders"', TimedOut("late")), now=NOW)
    tables = {table.name: table for table in catalog.tables}
    assert (tables["orders"].row_count, tables["orders"].row_count_exact) == (0, False)
    assert [column.name for column in tables["orders"].columns][:2] == ["id", "customer_id"]
    assert tables["customers"].row_count == 40
    assert any("1 table could not be looked at" in note for note in catalog.notes)


async def test_a_connection_that_breaks_off_ends_the_reading() -> None:
    async with shop() as connection:
        with pytest.raises(Unreachable):
            await read_catalog("sqlite", failing(connection, "DISTINCT", Unreachable("gone")), now=NOW)


async def test_no_time_gives_the_structure_and_says_so() -> None:
    async with shop(keys=True) as connection:
        limits = ProfileLimits(total_seconds=0.0)
        catalog = await read_catalog("sqlite", dial_to(connection), limits=limits, now=NOW)
    assert len(catalog.tables) == len(catalog.relationships) == 6
    assert {column.name for table in catalog.tables for column in table.columns if column.sensitive} == {
        "email",
        "full_name",
    }
    assert catalog.notes == (
        "The rows of 6 tables could not be looked at, or not in time: counts and samples are missing.",
    )


async def test_progress_goes_from_nothing_to_all() -> None:
    told: list[tuple[str, float]] = []
    async with shop() as connection:
        await read_catalog(
            "sqlite", dial_to(connection), now=NOW, progress=lambda stage, fraction: told.append((stage, fraction))
        )
    fractions = [fraction for _, fraction in told]
    assert (fractions[0], fractions[-1]) == (0.0, 1.0)
    assert fractions == sorted(fractions)
    assert list(dict.fromkeys(stage for stage, _ in told)) == ["structure", "profile", "keys"]


async def test_an_empty_source_is_an_empty_catalog() -> None:
    connection = sqlite3.connect(":memory:")
    catalog = await read_catalog("sqlite", dial_to(connection), now=NOW)
    connection.close()
    assert (catalog.tables, catalog.relationships, catalog.notes) == ((), (), ())


async def test_numbers_within_a_range_by_accident_are_no_key() -> None:
    connection = sqlite3.connect(":memory:")
    for name in ("alpha", "beta", "gamma"):
        connection.execute(f"CREATE TABLE {name} (id INTEGER, size INTEGER, rating INTEGER)")
        connection.executemany(
            f"INSERT INTO {name} VALUES (?, ?, ?)", [(n, n % 5 + 1, n % 3 + 1) for n in range(1, 50)]
        )
    catalog = await read_catalog("sqlite", dial_to(connection), now=NOW)
    connection.close()
    assert catalog.relationships == ()


async def test_values_that_are_not_there_speak_against_a_key() -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE TABLE customers (id INTEGER)")
    connection.executemany("INSERT INTO customers VALUES (?)", [(n,) for n in range(1, 50)])
    connection.execute("CREATE TABLE tickets (id INTEGER, customer_id INTEGER)")
    connection.executemany("INSERT INTO tickets VALUES (?, ?)", [(n, n + 1000) for n in range(1, 50)])
    catalog = await read_catalog("sqlite", dial_to(connection), now=NOW)
    connection.close()
    assert catalog.relationships == ()


async def test_a_persons_words_win_and_change_the_version() -> None:
    catalog = await read()
    said = [
        Description("main", "orders", "", "What was bought"),
        Description("main", "orders", "total", "With tax"),
        Description("main", "orders", "gone", "of a column that is no more"),
        Description("main", "customers", "", ""),
    ]
    told = versioned(with_descriptions(catalog, said))
    (orders,) = (table for table in told.tables if table.name == "orders")
    assert orders.description == "What was bought"
    assert {c.name: c.description for c in orders.columns if c.description} == {"total": "With tax"}
    assert told.version != catalog.version
    assert versioned(with_descriptions(catalog, [])).version == catalog.version
    over_model = with_descriptions(
        with_meaning(catalog, "version: 1\ntables:\n  orders: {description: Orders}\n"), said[:1]
    )
    assert {t.description for t in over_model.tables if t.name == "orders"} == {"What was bought"}


async def test_what_the_model_says_of_a_column_replaces_what_was_inferred() -> None:
    catalog = await read()
    text = "version: 1\nrelationships:\n  - {from: orders.customer_id, to: customers.id, name: buyer}\n"
    (link,) = (r for r in with_meaning(catalog, text).relationships if r.from_columns == ("customer_id",))
    assert (link.name, link.inferred, link.from_model, link.confidence) == ("buyer", False, True, 1.0)


async def test_documents_written_before_are_read() -> None:
    catalog = await read()
    plain = json.loads(to_document(catalog))
    del plain["notes"]
    for table in plain["tables"]:
        del table["change_time"], table["latest_time"]
        for column in table["columns"]:
            del column["role"], column["sensitive"]
    for link in plain["relationships"]:
        del link["inferred"], link["confidence"]
    old = from_document(json.dumps(plain))
    assert [table.name for table in old.tables] == [table.name for table in catalog.tables]
    assert {column.role for table in old.tables for column in table.columns} == {ColumnRole.UNKNOWN}
    assert {link.confidence for link in old.relationships} == {1.0}


async def test_a_declared_key_that_points_at_what_repeats_is_none() -> None:
    connection = sqlite3.connect(":memory:")
    connection.executescript(
        "CREATE TABLE area (code INTEGER PRIMARY KEY, state TEXT); CREATE TABLE region (name TEXT, leader TEXT);"
        "INSERT INTO area VALUES (201, 'NJ'), (551, 'NJ'), (212, 'NY');"
        "INSERT INTO region VALUES ('east', 'A'), ('west', 'B');"
        "CREATE TABLE vote (id INTEGER PRIMARY KEY, state TEXT REFERENCES area(state), "
        "place TEXT REFERENCES region(name));"
        "INSERT INTO vote VALUES (1, 'NJ', 'east'), (2, 'NY', 'west');"
    )
    read = await read_catalog("sqlite", dial_to(connection), now=NOW)
    connection.close()
    assert [(link.from_columns, link.to_table) for link in read.relationships] == [(("place",), "region")]
