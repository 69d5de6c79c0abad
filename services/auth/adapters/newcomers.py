"""Whom an identity provider vouches for, in PostgreSQL: found by the subject, then by the e-mail, or made."""

import hashlib
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, insert, select, update

from meshkit.database import Database, WriteSession
from services.auth.adapters import rows
from services.auth.adapters.accounts import taken
from services.auth.adapters.activities import SqlTrail
from services.auth.adapters.email_tokens import mark_verified, verified, void
from services.auth.adapters.revocations import revoke_user
from services.auth.adapters.tables import identity_links as links
from services.auth.adapters.tables import organizations, users
from services.auth.audit import USER, Action, Activity, Origin
from services.auth.errors import EmailTaken
from services.auth.letters import INVITATION
from services.auth.model import User, UserState
from services.auth.sso.errors import Refusal, SsoAccountRefused
from services.auth.sso.model import IdentityProvider, Vouched

# Who leads is made and unmade by people alone.
LEADER = "ceo"


class SqlNewcomers:
    """The port Newcomers."""

    def __init__(self, database: Database, trail: SqlTrail) -> None:
        self._database = database
        self._trail = trail

    async def find(self, organization_id: UUID, user_id: UUID) -> User | None:
        async with self._database.read(organization_id) as tenant:
            row = await tenant.first(rows.select_account(organization_id, user_id))
        return rows.user(row) if row is not None else None

    async def enter(
        self, provider: IdentityProvider, vouched: Vouched, new: User, origin: Origin, now: datetime
    ) -> User:
        organization_id = provider.organization_id
        subject = hashlib.sha256(vouched.subject.encode()).digest()
        own = (links.c.organization_id == organization_id, links.c.provider_id == provider.id)
        try:
            with taken():
                async with self._database.write(organization_id) as tenant:
                    # Two first logins of one person come one after the other.
                    turn = select(organizations.c.id).where(organizations.c.id == organization_id)
                    await tenant.execute(turn.with_for_update())
                    linked = await tenant.first(select(links.c.user_id).where(*own, links.c.subject_hash == subject))
                    known = (users.c.id == linked.user_id) if linked else func.lower(users.c.email) == new.email
                    row = await tenant.first(
                        select(*rows.USER_COLUMNS)
                        .where(users.c.organization_id == organization_id, ~users.c.is_service, known)
                        .with_for_update()
                    )
                    told: list[Activity] = []
                    if row is None:
                        if not provider.settings.creates_users:
                            raise SsoAccountRefused(Refusal.NO_ACCOUNT)
                        user = new
                        await tenant.execute(insert(users).values(**rows.user_values(new, None)))
                        created = {"role": new.role, "by": "identity provider"}
                        told.append(Activity(Action.USER_CREATED, new.id, USER, new.id, created))
                    else:
                        user = rows.user(row)
                        if not user.is_active:
                            raise SsoAccountRefused(Refusal.DEACTIVATED)
                        other = select(links.c.user_id).where(*own, links.c.user_id == user.id)
                        if linked is None and await tenant.first(other) is not None:
                            # The address was given to somebody else: they don't inherit the account.
                            raise SsoAccountRefused(Refusal.ELSEWHERE)
                        told += await self._welcome(tenant, user, linked is None, now)
                        told += await _put_role(tenant, provider, vouched, user, now)
                    if linked is None:
                        link = {"subject_hash": subject, "user_id": user.id, "created_at": now}
                        ids = {"organization_id": organization_id, "provider_id": provider.id}
                        await tenant.execute(insert(links).values(**ids, **link))
                        at = {"identity_provider": str(provider.id)}
                        told.append(Activity(Action.USER_LINKED, user.id, USER, user.id, at))
                    if told:
                        await self._trail.add(tenant, organization_id, origin, told, now)
                    if any(one.action is Action.USER_CHANGED for one in told):
                        await revoke_user(tenant, organization_id, user.id, now)
        except EmailTaken:
            raise SsoAccountRefused(Refusal.ELSEWHERE) from None
        return user

    async def _welcome(self, tenant: WriteSession, user: User, first: bool, now: datetime) -> list[Activity]:
        """An open invitation is accepted, and the address confirmed that the provider vouches for."""
        told = []
        if first and await mark_verified(tenant, user.organization_id, user.id, now):
            told.append(verified(user.id, user.id, by="identity provider"))
        if user.state is UserState.INVITED:
            await _set(tenant, user, now, invited_at=None)
            await void(tenant, user.organization_id, user.id, INVITATION)
            told.append(Activity(Action.INVITATION_ACCEPTED, user.id, USER, user.id, {"by": "identity provider"}))
        return told


async def _put_role(
    tenant: WriteSession, provider: IdentityProvider, vouched: Vouched, user: User, now: datetime
) -> list[Activity]:
    role = provider.settings.role_of(vouched.groups)
    if role is None or role == user.role or user.role == LEADER:
        return []
    await _set(tenant, user, now, role=role)
    told = {"role": role, "role_before": user.role, "by": "identity provider"}
    return [Activity(Action.USER_CHANGED, user.id, USER, user.id, told)]


async def _set(tenant: WriteSession, user: User, now: datetime, **values: Any) -> None:
    this = (users.c.organization_id == user.organization_id, users.c.id == user.id)
    await tenant.execute(update(users).where(*this).values(updated_at=now, **values))
