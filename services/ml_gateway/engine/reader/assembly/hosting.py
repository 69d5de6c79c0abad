"""What is ranked or counted for: "the dorm with the most students" ranks dorms, whatever of them is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from services.ml_gateway.engine.index import TargetKind
from services.ml_gateway.engine.query.model import Aggregate, Compare, Expression, Field, Function, Query, Rows
from services.ml_gateway.engine.reader.assembly.conditions import field_of
from services.ml_gateway.engine.reader.assembly.frame import Frame, all_of, entity_of, is_above, key_of
from services.ml_gateway.engine.reader.labelling.features import Part
from services.ml_gateway.engine.reader.labelling.labels import Label
from services.ml_gateway.engine.reader.labelling.roles import ORDER, SHOWING
from services.ml_gateway.engine.reading import Operator

_COUNTED = (Label.HAVING, Label.COUNT, Label.COUNT_DISTINCT, Label.NOT)


def host_of(frame: Frame, part: Part, shown: Sequence[Expression]) -> Rows | Field | None:
    """What "with the most employees" is said of: the nearest name before that is no condition."""
    for other in reversed([p for p in frame.parts if p.item.first < part.item.first]):
        assert other.choice
        target = other.choice.target
        if (other.label in _COUNTED or other.label in ORDER) and other.label not in SHOWING:
            continue
        if target.kind is TargetKind.TABLE and target.table != part.choice.target.table:  # type: ignore[union-attr]
            return Rows(target.table, target.relationship)
        if target.kind is TargetKind.COLUMN and (other.label in SHOWING or other.label is Label.GROUP):
            return _hosting(frame, field_of(other), part)
    for one in shown:
        if isinstance(one, Field):
            return _hosting(frame, one, part)
    for other in frame.parts:  # "how many accounts have more than one contract"
        if other.label is Label.COUNT and other.item.first < part.item.first and other.choice:
            target = other.choice.target
            if target.kind is TargetKind.TABLE and target.table != part.choice.target.table:  # type: ignore[union-attr]
                return Rows(target.table, target.relationship)
    following = [p for p in frame.parts if p.item.first > part.item.first]
    for other in following:
        assert other.choice
        if other.choice.target.kind is TargetKind.TABLE:
            return Rows(other.choice.target.table, other.choice.target.relationship)
    return None


def _hosting(frame: Frame, field: Field, part: Part) -> Rows | Field:
    """A table's rows aren't ranked by their own number: the column's values are."""
    assert part.choice
    return field if field.key.table == part.choice.target.table else entity_of(frame, field)


def grouped_by(frame: Frame, query: Query, host: Rows | Field, **more: object) -> Query | None:
    """The query grouped by the host, where all that it shows hangs on that."""
    group = tuple(dict.fromkeys((*query.group, host)))
    if isinstance(host, Rows):
        group = tuple(one for one in group if one == host or not (isinstance(one, Field) and one.rows == host))
    for one in query.show:
        if not isinstance(one, Field) or one in group or one.rows in group:
            continue
        if not is_above(frame, host, one.rows):
            return None
    if any(isinstance(one, Aggregate) for one in query.show) and not query.group:
        return None
    return replace(query, group=group, **more)  # type: ignore[arg-type]


def only_within(frame: Frame, query: Query, host: Rows | Field, inner: Query) -> Query:
    """Only rows whose host is among what the inner query gives."""
    key = host if isinstance(host, Field) else key_of(frame, host)
    if key is None:
        frame.notes.append("unplaced nesting")
        return query
    compare = Compare(key, Operator.EQUAL, replace(inner, show=(key,)))
    return replace(query, where=all_of([*([query.where] if query.where else []), compare]))


def function_near(frame: Frame, part: Part) -> Function | None:
    for kind in reversed(frame.kinds[max(part.item.first - 4, 0) : part.item.first]):
        if kind in ("average", "sum", "count"):
            return {"average": Function.AVG, "sum": Function.SUM}.get(kind)
    return Function.SUM
