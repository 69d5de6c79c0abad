"""What a difference between readings is about: a column, a table, a value, a number, a condition, how rows are told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from services.ml_gateway.engine.clarifying.differing import Difference, differences
from services.ml_gateway.engine.dialog.parts import conjuncts, is_measure, together
from services.ml_gateway.engine.outcome import ClarificationKind
from services.ml_gateway.engine.query.model import (
    Aggregate,
    Arithmetic,
    Bucket,
    Change,
    Compare,
    During,
    Each,
    Exists,
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

_NUMBERS = (Aggregate, MetricValue, Arithmetic, Share, Running, Change, Each)
_CONDITIONS = (Compare, During, Not, Exists)


@dataclass(frozen=True, slots=True)
class Differing:
    """All that sets a query apart from the first one is one thing: the first one has `one` there, the other `other`."""

    kind: ClarificationKind
    one: Any
    other: Any


def differing(first: Query, other: Query) -> Differing | None:
    """None where more than one thing sets them apart. Whether equal rows are dropped, and the order of rows that are
    all kept, is told only where nothing else sets them apart.
    """
    found = differences(first, other)
    all_kept = first.limit is None and other.limit is None
    told = [one for one in found if not _is_small(one, all_kept=all_kept)] or found
    if not told:
        return None
    return (
        _columns(told, first)
        or _numbers(told)
        or _tables(told)
        or _rows(told)
        or _order(told)
        or _shown(told, first, other)
        or _split(told, first, other)
        or _ties(told, first, other)
        or _condition(told)
    )


def _is_small(one: Difference, *, all_kept: bool) -> bool:
    return one.place in (("distinct",), ("subject",)) or (one.place[0] == "order" and all_kept)


def _columns(found: Sequence[Difference], first: Query) -> Differing | None:
    """One column in the place of another, wherever it stands, and its table with it."""
    pairs = {(one.one, one.other) for one in found if isinstance(one.one, Field) and isinstance(one.other, Field)}
    if len(pairs) != 1:
        return None
    one, other = pairs.pop()
    rest = [d for d in found if (d.one, d.other) != (one, other)]
    if any((d.one, d.other) != (one.rows, other.rows) for d in rest):
        return None
    places = [d.place for d in found if d not in rest]
    if all(_is_of_time(place, one, first) for place in places):
        return Differing(ClarificationKind.TIME_COLUMN, one, other)
    if all(_compared(place, one, first) for place in places):
        value = next(c for c in _comparisons(first) if c.left == one)
        return Differing(ClarificationKind.VALUE, value, _with(value, other))
    return Differing(ClarificationKind.COLUMN, one, other)


def _with(value: Compare, field: Field) -> Compare:
    return Compare(field, value.operator, value.right)


def _is_of_time(place: tuple[str, ...], field: Field, query: Query) -> bool:
    """Whether the column there says when: the date of a period, or of a grain."""
    if place[-1] != "field":
        return False
    nodes = list(_parts(query))
    return any(isinstance(one, During | Bucket) and one.field == field for one in nodes)


def _compared(place: tuple[str, ...], field: Field, query: Query) -> bool:
    """Whether the column there is compared with a value that was said."""
    return place[-1] == "left" and any(
        one.left == field and isinstance(one.right, tuple) and any(isinstance(v, str) for v in one.right)
        for one in _comparisons(query)
    )


def _comparisons(query: Query) -> list[Compare]:
    return [one for one in _parts(query) if isinstance(one, Compare)]


def _parts(node: Any) -> list[Any]:
    found = [node]
    if isinstance(node, tuple):
        for one in node:
            found += _parts(one)
    elif hasattr(node, "__dataclass_fields__"):
        for name in node.__dataclass_fields__:
            found += _parts(getattr(node, name))
    return found


def _tables(found: Sequence[Difference]) -> Differing | None:
    """Another table's rows, and the columns of them."""
    pairs = {(_rows_of(one.one), _rows_of(one.other)) for one in found}
    functions = [(one.one.function, one.other.function) for one in found if _both_numbers(one)]
    if len(pairs) != 1 or any(one is not other for one, other in functions):
        return None
    rows, others = pairs.pop()
    return Differing(ClarificationKind.TABLE, rows, others) if rows and others and rows != others else None


def _both_numbers(one: Difference) -> bool:
    return isinstance(one.one, Aggregate) and isinstance(one.other, Aggregate)


def _rows_of(one: Any) -> Rows | None:
    match one:
        case Field():
            return one.rows
        case Rows():
            return one
        case Aggregate(of=Field() | Rows() as of):
            return _rows_of(of)
        case _:
            return None


def _numbers(found: Sequence[Difference]) -> Differing | None:
    """Another number in the same places."""
    pairs = {(one.one, one.other) for one in found}
    if len(pairs) != 1:
        return None
    one, other = pairs.pop()
    if not isinstance(one, _NUMBERS) or not isinstance(other, _NUMBERS):
        return None
    same = isinstance(one, Aggregate) and isinstance(other, Aggregate) and one.of == other.of
    return Differing(ClarificationKind.AGGREGATE if same else ClarificationKind.MEASURE, one, other)


def _rows(found: Sequence[Difference]) -> Differing | None:
    places = {one.place for one in found}
    if places <= {("distinct",), ("subject",)}:
        return Differing(ClarificationKind.EQUAL_ROWS, None, None)
    if places == {("limit",)}:
        return Differing(ClarificationKind.LIMIT, None, None)
    return None


def _order(found: Sequence[Difference]) -> Differing | None:
    if all(one.place[0] == "order" for one in found):
        return Differing(ClarificationKind.ORDER, None, None)
    return None


def _shown(found: Sequence[Difference], first: Query, other: Query) -> Differing | None:
    """More or other columns of the same rows."""
    if not all(one.place[0] == "show" for one in found):
        return None
    if [one for one in first.show if is_measure(one)] and not [one for one in other.show if is_measure(one)]:
        # A number over all rows beside the rows themselves is more than another column.
        return None if not first.group else Differing(ClarificationKind.SHOWN, first.show, other.show)
    if not first.group and any(map(is_measure, first.show)) != any(map(is_measure, other.show)):
        return None
    return Differing(ClarificationKind.SHOWN, first.show, other.show)


def _split(found: Sequence[Difference], first: Query, other: Query) -> Differing | None:
    """The same numbers, by something or in all."""
    numbers = [[shown for shown in one.show if is_measure(shown)] for one in (first, other)]
    if not numbers[0] or numbers[0] != numbers[1] or not {one.place[0] for one in found} <= {"group", "show", "order"}:
        return None
    return Differing(ClarificationKind.GROUP, None, None)


def _ties(found: Sequence[Difference], first: Query, other: Query) -> Differing | None:
    """The first of the rows, or all that are equal to it."""
    if {one.place[0] for one in found} != {"limit", "order", "where"}:
        return None
    return Differing(ClarificationKind.LIMIT, None, None) if with_ties(first) == with_ties(other) else None


def with_ties(query: Query) -> Query:
    """The first row by a column, as all rows that have its value: "the oldest" is whoever is as old as the oldest."""
    if query.limit != 1 or query.group or query.combined or query.per or not query.order:
        return query
    by = query.order[0].by
    if not isinstance(by, Field):
        return query
    best = Query((Aggregate(Function.MAX if query.order[0].descending else Function.MIN, by),), where=query.where)
    return replace(
        query, where=together((*conjuncts(query.where), Compare(by, Operator.EQUAL, best))), order=(), limit=None
    )


def _condition(found: Sequence[Difference]) -> Differing | None:
    """One condition more or less, or another one."""
    if len(found) != 1 or found[0].place[0] not in ("where", "having", "also"):
        return None
    one, other = found[0].one, found[0].other
    if isinstance(one, tuple) and isinstance(other, tuple) and len(found[0].place) == 1:
        if {len(one), len(other)} == {0, 1}:
            return Differing(ClarificationKind.CONDITION, *(sides[0] if sides else None for sides in (one, other)))
        return None
    if isinstance(one, _CONDITIONS) and isinstance(other, _CONDITIONS) and len(found[0].place) == 1:
        return Differing(ClarificationKind.CONDITION, one, other)
    return None
