"""Guarded queries in PostgreSQL: a read-only transaction with limits of its own, its result copied out as it comes.

COPY rather than a cursor: the server may use parallel workers, sends no faster than we read, and what arrives is
turned into Arrow without a Python object for each value.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import asyncpg

from services.integration.boundary.model import GuardedQuery, Limits
from services.integration.executors.errors import SourceRemoved, TooLarge
from services.integration.executors.pool import Pool
from services.integration.executors.postgres_connection import Connection
from services.integration.executors.postgres_failures import DRIVER_ERRORS, query_failure

if TYPE_CHECKING:
    import pyarrow as pa

# Looked at whole before its types are decided; what is larger is decided by this much.
FIRST_BLOCK_BYTES = 8 * 1024 * 1024
NEXT_BLOCK_BYTES = 512 * 1024
_SETTLE_SECONDS = 3.0
# The transport may be slower than the statement: a server that never answers must not hold us either.
_GRACE_SECONDS = 5.0

# Whatever the role's or the database's defaults are, the guarded text must mean here what the guard read.
SETTINGS = """
SET LOCAL statement_timeout = {statement_timeout_ms};
SET LOCAL idle_in_transaction_session_timeout = 15000;
SET LOCAL lock_timeout = 1000;
SET LOCAL search_path = pg_catalog, pg_temp;
SET LOCAL standard_conforming_strings = on;
SET LOCAL transform_null_equals = off;
SET LOCAL client_encoding = 'UTF8';
SET LOCAL timezone = 'UTC';
SET LOCAL datestyle = 'ISO, YMD';
SET LOCAL intervalstyle = 'postgres';
SET LOCAL extra_float_digits = 1;
SET LOCAL bytea_output = 'hex';
SET LOCAL work_mem = '16MB';
SET LOCAL jit = off;
"""


class PostgresExecution:
    """See port.Execution. All that touches the driver happens in one task, which outlives no `execute` block."""

    def __init__(self, pool: Pool[Connection], query: GuardedQuery, limits: Limits) -> None:
        self.row_count = 0
        self.truncated = False
        self.data_time = datetime.now(UTC)
        self.duration_seconds = 0.0
        self._pool = pool
        self._query = query
        self._limits = limits
        self._parts: asyncio.Queue[pa.RecordBatch | BaseException | None] = asyncio.Queue(maxsize=2)
        self._task = asyncio.create_task(self._run())
        self._task.add_done_callback(self._when_done)

    def __aiter__(self) -> AsyncIterator[pa.RecordBatch]:
        return self._iterate()

    async def _iterate(self) -> AsyncIterator[pa.RecordBatch]:
        while (part := await self._parts.get()) is not None:
            if isinstance(part, BaseException):
                raise part
            self.row_count += part.num_rows
            yield part

    def remove(self) -> None:
        """End it because its source is gone; the reader is told."""
        self._task.cancel()

    async def stop(self) -> None:
        """End it in the source, and wait until that is done."""
        self._task.cancel()
        await asyncio.wait([self._task])

    def _when_done(self, task: asyncio.Task[None]) -> None:
        if task.cancelled():  # a reader who sees this didn't leave: the source was removed
            while not self._parts.empty():
                self._parts.get_nowait()
            self._parts.put_nowait(SourceRemoved("The source was removed while the query ran."))

    async def _run(self) -> None:
        allowed = self._limits.statement_timeout_ms / 1000 + _GRACE_SECONDS
        try:
            async with asyncio.timeout(allowed):
                connection = await self._begin()
            async with asyncio.timeout(allowed):
                await self._transact(connection)
        except DRIVER_ERRORS as error:
            await self._parts.put(query_failure(error))
        except Exception as error:
            await self._parts.put(error)
        else:
            await self._parts.put(None)

    async def _begin(self) -> Connection:
        script = "BEGIN READ ONLY;" + SETTINGS.format(statement_timeout_ms=int(self._limits.statement_timeout_ms))
        while True:
            connection, used_before = await self._pool.take()
            try:
                await connection.execute(script)
            except DRIVER_ERRORS:
                connection.terminate()
                if not used_before:
                    raise
            except BaseException:
                connection.terminate()
                raise
            else:
                return connection

    async def _transact(self, connection: Connection) -> None:
        """Run the query on the open transaction, and settle the connection whatever happens."""
        started = time.monotonic()
        clean = False
        try:
            await self._copy(connection)
            clean = True
        except asyncpg.PostgresError:
            clean = True
            raise
        finally:
            self.duration_seconds = time.monotonic() - started
            # A second cancellation must not leave the connection behind: the settling goes on by itself.
            await asyncio.shield(asyncio.create_task(self._settle(connection, clean)))

    async def _settle(self, connection: Connection, clean: bool) -> None:
        try:
            async with asyncio.timeout(_SETTLE_SECONDS):
                await connection.execute("ROLLBACK")
        except Exception:
            connection.terminate()
            return
        await (self._pool.give_back(connection) if clean else self._pool.discard(connection))

    async def _copy(self, connection: Connection) -> None:
        from services.integration.executors.postgres_results import ResultReader
        from services.integration.executors.slices import within_messages

        described = await connection.prepare(self._query.sql)
        reader = ResultReader([(attribute.name, attribute.type.name) for attribute in described.get_attributes()])
        block = bytearray()
        received = rows = sent = 0

        async def emit(whole: bool) -> None:
            nonlocal rows, sent
            batch = reader.read(bytes(block), whole=whole)
            block.clear()
            room = self._query.max_rows - rows
            rows += batch.num_rows
            if batch.num_rows > room:
                self.truncated = True
                batch = batch.slice(0, max(room, 0))
            if batch.num_rows or not sent:
                for part in within_messages(batch):
                    sent += 1
                    await self._parts.put(part)

        async def receive(chunk: bytes) -> None:
            nonlocal received
            received += len(chunk)
            if received > self._limits.max_bytes:
                raise TooLarge("The result is larger than can be sent: ask for fewer rows or columns.")
            block.extend(chunk)
            if len(block) >= (NEXT_BLOCK_BYTES if sent else FIRST_BLOCK_BYTES):
                await emit(whole=False)

        await connection.copy_from_query(self._query.sql, *self._query.parameters, output=receive, format="csv")
        if block or not sent:
            await emit(whole=not sent)


class PostgresExecutor:
    """See port.Executor."""

    def __init__(self, dial: Callable[[], Awaitable[Connection]], *, keep_connections: int = 2) -> None:
        self._pool: Pool[Connection] = Pool(dial, keep=keep_connections)
        self._running: set[PostgresExecution] = set()

    @asynccontextmanager
    async def execute(self, query: GuardedQuery, limits: Limits) -> AsyncIterator[PostgresExecution]:
        execution = PostgresExecution(self._pool, query, limits)
        self._running.add(execution)
        try:
            yield execution
        finally:
            self._running.discard(execution)
            await execution.stop()

    async def end(self) -> None:
        for execution in tuple(self._running):
            execution.remove()
        await self._pool.close()

    @property
    def idle(self) -> bool:
        return not self._running and not self._pool.kept

    async def close_idle(self, older_than_seconds: float) -> None:
        await self._pool.close_idle(older_than_seconds)
