"""One question has one answer, whatever the database: the same rows in SQLite and in the four others.

Every statement also passes the query boundary of its dialect before it runs.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from services.integration.boundary.guard import guard
from services.integration.boundary.model import ColumnType, Relation, Scope
from services.ml_gateway.engine import Index, Planned, plan, prepare
from tests.builders.mariadb import MariaServer
from tests.builders.postgres import PostgresCluster
from tests.engine.catalogs import CATALOGS as SMALL
from tests.engine.data import NOW, READ, database
from tests.engine.stores import Store, fill, in_schema, opened, plain
from tests.engine.trades import TRADES

CATALOGS = SMALL | TRADES
DIALECTS = ("duckdb", "clickhouse", "postgres", "mysql")
_CASES = Path(__file__).parent / "cases"


@cache
def index(name: str, dialect: str) -> Index:
    return prepare(replace(in_schema(CATALOGS[name](), f"{name}_data"), dialect=dialect))


def _questions() -> Iterator[Any]:
    """Every question of the cases that has an answer, and a few about units of time."""
    for name in CATALOGS:
        for case in yaml.safe_load((_CASES / f"{name}.yaml").read_text()):
            if "sql" in case:
                yield pytest.param(name, case["question"], id=f"{name}: {case['question']}")
    for question in MORE:
        yield pytest.param("shop", question, id=f"shop: {question}")


MORE = (
    "orders by day", "orders by week in 2025", "revenue by month", "revenue by quarter", "orders by year",
    "average order value by quarter", "average amount of payments by method", "customers without orders in 2025",
    "orders in the last 3 months by country", "number of customers per country per year", "largest amount of payments",
    "orders not from Germany by month", "smallest amount of refunds in 1999", "total amount of refunds in 1999",
)  # fmt: skip
DAYS = ("orders by day", "orders by week", "orders by quarter", "how many orders in May 2025")


@pytest.fixture(scope="module", params=DIALECTS)
def store(
    request: pytest.FixtureRequest, postgres: PostgresCluster, mariadb: MariaServer
) -> Iterator[tuple[str, Store]]:
    dialect: str = request.param
    with opened(dialect, postgres, mariadb) as made:
        for name in CATALOGS:
            fill(made, index(name, dialect).catalog, dialect)
        yield dialect, made


@pytest.fixture(scope="module")
def reference() -> Iterator[Callable[[str, str], list[tuple[Any, ...]]]]:
    opened_ = {name: database(index(name, "sqlite").catalog) for name in CATALOGS}
    yield lambda name, sql: opened_[name].execute(sql).fetchall()
    for connection in opened_.values():
        connection.close()


@pytest.mark.parametrize(("name", "question"), list(_questions()))
def test_the_same_rows(
    name: str, question: str, store: tuple[str, Store], reference: Callable[[str, str], list[tuple[Any, ...]]]
) -> None:
    dialect, made = store
    expected = reference(name, guarded(question, name, "sqlite"))
    answered = made.run(guarded(question, name, dialect))
    assert plain(answered) == plain(expected), guarded(question, name, dialect)


@pytest.mark.parametrize("question", DAYS)
def test_days_begin_where_the_asker_is(question: str, store: tuple[str, Store], days: Mapping[str, Any]) -> None:
    """Hours are moved into the asker's time zone before they are cut; SQLite, without instants, is not asked."""
    dialect, made = store
    answered = plain(made.run(guarded(question, "shop", dialect, "America/New_York")))
    assert answered == days[question]


@pytest.fixture(scope="module")
def days() -> Mapping[str, Any]:
    """What DuckDB says, which the others are held to."""
    from tests.engine.stores import DuckdbStore

    made = DuckdbStore()
    fill(made, index("shop", "duckdb").catalog, "duckdb")
    return {q: plain(made.run(guarded(q, "shop", "duckdb", "America/New_York"))) for q in DAYS}


def guarded(question: str, name: str, dialect: str, timezone: str = "UTC") -> str:
    """The engine's SQL for the question, as the boundary lets it run."""
    held = index(name, dialect)
    outcome = plan(question, held, now=NOW, timezone=timezone, bar=READ)
    assert isinstance(outcome, Planned), outcome
    relations = tuple(
        Relation(table.schema, table.name, tuple(ColumnType(c.name) for c in table.columns))
        for table in held.catalog.tables
    )
    return guard(outcome.sql, Scope(dialect, relations, "policy", (f"{name}_data",))).sql  # type: ignore[arg-type]
