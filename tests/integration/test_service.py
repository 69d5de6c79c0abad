"""The path of a source through the service's rpcs: connected, seen, asked, removed."""

from __future__ import annotations

from decimal import Decimal

import grpc
import pytest
from infinure.integration.v1 import catalog_service_pb2, source_pb2, source_service_pb2

from meshkit.errors import from_rpc_error
from tests.builders.postgres import Database
from tests.integration.server import IntegrationServer, configuration

MODEL = """
version: 1
currency: EUR
tables:
  customers: {label: Clients, date: signed_up, display: name, columns: {balance: {format: currency}}}
metrics:
  turnover: {table: orders, expression: sum(amount), time: placed_at, format: currency, better: higher}
questions:
  everyone: [Turnover by month]
  ceo: [Turnover by country]
"""


async def test_a_source_is_connected_seen_and_asked(integration: IntegrationServer, shop: Database) -> None:
    client = integration.client(role="ceo")
    made = await client.create(configuration(shop), semantic_model=MODEL)
    assert (made.name, made.kind, made.state, made.table_count) == (
        "Shop",
        "postgres",
        source_pb2.SOURCE_STATE_READY,
        3,
    )
    assert made.configuration.postgres.password == ""
    assert list(made.suggested_questions) == ["Turnover by country", "Turnover by month"]

    catalog = await client.catalog(made.id)
    tables = {table.name: table for table in catalog.tables}
    assert list(tables) == ["countries", "customers", "orders"]
    customers = {column.name: column for column in tables["customers"].columns}
    assert (tables["customers"].label, tables["customers"].row_count) == ("Clients", 20)
    assert tables["customers"].display_column == "name"
    assert tables["customers"].row_count_exact
    assert list(customers["country"].sample_values) == ["DE", "FR"]
    assert customers["country"].samples_complete
    assert list(customers["email"].sample_values) == []
    assert customers["balance"].format == "currency:EUR"
    assert (customers["signed_up"].min_value, customers["signed_up"].max_value) == ("2025-01-02", "2025-01-21")
    assert [metric.name for metric in catalog.metrics] == ["turnover"]
    assert list(catalog.suggested_questions) == ["Turnover by month"]

    result = await client.execute(
        made.id,
        "SELECT c.name, sum(o.amount) AS turnover, count(*) AS n FROM orders o "
        "JOIN customers u ON u.id = o.customer_id JOIN countries c ON c.code = u.country GROUP BY c.name ORDER BY 1",
    )
    assert result.rows == [("France", Decimal("5662.50"), 150), ("Germany", Decimal("5625.00"), 150)]
    assert list(result.query.tables) == ["public.countries", "public.customers", "public.orders"]
    assert (result.summary.row_count, result.summary.truncated) == (2, False)


async def test_the_catalog_is_sent_once(integration: IntegrationServer, shop: Database) -> None:
    client = integration.client()
    made = await client.create(configuration(shop))
    request = catalog_service_pb2.GetCatalogRequest(source_id=made.id)
    first = await client.catalogs.GetCatalog(request, metadata=client.metadata)
    request.known_version = first.version
    again = await client.catalogs.GetCatalog(request, metadata=client.metadata)
    assert first.catalog.version == first.version == again.version
    assert not again.HasField("catalog")


async def test_testing_a_source_warns_of_a_role_that_may_write(integration: IntegrationServer, shop: Database) -> None:
    client = integration.client()
    made = await client.create(configuration(shop))
    request = source_service_pb2.TestSourceRequest(source_id=made.id)
    reply = await client.sources.TestSource(request, metadata=client.metadata)
    assert reply.server_version.startswith("PostgreSQL 1")
    assert reply.latency.ToTimedelta().total_seconds() > 0
    assert len(reply.warnings) == 1
    assert "superuser" in reply.warnings[0]


async def test_a_removed_source_is_gone(integration: IntegrationServer, shop: Database) -> None:
    client = integration.client()
    made = await client.create(configuration(shop))
    await client.execute(made.id, "SELECT 1 AS one")
    await client.delete(made.id)
    for call in (client.catalog(made.id), client.execute(made.id, "SELECT 1 AS one"), client.delete(made.id)):
        with pytest.raises(grpc.aio.AioRpcError) as refused:
            await call
        assert from_rpc_error(refused.value).reason == "SOURCE_NOT_FOUND"
    left = integration.database.run(
        "SELECT (SELECT count(*) FROM integration.sources), (SELECT count(*) FROM integration.source_credentials), "
        "(SELECT count(*) FROM integration.source_catalogs)"
    )
    assert left == ["0|0|0"]
    assert integration.database.run("SELECT action FROM integration.source_events ORDER BY event_time") == [
        "source.created",
        "source.removed",
    ]


async def test_sources_are_listed_by_name_in_pages(integration: IntegrationServer, shop: Database) -> None:
    client = integration.client()
    for name in ("beta", "Alpha", "gamma"):
        await client.create(configuration(shop), name=name)
    first = await client.list(page_size=2)
    second = await client.list(page_size=2, page_token=first.next_page_token)
    assert [source.name for source in first.sources] == ["Alpha", "beta"]
    assert [source.name for source in second.sources] == ["gamma"]
    assert second.next_page_token == ""


async def test_roles_of_one_organization_share_its_sources(integration: IntegrationServer, shop: Database) -> None:
    maker = integration.client()
    made = await maker.create(configuration(shop))
    viewer = integration.client(maker.organization_id, role="viewer")
    result = await viewer.execute(made.id, "SELECT count(*) AS n FROM customers")
    assert result.rows == [(20,)]
