"""Verified answers in PostgreSQL."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from sqlalchemy import Row, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from meshkit.database import Database
from services.ml_gateway.adapters.changes import changed, check_room, page_of
from services.ml_gateway.adapters.tables import verified_answers
from services.ml_gateway.errors import VerifiedAnswerExists, VerifiedAnswerNotFound
from services.ml_gateway.learning.model import Page, VerifiedAnswer, shown_weight
from services.ml_gateway.learning.words import question_key


class SqlVerifiedAnswers:
    """The port VerifiedAnswers."""

    def __init__(self, database: Database, *, most: int) -> None:
        self._database = database
        self._most = most

    async def list(self, organization_id: UUID, source_id: UUID | None, page: Page) -> Sequence[VerifiedAnswer]:
        async with self._database.read(organization_id) as session:
            rows = await page_of(session, verified_answers, organization_id, source_id, page)
        return [verified_answer(row) for row in rows]

    async def get(self, organization_id: UUID, answer_id: UUID) -> VerifiedAnswer:
        statement = select(*verified_answers.c).where(
            verified_answers.c.organization_id == organization_id, verified_answers.c.id == answer_id
        )
        async with self._database.read(organization_id) as session:
            row = await session.first(statement)
        if row is None:
            raise VerifiedAnswerNotFound(answer_id)
        return verified_answer(row)

    async def add(self, organization_id: UUID, one: VerifiedAnswer) -> None:
        try:
            async with self._database.write(organization_id) as session:
                await check_room(session, verified_answers, organization_id, self._most, "verified answers")
                await session.execute(insert(verified_answers).values(organization_id=organization_id, **_values(one)))
                await changed(session, organization_id, one.source_id)
        except IntegrityError as error:
            raise VerifiedAnswerExists from error

    async def replace(self, organization_id: UUID, one: VerifiedAnswer, *, new_weight: bool) -> None:
        kept = ("id", "source_id", "create_time", "use_count", "last_use_time")
        fresh = () if new_weight else ("weight", "weight_time")
        new = {name: value for name, value in _values(one).items() if name not in (*kept, *fresh)}
        statement = (
            update(verified_answers)
            .where(verified_answers.c.organization_id == organization_id, verified_answers.c.id == one.id)
            .values(**new)
        )
        try:
            async with self._database.write(organization_id) as session:
                if (await session.execute(statement)).rowcount == 0:
                    raise VerifiedAnswerNotFound(one.id)
                await changed(session, organization_id, one.source_id)
        except IntegrityError as error:
            raise VerifiedAnswerExists from error

    async def delete(self, organization_id: UUID, answer_id: UUID) -> None:
        statement = (
            delete(verified_answers)
            .where(verified_answers.c.organization_id == organization_id, verified_answers.c.id == answer_id)
            .returning(verified_answers.c.source_id)
        )
        async with self._database.write(organization_id) as session:
            source_id = await session.scalar(statement)
            if source_id is None:
                raise VerifiedAnswerNotFound(answer_id)
            await changed(session, organization_id, source_id)


def _values(one: VerifiedAnswer) -> dict[str, Any]:
    """The row but for its organization."""
    fields = asdict(one) | {"tables": list(one.tables)}
    return {**fields, "question_key": question_key(one.question), "weight_time": one.update_time}


def verified_answer(row: Row[*tuple[Any, ...]]) -> VerifiedAnswer:
    return VerifiedAnswer(
        id=row.id,
        source_id=row.source_id,
        question=row.question,
        read_question=row.read_question,
        sql=row.sql,
        summary=row.summary,
        is_correction=row.is_correction,
        is_relative=row.is_relative,
        fingerprint=row.fingerprint,
        tables=tuple(row.tables),
        reference_time=row.reference_time,
        time_zone=row.time_zone,
        user_id=row.user_id,
        create_time=row.create_time,
        update_time=row.update_time,
        catalog_version=row.catalog_version,
        use_count=row.use_count,
        last_use_time=row.last_use_time,
        weight=shown_weight(row.weight),
    )
