"""Compiled queries give the same rows in every dialect."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from services.integration.boundary.guard import guard
from services.integration.boundary.model import ColumnType, Relation, Scope
from services.ml_gateway.engine import prepare
from services.ml_gateway.engine.query.compiling import Compiled, compile_query
from services.ml_gateway.engine.query.schema import Schema
from tests.builders.mariadb import MariaServer
from tests.builders.postgres import PostgresCluster
from tests.engine.business_queries import BUSINESS
from tests.engine.catalogs import CATALOGS
from tests.engine.data import database
from tests.engine.queries import QUERIES
from tests.engine.stores import Store, fill, in_schema, opened, plain

DIALECTS = ("duckdb", "clickhouse", "postgres", "mysql")
NAMES = [(name, query) for of in (QUERIES, BUSINESS) for name in of for query in of[name]("any")]


@cache
def schema_of(name: str, dialect: str) -> Schema:
    return Schema(prepare(replace(in_schema(CATALOGS[name](), f"{name}_data"), dialect=dialect)))


@cache
def business_schema_of(name: str, dialect: str) -> Schema:
    """Of an organization whose weeks begin on Sunday, and whose years in April."""
    catalog = replace(schema_of(name, dialect).catalog, week_starts_on=6, fiscal_year_starts_in=4)
    return Schema(prepare(catalog))


def compiled(name: str, query: str, dialect: str, timezone: str = "UTC") -> Compiled:
    if query in QUERIES[name]("any"):
        return compile_query(QUERIES[name](f"{name}_data")[query], schema_of(name, dialect), timezone=timezone)
    return compile_query(BUSINESS[name](f"{name}_data")[query], business_schema_of(name, dialect), timezone=timezone)


def guarded(name: str, query: str, dialect: str) -> str:
    """The SQL as the boundary lets it run."""
    relations = tuple(
        Relation(table.schema, table.name, tuple(ColumnType(column.name) for column in table.columns))
        for table in schema_of(name, dialect).catalog.tables
    )
    sql = compiled(name, query, dialect).sql
    return guard(sql, Scope(dialect, relations, "policy", (f"{name}_data",))).sql  # type: ignore[arg-type]


@pytest.fixture(scope="module", params=DIALECTS)
def store(
    request: pytest.FixtureRequest, postgres: PostgresCluster, mariadb: MariaServer
) -> Iterator[tuple[str, Store]]:
    dialect: str = request.param
    with opened(dialect, postgres, mariadb) as made:
        for name in QUERIES:
            fill(made, schema_of(name, dialect).catalog, dialect)
        yield dialect, made


@pytest.fixture(scope="module")
def reference() -> Iterator[Callable[[str, str], list[tuple[Any, ...]]]]:
    held: Mapping[str, Any] = {name: database(schema_of(name, "sqlite").catalog) for name in QUERIES}
    yield lambda name, sql: held[name].execute(sql).fetchall()
    for connection in held.values():
        connection.close()


@pytest.mark.parametrize(("name", "query"), NAMES)
def test_the_same_rows(
    name: str, query: str, store: tuple[str, Store], reference: Callable[[str, str], list[tuple[Any, ...]]]
) -> None:
    dialect, made = store
    expected = reference(name, guarded(name, query, "sqlite"))
    sql = guarded(name, query, dialect)
    assert plain(made.run(sql)) == plain(expected), sql


@pytest.mark.parametrize("dialect", ["sqlite", *DIALECTS])
def test_what_joins_drop_can_be_counted_everywhere(
    dialect: str, store: tuple[str, Store], reference: Callable[[str, str], list[tuple[Any, ...]]]
) -> None:
    facts = [fact for query in QUERIES["shop"]("any") for fact in compiled("shop", query, dialect).dropping]
    assert facts
    if dialect == store[0]:
        expected = {
            fact.relationship: fact.sql
            for query in QUERIES["shop"]("any")
            for fact in compiled("shop", query, "sqlite").dropping
            if fact.upward
        }
        for fact in facts:
            if fact.upward:
                assert plain(store[1].run(fact.sql)) == plain(reference("shop", expected[fact.relationship]))
