"""Whose number it is that is said, and which words tell what is done."""

import pytest

from services.ml_gateway.engine import NeedsClarification, Planned, prepare
from services.ml_gateway.engine.index import Index, Target, TargetKind
from services.ml_gateway.engine.model import Catalog, Metric, TableKey
from services.ml_gateway.engine.query.model import Field
from services.ml_gateway.engine.query.walking import nodes_of
from services.ml_gateway.engine.reader.candidates import Candidate, candidates
from services.ml_gateway.engine.reader.labelling.features import Part
from services.ml_gateway.engine.reader.labelling.items import sentences
from services.ml_gateway.engine.reader.labelling.labels import Label
from services.ml_gateway.engine.reader.labelling.said_of import is_deed
from services.ml_gateway.engine.reader.labelling.sentence import Choice, Item, Sentence
from services.ml_gateway.engine.reader.weights import packaged
from services.ml_gateway.engine.tokens import tokenize
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


_SHELVES = (
    table("readers", "reader_id int!, name text!"),
    table("loans", "loan_id int!, reader_id int!, state text!, is_open bool!", samples={"state": ("reserved", "open")}),
)
LENDING = prepare(Catalog(_SHELVES, (key("loans.reader_id -> readers.reader_id"),), dialect="sqlite"))


@pytest.mark.parametrize(
    "question",
    [
        "readers who never reserved a loan",
        "readers who have never reserved any loans",
        "which readers never reserved a loan",
    ],
)
def test_what_was_never_done_is_no_state_of_rows(question: str) -> None:
    found = [one.query for one in _candidates(question, LENDING)]
    assert found
    assert not any(isinstance(one, Field) and one.key.name == "state" for query in found for one in nodes_of(query))


@pytest.mark.parametrize("question", ["loans never reserved", "loans that were never reserved"])
def test_rows_that_never_had_a_state_are_told_by_it(question: str) -> None:
    found = [one.query for one in _candidates(question, LENDING)]
    assert any(isinstance(one, Field) and one.key.name == "state" for query in found for one in nodes_of(query))


@pytest.mark.parametrize(
    ("question", "label", "how", "kind", "column", "is_one"),
    [
        ("loans never lent", Label.WHERE, "synonym", TargetKind.FLAG, "is_open", True),
        ("loans never open", Label.WHERE, "synonym", TargetKind.FLAG, "is_open", False),  # the flag is called so
        ("loans not lent", Label.WHERE, "synonym", TargetKind.FLAG, "is_open", False),
        ("loans never lent", Label.NOT, "related", TargetKind.VALUE, "state", True),  # a guess at a state
        ("loans never lent", Label.WHERE, "related", TargetKind.VALUE, "state", False),
        ("loans never lent", Label.NOT, "value", TargetKind.VALUE, "state", False),
    ],
)
def test_a_deed_is_no_flag_of_another_name_and_no_guess(
    question: str, label: Label, how: str, kind: TargetKind, column: str, is_one: bool
) -> None:
    choice = Choice(Target(kind, TableKey("public", "loans"), column, "open"), 0.9, how, 0, 1)
    tokens = tuple(tokenize(question))
    item = Item(2, 3, (choice,), "F", False)
    assert is_deed(Part(item, label, choice), Sentence(tokens, ("T", "no", "F"), (item,)), LENDING) is is_one


def _candidates(question: str, index: Index) -> tuple[Candidate, ...]:
    return candidates(sentences(tokenize(question), index), index, packaged().labels)
