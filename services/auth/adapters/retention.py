"""Retention's evidence in PostgreSQL, and the beginning of a trail whose oldest rows are gone."""

from dataclasses import asdict, replace
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import delete, func, select, text
from sqlalchemy.dialects.postgresql import insert

from meshkit.database import Database, ReadSession, WriteSession
from meshkit.personal_data import PATIENCE, Count
from services.auth.adapters.activities import SqlTrail
from services.auth.adapters.tables import activity_starts, retention_runs, user_activities
from services.auth.audit import HERE, Action, Activity
from services.auth.retaining import Retained

# Days for which it is kept that nothing was too old; what was removed stands for good.
EMPTY_RUNS_KEPT = timedelta(days=30)
EMPTY = text("NOT jsonb_path_exists(stores, '$[*].deleted ? (@ > 0)')")


class SqlRetentions:
    """The port Retentions."""

    def __init__(self, database: Database, trail: SqlTrail) -> None:
        self._database = database
        self._trail = trail

    async def done(self, organization_id: UUID, day: date) -> frozenset[str]:
        wanted = select(retention_runs.c.service).where(
            retention_runs.c.organization_id == organization_id, retention_runs.c.day == day
        )
        async with self._database.read(organization_id) as tenant:
            return frozenset(await tenant.scalars(wanted))

    async def note(self, retained: Retained) -> None:
        async with self._database.write(retained.organization_id) as tenant:
            await _note(tenant, retained)

    async def retain_own(self, retained: Retained) -> None:
        organization_id = retained.organization_id
        empty = delete(retention_runs).where(
            retention_runs.c.organization_id == organization_id,
            retention_runs.c.day < retained.day - EMPTY_RUNS_KEPT,
            EMPTY,
        )
        async with self._database.write(organization_id) as tenant:
            await tenant.execute(PATIENCE)
            through, count = await _too_old(tenant, retained)
            counts = [Count(user_activities.name, deleted=count)]
            if not await _note(tenant, replace(retained, counts=counts)):
                return  # another replica was faster
            await tenant.execute(empty)
            if count:
                await self._cut(tenant, retained, through, count)

    async def _cut(self, tenant: WriteSession, retained: Retained, through: int, count: int) -> None:
        """The trail tells of it, so that it always has an end; and begins where it is signed that it does."""
        told = {"through": str(through), "count": str(count), "before": retained.before.isoformat()}
        done = Activity(Action.ACTIVITIES_REMOVED, metadata=told)
        organization_id = retained.organization_id
        await self._trail.add(tenant, organization_id, HERE, [done], retained.at)
        last = select(user_activities.c.hash).where(
            user_activities.c.organization_id == organization_id, user_activities.c.sequence == through
        )
        digest, signer = await tenant.scalar(last), self._trail.signer
        start = {
            "sequence": through,
            "hash": digest,
            "key_id": signer.key_id,
            "signature": signer.sign_start(organization_id, through, digest),
            "signed_at": retained.at,
        }
        new = insert(activity_starts).values(organization_id=organization_id, **start)
        await tenant.execute(new.on_conflict_do_update(index_elements=[activity_starts.c.organization_id], set_=start))
        removed = await tenant.scalar(text("SELECT remove_activities(:through)"), {"through": through})
        if removed != count:
            raise RuntimeError("the database keeps activities that are too old for the clock here")


async def _too_old(tenant: ReadSession, retained: Retained) -> tuple[int, int]:
    """The number of the last row before the first that is kept, and how many there are up to it."""
    columns = user_activities.c
    own = columns.organization_id == retained.organization_id
    kept = select(func.min(columns.sequence)).where(own, columns.created_at >= retained.before).scalar_subquery()
    gone = select(func.max(columns.sequence), func.count()).where(own, func.coalesce(columns.sequence < kept, True))
    found = await tenant.first(gone)
    return (found[0] or 0, found[1]) if found is not None else (0, 0)


async def _note(tenant: WriteSession, retained: Retained) -> bool:
    """False if the day's is noted already."""
    noted = insert(retention_runs).values(
        organization_id=retained.organization_id,
        day=retained.day,
        service=retained.service,
        before=retained.before,
        stores=[asdict(count) for count in retained.counts],
        done_at=retained.at,
    )
    return (await tenant.execute(noted.on_conflict_do_nothing())).rowcount == 1
