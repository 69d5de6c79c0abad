"""Sources of before models were kept in versions keep their models, and answer as they did."""

from __future__ import annotations

import asyncpg
from infinure.integration.v1 import semantic_model_pb2 as model_pb
from infinure.integration.v1 import semantic_model_service_pb2 as pb

from services.integration.catalog.document import from_document, to_document, versioned
from services.integration.catalog.meaning import with_meaning
from tests.builders.postgres import Database, migrate
from tests.integration.server import IntegrationServer, configuration

YAML = """version: 1
tables: {orders: {label: Purchases, columns: {status: {hidden: true}}}}
relationships: [{from: orders.status, to: countries.code}]
metrics: {sales: {table: orders, expression: sum(amount)}}
questions: {everyone: [Sales by month]}
"""


async def test_models_of_before_are_carried_over(integration: IntegrationServer, shop: Database) -> None:
    client = integration.client()
    with_model = await client.create(configuration(shop), semantic_model=YAML)
    without = await client.create(configuration(shop), name="Plain")
    plain = await client.catalog(without.id)
    await _as_before(integration.database, with_model.id)

    migrate("integration", integration.database)

    request = pb.ExportSemanticModelRequest(source_id=with_model.id)
    kept = await client.models.ExportSemanticModel(request, metadata=client.metadata)
    assert (kept.yaml, kept.version.number, kept.version.byte_count) == (YAML, 1, len(YAML.encode()))
    assert kept.version.change == "came with the source"
    request = pb.ExportSemanticModelRequest(source_id=without.id)
    assert (await client.models.ExportSemanticModel(request, metadata=client.metadata)).version.number == 0
    catalog = await client.catalog(with_model.id)
    assert [metric.name for metric in catalog.metrics] == ["sales"]
    empty = pb.UpdateSemanticModelRequest(
        source_id=with_model.id, model=model_pb.SemanticModel(name="x"), expected_version=1
    )
    await client.models.UpdateSemanticModel(empty, metadata=client.metadata)
    catalog = await client.catalog(with_model.id)
    assert (list(catalog.metrics), list(catalog.suggested_questions)) == ([], [])
    assert list(catalog.tables) == list(plain.tables)
    assert list(catalog.relationships) == list(plain.relationships)


async def _as_before(database: Database, source_id: str) -> None:
    """The tables of revision 0002: a model is a column of its source, and is merged into the catalog's document."""
    connection = await asyncpg.connect(database.superuser_url)
    await connection.execute("SET search_path = integration")
    await connection.execute("ALTER TABLE sources ADD COLUMN semantic_model text NOT NULL DEFAULT ''")
    await connection.execute("UPDATE sources SET semantic_model = $1 WHERE id = $2", YAML, source_id)
    document = await connection.fetchval("SELECT document FROM source_catalogs WHERE source_id = $1", source_id)
    merged = versioned(with_meaning(from_document(document), YAML))
    await connection.execute(
        "UPDATE source_catalogs SET document = $1, version = $2 WHERE source_id = $3",
        to_document(merged),
        merged.version,
        source_id,
    )
    await connection.execute("DROP TABLE semantic_models")
    await connection.execute("DROP FUNCTION forget_person_of_events, remove_source_events")
    await connection.execute("UPDATE alembic_version SET version_num = '0002'")
    await connection.close()
