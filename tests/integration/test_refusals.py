"""What goes wrong is said in kinds, keeps nothing, and tells nobody's secrets."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import grpc
import pytest
from infinure.integration.v1 import catalog_service_pb2, query_service_pb2, source_pb2, source_service_pb2

from meshkit.errors import MeshError, from_rpc_error
from meshkit.hosts import AllowedSource
from meshkit.ids import new_id
from services.integration.settings import QuerySettings
from tests.builders.ports import free_port
from tests.builders.postgres import Database, PostgresCluster
from tests.integration.server import Client, IntegrationServer, configuration, serving

CANARY = "canary-pa55-4711"


async def refused(call: Any) -> MeshError:
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await call
    return from_rpc_error(raised.value)


def kept(server: IntegrationServer) -> list[str]:
    tables = ("sources", "source_credentials", "source_catalogs", "source_events")
    return server.database.run("SELECT " + ", ".join(f"(SELECT count(*) FROM integration.{name})" for name in tables))


FAILURES: dict[str, tuple[dict[str, Any], str, str]] = {
    "password": ({"password": CANARY}, "FAILED_PRECONDITION", "SOURCE_CREDENTIALS_REJECTED"),
    "database": ({"database": "no_such_database"}, "FAILED_PRECONDITION", "SOURCE_DATABASE_UNKNOWN"),
    "schema": ({"schemas": ["no_such_schema"]}, "FAILED_PRECONDITION", "SOURCE_DATABASE_UNKNOWN"),
    "tls": ({"tls_mode": source_pb2.TLS_MODE_REQUIRE}, "FAILED_PRECONDITION", "SOURCE_TLS_FAILED"),
    "metadata host": ({"host": "169.254.169.254"}, "FAILED_PRECONDITION", "SOURCE_HOST_NOT_ALLOWED"),
    "odd address": ({"host": "2130706433"}, "FAILED_PRECONDITION", "SOURCE_HOST_NOT_ALLOWED"),
    "socket": ({"host": "/var/run/postgresql"}, "FAILED_PRECONDITION", "SOURCE_HOST_NOT_ALLOWED"),
    "two hosts": ({"host": "127.0.0.1,10.0.0.1"}, "FAILED_PRECONDITION", "SOURCE_HOST_NOT_ALLOWED"),
    "user part": ({"host": "me@127.0.0.1"}, "FAILED_PRECONDITION", "SOURCE_HOST_NOT_ALLOWED"),
    "no such name": ({"host": "no-such-host.invalid"}, "FAILED_PRECONDITION", "SOURCE_UNREACHABLE"),
}


@pytest.mark.parametrize("case", FAILURES)
async def test_a_source_that_fails_is_not_kept(integration: IntegrationServer, shop: Database, case: str) -> None:
    changes, code, reason = FAILURES[case]
    error = await refused(integration.client().create(configuration(shop, **changes)))
    assert (error.code, error.reason) == (code, reason)
    assert CANARY not in repr((error.message, error.metadata))
    assert kept(integration) == ["0|0|0|0"]


async def test_nobody_listening_is_unreachable(integration: IntegrationServer, shop: Database) -> None:
    error = await refused(integration.client().create(configuration(shop, port=free_port())))
    assert error.reason == "SOURCE_UNREACHABLE"
    assert kept(integration) == ["0|0|0|0"]


async def test_a_database_without_tables_is_empty(integration: IntegrationServer, empty_database: Database) -> None:
    error = await refused(integration.client().create(configuration(empty_database)))
    assert error.reason == "SOURCE_EMPTY"
    assert kept(integration) == ["0|0|0|0"]


@pytest.mark.parametrize(
    ("model", "field"),
    [
        ("version: 2", "semantic_model.version"),
        ("version: 1\ntables: {orders: {labl: x}}", "semantic_model.tables.orders.labl"),
        ("version: 1\ntables: {nowhere: {label: x}}", "semantic_model.tables.nowhere"),
        ("version: [", "semantic_model"),
    ],
)
async def test_a_wrong_semantic_model_is_told_where(
    integration: IntegrationServer, shop: Database, model: str, field: str
) -> None:
    error = await refused(integration.client().create(configuration(shop), semantic_model=model))
    assert (error.code, error.reason) == ("INVALID_ARGUMENT", "SEMANTIC_MODEL_INVALID")
    assert [violation.field for violation in error.violations] == [field]
    assert kept(integration) == ["0|0|0|0"]


async def test_a_name_is_taken_whatever_its_case(integration: IntegrationServer, shop: Database) -> None:
    client = integration.client()
    outcomes = await asyncio.gather(
        *(client.create(configuration(shop), name=name) for name in ("Shop", "shop ", "SHOP")), return_exceptions=True
    )
    errors = [from_rpc_error(one) for one in outcomes if isinstance(one, grpc.aio.AioRpcError)]
    assert [error.reason for error in errors] == ["SOURCE_NAME_TAKEN"] * 2
    assert kept(integration) == ["1|1|1|1"]
    await integration.client().create(configuration(shop))  # another organization's name is its own


async def test_the_number_of_sources_is_bounded_also_in_parallel(
    control_plane: Callable[..., Database], shop: Database, tmp_path: Path
) -> None:
    async with serving(control_plane("integration"), tmp_path, sources_per_organization=2) as server:
        client = server.client()
        calls = (client.create(configuration(shop), name=f"source {n}") for n in range(4))
        outcomes = await asyncio.gather(*calls, return_exceptions=True)
        reasons = {from_rpc_error(one).reason for one in outcomes if isinstance(one, grpc.aio.AioRpcError)}
        assert reasons == {"SOURCE_LIMIT_REACHED"}
        assert kept(server) == ["2|2|2|2"]


async def test_private_hosts_need_the_operators_word(
    control_plane: Callable[..., Database], shop: Database, tmp_path: Path
) -> None:
    async with serving(control_plane("integration"), tmp_path, allow_private_hosts=False) as server:
        error = await refused(server.client().create(configuration(shop)))
        assert error.reason == "SOURCE_HOST_NOT_ALLOWED"
        assert "127.0.0.1" not in error.message


async def test_the_meshs_own_ports_are_closed_but_for_the_operators_exceptions(
    control_plane: Callable[..., Database], shop: Database, tmp_path: Path
) -> None:
    database = control_plane("integration")
    denied: dict[str, Any] = {
        "denied_ports": frozenset({shop.port}),
        "allowed_sources": frozenset({AllowedSource("127.0.0.1", shop.port, shop.name)}),
    }
    async with serving(database, tmp_path, **denied) as server:
        client = server.client()
        made = await client.create(configuration(shop))
        assert (await client.execute(made.id, "SELECT count(*) AS n FROM orders")).rows == [(300,)]
        error = await refused(client.create(configuration(database), name="control plane"))
        assert error.reason == "SOURCE_HOST_NOT_ALLOWED"


def _calls(client: Client, source_id: str) -> dict[str, Callable[[], Any]]:
    """Every rpc that names a source."""
    sources, metadata = client.sources, client.metadata
    named = {"source_id": source_id}
    catalog = catalog_service_pb2.GetCatalogRequest(**named)
    return {
        "GetSource": lambda: sources.GetSource(source_service_pb2.GetSourceRequest(**named), metadata=metadata),
        "TestSource": lambda: sources.TestSource(source_service_pb2.TestSourceRequest(**named), metadata=metadata),
        "DeleteSource": lambda: sources.DeleteSource(
            source_service_pb2.DeleteSourceRequest(**named), metadata=metadata
        ),
        "GetCatalog": lambda: client.catalogs.GetCatalog(catalog, metadata=metadata),
        "ExecuteQuery": lambda: client.execute(source_id, "SELECT 1 AS one"),
    }


async def _told(call: Any, source_id: str) -> tuple[object, ...]:
    """Everything that the caller sees, but for the id that it sent."""
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await call
    error = raised.value
    trailers = [(key, value) for key, value in error.trailing_metadata() or () if key != "x-request-id"]
    return error.code(), repr((error.details(), sorted(map(str, trailers)))).replace(source_id, "ID")


async def test_another_organizations_source_looks_like_none(integration: IntegrationServer, shop: Database) -> None:
    made = await integration.client().create(configuration(shop))
    stranger, nothing = integration.client(role="ceo"), str(new_id())
    unknown = _calls(stranger, nothing)
    for rpc, foreign in _calls(stranger, made.id).items():
        seen = await _told(foreign(), made.id)
        assert seen == await _told(unknown[rpc](), nothing), rpc
        assert seen[0] is grpc.StatusCode.NOT_FOUND
    assert list((await stranger.list()).sources) == []


async def test_a_page_token_is_of_its_caller(integration: IntegrationServer, shop: Database) -> None:
    client = integration.client()
    for name in ("one", "two"):
        await client.create(configuration(shop), name=name)
    token = (await client.list(page_size=1)).next_page_token
    error = await refused(integration.client().list(page_size=1, page_token=token))
    assert error.reason == "PAGE_TOKEN_INVALID"


async def test_permissions_are_asked_for(integration: IntegrationServer, shop: Database) -> None:
    client = integration.client(permissions=(1, 2))
    assert (await refused(client.create(configuration(shop)))).reason == "PERMISSION_MISSING"


@pytest.fixture
def logged() -> Iterator[list[str]]:
    """Every log line of the process, as text, with what hangs on it."""
    lines: list[str] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(logging.Formatter().format(record) + repr(record.__dict__))

    handler, root = Keep(level=logging.DEBUG), logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield lines
    root.removeHandler(handler)
    root.setLevel(before)


async def test_credentials_are_nowhere(integration: IntegrationServer, shop: Database, logged: list[str]) -> None:
    shop.run(f"DROP ROLE IF EXISTS canary; CREATE ROLE canary LOGIN SUPERUSER PASSWORD '{CANARY}'")
    client = integration.client()
    told: list[Any] = []
    right = configuration(shop, username="canary", password=CANARY)
    for changes in (*(case[0] for case in FAILURES.values()), {"port": free_port()}):
        wrong = configuration(shop, **{"username": "canary", "password": CANARY} | changes)
        wrong.password = CANARY + "x" if "password" in changes else CANARY
        told.append(await _told(client.create(wrong), "-"))
    made = await client.create(right)
    told += [made, await client.list(), await client.catalog(made.id)]
    shop.run("ALTER ROLE canary PASSWORD 'another'")
    told.append(await _told(_calls(client, made.id)["TestSource"](), made.id))
    told.append(await _told(client.execute(made.id, "SELECT count(*) AS n FROM orders"), made.id))
    tables = ("sources", "source_credentials", "source_catalogs", "source_events", "data_keys")
    stored = [line for name in tables for line in integration.database.run(f"SELECT t::text FROM integration.{name} t")]
    assert told[-1][0] is grpc.StatusCode.FAILED_PRECONDITION
    assert logged
    for place in (told, stored, logged):
        assert CANARY not in repr(place)
        assert CANARY.encode().hex() not in repr(place)
    shop.run("DROP ROLE canary")


MALICIOUS = {
    "DROP TABLE orders": "QUERY_CONSTRUCT_REFUSED",
    "SELECT 1 AS a; SELECT 2 AS b": "QUERY_CONSTRUCT_REFUSED",
    "WITH gone AS (DELETE FROM orders RETURNING *) SELECT * FROM gone": "QUERY_CONSTRUCT_REFUSED",
    "SELECT * FROM tenant_b.orders": "QUERY_RELATION_UNKNOWN",
    'SELECT * FROM "tenant_b"."orders"': "QUERY_RELATION_UNKNOWN",
    "SELECT (SELECT max(secret) FROM tenant_b.orders) AS s FROM orders": "QUERY_RELATION_UNKNOWN",
    "SELECT * FROM orders WHERE id IN (SELECT 1 FROM tenant_b.orders)": "QUERY_RELATION_UNKNOWN",
    "TABLE tenant_b.orders": None,
    "SELECT * FROM pg_catalog.pg_shadow": "QUERY_RELATION_UNKNOWN",
    "SELECT * FROM information_schema.tables": "QUERY_RELATION_UNKNOWN",
    "SELECT pg_read_file('/etc/passwd') AS f": "QUERY_CONSTRUCT_REFUSED",
    "SELECT set_config('role', 'tenant_b', false) AS s": "QUERY_CONSTRUCT_REFUSED",
    "SELECT current_setting('data_directory') AS s": "QUERY_CONSTRUCT_REFUSED",
    "SELECT query_to_xml('select * from tenant_b.orders', true, true, '') AS x": "QUERY_CONSTRUCT_REFUSED",
    "SELECT pg_sleep(10) AS s": "QUERY_CONSTRUCT_REFUSED",
    "COPY orders TO PROGRAM 'id'": None,
    "SELECT * FROM orders FOR UPDATE": "QUERY_CONSTRUCT_REFUSED",
    "SELECT 'a\\'; DROP TABLE orders; --'": None,
    "EXPLAIN ANALYZE SELECT 1": None,
    "SELECT id FROM orders UNION ALL SELECT 1 FROM tenant_b.orders": "QUERY_RELATION_UNKNOWN",
}


async def test_malicious_queries_reach_no_database(integration: IntegrationServer, postgres: PostgresCluster) -> None:
    database = postgres.empty_database("tenants")
    database.run(
        "CREATE TABLE orders (id int, amount int); INSERT INTO orders VALUES (1, 10);"
        "CREATE SCHEMA tenant_b; CREATE TABLE tenant_b.orders (id int, secret text);"
        "INSERT INTO tenant_b.orders VALUES (1, 'CANARY-B')"
    )
    client = integration.client()
    made = await client.create(configuration(database, schemas=["public"]))
    for sql, reason in MALICIOUS.items():
        error = await refused(client.execute(made.id, sql))
        assert error.code in ("INVALID_ARGUMENT", "NOT_FOUND"), sql
        assert error.reason == reason or reason is None, sql
        assert "CANARY-B" not in error.message
    assert (await client.execute(made.id, "SELECT sum(amount) AS s FROM orders")).rows == [(10,)]
    assert database.run("SELECT count(*) FROM tenant_b.orders") == ["1"]
    postgres.drop(database)


async def test_failures_in_the_source_are_told_without_data(integration: IntegrationServer, shop: Database) -> None:
    client = integration.client()
    made = await client.create(configuration(shop))
    error = await refused(client.execute(made.id, "SELECT 1 / (count(*) - 300) AS x FROM orders"))
    assert (error.code, error.reason, error.metadata["sqlstate"]) == ("FAILED_PRECONDITION", "QUERY_FAILED", "22012")
    error = await refused(client.execute(made.id, "SELECT CAST(name AS integer) AS x FROM customers"))
    assert (error.reason, error.metadata["sqlstate"]) == ("QUERY_FAILED", "22P02")
    assert "Customer" not in error.message


# Hours: it must not be done before somebody has looked.
SLOW = (
    "SELECT count(*) AS n FROM orders a JOIN orders b ON a.id <> b.id JOIN orders c ON b.id <> c.id "
    "JOIN orders d ON c.id <> d.id JOIN orders e ON d.id <> e.id"
)


async def test_a_slow_query_times_out(control_plane: Callable[..., Database], shop: Database, tmp_path: Path) -> None:
    quick = QuerySettings(statement_timeout=0.2)
    async with serving(control_plane("integration"), tmp_path, query=quick) as server:
        client = server.client()
        made = await client.create(configuration(shop))
        error = await refused(client.execute(made.id, SLOW))
        assert (error.code, error.reason) == ("DEADLINE_EXCEEDED", "QUERY_TIMED_OUT")


async def test_more_queries_than_allowed_wait_or_are_told(
    control_plane: Callable[..., Database], shop: Database, tmp_path: Path
) -> None:
    narrow = QuerySettings(per_source=1, per_organization=1)
    async with serving(control_plane("integration"), tmp_path, query=narrow) as server:
        client = server.client()
        made = await client.create(configuration(shop))
        calls = (client.execute(made.id, "SELECT count(*) AS n FROM orders") for _ in range(20))
        assert {result.rows[0] for result in await asyncio.gather(*calls)} == {(300,)}


@pytest.fixture
async def patient(control_plane: Callable[..., Database], tmp_path: Path) -> AsyncIterator[IntegrationServer]:
    """One that would let a query run for minutes: what ends it earlier isn't the time."""
    async with serving(control_plane("integration"), tmp_path, query=QuerySettings(statement_timeout=600)) as server:
        yield server


async def test_a_client_that_leaves_ends_its_query(patient: IntegrationServer, shop: Database) -> None:
    client = patient.client()
    made = await client.create(configuration(shop))
    call = client.executing(made.id, SLOW)
    assert (await call.read()).WhichOneof("part") == "query"
    await _until(lambda: _active(shop) == 1)
    call.cancel()
    await _until(lambda: _active(shop) == 0)


async def test_fifty_clients_that_leave_leave_nothing(patient: IntegrationServer, shop: Database) -> None:
    client = patient.client()
    made = await client.create(configuration(shop))
    calls = [client.executing(made.id, SLOW) for _ in range(50)]
    await _until(lambda: _active(shop) > 0)
    for call in calls:
        call.cancel()
    await _until(lambda: _active(shop) == 0)
    assert (await client.execute(made.id, "SELECT count(*) AS n FROM orders")).rows == [(300,)]


async def test_removing_a_source_ends_its_queries(patient: IntegrationServer, shop: Database) -> None:
    client = patient.client()
    made = await client.create(configuration(shop))
    call = client.executing(made.id, SLOW)
    assert (await call.read()).WhichOneof("part") == "query"
    await _until(lambda: _active(shop) == 1)
    await client.delete(made.id)
    error = await refused(call.read())
    assert error.reason == "SOURCE_NOT_FOUND"
    await _until(lambda: _active(shop) == 0)


async def test_batches_and_cuts_over_the_wire(integration: IntegrationServer, shop: Database) -> None:
    client = integration.client()
    made = await client.create(configuration(shop))
    sql = "SELECT o.id, repeat('x', 1000) AS wide FROM orders o JOIN customers c ON c.id >= o.customer_id ORDER BY 1"
    result = await client.execute(made.id, sql, max_rows=2500)
    assert (result.summary.row_count, result.summary.truncated, len(result.rows)) == (2500, True, 2500)
    assert len(result.message_sizes) > 1
    assert max(result.message_sizes) <= 1024 * 1024 + 4096
    few = await client.execute(made.id, "SELECT id FROM orders", max_rows=5)
    assert (few.summary.row_count, few.summary.truncated) == (5, True)


async def test_requests_are_bounded(integration: IntegrationServer, shop: Database) -> None:
    client = integration.client()
    for request in (
        query_service_pb2.ExecuteQueryRequest(source_id="no-uuid", sql="SELECT 1"),
        query_service_pb2.ExecuteQueryRequest(source_id=str(new_id()), sql=""),
        query_service_pb2.ExecuteQueryRequest(source_id=str(new_id()), sql="x" * 70_000),
    ):
        error = await refused(client.queries.ExecuteQuery(request, metadata=client.metadata).read())
        assert (error.code, error.reason) == ("INVALID_ARGUMENT", "REQUEST_INVALID")


def _active(database: Database) -> int:
    (found,) = database.run(
        f"SELECT count(*) FROM pg_stat_activity WHERE datname = '{database.name}' AND state = 'active' "
        "AND application_name = 'infinure'"
    )
    return int(found)


async def _until(condition: Callable[[], bool], seconds: float = 60.0) -> None:
    async with asyncio.timeout(seconds):
        while not await asyncio.to_thread(condition):  # noqa: ASYNC110  another process decides
            await asyncio.sleep(0.02)
