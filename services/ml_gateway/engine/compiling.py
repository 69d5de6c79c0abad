"""A reading into SQL: a tree for each part, then, where there are several, all of them stitched by their groups."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlglot import exp

from services.ml_gateway.engine.columns import output_columns
from services.ml_gateway.engine.dialects import adapted, divided
from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.model import TableKey
from services.ml_gateway.engine.outcome import OutputColumn
from services.ml_gateway.engine.reading import Output, Reading
from services.ml_gateway.engine.selecting import compare, select_list, select_part


@dataclass(frozen=True, slots=True)
class Compiled:
    """tables are all that the SQL names, in its order: a metric's own conditions may need more than its base."""

    sql: str
    columns: tuple[OutputColumn, ...]
    tables: tuple[TableKey, ...]


def compile_reading(reading: Reading, index: Index, timezone: str) -> Compiled:
    """SQL in the catalog's dialect. Raises Unreadable when a metric's definition can't be used."""
    columns = output_columns(reading, index)
    if not reading.outputs:
        query = select_list(reading, columns, index, timezone)
    elif len(reading.parts) == 1:
        query = _one(reading, columns, index, timezone)
    else:
        query = _stitched(reading, columns, index, timezone)
    tables = dict.fromkeys(TableKey(table.db, table.name) for table in query.find_all(exp.Table))
    query = adapted(query, index.catalog.dialect)
    return Compiled(query.sql(dialect=index.catalog.dialect, identify=True), columns, tuple(tables))


def _one(reading: Reading, columns: Sequence[OutputColumn], index: Index, timezone: str) -> exp.Select:
    built = select_part(reading.parts[0], index, timezone)
    outputs = [_output(output, built.measures, index.catalog.dialect) for output in reading.outputs]
    selected = [*built.dimensions, *outputs]
    query = built.query.select(*(e.copy().as_(c.name, quoted=True) for e, c in zip(selected, columns, strict=True)))
    if built.groups:
        query = query.group_by(*(group.copy() for group in built.groups))
    for having in reading.having:
        query = query.having(compare(outputs[having.output].copy(), having.operator, having.values))
    return _ordered(query, reading, columns, built.groups)


def _stitched(reading: Reading, columns: Sequence[OutputColumn], index: Index, timezone: str) -> exp.Select:
    """Each part grouped by itself and put under the others; a second grouping brings equal groups together.

    Parts are never joined, so no row of one can multiply another's, and a group that only one part has is kept.
    """
    names = [column.name for column in columns if not column.is_measure]
    total = len(reading.measures)
    branches: list[exp.Query] = []
    start = 0
    for part in reading.parts:
        built = select_part(part, index, timezone)
        own = range(start, start + len(part.measures))
        start += len(part.measures)
        selected = [e.copy().as_(name, quoted=True) for e, name in zip(built.dimensions, names, strict=True)]
        for position in range(total):
            value = built.measures[position - own.start].copy() if position in own else exp.Null()
            if position not in own and index.catalog.dialect == "postgres":  # there a bare NULL is a text
                value = exp.cast(value, exp.DataType.Type.DECIMAL)
            selected.append(value.as_(f"measure_{position + 1}", quoted=True))
        query = built.query.select(*selected)
        branches.append(query.group_by(*(group.copy() for group in built.groups)) if built.groups else query)
    union = branches[0]
    for branch in branches[1:]:
        union = exp.union(union, branch, distinct=False)
    groups = [exp.column(name, table="parts", quoted=True) for name in names]
    measures = [exp.Max(this=exp.column(f"measure_{n + 1}", table="parts", quoted=True)) for n in range(total)]
    outputs = [_output(output, measures, index.catalog.dialect) for output in reading.outputs]
    query = exp.select(
        *(e.copy().as_(c.name, quoted=True) for e, c in zip([*groups, *outputs], columns, strict=True))
    ).from_(union.subquery("parts"))
    if groups:
        query = query.group_by(*(group.copy() for group in groups))
    for having in reading.having:
        query = query.having(compare(outputs[having.output].copy(), having.operator, having.values))
    return _ordered(query, reading, columns, groups)


def _output(output: Output, measures: Sequence[exp.Expr], dialect: str) -> exp.Expr:
    if output.divisor is None:
        return measures[output.measure].copy()
    return divided(measures[output.measure].copy(), measures[output.divisor].copy(), dialect)


def _ordered(
    query: exp.Select, reading: Reading, columns: Sequence[OutputColumn], groups: Sequence[exp.Expr]
) -> exp.Select:
    """The asked order first; then dates upward, else numbers downward; at last every group, so that order is stable."""
    keys: list[tuple[str, bool]] = []
    names = [column.name for column in columns]
    dimensions = [column.name for column in columns if not column.is_measure]
    measures = [column.name for column in columns if column.is_measure]
    if reading.order and reading.order.output is not None:
        keys.append((measures[reading.order.output], reading.order.descending))
    elif reading.order and reading.order.dimension is not None:
        keys.append((_dimension_names(reading, columns)[reading.order.dimension], reading.order.descending))
    elif dimensions:
        dated = [column.name for column in columns if column.grain]
        keys += [(name, False) for name in dated]
        keys += [] if dated and len(dimensions) == 1 else [(measures[0], True)]
    keys += [(name, False) for name in dimensions if name not in {key for key, _ in keys}]
    for name, descending in keys:
        assert name in names
        ordered = exp.Ordered(this=exp.column(name, quoted=True), desc=descending, nulls_first=False)
        query = query.order_by(ordered)
    if reading.limit is not None:
        query = query.limit(reading.limit)
    return query


def _dimension_names(reading: Reading, columns: Sequence[OutputColumn]) -> list[str]:
    names, position = [], 0
    for dimension in reading.dimensions:
        names.append(columns[position].name)
        position += len(dimension.columns)
    return names
