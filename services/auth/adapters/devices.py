"""Remembered devices in PostgreSQL, found by the hash of the token that each keeps."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, delete, insert, or_, select, text, update

from meshkit.database import Database, WriteSession
from services.auth.adapters.activities import SqlTrail
from services.auth.adapters.tables import pending_logins
from services.auth.adapters.tables import remembered_devices as devices
from services.auth.audit import Action, Activity, Origin
from services.auth.mfa_ports import Person
from services.auth.model import Device

FIND = text("SELECT organization_id, id FROM find_remembered_device(:token_hash)")
DEVICE = "device"


class SqlDevices:
    """The port Devices."""

    def __init__(self, database: Database, trail: SqlTrail) -> None:
        self._database = database
        self._trail = trail

    async def remember(self, device: Device, token_hash: bytes, at_most: int, origin: Origin) -> None:
        own = (devices.c.organization_id == device.organization_id, devices.c.user_id == device.user_id)
        newest = select(devices.c.id).where(*own).order_by(devices.c.id.desc()).limit(at_most)
        done = Activity(Action.DEVICE_REMEMBERED, device.user_id, DEVICE, device.id)
        async with self._database.write(device.organization_id) as tenant:
            await tenant.execute(
                insert(devices).values(
                    organization_id=device.organization_id,
                    id=device.id,
                    user_id=device.user_id,
                    token_hash=token_hash,
                    user_agent=device.user_agent,
                    created_at=device.created_at,
                    last_used_at=device.last_used_at,
                    expires_at=device.expires_at,
                )
            )
            over = or_(devices.c.id.not_in(newest), devices.c.expires_at <= device.created_at)
            await tenant.execute(delete(devices).where(*own, over))
            await self._trail.add(tenant, device.organization_id, origin, [done], device.created_at)

    async def recognise(self, token_hash: bytes, now: datetime) -> Device | None:
        async with self._database.lookup() as anyone:
            found = await anyone.first(FIND, {"token_hash": token_hash})
        if found is None:
            return None
        this = (devices.c.organization_id == found.organization_id, devices.c.id == found.id)
        async with self._database.read(found.organization_id) as tenant:
            row = await tenant.first(select(devices).where(*this, devices.c.expires_at > now))
        return _read(row) if row is not None else None

    async def used(self, device: Device, now: datetime) -> None:
        this = (devices.c.organization_id == device.organization_id, devices.c.id == device.id)
        async with self._database.write(device.organization_id) as tenant:
            await tenant.execute(update(devices).where(*this).values(last_used_at=now))

    async def all(self, organization_id: UUID, user_id: UUID, now: datetime) -> Sequence[Device]:
        own = (devices.c.organization_id == organization_id, devices.c.user_id == user_id, devices.c.expires_at > now)
        async with self._database.read(organization_id) as tenant:
            rows = await tenant.all(select(devices).where(*own).order_by(devices.c.id.desc()))
        return [_read(row) for row in rows]

    async def forget(self, person: Person, device_id: UUID, now: datetime) -> bool:
        own = (devices.c.organization_id == person.organization_id, devices.c.user_id == person.user_id)
        this = delete(devices).where(*own, devices.c.id == device_id).returning(devices.c.id)
        done = Activity(Action.DEVICE_FORGOTTEN, person.user_id, DEVICE, device_id)
        async with self._database.write(person.organization_id) as tenant:
            found = await tenant.first(this)
            if found is not None:
                await self._trail.add(tenant, person.organization_id, person.origin, [done], now)
        return found is not None


async def distrust(tenant: WriteSession, organization_id: UUID, user_id: UUID) -> list[Activity]:
    """Forgets every device of a person and ends every login that has made its first step, within the transaction that
    gives cause for it; what the audit trail is to be told."""
    logins = (pending_logins.c.organization_id == organization_id, pending_logins.c.user_id == user_id)
    await tenant.execute(delete(pending_logins).where(*logins))
    own = (devices.c.organization_id == organization_id, devices.c.user_id == user_id)
    forgotten = await tenant.all(delete(devices).where(*own).returning(devices.c.id))
    return [Activity(Action.DEVICE_FORGOTTEN, user_id, DEVICE, row.id) for row in forgotten]


def _read(row: Row[Any]) -> Device:
    ids = (row.id, row.organization_id, row.user_id)
    return Device(*ids, row.user_agent, row.created_at, row.last_used_at, row.expires_at)
