"""The warehouse as its organization sees it: tables loaded whole, asked like any other source, dropped."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import grpc
import pytest
from infinure.integration.v1 import catalog_pb2, source_pb2, source_service_pb2
from infinure.integration.v1 import warehouse_service_pb2 as pb

from meshkit.ids import new_id
from meshkit.secrets import Secret
from services.integration.adapters.warehouse import ClickhouseWarehouse
from services.integration.adapters.warehouse_sources import WarehousePlace
from services.integration.loading import database_of
from services.integration.settings import WarehouseSettings
from tests.builders.clickhouse import RunningClickHouse
from tests.builders.grpc_errors import info
from tests.builders.postgres import Database
from tests.integration.server import Client, IntegrationServer, configuration, serving

SALES = (
    "sold,region,amount,pieces,paid\n2025-01-31,Süd,1234.50,3,true\n2025-02-28,Nord,99.00,,false\n2025-03-31,Süd,10.25,1,\n"
).encode()


@pytest.fixture
async def integration(
    control_plane: Callable[..., Database], tmp_path: Path, clickhouse: RunningClickHouse
) -> AsyncIterator[IntegrationServer]:
    warehouse = WarehouseSettings(url=Secret(clickhouse.url))
    async with serving(control_plane("integration"), tmp_path, warehouse=warehouse) as server:
        yield server


async def load(client: Client, table: str, **fields: Any) -> source_pb2.Source:
    request = pb.LoadTableRequest(table=table, **fields)
    steps = [step async for step in client.warehouse.LoadTable(request, metadata=client.metadata)]
    assert [step.WhichOneof("event") for step in steps] == ["progress"] * (len(steps) - 1) + ["source"]
    return steps[-1].source  # type: ignore[no-any-return]


async def uploaded(client: Client, content: bytes = SALES, name: str = "sales.csv") -> pb.LoadedUpload:
    upload = await client.prepare((await client.upload(name, content)).id)
    return pb.LoadedUpload(upload_id=upload.id)


def tables(clickhouse: RunningClickHouse, client: Client) -> list[str]:
    """Every table of the organization's, also on its way."""
    rows = clickhouse.client().query(
        "SELECT name FROM system.tables WHERE startsWith(database, {name:String}) ORDER BY 1",
        parameters={"name": database_of(client.organization_id)},
    )
    return [str(name) for (name,) in rows.result_rows]


async def test_a_file_is_loaded_and_asked(integration: IntegrationServer) -> None:
    client = integration.client()
    source = await load(client, "sales", upload=await uploaded(client))
    assert (source.kind, source.name, source.table_count) == ("warehouse", "Warehouse", 1)
    catalog = await client.catalog(source.id)
    assert catalog.dialect == "clickhouse"
    assert [(column.name, column.type) for column in catalog.tables[0].columns] == [
        ("sold", catalog_pb2.COLUMN_TYPE_DATE),
        ("region", catalog_pb2.COLUMN_TYPE_TEXT),
        ("amount", catalog_pb2.COLUMN_TYPE_DECIMAL),
        ("pieces", catalog_pb2.COLUMN_TYPE_INTEGER),
        ("paid", catalog_pb2.COLUMN_TYPE_BOOLEAN),
    ]
    result = await client.execute(
        source.id, "SELECT region, sum(amount) AS total FROM sales GROUP BY region ORDER BY 1"
    )
    assert [(region, str(total)) for region, total in result.rows] == [("Nord", "99.00"), ("Süd", "1244.75")]
    assert (await client.execute(source.id, "SELECT count(pieces) AS n, count(*) AS r FROM sales")).rows == [(2, 3)]


async def test_a_querys_result_is_loaded(integration: IntegrationServer, shop: Database) -> None:
    client = integration.client()
    origin = await client.create(configuration(shop))
    sql = "SELECT customer_id, sum(amount) AS spent, max(placed_at) AS latest FROM orders GROUP BY customer_id"
    source = await load(client, "spending", query=pb.LoadedQuery(source_id=origin.id, sql=sql))
    mine = await client.execute(source.id, "SELECT count(*) AS n, sum(spent) AS s FROM spending")
    theirs = await client.execute(origin.id, "SELECT count(DISTINCT customer_id) AS n, sum(amount) AS s FROM orders")
    assert [tuple(map(float, row)) for row in mine.rows] == [tuple(map(float, row)) for row in theirs.rows]


async def test_what_the_boundary_refuses_is_not_loaded(
    integration: IntegrationServer, shop: Database, clickhouse: RunningClickHouse
) -> None:
    client = integration.client()
    origin = await client.create(configuration(shop))
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await load(client, "t", query=pb.LoadedQuery(source_id=origin.id, sql="SELECT pg_read_file('/etc/passwd')"))
    assert info(refused.value).reason == "QUERY_CONSTRUCT_REFUSED"
    assert tables(clickhouse, client) == []


async def test_a_table_is_replaced_only_where_that_is_said(integration: IntegrationServer) -> None:
    client = integration.client()
    await load(client, "sales", upload=await uploaded(client))
    other = await uploaded(client, b"a,b\n1,x\n", "other.csv")
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await load(client, "sales", upload=other)
    assert info(refused.value).reason == "WAREHOUSE_TABLE_EXISTS"
    source = await load(client, "sales", upload=other, replace=True)
    assert (await client.execute(source.id, "SELECT a, b FROM sales")).rows == [(1, "x")]


async def test_a_load_that_is_left_leaves_nothing(
    integration: IntegrationServer, clickhouse: RunningClickHouse, shop: Database
) -> None:
    client = integration.client()
    origin = await client.create(configuration(shop))
    sql = "SELECT a.id AS x, b.id AS y FROM orders a CROSS JOIN orders b"
    request = pb.LoadTableRequest(table="much", query=pb.LoadedQuery(source_id=origin.id, sql=sql))
    call = client.warehouse.LoadTable(request, metadata=client.metadata)
    async for _ in call:
        break
    call.cancel()
    async with asyncio.timeout(60):
        while True:
            await asyncio.sleep(0.1)
            if tables(clickhouse, client) == []:
                break
    listed = await client.list()
    assert [source.kind for source in listed.sources] == ["postgres"]


async def test_dates_that_it_cannot_hold_are_refused_and_not_bent(integration: IntegrationServer) -> None:
    client = integration.client()
    old = await uploaded(client, b"name,born\nA,1850-05-01\nB,1990-01-01\n", "people.csv")
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await load(client, "people", upload=old)
    assert info(refused.value).reason == "QUERY_FAILED"
    assert "born" in str(refused.value.details())


async def test_tables_are_dropped_and_the_last_takes_the_source_with_it(
    integration: IntegrationServer, clickhouse: RunningClickHouse
) -> None:
    client = integration.client()
    for table in ("one", "two"):
        source = await load(client, table, upload=await uploaded(client))
    drop = client.warehouse.DeleteTable
    await drop(pb.DeleteTableRequest(table="one"), metadata=client.metadata)
    assert [table.name for table in (await client.catalog(source.id)).tables] == ["two"]
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await drop(pb.DeleteTableRequest(table="one"), metadata=client.metadata)
    assert info(refused.value).reason == "CATALOG_ENTRY_NOT_FOUND"
    await drop(pb.DeleteTableRequest(table="two"), metadata=client.metadata)
    assert list((await client.list()).sources) == []
    assert tables(clickhouse, client) == []


async def test_a_removed_warehouse_keeps_no_row(integration: IntegrationServer, clickhouse: RunningClickHouse) -> None:
    client = integration.client()
    source = await load(client, "sales", upload=await uploaded(client))
    await client.delete(source.id)
    assert tables(clickhouse, client) == []
    again = await load(client, "sales", upload=await uploaded(client))
    assert again.id == source.id


async def test_organizations_see_their_own_tables_alone(integration: IntegrationServer) -> None:
    one, other = integration.client(), integration.client()
    for client in (one, other):
        source = await load(client, "sales", upload=await uploaded(client))
    named = f"SELECT count(*) AS n FROM {database_of(one.organization_id)}.sales"
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await other.execute(source.id, named)
    assert info(refused.value).reason == "QUERY_RELATION_UNKNOWN"


async def test_parallel_first_loads_make_one_warehouse(integration: IntegrationServer) -> None:
    client = integration.client()
    origins = [await uploaded(client) for _ in range(3)]
    loads = [load(client, f"t{number}", upload=origin) for number, origin in enumerate(origins)]
    sources = await asyncio.gather(*loads)
    assert len({source.id for source in sources}) == 1
    catalog = await client.catalog(sources[0].id)
    assert [table.name for table in catalog.tables] == ["t0", "t1", "t2"]


@pytest.mark.parametrize("name", ["", "a b", "1a", "t; DROP TABLE x", "`t`", ".loading_x"])
async def test_a_tables_name_is_a_plain_name(integration: IntegrationServer, name: str) -> None:
    client = integration.client()
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await load(client, name, upload=pb.LoadedUpload(upload_id="0199a8f0-0000-7000-8000-000000000000"))
    assert refused.value.code() is grpc.StatusCode.INVALID_ARGUMENT


async def test_the_warehouse_is_made_by_a_load_alone(integration: IntegrationServer) -> None:
    client = integration.client()
    wanted = source_pb2.SourceConfiguration(warehouse=source_pb2.WarehouseConfiguration())
    request = source_service_pb2.CreateSourceRequest(name="Mine", configuration=wanted)
    with pytest.raises(grpc.aio.AioRpcError) as refused:
        await client.sources.CreateSource(request, metadata=client.metadata)
    assert refused.value.code() is grpc.StatusCode.INVALID_ARGUMENT


async def test_without_a_warehouse_a_load_says_so(control_plane: Callable[..., Database], tmp_path: Path) -> None:
    async with serving(control_plane("integration"), tmp_path) as server:
        client = server.client()
        with pytest.raises(grpc.aio.AioRpcError) as refused:
            await load(client, "sales", upload=await uploaded(client))
    assert info(refused.value).reason == "SERVICE_UNAVAILABLE"


async def test_of_parallel_loads_of_one_name_one_is_kept_and_the_others_hear_why(
    integration: IntegrationServer, clickhouse: RunningClickHouse
) -> None:
    client = integration.client()
    origins = [await uploaded(client) for _ in range(4)]
    outcomes = await asyncio.gather(
        *(load(client, "sales", upload=origin) for origin in origins), return_exceptions=True
    )
    refused = [outcome for outcome in outcomes if isinstance(outcome, grpc.aio.AioRpcError)]
    assert len(refused) == 3
    assert {info(error).reason for error in refused} == {"WAREHOUSE_TABLE_EXISTS"}
    assert tables(clickhouse, client) == ["sales"]
    await asyncio.gather(*(load(client, "sales", upload=origin, replace=True) for origin in origins))
    assert tables(clickhouse, client) == ["sales"]


async def test_a_result_without_rows_is_a_table_without_rows(integration: IntegrationServer, shop: Database) -> None:
    client = integration.client()
    origin = await client.create(configuration(shop))
    query = pb.LoadedQuery(source_id=origin.id, sql="SELECT id, amount FROM orders WHERE amount < -1")
    source = await load(client, "nothing", query=query)
    assert (await client.execute(source.id, "SELECT count(*) AS n FROM nothing")).rows == [(0,)]


async def test_what_a_dead_load_left_is_swept_and_nothing_else(clickhouse: RunningClickHouse) -> None:
    place = WarehousePlace.of(Secret(clickhouse.url))
    warehouse, hand = ClickhouseWarehouse(place.client), clickhouse.client()
    database = database_of(new_id())
    for name in (database, f"{database}_loading"):
        hand.command(f"CREATE DATABASE {name}")
        hand.command(f"CREATE TABLE {name}.t (n Int64) ENGINE = MergeTree ORDER BY tuple()")
    counted = "SELECT database FROM system.tables WHERE startsWith(database, {name:String}) ORDER BY 1"
    try:
        await warehouse.sweep(3_600)
        assert len(hand.query(counted, parameters={"name": database}).result_rows) == 2
        async with asyncio.timeout(60):
            while True:  # the server's clock counts whole seconds
                await warehouse.sweep(0)
                if hand.query(counted, parameters={"name": database}).result_rows == [(database,)]:
                    break
                await asyncio.sleep(0.1)
    finally:
        await warehouse.drop_database(database)
        await warehouse.close()
        hand.close()
