"""The shop's own semantic model: it fits the database, and every metric gives a number."""

import re

import pytest

from cli.demo.organization import semantic_model
from services.integration.catalog.semantic_checks import unknown_names
from services.integration.catalog.semantic_model import ROLES, Metric, SemanticModel, parse
from tests.demo.conftest import DemoShop

MODEL: SemanticModel = parse(semantic_model())
SIMPLE = [metric for metric in MODEL.metrics if not metric.is_ratio]
RATIOS = [metric for metric in MODEL.metrics if metric.is_ratio]


def sql_of(metric: Metric) -> str:
    """The metric over all rows; what its filter and time name elsewhere is joined by the key of the same name."""
    named = f"{metric.filter} {metric.time}"
    others = sorted({table for table in re.findall(r"(\w+)\.\w+", named) if table != metric.table})
    joins = "".join(f" JOIN {other} USING ({other[:-1]}_id)" for other in others)
    where = f" WHERE {metric.filter}" if metric.filter else ""
    return f"SELECT {metric.expression} FROM {metric.table}{joins}{where}"


def test_every_name_of_the_model_is_in_the_database(demo_shop: DemoShop) -> None:
    columns: dict[str, list[str]] = {}
    for row in demo_shop.rows(
        "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema='public'"
    ):
        table, column = row.split("|")
        columns.setdefault(table, []).append(column)

    assert unknown_names(MODEL, columns) == ()
    assert {table.name for table in MODEL.tables} == set(columns)


@pytest.mark.parametrize("metric", SIMPLE, ids=lambda metric: metric.name)
def test_every_metric_gives_a_number(demo_shop: DemoShop, metric: Metric) -> None:
    value = float(demo_shop.value(sql_of(metric)))

    assert value > 0
    if metric.format.kind == "percent":
        assert value < 1


@pytest.mark.parametrize("metric", RATIOS, ids=lambda metric: metric.name)
def test_every_ratio_gives_a_number(demo_shop: DemoShop, metric: Metric) -> None:
    named = {other.name: other for other in SIMPLE}
    upper, lower = (float(demo_shop.value(sql_of(named[name]))) for name in (metric.numerator, metric.denominator))

    assert 0 < upper / lower < (1 if metric.format.kind == "percent" else 100)


def test_revenue_is_the_same_by_lines_and_by_orders(demo_shop: DemoShop) -> None:
    revenue = next(metric for metric in SIMPLE if metric.name == "revenue")

    assert demo_shop.value(sql_of(revenue)) == demo_shop.value(
        "SELECT sum(items_amount) FROM orders WHERE status <> 'cancelled'"
    )


def test_every_metric_says_what_counts_and_every_role_has_questions() -> None:
    assert all(metric.label and metric.description for metric in MODEL.metrics)
    assert {question.role for question in MODEL.questions} == {"", *ROLES}


def test_no_two_metrics_share_a_name() -> None:
    names = [name.lower() for metric in MODEL.metrics for name in {metric.label, *metric.synonyms}]

    assert len(names) == len(set(names))
