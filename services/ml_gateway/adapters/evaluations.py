"""Benchmark questions and runs in PostgreSQL."""

from collections.abc import Sequence
from dataclasses import asdict, fields
from typing import Any
from uuid import UUID

from infinure.ml_gateway.v1.benchmark_pb2 import ExpectedAnswer
from sqlalchemy import Row, delete, func, insert, select, tuple_, update

from meshkit.database import Database, WriteSession
from services.ml_gateway.adapters.changes import check_room, page_of
from services.ml_gateway.adapters.tables import benchmark_questions, evaluation_outcomes, evaluation_runs
from services.ml_gateway.errors import BenchmarkQuestionNotFound, EvaluationRunNotFound, LearningLimitReached
from services.ml_gateway.evaluation.model import BenchmarkQuestion, Outcome, QuestionOutcome, Run
from services.ml_gateway.learning.model import Page

Found = Row[*tuple[Any, ...]]
_RUN = [field.name for field in fields(Run)]
_QUESTION = [field.name for field in fields(BenchmarkQuestion)]


class SqlBenchmarkQuestions:
    """The port BenchmarkQuestions."""

    def __init__(self, database: Database, *, most: int, most_of_source: int) -> None:
        self._database = database
        self._most = most
        self._most_of_source = most_of_source

    async def list(self, organization_id: UUID, source_id: UUID | None, page: Page) -> Sequence[BenchmarkQuestion]:
        async with self._database.read(organization_id) as session:
            rows = await page_of(session, benchmark_questions, organization_id, source_id, page)
        return [_question(row) for row in rows]

    async def all(self, organization_id: UUID, source_id: UUID) -> Sequence[BenchmarkQuestion]:
        table = benchmark_questions.c
        statement = (
            select(*table)
            .where(table.organization_id == organization_id, table.source_id == source_id)
            .order_by(table.create_time, table.id)
        )
        async with self._database.read(organization_id) as session:
            return [_question(row) for row in await session.all(statement)]

    async def get(self, organization_id: UUID, question_id: UUID) -> BenchmarkQuestion:
        table = benchmark_questions.c
        statement = select(*table).where(table.organization_id == organization_id, table.id == question_id)
        async with self._database.read(organization_id) as session:
            row = await session.first(statement)
        if row is None:
            raise BenchmarkQuestionNotFound(question_id)
        return _question(row)

    async def add(self, organization_id: UUID, question: BenchmarkQuestion) -> None:
        async with self._database.write(organization_id) as session:
            await check_room(session, benchmark_questions, organization_id, self._most, "benchmark questions")
            await self._check_source(session, organization_id, question.source_id)
            statement = insert(benchmark_questions).values(organization_id=organization_id, **_values(question))
            await session.execute(statement)

    async def _check_source(self, session: WriteSession, organization_id: UUID, source_id: UUID) -> None:
        table = benchmark_questions.c
        count = await session.scalar(
            select(func.count()).where(table.organization_id == organization_id, table.source_id == source_id)
        )
        if count >= self._most_of_source:
            raise LearningLimitReached("benchmark questions for this source", self._most_of_source)

    async def replace(self, organization_id: UUID, question: BenchmarkQuestion) -> None:
        table = benchmark_questions.c
        new = {name: value for name, value in _values(question).items() if name not in ("id", "create_time")}
        statement = (
            update(benchmark_questions)
            .where(table.organization_id == organization_id, table.id == question.id)
            .values(**new)
        )
        async with self._database.write(organization_id) as session:
            if (await session.execute(statement)).rowcount == 0:
                raise BenchmarkQuestionNotFound(question.id)

    async def delete(self, organization_id: UUID, question_id: UUID) -> None:
        table = benchmark_questions.c
        statement = delete(benchmark_questions).where(table.organization_id == organization_id, table.id == question_id)
        async with self._database.write(organization_id) as session:
            if (await session.execute(statement)).rowcount == 0:
                raise BenchmarkQuestionNotFound(question_id)


class SqlRuns:
    """The port Runs."""

    def __init__(self, database: Database, *, kept_of_source: int) -> None:
        self._database = database
        self._kept = kept_of_source

    async def add(self, organization_id: UUID, run: Run, outcomes: Sequence[QuestionOutcome]) -> None:
        rows = [
            {
                "organization_id": organization_id,
                "run_id": run.id,
                "place": place,
                "benchmark_question_id": one.question_id,
                "user_id": one.user_id,
                "question": one.question,
                "outcome": one.outcome,
                "sql": one.sql,
                "confidence": one.confidence,
                "seconds": one.seconds,
                "difference": one.difference,
            }
            for place, one in enumerate(outcomes, start=1)
        ]
        table = evaluation_runs.c
        oldest = (
            select(table.id)
            .where(table.organization_id == organization_id, table.source_id == run.source_id)
            .order_by(table.start_time.desc(), table.id.desc())
            .offset(self._kept)
        )
        async with self._database.write(organization_id) as session:
            await session.execute(insert(evaluation_runs).values(organization_id=organization_id, **asdict(run)))
            await session.execute(insert(evaluation_outcomes), rows)
            await session.execute(
                delete(evaluation_runs).where(table.organization_id == organization_id, table.id.in_(oldest))
            )

    async def list(self, organization_id: UUID, source_id: UUID | None, page: Page) -> Sequence[Run]:
        table = evaluation_runs.c
        statement = (
            select(*table)
            .where(table.organization_id == organization_id)
            .order_by(table.start_time.desc(), table.id.desc())
            .limit(page.size + 1)
        )
        if source_id is not None:
            statement = statement.where(table.source_id == source_id)
        if page.position:
            statement = statement.where(tuple_(table.start_time, table.id) < tuple_(*page.position))
        async with self._database.read(organization_id) as session:
            return [_run(row) for row in await session.all(statement)]

    async def get(self, organization_id: UUID, run_id: UUID) -> Run:
        table = evaluation_runs.c
        statement = select(*table).where(table.organization_id == organization_id, table.id == run_id)
        async with self._database.read(organization_id) as session:
            row = await session.first(statement)
        if row is None:
            raise EvaluationRunNotFound(run_id)
        return _run(row)

    async def outcomes(
        self, organization_id: UUID, run_id: UUID, after: int, count: int
    ) -> Sequence[tuple[int, QuestionOutcome]]:
        table = evaluation_outcomes.c
        statement = (
            select(*table)
            .where(table.organization_id == organization_id, table.run_id == run_id, table.place > after)
            .order_by(table.place)
            .limit(count)
        )
        async with self._database.read(organization_id) as session:
            return [(row.place, _outcome(row)) for row in await session.all(statement)]

    async def delete(self, organization_id: UUID, run_id: UUID) -> None:
        table = evaluation_runs.c
        statement = delete(evaluation_runs).where(table.organization_id == organization_id, table.id == run_id)
        async with self._database.write(organization_id) as session:
            if (await session.execute(statement)).rowcount == 0:
                raise EvaluationRunNotFound(run_id)


def _values(one: BenchmarkQuestion) -> dict[str, Any]:
    values = {name: getattr(one, name) for name in _QUESTION}
    return values | {"expected": one.expected.SerializeToString()}


def _question(row: Found) -> BenchmarkQuestion:
    values = {name: getattr(row, name) for name in _QUESTION}
    return BenchmarkQuestion(**values | {"expected": ExpectedAnswer.FromString(row.expected)})


def _run(row: Found) -> Run:
    return Run(**{name: getattr(row, name) for name in _RUN})


def _outcome(row: Found) -> QuestionOutcome:
    return QuestionOutcome(
        question_id=row.benchmark_question_id,
        user_id=row.user_id,
        question=row.question,
        outcome=Outcome(row.outcome),
        sql=row.sql,
        confidence=row.confidence,
        seconds=row.seconds,
        difference=row.difference,
    )
