"""Over generated schemas and rows, compiled queries give what looking at every row gives: nothing is counted twice."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from services.ml_gateway.engine import prepare
from services.ml_gateway.engine.model import Catalog, Column, ColumnKey, DataType, Relationship, Table, TableKey
from services.ml_gateway.engine.query.compiling import compile_query
from services.ml_gateway.engine.query.model import (
    Aggregate,
    Both,
    Bucket,
    Change,
    Compare,
    Condition,
    Each,
    Exists,
    Field,
    Function,
    Not,
    Query,
    Rows,
    Running,
    Share,
)
from services.ml_gateway.engine.query.schema import Schema
from services.ml_gateway.engine.reading import Grain, Operator
from tests.engine.brute_force import BruteForce, Data

_NAMES = ("ant", "bee", "cat", "dog")
_LABELS = ("x", "y", "z")
_DAYS = ("2023-12-31", "2024-01-01", "2024-01-31", "2024-02-29", "2024-05-05", "2024-12-30", "2025-01-06")
# The same examples in every run, and none kept between runs.
_EXAMPLES = settings(max_examples=250, deadline=None, derandomize=True, database=None)
_OPERATORS = (Operator.EQUAL, Operator.NOT_EQUAL, Operator.GREATER, Operator.AT_MOST)


@st.composite
def worlds(draw: st.DrawFn) -> tuple[Catalog, Data]:
    """Two to four tables whose keys form a tree; keys may be empty or point to nothing."""
    chance = Random(draw(st.integers(0, 2**32)))
    many = draw(st.integers(2, 4))
    links: list[tuple[int, int]] = []
    for later in range(1, many):
        earlier = draw(st.integers(0, later - 1))
        links.append((later, earlier) if draw(st.booleans()) else (earlier, later))
    tables, relationships = [], []
    data: dict[TableKey, list[dict[str, Any]]] = {}
    for number in range(many):
        key = TableKey("", _NAMES[number])
        columns = [
            Column("id", DataType.INTEGER, nullable=False),
            Column("size", DataType.INTEGER),
            Column("label", DataType.TEXT, samples=_LABELS, samples_complete=True),
            Column("day", DataType.DATE),
        ]
        targets = [one for child, one in links if child == number]
        columns += [Column(f"{_NAMES[target]}_id", DataType.INTEGER) for target in targets]
        tables.append(Table("", key.name, tuple(columns), primary_key=("id",)))
        relationships += [
            Relationship(key, (f"{_NAMES[target]}_id",), TableKey("", _NAMES[target]), ("id",)) for target in targets
        ]
        rows = []
        for identifier in range(1, chance.randint(1, 6)):
            row: dict[str, Any] = {
                "id": identifier,
                "size": chance.choice((None, 1, 2, 3, 4)),
                "label": chance.choice((None, *_LABELS)),
                "day": chance.choice((None, *_DAYS)),
            }
            row |= {f"{_NAMES[target]}_id": chance.choice((None, 1, 1, 2, 2, 3, 9)) for target in targets}
            rows.append(row)
        data[key] = rows
    return Catalog(tuple(tables), tuple(relationships), dialect="sqlite"), data


def _field(table: TableKey, column: str) -> Field:
    return Field(ColumnKey(table, column))


def _comparison(draw: st.DrawFn, table: TableKey) -> Compare:
    if draw(st.booleans()):
        operator = draw(st.sampled_from((Operator.EQUAL, Operator.NOT_EQUAL)))
        return Compare(_field(table, "label"), operator, (draw(st.sampled_from(_LABELS)),))
    return Compare(_field(table, "size"), draw(st.sampled_from(_OPERATORS)), (float(draw(st.integers(1, 4))),))


def _conditions(draw: st.DrawFn, tables: list[TableKey], free: list[TableKey]) -> Condition | None:
    made: list[Condition] = [_comparison(draw, draw(st.sampled_from(tables))) for _ in range(draw(st.integers(0, 2)))]
    exists = draw(st.booleans())
    if free and exists:
        table = draw(st.sampled_from(free))
        there = Exists(Rows(table), _comparison(draw, table) if draw(st.booleans()) else None)
        made.append(Not(there) if draw(st.booleans()) else there)
    return None if not made else made[0] if len(made) == 1 else Both(tuple(dict.fromkeys(made)))


@st.composite
def numbers(draw: st.DrawFn, catalog: Catalog, *, most: int) -> Query:
    """One or more numbers, of one table or of several, by a value, by an entity or over all."""
    tables = [table.key for table in catalog.tables]
    homes = [draw(st.sampled_from(tables)) for _ in range(draw(st.integers(1, most)))]
    functions = (Function.SUM, Function.AVG, Function.COUNT) if len(homes) > 1 else tuple(Function)
    shown = []
    for home in homes:
        function = draw(st.sampled_from(functions))
        shown.append(Aggregate(function, Rows(home) if function is Function.COUNT else _field(home, "size")))
    group: tuple[Field | Rows, ...] = ()
    keys: tuple[Field, ...] = ()
    by = draw(st.sampled_from((None, *tables)))
    if by is not None:
        label = _field(by, "label")
        keys, group = (label,), ((Rows(by),) if draw(st.booleans()) else (label,))
    free = [table for table in tables if table not in homes and table != by] if len(homes) == 1 else []
    where = _conditions(draw, tables, free)
    return Query((*keys, *dict.fromkeys(shown)), where=where, group=group)


@st.composite
def series(draw: st.DrawFn, catalog: Catalog) -> Query:
    """Numbers over groups by a date, or by a date and a value."""
    tables = [table.key for table in catalog.tables]
    home, dated, other = (draw(st.sampled_from(tables)) for _ in range(3))
    grain = draw(st.sampled_from((Grain.DAY, Grain.WEEK, Grain.MONTH, Grain.QUARTER, Grain.YEAR)))
    along = Bucket(_field(dated, "day"), grain)
    keys: tuple[Field | Bucket, ...] = (along, _field(other, "label")) if draw(st.booleans()) else (along,)
    function = draw(st.sampled_from((Function.SUM, Function.COUNT)))
    of = Aggregate(function, Rows(home) if function is Function.COUNT else _field(home, "size"))
    since = Grain.YEAR if grain in (Grain.MONTH, Grain.QUARTER) and draw(st.booleans()) else None
    shown = (Share(of, per=keys[1:]), Running(of, along), Change(of, along, since=since), Change(of, along, True))
    return Query((*keys, *shown), where=_conditions(draw, tables, []), group=keys)


@st.composite
def each_by_its_own(draw: st.DrawFn, catalog: Catalog) -> Query:
    """Numbers of several tables, by a date or a value that each has a column of its own for."""
    tables = [table.key for table in catalog.tables]
    homes = draw(st.lists(st.sampled_from(tables), min_size=2, max_size=3, unique=True))
    counted = [Aggregate(Function.COUNT, Rows(home)) for home in homes]
    summed = [Aggregate(Function.SUM, _field(home, "size")) for home in homes]
    name = draw(st.sampled_from(("label", "day")))
    field = replace(_field(homes[0], name), alike=tuple(_field(home, name) for home in homes[1:]))
    key = field if name == "label" else Bucket(field, Grain.MONTH)
    return Query((key, *counted, *summed), group=(key,))


@st.composite
def of_each(draw: st.DrawFn, catalog: Catalog) -> Query:
    """A number over a number of each row of a table."""
    tables = [table.key for table in catalog.tables]
    home, entity = draw(st.sampled_from(tables)), draw(st.sampled_from(tables))
    of = Aggregate(Function.SUM, _field(home, "size")) if draw(st.booleans()) else Aggregate(Function.COUNT, Rows(home))
    with_none = draw(st.booleans())
    functions = (Function.AVG, Function.MAX, Function.MIN, Function.SUM, Function.COUNT, Function.MEDIAN)
    one = Aggregate(draw(st.sampled_from(functions)), Each(of, (Rows(entity),), with_none))
    return Query((one,), where=None if with_none else _conditions(draw, tables, []))


@st.composite
def lists(draw: st.DrawFn, catalog: Catalog) -> Query:
    tables = [table.key for table in catalog.tables]
    subject = draw(st.sampled_from(tables))
    where = _conditions(draw, tables, [table for table in tables if table != subject])
    return Query((_field(subject, "id"), _field(subject, "label")), subject=Rows(subject), where=where)


def _run(sql: str, catalog: Catalog, data: Data) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(":memory:")
    try:
        for table in catalog.tables:
            names = ", ".join(f'"{column.name}"' for column in table.columns)
            connection.execute(f'CREATE TABLE "{table.name}" ({names})')
            for row in data[table.key]:
                marks = ", ".join("?" * len(table.columns))
                connection.execute(f'INSERT INTO "{table.name}" VALUES ({marks})', [row[c.name] for c in table.columns])
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def _bag(rows: Sequence[tuple[Any, ...]]) -> list[tuple[str, ...]]:
    return sorted(tuple(f"{v:.6f}" if isinstance(v, int | float) else repr(v) for v in row) for row in rows)


def schema(catalog: Catalog) -> Schema:
    return Schema(prepare(catalog))


def _check(query: Query, catalog: Catalog, data: Data) -> None:
    sql = compile_query(query, schema(catalog), timezone="UTC").sql
    assert _bag(_run(sql, catalog, data)) == _bag(BruteForce(catalog, data).answer(query)), sql


@_EXAMPLES
@given(st.data())
def test_one_number(drawn: st.DataObject) -> None:
    catalog, data = drawn.draw(worlds())
    _check(drawn.draw(numbers(catalog, most=1)), catalog, data)


@_EXAMPLES
@given(st.data())
def test_numbers_of_several_tables(drawn: st.DataObject) -> None:
    catalog, data = drawn.draw(worlds())
    _check(drawn.draw(numbers(catalog, most=3)), catalog, data)


@_EXAMPLES
@given(st.data())
def test_numbers_over_groups(drawn: st.DataObject) -> None:
    catalog, data = drawn.draw(worlds())
    _check(drawn.draw(series(catalog)), catalog, data)


@_EXAMPLES
@given(st.data())
def test_numbers_of_each(drawn: st.DataObject) -> None:
    catalog, data = drawn.draw(worlds())
    _check(drawn.draw(of_each(catalog)), catalog, data)


@_EXAMPLES
@given(st.data())
def test_each_by_its_own_column(drawn: st.DataObject) -> None:
    catalog, data = drawn.draw(worlds())
    _check(drawn.draw(each_by_its_own(catalog)), catalog, data)


@_EXAMPLES
@given(st.data())
def test_lists_of_subjects(drawn: st.DataObject) -> None:
    catalog, data = drawn.draw(worlds())
    _check(drawn.draw(lists(catalog)), catalog, data)
