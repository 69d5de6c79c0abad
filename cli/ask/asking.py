"""One question over an opened source: the engine's plan → the boundary → the source → rows."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from cli.ask.cells import column_of, values_of
from cli.ask.exits import AskError
from cli.ask.leaving_out import notices
from cli.ask.model import MOST_ROWS, Answered, Opened, Result, Settings, Told
from services.integration.boundary.guard import guard
from services.integration.boundary.model import Limits
from services.integration.boundary.refusals import QueryRefused
from services.integration.executors.errors import SourceError
from services.ml_gateway.engine import BAR, NeedsClarification, Outcome, Planned, Refused, plan
from services.ml_gateway.engine.outcome import RefusalReason
from services.ml_gateway.engine.suggesting import answerable

if TYPE_CHECKING:
    import pyarrow as pa

MAX_BYTES = 512 * 1024 * 1024
_TOO_COMPLEX = "That takes a larger query than may run. Ask for less at once: fewer groups or a shorter time."


class Asking:
    """Asks one source, question after question."""

    def __init__(self, opened: Opened, settings: Settings, clock: Callable[[], datetime]) -> None:
        self.opened = opened
        self.settings = settings
        self._clock = clock
        self._bar = BAR if settings.bar is None else settings.bar

    async def ask(self, question: str, earlier: Sequence[str] = ()) -> Told:
        """How it ended, after what was said earlier (oldest first).

        Raises AskError where the source failed; cancelling ends the query in the source.
        """
        now = self.settings.now or self._clock()
        began = time.perf_counter()
        # In a thread: a large schema takes its time, and Ctrl-C should not have to wait for it.
        outcome = await asyncio.to_thread(self._planned, question, now, tuple(earlier))
        planned_seconds = time.perf_counter() - began
        match outcome:
            case Planned():
                ended: Answered | NeedsClarification | Refused = await self._answered(outcome)
            case _:
                ended = outcome
        told = Told(question, now, ended, planned_seconds)
        return self._with_suggestions(told, ended) if isinstance(ended, Refused) else told

    def _planned(self, question: str, now: datetime, earlier: Sequence[str]) -> Outcome:
        zone = self.settings.time_zone
        return plan(question, self.opened.index, now=now, timezone=zone, earlier=earlier, bar=self._bar)

    def _with_suggestions(self, told: Told, refused: Refused) -> Told:
        offered = [question.text for question in self.opened.catalog.questions if not question.role]
        found = answerable(
            [*offered, *refused.suggestions],
            self.opened.index,
            besides=told.question,
            now=told.now,
            timezone=self.settings.time_zone,
            bar=self._bar,
        )
        return Told(told.question, told.now, told.outcome, told.plan_seconds, found)

    async def _answered(self, planned: Planned) -> Answered | Refused:
        limits = Limits(
            max_rows=max(self.settings.rows or 0, MOST_ROWS),
            statement_timeout_ms=int(self.settings.timeout_seconds * 1000),
            max_bytes=MAX_BYTES,
        )
        try:
            guarded = guard(planned.sql, self.opened.scope, limits)
        except QueryRefused as error:
            if error.reason.contract_reason == "QUERY_TOO_COMPLEX":
                return Refused(RefusalReason.UNSUPPORTED, _TOO_COMPLEX)
            # The engine writes only what the boundary lets through: this is a fault of ours.
            raise AskError(
                f"The query was refused by the query boundary ({error.reason}).", "Please report the question."
            ) from None
        began = time.perf_counter()
        try:
            async with self.opened.executor.execute(guarded, limits) as execution:
                batches = [batch async for batch in execution]
                truncated = execution.truncated
        except SourceError as error:
            raise AskError(error.text) from None
        result = _result(planned, batches, truncated, time.perf_counter() - began)
        told = await notices(planned, self.opened)
        return Answered(planned, guarded.sql, guarded.tables, guarded.policy_version, result, told)


def _result(planned: Planned, batches: list[pa.RecordBatch], truncated: bool, seconds: float) -> Result:
    columns = [column_of(column, field.type) for column, field in zip(planned.columns, batches[0].schema, strict=True)]
    rows: list[tuple[object, ...]] = []
    for batch in batches:
        rows += zip(*map(values_of, batch.columns), strict=True)
    return Result(columns, rows, truncated, seconds)
