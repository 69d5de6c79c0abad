"""A year said once for two periods, and the same part of an earlier period. Asked on Tuesday 2026-02-10."""

import re
from datetime import date

import pytest

from services.ml_gateway.engine import Planned, Refused, plan, prepare
from services.ml_gateway.engine.timeranges import Today, find_times
from services.ml_gateway.engine.tokens import tokenize
from tests.engine.catalogs import shop
from tests.engine.data import NOW

SHOP = prepare(shop())


def _spans(question: str) -> list[tuple[str, str]]:
    found = find_times(tokenize(question), Today(date(2026, 2, 10)))
    return [(str(one.span.start), str(one.span.end)) for one in found if one.span]


@pytest.mark.parametrize(
    ("question", "spans"),
    [
        ("revenue q1 vs q2 2025", [("2025-01-01", "2025-04-01"), ("2025-04-01", "2025-07-01")]),
        ("revenue q3 vs. q4 2024", [("2024-07-01", "2024-10-01"), ("2024-10-01", "2025-01-01")]),
        ("revenue jan vs feb 2025", [("2025-01-01", "2025-02-01"), ("2025-02-01", "2025-03-01")]),
        ("revenue in march and april 2024", [("2024-03-01", "2024-04-01"), ("2024-04-01", "2024-05-01")]),
        ("orders q1 and q2 last year", [("2025-01-01", "2025-04-01"), ("2025-04-01", "2025-07-01")]),
        ("orders december vs january 2025", [("2024-12-01", "2025-01-01"), ("2025-01-01", "2025-02-01")]),
        ("orders q1 2024 versus q2", [("2024-01-01", "2024-04-01"), ("2024-04-01", "2024-07-01")]),
        ("orders q4 2024 versus q1", [("2024-10-01", "2025-01-01"), ("2025-01-01", "2025-04-01")]),
        ("orders from q1 to q3 2025", [("2025-01-01", "2025-10-01")]),
        ("orders in march 2024 and q2 2025", [("2024-03-01", "2024-04-01"), ("2025-04-01", "2025-07-01")]),
        ("orders in march and in 2024", [("2025-03-01", "2025-04-01"), ("2024-01-01", "2025-01-01")]),
    ],
)
def test_a_year_said_once_holds_for_both(question: str, spans: list[tuple[str, str]]) -> None:
    assert _spans(question) == spans


@pytest.mark.parametrize(
    ("question", "days"),
    [
        ("revenue this year versus the same period last year", "2025-01-01 2025-02-11 2026-01-01 2026-02-11"),
        ("revenue this month vs same period last month", "2026-01-01 2026-01-11 2026-02-01 2026-02-11"),
        ("revenue 2026 so far compared to the same period in 2025", "2025-01-01 2025-02-11 2026-01-01 2026-02-11"),
        ("revenue this year to date vs the same period of 2024", "2024-01-01 2024-02-11 2026-01-01 2026-02-11"),
        ("revenue in january versus the same period last year", "2025-01-01 2025-02-01 2026-01-01 2026-02-01"),
    ],
)
def test_the_same_period_ends_on_the_same_day(question: str, days: str) -> None:
    outcome = plan(question, SHOP, now=NOW)
    assert isinstance(outcome, Planned), outcome
    assert len(outcome.columns) == 2
    assert sorted(re.findall(r"'(20\d\d-\d\d-\d\d)", outcome.sql)) == sorted(days.split())


@pytest.mark.parametrize(
    ("question", "word"),
    [("revenue growth this year versus the same period last year", "same"),
     ("revenue so far this year compared to last year", "compared")],
)  # fmt: skip
def test_parts_of_unequal_length_are_not_compared(question: str, word: str) -> None:
    outcome = plan(question, SHOP, now=NOW)
    assert isinstance(outcome, Refused), outcome
    assert word in outcome.message
