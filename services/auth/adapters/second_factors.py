"""Authenticator apps and recovery codes in PostgreSQL. What may be used once is taken by one conditional UPDATE."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, delete, func, insert, or_, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from meshkit.database import Database, WriteSession
from meshkit.ids import new_id
from meshkit.secrets import Secret
from meshkit.sessions import ReadSession
from services.auth.adapters.activities import SqlTrail
from services.auth.adapters.data_keys import SqlDataKeys
from services.auth.adapters.devices import distrust
from services.auth.adapters.tables import recovery_codes as recovery
from services.auth.adapters.tables import totp_secrets as secrets
from services.auth.adapters.tables import users
from services.auth.audit import Action, Activity
from services.auth.mfa_ports import Person
from services.auth.model import Enrolled, Totp

FIELD = "totp"


class SqlSecondFactors:
    """The port SecondFactors."""

    def __init__(self, database: Database, trail: SqlTrail, keys: SqlDataKeys) -> None:
        self._database = database
        self._trail = trail
        self._keys = keys

    async def of(self, organization_id: UUID, user_id: UUID) -> Enrolled:
        left = (
            select(func.count())
            .where(*_codes_of(organization_id, user_id), recovery.c.used_at.is_(None))
            .scalar_subquery()
        )
        in_force = select(secrets.c.confirmed_at, left.label("left")).where(*_in_force(organization_id, user_id))
        async with self._database.read(organization_id) as tenant:
            row = await tenant.first(in_force)
        return Enrolled(row.confirmed_at, row.left) if row is not None else Enrolled()

    async def begin(self, organization_id: UUID, user_id: UUID, totp: Totp, now: datetime) -> None:
        async with self._database.write(organization_id) as tenant:
            key = await self._keys.newest(tenant, organization_id, now)
            values = {
                "id": totp.id,
                "key_version": key.version,
                "sealed": key.seal(totp.secret.reveal().encode(), owner_id=totp.id, name=FIELD),
                "created_at": now,
            }
            new = upsert(secrets).values(organization_id=organization_id, user_id=user_id, **values)
            await tenant.execute(
                new.on_conflict_do_update(
                    index_elements=[secrets.c.organization_id, secrets.c.user_id],
                    index_where=secrets.c.confirmed_at.is_(None),
                    set_=values,
                )
            )

    async def begun(self, organization_id: UUID, user_id: UUID, since: datetime) -> Totp | None:
        this = (*_of(organization_id, user_id), secrets.c.confirmed_at.is_(None), secrets.c.created_at > since)
        return await self._opened(organization_id, this)

    async def totp(self, organization_id: UUID, user_id: UUID) -> Totp | None:
        return await self._opened(organization_id, _in_force(organization_id, user_id))

    async def confirm(
        self, person: Person, totp: Totp, recovery_hashes: Sequence[bytes], now: datetime, *, first: bool
    ) -> bool:
        in_force = _in_force(person.organization_id, person.user_id)
        begun = (secrets.c.organization_id == person.organization_id, secrets.c.id == totp.id)
        async with self._database.write(person.organization_id) as tenant:
            await _lock(tenant, person)
            # Asked before anything is changed, as leaving the block commits.
            is_begun = await tenant.first(select(secrets.c.id).where(*begun, secrets.c.confirmed_at.is_(None)))
            before = await tenant.first(select(secrets.c.id).where(*in_force))
            if is_begun is None or (first and before is not None):
                return False
            await tenant.execute(delete(secrets).where(*in_force))
            await tenant.execute(update(secrets).where(*begun).values(confirmed_at=now, last_step=totp.last_step))
            await _put_codes(tenant, person, recovery_hashes, now)
            await self._tell(tenant, person, Action.MFA_ENROLLED, now, totp.id)
        return True

    async def take_step(self, organization_id: UUID, totp_id: UUID, step: int) -> bool:
        taken = (
            update(secrets)
            .where(secrets.c.organization_id == organization_id, secrets.c.id == totp_id)
            .where(or_(secrets.c.last_step.is_(None), secrets.c.last_step < step))
            .values(last_step=step)
            .returning(secrets.c.id)
        )
        async with self._database.write(organization_id) as tenant:
            return await tenant.first(taken) is not None

    async def take_recovery_code(self, person: Person, code_hash: bytes, now: datetime) -> bool:
        taken = (
            update(recovery)
            .where(*_codes_of(person.organization_id, person.user_id))
            .where(recovery.c.code_hash == code_hash, recovery.c.used_at.is_(None))
            .values(used_at=now)
            .returning(recovery.c.id)
        )
        async with self._database.write(person.organization_id) as tenant:
            found = await tenant.first(taken)
            if found is not None:
                await self._tell(tenant, person, Action.RECOVERY_CODE_USED, now, found.id)
        return found is not None

    async def replace_recovery_codes(self, person: Person, hashes: Sequence[bytes], now: datetime) -> bool:
        in_force = select(secrets.c.id).where(*_in_force(person.organization_id, person.user_id))
        async with self._database.write(person.organization_id) as tenant:
            await _lock(tenant, person)
            found = await tenant.first(in_force)
            if found is not None:
                await _put_codes(tenant, person, hashes, now)
                await self._tell(tenant, person, Action.RECOVERY_CODES_REGENERATED, now, found.id)
        return found is not None

    async def remove(self, person: Person, now: datetime) -> bool:
        everything = delete(secrets).where(*_of(person.organization_id, person.user_id))
        async with self._database.write(person.organization_id) as tenant:
            await _lock(tenant, person)
            removed = await tenant.all(everything.returning(secrets.c.id, secrets.c.confirmed_at))
            in_force = next((row.id for row in removed if row.confirmed_at is not None), None)
            if in_force is None:
                return False
            await tenant.execute(delete(recovery).where(*_codes_of(person.organization_id, person.user_id)))
            forgotten = await distrust(tenant, person.organization_id, person.user_id)
            await self._tell(tenant, person, Action.MFA_REMOVED, now, in_force, *forgotten)
        return True

    async def _opened(self, organization_id: UUID, this: tuple[ColumnElement[bool], ...]) -> Totp | None:
        async with self._database.read(organization_id) as tenant:
            row = await tenant.first(select(secrets).where(*this))
            return Totp(row.id, await self._secret(tenant, row), row.last_step) if row is not None else None

    async def _secret(self, tenant: ReadSession, row: Row[Any]) -> Secret:
        key = await self._keys.of_version(tenant, row.organization_id, row.key_version)
        return Secret(key.unseal(row.sealed, owner_id=row.id, name=FIELD).decode())

    async def _tell(
        self, tenant: WriteSession, person: Person, action: Action, now: datetime, what: UUID, *more: Activity
    ) -> None:
        done = Activity(action, person.user_id, "second_factor", what)
        await self._trail.add(tenant, person.organization_id, person.origin, [done, *more], now)


async def _lock(tenant: WriteSession, person: Person) -> None:
    """What changes one person's second factor comes one after the other."""
    this = (users.c.organization_id == person.organization_id, users.c.id == person.user_id)
    await tenant.execute(select(users.c.id).where(*this).with_for_update(key_share=True))


async def _put_codes(tenant: WriteSession, person: Person, hashes: Sequence[bytes], now: datetime) -> None:
    await tenant.execute(delete(recovery).where(*_codes_of(person.organization_id, person.user_id)))
    owner = {"organization_id": person.organization_id, "user_id": person.user_id, "created_at": now}
    await tenant.execute(insert(recovery).values([{**owner, "id": new_id(now), "code_hash": one} for one in hashes]))


def _of(organization_id: UUID, user_id: UUID) -> tuple[ColumnElement[bool], ...]:
    return (secrets.c.organization_id == organization_id, secrets.c.user_id == user_id)


def _in_force(organization_id: UUID, user_id: UUID) -> tuple[ColumnElement[bool], ...]:
    return (*_of(organization_id, user_id), secrets.c.confirmed_at.is_not(None))


def _codes_of(organization_id: UUID, user_id: UUID) -> tuple[ColumnElement[bool], ...]:
    return (recovery.c.organization_id == organization_id, recovery.c.user_id == user_id)
