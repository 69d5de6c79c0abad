"""Guarded queries in ClickHouse: over HTTP, under limits and settings of their own, their Arrow read as it comes.

Leaving a query closes its answer, and tells the server by the query's id: what a client's absence means is the
server's setting, not ours.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager, aclosing
from uuid import uuid4

from services.integration.boundary.model import GuardedQuery, Limits
from services.integration.executors.clickhouse_connection import ClickhouseConnection
from services.integration.executors.errors import QueryFailed, SourceError, TimedOut
from services.integration.executors.pool import Pool
from services.integration.executors.streaming import Running, StreamedExecution

_SETTLE_SECONDS = 3.0
# The transport may be slower than the statement: a server that never answers must not hold us either.
_GRACE_SECONDS = 5.0


class ClickhouseExecutor:
    """See port.Executor."""

    def __init__(self, dial: Callable[[], Awaitable[ClickhouseConnection]], *, keep_connections: int = 2) -> None:
        self._pool = Pool(dial, keep=keep_connections)
        self._running = Running()

    def execute(self, query: GuardedQuery, limits: Limits) -> AbstractAsyncContextManager[StreamedExecution]:
        async def produce(execution: StreamedExecution) -> None:
            await self._run(execution, query, limits)

        return self._running.started(StreamedExecution(query.max_rows, produce))

    async def end(self) -> None:
        self._running.remove()
        await self._pool.close()

    @property
    def idle(self) -> bool:
        return not self._running and not self._pool.kept

    async def close_idle(self, older_than_seconds: float) -> None:
        await self._pool.close_idle(older_than_seconds)

    async def _run(self, execution: StreamedExecution, query: GuardedQuery, limits: Limits) -> None:
        allowed = limits.statement_timeout_ms / 1000 + _GRACE_SECONDS
        query_id = str(uuid4())
        over = False
        try:
            async with asyncio.timeout(allowed):
                connection, _ = await self._pool.take()
            try:
                async with asyncio.timeout(allowed):
                    over = await _stream(connection, execution, query.sql, query_id, limits)
            except QueryFailed:
                over = True
                raise
            finally:
                # A second cancellation must not leave the query behind: the settling goes on by itself.
                await asyncio.shield(asyncio.create_task(self._settle(connection, "" if over else query_id)))
        except TimeoutError:
            raise TimedOut(
                "The source didn't finish in the time allowed: ask for less, or for a shorter period."
            ) from None

    async def _settle(self, connection: ClickhouseConnection, query_id: str) -> None:
        try:
            async with asyncio.timeout(_SETTLE_SECONDS):
                if query_id:
                    await connection.kill(query_id)
                await self._pool.give_back(connection)
        except (SourceError, TimeoutError):  # its own limit ends the query then
            connection.terminate()


async def _stream(
    connection: ClickhouseConnection, execution: StreamedExecution, sql: str, query_id: str, limits: Limits
) -> bool:
    """True if the server sent all there is."""
    batches = connection.read(sql, query_id, timeout_ms=limits.statement_timeout_ms, most_bytes=limits.max_bytes)
    async with aclosing(batches):
        async for batch in batches:
            if not await execution.emit(batch):
                return False
    return True
