"""Data keys in PostgreSQL: one per organization, wrapped by the master key."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, insert, select

from meshkit.sessions import ReadSession, WriteSession
from meshkit.vault import DataKey, MasterKey, WrappedDataKey, new_data_key, open_data_key
from services.auth.adapters.tables import data_keys


@dataclass(frozen=True)
class SqlDataKeys:
    """Opens keys within others' transactions."""

    master: MasterKey

    async def newest(self, tenant: WriteSession, organization_id: UUID, now: datetime) -> DataKey:
        """The one to seal under, made when there is none; transactions that need one take turns."""
        turn = func.pg_advisory_xact_lock(func.hashtextextended(f"data keys of {organization_id}", 0))
        await tenant.execute(select(turn))
        newest = select(data_keys).where(data_keys.c.organization_id == organization_id)
        row = await tenant.first(newest.order_by(data_keys.c.version.desc()).limit(1))
        if row is not None:
            return await open_data_key(self.master, WrappedDataKey(organization_id, row.version, row.wrapped))
        key, stored = await new_data_key(self.master, organization_id)
        values = {"organization_id": organization_id, "version": stored.version, "wrapped": stored.wrapped}
        await tenant.execute(insert(data_keys).values(created_at=now, **values))
        return key

    async def of_version(self, tenant: ReadSession, organization_id: UUID, version: int) -> DataKey:
        """The one that something was sealed under; it is there for as long as that is."""
        this = (data_keys.c.organization_id == organization_id, data_keys.c.version == version)
        wrapped = await tenant.scalar(select(data_keys.c.wrapped).where(*this))
        return await open_data_key(self.master, WrappedDataKey(organization_id, version, wrapped))
