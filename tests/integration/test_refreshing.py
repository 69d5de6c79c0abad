"""A catalog read anew, and what people say over it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator

import grpc
import pytest
from infinure.integration.v1 import catalog_pb2
from infinure.integration.v1 import catalog_service_pb2 as pb

from meshkit.ids import new_id
from tests.builders.grpc_errors import info
from tests.builders.postgres import Database, PostgresCluster
from tests.integration.server import Client, IntegrationServer, configuration


@pytest.fixture
def own(postgres: PostgresCluster) -> Iterator[Database]:
    """A database that the test may change."""
    database = postgres.empty_database("own")
    database.run("CREATE TABLE items (id bigint PRIMARY KEY, name text); INSERT INTO items VALUES (1, 'pen')")
    yield database
    postgres.drop(database)


async def refreshed(client: Client, source_id: str) -> tuple[list[float], str]:
    """The fractions told, and the version at the end."""
    call = client.catalogs.RefreshCatalog(pb.RefreshCatalogRequest(source_id=source_id), metadata=client.metadata)
    steps = [step async for step in call]
    assert [step.WhichOneof("event") for step in steps] == ["progress"] * (len(steps) - 1) + ["version"]
    return [step.progress.fraction for step in steps[:-1]], steps[-1].version


async def described(client: Client, source_id: str, text: str, table: str = "items", column: str = "") -> str:
    request = pb.UpdateDescriptionRequest(
        source_id=source_id, schema="public", table=table, column=column, description=text
    )
    return str((await client.catalogs.UpdateDescription(request, metadata=client.metadata)).version)


async def until(condition: Callable[[], Awaitable[bool]], seconds: float = 60.0) -> None:
    async with asyncio.timeout(seconds):
        while not await condition():  # noqa: ASYNC110  a job tells nobody that it is done
            await asyncio.sleep(0.1)


def items(catalog: catalog_pb2.Catalog) -> catalog_pb2.Table:
    return next(table for table in catalog.tables if table.name == "items")


async def test_a_new_table_is_known_after_a_refresh(integration: IntegrationServer, own: Database) -> None:
    client = integration.client()
    source = await client.create(configuration(own))
    before = (await client.catalog(source.id)).version
    fractions, same = await refreshed(client, source.id)
    assert fractions == sorted(fractions)
    assert same.startswith(before)  # nothing changed, so neither did the version
    own.run("CREATE TABLE orders (id bigint PRIMARY KEY, item_id bigint REFERENCES items); ANALYZE")
    _, changed = await refreshed(client, source.id)
    catalog = await client.catalog(source.id)
    assert [table.name for table in catalog.tables] == ["items", "orders"]
    assert changed != same
    result = await client.execute(source.id, "SELECT count(*) AS n FROM orders")
    assert result.rows == [(0,)]


async def test_two_who_refresh_at_once_follow_one_reading(integration: IntegrationServer, own: Database) -> None:
    client = integration.client()
    source = await client.create(configuration(own))
    versions = await asyncio.gather(*(refreshed(client, source.id) for _ in range(5)))
    assert len({version for _, version in versions}) == 1
    assert integration.database.run("SELECT DISTINCT state FROM integration.catalog_refreshes") == ["done"]


async def test_a_source_that_fails_says_why_and_keeps_its_catalog(
    integration: IntegrationServer, own: Database, postgres: PostgresCluster
) -> None:
    client = integration.client()
    source = await client.create(configuration(own))
    own.run("DROP TABLE items")
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await refreshed(client, source.id)
    assert info(refused.value).reason == "SOURCE_EMPTY"
    assert [table.name for table in (await client.catalog(source.id)).tables] == ["items"]
    own.run("CREATE TABLE items (id bigint PRIMARY KEY)")
    await refreshed(client, source.id)
    assert [column.name for column in items(await client.catalog(source.id)).columns] == ["id"]


async def test_peoples_words_win_and_outlive_a_refresh(integration: IntegrationServer, own: Database) -> None:
    own.run("COMMENT ON TABLE items IS 'what the source says'")
    client = integration.client()
    source = await client.create(configuration(own))
    before = (await client.catalog(source.id)).version
    version = await described(client, source.id, "Things that we sell")
    await described(client, source.id, "What it is called", column="name")
    await refreshed(client, source.id)
    catalog = await client.catalog(source.id)
    assert items(catalog).description == "Things that we sell"
    assert [column.description for column in items(catalog).columns] == ["", "What it is called"]
    assert not version.startswith(before)
    await described(client, source.id, "")
    assert items(await client.catalog(source.id)).description == "what the source says"


@pytest.mark.parametrize(("table", "column"), [("none", ""), ("items", "none"), ("ITEMS", "")])
async def test_words_on_what_is_not_there_are_refused(
    integration: IntegrationServer, own: Database, table: str, column: str
) -> None:
    client = integration.client()
    source = await client.create(configuration(own))
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await described(client, source.id, "words", table, column)
    assert info(refused.value).reason == "CATALOG_ENTRY_NOT_FOUND"


async def test_another_organizations_source_is_not_there(integration: IntegrationServer, own: Database) -> None:
    source = await integration.client().create(configuration(own))
    stranger = integration.client()
    calls: list[Callable[[str], object]] = [
        lambda source_id: refreshed(stranger, source_id),
        lambda source_id: described(stranger, source_id, "words"),
    ]
    for call in calls:
        told = []
        for source_id in (source.id, str(new_id())):
            with pytest.raises(grpc.aio.AioRpcError) as refused:
                await call(source_id)  # type: ignore[misc]
            told.append((refused.value.code(), refused.value.details(), info(refused.value).reason))
        assert told[0] == told[1]
        assert told[0][2] == "SOURCE_NOT_FOUND"


async def test_catalogs_are_read_anew_by_themselves_while_the_source_is_there(
    integration: IntegrationServer, own: Database
) -> None:
    client = integration.client()
    source = await client.create(configuration(own))
    own.run("CREATE TABLE orders (id bigint PRIMARY KEY); ANALYZE")
    due = "SELECT count(*) FROM integration.jobs WHERE kind = 'refresh_catalog_on_time' AND state = 'due'"
    assert integration.database.run(due) == ["1"]
    integration.database.run("UPDATE integration.jobs SET run_time = now()")

    async def read_anew() -> bool:
        return len((await client.catalog(source.id)).tables) == 2

    async def due_again() -> bool:
        return integration.database.run(due) == ["1"]

    await until(read_anew)
    await until(due_again)
    await client.delete(source.id)
    integration.database.run("UPDATE integration.jobs SET run_time = now()")

    async def nothing_is_due() -> bool:
        return integration.database.run("SELECT count(*) FROM integration.jobs") == ["0"]

    await until(nothing_is_due)


async def test_what_is_being_done_is_told_in_words_for_a_person(integration: IntegrationServer, own: Database) -> None:
    client = integration.client()
    source = await client.create(configuration(own))
    call = client.catalogs.RefreshCatalog(pb.RefreshCatalogRequest(source_id=source.id), metadata=client.metadata)
    stages = {step.progress.stage async for step in call if step.WhichOneof("event") == "progress"}
    assert stages <= {"waiting", "looking at tables", "looking at values", "looking for keys"}
