"""What is SQL, and what only begins like it."""

import pytest

from services.ml_gateway.engine.statements import is_query, is_sql


@pytest.mark.parametrize(
    "text",
    [
        "SELECT sum(quantity)/sum(line_amount) FROM order_lines",
        "select round(avg(x), 2) as m from t",
        "SELECT name || ' ' || city FROM t",
        "select a/b as r from t where c",
        "select case when a > 1 then 2 end from t",
        "select `a` + 1 from `t`",
        "SELECT 1",
        "select 1 + 1",
        "with a as (select 1) select * from a",
    ],
)
def test_a_query_is_known_by_being_one(text: str) -> None:
    assert is_sql(text)
    assert is_query(text)


@pytest.mark.parametrize(
    "text",
    [
        "select customers from Leeds",
        "Select name, city from customers in Rome",
        "select revenue - cost from last year",
        "select the top 10 products by sales/returns from last year",
        "select products with price > 10 from Acme",
        "select 5 customers",
        "with 3 orders",
    ],
)
def test_english_that_begins_like_it_is_none(text: str) -> None:
    assert not is_query(text)
