"""The demo shop, built once per test process by the code that `infinure up` uses."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date

import asyncpg
import pytest

from cli.demo.database import build
from cli.demo.names import DATABASE, READER
from cli.stores import psql
from cli.stores.provision import close_to_public, on_database
from tests.builders.postgres import PostgresCluster

TODAY = date(2026, 11, 22)
PASSWORD = 'reader\'s "password" %s'


@dataclass(frozen=True)
class DemoShop:
    """The built database; `rows` runs SQL as the superuser and gives rows with columns split by `|`."""

    server_url: str
    port: int
    today: date

    def rows(self, sql: str) -> list[str]:
        return psql.run(on_database(self.server_url, DATABASE), sql)

    def value(self, sql: str) -> str:
        return self.rows(sql)[0]

    @asynccontextmanager
    async def connected(
        self, user: str = READER, password: str = PASSWORD, database: str = DATABASE
    ) -> AsyncIterator["asyncpg.Connection[asyncpg.Record]"]:
        """A connection, as the reader and to the shop unless told otherwise."""
        connection = await asyncpg.connect(
            host="127.0.0.1", port=self.port, user=user, password=password, database=database
        )
        try:
            yield connection
        finally:
            await connection.close()


@pytest.fixture(scope="session")
def demo_shop(postgres: PostgresCluster) -> Iterator[DemoShop]:
    url = postgres.server.url("postgres")
    close_to_public(url)
    asyncio.run(build(url, PASSWORD, TODAY, lambda _step, _part: None))
    yield DemoShop(url, postgres.server.port, TODAY)
    psql.run(url, f"DROP DATABASE {DATABASE} WITH (FORCE);")
