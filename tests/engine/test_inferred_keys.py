"""Keys that nobody declared: joined over where nothing better exists, and said; too unsure, they are no keys."""

from dataclasses import replace

import pytest

from services.ml_gateway.engine import NeedsClarification, Planned, plan, prepare
from services.ml_gateway.engine.model import Catalog, Relationship, Role, Table
from tests.engine.catalogs import key, table
from tests.engine.data import NOW

QUESTION = "number of orders by country of customer"


def files(*links: Relationship) -> Catalog:
    """Two uploaded files, without keys but for those given."""
    customers = table(
        "customers", "customer_no int!, name text!, country text!", samples={"country": ("Chile", "Peru")}
    )
    orders = table("orders", "order_no int!, customer_no int!, paid_on date!, amount num!")
    return Catalog((customers, orders), links, dialect="duckdb")


def guessed(confidence: float, spec: str = "orders.customer_no -> customers.customer_no") -> Relationship:
    return replace(key(spec), inferred=True, confidence=confidence)


def test_an_inferred_key_is_joined_over_and_said() -> None:
    outcome = plan(QUESTION, prepare(files(guessed(0.93))), now=NOW)
    assert isinstance(outcome, Planned), outcome
    assert 'JOIN "public"."customers"' in outcome.sql
    assert "“customer_no” of orders is taken to be “customer_no” of customers (93% sure)." in outcome.assumptions


def test_a_declared_key_is_not_said() -> None:
    outcome = plan(QUESTION, prepare(files(key("orders.customer_no -> customers.customer_no"))), now=NOW)
    assert isinstance(outcome, Planned), outcome
    assert not [said for said in outcome.assumptions if "is taken to be" in said]


def test_what_joins_nothing_says_nothing() -> None:
    outcome = plan("total amount of orders", prepare(files(guessed(0.93))), now=NOW)
    assert isinstance(outcome, Planned), outcome
    assert not [said for said in outcome.assumptions if "is taken to be" in said]


@pytest.mark.parametrize("confidence", [0.0, 0.3, 0.59])
def test_an_unsure_key_is_no_key(confidence: float) -> None:
    outcome = plan(QUESTION, prepare(files(guessed(confidence))), now=NOW)
    assert not (isinstance(outcome, Planned) and "JOIN" in outcome.sql)


def test_a_declared_key_comes_first() -> None:
    """The other way to the same table was only read from values that overlap."""
    links = (
        guessed(0.99, "orders.order_no -> customers.customer_no"),
        key("orders.customer_no -> customers.customer_no"),
    )
    outcome = plan(QUESTION, prepare(files(*links)), now=NOW)
    assert isinstance(outcome, Planned), outcome
    assert '"orders"."customer_no" = "customers"."customer_no"' in outcome.sql


def with_role(role: Role) -> Catalog:
    shape = table("readings", "id int!, station int!, day date!, level num!")
    columns = tuple(replace(c, role=role) if c.name == "level" else c for c in shape.columns)
    held: Table = replace(shape, columns=columns)
    return Catalog((held,), dialect="duckdb")


@pytest.mark.parametrize("role", [Role.KEY, Role.DIMENSION])
def test_what_is_no_measure_is_not_added_up_unasked(role: Role) -> None:
    outcome = plan("level by station", prepare(with_role(role)), now=NOW)
    assert isinstance(outcome, NeedsClarification) or "SUM" not in getattr(outcome, "sql", "")
