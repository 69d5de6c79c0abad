"""What integration keeps of people: files on their way to become sources, which go with them; and who connected,
described or changed what is the organization's."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, update

from meshkit.database import Database
from meshkit.job_table import jobs
from meshkit.jobs import Jobs
from meshkit.personal_data import PATIENCE, Count, Record, SqlPersonalData, Store, before, column, erase
from services.integration.adapters.tables import descriptions, semantic_models, source_events, sources, uploads
from services.integration.adapters.uploads import TIDY
from services.integration.model import UploadState

NOBODY = {"user_id": None}
EVENTS = "source_events"
STORES = (
    Store(uploads, column(uploads), NOBODY, hidden=frozenset({"organization_id", "prepared", "folder"})),
    Store(
        sources, column(sources, "created_by"), {"created_by": None}, hidden=frozenset({"organization_id", "name_key"})
    ),
    Store(descriptions, column(descriptions), NOBODY),
    Store(semantic_models, column(semantic_models), NOBODY),
    Store(jobs, column(jobs), NOBODY, exported=False),
)
_EVENTS = Store(source_events, column(source_events), NOBODY, old=before(source_events, "event_time"))


@dataclass(frozen=True)
class IntegrationPersonalData:
    """The port PersonalData of services/peers."""

    database: Database
    jobs: Jobs

    async def export(self, organization_id: UUID, user_id: UUID) -> AsyncGenerator[Record, None]:
        async for record in SqlPersonalData(self.database, (*STORES, _EVENTS)).export(organization_id, user_id):
            yield record

    async def erase(self, organization_id: UUID, user_id: UUID) -> Sequence[Count]:
        """Files that no source was made of are gone when the service's job has deleted their bytes: in seconds."""
        unused = update(uploads).where(
            uploads.c.organization_id == organization_id,
            uploads.c.user_id == user_id,
            uploads.c.state != UploadState.TAKEN,
        )
        discarded = unused.values(state=UploadState.DISCARDED, user_id=None, file_name="")
        async with self.database.write(organization_id) as session:
            upload_ids = await session.scalars(discarded.returning(uploads.c.id))
            for upload_id in upload_ids:
                await self.jobs.add(session, organization_id, TIDY, {"upload_id": str(upload_id)})
            taken, *others = await erase(session, organization_id, user_id, STORES)
            forgotten = await session.scalar(select(func.forget_person_of_events(user_id)))
        files = Count(taken.store, deleted=len(upload_ids), pseudonymised=taken.pseudonymised)
        return [files, *others, Count(EVENTS, pseudonymised=forgotten)]

    async def retain(self, organization_id: UUID, moment: datetime) -> Sequence[Count]:
        async with self.database.write(organization_id) as session:
            await session.execute(PATIENCE)
            return [Count(EVENTS, deleted=await session.scalar(select(func.remove_source_events(moment))))]
