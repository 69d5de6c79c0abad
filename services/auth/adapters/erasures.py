"""Erasures and their evidence in PostgreSQL, and the job that does them."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, func, select, update
from sqlalchemy.dialects.postgresql import Insert, insert

from meshkit.database import Database, ReadSession
from meshkit.jobs import Job, Jobs
from meshkit.personal_data import Count
from meshkit.worker import Handler
from services.auth.adapters.activities import SqlTrail
from services.auth.adapters.administration import administers
from services.auth.adapters.personal_data import erase_person
from services.auth.adapters.revocations import revoke_user
from services.auth.adapters.tables import erasure_evidence, erasures, users
from services.auth.audit import HERE, USER, Action, Activity
from services.auth.erasing import Erasing
from services.auth.errors import UserNotDeactivated, UserNotFound
from services.auth.mfa_ports import Person
from services.auth.privacy import OWN, Answered, Erasure

KIND = "erase_user"
# With pauses of ten minutes at most: a service may be away for a year.
MAX_ATTEMPTS = 50_000


class SqlErasures:
    """The port Erasures. `delay` is in seconds: tokens of who was deactivated just now are known as void everywhere by
    then."""

    def __init__(self, database: Database, trail: SqlTrail, delay: float) -> None:
        self._database = database
        self._trail = trail
        self._delay = delay

    async def request(self, person: Person, erasure: Erasure) -> Erasure:
        this = (users.c.organization_id == person.organization_id, users.c.id == erasure.user_id, ~users.c.is_service)
        async with self._database.write(person.organization_id) as tenant:
            await administers(tenant, person)
            user = await tenant.first(select(users.c.is_active).where(*this).with_for_update())
            if user is None:
                raise UserNotFound(erasure.user_id)
            row = await tenant.first(_of(person.organization_id).where(erasures.c.user_id == erasure.user_id))
            if row is not None and row.completed_at is None:
                return await _read(tenant, row)
            if row is not None:
                raise UserNotFound(erasure.user_id)
            if user.is_active:
                raise UserNotDeactivated(erasure.user_id)
            now = erasure.requested_at
            await tenant.execute(update(users).where(*this).values(erased_at=now, updated_at=now))
            await tenant.execute(
                insert(erasures).values(
                    organization_id=erasure.organization_id,
                    id=erasure.id,
                    user_id=erasure.user_id,
                    requested_by=erasure.requested_by,
                    requested_at=now,
                )
            )
            payload = {"erasure_id": str(erasure.id)}
            await Jobs().add(
                tenant, erasure.organization_id, KIND, payload, delay=self._delay, max_attempts=MAX_ATTEMPTS
            )
            done = Activity(Action.USER_ERASURE_REQUESTED, person.user_id, USER, erasure.user_id)
            await self._trail.add(tenant, person.organization_id, person.origin, [done], now)
        return erasure

    async def again(self, erasure: Erasure, now: datetime) -> bool:
        organization_id, user_id = erasure.organization_id, erasure.user_id
        this = (users.c.organization_id == organization_id, users.c.id == user_id)
        hidden = update(users).where(*this).values(erased_at=func.coalesce(users.c.erased_at, now), is_active=False)
        new = insert(erasures).values(
            organization_id=organization_id,
            id=erasure.id,
            user_id=user_id,
            requested_by=erasure.requested_by,
            requested_at=erasure.requested_at,
        )
        async with self._database.write(organization_id) as tenant:
            if (await tenant.execute(hidden)).rowcount == 0:
                return False
            undone = {"completed_at": None, "last_problem": ""}
            key = [erasures.c.organization_id, erasures.c.user_id]
            kept = await tenant.scalar(
                new.on_conflict_do_update(index_elements=key, set_=undone).returning(erasures.c.id)
            )
            payload = {"erasure_id": str(kept), "again": True}
            await Jobs().add(tenant, organization_id, KIND, payload, max_attempts=MAX_ATTEMPTS)
            await revoke_user(tenant, organization_id, user_id, now)
        return True

    async def listed(self, organization_id: UUID, at_most: int) -> Sequence[Erasure]:
        newest = _of(organization_id).order_by(erasures.c.id.desc()).limit(at_most)
        async with self._database.read(organization_id) as tenant:
            return [await _read(tenant, row) for row in await tenant.all(newest)]

    async def find(self, organization_id: UUID, erasure_id: UUID) -> Erasure | None:
        async with self._database.read(organization_id) as tenant:
            row = await tenant.first(_of(organization_id).where(erasures.c.id == erasure_id))
            return await _read(tenant, row) if row is not None else None

    async def begin(self, organization_id: UUID, erasure_id: UUID) -> Erasure | None:
        this = (erasures.c.organization_id == organization_id, erasures.c.id == erasure_id)
        counted = update(erasures).where(*this).values(attempts=erasures.c.attempts + 1, last_problem="")
        async with self._database.write(organization_id) as tenant:
            row = await tenant.first(counted.returning(*erasures.c))
            return await _read(tenant, row) if row is not None else None

    async def answered(self, erasure: Erasure, answer: Answered) -> None:
        async with self._database.write(erasure.organization_id) as tenant:
            await tenant.execute(_evidence(erasure, answer))

    async def stopped(self, erasure: Erasure, problem: str) -> None:
        async with self._database.write(erasure.organization_id) as tenant:
            await tenant.execute(update(erasures).where(*_is(erasure)).values(last_problem=problem[:200]))

    async def addresses(self, erasure: Erasure) -> Sequence[str]:
        email = select(users.c.email).where(
            users.c.organization_id == erasure.organization_id, users.c.id == erasure.user_id
        )
        async with self._database.read(erasure.organization_id) as tenant:
            return await tenant.scalars(email)

    async def complete(self, erasure: Erasure, before: Mapping[str, int], now: datetime) -> None:
        organization_id = erasure.organization_id
        undone = select(erasures.c.id).where(*_is(erasure), erasures.c.completed_at.is_(None)).with_for_update()
        async with self._database.write(organization_id) as tenant:
            if await tenant.first(undone) is None:
                return
            counts = [Count(store, deleted=count) for store, count in before.items()]
            counts += await erase_person(tenant, organization_id, erasure.user_id)
            answer = Answered(OWN, counts, now)
            await tenant.execute(_evidence(erasure, answer))
            await tenant.execute(update(erasures).where(*_is(erasure)).values(completed_at=now))
            done = Activity(Action.USER_ERASED, None, USER, erasure.user_id, {"erasure": str(erasure.id)})
            await self._trail.add(tenant, organization_id, HERE, [done], now)


def erasure_handlers(erasing: Erasing) -> Mapping[str, Handler]:
    """What the worker does with the jobs."""

    async def run(job: Job) -> None:
        again = bool(job.payload.get("again"))
        await erasing.run(job.organization_id, UUID(job.payload["erasure_id"]), job.id, again=again)

    return {KIND: run}


def _of(organization_id: UUID) -> Select[Any]:
    return select(erasures).where(erasures.c.organization_id == organization_id)


def _is(erasure: Erasure) -> tuple[Any, Any]:
    return erasures.c.organization_id == erasure.organization_id, erasures.c.id == erasure.id


def _evidence(erasure: Erasure, answer: Answered) -> Insert:
    """The first answer of each service stays."""
    values = {
        "organization_id": erasure.organization_id,
        "erasure_id": erasure.id,
        "service": answer.service,
        "stores": [asdict(count) for count in answer.counts],
        "answered_at": answer.at,
    }
    return insert(erasure_evidence).values(**values).on_conflict_do_nothing()


async def _read(tenant: ReadSession, row: Row[Any]) -> Erasure:
    wanted = select(erasure_evidence).where(
        erasure_evidence.c.organization_id == row.organization_id, erasure_evidence.c.erasure_id == row.id
    )
    found = await tenant.all(wanted.order_by(erasure_evidence.c.answered_at, erasure_evidence.c.service))
    erasure = Erasure(
        row.organization_id,
        row.id,
        row.user_id,
        row.requested_by,
        row.requested_at,
        row.completed_at,
        row.attempts,
        row.last_problem,
    )
    evidence = [Answered(one.service, [Count(**count) for count in one.stores], one.answered_at) for one in found]
    return replace(erasure, evidence=evidence)
