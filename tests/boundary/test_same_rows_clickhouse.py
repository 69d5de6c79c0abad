"""Guarded SQL gives the rows of what was proposed, on a real ClickHouse; and what is refused would have run there."""

import random
from collections.abc import Iterator

import pytest

from services.integration.boundary.guard import guard
from services.integration.boundary.refusals import QueryRefused
from tests.boundary import clickhouse_shop, shop
from tests.boundary.clickhouse_shop import Engine
from tests.boundary.loading import Case, cases

ALLOWED = list(cases("allowed_clickhouse.yaml"))
HARMFUL = [case for case in cases("refused_clickhouse.yaml") if case.runs]


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    with clickhouse_shop.running() as opened:
        yield opened


@pytest.mark.parametrize("case", ALLOWED, ids=lambda case: case.name)
def test_the_same_rows(case: Case, engine: Engine) -> None:
    same_rows(case.sql, engine)
    if case.columns:
        assert engine.ask(guard(case.sql, shop.scope("clickhouse")).sql).names == case.columns


@pytest.mark.parametrize("case", HARMFUL, ids=lambda case: case.name)
def test_the_engine_would_have_run_it(case: Case, engine: Engine) -> None:
    """The engine by itself doesn't stop it: the allow-list alone does."""
    assert engine.ask(case.sql).error == ""


def test_made_queries_give_the_same_rows(engine: Engine) -> None:
    """Queries put together at random, with names for results that are also columns, in every clause."""
    made = random.Random(20250101)
    allowed = sum(_compared(_made(made), engine) for _ in range(900))
    assert allowed > 150


def same_rows(sql: str, engine: Engine) -> None:
    guarded = guard(sql, shop.scope("clickhouse"))
    expected, answered = engine.ask(sql), engine.ask(guarded.sql)
    assert not expected.error, expected.error
    assert not answered.error, f"{guarded.sql}\n{answered.error}"
    rows = [row[: len(answered.rows[0])] for row in expected.rows] if answered.rows else []  # * leaves hidden ones out
    if "ORDER BY" in sql:
        assert list(answered.rows) == rows, guarded.sql
    else:
        assert sorted(answered.rows, key=repr) == sorted(rows, key=repr), guarded.sql


def _compared(sql: str, engine: Engine) -> bool:
    """Whether it was allowed; what neither reading can run says nothing."""
    try:
        guard(sql, shop.scope("clickhouse"))
    except QueryRefused:
        return False
    if engine.ask(sql).error:
        return False
    same_rows(sql, engine)
    return True


_COLUMNS = ("id", "store_id", "staff_id", "amount")
_NAMES = (*_COLUMNS, "n", "total", "region")


def _made(made: random.Random) -> str:
    def term() -> str:
        column = made.choice((*_COLUMNS, *_NAMES))
        column = f"s.{column}" if column in _COLUMNS and made.random() < 0.3 else column
        return made.choice((column, f"{column} + 1", f"intDiv({column}, 10)", f"-{column}", f"if({column} > 5, 1, 2)"))

    grouped = made.random() < 0.4
    names = made.sample(_NAMES, made.randint(1, 3))
    items = [f"{term()} AS {name}" for name in names]
    if grouped:
        items.append(f"{made.choice(('sum', 'max', 'min', 'count'))}({made.choice(_COLUMNS)}) AS {made.choice(_NAMES)}")
    source = made.choice(("sales AS s", "sales AS s", "sales AS s JOIN stores AS t ON s.store_id = t.id",
                          "(SELECT id, store_id, staff_id, amount AS amount FROM sales) AS s"))  # fmt: skip
    where = f" WHERE {term()} > {made.randint(0, 20)}" if made.random() < 0.6 else ""
    group = f" GROUP BY {', '.join(made.choice((name, term())) for name in names)}" if grouped else ""
    having = f" HAVING {term()} > {made.randint(0, 9)}" if grouped and made.random() < 0.4 else ""
    order = f" ORDER BY {', '.join(str(number + 1) for number in range(len(items)))}"
    order = made.choice(("", f" ORDER BY {term()}, {order[10:]}", order))
    return f"SELECT {', '.join(items)} FROM {source}{where}{group}{having}{order}"
