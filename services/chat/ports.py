"""What chat needs of the world outside."""

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from infinure.ml_gateway.v1.answer_event_pb2 import AnswerEvent

from meshkit.identity import Caller
from services.chat.model import (
    Answer,
    Begun,
    Conversation,
    ConversationChange,
    Ending,
    Message,
    Question,
    Turn,
)


@dataclass(frozen=True)
class Page:
    """A page to read: at most size items after position (None for the first page)."""

    size: int
    position: Mapping[str, str] | None = None


class Conversations(Protocol):
    """Kept conversations. All are the caller's own: another user's is not found."""

    async def create(self, caller: Caller, conversation: Conversation) -> None: ...
    async def list(self, caller: Caller, page: Page, archived: bool) -> Sequence[Conversation]:
        """The last used first; one more than the page's size where there are more."""
        ...

    async def get(self, caller: Caller, conversation_id: UUID) -> Conversation:
        """Raises ConversationNotFound."""
        ...

    async def change(
        self, caller: Caller, conversation_id: UUID, change: ConversationChange, now: datetime
    ) -> Conversation:
        """Raises ConversationNotFound."""
        ...

    async def delete(self, caller: Caller, conversation_id: UUID) -> None:
        """Raises ConversationNotFound."""
        ...

    async def running_answers(self, caller: Caller, conversation_id: UUID) -> Sequence[UUID]: ...

    async def messages(self, caller: Caller, conversation_id: UUID, page: Page) -> Sequence[Message]:
        """The newest first, answers with their events; one more than the page's size where there are more.

        Raises ConversationNotFound.
        """
        ...


class Answers(Protocol):
    """Kept questions, answers and their events."""

    async def begin(self, caller: Caller, question: Question, answer_id: UUID, worker: str, limit: int) -> Begun:
        """Keeps a question with its answer's first event, or finds those kept before under the same question id.

        Raises ConversationNotFound, MessageIdReused, TooManyAnswers.
        """
        ...

    async def turns(self, caller: Caller, conversation_id: UUID, before: datetime, count: int) -> Sequence[Turn]: ...
    async def append(self, caller: Caller, answer_id: UUID, events: Sequence[AnswerEvent]) -> None: ...
    async def end(self, caller: Caller, answer_id: UUID, ending: Ending) -> bool:
        """False where the answer had ended before, or is gone; nothing is kept then."""
        ...

    async def get(self, caller: Caller, answer_id: UUID) -> Answer:
        """Raises AnswerNotFound."""
        ...

    async def events(self, caller: Caller, answer_id: UUID, after_sequence: int) -> Sequence[AnswerEvent]: ...
    async def request_cancel(self, caller: Caller, answer_id: UUID) -> None: ...
    async def renew(self, worker: str, seconds: float) -> Sequence[UUID]:
        """Keeps this worker's answers its own for a while; returns those of them that somebody wants cancelled."""
        ...

    async def interrupt_orphans(self, worker: str, mine: Collection[UUID]) -> int:
        """Ends every answer whose worker died: of this worker's name but not in mine, or not renewed in time.

        `mine` may grow meanwhile; it holds an answer's id before the answer can be found in the store.
        """
        ...


class AnswerEngine(Protocol):
    """Whoever answers; called as the caller (`acting_as`)."""

    def answer(
        self, answer_id: UUID, question: Question, turns: Sequence[Turn], role: str
    ) -> AsyncIterator[AnswerEvent]:
        """Events from 1, ended by one completed, or by a MeshError."""
        ...


class Tokens(Protocol):
    async def exchange(self, whom: Caller) -> Caller:
        """The same caller with a token good for 5 more minutes; raises Unauthenticated if the session has ended."""
        ...
