"""Readers over databases of this process, for what needs no confinement."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Sequence
from typing import Any

import duckdb

from services.integration.catalog.reader import Dial, Reader
from services.integration.executors.errors import QueryFailed


class SqliteReader:
    """The port Reader over a database that others go on using."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    async def rows(self, sql: str, *, timeout_seconds: float) -> Sequence[tuple[Any, ...]]:
        await asyncio.sleep(0)  # as over a wire, others get their turn
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


def dial_to(connection: sqlite3.Connection | duckdb.DuckDBPyConnection) -> Dial:
    """Dials Readers of the connection's own kind."""

    async def dial() -> Reader:
        if isinstance(connection, sqlite3.Connection):
            return SqliteReader(connection)
        return DuckDbReader(connection)

    return dial
