"""What the rules alone would answer with something that nobody asked for."""

from datetime import UTC, datetime

import pytest

from services.ml_gateway.engine import Planned
from services.ml_gateway.engine.asked import Asked
from services.ml_gateway.engine.index import Index, prepare
from services.ml_gateway.engine.model import Catalog
from services.ml_gateway.engine.outcome import Outcome
from services.ml_gateway.engine.ruled import by_rules
from services.ml_gateway.engine.timeranges import Today, find_times
from services.ml_gateway.engine.tokens import tokenize
from tests.engine.catalogs import key, table

_TODAY = datetime(2026, 2, 10, tzinfo=UTC).date()
_TABLES = (
    table("stores", "id int!, name text!, country text!", samples={"country": ("Norway", "Spain")}, row_count=8),
    table(
        "bills",
        "id int!, store_id int!, reserved_on date!, scheduled_on date!, total num!, price num!, fee num!",
        row_count=500,
        time_column="scheduled_on",
    ),
)


@pytest.fixture(scope="module")
def index() -> Index:
    return prepare(Catalog(tables=_TABLES, relationships=(key("bills.store_id -> stores.id"),), dialect="sqlite"))


def _ruled(question: str, index: Index) -> Outcome:
    asked = Asked(question, tokenize(question), _TODAY, "UTC")
    return by_rules(asked, index, find_times(asked.tokens, Today.of(_TODAY, index.catalog)))


@pytest.mark.parametrize("question", ["lowest, average and highest price by country", "total by country"])
def test_no_ranking_and_no_count_is_made_of_it(question: str, index: Index) -> None:
    assert not isinstance(_ruled(question, index), Planned)


def test_the_total_of_rows_is_what_they_amount_to(index: Index) -> None:
    made = _ruled("total of bills in 2025", index)
    assert isinstance(made, Planned)
    assert 'SUM("bills"."total")' in made.sql


def test_total_rows_are_counted(index: Index) -> None:
    made = _ruled("total bills in 2025", index)
    assert isinstance(made, Planned)
    assert "COUNT(*)" in made.sql


def test_a_verb_names_the_date_that_is_called_as_it_before_one_that_means_the_same(index: Index) -> None:
    made = _ruled("how many bills were reserved in 2025", index)
    assert isinstance(made, Planned)
    assert '"reserved_on" >=' in made.sql
