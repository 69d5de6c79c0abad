"""A new topic within a dialog: it ends exactly as it does where nothing was asked before."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from services.ml_gateway.engine import Index, Planned, plan, prepare
from tests.engine.catalogs import CATALOGS
from tests.engine.data import NOW
from tests.engine.dialog.climbing import climbing
from tests.engine.dialog.library import library
from tests.engine.trades import TRADES

_CATALOGS = CATALOGS | TRADES | {"library": library, "climbing": climbing}
_TOPICS = {
    ("shop", "revenue by month"): (
        "top customers",
        "which products were never ordered",
        "how many employees are there",
        "most expensive product",
        "orders by status",
        "how many customers are there",
    ),
    ("shop", "top 5 customers by revenue"): ("worst customers", "orders in 2025", "list all categories"),
    ("clinic", "patients without visits"): ("doctors without visits", "top doctors", "orders", "salary by department"),
    ("clinic", "how many patients are there"): ("names of departments in Paris", "how many visits were missed"),
    ("flights", "number of flights by airline"): ("longest flight", "average fare", "airports in Norway"),
    ("school", "how many students are there"): ("highest salary", "employees without manager", "top 3 courses"),
    ("freight", "shipments by month"): ("number of drivers", "vehicles"),
    ("library", "books by genre"): ("members", "average fee", "which members joined last year", "loans by month"),
    ("library", "members in Bristol"): ("longest book", "authors from Kenya"),
    ("climbing", "List the last names of climbers from France"): ("longest route", "oldest climber", "bolted routes"),
}


@pytest.fixture(scope="module")
def indexes() -> Mapping[str, Index]:
    return {name: prepare(replace(_CATALOGS[name](), dialect="sqlite")) for name in {name for name, _ in _TOPICS}}


@pytest.mark.parametrize(
    ("schema", "before", "said"), [(*asked, said) for asked, topics in _TOPICS.items() for said in topics]
)
def test_a_new_topic_starts_afresh(schema: str, before: str, said: str, indexes: Mapping[str, Index]) -> None:
    by_itself = plan(said, indexes[schema], now=NOW)
    assert plan(said, indexes[schema], now=NOW, earlier=[before]) == by_itself


@pytest.mark.parametrize(
    ("schema", "before", "said"),
    [
        ("shop", "revenue by month", "and the top customers?"),
        ("library", "members in Bristol", "their loans"),
        ("library", "books by genre", "only those of authors from Kenya"),
    ],
)
def test_what_leans_on_the_question_before_is_no_new_topic(
    schema: str, before: str, said: str, indexes: Mapping[str, Index]
) -> None:
    outcome = plan(said, indexes[schema], now=NOW, earlier=[before])
    assert not isinstance(outcome, Planned) or outcome.follows
