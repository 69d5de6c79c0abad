"""Conversations, messages and answers. An answer's events are the contract's own messages, stored as they are sent."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from infinure.ml_gateway.v1.answer_event_pb2 import AnswerEvent, Clarification


class AnswerState(StrEnum):
    RUNNING = "running"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def ended(self) -> bool:
        return self is not AnswerState.RUNNING


@dataclass(frozen=True)
class Conversation:
    """A thread of one user. source_id is None where the engine chooses."""

    id: UUID
    user_id: UUID
    title: str
    source_id: UUID | None
    archived: bool
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True)
class ConversationChange:
    """What to change; None leaves a field as it is. clear_source sets source_id to None."""

    title: str | None = None
    archived: bool | None = None
    source_id: UUID | None = None
    clear_source: bool = False


@dataclass(frozen=True)
class Message:
    """A question (answer_state is None), or an answer, whose id is the answer's and whose content is its headline."""

    id: UUID
    conversation_id: UUID
    content: str
    created_at: datetime
    question_id: UUID | None = None
    answer_state: AnswerState | None = None
    events: tuple[AnswerEvent, ...] = ()


@dataclass(frozen=True)
class Question:
    """What was asked, and the conversation's source."""

    id: UUID
    conversation_id: UUID
    content: str
    time_zone: str
    asked_at: datetime
    source_id: UUID | None = None


@dataclass(frozen=True)
class Answer:
    id: UUID
    conversation_id: UUID
    user_id: UUID
    state: AnswerState
    last_sequence: int


@dataclass(frozen=True)
class Begun:
    """The answer that belongs to a question; is_new is False where the same question had been sent before."""

    answer: Answer
    is_new: bool
    source_id: UUID | None = None


@dataclass(frozen=True)
class Turn:
    """An earlier question of the conversation, and the query that answered it or what was asked back."""

    question: str
    sql: str = ""
    source_id: str = ""
    clarification: Clarification | None = None


@dataclass(frozen=True)
class QueryRecord:
    """How a question went, for usage analytics: never its words."""

    id: UUID
    answer_id: UUID
    organization_id: UUID
    user_id: UUID
    asked_at: datetime
    query_type: str
    complexity: float = 0.0
    execution_milliseconds: int = 0
    tokens_used: int = 0
    success: bool = True
    error_type: str = ""
    data_sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ending:
    """How an answer ends: what is stored with its last events in one transaction."""

    state: AnswerState
    headline: str
    usage: QueryRecord
    events: tuple[AnswerEvent, ...] = field(default=())
