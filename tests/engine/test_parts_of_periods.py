"""Words of the calendar and the clock: what they name is asked for, or there is no answer; never one without them."""

import pytest

from services.ml_gateway.engine import Planned, Refused, plan, prepare
from tests.engine.catalogs import shop
from tests.engine.data import NOW

SHOP = prepare(shop())


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("orders in the last hour", "hour"),
        ("orders in the last weekend", "weekend"),
        ("orders at night", "night"),
        ("orders before noon", "noon"),
        ("orders between 9am and 5pm", "9am"),
        ("revenue in the morning", "morning"),
        ("revenue last 24 hours", "hours"),
        ("revenue in early 2025", "early"),
        ("revenue in mid 2025", "mid"),
        ("revenue in late December 2025", "late"),
        ("how many orders on the first day of each month", "day"),
        ("revenue at the end of 2025", "end"),
        ("revenue at the start of each month", "start"),
        ("revenue at month end", "month"),
        ("revenue before and after 1 June", "before"),
        ("revenue changed from 2024 to 2025 by country", "2024"),
    ],
)
def test_a_time_that_nothing_was_made_of_is_named(question: str, word: str) -> None:
    outcome = plan(question, SHOP, now=NOW)
    assert isinstance(outcome, Refused), outcome
    assert word in outcome.words
    assert word in outcome.message


@pytest.mark.parametrize(
    ("question", "limit"),
    [("worst month for revenue in 2025", 1), ("best month for revenue in 2024", 1), ("top 3 months for revenue", 3)],
)
def test_a_year_is_no_number_of_periods(question: str, limit: int) -> None:
    outcome = plan(question, SHOP, now=NOW)
    assert isinstance(outcome, Planned), outcome
    assert outcome.sql.endswith(f"LIMIT {limit}")


@pytest.mark.parametrize(
    "question",
    [
        "orders by month in 2025",
        "revenue by week",
        "how many orders on Mondays",
        "orders by hour",
        "revenue last quarter",
        "revenue in the month of March 2025",
        "revenue in the year of 2025",
    ],
)
def test_times_that_are_understood_are_answered(question: str) -> None:
    assert isinstance(plan(question, SHOP, now=NOW), Planned)
