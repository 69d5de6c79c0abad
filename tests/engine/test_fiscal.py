"""Fiscal years that don't begin in January, and weeks that don't begin on Monday: as the catalog says."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from services.ml_gateway.engine import Planned, plan, prepare
from services.ml_gateway.engine.timeranges import Today, find_times
from services.ml_gateway.engine.tokens import tokenize
from tests.engine.catalogs import shop
from tests.engine.data import database

APRIL, JULY = 4, 7
# On 10 February 2026, with years that begin in April, and in July.
PERIODS = {
    "this fiscal year": ((date(2025, 4, 1), date(2026, 4, 1)), (date(2025, 7, 1), date(2026, 7, 1))),
    "in the current financial year": ((date(2025, 4, 1), date(2026, 4, 1)), (date(2025, 7, 1), date(2026, 7, 1))),
    "last fiscal year": ((date(2024, 4, 1), date(2025, 4, 1)), (date(2024, 7, 1), date(2025, 7, 1))),
    "in the previous fiscal year": ((date(2024, 4, 1), date(2025, 4, 1)), (date(2024, 7, 1), date(2025, 7, 1))),
    "in the last 2 fiscal years": ((date(2023, 4, 1), date(2025, 4, 1)), (date(2023, 7, 1), date(2025, 7, 1))),
    "in fiscal year 2025": ((date(2024, 4, 1), date(2025, 4, 1)), (date(2024, 7, 1), date(2025, 7, 1))),
    "in FY25": ((date(2024, 4, 1), date(2025, 4, 1)), (date(2024, 7, 1), date(2025, 7, 1))),
    "FY 2024": ((date(2023, 4, 1), date(2024, 4, 1)), (date(2023, 7, 1), date(2024, 7, 1))),
    "since FY2024": ((date(2023, 4, 1), None), (date(2023, 7, 1), None)),
    "before fiscal 2025": ((None, date(2024, 4, 1)), (None, date(2024, 7, 1))),
    "fiscal year to date": ((date(2025, 4, 1), date(2026, 2, 11)), (date(2025, 7, 1), date(2026, 2, 11))),
    "this fiscal quarter": ((date(2026, 1, 1), date(2026, 4, 1)), (date(2026, 1, 1), date(2026, 4, 1))),
    "last fiscal quarter": ((date(2025, 10, 1), date(2026, 1, 1)), (date(2025, 10, 1), date(2026, 1, 1))),
    "in fiscal Q2 2025": ((date(2024, 7, 1), date(2024, 10, 1)), (date(2024, 10, 1), date(2025, 1, 1))),
    "Q2 FY2025": ((date(2024, 7, 1), date(2024, 10, 1)), (date(2024, 10, 1), date(2025, 1, 1))),
    "in Q1 of fiscal year 2026": ((date(2025, 4, 1), date(2025, 7, 1)), (date(2025, 7, 1), date(2025, 10, 1))),
    "this year": ((date(2026, 1, 1), date(2027, 1, 1)), (date(2026, 1, 1), date(2027, 1, 1))),
    "Q2 2025": ((date(2025, 4, 1), date(2025, 7, 1)), (date(2025, 4, 1), date(2025, 7, 1))),
}  # fmt: skip


@pytest.mark.parametrize("phrase", PERIODS)
@pytest.mark.parametrize(("place", "first"), [(0, APRIL), (1, JULY)])
def test_a_period(phrase: str, place: int, first: int) -> None:
    tokens = tokenize(f"orders {phrase}")
    (mention,) = find_times(tokens, Today(date(2026, 2, 10), 0, first))
    assert mention.span
    assert (mention.span.start, mention.span.end) == PERIODS[phrase][place]
    assert (mention.first, mention.last) == (1, len(tokens))


def test_fiscal_quarters_of_months_that_cut_the_calendars() -> None:
    (mention,) = find_times(tokenize("orders this fiscal quarter"), Today(date(2026, 2, 10), 0, 2))
    assert mention.span
    assert (mention.span.start, mention.span.end) == (date(2026, 2, 1), date(2026, 5, 1))
    assert mention.span.label == "fiscal Q1 2027"


@pytest.mark.parametrize("phrase", ["orders", "fiscal orders", "financial reports of this year's orders", "fyi orders"])
def test_what_is_no_fiscal_period(phrase: str) -> None:
    mentions = find_times(tokenize(phrase), Today(date(2026, 2, 10), 0, APRIL))
    assert not any("fiscal" in mention.span.label for mention in mentions if mention.span)


def _answer(question: str, **settings: int) -> tuple[list[tuple[object, ...]], str]:
    catalog = replace(shop(), dialect="sqlite", **settings)  # type: ignore[arg-type]
    outcome = plan(question, prepare(catalog), now=datetime(2026, 2, 10, 12, tzinfo=UTC))
    assert isinstance(outcome, Planned), outcome
    connection = database(catalog)
    rows = connection.execute(outcome.sql).fetchall()
    connection.close()
    return rows, outcome.sql


def test_an_answer_is_of_the_catalogs_own_year() -> None:
    calendar, april = (_answer("revenue last fiscal year", fiscal_year_starts_in=first) for first in (1, APRIL))
    assert calendar[0] != april[0]
    assert "2025-01-01" in calendar[1]
    assert "2024-04-01" in april[1]
    assert "2025-04-01" in april[1]


def test_an_answer_is_of_the_catalogs_own_week() -> None:
    monday, sunday = (_answer("how many orders this week", week_starts_on=first) for first in (0, 6))
    assert "2026-02-09" in monday[1]
    assert "2026-02-08" in sunday[1]
