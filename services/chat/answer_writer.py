"""Writes one answer: numbers its events, adds the sections, stores before it publishes, and says how it ended."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from infinure.ml_gateway.v1.answer_event_pb2 import Accepted, AnswerEvent, Failed, Interpretation
from infinure.ml_gateway.v1.receipt_pb2 import Outcome, Receipt
from infinure.ml_gateway.v1.result_pb2 import Rows

from meshkit.errors import MeshError, to_status
from meshkit.identity import Caller
from services.chat.errors import EngineFailed
from services.chat.model import AnswerState, Ending, QueryRecord, Question
from services.chat.ports import Answers
from services.chat.presentation import headline, sections

MAX_EVENTS = 1000
MAX_BYTES = 8 * 1024 * 1024
# What an engine may say; accepted, section and failed are ours.
FROM_ENGINES = frozenset(
    {"status", "interpretation", "query", "rows", "chart", "text_delta", "clarification", "refusal", "completed"}
)
QUERY_TYPES = {
    Outcome.OUTCOME_ANSWERED: "answered",
    Outcome.OUTCOME_NO_DATA: "no_data",
    Outcome.OUTCOME_CLARIFICATION: "clarification",
    Outcome.OUTCOME_REFUSED: "refused",
}


class AnswerWriter:
    """One per running answer. Events that come while a batch is being stored are stored together next."""

    def __init__(
        self, store: Answers, caller: Caller, question: Question, answer_id: UUID, clock: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._caller = caller
        self._question = question
        self._answer_id = answer_id
        self._clock = clock
        accepted = Accepted(
            message_id=str(question.id), answer_id=str(answer_id), conversation_id=str(question.conversation_id)
        )
        self.accepted = AnswerEvent(sequence=1, accepted=accepted)
        self.publish: Callable[[Sequence[AnswerEvent]], None] = _to_nobody
        self._sequence = 1
        self._bytes = 0
        self._waiting: list[AnswerEvent] = []
        self._storing: asyncio.Task[None] | None = None
        self._last = AnswerEvent()
        self._parts = _Parts()

    @property
    def complete(self) -> bool:
        return self._parts.receipt is not None

    def write(self, event: AnswerEvent, role: str) -> None:
        """Takes one event of the engine's. Raises EngineFailed where it breaks the contract."""
        kind = event.WhichOneof("event")
        if kind not in FROM_ENGINES or self.complete:
            raise EngineFailed("it broke its contract")
        self._parts.take(event)
        if kind == "completed":
            for section in sections(role, self._parts.interpretation, self._parts.rows, event.completed.receipt):
                self._take(AnswerEvent(section=section))
            # The last event is stored together with the answer's state.
            self._last = event
            return
        self._take(event)

    async def end(self, error: MeshError | None) -> bool:
        """Stores what is left with the last event and the state, in one transaction, and publishes it; False if the
        answer had been ended already."""
        if self._storing:
            await asyncio.gather(self._storing, return_exceptions=True)
        last = AnswerEvent(failed=Failed(status=to_status(error))) if error else self._last
        events = [*self._waiting, self._numbered(last)]
        self._waiting = []
        ending = Ending(
            state=_state(error),
            headline=headline(
                self._parts.interpretation, self._parts.rows, self._parts.said, error, self._parts.receipt
            ),
            usage=self._usage(error),
            events=tuple(events),
        )
        ended = await self._store.end(self._caller, self._answer_id, ending)
        if ended:
            self.publish(events)
        return ended

    def _take(self, event: AnswerEvent) -> None:
        self._bytes += event.ByteSize()
        if self._sequence >= MAX_EVENTS or self._bytes > MAX_BYTES:
            raise EngineFailed("its answer is too large")
        self._waiting.append(self._numbered(event))
        if self._storing is None or self._storing.done():
            self._storing = asyncio.create_task(self._store_waiting())

    def _numbered(self, event: AnswerEvent) -> AnswerEvent:
        self._sequence += 1
        numbered = AnswerEvent()
        numbered.CopyFrom(event)
        numbered.sequence = self._sequence
        return numbered

    async def _store_waiting(self) -> None:
        while batch := self._waiting:
            self._waiting = []
            try:
                await self._store.append(self._caller, self._answer_id, batch)
            except BaseException:
                self._waiting = batch + self._waiting  # the end tries once more
                raise
            self.publish(batch)

    def _usage(self, error: MeshError | None) -> QueryRecord:
        receipt = self._parts.receipt or Receipt()
        assert self._caller.user_id is not None
        elapsed = self._clock() - self._question.asked_at
        return QueryRecord(
            id=self._answer_id,
            answer_id=self._answer_id,
            organization_id=self._caller.organization_id,
            user_id=self._caller.user_id,
            asked_at=self._question.asked_at,
            query_type=_query_type(error, receipt),
            complexity=float(self._parts.complexity),
            execution_milliseconds=max(0, int(elapsed.total_seconds() * 1000)),
            tokens_used=receipt.tokens_used,
            success=error is None,
            error_type=error.reason if error else "",
            data_sources=(receipt.source_id,) if receipt.source_id else (),
        )


class _Parts:
    """What the engine said so far, as far as sections, headline and usage need it."""

    def __init__(self) -> None:
        self.interpretation = Interpretation()
        self.rows: Rows | None = None
        self.receipt: Receipt | None = None
        self.said = ""
        self.complexity = 0

    def take(self, event: AnswerEvent) -> None:
        match event.WhichOneof("event"):
            case "interpretation":
                self.interpretation = event.interpretation
                self.complexity += len(event.interpretation.meanings)
            case "query":
                self.complexity += len(event.query.tables)
            case "rows":
                self.rows = event.rows
            case "text_delta":
                self.said += event.text_delta.text
            case "clarification":
                self.said = event.clarification.question
            case "refusal":
                self.said = event.refusal.text
            case "completed":
                self.receipt = event.completed.receipt


def _state(error: MeshError | None) -> AnswerState:
    if error is None:
        return AnswerState.COMPLETED
    return AnswerState.CANCELLED if error.reason == "ANSWER_CANCELLED" else AnswerState.FAILED


def _query_type(error: MeshError | None, receipt: Receipt) -> str:
    if error is None:
        return QUERY_TYPES.get(receipt.outcome, "answered")
    return "cancelled" if error.reason == "ANSWER_CANCELLED" else "failed"


def _to_nobody(events: Sequence[AnswerEvent]) -> None:
    """Until a reader's side is attached."""
