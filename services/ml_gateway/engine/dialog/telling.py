"""A query in plain words, all of it: what sets a reading apart from the others that are offered beside it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from services.ml_gateway.engine.dialog.parts import base, conjuncts, is_measure
from services.ml_gateway.engine.dialog.when import days, done_word
from services.ml_gateway.engine.flags import stored
from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.joins import role_words
from services.ml_gateway.engine.model import Format
from services.ml_gateway.engine.naming import column_label, lowered, plural, singular, table_label, title
from services.ml_gateway.engine.outcome import OutputColumn
from services.ml_gateway.engine.query.model import (
    Aggregate,
    Arithmetic,
    ArithmeticOperator,
    Both,
    Bucket,
    Change,
    Compare,
    Condition,
    During,
    Each,
    Either,
    Exists,
    Expression,
    Field,
    Function,
    MetricValue,
    Not,
    Query,
    Rows,
    Running,
    Share,
)
from services.ml_gateway.engine.reading import Operator

_NAMED = 6  # columns that are listed by their names
_SPOKEN = {
    Operator.EQUAL: "is", Operator.NOT_EQUAL: "is not", Operator.GREATER: "over", Operator.AT_LEAST: "at least",
    Operator.LESS: "under", Operator.AT_MOST: "at most", Operator.CONTAINS: "contains", Operator.BETWEEN: "between",
    Operator.STARTS_WITH: "starts with", Operator.ENDS_WITH: "ends with", Operator.IS_NULL: "is missing",
    Operator.NOT_NULL: "is known",
}  # fmt: skip
_OF_MOMENTS = {
    Operator.GREATER: "after", Operator.AT_LEAST: "since", Operator.LESS: "before", Operator.AT_MOST: "until",
}  # fmt: skip
_FUNCTIONS = {
    Function.SUM: "total", Function.AVG: "average", Function.MIN: "lowest", Function.MAX: "highest",
    Function.MEDIAN: "median", Function.PERCENTILE: "percentile", Function.COUNT: "number of",
}  # fmt: skip

_SIGNS = {
    ArithmeticOperator.PLUS: "plus", ArithmeticOperator.MINUS: "minus", ArithmeticOperator.TIMES: "times",
    ArithmeticOperator.DIVIDED_BY: "per",
}  # fmt: skip


def spelled(query: Query, columns: Sequence[OutputColumn], index: Index) -> str:
    """ "Name and e-mail of members, where city is “Bristol”, the first 3 by fee."."""
    text = _what(query, columns, index)
    held = [condition_told(one, index) for one in conjuncts(query.where)]
    held += [f"they have {plural(table_label(rows.table, index)).lower()}" for rows in query.also]
    held += [condition_told(one, index) for one in conjuncts(query.having)]
    if held:
        text += f", where {joined(held)}"
    if query.combined:
        operator, other = query.combined
        words = {"union": "and also", "intersect": "and at once", "except": "but not"}[operator.value]
        text += f", {words} {others_told(other, query, index)}"
    return title(f"{text}{_ordering(query, index)}.")


def told(one: Expression | Condition, index: Index) -> str:
    """A column, a number or a condition in a few words: "average price", "city is “Bristol”"."""
    match one:
        case Compare() | During() | Both() | Either() | Not() | Exists():
            return condition_told(one, index)
        case _:
            return _expression(one, index)


def _what(query: Query, columns: Sequence[OutputColumn], index: Index) -> str:
    shown = [lowered(column.label) for column in columns]
    numbers = [label for column, label in zip(columns, shown, strict=True) if column.is_measure]
    others = [label for column, label in zip(columns, shown, strict=True) if not column.is_measure]
    rows = base(query)
    if numbers:
        return f"{joined(numbers)} by {joined(others)}" if others else joined(numbers)
    about = f" of {plural(table_label(rows.table, index)).lower()}" if rows else ""
    if rows and len(others) > _NAMED and len(others) == len(index.catalog.by_key[rows.table].columns):
        return f"all columns{about}"
    return f"{joined(others)}{about}"


def _ordering(query: Query, index: Index) -> str:
    if not query.order:
        return f", {_first(query)}".rstrip() if query.limit is not None else ""
    by = joined([_expression(one.by, index) for one in query.order])
    way = "largest first" if query.order[0].descending else "smallest first"
    return f", {_first(query)}by {by}, {way}"


def _first(query: Query) -> str:
    if query.limit is None:
        return ""
    return "only the first " if query.limit == 1 else f"the first {query.limit} "


def condition_told(condition: Condition, index: Index, rows: Rows | None = None) -> str:
    """rows: those that it is about, where columns of others are told with whose they are."""
    match condition:
        case Compare(left=left, operator=Operator.EQUAL | Operator.NOT_EQUAL as operator, right=Query() as right):
            one = len(right.show) == 1 and is_measure(right.show[0]) and not right.group
            way = _SPOKEN[operator] if one else f"{_SPOKEN[operator]} among"
            return f"{_left(left, index, rows)} {way} {_among(left, right, index)}"
        case Compare(left=Field()) if quality := _quality(condition, index, rows):
            return quality
        case Compare(left=left, operator=operator, right=right):
            joint = " and " if operator is Operator.BETWEEN else " or "
            told = (in_percent(left, right, index, joint) or _right(right, index, joint)) if right != () else ""
            moment = isinstance(left, Field) and index.catalog.columns[left.key].data_type.temporal
            way = _OF_MOMENTS.get(operator, _SPOKEN[operator]) if moment else _SPOKEN[operator]
            return f"{_left(left, index, rows)} {way} {told}".strip()
        case During(field=field, start=start, end=end):
            return f"{_left(field, index, rows)} {days(start, end)}".strip()
        case Both(conditions=parts):
            return joined([condition_told(part, index, rows) for part in parts])
        case Either(conditions=parts):
            return " or ".join(condition_told(part, index, rows) for part in parts)
        case Not(condition=Exists() as absent):
            return condition_told(absent, index).replace("there are ", "there are no ", 1)
        case Not(condition=inner):
            return f"not {condition_told(inner, index, rows)}"
        case Exists(rows=rows, where=where, having=having):
            inside = [condition_told(one, index) for one in (where, having) if one is not None]
            there = f"there are {plural(table_label(rows.table, index)).lower()}{_as_part(rows, index)}"
            return f"{there} where {joined(inside)}" if inside else there


def _as_part(rows: Rows, index: Index) -> str:
    """Which part the rows that are told of play for these: "productions that name them as director"."""
    if rows.role is None or index.catalog.relationships[rows.role].table != rows.table:
        return ""
    part = " ".join(role_words(index.catalog.relationships[rows.role]))
    return f" that name them as {part}" if part else ""


def _quality(one: Compare, index: Index, rows: Rows | None) -> str:
    """What is so or is not ("vip", "not delivered"), where that is all that a column tells."""
    assert isinstance(one.left, Field)
    label = _left(one.left, index, rows)
    held = stored(index.catalog.columns[one.left.key]) or (True, False)
    said = one.right[0] if isinstance(one.right, tuple) and len(one.right) == 1 else None
    if said in held and not isinstance(said, str) and one.operator in (Operator.EQUAL, Operator.NOT_EQUAL):
        holds = (said == held[0]) is (one.operator is Operator.EQUAL)
        named = label.replace(" is ", " ").replace(" has ", " ").removeprefix("is ").removeprefix("has ")
        return named if holds else f"not {named}"
    done = done_word(one.left, index)
    if one.operator in (Operator.IS_NULL, Operator.NOT_NULL) and done:
        return done if one.operator is Operator.NOT_NULL else f"not {done}"
    return ""


def _left(expression: Expression, index: Index, rows: Rows | None) -> str:
    """ "Customer country" where the rows are orders; the name of a category is the category."""
    text = _expression(expression, index)
    if rows is None or not isinstance(expression, Field) or expression.rows.table == rows.table:
        return text
    key = expression.key
    owner = singular(table_label(key.table, index)).lower()
    if (key.name,) == index.tables[key.table].labels and expression.role is None:
        return owner
    own = lowered(column_label(key, index))
    return text if set(owner.split()) <= set(own.split()) or expression.role is not None else f"{owner} {own}"


_Right = tuple[str | float | bool | date, ...] | Expression | Query


def _right(right: _Right, index: Index, joint: str = " or ") -> str:
    if isinstance(right, Query):
        return f"the {_inner(right, index)}"
    if isinstance(right, tuple):
        return joint.join(_literal(one) for one in right)
    return _expression(right, index)


def in_percent(left: Expression, right: _Right, index: Index, joint: str) -> str:
    """A ratio is told as it is shown: over 40 %, not over 0.4. Empty for what is none."""
    share = isinstance(left, MetricValue) and index.metrics[left.name].format is Format.PERCENT
    if not share or not isinstance(right, tuple):
        return ""
    return joint.join(f"{float(one) * 100:g} %" for one in right if isinstance(one, float | int))


def _among(left: Expression, right: Query, index: Index) -> str:
    """Rows that were chosen before are spoken of by their key."""
    return "those of the question before" if right.show == (left,) and right.limit else f"the {_inner(right, index)}"


def _inner(query: Query, index: Index) -> str:
    """What a query within another is compared with: "average price"."""
    text = joined([_expression(one, index) for one in query.show])
    held = [condition_told(one, index) for one in (*conjuncts(query.where), *conjuncts(query.having))]
    rows = base(query)
    whose = rows and any(isinstance(one, Field) for one in query.show)
    about = f" of {plural(table_label(rows.table, index)).lower()}" if rows and whose else ""
    return f"{text}{about}{f' where {joined(held)}' if held else ''}{_ordering(query, index)}"


def others_told(other: Query, query: Query, index: Index) -> str:
    """The second of two sets of rows."""
    if other.where is not None and base(other) == base(query):
        return f"those where {joined([condition_told(one, index) for one in conjuncts(other.where)])}"
    return f"the {_inner(other, index)}"


def _literal(value: str | float | bool | date) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return f"“{value}”" if isinstance(value, str) else str(value)


def _expression(expression: Expression, index: Index) -> str:
    match expression:
        case Field(key=key, role=role):
            part = "" if role is None else " ".join(role_words(index.catalog.relationships[role]))
            return f"{part} {lowered(column_label(key, index))}".strip()
        case Bucket(field=field, grain=grain):
            return f"{grain.value} of {lowered(column_label(field.key, index))}"
        case MetricValue(name=name):
            return lowered(index.metrics[name].label or name.replace("_", " "))
        case Aggregate(function=function, of=of, distinct=distinct, where=where):
            inner = plural(table_label(of.table, index)).lower() if isinstance(of, Rows) else _expression(of, index)
            kept = f" where {condition_told(where, index)}" if where else ""
            return f"{_FUNCTIONS[function]} {'different ' if distinct else ''}{inner}{kept}"
        case Each(of=of, by=by):
            each = [_expression(one, index) if not isinstance(one, Rows) else _row(one, index) for one in by]
            return f"{_expression(of, index)} for each {joined(each)}"
        case Share(of=of):
            return f"share of {_expression(of, index)}"
        case Running(of=of):
            return f"running {_expression(of, index)}"
        case Change(of=of, relative=relative):
            return f"{'growth' if relative else 'change'} of {_expression(of, index)}"
        case Arithmetic(operator=operator, left=left, right=right):
            return f"{_expression(left, index)} {_SIGNS[operator]} {_expression(right, index)}"
        case _:
            return "that number"


def _row(rows: Rows, index: Index) -> str:
    return singular(table_label(rows.table, index)).lower()


def joined(parts: Sequence[str], by: str = "and") -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {by} {parts[-1]}" if parts else ""
