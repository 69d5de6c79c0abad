"""One question over an opened source: the engine's plan → the boundary → the source → rows."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from cli.ask import typed
from cli.ask.cells import column_of, values_of
from cli.ask.exits import AskError
from cli.ask.leaving_out import notices
from cli.ask.model import MOST_ROWS, Answered, Opened, Result, Settings, Told
from services.integration.boundary.guard import guard
from services.integration.boundary.model import GuardedQuery, Limits
from services.integration.boundary.refusals import QueryRefused
from services.integration.executors.errors import SourceError
from services.ml_gateway.engine import BAR, Outcome, Planned, Refused, plan
from services.ml_gateway.engine.outcome import RefusalReason
from services.ml_gateway.engine.statements import is_query
from services.ml_gateway.engine.suggesting import answerable
from services.ml_gateway.engine.with_figure import with_figure

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
        if is_query(question):
            # Whoever has the files or the login may write the query, too.
            return Told(question, now, await self._typed(typed.statement(question)), time.perf_counter() - began)
        # In a thread: a large schema takes its time, and Ctrl-C should not have to wait for it.
        outcome = await asyncio.to_thread(self._planned, question, now, tuple(earlier))
        planned_seconds = time.perf_counter() - began
        ended = await self._answered(outcome) if isinstance(outcome, Planned) else outcome
        told = Told(question, now, ended, planned_seconds)
        return self._with_suggestions(told, ended) if isinstance(ended, Refused) else told

    def _planned(self, question: str, now: datetime, earlier: Sequence[str]) -> Outcome:
        zone = self.settings.time_zone
        outcome = plan(question, self.opened.index, now=now, timezone=zone, earlier=earlier, bar=self._bar)
        return with_figure(outcome, self.opened.index, zone)

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
        try:
            guarded = guard(planned.sql, self.opened.scope, self._limits)
        except QueryRefused as error:
            if error.reason.contract_reason == "QUERY_TOO_COMPLEX":
                return Refused(RefusalReason.UNSUPPORTED, _TOO_COMPLEX)
            # The engine writes only what the boundary lets through: this is a fault of ours.
            raise AskError(
                f"The query was refused by the query boundary ({error.reason}).", "Please report the question."
            ) from None
        batches, truncated, seconds = await self._run(guarded)
        result = _result(planned, batches, truncated, seconds)
        told = await notices(planned, self.opened)
        return Answered(planned, guarded.sql, guarded.tables, guarded.policy_version, result, told)

    async def _typed(self, sql: str) -> Answered | Refused:
        try:
            guarded = guard(sql, self.opened.scope, self._limits)
        except QueryRefused as error:
            return Refused(RefusalReason.UNSUPPORTED, f"That SQL can't be run: {error.message}.")
        batches, truncated, seconds = await self._run(guarded)
        planned = typed.as_planned(sql, guarded.tables, batches[0].schema, self.opened.catalog.dialect)
        result = _result(planned, batches, truncated, seconds)
        return Answered(planned, guarded.sql, guarded.tables, guarded.policy_version, result)

    @property
    def _limits(self) -> Limits:
        return Limits(
            max_rows=max(self.settings.rows or 0, MOST_ROWS),
            statement_timeout_ms=int(self.settings.timeout_seconds * 1000),
            max_bytes=MAX_BYTES,
        )

    async def _run(self, guarded: GuardedQuery) -> tuple[list[pa.RecordBatch], bool, float]:
        """Batches, whether the source has more rows, and the seconds it took. Raises AskError."""
        began = time.perf_counter()
        try:
            async with self.opened.executor.execute(guarded, self._limits) as execution:
                batches = [batch async for batch in execution]
                return batches, execution.truncated, time.perf_counter() - began
        except SourceError as error:
            raise AskError(error.text) from None


def _result(planned: Planned, batches: list[pa.RecordBatch], truncated: bool, seconds: float) -> Result:
    columns = [column_of(column, field.type) for column, field in zip(planned.columns, batches[0].schema, strict=True)]
    rows: list[tuple[object, ...]] = []
    for batch in batches:
        rows += zip(*map(values_of, batch.columns), strict=True)
    return Result(columns, rows, truncated, seconds)
