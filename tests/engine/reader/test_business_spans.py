"""Periods that lean on one that is named before them."""

from datetime import date

import pytest

from services.ml_gateway.engine.periods import Today
from services.ml_gateway.engine.reader.business.spans import further
from services.ml_gateway.engine.timeranges import find_times
from services.ml_gateway.engine.tokens import tokenize

TODAY = Today(date(2026, 2, 10))


def _spans(question: str) -> list[tuple[date | None, date | None]]:
    tokens = tokenize(question)
    return [(one.span.start, one.span.end) for one in further(tokens, find_times(tokens, TODAY)) if one.span]


def _year(number: int) -> tuple[date, date]:
    return date(number, 1, 1), date(number + 1, 1, 1)


@pytest.mark.parametrize(
    ("question", "spans"),
    [
        ("orders in 2024 and 2025", [_year(2024), _year(2025)]),
        ("compare orders in 2025 with 2024", [_year(2025), _year(2024)]),
        ("orders in 2023, 2024 and 2025", [_year(2023), _year(2024), _year(2025)]),
        ("orders over 2000 in 2025", [_year(2025)]),
        ("orders in 2025 above 2000", [_year(2025)]),
        (
            "orders last month and in the same month last year",
            [(date(2026, 1, 1), date(2026, 2, 1)), (date(2025, 1, 1), date(2025, 2, 1))],
        ),
        (
            "orders in Q1 2025 versus the same quarter a year earlier",
            [(date(2025, 1, 1), date(2025, 4, 1)), (date(2024, 1, 1), date(2024, 4, 1))],
        ),
        ("orders in the first half of 2025", [(date(2025, 1, 1), date(2025, 7, 1))]),
        ("orders in the second half of last year", [(date(2025, 7, 1), date(2026, 1, 1))]),
        ("orders in H2 2024", [(date(2024, 7, 1), date(2025, 1, 1))]),
    ],
)
def test_periods(question: str, spans: list[tuple[date, date]]) -> None:
    assert _spans(question) == spans


def test_a_leap_day_has_a_day_a_year_before() -> None:
    assert _spans("orders on 2024-02-29 and on the same day last year")[-1] == (date(2023, 2, 28), date(2023, 3, 1))
