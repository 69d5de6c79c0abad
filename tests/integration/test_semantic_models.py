"""Semantic models over rpc: versions, two editors at once, what goes stale, drafts, YAML, and whose they are."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from typing import Any

import grpc
import pytest
from infinure.error.v1 import access_pb2
from infinure.integration.v1 import catalog_service_pb2
from infinure.integration.v1 import semantic_model_pb2 as model_pb
from infinure.integration.v1 import semantic_model_service_pb2 as pb

from meshkit.errors import from_rpc_error
from meshkit.ids import new_id
from tests.builders.grpc_errors import info, reason
from tests.builders.postgres import Database, PostgresCluster
from tests.integration.server import Client, IntegrationServer, configuration

SCHEMA = """
CREATE TABLE clubs (id bigint PRIMARY KEY, title text);
CREATE TABLE bookings (id bigint PRIMARY KEY, club_id bigint REFERENCES clubs, booked_on date, qty integer,
                       "Net Amt" numeric(10,2), state text, email text);
COMMENT ON TABLE bookings IS 'Bookings, also called reservations';
COMMENT ON COLUMN bookings.state IS 'o = open, d = done';
COMMENT ON COLUMN bookings.email IS 'someone@example.test = the first, other@example.test = the second';
INSERT INTO clubs VALUES (1, 'Chess'), (2, 'Rowing');
INSERT INTO bookings SELECT g, 1 + g % 2, date '2025-01-01' + g, g, g * 1.5, (ARRAY['o','d'])[1 + g % 2],
       (ARRAY['someone@example.test','other@example.test'])[1 + g % 2] FROM generate_series(1, 40) g;
ANALYZE;
"""
YAML = """# written by hand
version: 1
currency: EUR
tables:
  bookings: {label: Reservations, synonyms: [slots], columns: {state: {hidden: true, values: {o: [open]}}}}
metrics:
  takings:
    {table: bookings, expression: 'sum("Net Amt")', filter: clubs.title <> 'Chess', format: currency, better: higher}
glossary: {GMV: takings}
"""


@pytest.fixture
def own(postgres: PostgresCluster) -> Iterator[Database]:
    """A database that the test may change."""
    database = postgres.empty_database("meaning")
    database.run(SCHEMA)
    yield database
    postgres.drop(database)


async def refused(call: Any) -> grpc.aio.AioRpcError:
    with pytest.raises(grpc.aio.AioRpcError) as raised:
        await call
    return raised.value


async def get(client: Client, source_id: str, version: int = 0) -> pb.GetSemanticModelResponse:
    request = pb.GetSemanticModelRequest(source_id=source_id, version=version)
    return await client.models.GetSemanticModel(request, metadata=client.metadata)  # type: ignore[no-any-return]


def updating(client: Client, source_id: str, model: model_pb.SemanticModel, expected: int) -> Any:
    request = pb.UpdateSemanticModelRequest(source_id=source_id, model=model, expected_version=expected)
    return client.models.UpdateSemanticModel(request, metadata=client.metadata)


def importing(client: Client, source_id: str, text: str, expected: int = 0) -> Any:
    request = pb.ImportSemanticModelRequest(source_id=source_id, yaml=text, expected_version=expected)
    return client.models.ImportSemanticModel(request, metadata=client.metadata)


def restoring(client: Client, source_id: str, version: int, expected: int) -> Any:
    request = pb.RestoreSemanticModelRequest(source_id=source_id, version=version, expected_version=expected)
    return client.models.RestoreSemanticModel(request, metadata=client.metadata)


async def exported(client: Client, source_id: str, version: int = 0) -> str:
    request = pb.ExportSemanticModelRequest(source_id=source_id, version=version)
    return str((await client.models.ExportSemanticModel(request, metadata=client.metadata)).yaml)


async def drafted(client: Client, source_id: str) -> pb.DraftSemanticModelResponse:
    request = pb.DraftSemanticModelRequest(source_id=source_id)
    return await client.models.DraftSemanticModel(request, metadata=client.metadata)  # type: ignore[no-any-return]


async def refresh(client: Client, source_id: str) -> None:
    request = catalog_service_pb2.RefreshCatalogRequest(source_id=source_id)
    steps = [step async for step in client.catalogs.RefreshCatalog(request, metadata=client.metadata)]
    assert steps[-1].WhichOneof("event") == "version"


def named(label: str) -> model_pb.SemanticModel:
    return model_pb.SemanticModel(tables=[model_pb.TableMeaning(table="bookings", label=label)])


async def test_a_source_without_a_model_has_the_empty_one(integration: IntegrationServer, own: Database) -> None:
    client = integration.client()
    source = await client.create(configuration(own))
    found = await get(client, source.id)
    assert (found.version.number, found.model, list(found.stale)) == (0, model_pb.SemanticModel(), [])
    assert await exported(client, source.id) == "version: 1\n"


async def test_what_came_with_the_source_is_its_first_version(integration: IntegrationServer, own: Database) -> None:
    client = integration.client()
    source = await client.create(configuration(own), semantic_model=YAML)
    found = await get(client, source.id)
    assert (found.version.number, found.version.change) == (1, "came with the source")
    assert found.version.create_time.seconds > 0
    assert [metric.direction for metric in found.model.metrics] == [model_pb.METRIC_DIRECTION_HIGHER_IS_BETTER]
    assert await exported(client, source.id) == YAML
    catalog = await client.catalog(source.id)
    assert catalog.semantic_model_version == "1"
    assert [(word.word, word.meaning) for word in catalog.glossary] == [("GMV", "takings")]
    assert catalog.metrics[0].higher_is_better


async def test_a_change_is_a_new_version_and_counts_at_once(integration: IntegrationServer, own: Database) -> None:
    client = integration.client()
    source = await client.create(configuration(own), semantic_model=YAML)
    before = await client.catalog(source.id)
    model = (await get(client, source.id)).model
    model.tables[0].synonyms.append("reservations of seats")
    model.relationships.add(
        from_table="bookings", from_column="club_id", to_table="clubs", to_column="id", switched_off=True
    )
    del model.metrics[:]
    kept = await updating(client, source.id, model, 1)
    assert (kept.version.number, kept.version.user_id != "") == (2, True)
    assert kept.version.change == (
        "changed table bookings; added relationship bookings.club_id → clubs.id; removed metric takings"
    )
    after = await client.catalog(source.id)
    assert after.version == kept.catalog_version != before.version
    assert "reservations of seats" in after.tables[0].synonyms
    assert (len(before.relationships), list(after.relationships), list(after.metrics)) == (1, [], [])
    assert (await get(client, source.id)).model == model
    assert (await get(client, source.id, 1)).model != model
    events = "SELECT details ->> 'version' FROM integration.source_events WHERE action = 'semantic_model.changed'"
    assert integration.database.run(events) == ["2"]


async def test_the_same_again_is_no_new_version(integration: IntegrationServer, own: Database) -> None:
    client = integration.client()
    source = await client.create(configuration(own))
    first = await updating(client, source.id, named("One"), 0)
    again = await updating(client, source.id, named("One"), 1)
    assert again == first


async def test_of_two_editors_at_once_one_is_told_to_look_again(integration: IntegrationServer, own: Database) -> None:
    client = integration.client()
    source = await client.create(configuration(own))
    calls = [updating(client, source.id, named(f"Label {number}"), 0) for number in range(6)]
    outcomes = await asyncio.gather(*calls, return_exceptions=True)
    errors = [one for one in outcomes if isinstance(one, grpc.aio.AioRpcError)]
    assert [reason(error) for error in errors] == ["ABORTED SEMANTIC_MODEL_CHANGED"] * 5
    assert {info(error).metadata["current_version"] for error in errors} == {"1"}
    (kept,) = (one for one in outcomes if not isinstance(one, BaseException))
    found = await get(client, source.id)
    assert (found.version, kept.version.number) == (kept.version, 1)


async def test_versions_are_listed_by_page_and_restored(integration: IntegrationServer, own: Database) -> None:
    client = integration.client()
    source = await client.create(configuration(own))
    for number in range(5):
        await updating(client, source.id, named(f"Label {number}"), number)
    numbers, token = [], ""
    while True:
        request = pb.ListSemanticModelVersionsRequest(source_id=source.id, page_size=2, page_token=token)
        page = await client.models.ListSemanticModelVersions(request, metadata=client.metadata)
        numbers.append([version.number for version in page.versions])
        token = page.next_page_token
        if not token:
            break
    assert numbers == [[5, 4], [3, 2], [1]]
    kept = await restoring(client, source.id, 2, 5)
    assert (kept.version.number, kept.version.change) == (6, "restored version 2")
    assert (await get(client, source.id)).model == named("Label 1")
    late = await refused(restoring(client, source.id, 1, 5))
    assert reason(late) == "ABORTED SEMANTIC_MODEL_CHANGED"
    for call in (get(client, source.id, 9), restoring(client, source.id, 9, 6)):
        assert reason(await refused(call)) == "NOT_FOUND SEMANTIC_MODEL_VERSION_NOT_FOUND"


async def test_a_page_token_is_of_one_source(integration: IntegrationServer, own: Database) -> None:
    client = integration.client()
    source, other = [await client.create(configuration(own), name=name) for name in ("one", "two")]
    for number in range(2):
        await updating(client, source.id, named(f"Label {number}"), number)
    request = pb.ListSemanticModelVersionsRequest(source_id=source.id, page_size=1)
    page = await client.models.ListSemanticModelVersions(request, metadata=client.metadata)
    lent = pb.ListSemanticModelVersionsRequest(source_id=other.id, page_token=page.next_page_token)
    error = await refused(client.models.ListSemanticModelVersions(lent, metadata=client.metadata))
    assert reason(error) == "INVALID_ARGUMENT PAGE_TOKEN_INVALID"


async def test_every_mistake_is_told_by_its_field(integration: IntegrationServer, own: Database) -> None:
    client = integration.client()
    source = await client.create(configuration(own))
    wrong = model_pb.SemanticModel(
        tables=[
            model_pb.TableMeaning(table="clubs", time_column="title"),
            model_pb.TableMeaning(
                table="bookings",
                time_column="nowhere",
                columns=[model_pb.ColumnMeaning(column="gone"), model_pb.ColumnMeaning(column="qty", label="x\x07")],
            ),
        ],
        relationships=[
            model_pb.ModelRelationship(from_table="bookings", from_column="state", to_table="clubs", to_column="id")
        ],
        metrics=[
            model_pb.MetricDefinition(name="slow", table="bookings", expression="sum(pg_sleep(qty))"),
            model_pb.MetricDefinition(name="below", table="clubs", expression="count(*)", filter="bookings.qty > 1"),
        ],
    )
    error = from_rpc_error(await refused(updating(client, source.id, wrong, 0)))
    assert (error.code, error.reason) == ("INVALID_ARGUMENT", "SEMANTIC_MODEL_INVALID")
    assert [violation.field for violation in error.violations] == ["model.tables[1].columns[1].label"]
    wrong.tables[1].columns[1].label = "x"
    error = from_rpc_error(await refused(updating(client, source.id, wrong, 0)))
    assert {violation.field for violation in error.violations} == {
        "model.tables[0].time_column",
        "model.tables[1].time_column",
        "model.tables[1].columns[0]",
        "model.relationships[0]",
        "model.metrics[0].expression",
        "model.metrics[1].filter",
    }
    assert not any("line " in violation.description for violation in error.violations)
    assert (await get(client, source.id)).version.number == 0


async def test_what_is_there_twice_is_told(integration: IntegrationServer, own: Database) -> None:
    client = integration.client()
    source = await client.create(configuration(own))
    table = model_pb.TableMeaning(table="clubs", label="Clubs")
    error = from_rpc_error(await refused(updating(client, source.id, model_pb.SemanticModel(tables=[table, table]), 0)))
    assert [violation.field for violation in error.violations] == ["model.tables[1]"]
    both = model_pb.SemanticModel(tables=[table, model_pb.TableMeaning(schema="public", table="clubs")])
    error = from_rpc_error(await refused(updating(client, source.id, both, 0)))
    assert [violation.field for violation in error.violations] == ["model.tables[1]"]


async def test_yaml_goes_in_as_it_came_and_its_mistakes_have_lines(
    integration: IntegrationServer, own: Database
) -> None:
    client = integration.client()
    source = await client.create(configuration(own))
    kept = await importing(client, source.id, YAML)
    assert kept.version.change.startswith("imported: added table bookings; added metric takings")
    assert kept.version.byte_count == len(YAML.encode())
    assert await exported(client, source.id) == YAML
    bad = YAML.replace("clubs.title", "clubs.name").replace("label:", "lable:")
    error = from_rpc_error(await refused(importing(client, source.id, bad, 1)))
    assert [(one.field, one.description.split(":")[0]) for one in error.violations] == [
        ("yaml.tables.bookings.lable", "line 5")
    ]
    error = from_rpc_error(await refused(importing(client, source.id, bad.replace("lable:", "label:"), 1)))
    assert [(one.field, one.description.split(":")[0]) for one in error.violations] == [
        ("yaml.metrics.takings.filter", "line 8")
    ]


async def test_what_a_reading_no_longer_finds_is_stale_and_blocks_nothing(
    integration: IntegrationServer, own: Database
) -> None:
    client = integration.client()
    source = await client.create(configuration(own), semantic_model=YAML)
    own.run('ALTER TABLE bookings DROP COLUMN "Net Amt", DROP COLUMN state')
    await refresh(client, source.id)
    catalog = await client.catalog(source.id)
    assert (catalog.tables[0].label, list(catalog.metrics)) == ("Reservations", [])
    found = await get(client, source.id)
    assert [entry.path for entry in found.stale] == [
        "tables.bookings.columns.state",
        "metrics.takings.expression",
    ]
    found.model.tables[0].label = "Bookings"
    await updating(client, source.id, found.model, 1)  # what was stale may stay
    found.model.tables[0].columns.add(column="never", label="There")
    error = from_rpc_error(await refused(updating(client, source.id, found.model, 2)))
    assert [violation.field for violation in error.violations] == ["model.tables[0].columns[1]"]
    own.run("ALTER TABLE bookings ADD state text")
    await refresh(client, source.id)
    state = next(one for one in (await client.catalog(source.id)).tables[0].columns if one.name == "state")
    assert state.hidden_in_presentation
    await updating(client, source.id, named("Small"), 2)
    assert (await restoring(client, source.id, 1, 3)).version.number == 4
    assert [entry.path for entry in (await get(client, source.id)).stale] == ["metrics.takings.expression"]


async def test_a_draft_can_be_kept_as_it_is_and_holds_no_sensitive_value(
    integration: IntegrationServer, own: Database
) -> None:
    client = integration.client()
    source = await client.create(configuration(own))
    await updating(client, source.id, named("Slots"), 0)
    draft = await drafted(client, source.id)
    assert draft.base_version == 1
    assert "example.test" not in str(draft)
    (bookings,) = (table for table in draft.model.tables if table.table == "bookings")
    columns = {column.column: column for column in bookings.columns}
    assert (bookings.label, list(bookings.synonyms)) == ("Slots", ["reservations"])
    assert columns["qty"].label == "Quantity"
    assert {value.value: list(value.synonyms) for value in columns["state"].values} == {"o": ["open"], "d": ["done"]}
    assert not columns.get("email", model_pb.ColumnMeaning()).values
    assert {metric.name: metric.expression for metric in draft.model.metrics} == {
        "number_of_bookings": "count(*)",
        "total_quantity": "sum(qty)",
        "total_net_amount": 'sum("Net Amt")',
    }
    assert all(one.reason and 0 < one.confidence <= 1 for one in draft.suggestions)
    assert (await get(client, source.id)).version.number == 1  # nothing was stored
    kept = await updating(client, source.id, draft.model, draft.base_version)
    assert kept.version.number == 2
    again = await drafted(client, source.id)
    assert (again.model, list(again.suggestions)) == (draft.model, [])


async def test_another_organizations_model_is_not_there(integration: IntegrationServer, own: Database) -> None:
    source = await integration.client().create(configuration(own), semantic_model=YAML)
    stranger = integration.client()
    calls: list[Callable[[str], Any]] = [
        lambda source_id: get(stranger, source_id),
        lambda source_id: get(stranger, source_id, 1),
        lambda source_id: exported(stranger, source_id),
        lambda source_id: drafted(stranger, source_id),
        lambda source_id: updating(stranger, source_id, named("Mine"), 1),
        lambda source_id: importing(stranger, source_id, YAML, 1),
        lambda source_id: restoring(stranger, source_id, 1, 1),
        lambda source_id: stranger.models.ListSemanticModelVersions(
            pb.ListSemanticModelVersionsRequest(source_id=source_id), metadata=stranger.metadata
        ),
    ]
    for call in calls:
        told = []
        for source_id in (source.id, str(new_id())):
            error = await refused(call(source_id))
            told.append((reason(error), error.details()))
        assert told[0] == told[1]
        assert told[0][0] == "NOT_FOUND SOURCE_NOT_FOUND"


async def test_who_may_not_manage_sources_reads_and_changes_nothing(
    integration: IntegrationServer, own: Database
) -> None:
    client = integration.client()
    source = await client.create(configuration(own), semantic_model=YAML)
    reader = integration.client(
        client.organization_id, role="viewer", permissions=(access_pb2.PERMISSION_READ_SOURCES,)
    )
    assert (await get(reader, source.id)).version.number == 1
    for call in (
        updating(reader, source.id, named("Mine"), 1),
        importing(reader, source.id, YAML, 1),
        restoring(reader, source.id, 1, 1),
        drafted(reader, source.id),
    ):
        assert reason(await refused(call)) == "PERMISSION_DENIED PERMISSION_MISSING"


async def test_a_model_goes_with_its_source(integration: IntegrationServer, own: Database) -> None:
    client = integration.client()
    source = await client.create(configuration(own), semantic_model=YAML)
    await client.delete(source.id)
    assert integration.database.run("SELECT count(*) FROM integration.semantic_models") == ["0"]


async def test_when_weeks_and_fiscal_years_begin(integration: IntegrationServer, own: Database) -> None:
    client = integration.client()
    source = await client.create(configuration(own))
    before = await client.catalog(source.id)
    assert (before.week_start, before.fiscal_year_first_month) == (model_pb.WEEKDAY_MONDAY, 1)
    model = named("Reservations")
    model.week_start, model.fiscal_year_first_month = model_pb.WEEKDAY_SUNDAY, 4
    kept = await updating(client, source.id, model, 0)
    assert "first day of the week" in kept.version.change
    text = await exported(client, source.id)
    assert "week_starts_on: sunday\nfiscal_year_starts_in: april\n" in text
    after = await client.catalog(source.id)
    assert (after.week_start, after.fiscal_year_first_month) == (model_pb.WEEKDAY_SUNDAY, 4)
    assert after.version != before.version
    await importing(client, source.id, text.replace("april", "july"), 1)
    found = (await get(client, source.id)).model
    assert (found.week_start, found.fiscal_year_first_month) == (model_pb.WEEKDAY_SUNDAY, 7)
    model.fiscal_year_first_month = 13
    error = await refused(updating(client, source.id, model, 2))
    assert reason(error) == "INVALID_ARGUMENT REQUEST_INVALID"
