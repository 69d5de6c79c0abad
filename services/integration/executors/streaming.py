"""A running query as its reader sees it: one task asks the source and hands batches over as they are taken."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from services.integration.executors.errors import SourceRemoved

if TYPE_CHECKING:
    import pyarrow as pa

# Longer than adapters take to end a query in its source.
_AGAIN_SECONDS = 5.0


class StreamedExecution:
    """See port.Execution. All that touches the driver happens in one task, which outlives no `execute` block."""

    def __init__(self, max_rows: int, produce: Callable[[StreamedExecution], Awaitable[None]]) -> None:
        self.row_count = 0
        self.truncated = False
        self.data_time = datetime.now(UTC)
        self.duration_seconds = 0.0
        self._room = max_rows
        self._sent = 0
        self._parts: asyncio.Queue[pa.RecordBatch | BaseException | None] = asyncio.Queue(maxsize=2)
        self._task = asyncio.create_task(self._run(produce))
        self._task.add_done_callback(self._when_done)

    def __aiter__(self) -> AsyncIterator[pa.RecordBatch]:
        return self._iterate()

    async def _iterate(self) -> AsyncIterator[pa.RecordBatch]:
        while (part := await self._parts.get()) is not None:
            if isinstance(part, BaseException):
                raise part
            self.row_count += part.num_rows
            yield part

    async def emit(self, batch: pa.RecordBatch) -> bool:
        """Hand rows over, as many as are wanted; the first batch goes even if it is empty. False: enough came."""
        from services.integration.executors.slices import within_messages

        if batch.num_rows > self._room:
            self.truncated = True
            batch = batch.slice(0, self._room)
        self._room -= batch.num_rows
        if batch.num_rows or not self._sent:
            for part in within_messages(batch):
                self._sent += 1
                await self._parts.put(part)
        return not self.truncated

    @property
    def started(self) -> bool:
        """True when a batch was handed over, and its schema with it."""
        return bool(self._sent)

    def remove(self) -> None:
        """End it because its source is gone; the reader is told."""
        self._task.cancel()

    async def stop(self) -> None:
        """End it in the source, and wait until that is done."""
        while not self._task.done():
            self._task.cancel()  # again, if need be: a driver's wait_for may lose one (CPython issue 86296)
            await asyncio.wait([self._task], timeout=_AGAIN_SECONDS)

    def _when_done(self, task: asyncio.Task[None]) -> None:
        if task.cancelled():  # a reader who sees this didn't leave: the source was removed
            while not self._parts.empty():
                self._parts.get_nowait()
            self._parts.put_nowait(SourceRemoved("The source was removed while the query ran."))

    async def _run(self, produce: Callable[[StreamedExecution], Awaitable[None]]) -> None:
        started = time.monotonic()
        try:
            await produce(self)
        except Exception as error:
            await self._parts.put(error)
        else:
            self.duration_seconds = time.monotonic() - started
            await self._parts.put(None)


class Running:
    """The queries of one executor that run now."""

    def __init__(self) -> None:
        self._executions: set[StreamedExecution] = set()

    def __bool__(self) -> bool:
        return bool(self._executions)

    @asynccontextmanager
    async def started(self, execution: StreamedExecution) -> AsyncIterator[StreamedExecution]:
        self._executions.add(execution)
        try:
            yield execution
        finally:
            self._executions.discard(execution)
            await execution.stop()

    def remove(self) -> None:
        """End them all because their source is gone."""
        for execution in tuple(self._executions):
            execution.remove()
