"""Answers and their events in PostgreSQL."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from infinure.ml_gateway.v1.answer_event_pb2 import AnswerEvent, Failed
from sqlalchemy import Row, func, select, text, update
from sqlalchemy.dialects.postgresql import insert as insert_or_skip
from sqlalchemy.exc import IntegrityError

from meshkit.database import Database, WriteSession
from meshkit.errors import to_status
from meshkit.identity import Caller
from meshkit.jobs import Jobs
from services.chat.adapters import beginning
from services.chat.adapters.tables import answer_events, answers, messages
from services.chat.adapters.usage import enqueue
from services.chat.errors import (
    AnswerInterrupted,
    AnswerNotFound,
    ConversationNotFound,
    MessageIdReused,
    TooManyAnswers,
)
from services.chat.model import Answer, AnswerState, Begun, Ending, QueryRecord, Question, Turn


class SqlAnswers:
    """The port Answers."""

    def __init__(self, database: Database, jobs: Jobs) -> None:
        self._database = database
        self._jobs = jobs

    async def begin(self, caller: Caller, question: Question, answer_id: UUID, worker: str, limit: int) -> Begun:
        organization_id, user_id = caller.organization_id, caller.user_id
        assert user_id is not None
        async with self._database.write(organization_id) as session:
            begun = await beginning.keep(session, organization_id, user_id, question, answer_id, worker, limit)
            if begun is None:
                raise ConversationNotFound(question.conversation_id)
            if not begun.kept:
                found = await _found(session, caller, question)
                if found is None:
                    raise TooManyAnswers(limit)
                return found
        answer = Answer(answer_id, question.conversation_id, user_id, AnswerState.RUNNING, last_sequence=1)
        return Begun(answer, is_new=True, source_id=begun.source_id)

    async def turns(self, caller: Caller, conversation_id: UUID, before: datetime, count: int) -> Sequence[Turn]:
        question, answer = messages.alias("question"), messages.alias("answer")
        # An answer that was begun anew may have told both, and then the later counts.
        told = (
            select(answer_events.c.event)
            .where(
                answer_events.c.organization_id == answer.c.organization_id,
                answer_events.c.answer_id == answer.c.id,
                answer_events.c.kind.in_(("query", "clarification")),
            )
            .order_by(answer_events.c.sequence.desc())
            .limit(1)
            .correlate(answer)
            .scalar_subquery()
        )
        statement = (
            select(question.c.content, told.label("event"))
            .join(
                answer,
                (answer.c.organization_id == question.c.organization_id) & (answer.c.question_id == question.c.id),
            )
            .where(
                question.c.organization_id == caller.organization_id,
                question.c.conversation_id == conversation_id,
                question.c.created_at < before,
            )
            .order_by(question.c.created_at.desc(), question.c.id.desc())
            .limit(count)
        )
        async with self._database.read(caller.organization_id) as session:
            rows = await session.all(statement)
        return [_turn(row) for row in reversed(rows)]

    async def append(self, caller: Caller, answer_id: UUID, events: Sequence[AnswerEvent]) -> None:
        # These survive this process, as they must; only the database's own crash could take the last of them, and then
        # the answer is interrupted anyway.
        async with self._database.write(caller.organization_id, durable=False) as session:
            await _insert_events(session, caller.organization_id, answer_id, events)

    async def end(self, caller: Caller, answer_id: UUID, ending: Ending) -> bool:
        organization_id = caller.organization_id
        ended = (
            update(answers)
            .where(
                answers.c.organization_id == organization_id,
                answers.c.id == answer_id,
                answers.c.state == AnswerState.RUNNING,
            )
            .values(state=ending.state, ended_at=datetime.now(UTC))
        )
        headline = (
            update(messages)
            .where(messages.c.organization_id == organization_id, messages.c.id == answer_id)
            .values(content=ending.headline)
        )
        async with self._database.write(organization_id) as session:
            if (await session.execute(ended)).rowcount == 0:
                return False
            await _insert_events(session, organization_id, answer_id, ending.events)
            await session.execute(headline)
            await enqueue(self._jobs, session, ending.usage)
        return True

    async def get(self, caller: Caller, answer_id: UUID) -> Answer:
        last = (
            select(func.coalesce(func.max(answer_events.c.sequence), 0))
            .where(answer_events.c.organization_id == caller.organization_id, answer_events.c.answer_id == answer_id)
            .scalar_subquery()
        )
        statement = (
            select(answers.c.id, messages.c.conversation_id, answers.c.user_id, answers.c.state, last.label("last"))
            .join(
                messages,
                (messages.c.organization_id == answers.c.organization_id) & (messages.c.id == answers.c.id),
            )
            .where(
                answers.c.organization_id == caller.organization_id,
                answers.c.id == answer_id,
                answers.c.user_id == caller.user_id,
            )
        )
        async with self._database.read(caller.organization_id) as session:
            row = await session.first(statement)
        if row is None:
            raise AnswerNotFound(answer_id)
        return Answer(row.id, row.conversation_id, row.user_id, AnswerState(row.state), row.last)

    async def events(self, caller: Caller, answer_id: UUID, after_sequence: int) -> Sequence[AnswerEvent]:
        statement = (
            select(answer_events.c.event)
            .where(
                answer_events.c.organization_id == caller.organization_id,
                answer_events.c.answer_id == answer_id,
                answer_events.c.sequence > after_sequence,
            )
            .order_by(answer_events.c.sequence)
        )
        async with self._database.read(caller.organization_id) as session:
            return [AnswerEvent.FromString(event) for event in await session.scalars(statement)]

    async def request_cancel(self, caller: Caller, answer_id: UUID) -> None:
        statement = (
            update(answers)
            .where(
                answers.c.organization_id == caller.organization_id,
                answers.c.id == answer_id,
                answers.c.user_id == caller.user_id,
            )
            .values(cancel_requested=True)
        )
        async with self._database.write(caller.organization_id) as session:
            await session.execute(statement)

    async def renew(self, worker: str, seconds: float) -> Sequence[UUID]:
        async with self._database.lookup() as session:
            return await session.scalars(
                text("SELECT answer_id FROM renew_answers(:worker, :seconds)"), {"worker": worker, "seconds": seconds}
            )

    async def interrupt_orphans(self, worker: str, mine: Collection[UUID]) -> int:
        async with self._database.lookup() as session:
            orphans = await session.all(
                text("SELECT organization_id, answer_id, user_id FROM orphaned_answers(:worker, :mine)"),
                {"worker": worker, "mine": list(mine)},
            )
        # Looked at once more: some may have begun after the list went out.
        found = [orphan for orphan in orphans if orphan.answer_id not in mine]
        for orphan in found:
            await self._interrupt(orphan.organization_id, orphan.answer_id, orphan.user_id)
        return len(found)

    async def _interrupt(self, organization_id: UUID, answer_id: UUID, user_id: UUID) -> None:
        error = AnswerInterrupted()
        async with self._database.write(organization_id) as session:
            row = await session.first(
                update(answers)
                .where(
                    answers.c.organization_id == organization_id,
                    answers.c.id == answer_id,
                    answers.c.state == AnswerState.RUNNING,
                )
                .values(state=AnswerState.FAILED, ended_at=datetime.now(UTC))
                .returning(
                    select(func.coalesce(func.max(answer_events.c.sequence), 0))
                    .where(answer_events.c.organization_id == organization_id, answer_events.c.answer_id == answer_id)
                    .scalar_subquery()
                    .label("last"),
                    select(messages.c.created_at)
                    .where(messages.c.organization_id == organization_id, messages.c.id == answer_id)
                    .scalar_subquery()
                    .label("asked_at"),
                )
            )
            if row is None:  # it ended in the meantime
                return
            failed = AnswerEvent(sequence=row.last + 1, failed=Failed(status=to_status(error)))
            await _insert_events(session, organization_id, answer_id, [failed])
            usage = QueryRecord(
                id=answer_id,
                answer_id=answer_id,
                organization_id=organization_id,
                user_id=user_id,
                asked_at=row.asked_at,
                query_type="failed",
                success=False,
                error_type=error.reason,
            )
            await enqueue(self._jobs, session, usage)


async def _found(session: WriteSession, caller: Caller, question: Question) -> Begun | None:
    """The answer of the same question sent before; None if the id is new. Raises MessageIdReused."""
    answer_message = messages.alias("answer_message")
    row = await session.first(
        select(messages.c.content, messages.c.conversation_id, answers.c.id, answers.c.user_id, answers.c.state)
        .select_from(messages)
        .outerjoin(
            answer_message,
            (answer_message.c.organization_id == messages.c.organization_id)
            & (answer_message.c.question_id == messages.c.id),
        )
        .outerjoin(
            answers,
            (answers.c.organization_id == answer_message.c.organization_id) & (answers.c.id == answer_message.c.id),
        )
        .where(messages.c.organization_id == caller.organization_id, messages.c.id == question.id)
    )
    if row is None:
        return None
    # The id of an answer, or of another question, is no question's that could be asked again.
    if row.id is None or (row.content, row.conversation_id) != (question.content, question.conversation_id):
        raise MessageIdReused(question.id)
    answer = Answer(row.id, row.conversation_id, row.user_id, AnswerState(row.state), last_sequence=0)
    return Begun(answer, is_new=False)


_INSERT_EVENTS = insert_or_skip(answer_events).on_conflict_do_nothing()


async def _insert_events(
    session: WriteSession, organization_id: UUID, answer_id: UUID, events: Sequence[AnswerEvent]
) -> None:
    # Storing a batch again, where it isn't known whether it was stored, changes nothing.
    rows = [_event_values(organization_id, answer_id, event) for event in events]
    try:
        # As parameters: rows inside the statement would have it compiled anew each time.
        await session.execute(_INSERT_EVENTS, rows)
    except IntegrityError as error:
        # Its conversation was deleted, and the answer with it.
        raise AnswerNotFound(answer_id) from error


def _event_values(organization_id: UUID, answer_id: UUID, event: AnswerEvent) -> dict[str, object]:
    return {
        "organization_id": organization_id,
        "answer_id": answer_id,
        "sequence": event.sequence,
        "kind": event.WhichOneof("event"),
        "event": event.SerializeToString(),
    }


def _turn(row: Row[Any]) -> Turn:
    if row.event is None:
        return Turn(row.content)
    event = AnswerEvent.FromString(row.event)
    if event.HasField("clarification"):
        return Turn(row.content, clarification=event.clarification)
    return Turn(row.content, event.query.sql, event.query.source_id)
