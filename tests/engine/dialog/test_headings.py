"""What a query is called, and the sentence above its answer, whatever was read to make it."""

from datetime import date

import pytest

from services.ml_gateway.engine import prepare
from services.ml_gateway.engine.dialog.headings import short_title, summary
from services.ml_gateway.engine.dialog.when import Said
from services.ml_gateway.engine.model import ColumnKey, TableKey
from services.ml_gateway.engine.periods import Span, TimeMention
from services.ml_gateway.engine.query.columns import output_columns
from services.ml_gateway.engine.query.model import Aggregate, During, Field, Function, Query, Rows
from services.ml_gateway.engine.query.schema import Schema
from services.ml_gateway.training.gold import query_of
from tests.engine.catalogs import clinic, shop

_SHOP, _CLINIC = prepare(shop()), prepare(clinic())


@pytest.mark.parametrize(
    ("sql", "title", "sentence"),
    [
        ("SELECT name FROM products WHERE is_active = TRUE", "Products, active", "Products, where active."),
        ("SELECT name FROM products WHERE is_active = FALSE", "Products, not active", "Products, where not active."),
        (
            "SELECT COUNT(*) FROM orders WHERE shipped_at IS NULL",
            "Number of orders, not shipped",
            "Number of orders, where not shipped.",
        ),
        (
            "SELECT name, unit_price FROM products ORDER BY unit_price DESC LIMIT 1",
            "Product with the highest unit price",
            "Product with the highest unit price.",
        ),
        (
            "SELECT name FROM products ORDER BY unit_price LIMIT 3",
            "3 products with the lowest unit price",
            "3 products with the lowest unit price.",
        ),
        (
            "SELECT COUNT(*) FROM orders WHERE ordered_at >= '2025-10-01'",
            "Number of orders, ordered at since 2025-10-01",
            "Number of orders, where ordered at since 2025-10-01.",
        ),
        ("SELECT name FROM products ORDER BY name DESC", "Products", "Products, by name, Z to A."),
        (
            "SELECT country, COUNT(*) FROM customers GROUP BY country ORDER BY COUNT(*) LIMIT 1",
            "Country with the fewest customers",
            "Country with the fewest customers.",
        ),
        (
            "SELECT country, COUNT(*) FROM customers GROUP BY country ORDER BY COUNT(*) DESC LIMIT 4",
            "Top 4 countries by number of customers",
            "Top 4 countries by number of customers.",
        ),
        (
            "SELECT country, COUNT(*) FROM customers GROUP BY country HAVING COUNT(*) >= 5",
            "Countries with at least 5 customers",
            "Countries with at least 5 customers.",
        ),
        (
            "SELECT name FROM customers WHERE id NOT IN (SELECT customer_id FROM orders)",
            "Customers, without orders",
            "Customers, where there are no orders.",
        ),
        (
            "SELECT name FROM customers WHERE country IN ('France', 'Spain') AND segment <> 'trade'",
            "Customers, France or Spain, not trade",
            "Customers, where country is “France” or “Spain” and segment is not “trade”.",
        ),
    ],
)
def test_called(sql: str, title: str, sentence: str) -> None:
    query = query_of(sql, _SHOP.catalog)
    columns = output_columns(query, Schema(_SHOP))
    assert short_title(query, columns, _SHOP) == title
    assert summary(query, columns, _SHOP) == sentence


def test_a_first_and_a_last_name_are_one_person() -> None:
    query = query_of(
        "SELECT p.first_name, p.last_name, COUNT(*) FROM visits v JOIN patients p ON p.id = v.patient_id "
        "GROUP BY p.id, p.first_name, p.last_name",
        _CLINIC.catalog,
    )
    columns = output_columns(query, Schema(_CLINIC))
    assert short_title(query, columns, _CLINIC) == "Visits by patient"


def test_periods_are_called_as_the_question_calls_them() -> None:
    orders = TableKey("public", "orders")
    start, end = date(2025, 10, 1), date(2026, 1, 1)
    query = Query(
        (Aggregate(Function.COUNT, Rows(orders)),), where=During(Field(ColumnKey(orders, "shipped_at")), start, end)
    )
    columns = output_columns(query, Schema(_SHOP))
    quarter = TimeMention(4, 6, Span(start, end, "last quarter"))
    said = Said("how many orders were shipped last quarter", (quarter,))
    assert short_title(query, columns, _SHOP, said) == "Number of orders, shipped last quarter"
    assert short_title(query, columns, _SHOP) == "Number of orders, from 2025-10-01 to 2025-12-31"
    assert summary(query, columns, _SHOP, Said("orders last quarter", (quarter,))) == (
        "Number of orders last quarter, by shipping date."
    )


def test_a_long_title_is_cut() -> None:
    values = ", ".join(f"'value number {number}'" for number in range(30))
    query = query_of(f"SELECT name FROM customers WHERE segment IN ({values})", _SHOP.catalog)
    title = short_title(query, output_columns(query, Schema(_SHOP)), _SHOP)
    assert len(title) <= 120
    assert title.endswith("…")
