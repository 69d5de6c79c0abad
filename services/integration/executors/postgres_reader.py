"""Our own reading of a PostgreSQL source's catalog: each statement in a read-only transaction of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import asyncpg

from services.integration.executors.errors import QueryFailed, TimedOut
from services.integration.executors.postgres import SETTINGS
from services.integration.executors.postgres_connection import Connection
from services.integration.executors.postgres_failures import DRIVER_ERRORS, query_failure

_CLOSE_SECONDS = 2


class PostgresReader:
    """The port catalog.reader.Reader over a connection that it owns."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def rows(self, sql: str, *, timeout_seconds: float) -> Sequence[tuple[Any, ...]]:
        settings = SETTINGS.format(statement_timeout_ms=max(1, round(timeout_seconds * 1000)))
        try:
            await self._connection.execute("BEGIN READ ONLY;" + settings)
            try:
                found = await self._connection.fetch(sql)
            except asyncpg.PostgresError as error:
                failure = query_failure(error)
                if isinstance(failure, TimedOut | QueryFailed):
                    await self._connection.execute("ROLLBACK")
                raise failure from None
            await self._connection.execute("ROLLBACK")
        except DRIVER_ERRORS as error:
            raise query_failure(error) from None
        return [tuple(row) for row in found]

    async def close(self) -> None:
        try:
            await self._connection.close(timeout=_CLOSE_SECONDS)
        except (*DRIVER_ERRORS, TimeoutError):
            self._connection.terminate()
        except BaseException:
            self._connection.terminate()
            raise
