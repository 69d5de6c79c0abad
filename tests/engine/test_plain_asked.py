"""Plain wordings of ordinary questions: answered with the numbers of SQL written by hand, or honestly not."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from services.ml_gateway.engine import Index, Planned, Refused, plan, prepare
from services.ml_gateway.engine.model import Catalog
from services.ml_gateway.engine.tokens import quiet
from services.ml_gateway.engine.with_figure import with_figure
from tests.business.matching import same
from tests.engine.catalogs import table
from tests.engine.data import NOW, database
from tests.engine.press import press

_CASES = yaml.safe_load((Path(__file__).parent / "press.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def index() -> Index:
    return prepare(press())


@pytest.fixture(scope="module")
def rows() -> Iterator[sqlite3.Connection]:
    connection = database(press())
    yield connection
    connection.close()


@pytest.mark.parametrize("case", _CASES, ids=lambda case: case["question"])
def test_it_is_answered_right(case: dict[str, Any], index: Index, rows: sqlite3.Connection) -> None:
    outcome = plan(case["question"], index, now=NOW)
    assert isinstance(outcome, Planned), outcome
    expected = rows.execute(case["sql"]).fetchall()
    assert expected
    assert same(rows.execute(outcome.sql).fetchall(), expected, ordered=case.get("ordered", False)), outcome.sql
    assert case.get("assumed", "") in ("", *outcome.interpretation.assumptions)


@pytest.mark.parametrize("question", ["workers hired over 12 euros", "clients with jobs over 12 euros"])
def test_money_is_never_a_number_of_rows_or_another_thing(question: str, index: Index) -> None:
    outcome = plan(question, index, now=NOW)
    assert not isinstance(outcome, Planned) or "price > 12" in outcome.sql.replace('"', "")


def test_capitals_stay_where_they_name_something() -> None:
    assert quiet("HOW MANY ORDERS FROM US IN Q1") == "how many orders from US in Q1"
    assert quiet("ORDERS OF “ACME” IN MAY") == "orders of “ACME” in may"
    assert quiet("How many orders from US") == "How many orders from US"
    assert quiet("VAT ID") == "VAT ID"


def test_what_is_the_most_is_told_with_its_figure(index: Index, rows: sqlite3.Connection) -> None:
    named = plan("which month had the highest turnover", index, now=NOW)
    told = with_figure(named, index, "UTC")
    assert isinstance(told, Planned)
    expected = (
        "SELECT substr(ordered_at, 1, 7) || '-01', SUM(price) FROM jobs GROUP BY 1 ORDER BY 2 DESC, 1 DESC LIMIT 1"
    )
    assert rows.execute(told.sql).fetchall() == rows.execute(expected).fetchall()
    assert [one.is_measure for one in told.columns] == [False, True]
    refused = plan("which month had the highest zorkness", index, now=NOW)
    assert with_figure(refused, index, "UTC") == refused


@pytest.mark.parametrize("question", ["turnover at the end of 2024", "how many jobs at the end of 2024"])
def test_what_happened_at_the_end_is_not_all_that_came_before(question: str, index: Index) -> None:
    """Jobs are finished some day: those there were at the end of a year are neither all of them nor those of a day."""
    outcome = plan(question, index, now=NOW)
    assert isinstance(outcome, Refused)
    assert "end" in outcome.message


@pytest.mark.parametrize("question", ["new readers", "new vs returning readers", "how many new readers are there"])
def test_what_is_new_is_no_news(question: str) -> None:
    readers = table("readers", "reader_id int!, full_name text!, newsletter bool!, town text!", row_count=40)
    index = prepare(Catalog((readers,), dialect="sqlite"))
    outcome = plan(question, index, now=NOW)
    assert "newsletter" not in str(outcome.sql if isinstance(outcome, Planned) else getattr(outcome, "options", ""))
    told = plan("how many readers get the newsletter", index, now=NOW)
    assert isinstance(told, Planned)
    assert "newsletter" in told.sql
