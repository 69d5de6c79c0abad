"""Sessions in PostgreSQL. A row lock orders what happens to one user's sessions and to one session's tokens.

Locks are taken in one order: user, session, audit trail, revocations.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, and_, insert, select, text, update

from meshkit.database import Database, WriteSession
from meshkit.ids import new_id
from services.auth.adapters import rows
from services.auth.adapters.activities import SqlTrail
from services.auth.adapters.revocations import revoke_sessions
from services.auth.adapters.tables import refresh_tokens, sessions, users
from services.auth.audit import Action, Activity, Origin
from services.auth.errors import CredentialsInvalid, RefreshTokenInvalid
from services.auth.mfa_ports import Person
from services.auth.model import Account, OpenSession, Prolonged, Session
from services.auth.ports import Login

DISPLACED, REUSED, LOGGED_OUT, DEACTIVATED = "displaced", "token_reused", "logged_out", "user_deactivated"
REVOKED, REVOKED_BY_ADMINISTRATOR, MFA_REQUIRED = "revoked", "revoked_by_administrator", "mfa_required"


class SqlSessions:
    """The port Sessions; a session unused for `longest_idle` has ended too."""

    def __init__(self, database: Database, longest_idle: timedelta, trail: SqlTrail) -> None:
        self._database = database
        self._trail = trail
        self._longest_idle = longest_idle

    async def open(self, session: Session, refresh_hash: bytes, at_most: int, login: Login) -> Account:
        now = session.started_at
        owner = (users.c.organization_id == session.organization_id, users.c.id == session.user_id)
        async with self._database.write(session.organization_id) as tenant:
            # The update locks the user's row, so that parallel logins count one after the other.
            await tenant.execute(update(users).where(*owner).values(last_login_at=now))
            row = await tenant.first(rows.select_account(session.organization_id, session.user_id))
            if row is None or not row.user_is_active:
                raise CredentialsInvalid()
            live = await tenant.execute(
                select(sessions.c.id)
                .where(sessions.c.organization_id == session.organization_id, sessions.c.user_id == session.user_id)
                .where(self._live(now))
                .order_by(sessions.c.started_at, sessions.c.id)
            )
            await tenant.execute(
                insert(sessions).values(
                    organization_id=session.organization_id,
                    id=session.id,
                    user_id=session.user_id,
                    started_at=now,
                    last_used_at=now,
                    ends_at=session.ends_at,
                    user_agent=login.origin.user_agent,
                    ip_address=login.origin.ip_address or None,
                    method=login.method,
                )
            )
            await self._add_token(tenant, session.organization_id, session.id, refresh_hash, now)
            oldest_first = [found.id for found in live]
            surplus = oldest_first[: max(0, len(oldest_first) + 1 - at_most)]
            opened = Activity(Action.LOGIN_SUCCESS, session.user_id, "session", session.id, {"method": login.method})
            await self._end(tenant, session.organization_id, surplus, DISPLACED, now, login.origin, (opened,))
        return rows.account(row)

    async def rotate(self, used_hash: bytes, new_hash: bytes, now: datetime, origin: Origin) -> Prolonged:
        found = await self._owner(used_hash)
        if found is None:
            raise RefreshTokenInvalid()
        async with self._database.write(found.organization_id) as tenant:
            prolonged = await self._rotate(tenant, found, used_hash, new_hash, now, origin)
        # Raised outside, because the end of a misused session is to be kept.
        if prolonged is None:
            raise RefreshTokenInvalid()
        return prolonged

    async def _rotate(
        self, tenant: WriteSession, found: Row[Any], used_hash: bytes, new_hash: bytes, now: datetime, origin: Origin
    ) -> Prolonged | None:
        this = (sessions.c.organization_id == found.organization_id, sessions.c.id == found.session_id)
        live = select(sessions).where(*this).where(self._live(now)).with_for_update(key_share=True)
        session = (await tenant.execute(live)).one_or_none()
        if session is None:
            return None
        token = (refresh_tokens.c.organization_id == found.organization_id, refresh_tokens.c.token_hash == used_hash)
        # Read after the lock: whoever came first has marked it by now.
        unused = await tenant.execute(select(refresh_tokens.c.id).where(*token, refresh_tokens.c.used_at.is_(None)))
        if unused.one_or_none() is None:
            await self._end(tenant, found.organization_id, [session.id], REUSED, now, origin)
            return None
        owner = (await tenant.execute(rows.select_account(found.organization_id, session.user_id))).one()
        if not owner.user_is_active:
            await self._end(tenant, found.organization_id, [session.id], DEACTIVATED, now, origin)
            return None
        await tenant.execute(update(refresh_tokens).where(*token).values(used_at=now))
        await self._add_token(tenant, found.organization_id, session.id, new_hash, now)
        await tenant.execute(update(sessions).where(*this).values(last_used_at=now))
        return Prolonged(rows.session(session), rows.account(owner))

    async def end(self, refresh_hash: bytes, now: datetime, origin: Origin) -> None:
        found = await self._owner(refresh_hash)
        if found is None:
            return
        async with self._database.write(found.organization_id) as tenant:
            await self._end(tenant, found.organization_id, [found.session_id], LOGGED_OUT, now, origin)

    async def live_of(self, organization_id: UUID, user_id: UUID, now: datetime) -> Sequence[OpenSession]:
        own = (sessions.c.organization_id == organization_id, sessions.c.user_id == user_id)
        async with self._database.read(organization_id) as tenant:
            found = await tenant.all(select(sessions).where(*own, self._live(now)).order_by(sessions.c.id.desc()))
        return [
            OpenSession(rows.session(row), row.last_used_at, row.method, row.user_agent, str(row.ip_address or ""))
            for row in found
        ]

    async def revoke(self, person: Person, session_id: UUID, now: datetime) -> bool:
        return await self._revoke(person, sessions.c.id == session_id, now) > 0

    async def revoke_all_but(self, person: Person, keep: UUID | None, now: datetime) -> int:
        return await self._revoke(person, sessions.c.id.is_distinct_from(keep), now)

    async def _revoke(self, person: Person, which: ColumnElement[bool], now: datetime) -> int:
        own = and_(sessions.c.user_id == person.user_id, which, self._live(now))
        async with self._database.write(person.organization_id) as tenant:
            return await _end_where(
                tenant, self._trail, own, Ending(person.organization_id, REVOKED, now, person.origin)
            )

    async def is_live(self, organization_id: UUID, session_id: UUID, now: datetime) -> bool:
        async with self._database.read(organization_id) as tenant:
            found = await tenant.execute(
                select(sessions.c.id)
                .where(sessions.c.organization_id == organization_id, sessions.c.id == session_id)
                .where(self._live(now))
            )
            return found.one_or_none() is not None

    def _live(self, now: datetime) -> ColumnElement[bool]:
        return and_(
            sessions.c.ended_at.is_(None),
            sessions.c.ends_at > now,
            sessions.c.last_used_at > now - self._longest_idle,
        )

    async def _owner(self, token_hash: bytes) -> Row[Any] | None:
        find = text("SELECT organization_id, session_id FROM find_refresh_token(:token_hash)")
        async with self._database.lookup() as anyone:
            return (await anyone.execute(find, {"token_hash": token_hash})).one_or_none()

    async def _add_token(
        self, tenant: WriteSession, organization_id: UUID, session_id: UUID, token_hash: bytes, now: datetime
    ) -> None:
        await tenant.execute(
            insert(refresh_tokens).values(
                organization_id=organization_id,
                id=new_id(now),
                session_id=session_id,
                token_hash=token_hash,
                created_at=now,
            )
        )

    async def _end(
        self,
        tenant: WriteSession,
        organization_id: UUID,
        session_ids: list[UUID],
        reason: str,
        now: datetime,
        origin: Origin,
        before: tuple[Activity, ...] = (),
    ) -> None:
        ending = Ending(organization_id, reason, now, origin, before)
        await _end_where(tenant, self._trail, sessions.c.id.in_(session_ids), ending)


@dataclass(frozen=True)
class Ending:
    """Why and when sessions end, and what the audit trail is told before each of them."""

    organization_id: UUID
    reason: str
    now: datetime
    origin: Origin
    before: tuple[Activity, ...] = ()


async def end_all_but(tenant: WriteSession, trail: SqlTrail, user_id: UUID, keep: UUID | None, ending: Ending) -> int:
    """Ends the user's sessions but one, and says how many; the last step of its transaction."""
    others = and_(sessions.c.user_id == user_id, sessions.c.id.is_distinct_from(keep))
    return await _end_where(tenant, trail, others, ending)


async def end_one(tenant: WriteSession, trail: SqlTrail, session_id: UUID, ending: Ending) -> int:
    """Ends one session of the organization; the last step of its transaction."""
    return await _end_where(tenant, trail, sessions.c.id == session_id, ending)


async def end_by_password_alone(tenant: WriteSession, trail: SqlTrail, but_of: UUID, ending: Ending) -> int:
    """Ends the organization's sessions that nothing beside a password has opened, but for one user's; the last step of
    its transaction."""
    alone = and_(sessions.c.method.in_(("", "password")), sessions.c.user_id != but_of)
    return await _end_where(tenant, trail, alone, ending)


async def _end_where(tenant: WriteSession, trail: SqlTrail, which: ColumnElement[bool], ending: Ending) -> int:
    """Ends those that haven't ended yet, records it and tells everybody. The last step of its transaction."""
    ended = await tenant.all(
        update(sessions)
        .where(sessions.c.organization_id == ending.organization_id, which, sessions.c.ended_at.is_(None))
        .values(ended_at=ending.now, end_reason=ending.reason)
        .returning(sessions.c.id, sessions.c.user_id)
    )
    done = (*ending.before, *(_ended(row.id, row.user_id, ending.reason) for row in ended))
    if done:
        await trail.add(tenant, ending.organization_id, ending.origin, done, ending.now)
    await revoke_sessions(tenant, ending.organization_id, [row.id for row in ended], ending.now)
    return len(ended)


def _ended(session_id: UUID, user_id: UUID, reason: str) -> Activity:
    """Who uses a token again isn't known; whose it is, is."""
    if reason == LOGGED_OUT:
        return Activity(Action.LOGOUT, user_id, "session", session_id)
    action = Action.REFRESH_TOKEN_REUSED if reason == REUSED else Action.SESSION_ENDED
    return Activity(action, user_id, "session", session_id, {"reason": reason})
