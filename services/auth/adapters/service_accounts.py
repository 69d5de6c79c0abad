"""Service accounts and API keys in PostgreSQL. An account is a row of users without an e-mail."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, delete, func, insert, select, text, update

from meshkit.database import Database
from services.auth import permissions
from services.auth.adapters import rows
from services.auth.adapters.activities import SqlTrail
from services.auth.adapters.administration import administers
from services.auth.adapters.revocations import revoke_sessions, revoke_user
from services.auth.adapters.tables import api_keys, users
from services.auth.audit import NOBODY, USER, Action, Activity, Origin
from services.auth.errors import ScopesTooWide, TooManyServiceAccounts, UserNotFound
from services.auth.mfa_ports import Person
from services.auth.model import ApiKey, User
from services.auth.service_accounts import ServiceAccount

KEY = "api_key"


class SqlServiceAccounts:
    """The port ServiceAccounts."""

    def __init__(self, database: Database, trail: SqlTrail) -> None:
        self._database = database
        self._trail = trail

    async def create(self, person: Person, user: User, at_most: int) -> None:
        own = (users.c.organization_id == person.organization_id, users.c.is_service)
        async with self._database.write(person.organization_id) as tenant:
            await administers(tenant, person)
            count = await tenant.first(select(func.count().label("found")).select_from(users).where(*own))
            if count is not None and count.found >= at_most:
                raise TooManyServiceAccounts(at_most, "service accounts")
            await tenant.execute(insert(users).values(**rows.user_values(user, None)))
            done = Activity(Action.SERVICE_ACCOUNT_CREATED, person.user_id, USER, user.id, {"role": user.role})
            await self._trail.add(tenant, person.organization_id, person.origin, [done], user.created_at)

    async def listed(self, organization_id: UUID) -> Sequence[ServiceAccount]:
        accounts = select(*rows.USER_COLUMNS).where(users.c.organization_id == organization_id, users.c.is_service)
        kept = select(api_keys).where(api_keys.c.organization_id == organization_id, api_keys.c.revoked_at.is_(None))
        keys: dict[UUID, list[ApiKey]] = defaultdict(list)
        async with self._database.read(organization_id) as tenant:
            found = await tenant.all(accounts.order_by(users.c.id.desc()))
            for row in await tenant.all(kept.order_by(api_keys.c.id.desc())):
                keys[row.user_id].append(_key(row))
        return [ServiceAccount(user, keys[user.id]) for user in map(rows.user, found)]

    async def delete(self, person: Person, account_id: UUID, now: datetime) -> bool:
        this = (users.c.organization_id == person.organization_id, users.c.id == account_id, users.c.is_service)
        own = (api_keys.c.organization_id == person.organization_id, api_keys.c.user_id == account_id)
        async with self._database.write(person.organization_id) as tenant:
            await administers(tenant, person)
            if await tenant.first(select(users.c.id).where(*this).with_for_update()) is None:
                return False
            ended = await tenant.scalars(delete(api_keys).where(*own).returning(api_keys.c.id))
            await tenant.execute(delete(users).where(*this))
            done = Activity(Action.SERVICE_ACCOUNT_DELETED, person.user_id, USER, account_id)
            await self._trail.add(tenant, person.organization_id, person.origin, [done], now)
            # A job of it goes on by no key's token.
            await revoke_user(tenant, person.organization_id, account_id, now)
            await revoke_sessions(tenant, person.organization_id, ended, now)
        return True

    async def add_key(self, person: Person, key: ApiKey, key_hash: bytes, at_most: int) -> None:
        account = (users.c.organization_id == key.organization_id, users.c.id == key.user_id, users.c.is_service)
        live = (
            api_keys.c.organization_id == key.organization_id,
            api_keys.c.user_id == key.user_id,
            api_keys.c.revoked_at.is_(None),
            api_keys.c.expires_at > key.created_at,
        )
        async with self._database.write(key.organization_id) as tenant:
            maker = await administers(tenant, person)
            if not key.scopes <= permissions.of_user(maker.role, maker.grants):
                raise ScopesTooWide()
            if await tenant.first(select(users.c.id).where(*account)) is None:
                raise UserNotFound(key.user_id)
            count = await tenant.first(select(func.count().label("found")).select_from(api_keys).where(*live))
            if count is not None and count.found >= at_most:
                raise TooManyServiceAccounts(at_most, "keys of this account")
            await tenant.execute(
                insert(api_keys).values(
                    organization_id=key.organization_id,
                    id=key.id,
                    user_id=key.user_id,
                    name=key.name,
                    hint=key.hint,
                    key_hash=key_hash,
                    scopes=sorted(key.scopes),
                    created_at=key.created_at,
                    expires_at=key.expires_at,
                )
            )
            told = {"service_account": str(key.user_id), "scopes": permissions.names(key.scopes)}
            done = Activity(Action.API_KEY_CREATED, person.user_id, KEY, key.id, told)
            await self._trail.add(tenant, key.organization_id, person.origin, [done], key.created_at)

    async def revoke_key(self, person: Person, key_id: UUID, now: datetime) -> bool:
        this = (api_keys.c.organization_id == person.organization_id, api_keys.c.id == key_id)
        ended = update(api_keys).where(*this, api_keys.c.revoked_at.is_(None)).values(revoked_at=now)
        async with self._database.write(person.organization_id) as tenant:
            await administers(tenant, person)
            if await tenant.first(ended.returning(api_keys.c.id)) is None:
                return False
            done = Activity(Action.API_KEY_REVOKED, person.user_id, KEY, key_id)
            await self._trail.add(tenant, person.organization_id, person.origin, [done], now)
            # Its tokens carry its id as their session's.
            await revoke_sessions(tenant, person.organization_id, [key_id], now)
        return True

    async def use(self, key_hash: bytes, origin: Origin, now: datetime) -> tuple[User, ApiKey] | None:
        find = text("SELECT organization_id, id FROM find_api_key(:key_hash)")
        async with self._database.lookup() as anyone:
            found = await anyone.first(find, {"key_hash": key_hash})
        organization_id, key_id = (found.organization_id, found.id) if found is not None else (NOBODY, NOBODY)
        this = (api_keys.c.organization_id == organization_id, api_keys.c.id == key_id)
        of_account = (users.c.organization_id == api_keys.c.organization_id) & (users.c.id == api_keys.c.user_id)
        live = users.c.is_active & api_keys.c.revoked_at.is_(None) & (api_keys.c.expires_at > now)
        shown = (
            select(*rows.USER_COLUMNS, live.label("live")).select_from(api_keys.join(users, of_account)).where(*this)
        )
        used = update(api_keys).where(*this, api_keys.c.revoked_at.is_(None)).values(last_used_at=now)
        async with self._database.write(organization_id) as tenant:
            # Locks are taken in the order of `administration`: the account before its keys, and none ends meanwhile.
            row = await tenant.first(shown.with_for_update(read=True, of=users))
            key = await tenant.first(used.returning(*api_keys.c)) if row is not None and row.live else None
            user = rows.user(row) if row is not None and key is not None else None
            if user is not None:
                told = Activity(Action.API_KEY_USED, user.id, KEY, key_id)
            else:
                told = Activity(Action.API_KEY_REFUSED, None, KEY, key_id if row is not None else None)
            await self._trail.add(tenant, organization_id, origin, [told], now)
        return (user, _key(key)) if user is not None and key is not None else None

    async def live_key(self, organization_id: UUID, key_id: UUID, now: datetime) -> ApiKey | None:
        live = (
            api_keys.c.organization_id == organization_id,
            api_keys.c.id == key_id,
            api_keys.c.revoked_at.is_(None),
            api_keys.c.expires_at > now,
        )
        async with self._database.read(organization_id) as tenant:
            row = await tenant.first(select(api_keys).where(*live))
        return _key(row) if row is not None else None


def _key(row: Row[Any]) -> ApiKey:
    return ApiKey(
        id=row.id,
        organization_id=row.organization_id,
        user_id=row.user_id,
        name=row.name,
        hint=row.hint,
        scopes=frozenset(row.scopes),
        created_at=row.created_at,
        expires_at=row.expires_at,
        last_used_at=row.last_used_at,
    )
