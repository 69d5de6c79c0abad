"""Tables without speaking names: "t1", "col3" are found as they are written."""

from datetime import UTC, datetime

import pytest

from services.ml_gateway.engine import Planned, Refused, plan, prepare
from services.ml_gateway.engine.model import Catalog, Column, DataType, Table

TEXT = Column("col1", DataType.TEXT, samples=("north", "south"), samples_complete=True)
INDEX = prepare(
    Catalog(
        (
            Table("main", "t1", (TEXT, Column("col2", DataType.DATE), Column("col3", DataType.NUMBER)), row_count=90),
            Table("main", "t2", (TEXT, Column("col2", DataType.INTEGER), Column("col4", DataType.NUMBER)), row_count=5),
        )
    )
)
NOW = datetime(2026, 5, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("question", "sql"),
    [
        ("how many rows are in t1", "COUNT(*)"),
        ("average col3 by col1", "AVG"),
        ("max col4", "MAX"),
        ("sum of col3", "SUM"),
    ],
)
def test_names_that_are_there_are_found(question: str, sql: str) -> None:
    found = plan(question, INDEX, now=NOW)
    assert isinstance(found, Planned), found
    assert sql in found.sql


@pytest.mark.parametrize("question", ["how many rows are in t3", "sum col9"])
def test_others_are_none(question: str) -> None:
    assert isinstance(plan(question, INDEX, now=NOW), Refused)
