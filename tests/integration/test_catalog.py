"""Catalogs of a database that breaks careless readers, read by a role that may not see all of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from services.integration.boundary.guard import guard
from services.integration.boundary.model import Limits
from services.integration.catalog.document import from_document, to_document, versioned
from services.integration.catalog.meaning import with_meaning
from services.integration.catalog.model import Catalog, Column, ColumnType, Table
from services.integration.catalog.profile import ProfileLimits, bounded
from services.integration.catalog.reading import read_catalog
from services.integration.catalog.sensitive import looks_sensitive
from services.integration.catalog.strict_yaml import InvalidYaml
from services.integration.executors.postgres_connection import dial
from services.integration.executors.postgres_reader import PostgresReader
from services.integration.scoping import scope_of
from tests.builders.postgres import Database, PostgresCluster
from tests.integration.executors import executor, target

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def nasty(postgres: PostgresCluster) -> Iterator[Database]:
    database = postgres.empty_database("nasty")
    database.run((Path(__file__).parent / "nasty.sql").read_text())
    yield database
    postgres.drop(database)


async def read(database: Database, limits: ProfileLimits | None = None, schemas: tuple[str, ...] = ()) -> Catalog:
    async def reader() -> PostgresReader:
        return PostgresReader(await dial(target(database, username="nasty_reader", password="reader"), 5.0))

    return versioned(await read_catalog("postgres", reader, schemas=schemas, limits=limits, now=NOW))


def table(catalog: Catalog, name: str) -> Table:
    (found,) = (one for one in catalog.tables if one.name == name)
    return found


def column(catalog: Catalog, of: str, name: str) -> Column:
    (found,) = (one for one in table(catalog, of).columns if one.name == name)
    return found


async def test_only_what_the_role_may_read_is_there(nasty: Database) -> None:
    catalog = await read(nasty)
    assert [(one.schema, one.name) for one in catalog.tables] == [
        ('Odd "Schema', "Täble 東京"),
        *(
            ("public", name)
            for name in (
                "a_table_whose_name_has_exactly_sixty_three_characters_in_it_ok_",
                "airports", "cheap", "counted", "empty_one", "failing", "flights", "half", "kinds", "measured", "parts",
                "select", "stock", "wordy",
            )
        ),
    ]  # fmt: skip
    assert [one.name for one in table(catalog, "half").columns] == ["seen"]


async def test_odd_names_are_counted_and_sampled(nasty: Database) -> None:
    catalog = await read(nasty)
    odd = table(catalog, "Täble 東京")
    assert (odd.row_count, odd.row_count_exact) == (3, True)
    assert column(catalog, "Täble 東京", "naïve 😀").samples == ("ünï",)
    selected = table(catalog, "select")
    assert (selected.description, selected.primary_key, selected.row_count) == ('Rows of "select"', ("from",), 2)
    assert column(catalog, "select", "group by").samples == ("a", "b; DROP TABLE x")
    assert column(catalog, "select", "group by").description == "Which group"
    assert column(catalog, "select", "semi;colon--").max_value == "2025-06-30"


async def test_every_table_of_the_catalog_can_be_asked(nasty: Database) -> None:
    catalog = await read(nasty)
    runner = executor(nasty, username="nasty_reader", password="reader")
    for one in catalog.tables:
        if one.name == "failing":
            continue
        schema, name = (part.replace('"', '""') for part in (one.schema, one.name))
        query = guard(f'SELECT * FROM "{schema}"."{name}" LIMIT 5', scope_of(catalog))
        async with runner.execute(query, Limits()) as execution:
            batches = [batch async for batch in execution]
        assert batches[0].schema.names == [col.name for col in one.columns]
    await runner.end()


async def test_types_are_families(nasty: Database) -> None:
    catalog = await read(nasty)
    found = {one.name: (one.type, one.native_type) for one in table(catalog, "kinds").columns}
    assert found == {
        "m": (ColumnType.TEXT, "public.mood"),
        "p": (ColumnType.DECIMAL, "public.price"),
        "d": (ColumnType.DECIMAL, "public.discounted"),
        "t": (ColumnType.TIME, "time with time zone"),
        "j": (ColumnType.JSON, "jsonb"),
        "u": (ColumnType.UUID, "uuid"),
        "i": (ColumnType.OTHER, "interval"),
        "arr": (ColumnType.OTHER, "integer[]"),
        "b": (ColumnType.OTHER, "bytea"),
        "f": (ColumnType.NUMBER, "real"),
        "n": (ColumnType.INTEGER, "bigint"),
        "z": (ColumnType.TIMESTAMP_TZ, "timestamp with time zone"),
        "w": (ColumnType.TIMESTAMP, "timestamp without time zone"),
        "c": (ColumnType.OTHER, '"char"'),
    }
    assert column(catalog, "kinds", "m").samples == ("sad",)
    assert column(catalog, "kinds", "n").max_value == "9223372036854775807"
    assert column(catalog, "kinds", "z").min_value == "2024-12-31 22:00:00+00"


async def test_keys_are_found_whole(nasty: Database) -> None:
    catalog = await read(nasty)
    links = {(one.from_table, one.from_columns, one.to_table, one.to_columns) for one in catalog.relationships}
    assert links == {
        ("stock", ("maker", "code"), "parts", ("maker", "code")),
        ("stock", ("replaces",), "stock", ("id",)),
        ("flights", ("origin",), "airports", ("iata",)),
        ("flights", ("destination",), "airports", ("iata",)),
    }
    assert table(catalog, "parts").primary_key == ("maker", "code")
    assert table(catalog, "wordy").primary_key == ("id",)  # nobody declared it, but it is one


async def test_samples_are_complete_or_some_or_none(nasty: Database) -> None:
    catalog = await read(nasty)
    status, many, essay = (column(catalog, "wordy", name) for name in ("status", "many", "essay"))
    assert (status.samples, status.samples_complete) == (("state 0", "state 1", "state 2"), True)
    assert (len(many.samples), many.samples_complete, many.distinct_count) == (50, False, 2000)
    assert (essay.samples, essay.samples_complete) == ((), False)
    empty = column(catalog, "empty_one", "word")
    assert (empty.samples, empty.samples_complete) == ((), True)


async def test_nothing_of_sensitive_columns_is_kept(nasty: Database) -> None:
    catalog = await read(nasty)
    for name in ("api_key", "cardNumber", "birth_date"):
        found = column(catalog, "wordy", name)
        assert (found.samples, found.min_value, found.max_value) == ((), "", "")
    assert "canary" not in to_document(catalog)


@pytest.mark.parametrize(
    "name", ["email", "customerEmail", "PHONE_NUMBER", "ssn", "iban", "date_of_birth", "passwordHash"]
)
def test_sensitive_names(name: str) -> None:
    assert looks_sensitive(name)


@pytest.mark.parametrize(
    "name", ["status", "email_verified", "card_type", "tax_rate", "country", "shipping", "company", ""]
)
def test_harmless_names(name: str) -> None:
    assert not looks_sensitive(name)


async def test_views_partitions_and_what_fails(nasty: Database) -> None:
    catalog = await read(nasty)
    assert [one.name for one in catalog.tables if one.is_view] == ["cheap", "counted", "failing"]
    assert (table(catalog, "measured").row_count, table(catalog, "counted").row_count) == (1, 1)
    broken = column(catalog, "failing", "broken")
    assert (broken.min_value, broken.max_value) == ("", "")


async def test_large_tables_are_sampled_and_not_counted(nasty: Database) -> None:
    catalog = await read(nasty, ProfileLimits(exact_rows=1000, sampled_rows=500))
    wordy = table(catalog, "wordy")
    assert (wordy.row_count, wordy.row_count_exact) == (2000, False)
    assert column(catalog, "wordy", "status").samples_complete
    many = column(catalog, "wordy", "many")
    assert 0 < len(many.samples) <= 50
    assert not many.samples_complete
    assert column(catalog, "wordy", "id").max_value == ""


async def test_no_time_still_gives_the_structure(nasty: Database) -> None:
    catalog = await read(nasty, ProfileLimits(total_seconds=0.0))
    whole = await read(nasty)
    assert [one.name for one in catalog.tables] == [one.name for one in whole.tables]
    assert table(catalog, "wordy").row_count == 2000
    assert not table(catalog, "wordy").row_count_exact


async def test_one_schema_alone(nasty: Database) -> None:
    catalog = await read(nasty, schemas=('Odd "Schema',))
    assert [one.name for one in catalog.tables] == ["Täble 東京"]


async def test_versions_follow_content(nasty: Database) -> None:
    first, second = await read(nasty), await read(nasty)
    assert first.version == second.version
    assert from_document(to_document(first)) == first
    nasty.run("INSERT INTO airports VALUES ('BER', 'Berlin')")
    assert (await read(nasty)).version != first.version


def test_samples_are_cut_to_the_bytes_of_a_message() -> None:
    values = tuple(f"{n:0200d}" for n in range(80))
    columns = tuple(Column(f"c{n}", ColumnType.TEXT, "text", samples=values, samples_complete=True) for n in range(20))
    limits = ProfileLimits()
    kept = bounded([Table("public", f"t{n}", columns) for n in range(40)], limits)
    sizes = [sum(len(v) for col in one.columns for v in col.samples) for one in kept]
    assert max(sizes) <= limits.table_bytes
    assert limits.catalog_bytes // 2 < sum(sizes) <= limits.catalog_bytes
    assert all(bool(col.samples) == col.samples_complete for one in kept for col in one.columns)


def test_comments_are_cut_to_the_bytes_of_a_message() -> None:
    columns = (Column("c", ColumnType.TEXT, "text", description="d" * 500),)
    kept = bounded([Table("public", f"t{n}", columns) for n in range(2000)], ProfileLimits())
    described = [one.name for one in kept if one.columns[0].description]
    assert described == [f"t{n}" for n in range(384 * 1024 // 500)]


MEANING = """
version: 1
currency: EUR
tables:
  flights: {label: Trips, synonyms: [journeys], hidden: true}
  wordy: {display: status, columns: {status: {label: State, values: {state 0: [new]}, hidden: true}}}
relationships:
  - {from: wordy.status, to: airports.iata, name: place}
  - {from: flights.origin, to: airports.iata, name: take-off}
metrics:
  words: {table: wordy, expression: count(*), better: lower}
  share: {numerator: words, denominator: words, format: percent}
"""


async def test_meaning_is_merged(nasty: Database) -> None:
    plain = await read(nasty)
    catalog = versioned(with_meaning(plain, MEANING))
    assert (table(catalog, "flights").label, table(catalog, "flights").hidden) == ("Trips", True)
    status = column(catalog, "wordy", "status")
    assert (status.label, status.hidden, status.value_synonyms) == ("State", True, (("state 0", ("new",)),))
    named = {(one.from_table, one.from_columns): (one.name, one.from_model) for one in catalog.relationships}
    assert named["flights", ("origin",)] == ("take-off", False)
    assert named["wordy", ("status",)] == ("place", True)
    words, share = catalog.metrics
    assert (words.schema, words.table, words.higher_is_better) == ("public", "wordy", False)
    assert (share.table, share.unit_format, share.numerator) == ("", "percent", "words")
    assert catalog.version != plain.version
    assert from_document(to_document(catalog)) == catalog


async def test_meaning_of_what_is_not_there_is_refused_with_its_path(nasty: Database) -> None:
    plain = await read(nasty)
    text = "version: 1\ntables:\n  nowhere: {label: X}\n  flights: {columns: {seat: {label: Y}}}\n"
    with pytest.raises(InvalidYaml) as refused:
        with_meaning(plain, text)
    assert [(problem.path, problem.line) for problem in refused.value.problems] == [
        ("tables.nowhere", 3),
        ("tables.flights.columns.seat", 4),
    ]
