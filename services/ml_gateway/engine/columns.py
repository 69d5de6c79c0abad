"""The columns of a reading's result: names for SQL, labels for people, types and formats for display."""

from dataclasses import replace

from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.model import DataType, Format
from services.ml_gateway.engine.naming import (
    column_label,
    lowered,
    place_role,
    placed_label,
    plural,
    singular,
    table_label,
    title,
    words,
)
from services.ml_gateway.engine.outcome import OutputColumn
from services.ml_gateway.engine.reading import Aggregate, Dimension, Measure, Output, Part, PlacedColumn, Reading
from services.ml_gateway.engine.tokens import name_words

_AGGREGATE_LABELS = {
    Aggregate.SUM: "total", Aggregate.AVG: "average", Aggregate.MIN: "lowest", Aggregate.MAX: "highest",
}  # fmt: skip


def output_columns(reading: Reading, index: Index) -> tuple[OutputColumn, ...]:
    """In the order in which the SQL selects them: groups (or listed columns) first, then numbers."""
    found: list[OutputColumn] = []
    for dimension in reading.dimensions:
        for column in dimension.columns:
            found.append(_dimension(dimension, column, index))
    if not reading.outputs:
        found += [_plain(column, index, placed_label(column, index)) for column in reading.parts[0].columns]
    measures = reading.measures
    for output in reading.outputs:
        found.append(_number(output, *measures[output.measure], index))
    return _unique(found)


def _dimension(dimension: Dimension, column: PlacedColumn, index: Index) -> OutputColumn:
    if dimension.grain:
        return OutputColumn(
            dimension.grain.value, title(dimension.grain.value), DataType.DATE, grain=dimension.grain.value
        )
    label = placed_label(column, index)
    if (
        dimension.entity
        and len(dimension.columns) == 1
        and words(column.column) in ("name", "title", "label", "full name")
    ):
        label = singular(table_label(column.place.table, index))
        role = placed_label(column, index).removesuffix(column_label(column.key, index)).strip()
        last = index.catalog.relationships[column.place.path[-1].relationship] if role else None
        label = role if last and last.table == last.target else f"{role} {label}".strip()  # "manager"
    elif dimension.entity and (column.column,) == index.catalog.by_key[column.place.table].primary_key:
        own = singular(table_label(column.place.table, index))
        label = label if own.lower() in label.lower() else f"{own} {label}"
    elif not dimension.entity and column.place.path and not place_role(column.place, index):
        label = _owned(label, column, index)
    return _plain(column, index, label)


def _owned(label: str, column: PlacedColumn, index: Index) -> str:
    """ "Patient city" where departments are in cities too."""
    name = name_words(column.column)
    others = [t for t in index.catalog.tables if t.key != column.place.table]
    owner = singular(table_label(column.place.table, index)).lower()
    if set(name_words(owner)) <= set(name_words(label)):
        return label
    shared = any(name_words(other.name) == name for table in others for other in table.columns)
    return f"{owner} {lowered(label)}" if shared else label


def _plain(column: PlacedColumn, index: Index, label: str) -> OutputColumn:
    known = index.catalog.columns[column.key]
    return OutputColumn(_name(label), title(label), known.data_type, known.format, known.unit)


def _number(output: Output, part: Part, measure: Measure, index: Index) -> OutputColumn:
    if output.metric:
        metric = index.metrics[output.metric]
        label = metric.label or words(metric.name)
        return OutputColumn(_name(label), title(label), DataType.NUMBER, metric.format, metric.unit, is_measure=True)
    if measure.column is None:
        label = f"number of {plural(table_label(part.base, index)).lower()}"
        return OutputColumn(_name(label), title(label), DataType.INTEGER, Format.INTEGER, is_measure=True)
    column = index.catalog.columns[measure.column.key]
    named = lowered(column_label(measure.column.key, index))
    if measure.aggregate is Aggregate.COUNT_DISTINCT:
        label = f"number of distinct {plural(named)}"
        return OutputColumn(_name(label), title(label), DataType.INTEGER, Format.INTEGER, is_measure=True)
    prefix = _AGGREGATE_LABELS[measure.aggregate]
    label = named if named.split()[:1] == [prefix] else f"{prefix} {named}"
    kept = measure.aggregate in (Aggregate.MIN, Aggregate.MAX)
    data_type = column.data_type if kept or measure.aggregate is Aggregate.SUM else DataType.NUMBER
    return OutputColumn(_name(label), title(label), data_type, column.format, column.unit, is_measure=True)


def _name(label: str) -> str:
    """A name for SQL that is safe in every dialect: lower-case words joined by underscores, at most 60 characters."""
    return "_".join("".join(c if c.isalnum() else " " for c in label.lower()).split())[:60] or "value"


def _unique(columns: list[OutputColumn]) -> tuple[OutputColumn, ...]:
    seen: dict[str, int] = {}
    unique = []
    for column in columns:
        seen[column.name] = seen.get(column.name, 0) + 1
        number = seen[column.name]
        unique.append(column if number == 1 else replace(column, name=f"{column.name}_{number}"))
    return tuple(unique)
