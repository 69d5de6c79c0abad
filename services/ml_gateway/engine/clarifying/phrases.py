"""Options in a few words, and the question that they answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from services.ml_gateway.engine.clarifying.kinds import Differing
from services.ml_gateway.engine.dialog.telling import spelled, told
from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.joins import role_words
from services.ml_gateway.engine.model import DataType
from services.ml_gateway.engine.naming import lowered, plural, singular, table_label
from services.ml_gateway.engine.outcome import ClarificationKind as Kind
from services.ml_gateway.engine.query.columns import output_columns
from services.ml_gateway.engine.query.model import Compare, Field, Ordering, Query, Rows
from services.ml_gateway.engine.query.schema import Schema

_INLINE = 90  # characters of a question back that names its options
_NAMED = 6  # columns that are listed by their names

_ASKED = {
    Kind.TIME_COLUMN: "Which date",
    Kind.COLUMN: "Which column",
    Kind.VALUE: "Where is that to be looked for",
    Kind.MEASURE: "Which number",
    Kind.AGGREGATE: "Which number",
    Kind.TABLE: "Which do you mean",
    Kind.CONDITION: "Which rows",
    Kind.SHOWN: "What should be shown",
    Kind.GROUP: "For each of what",
    Kind.ORDER: "In which order",
    Kind.LIMIT: "How many of them",
    Kind.EQUAL_ROWS: "Should equal rows be listed once or each time they occur",
    Kind.READING: "Which of these do you mean",
}


def asked(kind: Kind, words: str, labels: Sequence[str]) -> str:
    """The question back. words: those that are unclear, as typed."""
    if len(labels) == 1:
        return "Is this what you mean?"
    stem = _ASKED[kind]
    if words:
        stem = f"What do you mean by “{words}”" if kind is Kind.VALUE else f"Which “{words}” do you mean"
    named = f"{stem}: {', '.join(labels[:-1])} or {labels[-1]}?"
    long = kind in (Kind.READING, Kind.EQUAL_ROWS) or len(named) > _INLINE
    return f"{stem}?" if long else named


def labels(queries: Sequence[Query], found: Sequence[Differing], schema: Schema) -> list[str]:
    """One for each of the queries; found is what sets each but the first apart from the first, all of one kind."""
    index = schema.index
    kind = found[0].kind
    sides = [found[0].one, *(one.other for one in found)]
    match kind:
        case Kind.COLUMN | Kind.TIME_COLUMN:
            return _columns(sides, index)
        case Kind.VALUE:
            return _values(sides, index)
        case Kind.TABLE:
            return [_rows(one, index) for one in sides]
        case Kind.MEASURE | Kind.AGGREGATE:
            return [told(one, index) for one in sides]
        case Kind.CONDITION:
            return _conditions(sides, index)
        case Kind.SHOWN:
            return [_shown(one, schema) for one in queries]
        case Kind.ORDER:
            return [_order(one, index) for one in queries]
        case Kind.GROUP:
            return [_group(one, index) for one in queries]
        case Kind.LIMIT:
            return [_limit(one) for one in queries]
        case Kind.EQUAL_ROWS:
            return [_row(one, index) for one in queries]
        case _:
            return [whole(one, schema) for one in queries]


def whole(query: Query, schema: Schema) -> str:
    """All that a query asks, without the full stop."""
    text = lowered(spelled(query, output_columns(query, schema), schema.index).rstrip("."))
    return f"{text}, equal rows once" if query.distinct else text


def _columns(fields: Sequence[Field], index: Index) -> list[str]:
    short = [told(one, index) for one in fields]
    owners = [plural(table_label(one.key.table, index)).lower() for one in fields]
    telling = [set(singular(owner).split()) <= set(label.split()) for owner, label in zip(owners, short, strict=True)]
    if len(set(short)) == len(short) and (len(set(owners)) == 1 or all(telling)):
        return short
    return [f"{label} of {owner}" for owner, label in zip(owners, short, strict=True)]


def _values(compared: Sequence[Compare], index: Index) -> list[str]:
    columns = _columns([one.left for one in compared if isinstance(one.left, Field)], index)
    said = told(compared[0], index)
    value = said[said.index("“") :] if "“" in said else ""
    return [f"{column} {value}".strip() for column in columns]


def _rows(rows: Rows, index: Index) -> str:
    role = "" if rows.role is None else " ".join(role_words(index.catalog.relationships[rows.role]))
    return f"{role} {plural(table_label(rows.table, index)).lower()}".strip()


def _conditions(sides: Sequence[Any], index: Index) -> list[str]:
    held = [_held(one, index) for one in sides]
    if "" not in held:
        return held
    one = next(text for text in held if text)
    return [f"only where {text}" if text else f"whether or not {one.removeprefix('not ')}" for text in held]


def _held(one: Any, index: Index) -> str:
    match one:
        case None:
            return ""
        case Rows():
            return f"there are {_rows(one, index)}"
        case _:
            return told(one, index)


def _group(query: Query, index: Index) -> str:
    if not query.group:
        return "in all"
    each = [singular(_rows(one, index)) if isinstance(one, Rows) else told(one, index) for one in query.group]
    return f"by {' and '.join(each)}"


def _row(query: Query, index: Index) -> str:
    """What a row of the result is."""
    if query.distinct:
        return "equal rows once"
    rows = query.subject
    return f"one row for each of the {plural(table_label(rows.table, index)).lower()}" if rows else "each row"


def _shown(query: Query, schema: Schema) -> str:
    names = [lowered(column.label) for column in output_columns(query, schema)]
    if len(names) > _NAMED + 1:
        names = [*names[:_NAMED], f"{len(names) - _NAMED} more"]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _order(query: Query, index: Index) -> str:
    return ", then ".join(_by(one, index) for one in query.order[:2]) or "in no order"


def _by(ordering: Ordering, index: Index) -> str:
    kind = index.catalog.columns[ordering.by.key].data_type if isinstance(ordering.by, Field) else DataType.NUMBER
    ways = ("Z to A", "A to Z") if kind is DataType.TEXT else ("latest first", "earliest first")
    if not kind.temporal and kind is not DataType.TEXT:
        ways = ("largest first", "smallest first")
    return f"by {told(ordering.by, index)}, {ways[0] if ordering.descending else ways[1]}"


def _limit(query: Query) -> str:
    if query.limit is None:
        return "all that are equal" if query.where is not None else "all of them"
    return "only the first" if query.limit == 1 else f"the first {query.limit}"
