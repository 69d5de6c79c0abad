"""What the gateway keeps of people: verdicts and what was learned from their choices, which go with them; and who
taught, verified, asked to check or ran what stays the organization's."""

from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select

from meshkit.database import Database
from meshkit.personal_data import Count, Record, SqlPersonalData, Store, before, column, erase
from services.ml_gateway.adapters.changes import changed
from services.ml_gateway.adapters.tables import (
    answer_uses,
    benchmark_questions,
    evaluation_outcomes,
    evaluation_runs,
    feedback,
    synonyms,
    verified_answers,
)
from services.ml_gateway.learning.model import Origin

NOBODY = {"user_id": None}


def _learned_from(user_id: UUID) -> ColumnElement[bool]:
    """A choice in passing may carry the words of the whole question."""
    return and_(synonyms.c.user_id == user_id, synonyms.c.origin == Origin.CLARIFICATION)


STORES = (
    Store(feedback, column(feedback), old=before(feedback, "update_time")),
    Store(answer_uses, column(answer_uses), old=before(answer_uses, "create_time")),
    Store(synonyms, _learned_from, exported=False),  # the next has these as well
    # Taught on purpose, for everybody.
    Store(synonyms, column(synonyms), NOBODY),
    Store(verified_answers, column(verified_answers), NOBODY),
    Store(benchmark_questions, column(benchmark_questions), NOBODY),
    # Outcomes go with their run.
    Store(evaluation_runs, column(evaluation_runs), NOBODY, old=before(evaluation_runs, "start_time")),
    Store(evaluation_outcomes, column(evaluation_outcomes), NOBODY),
)


@dataclass(frozen=True)
class GatewayPersonalData:
    """The port PersonalData of services/peers."""

    database: Database

    async def export(self, organization_id: UUID, user_id: UUID) -> AsyncGenerator[Record, None]:
        async for record in SqlPersonalData(self.database, STORES).export(organization_id, user_id):
            yield record

    async def erase(self, organization_id: UUID, user_id: UUID) -> Sequence[Count]:
        taught = select(synonyms.c.source_id).distinct()
        affected = taught.where(synonyms.c.organization_id == organization_id, synonyms.c.user_id == user_id)
        async with self.database.write(organization_id) as session:
            source_ids = await session.scalars(affected)
            counts = await erase(session, organization_id, user_id, STORES)
            for source_id in source_ids:
                # Or what is in memory would go on being used.
                await changed(session, organization_id, source_id)
        return counts

    async def retain(self, organization_id: UUID, moment: datetime) -> Sequence[Count]:
        return await SqlPersonalData(self.database, STORES).retain(organization_id, moment)
