"""Benchmark questions, runs of them, and how each came out."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from infinure.ml_gateway.v1.benchmark_pb2 import ExpectedAnswer


class Outcome(StrEnum):
    CORRECT = "correct"
    WRONG = "wrong"
    CLARIFIED = "clarified"
    REFUSED = "refused"
    FAILED = "failed"
    NOT_COMPARED = "not_compared"


@dataclass(frozen=True, slots=True)
class BenchmarkQuestion:
    """A question with what is expected of it; reference_time None is the moment of each run."""

    id: UUID
    source_id: UUID
    question: str
    expected: ExpectedAnswer
    reference_time: datetime | None
    time_zone: str
    user_id: UUID | None
    create_time: datetime
    update_time: datetime


@dataclass(frozen=True, slots=True)
class QuestionOutcome:
    """How one question came out; user_id is who wrote it, seconds the time from question to last event."""

    question_id: UUID
    user_id: UUID | None
    question: str
    outcome: Outcome
    sql: str = ""
    confidence: float = 0.0
    seconds: float = 0.0
    difference: str = ""

    @property
    def answered_correctly(self) -> bool:
        """Correct by an answer, and not by the lack of one."""
        return self.outcome is Outcome.CORRECT and bool(self.sql)


@dataclass(frozen=True, slots=True)
class Run:
    """A finished run. unanswered_count: asked back, refused or broken off where an answer was expected."""

    id: UUID
    source_id: UUID
    user_id: UUID | None
    start_time: datetime
    end_time: datetime
    correct_count: int
    wrong_count: int
    unanswered_count: int
    not_compared_count: int
    answered_correctly_count: int
    engine_version: str
    catalog_version: str
    learned_version: str

    @property
    def question_count(self) -> int:
        return self.compared_count + self.not_compared_count

    @property
    def compared_count(self) -> int:
        return self.correct_count + self.wrong_count + self.unanswered_count

    @property
    def accuracy(self) -> float:
        """Of those compared; 0 where none was."""
        return self.correct_count / self.compared_count if self.compared_count else 0.0

    @property
    def precision(self) -> float | None:
        """The share of right ones among the answered; None where none was answered."""
        answered = self.answered_correctly_count + self.wrong_count
        return self.answered_correctly_count / answered if answered else None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run has come; outcome is the last question's."""

    done: int
    total: int
    outcome: QuestionOutcome | None = None
