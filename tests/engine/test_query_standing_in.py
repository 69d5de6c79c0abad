"""A rate over two tables, each by its own date: the rows of either count in the period in which they happened."""

import sqlite3

import pytest

from services.ml_gateway.engine import Planned, Refused, prepare
from services.ml_gateway.engine.model import Catalog, ColumnKey, Metric, TableKey
from services.ml_gateway.engine.outcome import RefusalReason
from tests.engine.catalogs import key, table
from tests.engine.reader.asking import asked

_ORDERS, _LINES, _REFUNDS = (TableKey("main", name) for name in ("orders", "order_lines", "refunds"))
_TABLES = (
    table("orders", "order_id int!, ordered_at ts!", schema="main"),
    table("order_lines", "line_id int!, order_id int!, line_amount num!", schema="main"),
    table(
        "refunds",
        "refund_id int!, line_id int!, amount num!, refunded_at ts!, reason text!",
        schema="main",
        samples={"reason": ("damaged", "wrong size")},
    ),
)
_METRICS = (
    Metric("revenue", _LINES, "sum(line_amount)", time_column=ColumnKey(_ORDERS, "ordered_at")),
    Metric("refunded_amount", _REFUNDS, "sum(amount)", time_column=ColumnKey(_REFUNDS, "refunded_at")),
    Metric("refund_rate", _REFUNDS, "", numerator="refunded_amount", denominator="revenue"),
)
_INDEX = prepare(
    Catalog(
        _TABLES,
        (key("order_lines.order_id -> orders.order_id", "main"), key("refunds.line_id -> order_lines.line_id", "main")),
        metrics=_METRICS,
        dialect="sqlite",
    )
)


@pytest.fixture
def rows() -> sqlite3.Connection:
    """Of 300 ordered in January and 100 in February, 60 came back in February, of a line of January."""
    made = sqlite3.connect(":memory:")
    made.executescript(
        """
        CREATE TABLE orders (order_id, ordered_at);
        CREATE TABLE order_lines (line_id, order_id, line_amount);
        CREATE TABLE refunds (refund_id, line_id, amount, refunded_at, reason);
        INSERT INTO orders VALUES (1, '2025-01-05'), (2, '2025-02-07');
        INSERT INTO order_lines VALUES (1, 1, 100), (2, 1, 200), (3, 2, 100);
        INSERT INTO refunds VALUES (1, 1, 40, '2025-02-20', 'damaged'), (2, 1, 20, '2025-02-21', 'wrong size');
        """
    )
    return made


def _answer(question: str, rows: sqlite3.Connection) -> list[tuple[object, ...]]:
    outcome = asked(question, _INDEX)
    assert isinstance(outcome, Planned), outcome
    return rows.execute(outcome.sql).fetchall()


def test_a_rate_in_a_period_is_of_all_that_was_ordered_then(rows: sqlite3.Connection) -> None:
    assert _answer("refund rate in 2025", rows) == [(pytest.approx(60 / 400),)]
    assert _answer("refund rate in February 2025", rows) == [(pytest.approx(60 / 100),)]


def test_a_rate_by_month_is_told_for_each_month(rows: sqlite3.Connection) -> None:
    found = {str(month)[:7]: rate for month, rate in _answer("refund rate by month in 2025", rows)}
    assert found["2025-02"] == pytest.approx(60 / 100)
    assert not found["2025-01"]


def test_what_holds_of_one_side_of_a_rate_alone_is_refused() -> None:
    outcome = asked("refund rate where reason is damaged", _INDEX)
    assert isinstance(outcome, Refused), outcome
    assert outcome.reason is RefusalReason.UNSAFE_JOIN


def test_both_dates_of_a_rate_are_told() -> None:
    outcome = asked("refund rate in 2025", _INDEX)
    assert isinstance(outcome, Planned)
    assert "by refund date and order date" in outcome.interpretation.summary
