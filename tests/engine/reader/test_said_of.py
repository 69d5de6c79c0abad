"""Whose number it is that is said, and which words tell what is done."""

import pytest

from services.ml_gateway.engine import NeedsClarification, Planned, prepare
from services.ml_gateway.engine.model import Catalog, Metric, TableKey
from services.ml_gateway.engine.query.model import Field
from services.ml_gateway.engine.query.walking import nodes_of
from tests.engine.catalogs import key, table
from tests.engine.reader.asking import asked

_TABLES = (
    table("countries", "country_code text!, name text!", samples={"name": ("Germany", "France", "Spain")}),
    table("customers", "customer_id int!, name text!, segment text!, city text!, country_code text!",
          samples={"segment": ("business", "consumer")}),
    table("orders", "order_id int!, customer_id int!, total_amount num!, ordered_at ts!"),
    table("payments", "payment_id int!, order_id int!, amount num!, status text!, method text!",
          samples={"status": ("failed", "captured"), "method": ("card", "cash")}),
)  # fmt: skip
_KEYS = (
    key("customers.country_code -> countries.country_code"),
    key("orders.customer_id -> customers.customer_id"),
    key("payments.order_id -> orders.order_id"),
)
STORE = prepare(Catalog(_TABLES, _KEYS, dialect="sqlite"))


def _used(question: str) -> set[tuple[str, str]]:
    outcome = asked(question, STORE)
    assert isinstance(outcome, Planned), outcome
    return {(one.key.table.name, one.key.name) for one in nodes_of(outcome.reading) if isinstance(one, Field)}


def _offered(question: str) -> list[str]:
    outcome = asked(question, STORE)
    if isinstance(outcome, Planned):
        return [outcome.title]
    assert isinstance(outcome, NeedsClarification), outcome
    return [one.label for one in outcome.options]


def test_the_total_amount_of_payments_is_theirs() -> None:
    first = _offered("total amount of failed payments by method")[0]
    assert "order" not in first.lower()
    assert "amount" in first.lower()


def test_what_customers_place_is_no_city() -> None:
    assert ("customers", "city") not in _used("how many orders did business customers place in 2025")


@pytest.mark.parametrize("question", ["how many business customers are in Germany", "business customers in Germany"])
def test_a_known_country_is_no_city(question: str) -> None:
    assert not any("city" in one for one in _offered(question))


def test_a_median_is_no_metric_that_is_a_mean() -> None:
    metric = Metric("average_order_value", TableKey("public", "orders"), "avg(total_amount)", synonyms=("basket",))
    index = prepare(Catalog(_TABLES, _KEYS, metrics=(metric,), dialect="sqlite"))
    outcome = asked("median order value", index)
    assert not isinstance(outcome, Planned) or "median" in outcome.sql.lower()


@pytest.mark.parametrize("question", ["average delivery time by country", "average shipping time"])
def test_a_time_is_no_amount_of_money(question: str) -> None:
    ships = table("parcels", "parcel_id int!, country text!, shipping_amount num!, delivery_fee num!, sent_at ts!")
    outcome = asked(question, prepare(Catalog((ships,), dialect="sqlite")))
    assert not isinstance(outcome, Planned), outcome.sql
    labels = [one.label for one in outcome.options] if isinstance(outcome, NeedsClarification) else []
    assert not labels


def test_a_length_of_time_that_is_kept_is_averaged() -> None:
    ships = table("parcels", "parcel_id int!, country text!, delivery_days int!, sent_at ts!")
    outcome = asked("average delivery time by country", prepare(Catalog((ships,), dialect="sqlite")))
    assert isinstance(outcome, Planned)
    assert 'AVG("parcels"."delivery_days")' in outcome.sql
