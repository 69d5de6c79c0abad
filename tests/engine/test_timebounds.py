"""Periods with one open end, decades and pairs of years."""

from datetime import date

import pytest

from services.ml_gateway.engine.periods import Today
from services.ml_gateway.engine.timeranges import find_times
from services.ml_gateway.engine.tokens import tokenize

TODAY = Today(date(2026, 3, 1))


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("built in 2010 or later", "2010-01-01", None),
        ("built in 2015 or earlier", None, "2016-01-01"),
        ("sold on 4 March 2024 or later", "2024-03-04", None),
        ("sold from May 2024 onwards", "2024-05-01", None),
        ("joined no later than 2018", None, "2019-01-01"),
        ("joined not before 2015", "2015-01-01", None),
        ("joined in or after 2015", "2015-01-01", None),
        ("opened prior to June 2020", None, "2020-06-01"),
        ("opened up to 2015", None, "2016-01-01"),
        ("built in the 1950s", "1950-01-01", "1960-01-01"),
        ("born in the eighties", "1980-01-01", "1990-01-01"),
        ("visits 2012-2014", "2012-01-01", "2015-01-01"),
        ("visits in the first week of March 2025", "2025-03-01", "2025-03-08"),
        ("visits in the second week of March 2025", "2025-03-08", "2025-03-15"),
        ("visits in the last week of 2025", "2025-12-25", "2026-01-01"),
        ("visits in the last 10 days of June 2025", "2025-06-21", "2025-07-01"),
        ("visits in the first 2 months of 2025", "2025-01-01", "2025-03-01"),
    ],
)
def test_bounds(words: str, start: str | None, end: str | None) -> None:
    (found,) = find_times(tokenize(words), TODAY)
    assert found.span
    assert (found.span.start and found.span.start.isoformat(), found.span.end and found.span.end.isoformat()) == (
        start, end,
    )  # fmt: skip


@pytest.mark.parametrize("words", ["halls of up to 2000 seats", "more than 50 or later", "tests of the 3s"])
def test_numbers_are_no_periods(words: str) -> None:
    assert not [one for one in find_times(tokenize(words), TODAY) if one.span]


def test_what_comes_after_is_no_bound() -> None:
    (found,) = find_times(tokenize("orders in 2024 and after that refunds"), TODAY)
    assert found.span
    assert found.span.end == date(2025, 1, 1)
