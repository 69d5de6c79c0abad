"""The outbox: a job for each letter, added in the transaction of what it is about, sent at least once."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from meshkit.database import Database, WriteSession
from meshkit.jobs import Job, Jobs
from meshkit.worker import Handler
from services.auth.adapters.activities import SqlTrail
from services.auth.audit import Activity, Origin
from services.auth.letters import LETTERS, Letter
from services.auth.mailing import Mailing

KIND = "mail"
# With pauses of 1, 2, 4 … seconds: a mail server may be away for half an hour.
MAX_ATTEMPTS = 12


async def enqueue(session: WriteSession, organization_id: UUID, user_id: UUID | None, letter: Letter) -> None:
    """Kept if the transaction commits: whom it goes to and which letter, no address and no token."""
    payload = {"letter": letter.name}
    await Jobs().add(session, organization_id, KIND, payload, user_id=user_id, max_attempts=MAX_ATTEMPTS)


class SqlMailQueue:
    """The port MailQueue."""

    def __init__(self, database: Database, trail: SqlTrail) -> None:
        self._database = database
        self._trail = trail

    async def put(
        self,
        organization_id: UUID,
        user_id: UUID | None,
        letter: Letter,
        told: Sequence[Activity],
        origin: Origin,
        now: datetime,
    ) -> None:
        async with self._database.write(organization_id) as tenant:
            await enqueue(tenant, organization_id, user_id, letter)
            if told:
                await self._trail.add(tenant, organization_id, origin, told, now)


def handlers(mailing: Mailing) -> Mapping[str, Handler]:
    """What the worker does with the jobs."""

    async def deliver(job: Job) -> None:
        letter = LETTERS[job.payload["letter"]]
        await mailing.deliver(job.organization_id, job.user_id, letter, first=job.attempt == 1)

    return {KIND: deliver}
