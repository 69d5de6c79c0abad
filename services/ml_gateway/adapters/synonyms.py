"""Learned words in PostgreSQL."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from meshkit.database import Database
from services.ml_gateway.adapters.changes import changed, check_room, page_of
from services.ml_gateway.adapters.tables import synonyms
from services.ml_gateway.errors import SynonymExists, SynonymNotFound
from services.ml_gateway.learning.model import Origin, Page, Synonym, SynonymKind, SynonymTarget, shown_weight


class SqlSynonyms:
    """The port Synonyms."""

    def __init__(self, database: Database, *, most: int) -> None:
        self._database = database
        self._most = most

    async def list(self, organization_id: UUID, source_id: UUID | None, page: Page) -> Sequence[Synonym]:
        async with self._database.read(organization_id) as session:
            return [synonym(row) for row in await page_of(session, synonyms, organization_id, source_id, page)]

    async def get(self, organization_id: UUID, synonym_id: UUID) -> Synonym:
        statement = select(*synonyms.c).where(
            synonyms.c.organization_id == organization_id, synonyms.c.id == synonym_id
        )
        async with self._database.read(organization_id) as session:
            row = await session.first(statement)
        if row is None:
            raise SynonymNotFound(synonym_id)
        return synonym(row)

    async def add(self, organization_id: UUID, one: Synonym) -> None:
        try:
            async with self._database.write(organization_id) as session:
                await check_room(session, synonyms, organization_id, self._most, "learned words")
                await session.execute(insert(synonyms).values(organization_id=organization_id, **values(one)))
                await changed(session, organization_id, one.source_id)
        except IntegrityError as error:
            raise SynonymExists from error

    async def replace(self, organization_id: UUID, one: Synonym, *, new_weight: bool) -> None:
        kept = ("id", "source_id", "create_time", "use_count", "last_use_time")
        fresh = () if new_weight else ("weight", "weight_time")
        new = {name: value for name, value in values(one).items() if name not in (*kept, *fresh)}
        statement = (
            update(synonyms).where(synonyms.c.organization_id == organization_id, synonyms.c.id == one.id).values(**new)
        )
        try:
            async with self._database.write(organization_id) as session:
                if (await session.execute(statement)).rowcount == 0:
                    raise SynonymNotFound(one.id)
                await changed(session, organization_id, one.source_id)
        except IntegrityError as error:
            raise SynonymExists from error

    async def delete(self, organization_id: UUID, synonym_id: UUID) -> None:
        statement = (
            delete(synonyms)
            .where(synonyms.c.organization_id == organization_id, synonyms.c.id == synonym_id)
            .returning(synonyms.c.source_id)
        )
        async with self._database.write(organization_id) as session:
            source_id = await session.scalar(statement)
            if source_id is None:
                raise SynonymNotFound(synonym_id)
            await changed(session, organization_id, source_id)


def values(one: Synonym) -> dict[str, Any]:
    """The row but for its organization."""
    target = one.target
    return {
        "id": one.id,
        "source_id": one.source_id,
        "words": one.words,
        "words_key": one.words_key,
        "kind": target.kind,
        "table_schema": target.schema,
        "table_name": target.table,
        "column_name": target.column,
        "value": target.value,
        "metric": target.metric,
        "reference_columns": list(target.reference_columns),
        "choice": target.choice,
        "meaning": one.meaning,
        "origin": one.origin,
        "user_id": one.user_id,
        "create_time": one.create_time,
        "update_time": one.update_time,
        "use_count": one.use_count,
        "last_use_time": one.last_use_time,
        "weight": one.weight,
        "weight_time": one.update_time,
    }


def synonym(row: Row[*tuple[Any, ...]]) -> Synonym:
    target = SynonymTarget(
        kind=SynonymKind(row.kind),
        schema=row.table_schema,
        table=row.table_name,
        column=row.column_name,
        value=row.value,
        metric=row.metric,
        reference_columns=tuple(row.reference_columns),
        choice=row.choice,
    )
    return Synonym(
        id=row.id,
        source_id=row.source_id,
        words=row.words,
        words_key=row.words_key,
        target=target,
        meaning=row.meaning,
        origin=Origin(row.origin),
        user_id=row.user_id,
        create_time=row.create_time,
        update_time=row.update_time,
        use_count=row.use_count,
        last_use_time=row.last_use_time,
        weight=shown_weight(row.weight),
    )
