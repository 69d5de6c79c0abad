"""Logins between their two steps, in PostgreSQL. One conditional UPDATE counts a try, before its code is seen."""

import hmac
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, delete, insert, select, text, update

from meshkit.database import Database
from services.auth.adapters.activities import SqlTrail
from services.auth.adapters.tables import pending_logins as logins
from services.auth.audit import Action, Activity, Origin
from services.auth.model import Method, PendingLogin

FIND = text("SELECT organization_id, id FROM find_pending_login(:token_hash)")


class SqlPendingLogins:
    """The port PendingLogins."""

    def __init__(self, database: Database, trail: SqlTrail) -> None:
        self._database = database
        self._trail = trail

    async def open(self, login: PendingLogin, token_hash: bytes) -> None:
        over = (
            logins.c.organization_id == login.organization_id,
            logins.c.user_id == login.user_id,
            logins.c.expires_at <= login.created_at,
        )
        async with self._database.write(login.organization_id) as tenant:
            await tenant.execute(delete(logins).where(*over))
            await tenant.execute(
                insert(logins).values(
                    organization_id=login.organization_id,
                    id=login.id,
                    user_id=login.user_id,
                    token_hash=token_hash,
                    enrols=login.enrols,
                    created_at=login.created_at,
                    expires_at=login.expires_at,
                )
            )

    async def find(self, token_hash: bytes, most_tries: int, now: datetime) -> PendingLogin | None:
        found = await self._owner(token_hash)
        if found is None:
            return None
        async with self._database.read(found.organization_id) as tenant:
            row = await tenant.first(select(logins).where(*_open(found, most_tries, now)))
        return _read(row)

    async def take_try(self, token_hash: bytes, most_tries: int, now: datetime) -> PendingLogin | None:
        found = await self._owner(token_hash)
        if found is None:
            return None
        counted = update(logins).where(*_open(found, most_tries, now)).values(tries=logins.c.tries + 1)
        async with self._database.write(found.organization_id) as tenant:
            row = await tenant.first(counted.returning(*logins.columns))
        return _read(row)

    async def put_code(
        self, login: PendingLogin, code_hash: bytes, expires_at: datetime, origin: Origin, now: datetime
    ) -> None:
        this = (logins.c.organization_id == login.organization_id, logins.c.id == login.id)
        told = Activity(Action.MFA_CODE_SENT, None, "user", login.user_id, {"method": Method.EMAIL})
        async with self._database.write(login.organization_id) as tenant:
            await tenant.execute(update(logins).where(*this).values(code_hash=code_hash, expires_at=expires_at))
            await self._trail.add(tenant, login.organization_id, origin, [told], now)

    async def is_code(self, login: PendingLogin, code_hash: bytes) -> bool:
        this = (logins.c.organization_id == login.organization_id, logins.c.id == login.id)
        async with self._database.read(login.organization_id) as tenant:
            kept = await tenant.scalar(select(logins.c.code_hash).where(*this))
        return kept is not None and hmac.compare_digest(kept, code_hash)

    async def end(self, organization_id: UUID, login_id: UUID, now: datetime) -> bool:
        this = (logins.c.organization_id == organization_id, logins.c.id == login_id, logins.c.ended_at.is_(None))
        ended = update(logins).where(*this, logins.c.expires_at > now).values(ended_at=now).returning(logins.c.id)
        async with self._database.write(organization_id) as tenant:
            return await tenant.first(ended) is not None

    async def _owner(self, token_hash: bytes) -> Row[Any] | None:
        async with self._database.lookup() as anyone:
            return await anyone.first(FIND, {"token_hash": token_hash})


def _open(found: Row[Any], most_tries: int, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        logins.c.organization_id == found.organization_id,
        logins.c.id == found.id,
        logins.c.ended_at.is_(None),
        logins.c.expires_at > now,
        logins.c.tries < most_tries,
    )


def _read(row: Row[Any] | None) -> PendingLogin | None:
    if row is None:
        return None
    ids = (row.id, row.organization_id, row.user_id)
    return PendingLogin(*ids, row.enrols, row.created_at, row.expires_at, row.tries)
