"""Plain questions of business people: answered, with the numbers of SQL written by hand, and told as what they are."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from services.ml_gateway.engine import Index, Planned, plan, prepare
from tests.business.matching import same
from tests.engine.data import NOW, database
from tests.engine.garage import garage

_CASES = yaml.safe_load((Path(__file__).parent / "garage.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def index() -> Index:
    return prepare(garage())


@pytest.fixture(scope="module")
def rows() -> Iterator[sqlite3.Connection]:
    connection = database(garage())
    yield connection
    connection.close()


@pytest.mark.parametrize("case", _CASES, ids=lambda case: case["question"])
def test_it_is_answered_right(case: dict[str, Any], index: Index, rows: sqlite3.Connection) -> None:
    outcome = plan(case["question"], index, now=NOW)
    assert isinstance(outcome, Planned), outcome
    expected = rows.execute(case["sql"]).fetchall()
    assert expected
    assert same(rows.execute(outcome.sql).fetchall(), expected, ordered=case.get("ordered", False)), outcome.sql
    assert outcome.title == case.get("title", outcome.title)
    assert case.get("assumed", "") in ("", *outcome.interpretation.assumptions)
