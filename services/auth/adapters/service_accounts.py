"""Service accounts and API keys in PostgreSQL. An account is a row of users without an e-mail."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, insert, select, text, update

from meshkit.database import Database
from services.auth import permissions
from services.auth.adapters import rows
from services.auth.adapters.activities import SqlTrail
from services.auth.adapters.administration import administers
from services.auth.adapters.revocations import revoke_sessions
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
        live = (*this, api_keys.c.revoked_at.is_(None), api_keys.c.expires_at > now)
        async with self._database.write(organization_id) as tenant:
            used = await tenant.first(update(api_keys).where(*live).values(last_used_at=now).returning(*api_keys.c))
            owner = used.user_id if used is not None else NOBODY
            row = await tenant.first(rows.select_account(organization_id, owner))
            if used is None or row is None or not row.user_is_active:
                return None
            key, user = _key(used), rows.user(row)
            await self._trail.add(
                tenant, organization_id, origin, [Activity(Action.API_KEY_USED, user.id, KEY, key.id)], now
            )
        return user, key

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
