"""Jobs on a real PostgreSQL: added with their transaction, done once by one worker, given up after the last attempt."""

import asyncio
from collections.abc import Callable
from uuid import UUID

import pytest

from meshkit.database import Database
from meshkit.errors import Aborted, Unavailable
from meshkit.ids import new_id
from meshkit.job_table import DDL
from meshkit.jobs import Job, Jobs
from meshkit.row_security import tenant_policy_ddl
from meshkit.worker import Handler, Worker
from tests.builders import postgres

ONE, OTHER = new_id(), new_id()
ROWS = "SELECT state, attempts, coalesce(last_error, '') FROM chat.jobs ORDER BY id;"


@pytest.fixture
def things(control_plane: Callable[..., postgres.Database]) -> postgres.Database:
    """A control plane whose schema `chat` has the table of jobs."""
    database = control_plane()
    database.run(";".join(["SET ROLE chat_owner", "SET search_path = chat", *DDL, *tenant_policy_ddl("jobs")]) + ";")
    return database


async def add(database: Database, kind: str = "greet", organization: UUID = ONE, max_attempts: int = 5) -> UUID:
    async with database.write(organization) as session:
        return await Jobs().add(session, organization, kind, {"name": "Ada"}, max_attempts=max_attempts)


def make_due(things: postgres.Database) -> None:
    """Lets the time until the next attempt pass."""
    things.run("UPDATE chat.jobs SET run_time = now() WHERE state = 'due';")


def let_lease_end(things: postgres.Database) -> None:
    things.run("UPDATE chat.jobs SET lease_until = now() - interval '1 second' WHERE state = 'running';")


def failing(error: Exception) -> Handler:
    async def handle(_job: Job) -> None:
        raise error

    return handle


async def test_each_job_is_done_once_whatever_its_tenant(database: Database, things: postgres.Database) -> None:
    done: list[tuple[UUID, str]] = []

    async def greet(job: Job) -> None:
        done.append((job.organization_id, job.payload["name"]))

    for organization in (ONE, OTHER, ONE):
        await add(database, organization=organization)
    workers = [Worker(database, {"greet": greet}) for _ in range(3)]
    counts = await asyncio.gather(*(worker.run_due() for worker in workers))
    assert sum(counts) == 3
    assert sorted(done) == sorted([(ONE, "Ada"), (OTHER, "Ada"), (ONE, "Ada")])
    assert things.run(ROWS) == []


async def test_job_of_a_failed_transaction_never_was(database: Database, things: postgres.Database) -> None:
    async def fail() -> None:
        async with database.write(ONE) as session:
            await Jobs().add(session, ONE, "greet", {})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    assert things.run(ROWS) == []


async def test_failing_job_waits_longer_and_ends_dead_while_others_go_on(
    database: Database, things: postgres.Database
) -> None:
    await add(database, "poison", max_attempts=3)
    worker = Worker(database, {"poison": failing(Unavailable("away"))})
    for attempt in (1, 2):
        assert await worker.run_due() == 1, "no hot loop: not due again at once"
        assert things.run(ROWS) == [f"due|{attempt}|SERVICE_UNAVAILABLE"]
        make_due(things)
    assert await worker.run_due() == 1
    assert things.run(ROWS) == ["dead|3|SERVICE_UNAVAILABLE"]
    make_due(things)
    assert await worker.run_due() == 0


async def test_job_of_a_dead_worker_is_taken_over_and_its_ghost_cannot_finish(
    database: Database, things: postgres.Database
) -> None:
    await add(database)
    jobs = Jobs()
    ghost = await jobs.lease(database, ("greet",), 60)
    assert ghost is not None
    assert await jobs.lease(database, ("greet",), 60) is None
    let_lease_end(things)
    heir = await jobs.lease(database, ("greet",), 60)
    assert heir is not None
    assert (heir.attempt, heir.fence > ghost.fence) == (2, True)
    assert not await jobs.finish(database, ghost)
    assert not await jobs.extend(database, ghost, 60)
    with pytest.raises(Aborted):
        async with database.write(ONE) as session:
            await jobs.hold(session, ghost)
    async with database.write(ONE) as session:
        await jobs.hold(session, heir)
    assert await jobs.finish(database, heir)


async def test_job_that_kills_its_worker_each_time_ends_dead(database: Database, things: postgres.Database) -> None:
    await add(database, max_attempts=2)
    jobs = Jobs()
    for _ in range(2):
        assert await jobs.lease(database, ("greet",), 60) is not None
        let_lease_end(things)
    assert await jobs.lease(database, ("greet",), 60) is None
    assert things.run(ROWS) == ["dead|2|LEASE_LOST"]


async def test_stopping_gives_the_job_back_uncounted(database: Database, things: postgres.Database) -> None:
    begun = asyncio.Event()

    async def hang(_job: Job) -> None:
        begun.set()
        await asyncio.Event().wait()

    await add(database)
    running = asyncio.create_task(Worker(database, {"greet": hang}).run())
    await begun.wait()
    running.cancel()
    await asyncio.wait([running])
    assert things.run(ROWS) == ["due|0|"]


async def test_handler_whose_lease_was_lost_is_cancelled(database: Database, things: postgres.Database) -> None:
    begun, cancelled = asyncio.Event(), asyncio.Event()

    async def hang(_job: Job) -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            cancelled.set()

    await add(database)
    running = asyncio.create_task(Worker(database, {"greet": hang}, lease=0.3).run_one())
    await begun.wait()
    things.run("UPDATE chat.jobs SET fence = fence + 1;")
    await asyncio.wait_for(cancelled.wait(), 60)
    assert await running


async def test_long_job_keeps_its_lease(database: Database, things: postgres.Database) -> None:
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def work(_job: Job) -> None:
        begun.set()
        await go_on.wait()

    await add(database)
    worker = Worker(database, {"greet": work}, lease=9)
    running = asyncio.create_task(worker.run_one())
    await begun.wait()
    things.run("UPDATE chat.jobs SET lease_until = now() + interval '8 seconds';")
    while things.run("SELECT lease_until < now() + interval '8 seconds' FROM chat.jobs;") == ["t"]:
        assert await Jobs().lease(database, ("greet",), 60) is None
    go_on.set()
    assert await running
    assert await worker.run_due() == 0
