"""A source of one table: what people call its rows is about it."""

from __future__ import annotations

import pytest

from services.integration.catalog.model import Column, ColumnType, Table
from services.ml_gateway.engine import Planned, plan, prepare
from services.ml_gateway.engine.described import catalog_of
from services.ml_gateway.engine.model import Catalog, DataType
from services.ml_gateway.engine.model import Column as EngineColumn
from tests.engine.data import NOW


def catalog(*tables: Table) -> Catalog:
    return catalog_of(
        tables, (), (), column=lambda column: EngineColumn(column.name, DataType(column.type.value)),
        inferred=lambda link: False, metric_format=lambda metric: "", dialect="duckdb", version="v",
    )  # fmt: skip


def table(name: str, *columns: str) -> Table:
    return Table("main", name, tuple(Column(one, ColumnType.TEXT, "text") for one in columns), row_count=3)


@pytest.mark.parametrize("question", ["how many rows", "number of records", "how many entries are there"])
def test_rows_are_those_of_the_only_table(question: str) -> None:
    outcome = plan(question, prepare(catalog(table("parcels", "parcel", "town"))), now=NOW)
    assert isinstance(outcome, Planned)
    assert outcome.sql == 'SELECT COUNT(*) AS "number_of_parcels" FROM "main"."parcels" AS "parcels"'


def test_of_several_tables_the_rows_are_nobody_s() -> None:
    both = catalog(table("parcels", "parcel", "town"), table("vans", "van", "plate"))
    assert not isinstance(plan("how many rows", prepare(both), now=NOW), Planned)


def test_a_column_keeps_its_own_word() -> None:
    (songs,) = catalog(table("songs", "song", "record")).tables
    assert "record" not in songs.synonyms
    assert "row" in songs.synonyms
