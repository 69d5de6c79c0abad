"""What chat keeps of people: their conversations, and usage that waits to be delivered."""

import json
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from google.protobuf.json_format import MessageToDict
from infinure.ml_gateway.v1.answer_event_pb2 import AnswerEvent
from sqlalchemy import ColumnElement, select, update

from meshkit.database import Database
from meshkit.errors import Unavailable
from meshkit.job_table import jobs
from meshkit.personal_data import Count, Record, SqlPersonalData, Store, before, column
from services.chat.adapters.tables import answer_events, answers, conversations, messages
from services.chat.model import AnswerState

# By then the worker that runs an answer has looked whether it is to end.
SOON = 3.0


def _messages_in(wanted: ColumnElement[bool]) -> ColumnElement[bool]:
    """Row security holds the organization in the inner selects."""
    return messages.c.conversation_id.in_(select(conversations.c.id).where(wanted))


def _answers_in(wanted: ColumnElement[bool]) -> ColumnElement[bool]:
    return answers.c.id.in_(select(messages.c.id).where(_messages_in(wanted)))


def _events_in(wanted: ColumnElement[bool]) -> ColumnElement[bool]:
    return answer_events.c.answer_id.in_(select(messages.c.id).where(_messages_in(wanted)))


_OWN, _OLD = column(conversations), before(conversations, "updated_at")
EVENTS = "answer_events"
STORES = (
    Store(
        answer_events,
        lambda user_id: _events_in(_OWN(user_id)),
        old=lambda moment: _events_in(_OLD(moment)),
        exported=False,  # as bytes; they are told as JSON below
    ),
    Store(
        answers,
        lambda user_id: _answers_in(_OWN(user_id)),
        old=lambda moment: _answers_in(_OLD(moment)),
        hidden=frozenset({"organization_id", "worker", "lease_until", "cancel_requested"}),
    ),
    Store(messages, lambda user_id: _messages_in(_OWN(user_id)), old=lambda moment: _messages_in(_OLD(moment))),
    Store(conversations, _OWN, old=_OLD),
    Store(jobs, column(jobs), exported=False),
)


@dataclass(frozen=True)
class ChatPersonalData:
    """The port PersonalData of services/peers."""

    database: Database

    async def export(self, organization_id: UUID, user_id: UUID) -> AsyncGenerator[Record, None]:
        async for record in SqlPersonalData(self.database, STORES).export(organization_id, user_id):
            yield record
        wanted = select(answers.c.id).where(answers.c.organization_id == organization_id, answers.c.user_id == user_id)
        async with self.database.read(organization_id) as session:
            own = await session.scalars(wanted.order_by(answers.c.id))
        for answer_id in own:
            async for record in self._events(organization_id, answer_id):
                yield record

    async def erase(self, organization_id: UUID, user_id: UUID) -> Sequence[Count]:
        """Raises Unavailable while an answer runs, which is asked to end."""
        running = update(answers).where(
            answers.c.organization_id == organization_id,
            answers.c.user_id == user_id,
            answers.c.state == AnswerState.RUNNING,
        )
        async with self.database.write(organization_id) as session:
            unfinished = (await session.execute(running.values(cancel_requested=True))).rowcount
        if unfinished:
            raise Unavailable("an answer of this person is being ended", retry_after=SOON)
        return await SqlPersonalData(self.database, STORES).erase(organization_id, user_id)

    async def retain(self, organization_id: UUID, moment: datetime) -> Sequence[Count]:
        return await SqlPersonalData(self.database, STORES).retain(organization_id, moment)

    async def _events(self, organization_id: UUID, answer_id: UUID) -> AsyncGenerator[Record, None]:
        told = (
            select(answer_events.c.event)
            .where(answer_events.c.organization_id == organization_id, answer_events.c.answer_id == answer_id)
            .order_by(answer_events.c.sequence)
        )
        async with self.database.read(organization_id) as session:
            events = await session.scalars(told)
        for event in events:
            content = MessageToDict(AnswerEvent.FromString(event))
            yield Record(EVENTS, json.dumps({"answer_id": str(answer_id), **content}, ensure_ascii=False))
