"""Verdicts in PostgreSQL, and how they move weights."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, and_, case, delete, literal, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert

from meshkit.database import Database, WriteSession
from services.ml_gateway.adapters.changes import changed, check_room
from services.ml_gateway.adapters.tables import answer_uses, feedback, synonyms, verified_answers
from services.ml_gateway.errors import AnswerNotFound
from services.ml_gateway.learning.model import Feedback, Page, Verdict

Found = Row[*tuple[Any, ...]]


class SqlVerdicts:
    """The port Verdicts."""

    def __init__(self, database: Database, *, most: int) -> None:
        self._database = database
        self._most = most

    async def record(self, organization_id: UUID, given: Feedback) -> Feedback:
        new = {"verdict": given.verdict, "reason": given.reason, "update_time": given.update_time}
        key = {"organization_id": organization_id, "answer_id": given.answer_id, "user_id": given.user_id}
        async with self._database.write(organization_id) as session:
            use = await _use(session, organization_id, given.answer_id)
            if use is None or use.user_id != given.user_id:
                raise AnswerNotFound
            before = await _locked(session, organization_id, given.answer_id, given.user_id)
            if before is None:
                await check_room(session, feedback, organization_id, self._most, "verdicts")
            statement = insert(feedback).values(**key, **new)
            await session.execute(
                statement.on_conflict_do_update(index_elements=["organization_id", "answer_id", "user_id"], set_=new)
            )
            await _move(session, organization_id, use, before, given.verdict.effect)
        return _feedback(given, use)

    async def delete(self, organization_id: UUID, answer_id: UUID, user_id: UUID) -> None:
        async with self._database.write(organization_id) as session:
            before = await _locked(session, organization_id, answer_id, user_id)
            if before is None:
                raise AnswerNotFound
            await session.execute(
                delete(feedback).where(
                    feedback.c.organization_id == organization_id,
                    feedback.c.answer_id == answer_id,
                    feedback.c.user_id == user_id,
                )
            )
            use = await _use(session, organization_id, answer_id)
            if use is not None:
                await _move(session, organization_id, use, before, 0.0)

    async def own(self, organization_id: UUID, user_id: UUID, answer_ids: Sequence[UUID]) -> Sequence[Feedback]:
        mine = feedback.c.user_id == user_id
        async with self._database.read(organization_id) as session:
            rows = await session.all(_told(organization_id).where(mine, feedback.c.answer_id.in_(answer_ids)))
        return [_read(row) for row in rows]

    async def list(self, organization_id: UUID, verdict: Verdict | None, page: Page) -> Sequence[Feedback]:
        statement = (
            _told(organization_id)
            .order_by(feedback.c.update_time.desc(), feedback.c.answer_id.desc())
            .limit(page.size + 1)
        )
        if verdict is not None:
            statement = statement.where(feedback.c.verdict == verdict)
        if page.position:
            place = tuple_(feedback.c.update_time, feedback.c.answer_id)
            statement = statement.where(place < tuple_(*page.position))
        async with self._database.read(organization_id) as session:
            rows = await session.all(statement)
        return [_read(row) for row in rows]


def _told(organization_id: UUID) -> Select[*tuple[Any, ...]]:
    """Verdicts of the organization, each with what its answer used."""
    return (
        select(*feedback.c, answer_uses.c.verified_answer_id, answer_uses.c.synonym_ids)
        .outerjoin(
            answer_uses,
            and_(
                answer_uses.c.organization_id == feedback.c.organization_id,
                answer_uses.c.answer_id == feedback.c.answer_id,
            ),
        )
        .where(feedback.c.organization_id == organization_id)
    )


def _read(row: Found) -> Feedback:
    return Feedback(
        answer_id=row.answer_id,
        user_id=row.user_id,
        verdict=Verdict(row.verdict),
        reason=row.reason,
        update_time=row.update_time,
        verified_answer_id=row.verified_answer_id,
        synonym_ids=tuple(row.synonym_ids or ()),
    )


async def _use(session: WriteSession, organization_id: UUID, answer_id: UUID) -> Found | None:
    return await session.first(
        select(*answer_uses.c).where(
            answer_uses.c.organization_id == organization_id, answer_uses.c.answer_id == answer_id
        )
    )


async def _locked(session: WriteSession, organization_id: UUID, answer_id: UUID, user_id: UUID) -> Found | None:
    """The verdict as it was; two of one person's at once take turns, so that none counts twice."""
    return await session.first(
        select(feedback.c.verdict, feedback.c.update_time)
        .where(
            feedback.c.organization_id == organization_id,
            feedback.c.answer_id == answer_id,
            feedback.c.user_id == user_id,
        )
        .with_for_update()
    )


async def _move(session: WriteSession, organization_id: UUID, use: Found, before: Found | None, effect: float) -> None:
    """The new effect instead of the old one, which a weight that a person has set since holds no more."""
    if not use.synonym_ids and use.verified_answer_id is None:
        return
    since: datetime | None = before.update_time if before is not None else None
    earlier = Verdict(before.verdict).effect if before is not None else 0.0
    for table, ids in ((synonyms, use.synonym_ids), (verified_answers, [use.verified_answer_id])):
        wanted = [one for one in ids if one is not None]
        undone = case((table.c.weight_time <= since, earlier), else_=0.0) if since else literal(0.0)
        await session.execute(
            update(table)
            .where(table.c.organization_id == organization_id, table.c.id.in_(wanted))
            .values(weight=table.c.weight + effect - undone)
        )
    await changed(session, organization_id, use.source_id)


def _feedback(given: Feedback, use: Found) -> Feedback:
    return Feedback(
        given.answer_id,
        given.user_id,
        given.verdict,
        given.reason,
        given.update_time,
        use.verified_answer_id,
        tuple(use.synonym_ids),
    )
