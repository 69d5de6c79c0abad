"""The columns of a query's result: names for SQL, labels for people, types and formats for display."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from services.ml_gateway.engine.joins import role_words
from services.ml_gateway.engine.model import DataType, Format
from services.ml_gateway.engine.naming import column_label, lowered, plural, singular, table_label, title, words
from services.ml_gateway.engine.outcome import OutputColumn
from services.ml_gateway.engine.query.model import (
    Aggregate,
    Arithmetic,
    ArithmeticOperator,
    Bucket,
    Change,
    Compare,
    Cycle,
    Duration,
    Each,
    Expression,
    Field,
    Function,
    MetricValue,
    Query,
    Rows,
    Running,
    Share,
)
from services.ml_gateway.engine.query.rows import is_computed
from services.ml_gateway.engine.query.schema import Schema
from services.ml_gateway.engine.reading import Grain, Operator
from services.ml_gateway.engine.tokens import name_words

_LABELS = {
    Function.SUM: "total", Function.AVG: "average", Function.MIN: "lowest", Function.MAX: "highest",
    Function.MEDIAN: "median",
}  # fmt: skip
_SIGNS = {
    ArithmeticOperator.PLUS: "plus", ArithmeticOperator.MINUS: "minus", ArithmeticOperator.TIMES: "times",
    ArithmeticOperator.DIVIDED_BY: "per",
}  # fmt: skip


def output_columns(query: Query, schema: Schema) -> tuple[OutputColumn, ...]:
    """In the order in which they are shown; names differ."""
    tables = {one.key.table for one in query.show if isinstance(one, Field)}
    found = [_column(one, query, schema, several=len(tables) > 1) for one in query.show]
    return _unique(found)


def _column(one: Expression, query: Query, schema: Schema, *, several: bool) -> OutputColumn:
    index = schema.index
    match one:
        case Field():
            return _field(one, query, schema, several=several)
        case Bucket():
            return _bucket(one)
        case Duration():
            ends = [_moment(end, schema) for end in (one.start, one.end)]
            return _made(f"{one.unit.value} from {ends[0]} to {ends[1]}", DataType.NUMBER)
        case MetricValue():
            metric = index.metrics[one.name]
            label = metric.label or words(metric.name)
            return _made(label, DataType.NUMBER, metric.format, metric.unit)
        case Aggregate():
            return _number(one, schema)
        case Each():
            return _column(one.of, query, schema, several=several)
        case Share():
            inner = _column(one.of, query, schema, several=several)
            return _made(f"share of {lowered(inner.label)}", DataType.NUMBER, Format.PERCENT)
        case Running():
            inner = _column(one.of, query, schema, several=several)
            return _made(f"running {lowered(inner.label)}", inner.data_type, inner.format, inner.unit)
        case Change():
            inner = _column(one.of, query, schema, several=several)
            if one.relative:
                return _made(f"growth of {lowered(inner.label)}", DataType.NUMBER, Format.PERCENT)
            return _made(f"change of {lowered(inner.label)}", inner.data_type, inner.format, inner.unit)
        case Arithmetic():
            left, right = (_column(side, query, schema, several=several) for side in (one.left, one.right))
            label = f"{left.label} {_SIGNS[one.operator]} {lowered(right.label)}"
            kept = one.operator in (ArithmeticOperator.PLUS, ArithmeticOperator.MINUS) and left.unit == right.unit
            made = _made(label, DataType.NUMBER, left.format if kept else Format.NONE, left.unit if kept else "")
            return replace(made, is_measure=is_computed(one))


def _bucket(one: Bucket) -> OutputColumn:
    named = f"fiscal {one.grain.value}" if one.fiscal else one.grain.value
    if isinstance(one.grain, Cycle):
        kind = DataType.TEXT if one.grain in (Cycle.WEEKDAY, Cycle.MONTH_OF_YEAR) else DataType.INTEGER
        return OutputColumn(_name(named), title(named), kind)
    if one.fiscal:
        return OutputColumn(_name(named), title(named), DataType.TEXT)
    kind = DataType.TIMESTAMP if one.grain is Grain.HOUR else DataType.DATE
    return OutputColumn(named, title(named), kind, grain=named)


def _field(one: Field, query: Query, schema: Schema, *, several: bool) -> OutputColumn:
    known = schema.catalog.columns[one.key]
    label = column_label(one.key, schema.index)
    owner = singular(table_label(one.key.table, schema.index))
    role = "" if one.role is None else " ".join(role_words(schema.catalog.relationships[one.role]))
    entity = one.rows in query.group and words(one.key.name) in ("name", "title", "label", "full name")
    if entity:
        label = role or owner
    elif role:
        label = f"{role} {label}"
    elif several and words(one.key.name) in ("name", "title", "label", "id", "code", "description"):
        # Beside another table's, a bare name would not say whose it is.
        label = _owned(owner, label)
    elif one in query.group and _is_one_of_several(one, query, schema):
        label = _owned(owner, label)
    return OutputColumn(_name(label), title(label), known.data_type, known.format, known.unit)


def _owned(owner: str, label: str) -> str:
    return label if set(name_words(owner)) <= set(name_words(label)) else f"{owner.lower()} {lowered(label)}"


def _is_one_of_several(one: Field, query: Query, schema: Schema) -> bool:
    """Whether a number of other rows is split by it, and columns of other tables are called so, too: whose city?"""
    counted = {shown.of.table for shown in query.show if isinstance(shown, Aggregate) and isinstance(shown.of, Rows)}
    counted |= {
        shown.of.key.table for shown in query.show if isinstance(shown, Aggregate) and isinstance(shown.of, Field)
    }
    if not counted or one.key.table in counted:
        return False
    return any(
        table.key != one.key.table and any(words(column.name) == words(one.key.name) for column in table.columns)
        for table in schema.catalog.tables
    )


def _narrowed(one: Aggregate, schema: Schema) -> OutputColumn:
    """The number with the values that narrow it: "number of orders (cancelled)"."""
    whole = _number(replace(one, where=None), schema)
    where = one.where
    if not (isinstance(where, Compare) and where.operator is Operator.EQUAL and isinstance(where.right, tuple)):
        return whole
    label = f"{whole.label} ({', '.join(str(value) for value in where.right)})"
    return replace(whole, name=_name(label), label=label)


def _number(one: Aggregate, schema: Schema) -> OutputColumn:
    if one.where is not None:
        return _narrowed(one, schema)
    if isinstance(one.of, Rows):
        return _counted(f"number of {plural(table_label(one.of.table, schema.index)).lower()}")
    if isinstance(one.of, Each):
        inner = _column(one.of.of, Query(()), schema, several=False)
        per = " and ".join(_entity(key, schema) for key in one.of.by)
        form = inner.format if inner.format is Format.CURRENCY else Format.NONE
        return _made(f"{_prefix(one)} {lowered(inner.label)} per {per}", DataType.NUMBER, form, inner.unit)
    if isinstance(one.of, Arithmetic | Duration):
        inner = _column(one.of, Query(()), schema, several=False)
        return _made(f"{_prefix(one)} {lowered(inner.label)}", DataType.NUMBER)
    known = schema.catalog.columns[one.of.key]
    named = lowered(column_label(one.of.key, schema.index))
    if one.function is Function.COUNT:
        return _counted(f"number of {'distinct ' if one.distinct else ''}{plural(named)}")
    prefix = _prefix(one)
    label = named if named.split()[:1] == [prefix] else f"{prefix} {named}"
    kept = one.function in (Function.MIN, Function.MAX, Function.SUM)
    return _made(label, known.data_type if kept else DataType.NUMBER, known.format, known.unit)


def _prefix(one: Aggregate) -> str:
    if one.function is Function.PERCENTILE:
        return f"{round(one.fraction * 100)}th percentile"
    return _LABELS.get(one.function, "number of")


def _moment(one: Field | date, schema: Schema) -> str:
    return lowered(column_label(one.key, schema.index)) if isinstance(one, Field) else one.isoformat()


def _entity(one: Rows | Field | Bucket, schema: Schema) -> str:
    if isinstance(one, Bucket):
        return one.grain.value
    if isinstance(one, Field):
        return lowered(column_label(one.key, schema.index))
    return singular(table_label(one.table, schema.index)).lower()


def _counted(label: str) -> OutputColumn:
    return _made(label, DataType.INTEGER, Format.INTEGER)


def _made(label: str, data_type: DataType, form: Format = Format.NONE, unit: str = "") -> OutputColumn:
    return OutputColumn(_name(label), title(label), data_type, form, unit, is_measure=True)


def _name(label: str) -> str:
    """A name for SQL that is safe in every dialect: lower-case words joined by underscores, at most 60 characters."""
    return "_".join("".join(c if c.isalnum() else " " for c in label.lower()).split())[:60] or "value"


def _unique(columns: Sequence[OutputColumn]) -> tuple[OutputColumn, ...]:
    taken: set[str] = set()
    unique = []
    for column in columns:
        name, number = column.name, 2
        while name in taken:
            name, number = f"{column.name}_{number}", number + 1
        taken.add(name)
        unique.append(replace(column, name=name))
    return tuple(unique)
