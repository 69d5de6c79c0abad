"""An organization's benchmark questions, run as its people ask, and its accuracy over time."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import grpc
import pyarrow as pa
import pytest
from google.protobuf.timestamp_pb2 import Timestamp
from infinure.ml_gateway.v1 import benchmark_pb2, result_pb2
from infinure.ml_gateway.v1 import evaluation_service_pb2 as pb
from infinure.ml_gateway.v1 import learning_service_pb2 as learning

from meshkit.errors import FailedPrecondition, MeshError
from meshkit.ids import new_id
from tests.ml_gateway.catalogs import orders, revenue
from tests.ml_gateway.server import GatewayServer, Integration, Member, batch, running, summary

COUNT = "how many orders are there"
COUNTED = "SELECT count(*) FROM public.orders"
CORRECT = benchmark_pb2.BENCHMARK_OUTCOME_CORRECT
WRONG = benchmark_pb2.BENCHMARK_OUTCOME_WRONG


@pytest.fixture
def member(gateway: GatewayServer) -> Member:
    return gateway.member(new_id())


@pytest.fixture
def shop(integration: Integration) -> str:
    return integration.add("Shop", orders(), metrics=[revenue()])


async def failure(call: Any) -> str:
    with pytest.raises(MeshError) as failed:
        await call
    return failed.value.reason


async def add(member: Member, source_id: str, question: str, **fields: Any) -> benchmark_pb2.BenchmarkQuestion:
    fields.setdefault("expected", benchmark_pb2.ExpectedAnswer(sql=COUNTED))
    request = pb.CreateBenchmarkQuestionRequest(source_id=source_id, question=question, **fields)
    reply: pb.CreateBenchmarkQuestionResponse = await member.call(member.evaluation.CreateBenchmarkQuestion, request)
    return reply.benchmark_question


async def run(member: Member, source_id: str, **fields: Any) -> list[pb.RunEvaluationResponse]:
    return await member.stream(member.evaluation.RunEvaluation, pb.RunEvaluationRequest(source_id=source_id, **fields))


def rows(*values: int) -> benchmark_pb2.ExpectedAnswer:
    made = [result_pb2.Row(cells=[result_pb2.Cell(integer=value)]) for value in values]
    return benchmark_pb2.ExpectedAnswer(rows=benchmark_pb2.ExpectedRows(rows=made))


async def outcomes(member: Member, run_id: str) -> list[benchmark_pb2.QuestionOutcome]:
    found: list[benchmark_pb2.QuestionOutcome] = []
    token = ""
    while True:
        request = pb.GetEvaluationRunRequest(evaluation_run_id=run_id, page_size=2, page_token=token)
        reply = await member.call(member.evaluation.GetEvaluationRun, request)
        found += reply.outcomes
        token = reply.next_page_token
        if not token:
            return found


async def test_a_run_counts_what_came_out(member: Member, shop: str, integration: Integration) -> None:
    async def answer(request: Any) -> AsyncIterator[Any]:
        """Refuses what is expected of the last question; all else is 42."""
        if "broken" in request.sql:
            raise FailedPrecondition("no", reason="QUERY_FAILED")
        yield running(request.sql)
        yield batch(n=pa.array([42], pa.int64()))
        yield summary(1)

    integration.run = answer
    nothing = benchmark_pb2.ExpectedAnswer(no_answer=True)
    await add(member, shop, COUNT)
    await add(member, shop, "how many paid orders", expected=rows(42))
    await add(member, shop, "how many open orders", expected=rows(41))
    await add(member, shop, "how many unicorns are there")
    await add(member, shop, "what is the weather in Paris", expected=nothing)
    await add(member, shop, "number of orders", expected=nothing)
    await add(
        member, shop, "how many orders", expected=benchmark_pb2.ExpectedAnswer(sql="SELECT id AS broken FROM orders")
    )
    *progress, last = await run(member, shop)
    assert [one.progress.done_count for one in progress] == list(range(8))
    assert {one.progress.question_count for one in progress} == {7}
    done = last.completed
    assert (done.question_count, done.correct_count, done.wrong_count) == (7, 3, 2)
    assert (done.unanswered_count, done.not_compared_count) == (1, 1)
    assert done.accuracy == 0.5
    assert done.precision == 0.5
    assert done.engine_version
    assert done.catalog_version == "v1"
    told = await outcomes(member, done.id)
    by_question = {one.question: one for one in told}
    assert {question: one.outcome for question, one in by_question.items()} == {
        COUNT: CORRECT,
        "how many paid orders": CORRECT,
        "how many open orders": WRONG,
        "how many unicorns are there": benchmark_pb2.BENCHMARK_OUTCOME_REFUSED,
        "what is the weather in Paris": CORRECT,
        "number of orders": WRONG,
        "how many orders": benchmark_pb2.BENCHMARK_OUTCOME_NOT_COMPARED,
    }
    assert by_question["how many open orders"].difference == "the values differ"
    assert "count" in by_question[COUNT].sql.lower()
    assert by_question[COUNT].confidence > 0.5
    assert by_question[COUNT].latency.nanos > 0
    assert [one.progress.outcome for one in progress[1:]] == told


async def test_accuracy_over_time(member: Member, shop: str) -> None:
    await add(member, shop, COUNT, expected=rows(42))
    await run(member, shop)
    await add(member, shop, "how many paid orders", expected=rows(7))
    await run(member, shop, without_learning=True)
    listing = pb.ListEvaluationRunsRequest(source_id=shop, page_size=1)
    accuracies = []
    while True:
        reply = await member.call(member.evaluation.ListEvaluationRuns, listing)
        accuracies += [one.accuracy for one in reply.evaluation_runs]
        listing.page_token = reply.next_page_token
        if not reply.next_page_token:
            break
    assert sorted(accuracies) == [0.5, 1.0]
    delete = pb.DeleteEvaluationRunRequest(evaluation_run_id=reply.evaluation_runs[0].id)
    await member.call(member.evaluation.DeleteEvaluationRun, delete)
    left = await member.call(member.evaluation.ListEvaluationRuns, pb.ListEvaluationRunsRequest())
    assert len(left.evaluation_runs) == 1


async def test_periods_are_counted_from_the_questions_own_moment(
    member: Member, shop: str, integration: Integration
) -> None:
    moment = Timestamp()
    moment.FromJsonString("2024-07-04T00:00:00Z")
    made = await add(
        member, shop, "how many orders last month", reference_time=moment, expected=rows(42), time_zone="Europe/Rome"
    )
    assert made.reference_time == moment
    await run(member, shop)
    assert "2024-06-01" in integration.queries[-1].sql
    change = pb.UpdateBenchmarkQuestionRequest(benchmark_question_id=made.id, clear_reference_time=True)
    changed = (await member.call(member.evaluation.UpdateBenchmarkQuestion, change)).benchmark_question
    assert not changed.HasField("reference_time")
    await run(member, shop)
    assert "2026-02-01" in integration.queries[-1].sql


async def test_a_verified_answer_counts_in_a_run_unless_left_out(member: Member, shop: str) -> None:
    written = learning.CreateVerifiedAnswerRequest(source_id=shop, question="settled business", sql=COUNTED)
    await member.call(member.learning.CreateVerifiedAnswer, written)
    await add(member, shop, "settled business", expected=rows(42))
    assert (await run(member, shop))[-1].completed.accuracy == 1
    assert (await run(member, shop, without_learning=True))[-1].completed.accuracy == 0
    (seen,) = (
        await member.call(member.learning.ListVerifiedAnswers, learning.ListVerifiedAnswersRequest())
    ).verified_answers
    assert seen.use_count == 0  # nobody was answered


@pytest.mark.parametrize(
    ("expected", "reason"),
    [
        (benchmark_pb2.ExpectedAnswer(sql="DROP TABLE orders"), "QUERY_NOT_UNDERSTOOD"),
        (benchmark_pb2.ExpectedAnswer(sql="SELECT * FROM salaries"), "QUERY_RELATION_UNKNOWN"),
        (benchmark_pb2.ExpectedAnswer(ordered=True), "REQUEST_INVALID"),
        (
            benchmark_pb2.ExpectedAnswer(
                rows=benchmark_pb2.ExpectedRows(
                    rows=[result_pb2.Row(), result_pb2.Row(cells=[result_pb2.Cell(integer=1)])]
                )
            ),
            "REQUEST_INVALID",
        ),
    ],
)
async def test_what_can_not_be_expected(
    member: Member, shop: str, expected: benchmark_pb2.ExpectedAnswer, reason: str
) -> None:
    assert await failure(add(member, shop, COUNT, expected=expected)) == reason


async def test_questions_are_edited_listed_and_deleted(member: Member, shop: str) -> None:
    made = await add(member, shop, COUNT)
    change = pb.UpdateBenchmarkQuestionRequest(
        benchmark_question_id=made.id, question="how many paid orders", expected=rows(1)
    )
    await member.call(member.evaluation.UpdateBenchmarkQuestion, change)
    get = pb.GetBenchmarkQuestionRequest(benchmark_question_id=made.id)
    seen = (await member.call(member.evaluation.GetBenchmarkQuestion, get)).benchmark_question
    assert seen.question == "how many paid orders"
    assert seen.expected == rows(1)
    listed = await member.call(member.evaluation.ListBenchmarkQuestions, pb.ListBenchmarkQuestionsRequest())
    assert [one.id for one in listed.benchmark_questions] == [made.id]
    delete = pb.DeleteBenchmarkQuestionRequest(benchmark_question_id=made.id)
    await member.call(member.evaluation.DeleteBenchmarkQuestion, delete)
    assert await failure(member.call(member.evaluation.GetBenchmarkQuestion, get)) == "BENCHMARK_QUESTION_NOT_FOUND"
    with pytest.raises(MeshError) as empty:
        await run(member, shop)
    assert empty.value.reason == "BENCHMARK_EMPTY"


async def test_nothing_crosses_organizations(gateway: GatewayServer, member: Member, shop: str) -> None:
    made = await add(member, shop, COUNT, expected=rows(42))
    done = (await run(member, shop))[-1].completed
    other = gateway.member(new_id())
    get = pb.GetBenchmarkQuestionRequest(benchmark_question_id=made.id)
    assert await failure(other.call(other.evaluation.GetBenchmarkQuestion, get)) == "BENCHMARK_QUESTION_NOT_FOUND"
    run_of = pb.GetEvaluationRunRequest(evaluation_run_id=done.id)
    assert await failure(other.call(other.evaluation.GetEvaluationRun, run_of)) == "EVALUATION_RUN_NOT_FOUND"
    assert await failure(run(other, shop)) == "BENCHMARK_EMPTY"
    runs = await other.call(other.evaluation.ListEvaluationRuns, pb.ListEvaluationRunsRequest())
    assert not runs.evaluation_runs


async def test_what_a_colleague_may_not_see_is_withheld(
    gateway: GatewayServer, integration: Integration, shop: str
) -> None:
    organization_id = new_id()
    writer, other = gateway.member(organization_id), gateway.member(organization_id)
    expected = benchmark_pb2.ExpectedAnswer(sql="SELECT count(*) FROM orders WHERE status = 'paid'")
    made = await add(writer, shop, "how many paid orders", expected=expected)
    done = (await run(writer, shop))[-1].completed
    del integration.catalogs[shop].tables[0].columns[2]
    del integration.catalogs[shop].metrics[:]
    integration.catalogs[shop].version = "v2"
    get = pb.GetBenchmarkQuestionRequest(benchmark_question_id=made.id)
    seen = (await other.call(other.evaluation.GetBenchmarkQuestion, get)).benchmark_question
    assert (seen.outdated, seen.question) == (True, "")
    assert not seen.HasField("expected")
    (outcome,) = await outcomes(other, done.id)
    assert (outcome.question, outcome.sql, outcome.outcome) == ("", "", CORRECT)
    (own,) = await outcomes(writer, done.id)
    assert own.question == "how many paid orders"


async def test_leaving_a_run_keeps_nothing_and_ends_its_query(
    member: Member, shop: str, integration: Integration
) -> None:
    async def endless(request: Any) -> AsyncIterator[Any]:
        yield running("SELECT")
        await asyncio.Event().wait()

    await add(member, shop, COUNT)
    integration.run = endless
    call: Any = member.evaluation.RunEvaluation(pb.RunEvaluationRequest(source_id=shop), metadata=member.asker.metadata)
    assert (await call.read()).progress.question_count == 1
    await integration.entered.wait()
    call.cancel()
    await integration.left.wait()
    with pytest.raises(asyncio.CancelledError):
        await call.read()
    assert isinstance(await call.code(), grpc.StatusCode)
    runs = await member.call(member.evaluation.ListEvaluationRuns, pb.ListEvaluationRunsRequest())
    assert not runs.evaluation_runs
