"""What learning needs of the world outside. Everything is of the one organization named."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from services.ml_gateway.learning.model import AnswerUse, Feedback, Learned, Page, Synonym, Verdict, VerifiedAnswer


class Consents(Protocol):
    """What the running caller's person allows."""

    async def learning(self) -> bool:
        """Whether anything may be learned from what they choose and judge, as of now. Raises MeshError."""
        ...


class Memory(Protocol):
    """What answering reads of it and adds to it."""

    async def learned(self, organization_id: UUID, source_ids: Sequence[str]) -> Mapping[str, Learned]:
        """What counts in each source; a source without anything may be left out."""
        ...

    async def learn(self, organization_id: UUID, synonym: Synonym) -> None:
        """Keeps a word; the same words for the same kind of thing take the new meaning. A full store keeps nothing."""
        ...

    async def used(self, organization_id: UUID, use: AnswerUse, now: datetime) -> None:
        """Notes what an answer used. Noting it twice changes nothing."""
        ...


class Synonyms(Protocol):
    async def list(self, organization_id: UUID, source_id: UUID | None, page: Page) -> Sequence[Synonym]:
        """The newest first; one more than the page's size where there are more."""
        ...

    async def get(self, organization_id: UUID, synonym_id: UUID) -> Synonym:
        """Raises SynonymNotFound."""
        ...

    async def add(self, organization_id: UUID, synonym: Synonym) -> None:
        """Raises SynonymExists, LearningLimitReached."""
        ...

    async def replace(self, organization_id: UUID, synonym: Synonym, *, new_weight: bool) -> None:
        """Raises SynonymNotFound, SynonymExists. A new weight forgets the verdicts that had moved the old one."""
        ...

    async def delete(self, organization_id: UUID, synonym_id: UUID) -> None:
        """Raises SynonymNotFound."""
        ...


class VerifiedAnswers(Protocol):
    async def list(self, organization_id: UUID, source_id: UUID | None, page: Page) -> Sequence[VerifiedAnswer]:
        """The newest first; one more than the page's size where there are more."""
        ...

    async def get(self, organization_id: UUID, answer_id: UUID) -> VerifiedAnswer:
        """Raises VerifiedAnswerNotFound."""
        ...

    async def add(self, organization_id: UUID, answer: VerifiedAnswer) -> None:
        """Raises VerifiedAnswerExists, LearningLimitReached."""
        ...

    async def replace(self, organization_id: UUID, answer: VerifiedAnswer, *, new_weight: bool) -> None:
        """Raises VerifiedAnswerNotFound, VerifiedAnswerExists."""
        ...

    async def delete(self, organization_id: UUID, answer_id: UUID) -> None:
        """Raises VerifiedAnswerNotFound."""
        ...


class Verdicts(Protocol):
    async def record(self, organization_id: UUID, feedback: Feedback) -> Feedback:
        """Keeps it in place of the same person's earlier one and moves the weights; returns it with what it bears on.

        Raises AnswerNotFound for an answer that the person did not get, LearningLimitReached.
        """
        ...

    async def delete(self, organization_id: UUID, answer_id: UUID, user_id: UUID) -> None:
        """Takes it back, and its effect. Raises AnswerNotFound if there is none."""
        ...

    async def own(self, organization_id: UUID, user_id: UUID, answer_ids: Sequence[UUID]) -> Sequence[Feedback]:
        """The person's verdicts on those of the answers that have one."""
        ...

    async def list(self, organization_id: UUID, verdict: Verdict | None, page: Page) -> Sequence[Feedback]:
        """The newest first; one more than the page's size where there are more."""
        ...
