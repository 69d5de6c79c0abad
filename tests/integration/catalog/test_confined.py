"""Catalogs of files, read by confined workers, are those of the same rows read here."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from services.integration.catalog.model import Catalog
from services.integration.catalog.reading import read_catalog
from services.integration.executors.duckdb_reader import duckdb_dial
from services.integration.executors.sqlite_reader import sqlite_dial
from services.integration.workers import Workers
from tests.integration.catalog.readers import dial_to
from tests.integration.catalog.shop import TABLES, Types, statements

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
async def workers() -> AsyncIterator[Workers]:
    async with Workers.open(warm=1) as opened:
        yield opened


def loosely(catalog: Catalog) -> Catalog:
    """Without what a Parquet file can't say."""
    tables = [
        replace(table, columns=tuple(replace(column, nullable=True) for column in table.columns), is_view=False)
        for table in catalog.tables
    ]
    return replace(catalog, tables=tuple(tables))


def differences(one: Catalog, other: Catalog) -> list[object]:
    """Tables, columns and keys that differ, each beside the other."""
    found: list[object] = [
        pair for pair in zip(one.relationships, other.relationships, strict=True) if pair[0] != pair[1]
    ]
    for mine, theirs in zip(one.tables, other.tables, strict=True):
        found += [pair for pair in zip(mine.columns, theirs.columns, strict=True) if pair[0] != pair[1]]
        if replace(mine, columns=()) != replace(theirs, columns=()):
            found.append((replace(mine, columns=()), replace(theirs, columns=())))
    return found


async def test_parquet_files(workers: Workers, tmp_path: Path) -> None:
    with duckdb.connect() as connection:
        for statement in statements(Types(), keys=False):
            connection.execute(statement)
        files = {name: tmp_path / f"{number}.parquet" for number, name in enumerate(TABLES)}
        for name, path in files.items():
            connection.execute(f"COPY {name} TO '{path}' (FORMAT parquet)")
        expected = await read_catalog("duckdb", dial_to(connection), now=NOW)
    catalog = await read_catalog("duckdb", duckdb_dial(workers, files), now=NOW)
    assert differences(loosely(catalog), loosely(expected)) == []
    assert len(catalog.relationships) == 6


async def test_a_sqlite_file(workers: Workers, tmp_path: Path) -> None:
    path = tmp_path / "shop.sqlite"
    connection = sqlite3.connect(path)
    for statement in statements(Types(), keys=True):
        connection.execute(statement)
    connection.execute('CREATE TABLE mixed (anything, day TEXT, "huge" INTEGER, "bad" TEXT)')
    connection.executemany(
        "INSERT INTO mixed VALUES (?, ?, ?, CAST(? AS TEXT))",
        [
            (1, "2024-01-05", 2**62, b"ok"),
            ("two", "2024-01-06", None, b"more"),
            (2.5, None, -1, None),
            (b"x", None, 0, None),
        ],
    )
    connection.execute("CREATE VIEW paid AS SELECT id, customer_id, total FROM orders WHERE status = 'paid'")
    connection.commit()
    expected = await read_catalog("sqlite", dial_to(connection), now=NOW)
    catalog = await read_catalog("sqlite", sqlite_dial(workers, path), now=NOW)
    connection.close()
    assert differences(catalog, expected) == []
    assert [table.name for table in catalog.tables if table.is_view] == ["paid"]
    assert ("paid", ("customer_id",)) in {(link.from_table, link.from_columns) for link in catalog.relationships}
