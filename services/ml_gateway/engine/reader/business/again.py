"""Who came again: "repeat customers", "returning guests". What they have done more than once are the rows with a date
that point at them.
"""

from __future__ import annotations

from dataclasses import replace

from services.ml_gateway.engine.index import TargetKind
from services.ml_gateway.engine.model import TableKey
from services.ml_gateway.engine.query.model import (
    Aggregate,
    Compare,
    Condition,
    During,
    Either,
    Exists,
    Field,
    Function,
    MetricValue,
    Query,
    Rows,
)
from services.ml_gateway.engine.query.rows import conjuncts
from services.ml_gateway.engine.reader.assembly.dating import default_date
from services.ml_gateway.engine.reader.assembly.frame import Frame, all_of
from services.ml_gateway.engine.reader.business.cues import Cue
from services.ml_gateway.engine.reader.wording.redating import untold
from services.ml_gateway.engine.reading import Operator

_ONCE = ("one", "first")
_FEW = 3


def again(frame: Frame, query: Query, cue: Cue) -> list[Query]:
    """With so many rows of each kind that may be meant; empty where no rows of the query can come again."""
    table = _who(frame, query, cue)
    if table is None or query.combined or query.having or any(isinstance(one, MetricValue) for one in query.show):
        return []
    once = cue.said in _ONCE
    made = []
    date = untold(frame, query)
    held = conjuncts(query.where)
    then = [one for one in held if date and _fields(one) == {date}]
    rest = [one for one in held if one not in then]
    for rows in _deeds(frame, table)[:_FEW]:
        many = Compare(Aggregate(Function.COUNT, rows), Operator.EQUAL if once else Operator.GREATER, (1.0,))
        field = default_date(rows.table, frame.index) if then else None
        if field and field.key.table == rows.table:  # those who came more than once in 2025, not who signed up then
            own = replace(field, role=rows.role)
            inside = all_of([_of(one, own) for one in then])
            made.append(replace(query, where=all_of([*rest, Exists(rows, inside, many)])))
        else:
            made.append(replace(query, where=all_of([*held, Exists(rows, None, many)])))
    return made


def _fields(condition: Condition) -> set[Field]:
    """The dates of periods; empty where it is about anything else."""
    match condition:
        case During(field=field):
            return {field}
        case Either(conditions=parts):
            found = [_fields(one) for one in parts]
            return set().union(*found) if all(found) else set()
        case _:
            return set()


def _of(condition: Condition, field: Field) -> Condition:
    match condition:
        case During():
            return replace(condition, field=field)
        case Either():
            return replace(condition, conditions=tuple(_of(one, field) for one in condition.conditions))
        case _:
            return condition


def _who(frame: Frame, query: Query, cue: Cue) -> TableKey | None:
    """The table named right behind, if its rows are listed or counted."""
    behind = [part.choice.target for part in frame.parts if part.choice and part.item.first == cue.last]
    named = [one.table for one in behind if one.kind is TargetKind.TABLE]
    listed = {one.key.table for one in query.show if isinstance(one, Field)}
    counted = {one.of.table for one in query.show if isinstance(one, Aggregate) and isinstance(one.of, Rows)}
    return named[0] if named and named[0] in (counted or listed) else None


def _deeds(frame: Frame, table: TableKey) -> list[Rows]:
    """Rows with a date that point at the table's by one key, those of the most rows first."""
    index = frame.index
    pointing = [one for one in index.catalog.keys_to.get(table, ()) if one[1].table != table]
    tables = [key.table for _, key in pointing]
    found: list[tuple[int, Rows]] = []
    for number, key in pointing:
        below = index.catalog.by_key[key.table]
        if any(column.data_type.temporal for column in below.columns):
            role = None if tables.count(key.table) == 1 else number
            found.append((-(below.row_count or 0), Rows(key.table, role)))
    return [rows for _, rows in sorted(found, key=lambda one: one[0])]
