"""Passwords in PostgreSQL: the hash in use stands in the user's row, those before it in a table of their own."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, insert, select, update

from meshkit.database import Database
from meshkit.ids import new_id
from services.auth.adapters import rows
from services.auth.adapters.sessions import end_all_but
from services.auth.adapters.tables import former_passwords as former
from services.auth.adapters.tables import organizations, users
from services.auth.new_passwords import PREVENT_REUSE
from services.auth.ports import Credentials

CHANGED = "password_changed"


class SqlStoredPasswords:
    """The port StoredPasswords."""

    def __init__(self, database: Database) -> None:
        self._database = database

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
        self, organization_id: UUID, user_id: UUID, old: str, new: str, now: datetime, *, keep: UUID | None
    ) -> int | None:
        this = (users.c.organization_id == organization_id, users.c.id == user_id)
        async with self._database.write(organization_id) as tenant:
            changed = await tenant.first(
                update(users)
                .where(*this, users.c.password_hash == old, users.c.is_active)
                .values(password_hash=new, updated_at=now)
                .returning(users.c.id)
            )
            if changed is None:
                return None
            await tenant.execute(
                insert(former).values(
                    organization_id=organization_id, id=new_id(now), user_id=user_id, password_hash=old, replaced_at=now
                )
            )
            own = (former.c.organization_id == organization_id, former.c.user_id == user_id)
            kept = select(former.c.id).where(*own).order_by(former.c.id.desc()).limit(PREVENT_REUSE - 1)
            await tenant.execute(delete(former).where(*own, former.c.id.not_in(kept)))
            return await end_all_but(tenant, organization_id, user_id, keep, CHANGED, now)

    async def set_policy(self, organization_id: UUID, mode: str, now: datetime) -> None:
        settings = organizations.c.settings.op("||")({rows.POLICY_SETTING: mode})
        async with self._database.write(organization_id) as tenant:
            await tenant.execute(
                update(organizations)
                .where(organizations.c.id == organization_id)
                .values(settings=settings, updated_at=now)
            )
