"""An organization's e-mail domains in PostgreSQL. A unique index over all tenants keeps those apart that are shown."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, delete, func, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from meshkit.database import Database
from services.auth.adapters.activities import SqlTrail
from services.auth.adapters.administration import administers
from services.auth.adapters.tables import email_domains as domains
from services.auth.audit import Action, Activity
from services.auth.mfa_ports import Person
from services.auth.sso.errors import EmailDomainNotFound, EmailDomainTaken, TooManyProviders
from services.auth.sso.model import EmailDomain

RESOURCE = "email_domain"


class SqlEmailDomains:
    """The port EmailDomains."""

    def __init__(self, database: Database, trail: SqlTrail) -> None:
        self._database = database
        self._trail = trail

    async def listed(self, organization_id: UUID) -> Sequence[EmailDomain]:
        mine = select(domains).where(domains.c.organization_id == organization_id).order_by(domains.c.name)
        async with self._database.read(organization_id) as tenant:
            return [_domain(row) for row in await tenant.all(mine)]

    async def find(self, organization_id: UUID, domain_id: UUID) -> EmailDomain | None:
        async with self._database.read(organization_id) as tenant:
            row = await tenant.first(select(domains).where(*_this(organization_id, domain_id)))
        return _domain(row) if row is not None else None

    async def add(self, person: Person, domain: EmailDomain, at_most: int) -> None:
        if await self.owner(domain.name) is not None:
            raise EmailDomainTaken()
        counting = select(func.count().label("found")).where(domains.c.organization_id == person.organization_id)
        try:
            async with self._database.write(person.organization_id) as tenant:
                await administers(tenant, person)
                count = await tenant.first(counting)
                if count is not None and count.found >= at_most:
                    raise TooManyProviders(at_most, "domains")
                await tenant.execute(
                    insert(domains).values(
                        organization_id=domain.organization_id,
                        id=domain.id,
                        name=domain.name,
                        token=domain.token,
                        created_at=domain.created_at,
                    )
                )
                done = _told(Action.EMAIL_DOMAIN_ADDED, person, domain.id, domain.name)
                await self._trail.add(tenant, person.organization_id, person.origin, [done], domain.created_at)
        except IntegrityError:
            raise EmailDomainTaken() from None

    async def verify(self, person: Person, domain_id: UUID, now: datetime) -> EmailDomain:
        shown = update(domains).where(*_this(person.organization_id, domain_id)).values(verified_at=now)
        try:
            async with self._database.write(person.organization_id) as tenant:
                await administers(tenant, person)
                row = await tenant.first(shown.returning(*domains.columns))
                if row is None:
                    raise EmailDomainNotFound(domain_id)
                done = _told(Action.EMAIL_DOMAIN_VERIFIED, person, domain_id, row.name)
                await self._trail.add(tenant, person.organization_id, person.origin, [done], now)
        except IntegrityError:
            raise EmailDomainTaken() from None
        return _domain(row)

    async def remove(self, person: Person, domain_id: UUID, now: datetime) -> bool:
        removed = delete(domains).where(*_this(person.organization_id, domain_id)).returning(domains.c.name)
        async with self._database.write(person.organization_id) as tenant:
            await administers(tenant, person)
            row = await tenant.first(removed)
            if row is None:
                return False
            done = _told(Action.EMAIL_DOMAIN_REMOVED, person, domain_id, row.name)
            await self._trail.add(tenant, person.organization_id, person.origin, [done], now)
        return True

    async def owner(self, name: str) -> UUID | None:
        async with self._database.lookup() as anyone:
            row = await anyone.first(text("SELECT find_email_domain(:name) AS owner"), {"name": name})
        return row.owner if row is not None else None


def _this(organization_id: UUID, domain_id: UUID) -> tuple[Any, ...]:
    return (domains.c.organization_id == organization_id, domains.c.id == domain_id)


def _told(action: Action, person: Person, domain_id: UUID, name: str) -> Activity:
    return Activity(action, person.user_id, RESOURCE, domain_id, {"domain": name})


def _domain(row: Row[Any]) -> EmailDomain:
    return EmailDomain(row.id, row.organization_id, row.name, row.token, row.created_at, row.verified_at)
