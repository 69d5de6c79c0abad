"""Use case: a run of a source's benchmark questions, asked as anybody asks and compared with what is expected."""

import time
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from infinure.ml_gateway.v1.answer_event_pb2 import Clarification, Completed, Query, Refusal
from infinure.ml_gateway.v1.receipt_pb2 import Receipt
from infinure.ml_gateway.v1.result_pb2 import Rows

from meshkit.errors import MeshError, Unauthenticated
from meshkit.identity import Caller
from meshkit.ids import new_id
from services.ml_gateway.errors import BenchmarkEmpty
from services.ml_gateway.evaluation.comparing import difference
from services.ml_gateway.evaluation.model import BenchmarkQuestion, Outcome, Progress, QuestionOutcome, Run
from services.ml_gateway.evaluation.ports import BenchmarkQuestions, Runs
from services.ml_gateway.model import Question
from services.ml_gateway.ports import Data
from services.ml_gateway.routing import Route

_UNANSWERED = (Outcome.CLARIFIED, Outcome.REFUSED, Outcome.FAILED)


@dataclass(slots=True)
class _Said:
    """What came of a question."""

    rows: Rows | None = None
    query: Query = field(default_factory=Query)
    clarified: bool = False
    refused: bool = False
    receipt: Receipt = field(default_factory=Receipt)
    error: MeshError | None = None


@dataclass(frozen=True)
class Running:
    """Runs through the organization's engine and the boundary, with the caller's rights. Nothing is learned by it."""

    data: Data
    route: Route
    questions: BenchmarkQuestions
    runs: Runs
    clock: Callable[[], datetime]

    async def run(
        self, caller: Caller, source_id: UUID, *, with_learning: bool
    ) -> AsyncGenerator[Progress | Run, None]:
        """Progress after each question, and the run in the end, which is kept then.

        Raises NotFound SOURCE_NOT_FOUND, BenchmarkEmpty.
        """
        await self.data.catalog(str(source_id))
        questions = await self.questions.all(caller.organization_id, source_id)
        if not questions:
            raise BenchmarkEmpty
        began, receipt = self.clock(), Receipt()
        yield Progress(0, len(questions))
        outcomes: list[QuestionOutcome] = []
        for question in questions:
            outcome, made = await self._asked(caller, question, began, with_learning)
            if made.engine_version and not receipt.engine_version:
                receipt = made
            outcomes.append(outcome)
            yield Progress(len(outcomes), len(questions), outcome)
        run = _run(caller, source_id, began, self.clock(), outcomes, receipt)
        await self.runs.add(caller.organization_id, run, outcomes)
        yield run

    async def _asked(
        self, caller: Caller, one: BenchmarkQuestion, began: datetime, with_learning: bool
    ) -> tuple[QuestionOutcome, Receipt]:
        moment = one.reference_time or began
        question = Question(one.question, str(one.source_id), one.time_zone, moment, with_learning=with_learning)
        started = time.perf_counter()
        said = await self._said(caller, question)
        seconds = time.perf_counter() - started
        outcome, told = await self._compared(one, said)
        return (
            QuestionOutcome(
                question_id=one.id,
                user_id=one.user_id,
                question=one.question,
                outcome=outcome,
                sql=said.query.sql if said.rows is not None else "",
                confidence=said.receipt.confidence,
                seconds=seconds,
                difference=told,
            ),
            said.receipt,
        )

    async def _said(self, caller: Caller, question: Question) -> _Said:
        said = _Said()
        engine = self.route(caller.organization_id)
        try:
            async with aclosing(engine.answer(question, self.data)) as events:
                async for event in events:
                    match event:
                        case Rows():
                            said.rows = event
                        case Query():
                            said.query = event
                        case Clarification():
                            said.clarified = True
                        case Refusal():
                            said.refused = True
                        case Completed():
                            said.receipt = event.receipt
        except Unauthenticated:
            raise  # the session ended: so does the run
        except MeshError as error:
            said.error = error
        return said

    async def _compared(self, one: BenchmarkQuestion, said: _Said) -> tuple[Outcome, str]:
        if said.error is not None:
            return Outcome.FAILED, said.error.reason
        answered = said.rows is not None and not said.refused
        if one.expected.no_answer:
            return (Outcome.WRONG, "answered, where no answer was expected") if answered else (Outcome.CORRECT, "")
        if not answered or said.rows is None:
            return (Outcome.CLARIFIED if said.clarified else Outcome.REFUSED), ""
        if said.rows.truncated:
            return Outcome.NOT_COMPARED, "the answer has more rows than are compared"
        expected = list(one.expected.rows.rows)
        if one.expected.HasField("sql"):
            try:
                result = await self.data.query(str(one.source_id), one.expected.sql, one.time_zone)
            except Unauthenticated:
                raise
            except MeshError as error:
                return Outcome.NOT_COMPARED, f"the expected query failed: {error.reason}"
            if result.truncated:
                return Outcome.NOT_COMPARED, "the expected rows are more than are compared"
            expected = list(result.rows)
        told = difference(expected, said.rows.rows, ordered=one.expected.ordered)
        return (Outcome.WRONG, told) if told else (Outcome.CORRECT, "")


def _run(
    caller: Caller, source_id: UUID, began: datetime, ended: datetime, outcomes: Sequence[QuestionOutcome], by: Receipt
) -> Run:
    def count(*which: Outcome) -> int:
        return sum(one.outcome in which for one in outcomes)

    return Run(
        id=new_id(began),
        source_id=source_id,
        user_id=caller.user_id,
        start_time=began,
        end_time=ended,
        correct_count=count(Outcome.CORRECT),
        wrong_count=count(Outcome.WRONG),
        unanswered_count=count(*_UNANSWERED),
        not_compared_count=count(Outcome.NOT_COMPARED),
        answered_correctly_count=sum(one.answered_correctly for one in outcomes),
        engine_version=by.engine_version,
        catalog_version=by.catalog_version,
        learned_version=by.learned_version,
    )
