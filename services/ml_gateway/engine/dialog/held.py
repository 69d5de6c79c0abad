"""What holds for an answer's rows, as its title and its summary say it."""

from __future__ import annotations

from collections.abc import Iterator

from services.ml_gateway.engine.dialog.parts import base, conjuncts
from services.ml_gateway.engine.dialog.telling import condition_told, joined
from services.ml_gateway.engine.dialog.when import Said, dated, period, span_name, verb_said
from services.ml_gateway.engine.index import Index
from services.ml_gateway.engine.naming import plural, table_label
from services.ml_gateway.engine.query.model import (
    Compare,
    Condition,
    During,
    Either,
    Exists,
    MetricValue,
    Not,
    Query,
    Rows,
)
from services.ml_gateway.engine.reading import Operator


def about(query: Query, index: Index) -> Rows | None:
    """The rows that it tells of; a metric's are of its table."""
    named = [one.name for one in query.show if isinstance(one, MetricValue)]
    return base(query) or (Rows(index.metrics[named[0]].table) if named else None)


def is_of_others(one: During, query: Query) -> bool:
    """Whether the period is that of rows that must only be there."""
    return any(one.field.rows.table == rows.table for rows in query.also)


def with_rows(rows: Rows, query: Query, index: Index, said: Said) -> str:
    """ "With visits in 2024"."""
    name = plural(table_label(rows.table, index)).lower()
    during = [one for one in conjuncts(query.where) if isinstance(one, During) and one.field.rows.table == rows.table]
    return " ".join([f"with {name}", *(period(one, said) for one in during[:1])])


def _there(one: Exists, index: Index, said: Said) -> str:
    """ "Visits in March 2025", "courses where title is “Algebra”"."""
    name = plural(table_label(one.rows.table, index)).lower()
    if isinstance(one.where, During) and one.having is None:
        return f"{name} {period(one.where, said)}"
    return condition_told(one, index).removeprefix("there are ")


def holding(one: Condition, query: Query, index: Index, said: Said) -> str:
    """A condition in a sentence."""
    match one:
        case Not(condition=Exists() as there):
            return f"there are no {_there(there, index, said)}"
        case Exists():
            return f"there are {_there(one, index, said)}"
        case Either(conditions=parts) if all(isinstance(part, During) for part in parts):
            found = [part for part in parts if isinstance(part, During)]
            return f"{dated(found[0].field, index)} is {joined([span_name(part, said) for part in found], 'or')}"
        case _:
            return condition_told(one, index, about(query, index))


def when_said(one: During, index: Index, said: Said) -> str:
    verb = verb_said(one.field, index, said)
    if verb:
        return f", {verb} {period(one, said)}"
    every = dict.fromkeys(dated(field, index) for field in (one.field, *one.field.alike))
    return f" {period(one, said)}, by {joined(list(every), 'and')}"


def tags_of(one: Condition, query: Query, index: Index, said: Said) -> Iterator[str]:
    match one:
        case During() if not is_of_others(one, query):
            verb = verb_said(one.field, index, said)
            yield f"{verb} {period(one, said)}" if verb else span_name(one, said)
        case During():
            return
        case Compare(operator=Operator.EQUAL | Operator.NOT_EQUAL as operator, right=tuple() as right) if right:
            texts = [one for one in right if isinstance(one, str)]
            if len(texts) < len(right):
                yield condition_told(one, index, about(query, index))
            else:
                yield f"{'' if operator is Operator.EQUAL else 'not '}{joined(texts, 'or')}"
        case Not(condition=Exists() as there):
            yield f"without {_there(there, index, said)}"
        case Exists():
            yield f"with {_there(one, index, said)}"
        case Either(conditions=parts) if all(isinstance(part, During) for part in parts):
            yield joined([span_name(part, said) for part in parts if isinstance(part, During)], "or")
        case _:
            yield condition_told(one, index, about(query, index))
