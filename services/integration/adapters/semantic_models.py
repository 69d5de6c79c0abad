"""Semantic models in PostgreSQL: rows that are only added to, the oldest of many aside."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select

from meshkit.database import Database
from meshkit.ids import new_id
from services.integration.adapters import rows
from services.integration.adapters.catalogs import as_it_was_read, newest_model, serve_anew
from services.integration.adapters.tables import semantic_models, source_catalogs, source_events
from services.integration.errors import SemanticModelChanged, SemanticModelVersionNotFound, SourceNotFound
from services.integration.model import KeptModel, ModelVersion

KEPT = 200
_SHOWN = [column for column in semantic_models.c if column.name != "text"]


class SqlSemanticModels:
    """The port SemanticModelStore."""

    def __init__(self, database: Database, *, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    async def get(self, organization_id: UUID, source_id: UUID, number: int = 0) -> KeptModel:
        one = select(semantic_models).where(*_of(organization_id, source_id), semantic_models.c.version == number)
        async with self._database.read(organization_id) as tenant:
            if await tenant.scalar(_source(organization_id, source_id)) is None:
                raise SourceNotFound(source_id)
            if not number:
                return await newest_model(tenant, organization_id, source_id)
            row = await tenant.first(one)
        if row is None:
            raise SemanticModelVersionNotFound(number)
        return rows.kept_model(row)

    async def page(
        self, organization_id: UUID, source_id: UUID, before: int | None, size: int
    ) -> Sequence[ModelVersion]:
        listing = select(*_SHOWN).where(*_of(organization_id, source_id))
        if before is not None:
            listing = listing.where(semantic_models.c.version < before)
        async with self._database.read(organization_id) as tenant:
            if await tenant.scalar(_source(organization_id, source_id)) is None:
                raise SourceNotFound(source_id)
            found = await tenant.all(listing.order_by(semantic_models.c.version.desc()).limit(size))
        return [rows.model_version(row) for row in found]

    async def put(
        self,
        organization_id: UUID,
        source_id: UUID,
        text: str,
        change: str,
        *,
        expected: int,
        user_id: UUID | None,
    ) -> tuple[ModelVersion, str]:
        async with self._database.write(organization_id) as tenant:
            as_read = await as_it_was_read(tenant, organization_id, source_id, lock=True)
            known = await newest_model(tenant, organization_id, source_id)
            if known.version.number != expected:
                raise SemanticModelChanged(known.version.number)
            if known.text == text:
                version = select(source_catalogs.c.version).where(
                    source_catalogs.c.organization_id == organization_id, source_catalogs.c.source_id == source_id
                )
                return known.version, str(await tenant.scalar(version))
            new = ModelVersion(expected + 1, change, user_id, self._clock(), len(text.encode()))
            place = {"organization_id": organization_id, "source_id": source_id}
            await tenant.execute(insert(semantic_models).values(**place, **rows.model_values(KeptModel(new, text))))
            await tenant.execute(
                delete(semantic_models).where(
                    *_of(organization_id, source_id), semantic_models.c.version <= new.number - KEPT
                )
            )
            event = {"action": "semantic_model.changed", "details": {"version": new.number, "change": change}}
            await tenant.execute(
                insert(source_events).values(**place, **event, id=new_id(), user_id=user_id, event_time=new.create_time)
            )
            return new, await serve_anew(tenant, organization_id, source_id, as_read)


def _of(organization_id: UUID, source_id: UUID) -> tuple[Any, Any]:
    return semantic_models.c.organization_id == organization_id, semantic_models.c.source_id == source_id


def _source(organization_id: UUID, source_id: UUID) -> Any:
    return select(source_catalogs.c.source_id).where(
        source_catalogs.c.organization_id == organization_id, source_catalogs.c.source_id == source_id
    )
