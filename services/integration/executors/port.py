"""The port that each kind of source implements."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from services.integration.boundary.model import GuardedQuery, Limits

if TYPE_CHECKING:
    import pyarrow as pa

# No batch is larger than this as an Arrow IPC message, a single row of more apart.
BATCH_BYTES = 1024 * 1024


class Execution(Protocol):
    """A running query. Iterate once; the counts are right when the iteration has ended."""

    row_count: int
    truncated: bool
    data_time: datetime
    duration_seconds: float

    def __aiter__(self) -> AsyncIterator[pa.RecordBatch]:
        """Batches of one schema, each at most about BATCH_BYTES; at least one, if only for the schema.

        Raises TimedOut, TooLarge, QueryFailed, Busy, SourceRemoved, or whatever connecting raises.
        """
        ...


class Executor(Protocol):
    """Runs guarded queries in one source."""

    def execute(self, query: GuardedQuery, limits: Limits) -> AbstractAsyncContextManager[Execution]:
        """Start the query. Leaving the block ends it in the source, whether it was read to its end or not."""
        ...

    async def end(self) -> None:
        """End every running query with SourceRemoved and close every connection."""
        ...

    @property
    def idle(self) -> bool:
        """True if it holds no connection and runs no query."""
        ...

    async def close_idle(self, older_than_seconds: float) -> None:
        """Close connections that nobody used for so long."""
        ...
