"""An executor over a test database, as the service would make it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pyarrow as pa

from services.integration.boundary.model import GuardedQuery, Limits
from services.integration.executors.port import Execution, Executor
from services.integration.executors.postgres import PostgresExecutor
from services.integration.executors.postgres_connection import Connection, PostgresTarget, dial
from services.integration.executors.tls import Tls
from tests.builders.postgres import Database


def target(on: Database, **changes: Any) -> PostgresTarget:
    parts = urlsplit(on.superuser_url)
    fields: dict[str, Any] = {
        "host": "localhost",
        "address": "127.0.0.1",
        "port": parts.port,
        "database": on.name,
        "username": parts.username,
        "password": parts.password,
        "tls": Tls.DISABLE,
    }
    return PostgresTarget(**fields | changes)


def executor(on: Database, **changes: Any) -> PostgresExecutor:
    async def connect() -> Connection:
        return await dial(target(on, **changes), 5.0)

    return PostgresExecutor(connect)


def guarded(sql: str, max_rows: int = 10_000) -> GuardedQuery:
    """SQL as if the guard had rendered it: what the executor holds must hold without the guard too."""
    return GuardedQuery(sql, (), max_rows, "all")


async def fetched(
    runner: Executor, sql: str, limits: Limits | None = None, max_rows: int = 10_000
) -> tuple[list[pa.RecordBatch], Execution]:
    async with runner.execute(guarded(sql, max_rows), limits or Limits()) as execution:
        return [batch async for batch in execution], execution


async def rows(runner: Executor, sql: str) -> list[dict[str, Any]]:
    batches, _ = await fetched(runner, sql)
    return [row for batch in batches for row in batch.to_pylist()]


def active(database: Database) -> int:
    """Queries and connections of ours that the database still has."""
    (found,) = database.run(
        f"SELECT count(*) FROM pg_stat_activity WHERE datname = '{database.name}' AND application_name = 'infinure'"
    )
    return int(found)
