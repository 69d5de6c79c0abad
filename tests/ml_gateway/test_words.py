"""When two questions are the same, when two results are, and which queries fit a catalog."""

from collections import Counter
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from infinure.ml_gateway.v1.result_pb2 import Cell, Row

from services.ml_gateway.engine import Planned, plan, prepare
from services.ml_gateway.engine.model import Catalog, Column, DataType, Relationship, Table, TableKey
from services.ml_gateway.evaluation.comparing import difference
from services.ml_gateway.learning.checking import DoesNotFit, NotAQuery, check
from services.ml_gateway.learning.words import is_relative, question_key, words_key

SHIPS = Table(
    "port",
    "ships",
    (
        Column("id", DataType.INTEGER),
        Column("Ship Name", DataType.TEXT, samples=("Alba", "Bora")),
        Column("tonnage", DataType.NUMBER),
        Column("built_on", DataType.DATE),
    ),
    primary_key=("id",),
)
CALLS = Table(
    "port",
    "calls",
    (Column("id", DataType.INTEGER), Column("ship_id", DataType.INTEGER), Column("called_on", DataType.DATE)),
    primary_key=("id",),
)
LINK = Relationship(TableKey("port", "calls"), ("ship_id",), TableKey("port", "ships"), ("id",))
DIALECTS = ("postgres", "sqlite", "mysql", "duckdb", "clickhouse")


def catalog(dialect: str = "postgres") -> Catalog:
    return Catalog((SHIPS, CALLS), (LINK,), dialect=dialect)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("revenue by month in 2025", "Please show me the revenue by month in 2025?"),
        ("how many orders", "how many order are there"),
        ("top 5 products", "give me the top 5 products"),
        ("orders in US", "the orders in US"),
    ],
)
def test_the_same_words(one: str, other: str) -> None:
    assert question_key(one) == question_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("top 5 products", "top 6 products"),
        ("orders since 2024-01-01", "orders since 2024-01-02"),
        ("customers without orders", "orders without customers"),
        ("orders paid", "orders not paid"),
        ("orders before March", "orders after March"),
        ('customers named "Smith"', 'customers named "Smyth"'),
        ("orders in US", "show us orders in"),
        ("orders from IT", "orders from it"),
        ("revenue last month", "revenue last year"),
        ("revenue", "revenue by month"),
        ("orders over 100", "orders under 100"),
        ("average price", "total price"),
    ],
)
def test_other_words(one: str, other: str) -> None:
    assert question_key(one) != question_key(other)


def test_learned_words_stand_for_what_they_mean() -> None:
    meanings = {words_key("net sales"): "turnover", words_key("sales"): "gross"}
    assert question_key("net sales by month", meanings) == question_key("turnover by month", meanings)
    assert question_key("sales by month", meanings) != question_key("turnover by month", meanings)


@pytest.mark.parametrize(
    "question",
    ["sales last month", "orders today", "latest order", "orders in March", "sales year to date", "the past week"],
)
def test_relative_periods(question: str) -> None:
    assert is_relative(question)


@pytest.mark.parametrize(
    "question", ["sales in 2025", "orders since 2024-01-01", "sales by month", "Q3 2024", "orders"]
)
def test_periods_that_stay(question: str) -> None:
    assert not is_relative(question)


@given(st.text())
def test_any_text_has_a_key(text: str) -> None:
    assert question_key(text) == question_key(text)
    assert words_key(text) == words_key(f" {text}!")


def row(*values: int | float | str | None) -> Row:
    def cell(value: int | float | str | None) -> Cell:
        if value is None:
            return Cell()
        if isinstance(value, str):
            return Cell(text=value)
        return Cell(integer=value) if isinstance(value, int) else Cell(number=value)

    return Row(cells=[cell(value) for value in values])


def test_results_are_the_same_whatever_the_order_of_columns_and_rows() -> None:
    one = [row("a", 1), row("b", 2), row(None, 3)]
    assert not difference(one, [row(3, None), row(1, "a"), row(2, "b")], ordered=False)
    assert difference(one, [row(3, None), row(1, "a"), row(2, "b")], ordered=True) == "the rows are in another order"
    assert not difference([row(2)], [row(2.0)], ordered=False)
    assert not difference([row(1 / 3)], [Row(cells=[Cell(decimal="0.3333333333333")])], ordered=False)
    assert not difference([Row(cells=[Cell(date="2025-01-01")])], [Row(cells=[Cell(date="2025-01-01")])], ordered=True)


def test_results_that_differ() -> None:
    assert difference([row(1), row(1)], [row(1), row(2)], ordered=False) == "the values differ"
    assert difference([row(1)], [row(1), row(1)], ordered=False) == "2 rows instead of 1"
    assert difference([row(1)], [row(1, 2)], ordered=False) == "2 columns instead of 1"
    assert difference([row("1")], [row(1)], ordered=False) == "the values differ"
    # Each column holds the same values, but the rows don't.
    assert difference([row("a", 1), row("b", 2)], [row("a", 2), row("b", 1)], ordered=False) == "the values differ"


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(0, 3)), min_size=1), st.randoms())
def test_shuffled_results_are_the_same(values: list[tuple[int, int, int]], random: object) -> None:
    order = [0, 1, 2]
    random.shuffle(order)  # type: ignore[attr-defined]
    shuffled = [tuple(value[place] for place in order) for value in values]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert not difference([row(*value) for value in values], [row(*value) for value in shuffled], ordered=False)
    changed = [row(*value) for value in values[1:]] + [row(9, 9, 9)]
    assert Counter(map(str, changed)) != Counter(str(row(*value)) for value in values)
    assert difference([row(*value) for value in values], changed, ordered=False)


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize(
    "question",
    [
        "how many ships",
        "average tonnage by month in 2024",
        "top 3 ships by number of calls",
        "ships without calls",
        'number of calls of "Alba" last year',
        "calls by ship name",
    ],
)
def test_the_engines_own_queries_fit(dialect: str, question: str) -> None:
    planned = plan(question, prepare(catalog(dialect)), now=datetime(2026, 3, 15, tzinfo=UTC))
    assert isinstance(planned, Planned), planned
    found = check(planned.sql, catalog(dialect))
    assert found.tables == tuple(sorted(f"{key.schema}.{key.name}" for key in planned.tables))


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT cargo FROM port.ships",
        "SELECT s.cargo FROM port.ships AS s",
        "SELECT 1 FROM port.crews",
        "SELECT 1 FROM other.ships",
        "SELECT 1 FROM elsewhere.port.ships",
        "SELECT (SELECT max(wage) FROM port.crews) FROM port.ships",
        "SELECT 1 FROM port.ships WHERE EXISTS (SELECT 1 FROM port.calls AS c WHERE c.wage > 1)",
        "WITH w AS (SELECT wage FROM port.ships) SELECT * FROM w",
        "SELECT * FROM generate_series(1, 3)",
        "SELECT id FROM port.ships UNION ALL SELECT wage FROM port.calls",
    ],
)
def test_what_is_not_in_the_catalog_does_not_fit(sql: str) -> None:
    with pytest.raises(DoesNotFit):
        check(sql, catalog())


@pytest.mark.parametrize(
    "sql", ["", ";", "SELECT 1; SELECT 2", "DROP TABLE ships", "UPDATE port.ships SET id = 1", "(((" * 900]
)
def test_what_is_no_query(sql: str) -> None:
    with pytest.raises(NotAQuery):
        check(sql, catalog())


def test_a_query_that_reads_the_clock_is_known() -> None:
    assert check("SELECT count(*) FROM port.calls WHERE called_on >= CURRENT_DATE - 7", catalog()).reads_clock
    assert not check("SELECT count(*) FROM port.calls", catalog()).reads_clock
