"""Sessions on a real PostgreSQL: tenants apart, transactions whole, no connection lost."""

import asyncio
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from meshkit.database import Database
from meshkit.errors import Unavailable
from meshkit.ids import new_id
from meshkit.secrets import Secret
from meshkit.settings import DatabaseSettings
from tests.builders import postgres

INSERT = text("INSERT INTO things (organization_id, id, name) VALUES (:organization, :id, :name)")
NAMES = text("SELECT name FROM things ORDER BY name")
ONE, OTHER = new_id(), new_id()


async def add(database: Database, organization: UUID, name: str) -> None:
    async with database.write(organization) as session:
        await session.execute(INSERT, {"organization": organization, "id": new_id(), "name": name})


async def names(database: Database, organization: UUID) -> list[str]:
    async with database.read(organization) as session:
        return list(await session.scalars(NAMES))


async def test_each_tenant_sees_its_own_rows(database: Database) -> None:
    await add(database, ONE, "mine")
    await add(database, OTHER, "theirs")
    assert await names(database, ONE) == ["mine"]
    assert await names(database, OTHER) == ["theirs"]


async def test_without_a_tenant_no_row_is_seen_or_written(database: Database) -> None:
    await add(database, ONE, "mine")
    async with database.lookup() as session:
        assert await session.scalars(NAMES) == []
    with pytest.raises(DBAPIError, match="row-level security"):
        async with database.lookup() as session:
            await session.execute(INSERT, {"organization": ONE, "id": new_id(), "name": "x"})


async def test_another_tenants_row_cannot_be_written_or_moved(database: Database) -> None:
    await add(database, ONE, "mine")
    with pytest.raises(DBAPIError, match="row-level security"):
        async with database.write(OTHER) as session:
            await session.execute(INSERT, {"organization": ONE, "id": new_id(), "name": "x"})
    with pytest.raises(DBAPIError, match="row-level security"):
        async with database.write(ONE) as session:
            await session.execute(text("UPDATE things SET organization_id = :other"), {"other": OTHER})


async def test_pooled_connection_keeps_no_tenant(database: Database) -> None:
    await add(database, ONE, "mine")
    setting = text("SELECT current_setting('app.organization_id', true), pg_backend_pid()")
    async with database.write(ONE) as session:
        before = await session.first(setting)
    async with database.lookup() as session:
        after = await session.first(setting)
    assert before is not None
    assert after is not None
    assert (before[0], after[0]) == (str(ONE), "")
    assert before[1] == after[1], "the pool hands out the connection last used"


async def test_interleaved_tenants_with_cancellations_read_no_foreign_row(database: Database) -> None:
    tenants = [new_id() for _ in range(10)]
    for tenant in tenants:
        await add(database, tenant, f"row of {tenant}")

    async def ask(tenant: UUID) -> None:
        assert await names(database, tenant) == [f"row of {tenant}"]

    async def ask_cancelled(tenant: UUID, turns: int) -> None:
        task = asyncio.create_task(ask(tenant))
        for _ in range(turns):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait([task])
        assert task.cancelled() or task.exception() is None

    for turn in range(20):
        asked = [ask(tenant) for tenant in tenants]
        cancelled = [ask_cancelled(tenant, turn + number) for number, tenant in enumerate(tenants[:4])]
        await asyncio.gather(*asked, *cancelled)


async def test_cancelled_transactions_give_their_connections_back(
    database: Database, things: postgres.Database
) -> None:
    async def slow() -> None:
        async with database.write(ONE) as session:
            await session.execute(text("SELECT pg_sleep(60)"))

    for _ in range(4):
        tasks = [asyncio.create_task(slow()) for _ in range(3)]
        await asyncio.wait_for(_running(things, 3), 60)
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)
        assert all(task.cancelled() for task in tasks)
        # Three more at once: none of the pool's three connections is missing.
        await asyncio.gather(*(names(database, ONE) for _ in range(3)))
        await asyncio.wait_for(_running(things, 0), 30)


async def _running(things: postgres.Database, wanted: int) -> None:
    """Waits until as many of the slow queries run in the server."""
    asleep = "query LIKE '%pg_sleep(60)%' AND state = 'active' AND pid <> pg_backend_pid()"
    count = f"SELECT count(*) FROM pg_stat_activity WHERE {asleep};"
    found = [""]
    while found != [str(wanted)]:
        found = await asyncio.to_thread(things.run, count)


async def test_leaving_commits_and_an_exception_rolls_back(database: Database) -> None:
    async def fail() -> None:
        async with database.write(ONE) as session:
            await session.execute(INSERT, {"organization": ONE, "id": new_id(), "name": "gone"})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    await add(database, ONE, "kept")
    assert await names(database, ONE) == ["kept"]


async def test_swallowed_failure_cannot_look_committed(database: Database) -> None:
    async def swallow() -> None:
        async with database.write(ONE) as session:
            with pytest.raises(IntegrityError):
                await session.execute(INSERT, {"organization": ONE, "id": new_id(), "name": "taken"})

    await add(database, ONE, "taken")
    with pytest.raises(RuntimeError, match="rolled back"):
        await swallow()


async def test_read_session_cannot_write(database: Database) -> None:
    with pytest.raises(DBAPIError, match="read-only transaction"):
        async with database.read(ONE) as session:
            await session.execute(INSERT, {"organization": ONE, "id": new_id(), "name": "x"})


async def test_killed_connections_are_replaced_unseen(database: Database, things: postgres.Database) -> None:
    await asyncio.gather(*(names(database, ONE) for _ in range(3)))
    ours = "usename = 'chat_app' AND datname = current_database()"
    things.run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {ours};")
    assert await names(database, ONE) == []


async def test_connection_lost_in_mid_transaction_is_unavailable(database: Database) -> None:
    with pytest.raises(Unavailable) as raised:
        async with database.write(ONE) as session:
            await session.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
    assert raised.value.reason == "SERVICE_UNAVAILABLE"
    assert await names(database, ONE) == []


async def test_unreachable_database_is_unavailable_and_says_no_password() -> None:
    settings = DatabaseSettings(Secret("postgresql+asyncpg://chat:canary-password@127.0.0.1:1/infinure"))
    async with Database.open(settings) as away:
        with pytest.raises(Unavailable) as raised:
            await away.ping()
    assert raised.value.reason == "SERVICE_UNAVAILABLE"
    assert "canary" not in f"{raised.value!r} {raised.value.__cause__!r}"


async def test_slow_statement_and_full_pool_are_overload(things: postgres.Database) -> None:
    settings = DatabaseSettings(Secret(things.app_url("chat")), pool_size=1, pool_timeout=0.2, statement_timeout=0.2)
    async with Database.open(settings) as small:
        with pytest.raises(Unavailable) as slow:
            async with small.read(ONE) as session:
                await session.execute(text("SELECT pg_sleep(5)"))
        with pytest.raises(Unavailable) as full:
            async with small.read(ONE), small.read(ONE):
                raise AssertionError("two transactions on a pool of one")
    assert (slow.value.reason, full.value.reason) == ("OVERLOADED", "OVERLOADED")
