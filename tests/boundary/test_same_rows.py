"""Guarded SQL gives the rows of the SQL that was proposed, on a real PostgreSQL."""

from collections.abc import AsyncIterator

import asyncpg
import pytest
import pytest_asyncio

from services.integration.boundary.guard import guard
from tests.boundary import shop
from tests.boundary.loading import Case, cases
from tests.builders.postgres import PostgresCluster

ALLOWED = list(cases("allowed_postgres.yaml"))


@pytest.fixture(scope="module")
def shop_url(postgres: PostgresCluster) -> str:
    database = postgres.empty_database("shop")
    for statement in shop.statements():
        database.run(statement)
    return database.superuser_url


@pytest_asyncio.fixture
async def connection(shop_url: str) -> AsyncIterator[asyncpg.Connection]:
    settings = {"default_transaction_read_only": "on", "search_path": "public,archive"}
    opened = await asyncpg.connect(shop_url, server_settings=settings)
    yield opened
    await opened.close()


@pytest.mark.parametrize("case", ALLOWED, ids=lambda case: case.name)
async def test_the_same_rows(case: Case, connection: asyncpg.Connection) -> None:
    guarded = guard(case.sql, shop.scope())
    expected = [tuple(row.values()) for row in await connection.fetch(case.sql)]
    answered = await connection.fetch(guarded.sql)
    rows = [tuple(row.values()) for row in answered]
    if "staff" in case.sql and "*" in case.sql:  # a star leaves the hidden column out
        expected = [row[: len(rows[0])] for row in expected]
    if "ORDER BY" not in case.sql:
        expected, rows = sorted(expected, key=repr), sorted(rows, key=repr)
    assert rows == expected
    if case.columns:
        assert tuple(answered[0].keys()) == case.columns
