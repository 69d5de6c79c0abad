"""Counting, beside an answer's query and through the same boundary, the rows that its joins leave out."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from decimal import Decimal

from infinure.ml_gateway.v1.result_pb2 import (
    NOTICE_KIND_NOT_COUNTED,
    NOTICE_KIND_ROWS_LEFT_OUT,
    Cell,
    Notice,
    NoticeKind,
)

from meshkit.errors import MeshError
from services.ml_gateway.builtin.vouched import Written
from services.ml_gateway.engine import Index, Planned
from services.ml_gateway.engine.leaving_out import left_out, not_counted
from services.ml_gateway.engine.outcome import Dropping
from services.ml_gateway.learning.matching import table_name
from services.ml_gateway.ports import Data

log = logging.getLogger(__name__)

# Joins looked at for one answer, and how long the answer may wait for them once it is there itself.
MOST, SECONDS = 3, 3.0

Counting = asyncio.Task[list[Notice]]


@asynccontextmanager
async def counting(
    planned: Planned | Written, index: Index, source_id: str, time_zone: str, data: Data
) -> AsyncGenerator[Sequence[Counting], None]:
    """Counts while the block runs, one task for each join; what isn't done at its end is ended in the source."""
    facts = planned.dropping[:MOST] if isinstance(planned, Planned) else ()
    tasks = [asyncio.create_task(_counted(fact, index, source_id, time_zone, data)) for fact in facts]
    try:
        yield tasks
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def notices(
    planned: Planned | Written, tasks: Sequence[Counting], index: Index, seconds: float = SECONDS
) -> list[Notice]:
    """What there is to say, after at most so long a wait."""
    if not tasks or not isinstance(planned, Planned):
        return []
    done, _ = await asyncio.wait(tasks, timeout=seconds)
    found: list[Notice] = []
    for fact, task in zip(planned.dropping, tasks, strict=False):
        found += task.result() if task in done else [_unknown(fact, index)]
    return found


async def _counted(fact: Dropping, index: Index, source_id: str, time_zone: str, data: Data) -> list[Notice]:
    try:
        result = await data.query(source_id, fact.sql, time_zone)
    except MeshError as error:
        if error.reason == "QUERY_NOT_PERMITTED":  # the asker may not see it: there is nothing to say
            return []
        log.info("rows that a join leaves out weren't counted", extra={"reason": error.reason})
        return [_unknown(fact, index)]
    counts = [tuple(map(_whole, row.cells)) for row in result.rows]
    if [len(row) for row in counts] != [2]:
        log.error("counting the rows that a join leaves out gave something else than two numbers")
        return [_unknown(fact, index)]
    ((dropped, total),) = counts
    text = left_out(fact, dropped, total, index)
    return [_notice(NOTICE_KIND_ROWS_LEFT_OUT, fact, text, dropped, total)] if text else []


def _unknown(fact: Dropping, index: Index) -> Notice:
    return _notice(NOTICE_KIND_NOT_COUNTED, fact, not_counted(fact, index))


def _notice(kind: NoticeKind.ValueType, fact: Dropping, text: str, dropped: int = 0, total: int = 0) -> Notice:
    return Notice(
        kind=kind,
        text=text,
        table=table_name(fact.table),
        lacking_table=table_name(fact.lacking),
        row_count=dropped,
        total_row_count=total,
    )


def _whole(cell: Cell) -> int:
    """Databases count in integers, decimals or floats."""
    kind = cell.WhichOneof("value")
    return int(Decimal(str(getattr(cell, kind)))) if kind else 0
