"""Passwords in PostgreSQL: the hash in use stands in the user's row, those before it in a table of their own."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, insert, select, update

from meshkit.database import Database, WriteSession
from meshkit.ids import new_id
from services.auth.adapters import rows
from services.auth.adapters.activities import SqlTrail
from services.auth.adapters.devices import distrust
from services.auth.adapters.email_tokens import consume, mark_verified, verified, void
from services.auth.adapters.mail_queue import enqueue
from services.auth.adapters.sessions import Ending, end_all_but
from services.auth.adapters.tables import former_passwords as former
from services.auth.adapters.tables import users
from services.auth.audit import Action, Activity, Origin
from services.auth.errors import LinkInvalid
from services.auth.letters import INVITATION, PASSWORD_CHANGED, RESET_PASSWORD
from services.auth.new_passwords import PREVENT_REUSE
from services.auth.ports import Credentials

CHANGED, RESET = "password_changed", "password_reset"


class SqlStoredPasswords:
    """The port StoredPasswords."""

    def __init__(self, database: Database, trail: SqlTrail) -> None:
        self._database = database
        self._trail = trail

    async def of(self, organization_id: UUID, user_id: UUID) -> Credentials | None:
        async with self._database.read(organization_id) as tenant:
            row = await tenant.first(rows.select_account(organization_id, user_id))
        return Credentials(rows.account(row), row.user_password_hash) if row is not None else None

    async def before(self, organization_id: UUID, user_id: UUID) -> Sequence[str]:
        newest = (
            select(former.c.password_hash)
            .where(former.c.organization_id == organization_id, former.c.user_id == user_id)
            .order_by(former.c.id.desc())
            .limit(PREVENT_REUSE - 1)
        )
        async with self._database.read(organization_id) as tenant:
            return [row.password_hash for row in await tenant.all(newest)]

    async def replace(
        self,
        organization_id: UUID,
        user_id: UUID,
        old: str,
        new: str,
        now: datetime,
        *,
        keep: UUID | None,
        origin: Origin,
    ) -> int | None:
        async with self._database.write(organization_id) as tenant:
            if not await _put(tenant, organization_id, user_id, old, new, now):
                return None
            # Whoever knew the old one may have had a device remembered, or be amid a login.
            forgotten = await distrust(tenant, organization_id, user_id)
            told = (Activity(Action.PASSWORD_CHANGED, user_id, "user", user_id), *forgotten)
            ending = Ending(organization_id, CHANGED, now, origin, told)
            return await end_all_but(tenant, self._trail, user_id, keep, ending)

    async def reset(self, known: Credentials, token_hash: bytes, new: str, now: datetime, origin: Origin) -> None:
        organization_id, user_id = known.account.user.organization_id, known.account.user.id
        async with self._database.write(organization_id) as tenant:
            if not await consume(tenant, organization_id, RESET_PASSWORD, token_hash, now):
                raise LinkInvalid()
            if not await _put(tenant, organization_id, user_id, known.password_hash or "", new, now):
                raise LinkInvalid()
            told = [Activity(Action.PASSWORD_RESET, user_id, "user", user_id)]
            if await mark_verified(tenant, organization_id, user_id, now):
                told.append(verified(user_id, user_id))
            told += await distrust(tenant, organization_id, user_id)
            await end_all_but(
                tenant, self._trail, user_id, None, Ending(organization_id, RESET, now, origin, tuple(told))
            )

    async def accept(self, known: Credentials, token_hash: bytes, new: str, now: datetime, origin: Origin) -> None:
        organization_id, user_id = known.account.user.organization_id, known.account.user.id
        waiting = (
            update(users)
            .where(users.c.organization_id == organization_id, users.c.id == user_id, users.c.is_active)
            .where(users.c.password_hash.is_(None), users.c.invited_at.is_not(None))
            .values(password_hash=new, invited_at=None, updated_at=now)
        )
        async with self._database.write(organization_id) as tenant:
            if not await consume(tenant, organization_id, INVITATION, token_hash, now):
                raise LinkInvalid()
            if await tenant.first(waiting.returning(users.c.id)) is None:
                raise LinkInvalid()
            told = [Activity(Action.INVITATION_ACCEPTED, user_id, "user", user_id)]
            if await mark_verified(tenant, organization_id, user_id, now):
                told.append(verified(user_id, user_id))
            await self._trail.add(tenant, organization_id, origin, told, now)


async def _put(tenant: WriteSession, organization_id: UUID, user_id: UUID, old: str, new: str, now: datetime) -> bool:
    """Puts `new` in the place of `old`, which is remembered; False if that isn't the one in use. No link to set
    another is good any more, and the person is told."""
    changed = await tenant.first(
        update(users)
        .where(users.c.organization_id == organization_id, users.c.id == user_id)
        .where(users.c.password_hash == old, users.c.is_active)
        .values(password_hash=new, updated_at=now)
        .returning(users.c.id)
    )
    if changed is None:
        return False
    await tenant.execute(
        insert(former).values(
            organization_id=organization_id, id=new_id(now), user_id=user_id, password_hash=old, replaced_at=now
        )
    )
    own = (former.c.organization_id == organization_id, former.c.user_id == user_id)
    kept = select(former.c.id).where(*own).order_by(former.c.id.desc()).limit(PREVENT_REUSE - 1)
    await tenant.execute(delete(former).where(*own, former.c.id.not_in(kept)))
    await void(tenant, organization_id, user_id, RESET_PASSWORD)
    await enqueue(tenant, organization_id, user_id, PASSWORD_CHANGED)
    return True
