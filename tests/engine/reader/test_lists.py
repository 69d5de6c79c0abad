"""A table that is to be listed, and nothing else: its rows, with all that they have, and no question back."""

import pytest

from services.ml_gateway.engine import Planned, plan, prepare
from tests.engine.catalogs import shop
from tests.engine.data import NOW

SHOP = prepare(shop())


@pytest.mark.parametrize(
    "question", ["list all customers", "Show me the customers.", "please display every customer", "show customers"]
)
def test_the_rows_are_shown_with_all_of_theirs(question: str) -> None:
    outcome = plan(question, SHOP, now=NOW)
    assert isinstance(outcome, Planned), outcome
    assert len(outcome.columns) == 6
    assert "WHERE" not in outcome.sql


@pytest.mark.parametrize(
    "question",
    [
        "list all customers in Atlantis",
        "show me the customers sorted by height",
        "list the unicorns of customers",
        "glorious orders",
    ],
)
def test_more_than_the_table_is_no_plain_list(question: str) -> None:
    assert not isinstance(plan(question, SHOP, now=NOW), Planned)
