"""Consents in PostgreSQL: rows that the service's role may only add."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.dialects.postgresql import distinct_on

from meshkit.database import Database
from services.auth.adapters.activities import SqlTrail
from services.auth.adapters.tables import consents
from services.auth.audit import USER, Action, Activity
from services.auth.consenting import Consent, Purpose
from services.auth.mfa_ports import Person


class SqlConsents:
    """The port Consents."""

    def __init__(self, database: Database, trail: SqlTrail) -> None:
        self._database = database
        self._trail = trail

    async def of(self, organization_id: UUID, user_id: UUID) -> Mapping[Purpose, Consent]:
        columns = consents.c
        newest = (
            select(columns.purpose, columns.given, columns.version, columns.created_at)
            .ext(distinct_on(columns.purpose))
            .where(columns.organization_id == organization_id, columns.user_id == user_id)
            .order_by(columns.purpose, columns.created_at.desc(), columns.id.desc())
        )
        async with self._database.read(organization_id) as tenant:
            rows = await tenant.all(newest)
        return {
            Purpose(row.purpose): Consent(Purpose(row.purpose), row.given, row.version, row.created_at) for row in rows
        }

    async def record(self, person: Person, record_id: UUID, consent: Consent) -> None:
        assert consent.at is not None  # it is said now
        new = insert(consents).values(
            organization_id=person.organization_id,
            id=record_id,
            user_id=person.user_id,
            purpose=consent.purpose.value,
            given=consent.given,
            version=consent.version,
            created_at=consent.at,
        )
        action = Action.CONSENT_GIVEN if consent.given else Action.CONSENT_WITHDRAWN
        told = {"purpose": consent.purpose.value, "version": str(consent.version)}
        done = Activity(action, person.user_id, USER, person.user_id, told)
        async with self._database.write(person.organization_id) as tenant:
            await tenant.execute(new)
            await self._trail.add(tenant, person.organization_id, person.origin, [done], consent.at)
