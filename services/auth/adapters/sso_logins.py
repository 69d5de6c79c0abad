"""Logins by identity providers in PostgreSQL. What works once is taken by one conditional UPDATE or INSERT."""

import hashlib
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, delete, insert, select, text, update
from sqlalchemy.dialects.postgresql import insert as upsert

from meshkit.database import Database
from services.auth.adapters.activities import SqlTrail
from services.auth.adapters.sessions import REUSED, Ending, end_one
from services.auth.adapters.tables import saml_assertions as assertions
from services.auth.adapters.tables import sso_logins as logins
from services.auth.audit import HERE
from services.auth.sso.model import Asserted, BegunLogin, IdentityProvider

FIND = text("SELECT organization_id, id FROM find_sso_login(:hash)")


class SqlSsoLogins:
    """The port BegunLogins."""

    def __init__(self, database: Database, trail: SqlTrail) -> None:
        self._database = database
        self._trail = trail

    async def begin(self, login: BegunLogin, state_hash: bytes, binding_hash: bytes | None) -> None:
        over = (logins.c.organization_id == login.organization_id, logins.c.expires_at <= login.created_at)
        async with self._database.write(login.organization_id) as tenant:
            await tenant.execute(delete(logins).where(*over))
            await tenant.execute(
                insert(logins).values(
                    organization_id=login.organization_id,
                    id=login.id,
                    provider_id=login.provider_id,
                    state_hash=state_hash,
                    binding_hash=binding_hash,
                    created_at=login.created_at,
                    expires_at=login.expires_at,
                )
            )

    async def take(self, state_hash: bytes, binding_hash: bytes, now: datetime) -> BegunLogin | None:
        found = await self._found(state_hash)
        if found is None:
            return None
        waiting = (*_this(found), logins.c.taken_at.is_(None), logins.c.expires_at > now)
        # Once there is a ticket, the state is worth nothing; and only who began elsewhere has no binding.
        by_state = (logins.c.state_hash == state_hash) & logins.c.ticket_hash.is_(None)
        here = (logins.c.binding_hash == binding_hash) | logins.c.binding_hash.is_(None)
        taking = update(logins).where(*waiting, by_state | (logins.c.ticket_hash == state_hash), here)
        async with self._database.write(found.organization_id) as tenant:
            row = await tenant.first(taking.values(taken_at=now).returning(*logins.columns))
            if row is None:
                before = await tenant.first(select(logins.c.session_id).where(*_this(found)))
                if before is not None and before.session_id is not None:
                    ending = Ending(found.organization_id, REUSED, now, HERE)
                    await end_one(tenant, self._trail, before.session_id, ending)
        return _login(row) if row is not None else None

    async def answered(self, state_hash: bytes, provider_id: UUID, now: datetime) -> BegunLogin | None:
        found = await self._found(state_hash)
        if found is None:
            return None
        waiting = (
            *_this(found),
            logins.c.state_hash == state_hash,
            logins.c.provider_id == provider_id,
            logins.c.taken_at.is_(None),
            logins.c.ticket_hash.is_(None),
            logins.c.expires_at > now,
        )
        async with self._database.read(found.organization_id) as tenant:
            row = await tenant.first(select(logins).where(*waiting))
        return _login(row) if row is not None else None

    async def vouch(self, login: BegunLogin, user_id: UUID, ticket_hash: bytes, expires_at: datetime) -> bool:
        this = (logins.c.organization_id == login.organization_id, logins.c.id == login.id)
        vouched = update(logins).where(*this, logins.c.ticket_hash.is_(None), logins.c.taken_at.is_(None))
        values = {"user_id": user_id, "ticket_hash": ticket_hash, "expires_at": expires_at}
        async with self._database.write(login.organization_id) as tenant:
            return await tenant.first(vouched.values(**values).returning(logins.c.id)) is not None

    async def opened(self, login: BegunLogin, session_id: UUID) -> None:
        this = (logins.c.organization_id == login.organization_id, logins.c.id == login.id)
        async with self._database.write(login.organization_id) as tenant:
            await tenant.execute(update(logins).where(*this).values(session_id=session_id))

    async def use_assertion(self, provider: IdentityProvider, asserted: Asserted, now: datetime) -> bool:
        own = (assertions.c.organization_id == provider.organization_id, assertions.c.provider_id == provider.id)
        used = upsert(assertions).values(
            organization_id=provider.organization_id,
            provider_id=provider.id,
            assertion_hash=hashlib.sha256(asserted.assertion_id.encode()).digest(),
            expires_at=asserted.expires_at,
        )
        async with self._database.write(provider.organization_id) as tenant:
            await tenant.execute(delete(assertions).where(*own, assertions.c.expires_at <= now))
            new = used.on_conflict_do_nothing().returning(assertions.c.assertion_hash)
            return await tenant.first(new) is not None

    async def _found(self, state_hash: bytes) -> Row[Any] | None:
        async with self._database.lookup() as anyone:
            return await anyone.first(FIND, {"hash": state_hash})


def _this(found: Row[Any]) -> tuple[Any, ...]:
    return (logins.c.organization_id == found.organization_id, logins.c.id == found.id)


def _login(row: Row[Any]) -> BegunLogin:
    return BegunLogin(row.id, row.organization_id, row.provider_id, row.created_at, row.expires_at, row.user_id)
