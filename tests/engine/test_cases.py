"""Questions over schemas of several trades: their SQL gives what SQL written by hand gives.

`enough` says how many of its columns, from the first, are an answer too: "which teacher …" needs no number.
"""

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from services.ml_gateway.engine import Index, NeedsClarification, Planned, Refused, plan, prepare
from services.ml_gateway.engine.reader.planning import BAR
from tests.engine.catalogs import CATALOGS as SMALL
from tests.engine.data import NOW, READ, database
from tests.engine.trades import TRADES

CATALOGS = SMALL | TRADES

_CASES = Path(__file__).parent / "cases"


def _cases() -> Iterator[Any]:
    for name in CATALOGS:
        for case in yaml.safe_load((_CASES / f"{name}.yaml").read_text()):
            yield pytest.param(name, case, id=f"{name}: {case['question']}")


@pytest.fixture(scope="module")
def indexes() -> Mapping[str, Index]:
    return {name: prepare(replace(build(), dialect="sqlite")) for name, build in CATALOGS.items()}


@pytest.fixture(scope="module")
def databases() -> Iterator[Mapping[str, sqlite3.Connection]]:
    opened = {name: database(build()) for name, build in CATALOGS.items()}
    yield opened
    for connection in opened.values():
        connection.close()


@pytest.mark.parametrize(("name", "case"), list(_cases()))
def test_case(
    name: str, case: dict[str, Any], indexes: Mapping[str, Index], databases: Mapping[str, sqlite3.Connection]
) -> None:
    outcome = plan(case["question"], indexes[name], now=NOW, bar=READ if "sql" in case else BAR)
    if "sql" in case:
        assert isinstance(outcome, Planned), outcome
        expected = [_rounded(databases[name].execute(sql).fetchall()) for sql in _listed(case["sql"])]
        found = _rounded(databases[name].execute(outcome.sql).fetchall())
        fewer = [[row[: case.get("enough", len(row))] for row in rows] for rows in expected]
        assert any(_alike(found, rows) for rows in (*expected, *fewer)), outcome.sql
        assert all(expected)
        assert outcome.chart.kind == case.get("chart", outcome.chart.kind)
    elif "refused" in case:
        assert isinstance(outcome, Refused), outcome
        assert outcome.reason == case["refused"], outcome
        assert list(outcome.words) == case.get("words", list(outcome.words))
    else:
        assert isinstance(outcome, NeedsClarification), outcome
        assert outcome.kind == case["clarified"]
        assert 2 <= len(outcome.options) <= 4


def test_what_is_answered_at_the_usual_bar_is_right(
    indexes: Mapping[str, Index], databases: Mapping[str, sqlite3.Connection]
) -> None:
    answered = 0
    for one in _cases():
        name, case = one.values
        outcome = plan(case["question"], indexes[name], now=NOW)
        if not isinstance(outcome, Planned):
            continue
        assert "sql" in case, (case["question"], outcome.sql)
        expected = [_rounded(databases[name].execute(sql).fetchall()) for sql in _listed(case["sql"])]
        fewer = [[row[: case.get("enough", len(row))] for row in rows] for rows in expected]
        found = _rounded(databases[name].execute(outcome.sql).fetchall())
        assert any(_alike(found, rows) for rows in (*expected, *fewer)), (case["question"], outcome.sql)
        answered += 1
    assert answered > 80


def test_every_option_settles_what_it_was_asked_for(indexes: Mapping[str, Index]) -> None:
    settled = 0
    for case in _cases():
        name, content = case.values
        outcome = plan(content["question"], indexes[name], now=NOW)
        if isinstance(outcome, NeedsClarification):
            for option in outcome.options:
                again = plan(option.question, indexes[name], now=NOW, earlier=[content["question"]])
                same = isinstance(again, NeedsClarification) and (again.kind, again.start) == (
                    outcome.kind,
                    outcome.start,
                )
                assert not same, (option.question, again)
                assert not isinstance(again, Refused), (option.question, again)
                settled += 1
    assert settled > 10


def _listed(sql: str | list[str]) -> list[str]:
    return [sql] if isinstance(sql, str) else sql


def _alike(found: list[tuple[Any, ...]], expected: list[tuple[Any, ...]]) -> bool:
    """The same rows; those whose last figure is equal may stand in any order among themselves."""
    if found == expected:
        return True
    if sorted(map(repr, found)) != sorted(map(repr, expected)) or not found:
        return False
    return [row[-1] for row in found] == [row[-1] for row in expected]


def _rounded(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    return [tuple(round(value, 6) if isinstance(value, float) else value for value in row) for row in rows]
