"""The people of an organization in PostgreSQL, as administrators keep them.

Each change locks the organization's row first, so that of two administrators who unmake each other one is refused.
Locks are taken in one order: organization, user, session, audit trail, revocations.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, delete, exists, func, insert, or_, select, tuple_, update

from meshkit.database import Database, WriteSession
from services.auth import permissions
from services.auth.adapters import rows
from services.auth.adapters.accounts import taken
from services.auth.adapters.activities import SqlTrail
from services.auth.adapters.devices import distrust
from services.auth.adapters.email_tokens import void
from services.auth.adapters.mail_queue import enqueue
from services.auth.adapters.revocations import revoke_user
from services.auth.adapters.sessions import DEACTIVATED, REVOKED_BY_ADMINISTRATOR, Ending, end_all_but
from services.auth.adapters.tables import organizations, totp_secrets, users
from services.auth.administration import After, Place, UserAccount, UserFilter, etag_of
from services.auth.audit import USER, Action, Activity
from services.auth.errors import InvitationNotOpen, NoAdministrator, UserChanged, UserNotFound
from services.auth.letters import INVITATION, RESET_PASSWORD, VERIFY_EMAIL
from services.auth.mfa_ports import Person
from services.auth.model import User, UserState

NAMES = (func.lower(users.c.last_name), func.lower(users.c.first_name), users.c.id)
STATES = {
    UserState.ACTIVE: users.c.is_active & users.c.invited_at.is_(None),
    UserState.INVITED: users.c.is_active & users.c.invited_at.is_not(None),
    UserState.DEACTIVATED: ~users.c.is_active,
}


class SqlAdministeredUsers:
    """The port AdministeredUsers."""

    def __init__(self, database: Database, trail: SqlTrail) -> None:
        self._database = database
        self._trail = trail

    async def listed(
        self, organization_id: UUID, wanted: UserFilter, after: After | None, at_most: int
    ) -> Sequence[tuple[UserAccount, After]]:
        names = (NAMES[0].label("by_last_name"), NAMES[1].label("by_first_name"))
        listing = _accounts(organization_id).add_columns(*names).where(*_filtered(wanted))
        if after is not None:
            listing = listing.where(tuple_(*NAMES) > (after.last_name, after.first_name, after.user_id))
        async with self._database.read(organization_id) as tenant:
            found = await tenant.all(listing.order_by(*NAMES).limit(at_most))
        return [(_account(row), After(row.by_last_name, row.by_first_name, row.user_id)) for row in found]

    async def count(self, organization_id: UUID, wanted: UserFilter) -> int:
        counting = select(func.count().label("found")).select_from(users)
        mine = counting.where(users.c.organization_id == organization_id, *_filtered(wanted))
        async with self._database.read(organization_id) as tenant:
            row = await tenant.first(mine)
        return int(row.found) if row is not None else 0

    async def find(self, organization_id: UUID, user_id: UUID) -> UserAccount | None:
        async with self._database.read(organization_id) as tenant:
            row = await tenant.first(_accounts(organization_id).where(users.c.id == user_id))
        return _account(row) if row is not None else None

    async def put(self, person: Person, user_id: UUID, place: Place, etag: str, now: datetime) -> None:
        async with self._database.write(person.organization_id) as tenant:
            before = await _locked(tenant, person, user_id)
            if etag != etag_of(before.updated_at or before.created_at):
                raise UserChanged(user_id)
            told = _changes(before, place)
            if not told:
                return
            await _set(
                tenant,
                before,
                now,
                role=place.role,
                department=place.department,
                team=place.team,
                grants=list(place.grants),
                source_ids=[str(source_id) for source_id in place.source_ids],
            )
            done = Activity(Action.USER_CHANGED, person.user_id, USER, user_id, told)
            await self._trail.add(tenant, person.organization_id, person.origin, [done], now)
            if told.keys() & {"role", "grants", "sources"}:
                await revoke_user(tenant, person.organization_id, user_id, now)

    async def deactivate(self, person: Person, user_id: UUID, now: datetime) -> None:
        async with self._database.write(person.organization_id) as tenant:
            user = await _locked(tenant, person, user_id)
            if user.state is UserState.INVITED:
                raise InvitationNotOpen(user_id, "this person is only invited; withdraw the invitation")
            if not user.is_active:
                return
            await _set(tenant, user, now, is_active=False)
            for letter in (RESET_PASSWORD, VERIFY_EMAIL):
                await void(tenant, person.organization_id, user_id, letter)
            forgotten = await distrust(tenant, person.organization_id, user_id)
            done = (Activity(Action.USER_DEACTIVATED, person.user_id, USER, user_id), *forgotten)
            ending = Ending(person.organization_id, DEACTIVATED, now, person.origin, done)
            await end_all_but(tenant, self._trail, user_id, None, ending)
            # Jobs go on for a user without a session.
            await revoke_user(tenant, person.organization_id, user_id, now)

    async def activate(self, person: Person, user_id: UUID, now: datetime) -> None:
        async with self._database.write(person.organization_id) as tenant:
            user = await _locked(tenant, person, user_id)
            if user.is_active:
                return
            await _set(tenant, user, now, is_active=True)
            done = Activity(Action.USER_ACTIVATED, person.user_id, USER, user_id)
            await self._trail.add(tenant, person.organization_id, person.origin, [done], now)

    async def end_sessions(self, person: Person, user_id: UUID, now: datetime) -> int:
        async with self._database.write(person.organization_id) as tenant:
            await _locked(tenant, person, user_id)
            ending = Ending(person.organization_id, REVOKED_BY_ADMINISTRATOR, now, person.origin)
            return await end_all_but(tenant, self._trail, user_id, None, ending)

    async def invite(self, person: Person, user: User) -> None:
        with taken():
            async with self._database.write(person.organization_id) as tenant:
                await administers(tenant, person)
                await tenant.execute(insert(users).values(**rows.user_values(user, None)))
                await enqueue(tenant, person.organization_id, user.id, INVITATION)
                told = {"role": user.role, **({"grants": ",".join(user.grants)} if user.grants else {})}
                done = Activity(Action.USER_INVITED, person.user_id, USER, user.id, told)
                await self._trail.add(tenant, person.organization_id, person.origin, [done], user.created_at)

    async def invite_again(self, person: Person, user_id: UUID, now: datetime) -> None:
        async with self._database.write(person.organization_id) as tenant:
            user = await _invited(tenant, person, user_id)
            await _set(tenant, user, now, invited_at=now)
            await void(tenant, person.organization_id, user_id, INVITATION)
            await enqueue(tenant, person.organization_id, user_id, INVITATION)
            done = Activity(Action.USER_INVITED, person.user_id, USER, user_id, {"again": "true"})
            await self._trail.add(tenant, person.organization_id, person.origin, [done], now)

    async def withdraw(self, person: Person, user_id: UUID, now: datetime) -> None:
        async with self._database.write(person.organization_id) as tenant:
            await _invited(tenant, person, user_id)
            own = (users.c.organization_id == person.organization_id, users.c.id == user_id)
            await tenant.execute(delete(users).where(*own))
            done = Activity(Action.INVITATION_WITHDRAWN, person.user_id, USER, user_id)
            await self._trail.add(tenant, person.organization_id, person.origin, [done], now)

    async def taken(self, organization_id: UUID, emails: Sequence[str]) -> frozenset[str]:
        email = func.lower(users.c.email)
        wanted = select(email.label("email")).where(users.c.organization_id == organization_id, email.in_(emails))
        async with self._database.read(organization_id) as tenant:
            return frozenset(row.email for row in await tenant.all(wanted))


async def administers(tenant: WriteSession, person: Person) -> User:
    """The person. Locks the organization's row, and sees that they administer it still. Raises NoAdministrator."""
    own = organizations.c.id == person.organization_id
    await tenant.first(select(organizations.c.id).where(own).with_for_update())
    row = await tenant.first(rows.select_account(person.organization_id, person.user_id))
    user = rows.user(row) if row is not None else None
    if user is None or not user.is_active or permissions.ADMINISTER not in permissions.of_user(user.role, user.grants):
        raise NoAdministrator()
    return user


async def _locked(tenant: WriteSession, person: Person, user_id: UUID) -> User:
    await administers(tenant, person)
    own = (users.c.organization_id == person.organization_id, users.c.erased_at.is_(None))
    this = (*own, users.c.id == user_id)
    row = await tenant.first(select(*rows.USER_COLUMNS).where(*this).with_for_update())
    if row is None:
        raise UserNotFound(user_id)
    return rows.user(row)


async def _invited(tenant: WriteSession, person: Person, user_id: UUID) -> User:
    user = await _locked(tenant, person, user_id)
    if user.state is not UserState.INVITED:
        raise InvitationNotOpen(user_id, "this person doesn't wait for an invitation")
    return user


async def _set(tenant: WriteSession, user: User, now: datetime, **values: object) -> None:
    this = (users.c.organization_id == user.organization_id, users.c.id == user.id)
    await tenant.execute(update(users).where(*this).values(updated_at=now, **values))


def _accounts(organization_id: UUID) -> Select[Any]:
    confirmed = (
        exists()
        .where(totp_secrets.c.organization_id == users.c.organization_id, totp_secrets.c.user_id == users.c.id)
        .where(totp_secrets.c.confirmed_at.is_not(None))
    )
    return select(*rows.USER_COLUMNS, confirmed.label("second_factor")).where(
        users.c.organization_id == organization_id, users.c.erased_at.is_(None)
    )


def _account(row: Row[Any]) -> UserAccount:
    return UserAccount(rows.user(row), row.second_factor)


def _filtered(wanted: UserFilter) -> list[Any]:
    conditions: list[Any] = [~users.c.is_service, users.c.erased_at.is_(None)]
    if wanted.query:
        full = users.c.first_name + " " + users.c.last_name
        parts = (full, users.c.email)
        conditions.append(or_(*(func.lower(part).contains(wanted.query.lower(), autoescape=True) for part in parts)))
    if wanted.role:
        conditions.append(users.c.role == wanted.role)
    if wanted.state is not None:
        conditions.append(STATES[wanted.state])
    return conditions


def _changes(before: User, place: Place) -> dict[str, str]:
    """What is new, and what it was."""
    told: dict[str, str] = {}
    pairs = (
        ("role", before.role, place.role),
        ("department", before.department, place.department),
        ("team", before.team, place.team),
        ("grants", ",".join(sorted(before.grants)), ",".join(place.grants)),
        ("sources", _listed(before.source_ids), _listed(place.source_ids)),
    )
    for name, old, new in pairs:
        if old != new:
            told |= {name: new, f"{name}_before": old}
    return told


def _listed(source_ids: Sequence[UUID]) -> str:
    return ",".join(sorted(map(str, source_ids)))
