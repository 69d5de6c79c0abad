"""Benchmark questions and runs as messages. Pure."""

from datetime import timedelta

from google.protobuf.duration_pb2 import Duration
from infinure.ml_gateway.v1 import benchmark_pb2 as pb

from services.ml_gateway.evaluation.keeping import Seen
from services.ml_gateway.evaluation.model import Outcome, QuestionOutcome, Run
from services.ml_gateway.rpc.moments import moment

_OUTCOMES = {
    Outcome.CORRECT: pb.BENCHMARK_OUTCOME_CORRECT,
    Outcome.WRONG: pb.BENCHMARK_OUTCOME_WRONG,
    Outcome.CLARIFIED: pb.BENCHMARK_OUTCOME_CLARIFIED,
    Outcome.REFUSED: pb.BENCHMARK_OUTCOME_REFUSED,
    Outcome.FAILED: pb.BENCHMARK_OUTCOME_FAILED,
    Outcome.NOT_COMPARED: pb.BENCHMARK_OUTCOME_NOT_COMPARED,
}


def question(seen: Seen) -> pb.BenchmarkQuestion:
    """What is withheld is empty."""
    one = seen.question
    return pb.BenchmarkQuestion(
        id=str(one.id),
        source_id=str(one.source_id),
        question="" if seen.withheld else one.question,
        expected=None if seen.withheld else one.expected,
        reference_time=moment(one.reference_time),
        time_zone=one.time_zone,
        user_id=str(one.user_id or ""),
        create_time=moment(one.create_time),
        update_time=moment(one.update_time),
        outdated=seen.outdated,
    )


def outcome(one: QuestionOutcome, *, withheld: bool = False) -> pb.QuestionOutcome:
    latency = Duration()
    latency.FromTimedelta(timedelta(seconds=one.seconds))
    return pb.QuestionOutcome(
        benchmark_question_id=str(one.question_id),
        question="" if withheld else one.question,
        outcome=_OUTCOMES[one.outcome],
        sql="" if withheld else one.sql,
        confidence=one.confidence,
        latency=latency,
        difference=one.difference,
    )


def run(one: Run) -> pb.EvaluationRun:
    return pb.EvaluationRun(
        id=str(one.id),
        source_id=str(one.source_id),
        user_id=str(one.user_id or ""),
        start_time=moment(one.start_time),
        end_time=moment(one.end_time),
        question_count=one.question_count,
        correct_count=one.correct_count,
        wrong_count=one.wrong_count,
        unanswered_count=one.unanswered_count,
        not_compared_count=one.not_compared_count,
        accuracy=one.accuracy,
        precision=one.precision,
        engine_version=one.engine_version,
        catalog_version=one.catalog_version,
        learned_version=one.learned_version,
    )
