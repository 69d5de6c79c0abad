"""Groups, and conditions on how many rows they have."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from services.ml_gateway.engine.index import TargetKind
from services.ml_gateway.engine.model import Format, Metric
from services.ml_gateway.engine.query.model import (
    Aggregate,
    Compare,
    Expression,
    Field,
    Function,
    MetricValue,
    Query,
    Rows,
)
from services.ml_gateway.engine.reader.assembly.comparing import of_number
from services.ml_gateway.engine.reader.assembly.conditions import field_of
from services.ml_gateway.engine.reader.assembly.frame import Frame, entity_of, is_named
from services.ml_gateway.engine.reader.assembly.hosting import function_near, grouped_by, host_of, only_within
from services.ml_gateway.engine.reader.assembly.telling_numbers import is_split_by
from services.ml_gateway.engine.reader.labelling.features import Part
from services.ml_gateway.engine.reader.labelling.labels import Label
from services.ml_gateway.engine.reader.labelling.roles import SHOWING
from services.ml_gateway.engine.reading import Operator

_PERCENT = frozenset(("percent", "%"))
_HELD = (Label.WHERE, Label.NOT, Label.NULL)


def counted_by(frame: Frame, shown: Sequence[Expression]) -> list[Expression]:
    """ "Unpaid invoices by country", where only what must hold of them is named: how many there are of each."""
    if any(not isinstance(one, Field) for one in shown):
        return []
    split = [p for p in frame.parts if p.label is Label.SHOW and is_split_by(frame, p.item.first)]
    held = [p for p in frame.parts if p.label in _HELD and p.choice and p.choice.target.column]
    named = [p for p in frame.parts if p.choice and p.choice.target.kind is TargetKind.TABLE and p not in split]
    if not split or not held or named or any(p.label in SHOWING and p not in split for p in frame.parts):
        return []
    return [*shown, Aggregate(Function.COUNT, field_of(held[0]).rows)]


def grouped(frame: Frame, query: Query) -> Query:
    computed = [one for one in query.show if isinstance(one, Aggregate | MetricValue)]
    groups: list[Expression | Rows] = []
    for part in frame.parts:
        assert part.choice
        target = part.choice.target
        if part.label is Label.GROUP or part.label in (Label.COMMON, Label.RARE):
            rows = Rows(target.table, target.relationship)
            groups.append(rows if target.kind is TargetKind.TABLE else field_of(part))
    if computed:
        for one in query.show:
            if isinstance(one, Field):
                entity = entity_of(frame, one) if one.key.name in frame.index.tables[one.key.table].labels else one
                groups.append(entity if isinstance(entity, Rows) and is_named(frame, entity) else one)
    kept = dict.fromkeys(groups)
    rows_of = {one for one in kept if isinstance(one, Rows)}
    return replace(query, group=tuple(one for one in kept if not (isinstance(one, Field) and one.rows in rows_of)))


def counted(frame: Frame, query: Query) -> list[Query]:
    """HAVING: so many rows of a table, or an aggregate of a column."""
    numbers = [p for p in frame.parts if p.label is Label.HAVING and p.choice.target.kind is TargetKind.LITERAL]  # type: ignore[union-attr]
    names = [p for p in frame.parts if p.label is Label.HAVING and p.choice.target.kind is not TargetKind.LITERAL]  # type: ignore[union-attr]
    found = [query]
    for number in numbers:
        name = min(names, key=lambda p: abs(p.item.first - number.item.first), default=None)
        if name is not None:
            names.remove(name)
        found = [further for one in found for further in _having(frame, one, number, name)]
    frame.notes += ["unused having"] * len(names)
    return found


def _having(frame: Frame, query: Query, number: Part, name: Part | None) -> list[Query]:
    assert number.choice
    value = float(number.choice.target.value)
    operator = of_number(frame.sentence, number.item)
    measured = _measured(frame, name, number, query)
    host = host_of(frame, name or number, query.show)
    if measured is None or host is None:
        frame.notes.append("unplaced having")
        return [query]
    if isinstance(measured, MetricValue):
        value = _as_share(frame, number, frame.index.metrics[measured.name], value)
    return [_held_to(frame, query, *one, operator, value) for one in _of_themselves(frame, query, measured, host)]


def _as_share(frame: Frame, number: Part, metric: Metric, value: float) -> float:
    """ "A margin over 40 %" is one over 0.4, as such a metric is kept; also without the sign if it is above 1."""
    if metric.format is not Format.PERCENT:
        return value
    tokens = frame.sentence.tokens[number.item.last - 1 : number.item.last + 1]
    said = any(token.form in _PERCENT or token.text.endswith("%") for token in tokens)
    return value / 100 if said or value > 1 else value


def _held_to(
    frame: Frame,
    query: Query,
    measured: Aggregate | MetricValue,
    host: Rows | Field,
    operator: Operator,
    value: float,
) -> Query:
    compare = Compare(measured, operator, (value,))
    flat = grouped_by(frame, query, host, having=compare)
    return flat or only_within(frame, query, host, Query(show=(), group=(host,), having=compare))


def _of_themselves(
    frame: Frame, query: Query, measured: Aggregate | MetricValue, host: Rows | Field
) -> list[tuple[Aggregate | MetricValue, Rows | Field]]:
    """A row is one row of itself: rows that point at it are counted, or rows with the same value of what is shown."""
    if not isinstance(host, Rows) or measured != Aggregate(Function.COUNT, Rows(host.table)):
        return [(measured, host)]
    relationships = frame.index.catalog.relationships
    below = dict.fromkeys(one.table for one in relationships if one.target == host.table != one.table)
    found: list[tuple[Aggregate | MetricValue, Rows | Field]] = []
    if len(below) == 1:
        found.append((Aggregate(Function.COUNT, Rows(next(iter(below)))), host))
    unique = frame.index.tables[host.table].unique
    shown = [one for one in query.show if isinstance(one, Field) and one.key.table == host.table]
    found += [(measured, one) for one in shown[:1] if one.key.name not in unique]
    return found or [(measured, host)]


def _measured(frame: Frame, name: Part | None, near: Part, query: Query) -> Aggregate | MetricValue | None:
    if name is None:
        for one in query.show:
            if isinstance(one, Aggregate):
                return one
        tables = [p.choice.target for p in frame.parts if p.choice and p.choice.target.kind is TargetKind.TABLE]
        fields = [one for one in query.show if isinstance(one, Field)]
        if fields:
            return Aggregate(Function.COUNT, Rows(fields[0].key.table))
        return Aggregate(Function.COUNT, Rows(tables[0].table)) if tables else None
    assert name.choice
    target = name.choice.target
    if target.kind is TargetKind.TABLE:
        return Aggregate(Function.COUNT, Rows(target.table, target.relationship))
    if target.kind is TargetKind.METRIC:
        return MetricValue(target.metric)
    function = function_near(frame, name)
    field = field_of(name)
    if function is None or not frame.index.catalog.columns[field.key].data_type.numeric:
        return Aggregate(Function.COUNT, field, distinct=True)
    return Aggregate(function, field)
