"""An organization's identity providers in PostgreSQL. A client secret is sealed under the organization's data key."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, delete, func, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from meshkit.database import Database, WriteSession
from meshkit.secrets import Secret
from services.auth.adapters.activities import SqlTrail
from services.auth.adapters.administration import administers
from services.auth.adapters.data_keys import SqlDataKeys
from services.auth.adapters.tables import identity_providers as providers
from services.auth.administration import etag_of
from services.auth.audit import Action, Activity
from services.auth.mfa_ports import Person
from services.auth.sso.errors import (
    IdentityProviderChanged,
    IdentityProviderInvalid,
    IdentityProviderNotFound,
    TooManyProviders,
)
from services.auth.sso.model import IdentityProvider, Oidc, Preset, ProviderSettings, RoleRule, Saml

RESOURCE, FIELD = "identity_provider", "client_secret"
OIDC, SAML = "oidc", "saml"


class SqlIdentityProviders:
    """The port IdentityProviders."""

    def __init__(self, database: Database, trail: SqlTrail, keys: SqlDataKeys) -> None:
        self._database = database
        self._trail = trail
        self._keys = keys

    async def listed(self, organization_id: UUID) -> Sequence[IdentityProvider]:
        mine = select(providers).where(providers.c.organization_id == organization_id)
        async with self._database.read(organization_id) as tenant:
            return [_provider(row) for row in await tenant.all(mine.order_by(providers.c.id.desc()))]

    async def enabled(self, organization_id: UUID) -> IdentityProvider | None:
        return await self._one(organization_id, providers.c.enabled)

    async def find(self, organization_id: UUID, provider_id: UUID) -> IdentityProvider | None:
        return await self._one(organization_id, providers.c.id == provider_id)

    async def anywhere(self, provider_id: UUID) -> IdentityProvider | None:
        async with self._database.lookup() as anyone:
            row = await anyone.first(text("SELECT find_identity_provider(:id) AS owner"), {"id": provider_id})
        return await self.find(row.owner, provider_id) if row is not None and row.owner is not None else None

    async def secret(self, provider: IdentityProvider) -> Secret:
        this = select(providers.c.key_version, providers.c.sealed).where(*_this(provider))
        async with self._database.read(provider.organization_id) as tenant:
            row = await tenant.first(this)
            if row is None or row.sealed is None:
                return Secret("")
            key = await self._keys.of_version(tenant, provider.organization_id, row.key_version)
        return Secret(key.unseal(row.sealed, owner_id=provider.id, name=FIELD).decode())

    async def create(self, person: Person, provider: IdentityProvider, secret: Secret, at_most: int) -> None:
        counting = select(func.count().label("found")).where(providers.c.organization_id == person.organization_id)
        with _one_enabled():
            async with self._database.write(person.organization_id) as tenant:
                await administers(tenant, person)
                count = await tenant.first(counting)
                if count is not None and count.found >= at_most:
                    raise TooManyProviders(at_most, "identity providers")
                sealed = await self._sealed(tenant, provider, secret)
                ids = {"organization_id": provider.organization_id, "id": provider.id}
                await tenant.execute(
                    insert(providers).values(**ids, created_at=provider.created_at, **_values(provider), **sealed)
                )
                done = _told(Action.IDENTITY_PROVIDER_CREATED, person, provider)
                await self._trail.add(tenant, person.organization_id, person.origin, [done], provider.created_at)

    async def put(self, person: Person, provider: IdentityProvider, secret: Secret | None, etag: str) -> None:
        with _one_enabled():
            async with self._database.write(person.organization_id) as tenant:
                await administers(tenant, person)
                row = await tenant.first(select(providers.c.updated_at).where(*_this(provider)))
                if row is None:
                    raise IdentityProviderNotFound(provider.id)
                if etag != etag_of(row.updated_at):
                    raise IdentityProviderChanged()
                sealed = {} if secret is None else await self._sealed(tenant, provider, secret)
                await tenant.execute(update(providers).where(*_this(provider)).values(**_values(provider), **sealed))
                done = _told(Action.IDENTITY_PROVIDER_CHANGED, person, provider)
                await self._trail.add(tenant, person.organization_id, person.origin, [done], provider.updated_at)

    async def delete(self, person: Person, provider_id: UUID, now: datetime) -> bool:
        this = (providers.c.organization_id == person.organization_id, providers.c.id == provider_id)
        async with self._database.write(person.organization_id) as tenant:
            await administers(tenant, person)
            if await tenant.first(delete(providers).where(*this).returning(providers.c.id)) is None:
                return False
            done = Activity(Action.IDENTITY_PROVIDER_DELETED, person.user_id, RESOURCE, provider_id)
            await self._trail.add(tenant, person.organization_id, person.origin, [done], now)
        return True

    async def _one(self, organization_id: UUID, which: Any) -> IdentityProvider | None:
        async with self._database.read(organization_id) as tenant:
            row = await tenant.first(select(providers).where(providers.c.organization_id == organization_id, which))
        return _provider(row) if row is not None else None

    async def _sealed(self, tenant: WriteSession, provider: IdentityProvider, secret: Secret) -> dict[str, Any]:
        if not secret.reveal():
            return {"key_version": None, "sealed": None}
        key = await self._keys.newest(tenant, provider.organization_id, provider.updated_at)
        sealed = key.seal(secret.reveal().encode(), owner_id=provider.id, name=FIELD)
        return {"key_version": key.version, "sealed": sealed}


@contextmanager
def _one_enabled() -> Iterator[None]:
    try:
        yield
    except IntegrityError as error:
        if "identity_providers_enabled" in str(error.orig):
            raise IdentityProviderInvalid("another identity provider is enabled; disable it first") from None
        raise


def _this(provider: IdentityProvider) -> tuple[Any, ...]:
    return (providers.c.organization_id == provider.organization_id, providers.c.id == provider.id)


def _told(action: Action, person: Person, provider: IdentityProvider) -> Activity:
    settings = provider.settings
    protocol = settings.protocol
    vouches = protocol.issuer if isinstance(protocol, Oidc) else protocol.entity_id
    told = {
        "enabled": str(settings.enabled).lower(),
        "creates_users": str(settings.creates_users).lower(),
        "default_role": settings.default_role,
        "rules": ",".join(f"{rule.group}={rule.role}" for rule in settings.role_rules),
        "vouches": vouches,
    }
    return Activity(action, person.user_id, RESOURCE, provider.id, told)


def _values(provider: IdentityProvider) -> dict[str, Any]:
    settings = provider.settings
    members = {
        "protocol": asdict(settings.protocol),
        "creates_users": settings.creates_users,
        "default_role": settings.default_role,
        "group_attribute": settings.group_attribute,
        "role_rules": [asdict(rule) for rule in settings.role_rules],
    }
    return {
        "name": settings.name,
        "protocol": OIDC if isinstance(settings.protocol, Oidc) else SAML,
        "settings": members,
        "enabled": settings.enabled,
        "updated_at": provider.updated_at,
    }


def _provider(row: Row[Any]) -> IdentityProvider:
    members = row.settings
    settings = ProviderSettings(
        name=row.name,
        protocol=_protocol(row.protocol, members["protocol"]),
        enabled=row.enabled,
        creates_users=members["creates_users"],
        default_role=members["default_role"],
        group_attribute=members["group_attribute"],
        role_rules=tuple(RoleRule(rule["group"], rule["role"]) for rule in members["role_rules"]),
    )
    return IdentityProvider(row.id, row.organization_id, settings, row.created_at, row.updated_at)


def _protocol(kind: str, members: dict[str, Any]) -> Oidc | Saml:
    if kind == OIDC:
        return Oidc(members["issuer"], members["client_id"], Preset(members["preset"]))
    return Saml(
        members["entity_id"], members["sso_url"], tuple(members["certificates"]), bool(members["idp_initiated"])
    )
