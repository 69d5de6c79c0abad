"""Catalogs in PostgreSQL: what was read, what people say of it, and readings under way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError

from meshkit.database import Database, ReadSession, WriteSession
from meshkit.ids import new_id
from meshkit.jobs import Jobs
from services.integration.adapters import rows
from services.integration.adapters.tables import catalog_refreshes as refreshes
from services.integration.adapters.tables import descriptions, semantic_models, source_catalogs
from services.integration.catalog.descriptions import Description, with_descriptions
from services.integration.catalog.document import from_document, versioned
from services.integration.catalog.meaning import applied
from services.integration.catalog.model import Catalog
from services.integration.catalog.semantic_model import parse
from services.integration.catalog.semantic_terms import SemanticModel
from services.integration.errors import CatalogEntryNotFound, SourceNotFound
from services.integration.model import KeptModel, ModelVersion, NewSource
from services.integration.ports import Refresh
from services.integration.progress import Progress

REFRESH = "refresh_catalog"
ON_TIME = "refresh_catalog_on_time"
# A refresh that told nothing for so long died with its process: another may begin.
SILENT = timedelta(minutes=2)


class SqlCatalogs:
    """The port CatalogStore. The document is as read; its version is that of the catalog with all that people say."""

    def __init__(
        self, database: Database, jobs: Jobs, *, clock: Callable[[], datetime], refresh_hours: float = 0.0
    ) -> None:
        """refresh_hours: between readings that nobody asks for; 0 means none."""
        self._database = database
        self._jobs = jobs
        self._clock = clock
        self._refresh_hours = refresh_hours

    async def version(self, organization_id: UUID, source_id: UUID) -> str:
        one = select(source_catalogs.c.version).where(_of(source_catalogs, organization_id, source_id))
        async with self._database.read(organization_id) as tenant:
            found = await tenant.scalar(one)
        if found is None:
            raise SourceNotFound(source_id)
        return str(found)

    async def catalog(self, organization_id: UUID, source_id: UUID) -> Catalog:
        async with self._database.read(organization_id) as tenant:
            version = await tenant.scalar(
                select(source_catalogs.c.version).where(_of(source_catalogs, organization_id, source_id))
            )
            as_read = await as_it_was_read(tenant, organization_id, source_id)
            said = await _said(tenant, organization_id, source_id)
            model = await newest_model(tenant, organization_id, source_id)
        # The version as it is kept: a newer program may compute another one of the same.
        return replace(_served(as_read, model, said), version=str(version))

    async def as_read(self, organization_id: UUID, source_id: UUID) -> Catalog:
        async with self._database.read(organization_id) as tenant:
            return await as_it_was_read(tenant, organization_id, source_id)

    async def add(self, tenant: WriteSession, new: NewSource) -> None:
        """In the transaction that keeps a source: its catalog, and the first version of its semantic model."""
        model = KeptModel(ModelVersion(), "")
        place = {"organization_id": new.organization_id, "source_id": new.id}
        if new.semantic_model.strip():
            size = len(new.semantic_model.encode())
            version = ModelVersion(1, "came with the source", new.created_by, new.create_time, size)
            model = KeptModel(version, new.semantic_model)
            await tenant.execute(insert(semantic_models).values(**place, **rows.model_values(model)))
        values = rows.read_values(new.catalog) | rows.served_values(_served(new.catalog, model, []))
        await tenant.execute(insert(source_catalogs).values(**place, **values))

    async def describe(
        self, organization_id: UUID, source_id: UUID, description: Description, user_id: UUID | None
    ) -> str:
        async with self._database.write(organization_id) as tenant:
            as_read = await as_it_was_read(tenant, organization_id, source_id, lock=True)
            if not _has(as_read, description):
                raise CatalogEntryNotFound(".".join(filter(None, (description.table, description.column))))
            place = {
                "organization_id": organization_id,
                "source_id": source_id,
                "table_schema": description.schema,
                "table_name": description.table,
                "column_name": description.column,
            }
            if description.text.strip():
                said = {"description": description.text, "user_id": user_id, "update_time": self._clock()}
                statement = insert(descriptions).values(**place, **said)
                await tenant.execute(
                    statement.on_conflict_do_update(index_elements=list(descriptions.primary_key), set_=said)
                )
            else:
                await tenant.execute(delete(descriptions).filter_by(**place))
            return await serve_anew(tenant, organization_id, source_id, as_read)

    async def keep(self, organization_id: UUID, source_id: UUID, catalog: Catalog) -> str:
        async with self._database.write(organization_id) as tenant:
            known = await as_it_was_read(tenant, organization_id, source_id, lock=True)
            if known.read_time > catalog.read_time:  # a reading that began later was quicker
                catalog = known
            version = await serve_anew(tenant, organization_id, source_id, catalog)
            change = update(source_catalogs).where(_of(source_catalogs, organization_id, source_id))
            await tenant.execute(change.values(**rows.read_values(catalog)))
            return version

    async def begin_refresh(self, organization_id: UUID, source_id: UUID, user_id: UUID | None) -> UUID:
        now = self._clock()
        try:
            async with self._database.write(organization_id) as tenant:
                await as_it_was_read(tenant, organization_id, source_id, lock=True)  # one at a time decides
                known = await tenant.first(select(refreshes).where(_of(refreshes, organization_id, source_id)))
                if known is not None and known.state == "running" and known.update_time > now - SILENT:
                    return UUID(str(known.id))
                begun = {
                    "id": new_id(),
                    "state": "running",
                    "stage": "waiting",
                    "fraction": 0.0,
                    "failure": None,
                    "update_time": now,
                }
                statement = insert(refreshes).values(organization_id=organization_id, source_id=source_id, **begun)
                await tenant.execute(
                    statement.on_conflict_do_update(index_elements=list(refreshes.primary_key), set_=begun)
                )
                payload = {"source_id": str(source_id), "refresh_id": str(begun["id"])}
                await self._jobs.add(tenant, organization_id, REFRESH, payload, user_id=user_id, max_attempts=2)
        except IntegrityError:  # the source went meanwhile
            raise SourceNotFound(source_id) from None
        return begun["id"]  # type: ignore[return-value]

    async def schedule(self, tenant: WriteSession, organization_id: UUID, source_id: UUID) -> None:
        """In the transaction that keeps a source: it is read anew when its time comes."""
        if self._refresh_hours:
            delay = self._refresh_hours * 3600
            await self._jobs.add(tenant, organization_id, ON_TIME, {"source_id": str(source_id)}, delay=delay)

    async def refresh_on_time(self, organization_id: UUID, source_id: UUID) -> None:
        """The time has come: begin, and schedule the next. Nothing for a source that is gone."""
        try:
            await self.begin_refresh(organization_id, source_id, None)
        except SourceNotFound:
            return
        async with self._database.write(organization_id) as tenant:
            await self.schedule(tenant, organization_id, source_id)

    async def refresh(self, organization_id: UUID, source_id: UUID) -> Refresh | None:
        async with self._database.read(organization_id) as tenant:
            row = await tenant.first(select(refreshes).where(_of(refreshes, organization_id, source_id)))
        if row is None:
            return None
        silent = row.state == "running" and row.update_time <= self._clock() - SILENT
        return Refresh(
            id=row.id,
            running=row.state == "running" and not silent,
            progress=Progress(row.stage, row.fraction),
            failure=(row.failure["reason"], row.failure["text"]) if row.failure else None,
        )

    async def report(self, organization_id: UUID, source_id: UUID, refresh_id: UUID, progress: Progress) -> None:
        await self._change(
            organization_id, source_id, refresh_id, {"stage": progress.stage, "fraction": progress.fraction}
        )

    async def end_refresh(
        self, organization_id: UUID, source_id: UUID, refresh_id: UUID, failure: tuple[str, str] | None
    ) -> None:
        told = {"reason": failure[0], "text": failure[1]} if failure else None
        values = {"state": "failed" if failure else "done", "failure": told}
        await self._change(organization_id, source_id, refresh_id, values)

    async def _change(self, organization_id: UUID, source_id: UUID, refresh_id: UUID, values: dict[str, Any]) -> None:
        change = update(refreshes).where(_of(refreshes, organization_id, source_id), refreshes.c.id == refresh_id)
        async with self._database.write(organization_id) as tenant:
            await tenant.execute(change.values(**values, update_time=self._clock()))


def _of(table: Any, organization_id: UUID, source_id: UUID) -> Any:
    return (table.c.organization_id == organization_id) & (table.c.source_id == source_id)


async def as_it_was_read(tenant: ReadSession, organization_id: UUID, source_id: UUID, *, lock: bool = False) -> Catalog:
    """The catalog without what people say of it. With the lock, whoever else would change it waits.

    A document of before models were kept apart still holds one: what only a model says is taken out; descriptions,
    dates and names of rows that it gave stay until the next reading.
    """
    one = select(source_catalogs.c.document).where(_of(source_catalogs, organization_id, source_id))
    document = await tenant.scalar(one.with_for_update() if lock else one)
    if document is None:
        raise SourceNotFound(source_id)
    return applied(from_document(document), SemanticModel(), version="")


async def newest_model(tenant: ReadSession, organization_id: UUID, source_id: UUID) -> KeptModel:
    """The current version of the source's semantic model; number 0 if there is none."""
    one = select(semantic_models).where(_of(semantic_models, organization_id, source_id))
    row = await tenant.first(one.order_by(semantic_models.c.version.desc()).limit(1))
    return rows.kept_model(row) if row is not None else KeptModel(ModelVersion(), "")


async def serve_anew(tenant: WriteSession, organization_id: UUID, source_id: UUID, as_read: Catalog) -> str:
    """The catalog's version with what people say of it now, which is kept. The caller holds the catalog's lock."""
    said = await _said(tenant, organization_id, source_id)
    served = _served(as_read, await newest_model(tenant, organization_id, source_id), said)
    change = update(source_catalogs).where(_of(source_catalogs, organization_id, source_id))
    await tenant.execute(change.values(**rows.served_values(served)))
    return served.version


async def _said(tenant: ReadSession | WriteSession, organization_id: UUID, source_id: UUID) -> list[Description]:
    found = await tenant.all(select(descriptions).where(_of(descriptions, organization_id, source_id)))
    return [Description(row.table_schema, row.table_name, row.column_name, row.description) for row in found]


def _served(as_read: Catalog, kept: KeptModel, said: list[Description]) -> Catalog:
    model = parse(kept.text, as_read.dialect) if kept.text.strip() else SemanticModel()
    version = str(kept.version.number) if kept.version.number else ""
    return versioned(with_descriptions(applied(replace(as_read, version=""), model, version=version), said))


def _has(catalog: Catalog, place: Description) -> bool:
    return any(
        not place.column or any(column.name == place.column for column in table.columns)
        for table in catalog.tables
        if (table.schema, table.name) == (place.schema, place.table)
    )
