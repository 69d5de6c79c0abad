"""Guarded queries on files, each in a worker of its own that can open nothing but its source's files."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from services.integration.boundary.model import GuardedQuery, Limits
from services.integration.executors.confined_failures import failure
from services.integration.executors.errors import SourceError, SourceRemoved, TooLarge
from services.integration.workers import Message, Work, WorkError, Workers

if TYPE_CHECKING:
    import pyarrow as pa

WorkOf = Callable[[GuardedQuery, Limits], Work]


class ConfinedExecution:
    """See port.Execution."""

    def __init__(self, query: GuardedQuery, limits: Limits) -> None:
        self.row_count = 0
        self.truncated = False
        self.data_time = datetime.now(UTC)
        self.duration_seconds = 0.0
        self._query = query
        self._limits = limits
        self._bytes = 0
        self._started = time.monotonic()
        self._stack = AsyncExitStack()
        self._messages: AsyncIterator[Message] | None = None
        self._failed: SourceError | None = None

    async def start(self, workers: Workers, work: Work) -> None:
        """What goes wrong here is raised to who reads."""
        try:
            messages = await self._stack.enter_async_context(workers.run(work))
        except WorkError as error:
            self._failed = self._failed or failure(error)
        else:
            self._messages = messages

    def __aiter__(self) -> AsyncIterator[pa.RecordBatch]:
        return self._iterate()

    async def _iterate(self) -> AsyncIterator[pa.RecordBatch]:
        try:
            while self._messages is not None and self._failed is None:
                message = await anext(self._messages, None)
                if message is None:
                    return
                if isinstance(message, dict):
                    self.truncated = bool(message.get("truncated"))
                    continue
                self._count(message)
                if self._failed is None:
                    yield message
        except WorkError as error:
            raise self._failed or failure(error) from None
        finally:
            self.duration_seconds = time.monotonic() - self._started
        if self._failed is not None:
            raise self._failed

    def _count(self, batch: pa.RecordBatch) -> None:
        """Whatever the worker believes, no more than this leaves here."""
        self.row_count += batch.num_rows
        self._bytes += batch.nbytes
        if self.row_count > self._query.max_rows or self._bytes > self._limits.max_bytes:
            raise TooLarge("The result is larger than can be sent: ask for fewer rows or columns.")

    async def remove(self) -> None:
        """End it because its source is gone; the reader is told."""
        self._failed = SourceRemoved("The source was removed while the query ran.")
        await self._stack.aclose()

    async def stop(self) -> None:
        """End it, and wait until that is done."""
        await self._stack.aclose()


class ConfinedExecutor:
    """See port.Executor. It keeps nothing between two queries."""

    def __init__(self, workers: Workers, work_of: WorkOf) -> None:
        self._workers = workers
        self._work_of = work_of
        self._running: set[ConfinedExecution] = set()

    @asynccontextmanager
    async def execute(self, query: GuardedQuery, limits: Limits) -> AsyncIterator[ConfinedExecution]:
        execution = ConfinedExecution(query, limits)
        self._running.add(execution)
        try:
            await execution.start(self._workers, self._work_of(query, limits))
            yield execution
        finally:
            self._running.discard(execution)
            await execution.stop()

    async def end(self) -> None:
        for execution in tuple(self._running):
            await execution.remove()

    @property
    def idle(self) -> bool:
        return not self._running

    async def close_idle(self, older_than_seconds: float) -> None:
        return None
