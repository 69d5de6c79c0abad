"""Use case: a person's conversations."""

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from meshkit.identity import Caller
from meshkit.ids import new_id
from services.chat.answering import Answering
from services.chat.model import Conversation, ConversationChange, Message
from services.chat.ports import Conversations, Page


class ConversationKeeping:
    """Makes, lists, changes and removes the caller's conversations."""

    def __init__(self, store: Conversations, answering: Answering, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._answering = answering
        self._clock = clock

    async def create(self, caller: Caller, title: str, source_id: UUID | None) -> Conversation:
        assert caller.user_id is not None
        now = self._clock()
        conversation = Conversation(
            new_id(now), caller.user_id, title.strip(), source_id, archived=False, created_at=now, updated_at=now
        )
        await self._store.create(caller, conversation)
        return conversation

    async def list(self, caller: Caller, page: Page, archived: bool) -> Sequence[Conversation]:
        return await self._store.list(caller, page, archived)

    async def get(self, caller: Caller, conversation_id: UUID) -> Conversation:
        return await self._store.get(caller, conversation_id)

    async def change(self, caller: Caller, conversation_id: UUID, change: ConversationChange) -> Conversation:
        return await self._store.change(caller, conversation_id, change, self._clock())

    async def delete(self, caller: Caller, conversation_id: UUID) -> None:
        """Running answers end first, down to their queries; then everything goes at once."""
        for answer_id in await self._store.running_answers(caller, conversation_id):
            await self._answering.cancel(caller, answer_id)
        await self._store.delete(caller, conversation_id)

    async def messages(self, caller: Caller, conversation_id: UUID, page: Page) -> Sequence[Message]:
        return await self._store.messages(caller, conversation_id, page)
