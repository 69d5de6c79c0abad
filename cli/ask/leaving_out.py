"""Counting, through the same boundary as the question's query, the rows that its joins leave out."""

from __future__ import annotations

import asyncio

from cli.ask.model import Opened
from services.integration.boundary.guard import guard
from services.integration.boundary.model import Limits
from services.integration.boundary.refusals import QueryRefused
from services.integration.executors.errors import SourceError
from services.ml_gateway.engine import Planned
from services.ml_gateway.engine.leaving_out import left_out, not_counted
from services.ml_gateway.engine.outcome import Dropping

# Joins looked at for one answer, and how long it may take, all in all.
_MOST, _SECONDS = 3, 3.0


async def notices(planned: Planned, opened: Opened) -> tuple[str, ...]:
    """A sentence for each join that leaves rows out, or of which that isn't known."""
    told = []
    deadline = asyncio.get_running_loop().time() + _SECONDS
    for fact in planned.dropping[:_MOST]:
        try:
            async with asyncio.timeout_at(deadline):
                told.append(await _told(fact, opened))
        except (TimeoutError, SourceError, QueryRefused):
            told.append(not_counted(fact, opened.index))
    return tuple(filter(None, told))


async def _told(fact: Dropping, opened: Opened) -> str:
    limits = Limits(max_rows=1, statement_timeout_ms=int(_SECONDS * 1000))
    async with opened.executor.execute(guard(fact.sql, opened.scope, limits), limits) as execution:
        ((dropped, total),) = [tuple(row.values()) async for batch in execution for row in batch.to_pylist()]
    return left_out(fact, int(dropped), int(total), opened.index)
