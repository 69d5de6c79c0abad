"""Ranges of time, and what day it is where the asker sits."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from services.ml_gateway.engine import Planned, plan, prepare
from services.ml_gateway.engine.reading import Grain
from services.ml_gateway.engine.timeranges import Today, find_times
from services.ml_gateway.engine.tokens import tokenize
from tests.engine.catalogs import shop

_TIMES: dict[str, list[Any]] = yaml.safe_load((Path(__file__).parent / "cases" / "times.yaml").read_text())


@pytest.mark.parametrize("phrase", _TIMES)
def test_range(phrase: str) -> None:
    tokens = tokenize(f"orders {phrase}")
    (mention,) = find_times(tokens, Today(date(2026, 2, 10)))
    assert mention.span
    assert [mention.span.start, mention.span.end] == _TIMES[phrase]
    assert (mention.first, mention.last) == (1, len(tokens))


@pytest.mark.parametrize(
    ("phrase", "grain"),
    [("by month", Grain.MONTH), ("per day", Grain.DAY), ("each week", Grain.WEEK), ("quarterly", Grain.QUARTER),
     ("over time", Grain.MONTH), ("for each year", Grain.YEAR)],
)  # fmt: skip
def test_grain(phrase: str, grain: Grain) -> None:
    (mention,) = find_times(tokenize(f"orders {phrase}"), Today(date(2026, 2, 10)))
    assert mention.grain is grain


@pytest.mark.parametrize("phrase", ["orders over 2000", "more than 2020 orders", "may I see orders"])
def test_no_range(phrase: str) -> None:
    assert not [m for m in find_times(tokenize(phrase), Today(date(2026, 2, 10))) if m.span]


def test_the_askers_zone_decides_the_day_and_the_instants() -> None:
    index = prepare(shop())
    late = datetime(2026, 1, 31, 23, 30, tzinfo=UTC)  # already February in Berlin
    outcome = plan("how many orders this month", index, now=late, timezone="Europe/Berlin")
    assert isinstance(outcome, Planned)
    assert "'2026-02-01 00:00:00+01:00'" in outcome.sql
    assert "'2026-03-01 00:00:00+01:00'" in outcome.sql
    by_day = plan("orders by day", index, now=late, timezone="Europe/Berlin")
    assert isinstance(by_day, Planned)
    assert "AT TIME ZONE 'Europe/Berlin'" in by_day.sql
