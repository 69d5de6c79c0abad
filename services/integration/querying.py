"""A proposed query on its way: the caller's catalog → the boundary's scope → the guard → the source → batches."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import UUID

from meshkit.identity import Caller
from services.integration.boundary.guard import guard
from services.integration.boundary.model import GuardedQuery, Limits
from services.integration.catalogs import Catalogs
from services.integration.errors import told
from services.integration.executors.port import Execution
from services.integration.running import RunningSources

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True, slots=True)
class RunningQuery:
    """A checked query that runs. scope_note says which part of the rows it is held to; "" for all."""

    query: GuardedQuery
    execution: Execution
    source_id: UUID
    scope_note: str = ""

    async def batches(self) -> AsyncGenerator[pa.RecordBatch, None]:
        """The result's batches; failures of the source in the mesh's terms."""
        with told(self.source_id):
            async for batch in self.execution:
                yield batch


class Querying:
    """The use case of QueryService: nothing reaches a source but what the guard rendered."""

    def __init__(self, catalogs: Catalogs, running: RunningSources, limits: Limits) -> None:
        self._catalogs = catalogs
        self._running = running
        self._limits = limits

    @asynccontextmanager
    async def run(
        self, caller: Caller, source_id: UUID, sql: str, max_rows: int, limits: Limits | None = None
    ) -> AsyncIterator[RunningQuery]:
        """Check and start the query; leaving the block ends it in the source.

        max_rows: how many rows are wanted; 0, or more than the cap, means the cap. limits: other than a question's.
        """
        known = await self._catalogs.get(caller, source_id)
        most = limits or self._limits
        limits = replace(most, max_rows=min(max_rows or most.max_rows, most.max_rows))
        with told(source_id):
            # In a thread: a long text keeps the parser busy, and other callers' streams go on meanwhile.
            guarded = await asyncio.to_thread(guard, sql, known.scope, limits)
        with told(source_id):
            async with self._running.turn(known.source) as executor, executor.execute(guarded, limits) as execution:
                yield RunningQuery(guarded, execution, source_id)
