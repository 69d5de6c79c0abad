"""Orders: of rows by a column, of groups by an aggregate, and how many are kept."""

from __future__ import annotations

import re
from dataclasses import replace

from services.ml_gateway.engine.index import TargetKind
from services.ml_gateway.engine.model import DataType, TableKey
from services.ml_gateway.engine.query.model import (
    Aggregate,
    Compare,
    Field,
    Function,
    MetricValue,
    Ordering,
    Query,
    Rows,
)
from services.ml_gateway.engine.reader.assembly.conditions import field_of
from services.ml_gateway.engine.reader.assembly.directions import descending as said_descending
from services.ml_gateway.engine.reader.assembly.directions import singles_out, without_doubles
from services.ml_gateway.engine.reader.assembly.frame import Frame, all_of, is_above, key_of, type_of
from services.ml_gateway.engine.reader.assembly.hosting import function_near, grouped_by, host_of, only_within
from services.ml_gateway.engine.reader.assembly.telling_numbers import is_split_by
from services.ml_gateway.engine.reader.labelling.features import Part
from services.ml_gateway.engine.reader.labelling.labels import Label
from services.ml_gateway.engine.reader.labelling.roles import ORDER, RANK, SHOWING, TOP
from services.ml_gateway.engine.reading import Operator
from services.ml_gateway.engine.tables import is_additive, lasts

_NUMBER = re.compile(r"\s*-?\d[\d.,]*\s*")
_OF_TOTALS = frozenset("most least fewest more less much".split())


def ordered(frame: Frame, query: Query) -> list[Query]:
    limit = next((int(float(p.choice.target.value)) for p in frame.parts if p.label is Label.LIMIT and p.choice), None)
    found = [query]
    for part in _orderings(frame):
        if part.label in ORDER:
            found = [further for one in found for further in _ordered_by(frame, one, part, limit)]
    return found


def _orderings(frame: Frame) -> list[Part]:
    """One count of rows is enough to rank by: of the table that is nearest to what is ranked."""
    found = without_doubles(frame, [part for part in frame.parts if part.label in ORDER])
    counted = [p for p in found if p.choice and p.choice.target.kind is TargetKind.TABLE and p.label not in SHOWING]
    if len(counted) < 2:
        return found
    hosts = [host_of(frame, part, ()) for part in counted]

    def cost(number: int) -> int:
        host, choice = hosts[number], counted[number].choice
        if not isinstance(host, Rows) or choice is None:
            return 9
        paths = frame.index.graph.nearest(host.table, choice.target.table)
        return len(paths[0].place.path) if paths else 9

    kept = counted[min(range(len(counted)), key=lambda number: (cost(number), number))]
    return [part for part in found if part is kept or part not in counted]


def _ordered_by(frame: Frame, query: Query, part: Part, limit: int | None) -> list[Query]:
    assert part.choice
    said, first = said_descending(frame, part), part.label in TOP or singles_out(frame, part)
    descending = ORDER[part.label] if said is None else said
    kept = limit or 1 if first else None
    target = part.choice.target
    if target.kind is TargetKind.METRIC:
        return _ranked(frame, query, part, Ordering(MetricValue(target.metric), descending), kept)
    if target.kind is TargetKind.TABLE and part.label not in (Label.COMMON, Label.RARE):
        by = Aggregate(Function.COUNT, Rows(target.table, target.relationship))
        return _ranked(frame, query, part, Ordering(by, descending), kept)
    if part.label in (Label.COMMON, Label.RARE):
        counted = _counted_rows(frame, target.table)
        return [_with_order(query, Ordering(Aggregate(Function.COUNT, counted), descending), kept)]
    field = field_of(part)
    if part.label in RANK:
        return [
            further
            for function in _functions(frame, part, descending)
            for further in _ranked(frame, query, part, Ordering(Aggregate(function, field), descending), kept)
        ]
    computed = any(isinstance(one, Aggregate) for one in query.show)
    if first and not computed and _are_names(frame, part, field) and field not in query.show:
        by = Aggregate(Function.COUNT, Rows(field.key.table, field.role))
        return _ranked(frame, query, part, Ordering(by, descending), kept)  # "the most delegates": how many
    if first and not computed and field.rows not in [one.rows for one in query.show if isinstance(one, Field)]:
        host = host_of(frame, part, query.show)
        flat = _with_order(query, Ordering(field, descending), kept)
        if isinstance(host, Rows) and host.table == field.key.table and (key := key_of(frame, host)):
            inner = Query(show=(key,), order=(Ordering(field, descending),), limit=kept)
            compare = Compare(key, Operator.EQUAL, inner)
            nested = replace(query, where=all_of([*([query.where] if query.where else []), compare]))
            return [flat, nested]
        return [flat]
    return [_with_order(query, Ordering(field, descending), kept)]


def _are_names(frame: Frame, part: Part, field: Field) -> bool:
    """Whether a column's texts are names of what may be counted: no numbers, and nothing that an adjective measures."""
    samples = frame.index.catalog.columns[field.key].samples
    numbers = bool(samples) and all(_NUMBER.fullmatch(one) for one in samples)
    return type_of(frame, field) is DataType.TEXT and not numbers and not part.item.measured


def _functions(frame: Frame, part: Part, descending: bool) -> list[Function]:
    """How groups are ranked by a column: by the function that is said; else by their total or their greatest, where
    amounts are added up. "By" and "most" are said of totals, "the highest" of a single one."""
    near = frame.kinds[max(part.item.first - 4, 0) : part.item.first]
    if any(kind in ("average", "sum") for kind in near):
        return [function_near(frame, part) or Function.SUM]
    end = Function.MAX if descending else Function.MIN
    column = frame.index.catalog.columns[field_of(part).key]
    additive = is_additive(column)
    if additive is False and not lasts(column):
        return [end]
    before = [token.form for token in frame.sentence.tokens[max(part.item.first - 2, 0) : part.item.first]]
    totalled = is_split_by(frame, part.item.first) or bool(_OF_TOTALS & set(before))
    if totalled and additive:
        return [Function.SUM]
    return [Function.SUM, end] if totalled else [end, Function.SUM]


def _counted_rows(frame: Frame, table: TableKey) -> Rows:
    """Rows of the nearest other table that is named and hangs below, else the column's own."""
    for part in frame.parts:
        assert part.choice
        target = part.choice.target
        other = target.kind is TargetKind.TABLE and target.table != table and part.label is Label.CONTEXT
        if other and is_above(frame, Rows(target.table), Rows(table)):
            return Rows(target.table)
    return Rows(table)


def _ranked(frame: Frame, query: Query, part: Part, ordering: Ordering, kept: int | None) -> list[Query]:
    """Groups in the order of an aggregate."""
    if query.group and any(isinstance(one, Aggregate) for one in query.show):
        return [_with_order(query, ordering, kept)]
    host = host_of(frame, part, query.show)
    if host is None:
        return [_with_order(query, ordering, kept)]
    flat = grouped_by(frame, query, host)
    if flat is not None:
        return [_with_order(flat, ordering, kept)]
    if kept is None:
        return [_with_order(replace(query, group=(*query.group, host)), ordering, kept)]
    return [only_within(frame, query, host, Query(show=(), group=(host,), order=(ordering,), limit=kept))]


def _with_order(query: Query, ordering: Ordering, limit: int | None) -> Query:
    known = any(one.by == ordering.by for one in query.order)  # "from the oldest to the youngest": one order
    order = query.order if known else (*query.order, ordering)
    return replace(query, order=order, limit=limit if limit is not None else query.limit)
