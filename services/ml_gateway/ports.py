"""What answering needs of the world outside; all of it is done as the running caller, with their rights alone."""

from collections.abc import AsyncGenerator, Sequence
from typing import Protocol

from services.ml_gateway.model import EngineEvent, KnownCatalog, QueryResult, Question, Source


class Data(Protocol):
    """The caller's sources. Every failure is a MeshError of the contract of integration's rpcs."""

    async def sources(self) -> Sequence[Source]:
        """All that the caller may ask, by name."""
        ...

    async def catalog(self, source_id: str) -> KnownCatalog:
        """The source's catalog as it is now. Raises NotFound SOURCE_NOT_FOUND."""
        ...

    async def query(self, source_id: str, sql: str, time_zone: str) -> QueryResult:
        """Runs a proposed query behind the boundary; cancelling the caller ends it in the source.

        Times of day without a zone are taken to be in `time_zone`.
        """
        ...


class AnswerEngine(Protocol):
    """Whoever reads questions: the built-in engine, and others behind the same contract."""

    def answer(self, question: Question, data: Data) -> AsyncGenerator[EngineEvent, None]:
        """The events of one answer, the last and only the last a Completed; or a MeshError."""
        ...
