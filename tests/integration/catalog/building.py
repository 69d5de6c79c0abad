"""Databases in every dialect, built from statements, and Readers of them."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import duckdb

from services.integration.catalog.reader import Dial, Reader
from services.integration.executors import mysql_connection, postgres_connection
from services.integration.executors.clickhouse_connection import dial as dial_clickhouse
from services.integration.executors.clickhouse_reader import ClickhouseReader
from services.integration.executors.mysql_connection import MysqlConnection
from services.integration.executors.mysql_reader import MysqlReader
from services.integration.executors.postgres_reader import PostgresReader
from tests.builders.clickhouse import RunningClickHouse
from tests.builders.mariadb import MariaServer
from tests.builders.postgres import PostgresCluster
from tests.integration import clickhouse, executors, mysql
from tests.integration.catalog.readers import dial_to

SERVERS = {"postgres": "postgres", "mysql": "mariadb", "clickhouse": "clickhouse"}
Build = Callable[[str, Iterable[str]], AbstractAsyncContextManager[Dial]]


def builder(server: object) -> Build:
    """Runs statements in a new database of a dialect; server is what the dialect needs one of (SERVERS)."""

    @asynccontextmanager
    async def postgres(statements: Iterable[str]) -> AsyncIterator[Dial]:
        assert isinstance(server, PostgresCluster)
        database = server.empty_database("built")
        database.run(";".join([*statements, "ANALYZE"]))

        async def dial() -> Reader:
            return PostgresReader(await postgres_connection.dial(executors.target(database), 5.0))

        yield dial
        server.drop(database)

    @asynccontextmanager
    async def maria(statements: Iterable[str]) -> AsyncIterator[Dial]:
        assert isinstance(server, MariaServer)
        database = server.empty_database("built")
        database.run(*statements)

        async def connect() -> MysqlConnection:
            return await mysql_connection.dial(mysql.target(database), 5.0)

        async def dial() -> Reader:
            return MysqlReader(await connect(), connect)

        yield dial

    @asynccontextmanager
    async def house(statements: Iterable[str]) -> AsyncIterator[Dial]:
        assert isinstance(server, RunningClickHouse)
        with server.database("built") as name:
            client = server.client(database=name)
            for statement in statements:
                client.command(statement)
            client.close()

            async def dial() -> Reader:
                return ClickhouseReader(await dial_clickhouse(clickhouse.target(server, name), 5.0))

            yield dial

    @asynccontextmanager
    async def inside(connection: Any, statements: Iterable[str]) -> AsyncIterator[Dial]:
        for statement in statements:
            connection.execute(statement)
        yield dial_to(connection)
        connection.close()

    def build(dialect: str, statements: Iterable[str]) -> AbstractAsyncContextManager[Dial]:
        match dialect:
            case "postgres":
                return postgres(statements)
            case "mysql":
                return maria(statements)
            case "clickhouse":
                return house(statements)
        return inside(sqlite3.connect(":memory:") if dialect == "sqlite" else duckdb.connect(), statements)

    return build
