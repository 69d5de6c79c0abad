"""Guarded queries in MySQL and MariaDB: a read-only transaction with limits of its own, its rows read as they come.

A server goes on with a query whose client is gone until it has something to send: leaving a query ends it from
another connection.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager

from services.integration.boundary.model import GuardedQuery, Limits
from services.integration.executors.errors import SourceError, TimedOut, TooLarge
from services.integration.executors.mysql_connection import MysqlConnection
from services.integration.executors.pool import Pool
from services.integration.executors.streaming import Running, StreamedExecution

# Where the first rows decide a type, they are more.
FIRST_BLOCK_BYTES = 8 * 1024 * 1024
BLOCK_BYTES = 512 * 1024
_SETTLE_SECONDS = 3.0
# The transport may be slower than the statement: a server that never answers must not hold us either.
_GRACE_SECONDS = 5.0


class MysqlExecutor:
    """See port.Executor."""

    def __init__(self, dial: Callable[[], Awaitable[MysqlConnection]], *, keep_connections: int = 2) -> None:
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
        try:
            async with asyncio.timeout(allowed):
                connection = await self._begun(limits)
            try:
                async with asyncio.timeout(allowed):
                    await _stream(connection, execution, query.sql, limits.max_bytes)
            finally:
                # A second cancellation must not leave the query behind: the settling goes on by itself.
                await asyncio.shield(asyncio.create_task(self._settle(connection)))
        except TimeoutError:
            raise TimedOut(
                "The source didn't finish in the time allowed: ask for less, or for a shorter period."
            ) from None

    async def _begun(self, limits: Limits) -> MysqlConnection:
        while True:
            connection, used_before = await self._pool.take()
            try:
                await connection.begin(limits.statement_timeout_ms)
            except BaseException as error:
                connection.terminate()
                if not (used_before and isinstance(error, SourceError)):
                    raise
            else:
                return connection

    async def _settle(self, connection: MysqlConnection) -> None:
        try:
            async with asyncio.timeout(_SETTLE_SECONDS):
                if connection.reusable:
                    await connection.rollback()
                    await self._pool.give_back(connection)
                else:
                    connection.terminate()
                    await self._kill(connection.thread_id)
        except (SourceError, TimeoutError):  # its own limit ends the query then
            connection.terminate()

    async def _kill(self, thread_id: int) -> None:
        other, _ = await self._pool.take()
        try:
            await other.kill(thread_id)
        except BaseException:
            other.terminate()
            raise
        await self._pool.give_back(other)


async def _stream(connection: MysqlConnection, execution: StreamedExecution, sql: str, max_bytes: int) -> None:
    from services.integration.executors.mysql_results import ResultReader

    already = connection.received
    reader = ResultReader(await connection.open(sql))
    rows: list[tuple[object, ...]] = []
    emitted = connection.received
    while more := await connection.more():
        rows += more
        if connection.received - already > max_bytes:
            raise TooLarge("The result is larger than can be sent: ask for fewer rows or columns.")
        enough = FIRST_BLOCK_BYTES if reader.looks_first and not execution.started else BLOCK_BYTES
        if connection.received - emitted >= enough:
            batch, rows, emitted = reader.read(rows), [], connection.received
            if not await execution.emit(batch):
                return
    if rows or not execution.started:
        await execution.emit(reader.read(rows))
