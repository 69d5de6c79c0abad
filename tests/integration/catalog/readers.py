"""Readers over databases of this process, for what needs no confinement."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

import duckdb
from clickhouse_connect.driver.client import Client
from clickhouse_connect.driver.exceptions import ClickHouseError

from services.integration.catalog.reader import Dial, Reader
from services.integration.executors.errors import QueryFailed


class SqliteReader:
    """The port Reader over a database that others go on using."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    async def rows(self, sql: str, *, timeout_seconds: float) -> Sequence[tuple[Any, ...]]:
        try:
            return self._connection.execute(sql).fetchall()
        except sqlite3.Error as error:
            raise QueryFailed(str(error)) from error

    async def close(self) -> None: ...


class DuckDbReader:
    """The port Reader over a database that others go on using."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection.cursor()

    async def rows(self, sql: str, *, timeout_seconds: float) -> Sequence[tuple[Any, ...]]:
        try:
            return self._connection.execute(sql).fetchall()
        except duckdb.Error as error:
            raise QueryFailed(str(error)) from error

    async def close(self) -> None:
        self._connection.close()


class ClickHouseReader:
    """The port Reader over a client of the driver's own."""

    def __init__(self, client: Client) -> None:
        self._client = client

    async def rows(self, sql: str, *, timeout_seconds: float) -> Sequence[tuple[Any, ...]]:
        try:
            return [tuple(row) for row in self._client.query(sql).result_rows]
        except ClickHouseError as error:
            raise QueryFailed(str(error)) from error

    async def close(self) -> None: ...


def dial_to(connection: sqlite3.Connection | duckdb.DuckDBPyConnection | Client) -> Dial:
    """Dials Readers of the connection's own kind."""

    async def dial() -> Reader:
        if isinstance(connection, sqlite3.Connection):
            return SqliteReader(connection)
        if isinstance(connection, Client):
            return ClickHouseReader(connection)
        return DuckDbReader(connection)

    return dial
