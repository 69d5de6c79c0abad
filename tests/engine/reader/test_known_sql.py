"""SQL written by hand → the query that it says and the labels that its question's words get."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date

import pytest

from services.ml_gateway.engine.index import Index, prepare
from services.ml_gateway.engine.periods import Today
from services.ml_gateway.engine.query.model import Bucket, MetricValue
from services.ml_gateway.engine.reader.labelling.items import sentences
from services.ml_gateway.engine.reader.labelling.labels import Label
from services.ml_gateway.engine.reading import Grain
from services.ml_gateway.engine.timeranges import find_times
from services.ml_gateway.engine.tokens import tokenize
from services.ml_gateway.training.divided import fitting
from services.ml_gateway.training.facts import facts_of
from services.ml_gateway.training.gold import query_of
from services.ml_gateway.training.laid import acceptable
from services.ml_gateway.training.metrics import with_metrics
from services.ml_gateway.training.ties import with_first_columns, without_ties
from tests.engine.catalogs import CATALOGS
from tests.engine.data import database
from tests.engine.trades import TRADES


@pytest.fixture(scope="module")
def indexes() -> Mapping[str, Index]:
    made = {name: (CATALOGS | TRADES)[name] for name in ("shop", "freight", "flights")}
    return {name: prepare(replace(build(), dialect="sqlite")) for name, build in made.items()}


@pytest.fixture
def rows() -> Iterator[sqlite3.Connection]:
    with closing(database(CATALOGS["shop"]())) as opened:
        yield opened


def _labels(question: str, sql: str, index: Index) -> dict[str, set[tuple[Label, int | None]]]:
    """By words: the labels that their meanings may have, each with the part of its table."""
    query = query_of(sql, index.catalog)
    tokens = tokenize(question)
    divided = sentences(tokens, index, find_times(tokens, Today(date(2026, 2, 10))))
    facts = facts_of(query)
    sentence = fitting(divided, query, facts)
    return {
        " ".join(token.form for token in tokens[item.first : item.last]): {
            (label, choice.target.relationship)
            for choice, labels in zip(item.choices, one.labels, strict=True)
            for label in labels
        }
        for item, one in zip(sentence.items, acceptable(sentence, facts, index), strict=True)
    }


@pytest.mark.parametrize(
    ("cut", "grain"),
    [
        ("date(ordered_at)", Grain.DAY),
        ("date(ordered_at, 'weekday 0', '-6 days')", Grain.WEEK),
        ("date(ordered_at, 'start of month')", Grain.MONTH),
        ("date(ordered_at, 'start of month', '-' || ((strftime('%m', ordered_at) - 1) % 3) || ' months')",
         Grain.QUARTER),
        ("date(ordered_at, 'start of year')", Grain.YEAR),
    ],
)  # fmt: skip
def test_dates_that_are_cut(cut: str, grain: Grain, indexes: Mapping[str, Index]) -> None:
    query = query_of(f"SELECT {cut}, count(*) FROM orders GROUP BY 1", indexes["shop"].catalog)
    [bucket] = query.group
    assert isinstance(bucket, Bucket)
    assert bucket.grain is grain


def test_keys_that_using_names(indexes: Mapping[str, Index]) -> None:
    catalog = indexes["shop"].catalog
    said = query_of("SELECT count(*) FROM payments JOIN refunds USING (order_id)", catalog)
    assert said == query_of("SELECT count(*) FROM payments p JOIN refunds r ON p.order_id = r.order_id", catalog)


def test_a_flag_as_a_condition(indexes: Mapping[str, Index]) -> None:
    found = _labels("active products", "SELECT name FROM products WHERE is_active", indexes["shop"])
    assert found["active"] == {(Label.WHERE, None)}
    found = _labels("products that are not active", "SELECT name FROM products WHERE NOT is_active", indexes["shop"])
    assert found["active"] == {(Label.NOT, None)}


def test_what_names_a_period_is_no_item_where_the_query_has_it(indexes: Mapping[str, Index]) -> None:
    year = "ordered_at >= '2025-01-01' AND ordered_at < '2026-01-01'"
    found = _labels("orders in 2025", f"SELECT count(*) FROM orders WHERE {year}", indexes["shop"])
    assert list(found) == ["orders"]
    found = _labels("orders in 2025", "SELECT count(*) FROM orders", indexes["shop"])
    assert list(found) == ["orders", "2025"]


def test_a_preposition_says_in_which_part_a_place_is_meant(indexes: Mapping[str, Index]) -> None:
    index = indexes["freight"]
    [number] = [n for n, one in enumerate(index.catalog.relationships) if one.columns == ("origin_port_id",)]
    sql = "SELECT count(*) FROM shipments s JOIN ports p ON p.id = s.origin_port_id WHERE p.name = 'Rotterdam'"
    found = _labels("shipments from Rotterdam", sql, index)["rotterdam"]
    assert {role for _, role in found if role is not None} == {number}


def test_a_metric_is_known_by_the_rows_that_it_gives(indexes: Mapping[str, Index], rows: sqlite3.Connection) -> None:
    sql = (
        "SELECT p.name, SUM(l.quantity * l.unit_price - l.discount) FROM order_lines l "
        "JOIN orders o ON o.id = l.order_id JOIN products p ON p.id = l.product_id "
        "WHERE o.status <> 'cancelled' GROUP BY p.id"
    )

    def given(statement: str) -> Sequence[tuple[object, ...]]:
        found = rows.execute(statement).fetchall()
        return sorted(tuple(round(v, 6) if isinstance(v, float) else v for v in row) for row in found)

    index = indexes["shop"]
    query = with_metrics(sql, ["revenue"], index, lambda made: given(made) == given(sql))
    assert query is not None
    assert MetricValue("revenue") in query.show
    assert query.where is None
    other = sql.replace(" - l.discount", "")
    assert with_metrics(other, ["revenue"], index, lambda made: given(made) == given(other)) is None


def test_ties_and_further_columns_are_left_out() -> None:
    sql = "SELECT a, count(*) FROM t GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 1"
    assert without_ties(sql) == "SELECT a, COUNT(*) FROM t GROUP BY 1 ORDER BY 2 DESC LIMIT 1"
    assert with_first_columns(without_ties(sql), 1) == "SELECT a FROM t GROUP BY a ORDER BY COUNT(*) DESC LIMIT 1"
    assert without_ties("SELECT a FROM t ORDER BY b, a") == "SELECT a FROM t ORDER BY b, a"
