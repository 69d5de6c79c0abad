"""Years, seasons and bounds that are said beside names: they are heard, or the word is named; never dropped."""

import sqlite3
from collections.abc import Iterator

import pytest

from services.ml_gateway.engine import Index, Planned, Refused, plan, prepare
from services.ml_gateway.engine.model import Catalog, ColumnKey, Metric, TableKey
from tests.engine.catalogs import key, table
from tests.engine.data import NOW, database

_SALES = TableKey("public", "receipts")


def bakery() -> Catalog:
    """Receipts that may be of an action; actions come again every year, under a name with the year."""
    actions = ("Spring Bread 2024", "Spring Bread 2025", "Summer Tarts 2025", "Night Sale 2024", "Night Sale 2025")
    tables = (
        table("shops", "shop_id int!, town text!", samples={"town": ("Ghent", "Linz", "Porto")}, row_count=3),
        table("guests", "guest_id int!, full_name text!, joined_on date!", row_count=30),
        table("actions", "action_id int!, name text!, begins_on date!", samples={"name": actions}, row_count=5),
        table(
            "receipts",
            "receipt_id int!, shop_id int!, guest_id int!, action_id int, amount num!, bought_at date!",
            row_count=400,
        ),
    )
    keys = (
        key("receipts.shop_id -> shops.shop_id"), key("receipts.guest_id -> guests.guest_id"),
        key("receipts.action_id -> actions.action_id"),
    )  # fmt: skip
    day = ColumnKey(_SALES, "bought_at")
    takings = Metric("takings", _SALES, "sum(amount)", "Takings", synonyms=("sales",), time_column=day)
    return Catalog(tables, keys, (takings,), dialect="sqlite")


@pytest.fixture(scope="module")
def index() -> Index:
    return prepare(bakery())


@pytest.fixture(scope="module")
def rows() -> Iterator[sqlite3.Connection]:
    connection = database(bakery())
    yield connection
    connection.close()


_IN_2025 = "bought_at >= '2025-01-01' AND bought_at < '2026-01-01'"


@pytest.mark.parametrize(
    ("question", "sql"),
    [
        ("total 2025 sales", f"SELECT SUM(amount) FROM receipts WHERE {_IN_2025}"),
        ("sales 2025 per town",
         f"SELECT town, SUM(amount) FROM receipts JOIN shops USING (shop_id) WHERE {_IN_2025} GROUP BY town"),
        ("takings without actions in 2025", f"SELECT SUM(amount) FROM receipts WHERE action_id IS NULL AND {_IN_2025}"),
        ("takings in summer 2025",
         "SELECT SUM(amount) FROM receipts WHERE bought_at >= '2025-06-01' AND bought_at < '2025-09-01'"),
        ("takings since last summer", "SELECT SUM(amount) FROM receipts WHERE bought_at >= '2025-06-01'"),
        ("takings of summer tarts 2025",
         "SELECT SUM(amount) FROM receipts JOIN actions USING (action_id) WHERE name = 'Summer Tarts 2025'"),
    ],
)  # fmt: skip
def test_it_is_heard(question: str, sql: str, index: Index, rows: sqlite3.Connection) -> None:
    outcome = plan(question, index, now=NOW)
    assert isinstance(outcome, Planned), outcome
    found, expected = rows.execute(outcome.sql).fetchall(), rows.execute(sql).fetchall()
    assert sorted(found) == sorted(expected), outcome.sql


def test_the_months_of_a_season_are_told(index: Index) -> None:
    outcome = plan("takings in summer 2025", index, now=NOW)
    assert isinstance(outcome, Planned), outcome
    assert "Summer 2025 is from 2025-06-01 to before 2025-09-01." in outcome.interpretation.assumptions


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("takings last winter", "winter"),
        ("takings after night sale 2025", "after"),
        ("takings of the night sale", "night"),
        ("guests lost in 2025", "lost"),
        ("guests who bought both in 2024 and 2025", "both"),
        ("month with the highest amount", "month"),
        ("year with the lowest amount", "year"),
    ],
)
def test_what_nothing_is_made_of_is_named(question: str, word: str, index: Index) -> None:
    outcome = plan(question, index, now=NOW)
    assert isinstance(outcome, Refused), outcome
    assert word in outcome.message
