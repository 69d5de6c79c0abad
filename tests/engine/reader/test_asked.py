"""What people ask of data that nothing was learned from: a right query is among the candidates."""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from services.ml_gateway.engine.asked import Asked
from services.ml_gateway.engine.index import Index, prepare
from services.ml_gateway.engine.problems import Unreadable
from services.ml_gateway.engine.query.compiling import compile_query
from services.ml_gateway.engine.query.schema import Schema
from services.ml_gateway.engine.reader.planning import read
from services.ml_gateway.engine.reader.weights import packaged
from services.ml_gateway.engine.tokens import tokenize
from tests.engine.data import NOW, database
from tests.engine.reader.rental import rental

_CASES = yaml.safe_load((Path(__file__).parent / "asked.yaml").read_text())


@pytest.fixture(scope="module")
def index() -> Index:
    return prepare(replace(rental(), dialect="sqlite"))


@pytest.fixture(scope="module")
def opened() -> Iterator[sqlite3.Connection]:
    connection = database(rental())
    yield connection
    connection.close()


def _marked(case: dict[str, Any]) -> Any:
    marks = [pytest.mark.xfail(reason="unread", strict=True)] if case.get("unread") else []
    return pytest.param(case, id=case["question"], marks=marks)


@pytest.mark.parametrize("case", list(map(_marked, _CASES)))
def test_a_right_query_is_among_the_candidates(case: dict[str, Any], index: Index, opened: sqlite3.Connection) -> None:
    stated = case["sql"] if isinstance(case["sql"], list) else [case["sql"]]
    expected = [_rows(opened, sql) for sql in stated]
    assert all(expected)
    asked, schema = Asked(case["question"], tokenize(case["question"]), NOW.date(), "UTC"), Schema(index)
    for one in read(asked, index, packaged()):
        try:
            sql = compile_query(one.candidate.query, schema, timezone="UTC").sql
        except Unreadable:
            continue
        if _rows(opened, sql) in expected:
            return
    pytest.fail("no candidate gives the rows")


def _rows(opened: sqlite3.Connection, sql: str) -> Counter[tuple[str, ...]]:
    """Columns in any order, rows too."""
    return Counter(tuple(sorted(map(_told, row))) for row in opened.execute(sql).fetchall())


def _told(value: object) -> str:
    return repr(round(value, 6) if isinstance(value, float) else value)
