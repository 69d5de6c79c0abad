"""What evaluation keeps. Everything is of the one organization named."""

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from services.ml_gateway.evaluation.model import BenchmarkQuestion, QuestionOutcome, Run
from services.ml_gateway.learning.model import Page


class BenchmarkQuestions(Protocol):
    async def list(self, organization_id: UUID, source_id: UUID | None, page: Page) -> Sequence[BenchmarkQuestion]:
        """The newest first; one more than the page's size where there are more."""
        ...

    async def all(self, organization_id: UUID, source_id: UUID) -> Sequence[BenchmarkQuestion]:
        """A source's, the oldest first."""
        ...

    async def get(self, organization_id: UUID, question_id: UUID) -> BenchmarkQuestion:
        """Raises BenchmarkQuestionNotFound."""
        ...

    async def add(self, organization_id: UUID, question: BenchmarkQuestion) -> None:
        """Raises LearningLimitReached."""
        ...

    async def replace(self, organization_id: UUID, question: BenchmarkQuestion) -> None:
        """Raises BenchmarkQuestionNotFound."""
        ...

    async def delete(self, organization_id: UUID, question_id: UUID) -> None:
        """Raises BenchmarkQuestionNotFound."""
        ...


class Runs(Protocol):
    async def add(self, organization_id: UUID, run: Run, outcomes: Sequence[QuestionOutcome]) -> None:
        """Keeps a run; of a source's, the newest are kept."""
        ...

    async def list(self, organization_id: UUID, source_id: UUID | None, page: Page) -> Sequence[Run]:
        """The newest first; one more than the page's size where there are more."""
        ...

    async def get(self, organization_id: UUID, run_id: UUID) -> Run:
        """Raises EvaluationRunNotFound."""
        ...

    async def outcomes(
        self, organization_id: UUID, run_id: UUID, after: int, count: int
    ) -> Sequence[tuple[int, QuestionOutcome]]:
        """At most `count` outcomes with their places (from 1), beyond the place `after`, in order."""
        ...

    async def delete(self, organization_id: UUID, run_id: UUID) -> None:
        """Raises EvaluationRunNotFound."""
        ...
