"""What a number leaves out is said: whom a mean per customer is of, and that a period isn't over."""

import pytest

from services.ml_gateway.engine import Planned, plan, prepare
from tests.engine.catalogs import shop
from tests.engine.data import NOW

_SHOP = prepare(shop())


def _planned(question: str) -> Planned:
    outcome = plan(question, _SHOP, now=NOW)
    assert isinstance(outcome, Planned), outcome
    return outcome


def test_a_mean_per_customer_says_whom_it_leaves_out() -> None:
    told = _planned("average number of orders per customer").interpretation.assumptions
    assert "Customers with no orders are left out of the average." in told


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("refunds this month versus last month", "This month"),
        ("refund amount this year versus last year", "This year"),
        ("growth of refunds this year", "This year"),
    ],
)
def test_a_period_that_is_not_over_is_told(question: str, name: str) -> None:
    told = _planned(question).interpretation.assumptions
    assert f"{name} isn't over: what there is of it so far is held against whole periods." in told


def test_growth_by_month_tells_of_the_running_one() -> None:
    told = _planned("refund amount growth by month").interpretation.assumptions
    assert "The running month isn't over: what there is of it so far is held against a whole one." in told


@pytest.mark.parametrize("question", ["refunds in 2025 versus 2024", "growth of refunds in 2025", "refunds by month"])
def test_nothing_is_told_of_periods_that_are_over(question: str) -> None:
    assert not any("isn't over" in one for one in _planned(question).interpretation.assumptions)


def test_the_title_of_growth_says_so_far() -> None:
    assert _planned("growth of refunds this year").title == "Growth of number of refunds from 2025 to 2026 so far"
