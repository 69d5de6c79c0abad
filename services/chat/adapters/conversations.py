"""Conversations in PostgreSQL. One function scopes each statement to the caller's own rows."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from infinure.ml_gateway.v1.answer_event_pb2 import AnswerEvent
from sqlalchemy import ColumnElement, Integer, Row, and_, bindparam, delete, insert, select, tuple_, update

from meshkit.database import Database, ReadSession
from meshkit.identity import Caller
from services.chat.adapters.tables import answer_events, answers, conversations, messages
from services.chat.errors import ConversationNotFound
from services.chat.model import AnswerState, Conversation, ConversationChange, Message
from services.chat.ports import Page

# Made once: making it anew cost a twentieth of the whole call, and it is what the page asks most.
_LISTING = (
    select(conversations)
    .where(
        conversations.c.organization_id == bindparam("organization"),
        conversations.c.user_id == bindparam("user"),
        conversations.c.is_archived == bindparam("archived"),
    )
    .order_by(conversations.c.updated_at.desc(), conversations.c.id.desc())
    .limit(bindparam("most", type_=Integer))
)


class SqlConversations:
    """The port Conversations."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def create(self, caller: Caller, conversation: Conversation) -> None:
        values = {
            "organization_id": caller.organization_id,
            "id": conversation.id,
            "user_id": conversation.user_id,
            "title": conversation.title,
            "source_id": conversation.source_id,
            "is_archived": conversation.archived,
            "created_at": conversation.created_at,
            "updated_at": conversation.updated_at,
        }
        async with self._database.write(caller.organization_id) as session:
            await session.execute(insert(conversations).values(values))

    async def list(self, caller: Caller, page: Page, archived: bool) -> Sequence[Conversation]:
        statement = _LISTING
        if page.position:
            statement = statement.where(_before(conversations.c.updated_at, conversations.c.id, page.position))
        whose = {
            "organization": caller.organization_id,
            "user": caller.user_id,
            "archived": archived,
            "most": page.size + 1,
        }
        async with self._database.read(caller.organization_id) as session:
            return [_conversation(row) for row in await session.all(statement, whose)]

    async def get(self, caller: Caller, conversation_id: UUID) -> Conversation:
        async with self._database.read(caller.organization_id) as session:
            return await _get(session, caller, conversation_id)

    async def change(
        self, caller: Caller, conversation_id: UUID, change: ConversationChange, now: datetime
    ) -> Conversation:
        values: dict[str, object] = {"updated_at": now}
        if change.title is not None:
            values["title"] = change.title
        if change.archived is not None:
            values["is_archived"] = change.archived
        if change.source_id is not None or change.clear_source:
            values["source_id"] = change.source_id
        statement = (
            update(conversations)
            .where(owned(caller), conversations.c.id == conversation_id)
            .values(values)
            .returning(*conversations.c)
        )
        async with self._database.write(caller.organization_id) as session:
            row = await session.first(statement)
        if row is None:
            raise ConversationNotFound(conversation_id)
        return _conversation(row)

    async def delete(self, caller: Caller, conversation_id: UUID) -> None:
        statement = delete(conversations).where(owned(caller), conversations.c.id == conversation_id)
        async with self._database.write(caller.organization_id) as session:
            if (await session.execute(statement)).rowcount == 0:
                raise ConversationNotFound(conversation_id)

    async def running_answers(self, caller: Caller, conversation_id: UUID) -> Sequence[UUID]:
        statement = (
            select(answers.c.id)
            .join(messages, _same(messages, answers))
            .where(
                messages.c.organization_id == caller.organization_id,
                messages.c.conversation_id == conversation_id,
                answers.c.user_id == caller.user_id,
                answers.c.state == AnswerState.RUNNING,
            )
        )
        async with self._database.read(caller.organization_id) as session:
            return await session.scalars(statement)

    async def messages(self, caller: Caller, conversation_id: UUID, page: Page) -> Sequence[Message]:
        statement = (
            select(*messages.c, answers.c.state)
            .outerjoin(answers, _same(messages, answers))
            .where(messages.c.organization_id == caller.organization_id, messages.c.conversation_id == conversation_id)
            .order_by(messages.c.created_at.desc(), messages.c.id.desc())
            .limit(page.size + 1)
        )
        if page.position:
            statement = statement.where(_before(messages.c.created_at, messages.c.id, page.position))
        async with self._database.read(caller.organization_id) as session:
            await _get(session, caller, conversation_id)
            rows = await session.all(statement)
            events = await _events(session, caller, [row.id for row in rows if row.state])
        return [_message(row, events.get(row.id, ())) for row in rows]


def owned(caller: Caller) -> ColumnElement[bool]:
    """The caller's own conversations; row security holds the organization a second time."""
    return and_(conversations.c.organization_id == caller.organization_id, conversations.c.user_id == caller.user_id)


async def _get(session: ReadSession, caller: Caller, conversation_id: UUID) -> Conversation:
    row = await session.first(select(conversations).where(owned(caller), conversations.c.id == conversation_id))
    if row is None:
        raise ConversationNotFound(conversation_id)
    return _conversation(row)


async def _events(
    session: ReadSession, caller: Caller, answer_ids: Sequence[UUID]
) -> Mapping[UUID, Sequence[AnswerEvent]]:
    found: dict[UUID, list[AnswerEvent]] = {}
    if not answer_ids:
        return found
    statement = (
        select(answer_events.c.answer_id, answer_events.c.event)
        .where(
            answer_events.c.organization_id == caller.organization_id,
            answer_events.c.answer_id.in_(answer_ids),
            answer_events.c.kind != "status",
        )
        .order_by(answer_events.c.answer_id, answer_events.c.sequence)
    )
    for row in await session.all(statement):
        found.setdefault(row.answer_id, []).append(AnswerEvent.FromString(row.event))
    return found


def _same(left: Any, right: Any) -> ColumnElement[bool]:
    return and_(left.c.organization_id == right.c.organization_id, left.c.id == right.c.id)


def _before(moment: Any, identity: Any, position: Mapping[str, str]) -> ColumnElement[bool]:
    return tuple_(moment, identity) < tuple_(datetime.fromisoformat(position["moment"]), UUID(position["id"]))


def _conversation(row: Row[Any]) -> Conversation:
    return Conversation(row.id, row.user_id, row.title, row.source_id, row.is_archived, row.created_at, row.updated_at)


def _message(row: Row[Any], events: Sequence[AnswerEvent]) -> Message:
    state = AnswerState(row.state) if row.state else None
    return Message(row.id, row.conversation_id, row.content, row.created_at, row.question_id, state, tuple(events))
