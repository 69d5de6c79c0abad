"""Questions over the real integration service and a real PostgreSQL source, against SQL written by hand."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest
from infinure.ml_gateway.v1 import chart_pb2, receipt_pb2, result_pb2

from meshkit.ids import new_id
from tests.builders.postgres import Database, PostgresCluster
from tests.integration.server import configuration
from tests.integration.server import serving as serving_integration
from tests.ml_gateway.server import Answer, Asker, serving

SHOP = """
CREATE TABLE customers (id bigint PRIMARY KEY, name text, country text, signed_up timestamptz);
CREATE TABLE products (id bigint PRIMARY KEY, name text);
CREATE TABLE orders (id bigint PRIMARY KEY, customer_id bigint REFERENCES customers, placed_at timestamptz,
                     status text);
CREATE TABLE order_lines (id bigint PRIMARY KEY, order_id bigint REFERENCES orders,
                          product_id bigint REFERENCES products, quantity int, price numeric(10,2));
INSERT INTO customers SELECT g, 'Customer ' || g, (ARRAY['DE','FR','IT'])[1 + g % 3],
       timestamptz '2024-06-01 12:00+00' + g * interval '3 days' FROM generate_series(1, 200) g;
INSERT INTO products SELECT g, 'Product ' || chr(64 + g::int) FROM generate_series(1, 8) g;
INSERT INTO orders SELECT g, 1 + g % 200, timestamptz '2024-11-01 09:00+00' + g * interval '11 hours',
       CASE WHEN g % 9 = 0 THEN 'cancelled' ELSE 'paid' END FROM generate_series(1, 1100) g;
INSERT INTO order_lines SELECT g, 1 + g % 1100, 1 + (g * g) % 8, 1 + g % 4, (g % 50) + 0.25
       FROM generate_series(1, 3000) g;
ANALYZE;
"""
MODEL = """
version: 1
currency: EUR
tables:
  customers: {date: signed_up, display: name, columns: {country: {values: {DE: [Germany]}}}}
  orders: {date: placed_at}
  products: {display: name}
metrics:
  revenue:
    table: order_lines
    expression: sum(quantity * price)
    filter: orders.status <> 'cancelled'
    time: orders.placed_at
    format: currency
questions:
  everyone: [Revenue by month]
"""
JOINED = "FROM order_lines l JOIN orders o ON o.id = l.order_id JOIN products p ON p.id = l.product_id"
PAID = "o.status <> 'cancelled'"


@pytest.fixture(scope="module")
def shop(postgres: PostgresCluster) -> Iterator[Database]:
    database = postgres.empty_database("answers")
    database.run(SHOP)
    yield database
    postgres.drop(database)


@pytest.fixture
async def asker(control_plane: Callable[..., Database], shop: Database, tmp_path: Path) -> AsyncIterator[Asker]:
    """Somebody whose only source is the shop."""
    organization_id = new_id()
    database = control_plane("integration", "ml_gateway")
    async with serving_integration(database, tmp_path) as integration:
        await integration.client(organization_id).create(configuration(shop), semantic_model=MODEL)
        async with serving(integration.address, database) as gateway:
            yield gateway.asker(organization_id)


def told(answer: Answer) -> list[str]:
    """The rows as psql writes them."""
    return ["|".join(_text(cell) for cell in row.cells) for row in answer.rows.rows]


def _text(cell: result_pb2.Cell) -> str:
    kind = cell.WhichOneof("value")
    return str(getattr(cell, kind)) if kind else ""


async def test_revenue_by_month(asker: Asker, shop: Database) -> None:
    answer = await asker.ask("revenue by month in 2025")
    assert answer.error is None
    assert told(answer) == shop.run(
        f"SELECT date_trunc('month', o.placed_at AT TIME ZONE 'UTC')::date, sum(l.quantity * l.price) {JOINED} "
        f"WHERE {PAID} AND o.placed_at >= '2025-01-01Z' AND o.placed_at < '2026-01-01Z' GROUP BY 1 ORDER BY 1"
    )
    month, revenue = answer.rows.columns
    assert (month.type, month.grain) == (result_pb2.VALUE_TYPE_DATE, result_pb2.GRAIN_MONTH)
    assert (revenue.type, revenue.format.currency) == (result_pb2.VALUE_TYPE_DECIMAL, "EUR")
    assert (answer.chart.kind, answer.chart.x_column, list(answer.chart.y_columns)) == (
        chart_pb2.CHART_KIND_LINE,
        0,
        [1],
    )
    receipt = answer.receipt
    assert receipt.outcome == receipt_pb2.OUTCOME_ANSWERED
    assert list(receipt.tables) == ["public.order_lines", "public.orders"]
    assert [(one.table, one.row_count) for one in receipt.read_tables] == [
        ("public.order_lines", 3000),
        ("public.orders", 1100),
    ]
    assert receipt.engine_version
    assert receipt.catalog_version
    assert receipt.policy_version
    assert receipt.sql.startswith("SELECT")
    assert receipt.row_count == len(answer.rows.rows) == 12
    assert receipt.semantic_model_version
    assert receipt.data_time.seconds > 0


async def test_top_products_last_quarter(asker: Asker, shop: Database) -> None:
    answer = await asker.ask("top 5 products by revenue last quarter")
    assert told(answer) == shop.run(
        f"SELECT p.name, sum(l.quantity * l.price) {JOINED} WHERE {PAID} AND o.placed_at >= '2025-10-01Z' "
        f"AND o.placed_at < '2026-01-01Z' GROUP BY p.id, p.name ORDER BY 2 DESC, 1 LIMIT 5"
    )
    assert answer.chart.kind == chart_pb2.CHART_KIND_BAR


async def test_customers_by_country_in_the_askers_time_zone(asker: Asker, shop: Database) -> None:
    question = "how many customers signed up last year by country"
    answer = await asker.ask(question, time_zone="Pacific/Auckland")
    assert told(answer) == shop.run(
        "SELECT country, count(*) FROM customers WHERE signed_up AT TIME ZONE 'Pacific/Auckland' >= '2025-01-01' "
        "AND signed_up AT TIME ZONE 'Pacific/Auckland' < '2026-01-01' GROUP BY 1 ORDER BY 2 DESC, 1 DESC"
    )
    assert answer.receipt.time_zone == "Pacific/Auckland"


async def test_a_value_by_the_name_that_people_say(asker: Asker, shop: Database) -> None:
    answer = await asker.ask("number of customers in Germany")
    assert told(answer) == shop.run("SELECT count(*) FROM customers WHERE country = 'DE'")


async def test_what_the_data_does_not_hold_is_refused(asker: Asker) -> None:
    answer = await asker.ask("revenue by warehouse")
    assert answer.kinds == ["refusal", "completed"]
    assert "warehouse" in answer.refusal.unplaced_words
    assert "Revenue by month" in answer.refusal.suggestions
