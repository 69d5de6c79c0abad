"""Accounts in PostgreSQL. Unique indexes over all tenants keep e-mails and slugs apart; no race gets past those."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from sqlalchemy import insert, select, text, update
from sqlalchemy.exc import IntegrityError

from meshkit.database import Database
from services.auth.adapters import rows
from services.auth.adapters.activities import SqlTrail
from services.auth.adapters.email_tokens import mark_verified, verified
from services.auth.adapters.mail_queue import enqueue
from services.auth.adapters.tables import organizations, users
from services.auth.audit import HERE, NOBODY, Action, Activity, Origin
from services.auth.errors import EmailTaken, SlugTaken
from services.auth.letters import Letter
from services.auth.model import Account, Member, Organization, User, canonical_email
from services.auth.ports import Credentials


class SqlAccounts:
    """The port Accounts."""

    def __init__(self, database: Database, trail: SqlTrail) -> None:
        self._database = database
        self._trail = trail

    async def sign_up(
        self, organization: Organization, leader: User, password_hash: str, origin: Origin, letter: Letter | None
    ) -> None:
        with taken():
            async with self._database.write(organization.id) as tenant:
                await tenant.execute(
                    insert(organizations).values(
                        id=organization.id,
                        name=organization.name,
                        slug=organization.slug,
                        industry=organization.industry,
                        created_at=organization.created_at,
                        updated_at=organization.created_at,
                    )
                )
                await tenant.execute(insert(users).values(**rows.user_values(leader, password_hash)))
                if letter is not None:
                    await enqueue(tenant, organization.id, leader.id, letter)
                done = [
                    Activity(Action.ORGANIZATION_CREATED, leader.id, "organization", organization.id),
                    _created(leader, leader.id),
                ]
                await self._trail.add(tenant, organization.id, origin, done, organization.created_at)

    async def add(self, user: User, password_hash: str) -> None:
        with taken():
            async with self._database.write(user.organization_id) as tenant:
                await tenant.execute(insert(users).values(**rows.user_values(user, password_hash)))
                await self._trail.add(
                    tenant, user.organization_id, HERE, [_created(user, None, by="operator")], user.created_at
                )

    async def vouch(self, user: User, now: datetime) -> None:
        """The operator says that the address is the user's."""
        async with self._database.write(user.organization_id) as tenant:
            if await mark_verified(tenant, user.organization_id, user.id, now):
                told = [verified(user.id, None, by="operator")]
                await self._trail.add(tenant, user.organization_id, HERE, told, now)

    async def by_email(self, email: str) -> Credentials | None:
        find = text("SELECT organization_id, user_id FROM find_account(:email)")
        async with self._database.lookup() as anyone:
            found = (await anyone.execute(find, {"email": canonical_email(email)})).one_or_none()
        # An e-mail that is nobody's is looked up as nobody's, so that the same statements run.
        organization_id, user_id = (found.organization_id, found.user_id) if found else (NOBODY, NOBODY)
        async with self._database.read(organization_id) as tenant:
            row = (await tenant.execute(rows.select_account(organization_id, user_id))).one_or_none()
        return Credentials(rows.account(row), row.user_password_hash) if row is not None else None

    async def find(self, organization_id: UUID, user_id: UUID) -> Account | None:
        async with self._database.read(organization_id) as tenant:
            row = (await tenant.execute(rows.select_account(organization_id, user_id))).one_or_none()
        return rows.account(row) if row is not None else None

    async def members(self, organization_id: UUID, user_ids: Sequence[UUID]) -> Sequence[Member]:
        wanted = select(users.c.id, users.c.first_name, users.c.last_name).where(
            users.c.organization_id == organization_id, users.c.id.in_(user_ids), users.c.erased_at.is_(None)
        )
        async with self._database.read(organization_id) as tenant:
            found = (await tenant.execute(wanted)).all()
        return [Member(row.id, row.first_name, row.last_name) for row in found]

    async def organization(self, organization_id: UUID) -> Organization | None:
        async with self._database.read(organization_id) as tenant:
            found = await tenant.execute(select(organizations).where(organizations.c.id == organization_id))
            row = found.one_or_none()
        return rows.organization(row) if row is not None else None

    async def organization_by_slug(self, slug: str) -> Organization | None:
        async with self._database.lookup() as anyone:
            found = await anyone.execute(text("SELECT find_organization(:slug)"), {"slug": slug})
            organization_id = found.scalar_one()
        return await self.organization(organization_id) if organization_id is not None else None

    async def change_setting(self, organization_id: UUID, name: str, value: str | bool, now: datetime) -> None:
        settings = organizations.c.settings.op("||")({name: value})
        this = update(organizations).where(organizations.c.id == organization_id)
        told = {name: str(value).lower(), "by": "operator"}
        changed = Activity(Action.SETTINGS_CHANGED, None, "organization", organization_id, told)
        async with self._database.write(organization_id) as tenant:
            await tenant.execute(this.values(settings=settings, updated_at=now))
            await self._trail.add(tenant, organization_id, HERE, [changed], now)


def _created(user: User, by_user: UUID | None, **told: str) -> Activity:
    return Activity(Action.USER_CREATED, by_user, "user", user.id, {"role": user.role, **told})


@contextmanager
def taken() -> Iterator[None]:
    """Says which unique index was in the way."""
    try:
        yield
    except IntegrityError as error:
        broken = str(error.orig)
        if "users_email_key" in broken:
            raise EmailTaken() from None
        if "organizations_slug_key" in broken:
            raise SlugTaken() from None
        raise
