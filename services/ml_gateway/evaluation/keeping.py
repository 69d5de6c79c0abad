"""Use case: an organization's benchmark questions and runs, listed, written, edited, forgotten."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from infinure.ml_gateway.v1.benchmark_pb2 import ExpectedAnswer

from meshkit.identity import Caller
from meshkit.ids import new_id
from services.ml_gateway.answering import known_zone
from services.ml_gateway.engine.model import Catalog
from services.ml_gateway.errors import FieldWrong, QueryNotUnderstood, QueryRelationUnknown
from services.ml_gateway.evaluation.model import BenchmarkQuestion, QuestionOutcome, Run
from services.ml_gateway.evaluation.ports import BenchmarkQuestions, Runs
from services.ml_gateway.learning.checking import DoesNotFit, NotAQuery, check, fits
from services.ml_gateway.learning.model import Page
from services.ml_gateway.learning.seeing import Seeing


@dataclass(frozen=True, slots=True)
class Seen:
    """A question, and what the caller may know of it."""

    question: BenchmarkQuestion
    outdated: bool
    withheld: bool


@dataclass(frozen=True, slots=True)
class SeenOutcome:
    """An outcome in its place in the run, from 1."""

    place: int
    outcome: QuestionOutcome
    withheld: bool


@dataclass(frozen=True)
class Keeping:
    """Everything is the caller's organization's."""

    questions: BenchmarkQuestions
    runs: Runs
    seeing: Seeing
    clock: Callable[[], datetime]

    async def list(self, caller: Caller, source_id: UUID | None, page: Page) -> Sequence[Seen]:
        found = await self.questions.list(caller.organization_id, source_id, page)
        catalogs = await self.seeing.catalogs(one.source_id for one in found)
        return await asyncio.to_thread(lambda: [_seen(one, catalogs.get(one.source_id), caller) for one in found])

    async def get(self, caller: Caller, question_id: UUID) -> Seen:
        """Raises BenchmarkQuestionNotFound."""
        found = await self.questions.get(caller.organization_id, question_id)
        catalogs = await self.seeing.catalogs([found.source_id])
        return _seen(found, catalogs.get(found.source_id), caller)

    async def create(
        self,
        caller: Caller,
        source_id: UUID,
        question: str,
        expected: ExpectedAnswer,
        reference_time: datetime | None,
        time_zone: str,
    ) -> Seen:
        """Raises SourceNotFound, FieldWrong, QueryNotUnderstood, QueryRelationUnknown, LearningLimitReached."""
        catalog = await self.seeing.catalog(source_id)
        now = self.clock()
        made = BenchmarkQuestion(
            id=new_id(now),
            source_id=source_id,
            question=question.strip(),
            expected=await asyncio.to_thread(_checked, expected, catalog),
            reference_time=reference_time,
            time_zone=known_zone(time_zone),
            user_id=caller.user_id,
            create_time=now,
            update_time=now,
        )
        await self.questions.add(caller.organization_id, made)
        return _seen(made, catalog, caller)

    async def change(
        self,
        caller: Caller,
        question_id: UUID,
        question: str | None,
        expected: ExpectedAnswer | None,
        reference_time: datetime | None,
        time_zone: str | None,
        *,
        clear_reference_time: bool,
    ) -> Seen:
        """Raises BenchmarkQuestionNotFound; otherwise as create."""
        before = await self.questions.get(caller.organization_id, question_id)
        catalog = await self.seeing.catalog(before.source_id)
        moment = None if clear_reference_time else reference_time or before.reference_time
        made = replace(
            before,
            question=question.strip() if question is not None else before.question,
            expected=await asyncio.to_thread(_checked, expected, catalog) if expected is not None else before.expected,
            reference_time=moment,
            time_zone=known_zone(time_zone) if time_zone is not None else before.time_zone,
            user_id=caller.user_id,
            update_time=self.clock(),
        )
        await self.questions.replace(caller.organization_id, made)
        return _seen(made, catalog, caller)

    async def delete(self, caller: Caller, question_id: UUID) -> None:
        """Raises BenchmarkQuestionNotFound."""
        await self.questions.delete(caller.organization_id, question_id)

    async def list_runs(self, caller: Caller, source_id: UUID | None, page: Page) -> Sequence[Run]:
        return await self.runs.list(caller.organization_id, source_id, page)

    async def get_run(self, caller: Caller, run_id: UUID, after: int, count: int) -> tuple[Run, Sequence[SeenOutcome]]:
        """The run, and outcomes beyond a place. Raises EvaluationRunNotFound."""
        run = await self.runs.get(caller.organization_id, run_id)
        found = await self.runs.outcomes(caller.organization_id, run_id, after, count)
        catalog = (await self.seeing.catalogs([run.source_id])).get(run.source_id)
        mine = run.user_id == caller.user_id

        def withheld(one: QuestionOutcome) -> bool:
            if mine or one.user_id == caller.user_id:
                return False
            return catalog is None or not one.sql or not fits(one.sql, catalog)

        return run, await asyncio.to_thread(
            lambda: [SeenOutcome(place, outcome, withheld(outcome)) for place, outcome in found]
        )

    async def delete_run(self, caller: Caller, run_id: UUID) -> None:
        """Raises EvaluationRunNotFound."""
        await self.runs.delete(caller.organization_id, run_id)


def _seen(one: BenchmarkQuestion, catalog: Catalog | None, caller: Caller) -> Seen:
    sql = one.expected.sql
    there = catalog is not None and (not sql or fits(sql, catalog))
    return Seen(one, not there, not there and one.user_id != caller.user_id)


def _checked(expected: ExpectedAnswer, catalog: Catalog) -> ExpectedAnswer:
    match expected.WhichOneof("expected"):
        case "sql":
            try:
                check(expected.sql, catalog)
            except NotAQuery as error:
                raise QueryNotUnderstood from error
            except DoesNotFit as error:
                raise QueryRelationUnknown from error
        case "rows":
            if len({len(row.cells) for row in expected.rows.rows}) > 1:
                raise FieldWrong("expected.rows", "must have the same number of cells in each row")
    return expected
