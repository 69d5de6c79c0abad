"""Semantic models: what is read from a good one, and what is said of each bad one."""

from pathlib import Path

import pytest
import yaml

from services.integration.catalog.semantic_checks import unknown_names
from services.integration.catalog.semantic_model import Format, InvalidYaml, Metric, Relationship, parse

CASES = yaml.safe_load((Path(__file__).parent / "semantic_model_cases.yaml").read_text())

GOOD = """
version: 1
name: Shop
currency: EUR
tables:
  orders:
    label: Orders
    synonyms: [purchases]
    date: ordered_at
    display: number
    columns:
      status: {hidden: true, values: {cancelled: [canceled, "no"]}}
      amount: {format: currency, currency: USD}
  sales.lines:
relationships:
  - {from: sales.lines.order_id, to: orders.id, name: parent}
metrics:
  revenue:
    table: sales.lines
    expression: sum(price * quantity)
    filter: orders.status <> 'cancelled'
    time: orders.ordered_at
    format: currency
    better: higher
  order_count: {table: orders, expression: count(*), format: integer}
  basket: {label: Basket, numerator: revenue, denominator: order_count}
questions:
  viewer: [Orders by month]
  everyone: [Revenue by month]
"""


def test_everything_of_a_model_is_read() -> None:
    model = parse(GOOD)

    orders, lines = model.tables
    assert (orders.label, orders.synonyms, orders.date, orders.display) == (
        "Orders",
        ("purchases",),
        "ordered_at",
        "number",
    )
    status, amount = orders.columns
    assert status.hidden
    assert status.values == (("cancelled", ("canceled", "no")),)
    assert amount.format == Format("currency", "USD")
    assert lines.name == "sales.lines"
    assert model.relationships == (Relationship("sales.lines", "order_id", "orders", "id", "parent"),)
    revenue, order_count, basket = model.metrics
    assert revenue == Metric(
        name="revenue",
        label="Revenue",
        table="sales.lines",
        expression="sum(price * quantity)",
        filter="orders.status <> 'cancelled'",
        time="orders.ordered_at",
        format=Format("currency", "EUR"),
        better="higher",
    )
    assert order_count.label == "Order count"
    assert basket.is_ratio
    assert [(question.role, question.text) for question in model.questions] == [
        ("", "Revenue by month"),
        ("viewer", "Orders by month"),
    ]


def test_a_model_may_say_nothing() -> None:
    assert parse("version: 1").tables == ()


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_what_is_wrong_is_named(case: dict[str, str]) -> None:
    with pytest.raises(InvalidYaml) as raised:
        parse(case["model"])

    assert case["says"] in str(raised.value)


def test_every_problem_is_told_at_once_in_the_order_of_lines() -> None:
    with pytest.raises(InvalidYaml) as raised:
        parse("version: 1\nfoo: 1\ntables:\n  a: {label: 3}\nmetrics:\n  m: {table: a}\n")

    assert [problem.line for problem in raised.value.problems] == [2, 4, 6]


@pytest.mark.parametrize(
    "model",
    [
        "version: 1\n" + "".join(f"k{n}: v\n" for n in range(40_000)),
        "version: 1\nx: [" + "a," * 60_000 + "]",
        "[" * 20_000,
        "{a: " * 20_000,
        "version: 1\nmetrics: {m: {table: a, expression: '" + "(" * 450 + "sum(x)" + ")" * 450 + "'}}",
    ],
    ids=["bytes", "values", "sequences", "mappings", "parentheses"],
)
def test_what_would_exhaust_the_reader_is_refused(model: str) -> None:
    with pytest.raises(InvalidYaml):
        parse(model)


def test_names_that_the_source_lacks_are_told() -> None:
    source = {"orders": ["id", "number", "ordered_at", "status"], "sales.lines": ["price", "quantity", "order_id"]}

    said = [str(problem) for problem in unknown_names(parse(GOOD), source)]

    assert said == ['tables.orders.columns.amount: the table "orders" has no column "amount"']


def test_names_in_a_metrics_sql_are_checked_too() -> None:
    source = {"orders": ["id", "number", "ordered_at", "amount"], "sales.lines": ["price", "order_id"]}

    said = {problem.path for problem in unknown_names(parse(GOOD), source)}

    assert {"metrics.revenue.expression", "metrics.revenue.filter"} <= said
