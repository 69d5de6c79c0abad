"""Sources in PostgreSQL: configuration apart from credentials, which are sealed before they get here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, insert, select, tuple_
from sqlalchemy.exc import IntegrityError

from meshkit.database import Database, ReadSession, WriteSession
from meshkit.ids import new_id
from meshkit.secrets import Secret
from meshkit.vault import DataKey, MasterKey, WrappedDataKey, new_data_key, open_data_key
from services.integration.adapters import rows
from services.integration.adapters.catalogs import SqlCatalogs
from services.integration.adapters.tables import data_keys, source_credentials, source_events, sources
from services.integration.adapters.uploads import SqlUploads
from services.integration.errors import SourceIdTaken, SourceLimitReached, SourceNameTaken, SourceNotFound
from services.integration.model import FilesConfiguration, NewSource, Source, kind_of, name_key

PASSWORD = "password"  # noqa: S105  the field's name


class SqlSources:
    """The port SourceStore."""

    def __init__(
        self,
        database: Database,
        master_key: MasterKey,
        uploads: SqlUploads,
        catalogs: SqlCatalogs,
        *,
        clock: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._master_key = master_key
        self._uploads = uploads
        self._catalogs = catalogs
        self._clock = clock

    async def check_room(self, organization_id: UUID, name: str, most: int) -> None:
        async with self._database.read(organization_id) as tenant:
            await _check_room(tenant, organization_id, name, most)

    async def add(self, new: NewSource, most: int) -> None:
        organization_id = new.organization_id
        try:
            async with self._database.write(organization_id) as tenant:
                key = await self._data_key(tenant, organization_id)
                await _check_room(tenant, organization_id, new.name, most)
                await tenant.execute(insert(sources).values(**_source_values(new)))
                if new.password is not None:
                    await tenant.execute(insert(source_credentials).values(**_sealed(key, new, new.password)))
                await self._catalogs.add(tenant, new)
                if isinstance(new.configuration, FilesConfiguration):
                    await self._uploads.take(tenant, organization_id, new.id, new.configuration)
                else:
                    await self._catalogs.schedule(tenant, organization_id, new.id)
                details = {"name": new.name, "kind": kind_of(new.configuration), "tables": len(new.catalog.tables)}
                await self._record(tenant, organization_id, new.id, "source.created", new.created_by, details)
        except IntegrityError as error:
            if "sources_name_key" in str(error.orig):
                raise SourceNameTaken from None
            if "sources_pkey" in str(error.orig):
                raise SourceIdTaken from None
            raise

    async def get(self, organization_id: UUID, source_id: UUID) -> Source:
        one = rows.select_sources().where(sources.c.organization_id == organization_id, sources.c.id == source_id)
        async with self._database.read(organization_id) as tenant:
            row = await tenant.first(one)
        if row is None:
            raise SourceNotFound(source_id)
        return rows.source(row)

    async def page(
        self,
        organization_id: UUID,
        after: tuple[str, UUID] | None,
        size: int,
        only: Collection[UUID] | None = None,
    ) -> Sequence[Source]:
        position = tuple_(sources.c.name_key, sources.c.id)
        listing = rows.select_sources().where(sources.c.organization_id == organization_id)
        if only is not None:
            listing = listing.where(sources.c.id.in_(only))
        if after is not None:
            listing = listing.where(position > tuple_(*after))
        async with self._database.read(organization_id) as tenant:
            found = await tenant.all(listing.order_by(sources.c.name_key, sources.c.id).limit(size))
        return [rows.source(row) for row in found]

    async def password(self, organization_id: UUID, source_id: UUID) -> Secret:
        sealed = (
            select(source_credentials.c.sealed, data_keys.c.version, data_keys.c.wrapped)
            .join(
                data_keys,
                (data_keys.c.organization_id == source_credentials.c.organization_id)
                & (data_keys.c.version == source_credentials.c.key_version),
            )
            .where(
                source_credentials.c.organization_id == organization_id,
                source_credentials.c.source_id == source_id,
                source_credentials.c.field == PASSWORD,
            )
        )
        async with self._database.read(organization_id) as tenant:
            row = await tenant.first(sealed)
        if row is None:
            await self.get(organization_id, source_id)  # raises if it isn't there
            return Secret("")
        key = await open_data_key(self._master_key, WrappedDataKey(organization_id, row.version, row.wrapped))
        return Secret(key.unseal(row.sealed, owner_id=source_id, name=PASSWORD).decode())

    async def remove(self, organization_id: UUID, source_id: UUID, removed_by: UUID | None) -> None:
        one = delete(sources).where(sources.c.organization_id == organization_id, sources.c.id == source_id)
        async with self._database.write(organization_id) as tenant:
            removed = await tenant.first(one.returning(sources.c.name))
            if removed is None:
                raise SourceNotFound(source_id)
            await self._uploads.release(tenant, organization_id, source_id)
            await self._record(tenant, organization_id, source_id, "source.removed", removed_by, {"name": removed.name})

    async def _data_key(self, tenant: WriteSession, organization_id: UUID) -> DataKey:
        """The organization's newest data key, made when there is none; transactions that add sources take turns."""
        turn = func.pg_advisory_xact_lock(func.hashtextextended(f"sources of {organization_id}", 0))
        await tenant.execute(select(turn))
        newest = select(data_keys).where(data_keys.c.organization_id == organization_id)
        row = await tenant.first(newest.order_by(data_keys.c.version.desc()).limit(1))
        if row is not None:
            return await open_data_key(self._master_key, WrappedDataKey(organization_id, row.version, row.wrapped))
        key, stored = await new_data_key(self._master_key, organization_id)
        await tenant.execute(
            insert(data_keys).values(
                organization_id=organization_id,
                version=stored.version,
                wrapped=stored.wrapped,
                create_time=self._clock(),
            )
        )
        return key

    async def _record(
        self,
        tenant: WriteSession,
        organization_id: UUID,
        source_id: UUID,
        action: str,
        user_id: UUID | None,
        details: dict[str, Any],
    ) -> None:
        await tenant.execute(
            insert(source_events).values(
                organization_id=organization_id,
                id=new_id(),
                source_id=source_id,
                action=action,
                user_id=user_id,
                details=details,
                event_time=self._clock(),
            )
        )


async def _check_room(tenant: ReadSession, organization_id: UUID, name: str, most: int) -> None:
    own = sources.c.organization_id == organization_id
    if await tenant.scalar(select(sources.c.id).where(own, sources.c.name_key == name_key(name))) is not None:
        raise SourceNameTaken
    if await tenant.scalar(select(func.count()).select_from(sources).where(own)) >= most:
        raise SourceLimitReached(most)


def _sealed(key: DataKey, new: NewSource, password: Secret) -> dict[str, Any]:
    return {
        "organization_id": new.organization_id,
        "source_id": new.id,
        "field": PASSWORD,
        "key_version": key.version,
        "sealed": key.seal(password.reveal().encode(), owner_id=new.id, name=PASSWORD),
    }


def _source_values(new: NewSource) -> dict[str, Any]:
    return {
        "organization_id": new.organization_id,
        "id": new.id,
        "name": new.name,
        "name_key": name_key(new.name),
        "kind": kind_of(new.configuration),
        "configuration": rows.configuration(new.configuration),
        "created_by": new.created_by,
        "create_time": new.create_time,
    }
