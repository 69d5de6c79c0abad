"""Background work as rows: added in the transaction that wants it, done at least once, by one worker at a time.

A lease is taken with a fencing token: a worker that was thought dead can't finish, or commit in the name of, a job that
another has taken since. Times are the database's.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Delete, Update, and_, delete, func, insert, select, text, update

from meshkit.database import Database, WriteSession
from meshkit.errors import Aborted
from meshkit.ids import new_id
from meshkit.job_table import create_job_table, jobs

__all__ = ["Job", "Jobs", "create_job_table"]

MAX_ATTEMPTS = 5
FIRST_DELAY = 1.0
LONGEST_DELAY = 600.0


@dataclass(frozen=True)
class Job:
    """One piece of work, leased. `attempt` counts from 1; `fence` grows with every lease."""

    organization_id: UUID
    id: UUID
    kind: str
    payload: Mapping[str, Any] = field(repr=False)
    user_id: UUID | None
    attempt: int
    max_attempts: int
    fence: int


class Jobs:
    """The table's side of a job's life. It needs `create_job_table` in the service's migrations."""

    async def add(
        self,
        session: WriteSession,
        organization_id: UUID,
        kind: str,
        payload: Mapping[str, Any],
        *,
        user_id: UUID | None = None,
        delay: float = 0.0,
        max_attempts: int = MAX_ATTEMPTS,
    ) -> UUID:
        """Adds a job that exists if the session's transaction commits; due after `delay` seconds. Returns its id."""
        job_id = new_id()
        await session.execute(
            insert(jobs).values(
                organization_id=organization_id,
                id=job_id,
                kind=kind,
                payload=dict(payload),
                user_id=user_id,
                max_attempts=max_attempts,
                run_time=_after(delay),
            )
        )
        return job_id

    async def hold(self, session: WriteSession, job: Job) -> None:
        """Locks the job in the session's transaction, so that what it writes counts once.

        Raises Aborted if the lease was lost to another worker.
        """
        if await session.scalar(select(jobs.c.id).where(_held(job)).with_for_update()) is None:
            raise Aborted("the job was taken over")

    async def lease(self, database: Database, kinds: tuple[str, ...], seconds: float) -> Job | None:
        """Takes the job that has been due longest, for `seconds`; None if nothing is due."""
        async with database.lookup() as session:
            taken = await session.first(_LEASE, {"kinds": list(kinds), "seconds": seconds})
        if taken is None:
            return None
        async with database.read(taken.organization_id) as reading:
            row = await reading.first(select(jobs).where(jobs.c.id == taken.id, jobs.c.fence == taken.fence))
        if row is None:
            return None
        attempt, most = row.attempts, row.max_attempts
        return Job(taken.organization_id, taken.id, row.kind, row.payload, row.user_id, attempt, most, taken.fence)

    async def extend(self, database: Database, job: Job, seconds: float) -> bool:
        """Prolongs the lease; False if it is no longer ours."""
        return await self._change(database, job, update(jobs).values(lease_until=_after(seconds)))

    async def finish(self, database: Database, job: Job) -> bool:
        """The job is done and its row goes; False if the lease was lost."""
        return await self._change(database, job, delete(jobs))

    async def fail(self, database: Database, job: Job, error: str) -> bool:
        """The attempt failed: due again after 1, 2, 4 … 600 seconds, or dead after the last; False if lost.

        `error` is kept for the operator: a reason or a class, no text that could carry a secret.
        """
        state = "dead" if job.attempt >= job.max_attempts else "due"
        delay = min(FIRST_DELAY * 2 ** (job.attempt - 1), LONGEST_DELAY)
        change = update(jobs).values(state=state, last_error=error, lease_until=None, run_time=_after(delay))
        return await self._change(database, job, change)

    async def release(self, database: Database, job: Job) -> bool:
        """Gives the job back undone and uncounted, as when the process stops; False if the lease was lost."""
        change = update(jobs).values(state="due", attempts=jobs.c.attempts - 1, lease_until=None)
        return await self._change(database, job, change)

    async def _change(self, database: Database, job: Job, change: Update | Delete) -> bool:
        async with database.write(job.organization_id) as session:
            return (await session.execute(change.where(_held(job)))).rowcount == 1


_LEASE = text("SELECT organization_id, id, fence FROM lease_job(:kinds, :seconds)")


def _held(job: Job) -> ColumnElement[bool]:
    """The job's row, while the lease is ours."""
    return and_(jobs.c.id == job.id, jobs.c.fence == job.fence, jobs.c.state == "running")


def _after(seconds: float) -> Any:
    return func.now() + func.make_interval(0, 0, 0, 0, 0, 0, seconds)
