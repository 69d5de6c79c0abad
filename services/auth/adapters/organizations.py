"""An organization's settings in PostgreSQL: its name, and members of one JSON column."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update

from meshkit.database import Database
from services.auth.adapters import rows
from services.auth.adapters.activities import SqlTrail
from services.auth.adapters.administration import administers
from services.auth.adapters.sessions import MFA_REQUIRED, Ending, end_by_password_alone
from services.auth.adapters.tables import organizations
from services.auth.administration import Kept, Settings, etag_of
from services.auth.audit import Action, Activity
from services.auth.errors import OrganizationChanged
from services.auth.mfa_ports import Person
from services.auth.model import Organization


class SqlKeptSettings:
    """The port KeptSettings."""

    def __init__(self, database: Database, trail: SqlTrail) -> None:
        self._database = database
        self._trail = trail

    async def read(self, organization_id: UUID) -> Kept:
        async with self._database.read(organization_id) as tenant:
            row = (await tenant.execute(select(organizations).where(organizations.c.id == organization_id))).one()
        return Kept(rows.organization(row), etag_of(row.updated_at))

    async def put(self, person: Person, wanted: Settings, etag: str, now: datetime) -> Kept:
        own = organizations.c.id == person.organization_id
        async with self._database.write(person.organization_id) as tenant:
            await administers(tenant, person)
            row = (await tenant.execute(select(organizations).where(own))).one()
            before = rows.organization(row)
            if etag != etag_of(row.updated_at):
                raise OrganizationChanged()
            told = _changes(before, wanted)
            if told:
                settings = {
                    rows.POLICY_SETTING: wanted.policy,
                    rows.MFA_SETTING: wanted.mfa_required,
                    rows.MFA_BY_EMAIL_SETTING: wanted.mfa_by_email,
                }
                values = {"name": wanted.name, "settings": {**row.settings, **settings}, "updated_at": now}
                await tenant.execute(update(organizations).where(own).values(**values))
                done = (
                    Activity(Action.SETTINGS_CHANGED, person.user_id, "organization", person.organization_id, told),
                )
                if wanted.mfa_required and not before.mfa_required:
                    ending = Ending(person.organization_id, MFA_REQUIRED, now, person.origin, done)
                    await end_by_password_alone(tenant, self._trail, person.user_id, ending)
                else:
                    await self._trail.add(tenant, person.organization_id, person.origin, done, now)
        return await self.read(person.organization_id)


def _changes(before: Organization, wanted: Settings) -> dict[str, str]:
    """What is new, by the names that the operator's commands use."""
    pairs = (
        ("name", before.name, wanted.name),
        (rows.POLICY_SETTING, before.policy, wanted.policy),
        (rows.MFA_SETTING, before.mfa_required, wanted.mfa_required),
        (rows.MFA_BY_EMAIL_SETTING, before.mfa_by_email, wanted.mfa_by_email),
    )
    return {name: new if isinstance(new, str) else str(new).lower() for name, old, new in pairs if old != new}
