"""The tokens of mailed links in PostgreSQL. Using one removes its row, so that of parallel uses one succeeds."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, delete, select, text, update
from sqlalchemy.dialects.postgresql import insert as upsert

from meshkit.database import Database, WriteSession
from services.auth.adapters.activities import SqlTrail
from services.auth.adapters.tables import email_tokens as tokens
from services.auth.adapters.tables import users
from services.auth.audit import Action, Activity, Origin
from services.auth.errors import LinkInvalid
from services.auth.letters import VERIFY_EMAIL, Letter


class SqlEmailTokens:
    """The port EmailTokens."""

    def __init__(self, database: Database, trail: SqlTrail) -> None:
        self._database = database
        self._trail = trail

    async def issue(
        self, organization_id: UUID, user_id: UUID, letter: Letter, token_hash: bytes, expires_at: datetime
    ) -> None:
        newest = {"token_hash": token_hash, "expires_at": expires_at}
        new = upsert(tokens).values(organization_id=organization_id, user_id=user_id, letter=letter.name, **newest)
        async with self._database.write(organization_id) as tenant:
            await tenant.execute(new.on_conflict_do_update(index_elements=list(tokens.primary_key), set_=newest))

    async def owner(self, letter: Letter, token_hash: bytes, now: datetime) -> tuple[UUID, UUID] | None:
        found = await self._found(token_hash)
        if found is None:
            return None
        live = select(tokens.c.user_id).where(*_live(found.organization_id, letter, token_hash, now))
        async with self._database.read(found.organization_id) as tenant:
            row = await tenant.first(live)
        return (found.organization_id, row.user_id) if row is not None else None

    async def verify(self, token_hash: bytes, now: datetime, origin: Origin) -> None:
        found = await self._found(token_hash)
        if found is None:
            raise LinkInvalid()
        async with self._database.write(found.organization_id) as tenant:
            if not await consume(tenant, found.organization_id, VERIFY_EMAIL, token_hash, now):
                raise LinkInvalid()
            if await mark_verified(tenant, found.organization_id, found.user_id, now):
                told = [verified(found.user_id, found.user_id)]
                await self._trail.add(tenant, found.organization_id, origin, told, now)

    async def _found(self, token_hash: bytes) -> Row[Any] | None:
        find = text("SELECT organization_id, user_id FROM find_email_token(:token_hash)")
        async with self._database.lookup() as anyone:
            return await anyone.first(find, {"token_hash": token_hash})


async def consume(
    tenant: WriteSession, organization_id: UUID, letter: Letter, token_hash: bytes, now: datetime
) -> bool:
    """Whether it was live; it is no more."""
    used = delete(tokens).where(*_live(organization_id, letter, token_hash, now)).returning(tokens.c.user_id)
    return await tenant.first(used) is not None


async def void(tenant: WriteSession, organization_id: UUID, user_id: UUID, letter: Letter) -> None:
    """Whatever link of the kind the person has is good no more."""
    own = (tokens.c.organization_id == organization_id, tokens.c.user_id == user_id)
    await tenant.execute(delete(tokens).where(*own, tokens.c.letter == letter.name))


async def mark_verified(tenant: WriteSession, organization_id: UUID, user_id: UUID, now: datetime) -> bool:
    """Whether the address wasn't confirmed before."""
    this = (users.c.organization_id == organization_id, users.c.id == user_id)
    waiting = update(users).where(*this, users.c.email_verified_at.is_(None)).values(email_verified_at=now)
    return await tenant.first(waiting.returning(users.c.id)) is not None


def verified(user_id: UUID, by_user: UUID | None, **told: str) -> Activity:
    return Activity(Action.EMAIL_VERIFIED, by_user, "user", user_id, told)


def _live(organization_id: UUID, letter: Letter, token_hash: bytes, now: datetime) -> tuple[Any, ...]:
    return (
        tokens.c.organization_id == organization_id,
        tokens.c.token_hash == token_hash,
        tokens.c.letter == letter.name,
        tokens.c.expires_at > now,
    )
